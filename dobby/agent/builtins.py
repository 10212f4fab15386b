"""Built-in tools: all that a brain can do beside setting a capability."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from devices.device import Device, clean_name
from devices.house import House
from dobby.agent.answers import answer
from dobby.agent.calls import ToolCall
from dobby.agent.disguise import contradiction
from dobby.agent.naming import unfit
from dobby.agent.pairing import Pairing, inventory, told
from dobby.agent.phrases import sentence
from dobby.agent.policy import may_read
from dobby.agent.said import all_said
from dobby.agent.states import REACH, STATES
from dobby.agent.subjects import called, plural, the_room
from dobby.agent.tool import BuiltIn, BuiltInTool, Caller, CallError, Guard
from dobby.language.lexicon import LANGUAGES
from dobby.language.words import ENGLISH, Message
from dobby.people.roles import RESIDENTS_ONLY, Role

SCAN_S = 3.0


class Undoing(Protocol):
    """Keeps what people changed, so that the last of it can be taken back."""

    async def changed(self, caller: Caller) -> datetime | None:
        """When this person changed something last that can be taken back."""
        ...

    async def undo(self, caller: Caller) -> str: ...


class Names(Protocol):
    """Keeps the names that devices are given."""

    async def renamed(self, device: Device, given: dict[str, str | tuple[str, ...]]) -> None: ...


class Notebook(Undoing, Names, Protocol):
    """What these tools need of memory; every answer is fit for the person."""

    async def remember(self, text: str, caller: Caller) -> str: ...
    async def recall(self, query: str, caller: Caller) -> str: ...
    async def answer(self, question: str, caller: Caller) -> str: ...
    async def forget(self, what: str, caller: Caller) -> str: ...


class Scanner(Protocol):
    """What these tools need of discovery: listen for so long; the house hears what is found."""

    async def scan(self, seconds: float) -> object: ...


def built_in(
    house: House,
    notebook: Notebook | None = None,
    scanner: Scanner | None = None,
    *also_undo: Undoing,
) -> list[BuiltInTool]:
    """The tools for this house; those whose part is missing are left out. What was changed last,
    in the notebook or in ``also_undo``, is what ``undo`` takes back."""
    own, pairing = _HouseTools(house, notebook, scanner), Pairing(house)
    tools = [
        _tool("find_devices", "Look on the LAN for devices, new ones too.", own.find, "what?",
              least_role=Role.CHILD, changes=False),
        _tool("list_devices", "Which devices there are, or are in a room.", own.list_, "room?",
              least_role=Role.GUEST, changes=False),
        _tool("pair_device", PAIR_DEVICE, pairing.pair, "what", "pin?",
              least_role=Role.ADULT, guard=pairing.deed),
        _tool("forget_device", FORGET_DEVICE, pairing.forget, "what",
              least_role=Role.ADULT, guard=pairing.forgetting, may_ask=True),
        _tool("read_state", READ_STATE, own.read, *READ_FIELDS,
              least_role=Role.GUEST, changes=False),
        _tool("name_device", "Rename a device, place it, or add a nickname.", own.name,
              "device", "name?", "room?", "alias?",
              least_role=Role.ADULT, guard=own.naming, may_ask=True),
        _tool("tell_time", "The time or the date.", own.time, "what",
              least_role=Role.GUEST, changes=False),
        _tool("help", "What can be said.", own.help, for_model=False,
              least_role=Role.GUEST, changes=False),
        _tool("cancel", "Drop what was being asked.", own.cancel, for_model=False,
              least_role=Role.GUEST, changes=False),
    ]  # fmt: skip
    return tools + (_memory_tools(notebook, also_undo) if notebook else [])


NAMING = ("name", "room", "alias")
NO_SUCH_DEVICE = Message("no-such-device")
PAIR_DEVICE = "Pair a device that was found. pin: its code; a password was hidden and is known."
FORGET_DEVICE = "Unpair a bridge or a single accessory, with all devices behind it."
READ_STATE = (
    "Live state, read from the devices now. devices: ids; about: a capability, or reading; "
    "form: what | whether | which | count | any | all | most | least; text: a timer or list item."
)
READ_FIELDS = ("devices*", "about?", "form?", "field?", "value?", "text?")


def _tool(
    name: str,
    about: str,
    run: BuiltIn,
    *fields: str,
    for_model: bool = True,
    least_role: Role,
    changes: bool = True,
    guard: Guard | None = None,
    may_ask: bool = False,
    private: bool = False,
) -> BuiltInTool:
    """A tool from field names; ``?`` marks the optional ones and ``*`` a list of strings."""
    text: dict[str, Any] = {"type": "string"}
    many: dict[str, Any] = {"type": "array", "items": text}
    schema = {
        "type": "object",
        "properties": {f.rstrip("?*"): many if f.endswith("*") else text for f in fields},
        "required": [f.rstrip("*") for f in fields if not f.endswith("?")],
    }
    return BuiltInTool(
        name, about, schema, run, for_model,
        least_role=least_role, changes=changes, guard=guard, may_ask=may_ask, private=private,
    )  # fmt: skip


def _given_names(arguments: dict[str, Any]) -> list[str]:
    return [clean_name(str(arguments[k])) for k in ("name", "alias") if arguments.get(k)]


def _spoken(caller: Caller) -> str:
    return caller.language if caller.language in LANGUAGES else ENGLISH


class _HouseTools:
    def __init__(self, house: House, notebook: Notebook | None, scanner: Scanner | None) -> None:
        self._house = house
        self._notebook = notebook
        self._scanner = scanner

    async def find(self, arguments: dict[str, Any], caller: Caller) -> str:
        if self._scanner:
            await self._scanner.scan(SCAN_S)
        what, words = str(arguments.get("what") or ""), caller.wording
        devices = [d for d in self._house.devices.values() if _about(what, d)]
        waiting = [s for s in self._house.strangers.values() if s.needs]
        said = [words.say("known-devices", devices=inventory(devices, words))] if devices else []
        if what and not devices:
            said.append(words.say("found-no", what=what))
        said += [s.message for s in waiting]
        return " ".join(said) or words.say("found-nothing")

    async def list_(self, arguments: dict[str, Any], caller: Caller) -> str:
        room, words = str(arguments.get("room") or ""), caller.wording
        devices = [
            d
            for d in self._house.devices.values()
            if not room or (d.room or "").casefold() == room.casefold()
        ]
        if not devices:
            return words.say("no-devices-in", room=room) if room else words.say("no-devices")
        if room:
            named = words.names([told(d, words) for d in devices])
            return words.say("devices-in", room=devices[0].room or room, devices=named)
        return words.say("known-devices", devices=inventory(devices, words))

    async def read(self, arguments: dict[str, Any], caller: Caller) -> str:
        if (value := arguments.get("value")) and value not in {*STATES, *REACH}:
            return f"I know no state {str(value)!r}, but {', '.join([*STATES, *REACH])}."  # a model
        known = self._house.devices
        meant = [known[d] for d in arguments.get("devices") or known if d in known]
        devices = [device.id for device in meant if may_read(caller.person, device)]
        if meant and not devices:
            return caller.wording.put(RESIDENTS_ONLY)
        await self._house.refresh(devices)
        call = ToolCall(name="read_state", arguments={**arguments, "devices": devices})
        return answer(call, self._house, caller.wording)

    async def name(self, arguments: dict[str, Any], caller: Caller) -> str:
        known, words = self._house.devices.get(str(arguments.get("device"))), caller.wording
        if known is None:
            return words.put(NO_SUCH_DEVICE)
        given: dict[str, str | tuple[str, ...]] = {
            k: clean_name(str(arguments[k])) for k in ("name", "room") if arguments.get(k)
        }
        self._refuse_unfit(known, arguments, caller)
        self._refuse_disguise(known, arguments, caller)
        if alias := clean_name(str(arguments.get("alias") or "")):
            given["aliases"] = (*known.aliases, alias)
        device = self._house.rename(known.id, **given)
        if self._notebook:
            await self._notebook.renamed(device, given)
        who, count = called(device, words), 2 if plural(device, words) else 1
        if "aliases" in given:
            return sentence(words.say("goes-by", who=who, count=count, name=alias))
        if "name" in given:
            was, count = called(known, words), 2 if plural(known, words) else 1
            return sentence(words.say("is-called", who=was, count=count, name=device.name))
        return sentence(words.say("is-in", who=who, count=count, room=the_room(device, words)))

    def _refuse_unfit(self, device: Device, arguments: dict[str, Any], caller: Caller) -> None:
        for name in _given_names(arguments):
            language = _spoken(caller)
            if why := unfit(name, device, self._house.devices.values(), language):
                raise CallError(why)

    def _refuse_disguise(self, device: Device, arguments: dict[str, Any], caller: Caller) -> None:
        for name in _given_names(arguments):
            if why := contradiction(device, name, self._house.rooms, _spoken(caller)):
                raise CallError(why)

    def naming(self, arguments: dict[str, Any], caller: Caller) -> str:
        known = self._house.devices.get(str(arguments.get("device")))
        if known is None:
            raise CallError(NO_SUCH_DEVICE)
        self._refuse_unfit(known, arguments, caller)
        if not caller.by_model:  # of what a model wishes the person hears first, and decides
            self._refuse_disguise(known, arguments, caller)
        words = caller.wording
        given = {k: clean_name(str(arguments[k])) for k in NAMING if arguments.get(k)}
        deeds = [words.say("naming", how=how, name=name) for how, name in given.items()]
        return words.say("do-name", thing=called(known, words), names=words.names(deeds))

    async def time(self, arguments: dict[str, Any], caller: Caller) -> str:
        words = caller.wording
        if arguments.get("what") == "date":
            return words.say("date-is", date=words.date(caller.now))
        return words.say("time-is", hour=caller.now.hour, time=words.time(caller.now))

    async def help(self, arguments: dict[str, Any], caller: Caller) -> str:
        return caller.wording.say("help")

    async def cancel(self, arguments: dict[str, Any], caller: Caller) -> str:
        return caller.wording.say("left-alone")


def _memory_tools(notebook: Notebook, also_undo: Sequence[Undoing]) -> list[BuiltInTool]:
    async def remember(arguments: dict[str, Any], caller: Caller) -> str:
        return await notebook.remember(str(arguments.get("text", "")), caller)

    async def recall(arguments: dict[str, Any], caller: Caller) -> str:
        return await notebook.recall(str(arguments.get("query", "")), caller)

    async def look_up(arguments: dict[str, Any], caller: Caller) -> str:
        return await notebook.answer(str(arguments.get("question", "")), caller)

    async def forget(arguments: dict[str, Any], caller: Caller) -> str:
        return await notebook.forget(str(arguments.get("what", "")), caller)

    async def undo(arguments: dict[str, Any], caller: Caller) -> str:
        changed = [(await one.changed(caller), one) for one in (notebook, *also_undo)]
        dated = [(at, one) for at, one in changed if at is not None]
        last = max(dated, key=lambda one: one[0])[1] if dated else notebook
        return await last.undo(caller)

    def remembering(arguments: dict[str, Any], caller: Caller) -> str:
        text = clean_name(str(arguments.get("text", "")), 300)
        said = all_said(text, caller.words)
        return "" if said else caller.wording.say("do-remember", text=text)

    def forgetting(arguments: dict[str, Any], caller: Caller) -> str:
        what = clean_name(str(arguments.get("what", "")), 100)
        return caller.wording.say("do-forget", what=what)

    def undoing(arguments: dict[str, Any], caller: Caller) -> str:
        return caller.wording.say("do-undo")

    return [
        _tool("remember", "Keep a fact about the house or its people.", remember, "text",
              least_role=Role.CHILD, guard=remembering),
        _tool("recall", "Search what was said and remembered.", recall, "query",
              least_role=Role.CHILD, changes=False, private=True),
        _tool("look_up", "What was remembered that answers a question.", look_up, "question",
              for_model=False, least_role=Role.CHILD, changes=False, private=True),
        _tool("forget", "Forget a remembered fact.", forget, "what",
              least_role=Role.CHILD, guard=forgetting),
        _tool("undo", "Take back the last remember, forget, rule or camera setting.", undo,
              least_role=Role.GUEST, guard=undoing),
    ]  # fmt: skip


def _about(what: str, device: Device) -> bool:
    text = " ".join((device.name, device.kind, device.maker, device.model, device.room or ""))
    return all(word.rstrip("s") in text.casefold() for word in what.casefold().split())
