"""The one set of tools that every brain uses, and the one path from a call to a device.

A capability present in the house is a tool of its kind's name; beside them stand the built-in
tools of ``builtins.py``. ``Toolbox.run`` is policy, House.apply and receipts, whoever calls.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from devices.capabilities import CAPABILITIES, Capability, Group, parse
from devices.device import Command, Device, Receipt
from devices.house import House
from dobby.agent.calls import ToolCall
from dobby.agent.disguise import in_full
from dobby.agent.naming import UnknownName, full_name, named
from dobby.agent.phrases import action, wrong
from dobby.agent.policy import NEW, Judgement, Verdict, judge, judge_tool
from dobby.agent.prose import marked
from dobby.agent.said import check_addresses
from dobby.agent.subjects import subject
from dobby.agent.tool import BuiltInTool, Caller, CallError, Shown, ToolResult
from dobby.language.words import Words
from memory.errors import StoreError

log = logging.getLogger(__name__)

MAX_DEVICES = 2000
OF_DEVICES = frozenset({"device", "devices", "leader"})  # arguments that only say which


class Toolbox:
    """Schemas for the model, and execution for everyone."""

    def __init__(self, house: House, built_in: Sequence[BuiltInTool]) -> None:
        self._house = house
        self._built_in = {tool.name: tool for tool in built_in}
        self._schemas: tuple[int, list[dict[str, Any]]] | None = None  # of a version of the house

    def schemas(self) -> list[dict[str, Any]]:
        """Messages API tool definitions, sorted by name, stable while no new kind appears."""
        version = self._house.version
        if self._schemas is None or self._schemas[0] != version:
            kinds = {a.kind for d in self._house.devices.values() for a in d.abilities}
            self._schemas = version, self._definitions(kinds)
        return self._schemas[1]

    def _definitions(self, kinds: Iterable[str]) -> list[dict[str, Any]]:
        own = [_schema(CAPABILITIES[k]) for k in kinds if not CAPABILITIES[k].readonly]
        given = [
            {"name": t.name, "description": t.about, "input_schema": t.schema}
            for t in self._built_in.values()
            if t.for_model and (not t.needs or t.needs in kinds)
        ]
        return sorted(own + given, key=lambda tool: str(tool["name"]))

    def changes(self, call: ToolCall) -> bool:
        """Whether a call may change anything; what is not known may."""
        tool = self._built_in.get(call.name)
        return tool is None or tool.changes

    async def run(self, calls: Sequence[ToolCall], caller: Caller) -> list[ToolResult]:
        """Carry out calls in their order, devices in parallel. Never raises for a bad call.

        A call that groups speakers is done before the next begins: who leads decides what later
        ones come to. The others only keep their order on each device.
        """
        results: list[ToolResult] = []
        for stage in _stages(calls):
            results += await self._run_together(stage, caller)
        return [_marked(result) for result in results] if caller.by_model else results

    async def _run_together(self, calls: Sequence[ToolCall], caller: Caller) -> list[ToolResult]:
        commands: list[Command] = []
        slices: list[tuple[int, int]] = []
        results: list[ToolResult | None] = []
        for call in calls:
            prepared = self._prepare(call, caller)
            if isinstance(prepared, ToolResult):
                results.append(prepared)
                slices.append((0, 0))
                continue
            slices.append((len(commands), len(commands) + len(prepared)))
            commands += prepared
            results.append(None)
        receipts = await self._house.apply(commands) if commands else []
        return [
            await self._finish(call, done, receipts[start:end], caller)
            for call, done, (start, end) in zip(calls, results, slices, strict=True)
        ]

    async def _finish(
        self, call: ToolCall, done: ToolResult | None, receipts: list[Receipt], caller: Caller
    ) -> ToolResult:
        if done is None:
            return ToolResult(call, receipts=tuple(receipts))
        tool = self._built_in.get(call.name)
        if tool is None or done.refused or done.asks or done.offers:
            return done
        try:
            told = await tool.run(self._with_ids(call.arguments), caller)
        except CallError as error:
            return ToolResult(call, refused=caller.wording.put(error.said))
        except StoreError as error:
            return ToolResult(call, refused=str(error))
        except Exception:  # a tool's bug takes nothing else along: the others have their receipts
            log.exception("The tool %s failed", call.name)
            return ToolResult(call, refused=caller.wording.say("failed-myself"))
        shown = told if isinstance(told, Shown) else Shown(told)
        return ToolResult(call, words=shown.words, pictures=shown.pictures, private=tool.private)

    def doing(self, call: ToolCall, caller: Caller) -> str:
        """What a call would do, in the house's words: "unlock the front door"."""
        if call.name in CAPABILITIES:
            fields = {k: v for k, v in call.arguments.items() if k != "devices"}
            known = self._house.devices
            devices = [known[d] for d in call.arguments.get("devices", ()) if d in known]
            words = caller.wording
            return action(parse(call.name, fields), self._in_full(devices, words), words)
        tool, said = self._built_in.get(call.name), ""
        if tool is not None:
            with contextlib.suppress(CallError):
                said = tool.deed(self._with_ids(call.arguments), caller)
        return said or call.name.replace("_", " ")

    def _in_full(self, devices: Sequence[Device], words: Words) -> str:
        told = [in_full(d, self._house.told(d.id), subject([d], words), words) for d in devices]
        plain = all(said == subject([d], words) for said, d in zip(told, devices, strict=True))
        return subject(devices, words) if plain else words.names(told)

    def _with_ids(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Arguments with the devices they name by their ids. Raises CallError."""
        given = dict(arguments)
        if given.get("devices"):
            given["devices"] = [d.id for d in self._targets(given["devices"], None)]
        if given.get("device"):
            given["device"] = self._one(str(given["device"]), None).id
        return given

    def _prepare(self, call: ToolCall, caller: Caller) -> ToolResult | list[Command]:
        try:
            if caller.by_model:
                free_text = {k: v for k, v in call.arguments.items() if k not in OF_DEVICES}
                check_addresses(free_text, caller.words)
            tool = self._built_in.get(call.name)
            if tool is not None:
                return self._allowed(tool, call, caller)
            commands = self._commands(call)
        except CallError as error:
            return ToolResult(call, refused=caller.wording.put(error.said))
        judged = [(c, judge(caller.person, c, self._house.devices[c.device])) for c in commands]
        return self._permitted(call, judged, caller)

    def _allowed(self, tool: BuiltInTool, call: ToolCall, caller: Caller) -> ToolResult:
        """A result that refuses or asks; an empty one where the tool may run. Raises CallError."""
        judgement = judge_tool(caller.person, tool.least_role)
        if judgement.verdict is not Verdict.ALLOWED:
            return ToolResult(call, refused=_why(judgement, caller))
        if caller.confirmed or caller.agreed:
            return ToolResult(call)
        guarded = caller.by_model or caller.person.new
        # By ids: a name may mean another device when the answer comes.
        bound = ToolCall(name=call.name, arguments=self._with_ids(call.arguments))
        deed = tool.deed(bound.arguments, caller) if guarded or tool.may_ask else ""
        if guarded and deed:
            if caller.person.new:
                return ToolResult(call, refused=caller.wording.put(NEW), vouch=bound)
            return ToolResult(call, asks=bound)
        if not tool.may_ask:
            return ToolResult(call)
        tool.deed(bound.arguments, caller)  # nothing is asked that cannot be done
        return ToolResult(call, offers=bound)

    def _permitted(
        self, call: ToolCall, judged: list[tuple[Command, Judgement]], caller: Caller
    ) -> ToolResult | list[Command]:
        refused = [_why(j, caller) for _, j in judged if j.verdict is Verdict.REFUSED]
        if refused:
            return ToolResult(call, refused=" ".join(dict.fromkeys(refused)))
        verdicts = {j.verdict for _, j in judged}
        devices = [c.device for c, _ in judged]
        bound = ToolCall(name=call.name, arguments={**call.arguments, "devices": devices})
        if Verdict.VOUCH in verdicts:
            return ToolResult(call, refused=caller.wording.put(NEW), vouch=bound)
        if Verdict.CONFIRM in verdicts and not caller.confirmed:
            return ToolResult(call, asks=bound)
        return [c for c, _ in judged]

    def _commands(self, call: ToolCall) -> list[Command]:
        """The commands of a capability call. Raises CallError in words a model can act on."""
        if call.name not in CAPABILITIES or CAPABILITIES[call.name].readonly:
            raise CallError(f"There is no tool {call.name!r}.")
        fields = {k: v for k, v in call.arguments.items() if k != "devices"}
        try:
            wanted = parse(call.name, fields)
        except ValidationError as error:
            raise CallError(wrong(error)) from error
        if isinstance(wanted, Group):
            wanted = Group(leader=self._one(wanted.leader, wanted.kind).id)
        targets = self._targets(call.arguments.get("devices"), wanted.kind)
        if isinstance(wanted, Group) and len(targets) > 1:
            targets = [d for d in targets if d.id != wanted.leader]  # it leads them already
        return [Command(device=d.id, set=wanted) for d in targets]

    def _one(self, word: str, kind: str | None) -> Device:
        """The one device that is meant. Raises CallError."""
        meant = self._named(word, kind)
        if len(meant) != 1:
            raise CallError(f"Only one, of {', '.join(full_name(d) for d in meant[:20])}.")
        return meant[0]

    def _targets(self, said: Any, kind: str | None) -> list[Device]:
        if isinstance(said, str):
            said = [said]
        if not isinstance(said, list) or not said:
            raise CallError("'devices' must be a list of device ids, rooms, or \"all\".")
        found: dict[str, Device] = {}
        for word in said[:MAX_DEVICES]:  # pyright: ignore[reportUnknownVariableType]
            for device in self._named(str(word), kind):  # pyright: ignore[reportUnknownArgumentType]
                found[device.id] = device
        return list(found.values())

    def _named(self, word: str, kind: str | None) -> list[Device]:
        """What a word means, of the devices that can do ``kind``. Raises CallError."""
        known = self._house.devices
        if word in known:
            return [known[word]]  # whether it is able is for its receipt to say
        try:
            return named(word, [d for d in known.values() if kind is None or d.ability(kind)])
        except UnknownName as error:
            raise CallError(str(error)) from error


def _why(judgement: Judgement, caller: Caller) -> str:
    return caller.wording.put(judgement.reason or "")


def _marked(result: ToolResult) -> ToolResult:
    words, refused = marked(result.words, result.call), marked(result.refused, result.call)
    return replace(result, words=words, refused=refused)


def _stages(calls: Sequence[ToolCall]) -> list[list[ToolCall]]:
    """Calls that may run together; each grouping of speakers is a stage of its own."""
    stages: list[list[ToolCall]] = []
    for call in calls:
        if stages and Group.kind not in (call.name, stages[-1][-1].name):
            stages[-1].append(call)
        else:
            stages.append([call])
    return stages


def _schema(capability: type[Capability]) -> dict[str, Any]:
    schema = capability.model_json_schema()
    properties = {
        name: brief(spec)
        for name, spec in schema["properties"].items()
        if name not in capability.reported
    }
    definition: dict[str, Any] = {
        "type": "object",
        "properties": {"devices": {"type": "array", "items": {"type": "string"}}, **properties},
        "required": ["devices", *schema.get("required", [])],
    }
    if "$defs" in schema:
        definition["$defs"] = schema["$defs"]
    return {
        "name": capability.kind,
        "description": capability.about,
        "input_schema": definition,
    }


def brief(spec: dict[str, Any]) -> dict[str, Any]:
    """A field without what a model need not read; one that may be left out is just not required."""
    kept = {k: v for k, v in spec.items() if k not in ("title", "default")}
    choices = [one for one in kept.get("anyOf", ()) if one != {"type": "null"}]
    return choices[0] if len(choices) == 1 else kept
