"""A turn's own diary: what it is about to do, written before, and what came of it, after.

It is what a restart needs to finish a turn that was cut short, without doing anything twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from devices.capabilities import CAPABILITIES, Capability, parse
from devices.device import Command, Outcome, Receipt
from dobby.agent.calls import ToolCall
from dobby.agent.cut_short import CutShort, named
from dobby.agent.secrecy import HIDDEN
from dobby.agent.tool import ToolResult
from memory.records import Json
from memory.store import Store

SECRETS = frozenset({"password", "pin"})  # arguments that are kept in the vault alone


class TurnJournal:
    """The Journal of one message, in the store. Refusals are audited as they happen."""

    def __init__(self, store: Store, message: int, actor: str) -> None:
        self._store = store
        self._message = message
        self._actor = actor
        self.receipts: list[Receipt] = []

    async def planned(self, calls: Sequence[ToolCall], confirmed: bool, brain: str) -> None:
        plan = [_call(call) for call in calls]
        step = {"planned": plan, "confirmed": confirmed, "brain": brain}
        await self._store.journal(self._message, step)

    async def done(self, results: Sequence[ToolResult]) -> None:
        self.receipts += [receipt for result in results for receipt in result.receipts]
        outcome = {"done": [result_json(result) for result in results]}
        refusals = [
            self._store.audit(self._actor, "refused", {"call": _call(r.call), "why": r.refused})
            for r in results
            if r.refused
        ]
        await asyncio.gather(self._store.journal(self._message, outcome), *refusals)


def cut_short(steps: Sequence[Json], changes: Callable[[ToolCall], bool]) -> CutShort | None:
    """How far a turn came; None when it had not planned to change anything yet, and may as well
    begin anew. ``changes`` tells it of a call."""
    cut = CutShort()
    for step in steps:
        if "planned" in step:
            cut.planned = [ToolCall.model_validate(call) for call in step["planned"]]
            if step["confirmed"]:
                cut.freed = tuple(cut.planned)
            cut.brain = str(step.get("brain", cut.brain))
        elif "done" in step:
            cut.done += [_read_result(result) for result in step["done"]]
            cut.planned = []
    calls = [*cut.planned, *(result.call for result in cut.done)]
    return cut if any(map(changes, calls)) else None


def changed(planned: Sequence[Json]) -> frozenset[str]:
    """The devices that these calls, as they were planned, would have changed."""
    calls = map(ToolCall.model_validate, planned)
    return frozenset[str]().union(*(named(call) for call in calls if call.name in CAPABILITIES))


def receipt_json(receipt: Receipt) -> Json:
    """A receipt as JSON that tells the kind of its values."""
    return {
        "device": receipt.command.device,
        "kind": receipt.command.set.kind,
        "set": _said(receipt.command.set),
        "outcome": receipt.outcome.value,
        "before": _said(receipt.before),
        "after": _said(receipt.after),
        "reason": receipt.reason,
        "seconds": round(receipt.seconds, 4),
    }


def result_json(result: ToolResult) -> Json:
    return {
        "call": _call(result.call),
        "receipts": [receipt_json(receipt) for receipt in result.receipts],
        "words": result.words,
        "refused": result.refused,
        "asks": _call(result.asks) if result.asks else None,
        "offers": _call(result.offers) if result.offers else None,
        "pictures": list(result.pictures),
        "vouch": _call(result.vouch) if result.vouch else None,
    }


def _read_result(told: Json) -> ToolResult:
    return ToolResult(
        call=ToolCall.model_validate(told["call"]),
        receipts=tuple(_read_receipt(receipt) for receipt in told["receipts"]),
        words=told["words"],
        refused=told["refused"],
        asks=ToolCall.model_validate(told["asks"]) if told["asks"] else None,
        offers=ToolCall.model_validate(told["offers"]) if told.get("offers") else None,
        pictures=tuple(told.get("pictures", ())),  # a step of before there were any has none
        vouch=ToolCall.model_validate(told["vouch"]) if told.get("vouch") else None,
    )


def _read_receipt(told: Json) -> Receipt:
    kind = told["kind"]
    return Receipt(
        command=Command(device=told["device"], set=parse(kind, told["set"])),
        outcome=Outcome(told["outcome"]),
        before=parse(kind, told["before"]) if told["before"] is not None else None,
        after=parse(kind, told["after"]) if told["after"] is not None else None,
        reason=told["reason"],
        seconds=told["seconds"],
    )


def _call(call: ToolCall) -> Json:
    """Without secrets: the diary and the audit keep none, and no pairing is ever repeated."""
    told = call.model_dump(mode="json")
    hidden = {k: HIDDEN for k, v in call.arguments.items() if k in SECRETS and v}
    return {**told, "arguments": {**told["arguments"], **hidden}}


def _said(value: Capability | None) -> Json | None:
    return value.model_dump(mode="json", exclude_none=True) if value else None
