"""What a restart does about a turn that a crash cut short.

What is absolute is done again: a lamp at 40% is at 40%; but not where somebody wished something
else of it since. What needed a code is done once a code, whatever became of it: in the meantime
somebody may have locked the door by hand. So the device is looked at, and where it is not as it was
wanted the question is asked anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from devices.capabilities import CAPABILITIES, Capability, parse
from devices.device import Command, Outcome, Receipt
from devices.house import House
from dobby.agent.calls import ToolCall
from dobby.agent.reply import compose
from dobby.agent.tool import ToolResult
from dobby.language.words import Words


@dataclass
class CutShort:
    """What the steps of a turn say that was begun and not finished."""

    planned: list[ToolCall] = field(default_factory=list[ToolCall])  # begun; how far is not known
    freed: tuple[ToolCall, ...] = ()  # by a code, which is used up
    brain: str = "reflex"  # whose plan it was
    done: list[ToolResult] = field(default_factory=list[ToolResult])
    overtaken: frozenset[str] = frozenset()  # devices that somebody told something else since

    def is_overtaken(self, call: ToolCall) -> bool:
        """Whether doing it now would undo what was wished later."""
        return not self.overtaken.isdisjoint(named(call))


def named(call: ToolCall) -> frozenset[str]:
    """The devices that a call names."""
    said = call.arguments.get("devices", ())
    return frozenset(map(str, [said] if isinstance(said, str) else said))


async def look_first(house: House, result: ToolResult, words: Words) -> ToolResult:
    """Of a call that asks for a code: what is so already, and what is still to be asked."""
    if result.asks is None or result.asks.name not in CAPABILITIES:
        return result
    fields: dict[str, Any] = dict(result.asks.arguments)
    devices: Sequence[str] = fields.pop("devices")
    wanted = parse(result.asks.name, fields)
    silent = set(await house.refresh(devices))
    seen = [_receipt(house, device, wanted) for device in devices if device not in silent]
    lost = [Receipt(command=Command(device=d, set=wanted), outcome=Outcome.UNREACHABLE)
            for d in devices if d in silent]  # fmt: skip
    other = [r for r in seen if not wanted.shown_by(r.after)]
    said = [compose(other, house.devices, words)] if other else []
    if other or lost:
        said.append(words.say("not-again"))
    left = {**fields, "devices": [receipt.command.device for receipt in other]}
    return replace(
        result,
        receipts=tuple(lost + [receipt for receipt in seen if receipt not in other]),
        words=" ".join(said),
        asks=ToolCall(name=result.asks.name, arguments=left) if other else None,
    )


def _receipt(house: House, device: str, wanted: Capability) -> Receipt:
    """How it is, in terms of what was wanted."""
    now = house.state(device).get(wanted.kind)
    command = Command(device=device, set=wanted)
    return Receipt(command=command, outcome=Outcome.VERIFIED, before=now, after=now)
