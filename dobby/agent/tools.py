"""The one set of tools that every brain uses, and the one path from a call to a device.

A capability present in the house is a tool of its kind's name; beside them stand the built-in
tools of ``builtins.py``. ``Toolbox.run`` is policy, House.apply and receipts, whoever calls.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from devices.capabilities import CAPABILITIES, Capability, Group, parse
from devices.device import Command, Device, Receipt
from devices.house import House
from dobby.agent.calls import ToolCall
from dobby.agent.naming import UnknownName, full_name, named
from dobby.agent.phrases import action
from dobby.agent.policy import Judgement, Person, Verdict, judge, judge_tool
from dobby.agent.subjects import subject
from memory.errors import StoreError

log = logging.getLogger(__name__)

MAX_DEVICES = 2000


@dataclass(frozen=True)
class Caller:
    """On whose behalf a call is made, and where the words were said."""

    person: Person
    now: datetime
    room: str | None = None
    fahrenheit: bool = False
    confirmed: bool = False  # the second word was given for exactly these calls
    agreed: bool = False  # a yes was said to exactly these calls
    message: int | None = None  # the message that it was said in, where there is one
    words: str = ""  # what was said; without the secret, if there was one in it
    secret: str = field(default="", repr=False)  # for the tool that needs it: no brain sees it


@dataclass(frozen=True)
class ToolResult:
    """What a call came to: receipts of devices, or words and pictures (their ids); ``asks`` waits
    for a second word, ``offers`` for a yes."""

    call: ToolCall
    receipts: tuple[Receipt, ...] = ()
    words: str = ""
    refused: str = ""
    asks: ToolCall | None = None
    offers: ToolCall | None = None
    pictures: tuple[str, ...] = ()
    data: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class Shown:
    """Words of a built-in tool, with the ids of pictures that go with them."""

    words: str
    pictures: tuple[str, ...] = ()


BuiltIn = Callable[[dict[str, Any], Caller], Awaitable[str | Shown]]
Doing = Callable[[dict[str, Any]], str]
"""What it would do with these arguments: the words after "Shall I", in the owner's terms."""


@dataclass(frozen=True)
class BuiltInTool:
    """A tool that sets nothing on a device."""

    name: str
    about: str
    schema: dict[str, Any]
    run: BuiltIn
    for_model: bool = True
    needs: str = ""  # a model is told of it where a device has this ability
    doing: Doing | None = None  # for what is asked about before it is done


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

    async def run(self, calls: Sequence[ToolCall], caller: Caller) -> list[ToolResult]:
        """Carry out calls in their order, devices in parallel. Never raises for a bad call.

        A call that groups speakers is done before the next begins: who leads decides what later
        ones come to. The others only keep their order on each device.
        """
        results: list[ToolResult] = []
        for stage in _stages(calls):
            results += await self._run_together(stage, caller)
        return results

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
            arguments = self._with_ids(call.arguments)
        except CallError as error:
            return ToolResult(call, refused=str(error))
        try:
            told = await tool.run(arguments, caller)
        except (CallError, StoreError) as error:
            return ToolResult(call, refused=str(error))
        except Exception:  # a tool's bug takes nothing else along: the others have their receipts
            log.exception("The tool %s failed", call.name)
            return ToolResult(call, refused="I failed at that myself; my log says more.")
        shown = told if isinstance(told, Shown) else Shown(told)
        return ToolResult(call, words=shown.words, pictures=shown.pictures)

    def doing(self, call: ToolCall, fahrenheit: bool) -> str:
        """What a call would do, in words: "unlock the front door"."""
        if call.name in CAPABILITIES:
            fields = {k: v for k, v in call.arguments.items() if k != "devices"}
            known = self._house.devices
            devices = [known[d] for d in call.arguments.get("devices", ()) if d in known]
            return action(parse(call.name, fields), subject(devices), fahrenheit)
        tool = self._built_in.get(call.name)
        if tool is None or tool.doing is None:
            return call.name.replace("_", " ")
        return tool.doing(call.arguments)

    def _with_ids(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Arguments with the devices they name by their ids. Raises CallError."""
        given = dict(arguments)
        if given.get("devices"):
            given["devices"] = [d.id for d in self._targets(given["devices"], None)]
        if given.get("device"):
            given["device"] = self._one(str(given["device"]), None).id
        return given

    def _prepare(self, call: ToolCall, caller: Caller) -> ToolResult | list[Command]:
        if call.name in self._built_in:
            judgement = judge_tool(caller.person, call)
            if judgement.verdict is Verdict.AGREE and not caller.agreed:
                return self._offered(call)
            return ToolResult(call, refused=judgement.reason)
        try:
            commands = self._commands(call)
        except CallError as error:
            return ToolResult(call, refused=str(error))
        judged = [
            (c, judge(caller.person, c, self._house.devices[c.device], caller.fahrenheit))
            for c in commands
        ]
        return self._permitted(call, judged, caller)

    def _offered(self, call: ToolCall) -> ToolResult:
        """What waits for a yes, by ids: a name may mean another device when it comes."""
        try:
            meant = ToolCall(name=call.name, arguments=self._with_ids(call.arguments))
        except CallError as error:
            return ToolResult(call, refused=str(error))
        return ToolResult(call, offers=meant)

    def _permitted(
        self, call: ToolCall, judged: list[tuple[Command, Judgement]], caller: Caller
    ) -> ToolResult | list[Command]:
        refused = [j.reason for _, j in judged if j.verdict is Verdict.REFUSED]
        if refused:
            return ToolResult(call, refused=" ".join(dict.fromkeys(refused)))
        if not caller.confirmed and any(j.verdict is Verdict.CONFIRM for _, j in judged):
            devices = [c.device for c, _ in judged]
            return ToolResult(
                call,
                asks=ToolCall(name=call.name, arguments={**call.arguments, "devices": devices}),
            )
        return [c for c, _ in judged]

    def _commands(self, call: ToolCall) -> list[Command]:
        """The commands of a capability call. Raises CallError in words a model can act on."""
        if call.name not in CAPABILITIES or CAPABILITIES[call.name].readonly:
            raise CallError(f"There is no tool {call.name!r}.")
        fields = {k: v for k, v in call.arguments.items() if k != "devices"}
        try:
            wanted = parse(call.name, fields)
        except ValidationError as error:
            first = error.errors()[0]
            raise CallError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
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


def _stages(calls: Sequence[ToolCall]) -> list[list[ToolCall]]:
    """Calls that may run together; each grouping of speakers is a stage of its own."""
    stages: list[list[ToolCall]] = []
    for call in calls:
        if stages and Group.kind not in (call.name, stages[-1][-1].name):
            stages[-1].append(call)
        else:
            stages.append([call])
    return stages


class CallError(Exception):
    """A call that names no device, or carries arguments that do not fit; says what would."""


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
