"""``dobby try``: sentences against a declared house, on the production path, with no network.

The file format and the lines are documented in docs/house-file.md.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self, TextIO, cast
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, ValidationError

from devices.capabilities import Group, State
from devices.device import Receipt, Room
from devices.driver import Away, Found
from devices.house import House
from devices.virtual.declared import (
    Declared,
    HouseFile,
    HouseFileError,
    changed,
    devices_of,
    load,
    read_state,
)
from dobby.agent.builtins import built_in
from dobby.agent.calls import HouseView
from dobby.agent.cameras import CameraTools
from dobby.agent.secrecy import hide
from dobby.agent.talk import Reflexes
from dobby.agent.tool import Caller
from dobby.agent.tools import Toolbox
from dobby.agent.turn import Agent, Answer, Said, Talk
from dobby.conversation.facts import StoreNotebook
from dobby.delivery.notify import Notifier
from dobby.delivery.outbox import Outbox
from dobby.language.brain import Language
from dobby.language.words import Words
from dobby.locale import Locale
from dobby.people.registry import People
from dobby.people.roles import Person, Role
from dobby.settings import VisionSettings
from dobby.vision.pictures import Pictures
from dobby.vision.watch import Watch
from memory.store import Store

PREFIX = f"{Declared.family}:"

Brain = Callable[[HouseView], Reflexes]


def warmed(house: HouseView) -> Reflexes:
    """The reflex brain, which has learned the names of this house."""
    reflex = Language()
    reflex.warm(house)
    return reflex


class _NoVault:
    """A declared house has nothing to keep."""

    async def load(self, key: str) -> dict[str, object] | None:
        return None

    async def save(self, key: str, value: dict[str, object]) -> None: ...

    async def drop(self, key: str) -> None: ...

    async def keys(self, prefix: str) -> list[str]:
        return []


@dataclass(frozen=True)
class TrialResult:
    """One answered line; device ids are the file's keys."""

    reply: str
    brain: str
    calls: list[dict[str, Any]]
    receipts: list[dict[str, Any]]
    state: dict[str, dict[str, Any]]
    milliseconds: float
    confirm: list[str]


class Trial:
    """A declared house with the whole agent on it."""

    def __init__(self, path: Path, brain: Brain = warmed) -> None:
        self.file: HouseFile = load(path)
        self._brain = brain
        self._declared = devices_of(self.file)
        self._zone = ZoneInfo(self.file.zone)
        self._talks: dict[str, Talk] = {}
        self._stack = contextlib.AsyncExitStack()

    async def __aenter__(self) -> Self:
        self.house = await self._stack.enter_async_context(House((Declared,), _NoVault()))
        for room in self.file.rooms:
            self.house.add_room(room if isinstance(room, Room) else Room(name=room))
        self.house.publish(Found(tuple(self._declared)))
        self._reset({})
        Words(self.file.language).warm()
        home = Path(self._stack.enter_context(TemporaryDirectory(prefix="dobby-try-")))
        store = await self._stack.enter_async_context(Store(home / "dobby.db"))
        notebook, self._eyes = StoreNotebook(store), self._with_eyes(store, home)
        tools = [*built_in(self.house, notebook, None, self._eyes), *self._eyes.tools()]
        self.agent = Agent(self.house, Toolbox(self.house, tools), self._brain(self.house))
        return self

    def _with_eyes(self, store: Store, home: Path) -> CameraTools:
        """The cameras of the file are never opened, and so have seen nothing."""
        settings = VisionSettings()
        locale = Locale(self._zone, language=self.file.language)
        pictures, notifier = Pictures(home, store, settings), Notifier(store, Outbox(store, []))
        watch = Watch(self.house, store, pictures, notifier, People(store), settings, None, locale)
        return CameraTools(self.house, watch, pictures, store, StoreNotebook(store))

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    async def say(
        self,
        text: str,
        person: str | None = None,
        room: str | None = None,
        state: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> TrialResult:
        """Say something. With ``state`` the house starts from the file, with these changes.

        Raises HouseFileError for an unknown device or a state that cannot be.
        """
        if state is not None:
            self._reset(state)
        who = self._person(person)
        hidden, now = hide(text), datetime.now(self._zone)
        caller = Caller(
            who, now, room, self.file.units == "fahrenheit", self.file.language,
                        words=hidden.text, secret=hidden.secret,
        )  # fmt: skip
        started = time.perf_counter()
        watched = self._eyes.watched(who)
        answer = await self.agent.turn(
            Said(hidden.text, caller, watched),
            self._talks.get(who.id, Talk()),
        )
        took = (time.perf_counter() - started) * 1000
        self._talks[who.id] = answer.talk
        return self._result(answer, took)

    def _person(self, name: str | None) -> Person:
        people = self.file.people
        if name is None:
            name = next((n for n, role in people.items() if role == "owner"), "owner")
        role = people.get(name, "guest" if people else "owner")
        return Person(name, name, Role(role))

    def _reset(self, changes: Mapping[str, Mapping[str, Any]]) -> None:
        """Everything as the file has it, with these changes."""
        unknown = [key for key in changes if key not in self.file.devices]
        if unknown:
            raise HouseFileError(f"There is no device {unknown[0]!r} in the file.")
        for key, declared in self.file.devices.items():
            device = PREFIX + key
            state = self._house_ids(read_state(changed(declared.state, changes.get(key, {}))))
            fault = "gone" if declared.away else declared.fault
            cast(Declared, self.house.driver_of(device)).set_state(device, state, fault)
            self.house.learn(device, state, whole=True)
            if declared.away:
                self.house.publish(Away((device,)))

    def _house_ids(self, state: State) -> State:
        """A speaker's leader is written as the file's key; the house knows it by its id."""
        group = state.get("group")
        if isinstance(group, Group) and group.leader in self.file.devices:
            return {**state, "group": Group(leader=PREFIX + group.leader)}
        return state

    def _result(self, answer: Answer, milliseconds: float) -> TrialResult:
        return TrialResult(
            reply=answer.reply,
            brain=answer.brain,
            calls=_file_ids([call.model_dump(mode="json") for call in answer.calls]),
            receipts=_file_ids([_receipt(r) for r in answer.receipts]),
            state=_file_ids(
                {
                    key: {k: v.said() for k, v in self.house.state(PREFIX + key).items()}
                    for key in self.file.devices
                }
            ),
            milliseconds=round(milliseconds, 3),
            confirm=list(answer.codes),
        )


def _file_ids(told: Any) -> Any:
    """The same, with devices by the file's keys."""
    match told:
        case str():
            return told.removeprefix(PREFIX)
        case dict():
            return {key: _file_ids(value) for key, value in cast(dict[str, Any], told).items()}
        case list() | tuple():
            return type(cast(Any, told))(_file_ids(item) for item in cast(list[Any], told))
        case _:
            return told


def _receipt(receipt: Receipt) -> dict[str, Any]:
    said = receipt.model_dump(mode="json", exclude_none=True)
    command = receipt.command
    return {
        **said,
        "command": {
            "device": command.device,
            command.set.kind: command.set.said(),
        },
        "seconds": round(receipt.seconds, 4),
    }


async def answer_lines(path: Path, lines: TextIO, out: TextIO) -> None:
    """Answer one JSON object a line until the end. A bad line gets ``{"error": ...}``."""
    async with Trial(path) as trial:
        for line in lines:
            if not line.strip():
                continue
            try:
                asked = _Line.model_validate_json(line)
                result = await trial.say(asked.text, asked.person, asked.room, asked.state)
                said = asdict(result)
            except ValidationError as error:
                first = error.errors(include_input=False, include_url=False)[0]
                where = ".".join(str(part) for part in first["loc"])
                said = {"error": f"{where or 'line'}: {first['msg']}"}
            except HouseFileError as error:
                said = {"error": str(error)}
            out.write(json.dumps(said, ensure_ascii=False) + "\n")
            out.flush()


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str
    person: str | None = None
    room: str | None = None
    state: dict[str, dict[str, Any]] | None = None
