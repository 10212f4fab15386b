"""A house declared in a file: no network, no servers, the same House and the same read-back.

The format is documented in docs/house-file.md. Raises HouseFileError, in the words of whoever
wrote the file.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from devices.capabilities import (
    CAPABILITIES,
    Brightness,
    Capability,
    Color,
    ColorTemperature,
    FanSpeed,
    Media,
    Playback,
    Power,
    Skip,
    State,
    parse,
)
from devices.device import (
    KINDS,
    Ability,
    Announcement,
    Device,
    DeviceError,
    Refused,
    Room,
    UnknownDevice,
    Unreachable,
)
from devices.driver import Hub

USUAL: dict[str, tuple[str, ...]] = {
    "light": ("power", "brightness"),
    "switch": ("power",),
    "outlet": ("power",),
    "appliance": ("power",),
    "speaker": ("playback", "skip", "volume", "mute", "media", "play_mode", "group"),
    "tv": ("power", "playback", "volume", "mute", "source"),
    "thermostat": ("climate",),
    "aircon": ("power", "climate"),
    "heater": ("power", "climate"),
    "boiler": ("power", "climate"),
    "pool": ("climate",),
    "spa": ("power", "climate"),
    "shade": ("position",),
    "window": ("position",),
    "garage": ("position",),
    "gate": ("position",),
    "door": ("lock",),
    "lock": ("lock",),
    "fan": ("power", "fan_speed"),
    "valve": ("position",),
    "vacuum": ("chore",),
    "mower": ("chore",),
    "alarm": ("alarm",),
    "scene": ("scene",),
    "list": ("todo",),
    "timer": ("timers",),
    "camera": ("snapshot",),
    "sensor": ("reading",),
}
"""What a device of a kind usually can; used where a file says nothing."""


WORDS: dict[tuple[str, str], float | bool] = {
    ("lock", "locked"): True,
    ("lock", "unlocked"): False,
    ("mute", "muted"): True,
    ("position", "open"): 100,
    ("position", "closed"): 0,
}
"""Bare words that a state may be written with, by ability."""


class _Loader(yaml.SafeLoader):
    """YAML 1.2's booleans: ``off`` is a word here, since it is a mode of thermostats."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver(  # pyright: ignore[reportUnknownMemberType]
    "tag:yaml.org,2002:bool", re.compile("true|True|TRUE|false|False|FALSE"), list("tTfF")
)


class HouseFileError(DeviceError):
    """A house file that cannot be read; the message names the place and the mend."""


class _DeclaredDevice(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str | None = None
    kind: str = "unknown"
    room: str | None = None
    aliases: tuple[str, ...] = ()
    can: list[str | dict[str, dict[str, Any] | None]] | None = None
    state: dict[str, Any] = {}
    fault: Literal["slow", "gone", "refuse", "lie"] | None = None
    away: bool = False

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, kind: str) -> str:
        if kind not in KINDS:
            raise ValueError(f"there is no kind {kind!r}; kinds are {', '.join(KINDS)}")
        return kind


class HouseFile(BaseModel):
    """The file as written."""

    model_config = ConfigDict(extra="forbid")
    zone: str = "UTC"
    units: Literal["celsius", "fahrenheit"] = "celsius"
    language: str = "en"
    people: dict[str, Literal["owner", "adult", "child", "guest"]] = {}
    rooms: list[str | Room] = []
    devices: dict[str, _DeclaredDevice] = Field(min_length=0)

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        try:
            return ZoneInfo(zone).key
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"there is no time zone {zone!r}") from error


def load(path: Path) -> HouseFile:
    """Read a house file. Raises HouseFileError."""
    try:
        return HouseFile.model_validate(yaml.load(path.read_text(encoding="utf-8"), _Loader))  # noqa: S506
    except OSError as error:
        raise HouseFileError(f"{path}: {error.strerror}.") from error
    except yaml.YAMLError as error:
        words = " ".join(str(error).split())
        raise HouseFileError(f"{path} is not YAML: {words}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise HouseFileError(f"{path}: {where}: {first['msg']}") from error


def read_state(fields: Mapping[str, Any]) -> State:
    """A state as written in a file: ``{brightness: 40, climate: {target: 21}, lock: locked}``."""
    state: State = {}
    for kind, value in fields.items():
        if kind not in CAPABILITIES:
            raise HouseFileError(
                f"There is no ability {kind!r}; there are {', '.join(CAPABILITIES)}."
            )
        given = _fields(kind, value)
        try:
            state[kind] = parse(kind, given)
        except ValidationError as error:
            raise HouseFileError(f"{kind}: {error.errors()[0]['msg']} ({given})") from error
    return state


def changed(state: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A written state with another over it, field by field."""
    return {**state, **{k: _over(k, state.get(k), v) for k, v in changes.items()}}


def _over(kind: str, old: Any, new: Any) -> Any:
    if old is None or kind not in CAPABILITIES:
        return new
    return {**_fields(kind, old), **_fields(kind, new)}


def _fields(kind: str, value: Any) -> dict[str, Any]:
    """What a value in a file says: fields, or a bare value for the field that it must be."""
    if isinstance(value, Mapping):
        return dict(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    model = CAPABILITIES[kind]
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    field = model.measure if number and model.measure else next(iter(model.model_fields))
    return {field: WORDS.get((kind, value), value) if isinstance(value, str) else value}


def devices_of(file: HouseFile) -> list[Device]:
    """The devices that a house file declares. Raises HouseFileError."""
    return [_device(key, declared) for key, declared in file.devices.items()]


def _device(key: str, declared: _DeclaredDevice) -> Device:
    abilities: dict[str, Ability] = {}
    can = declared.can
    if can is None:
        can = [*dict.fromkeys((*USUAL.get(declared.kind, ()), *declared.state))]
    for entry in can:
        for kind, limits in entry.items() if isinstance(entry, dict) else ((entry, None),):
            if kind not in CAPABILITIES:
                raise HouseFileError(
                    f"{key}: there is no ability {kind!r}; there are {', '.join(CAPABILITIES)}."
                )
            try:
                abilities[kind] = Ability(kind=kind, **(limits or {}))
            except (ValidationError, TypeError) as error:
                raise HouseFileError(f"{key}: {kind}: {error}") from error
    return Device(
        id=f"declared:{key}",
        name=declared.name or key.replace("_", " "),
        kind=declared.kind,
        room=declared.room,
        aliases=declared.aliases,
        abilities=tuple(abilities.values()),
    )


class Declared:
    """The driver of a declared house. Devices obey at once, or as their fault says."""

    family: ClassVar[str] = "declared"
    services: ClassVar[frozenset[str]] = frozenset({"declared"})

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._states: dict[str, State] = {}
        self._faults: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        pass

    def set_state(self, device: str, state: State, fault: str | None) -> None:
        self._states[device] = dict(state)
        if fault:
            self._faults[device] = fault

    def recognises(self, heard: Announcement) -> bool:
        return heard.service == "declared"

    async def identify(self, heard: Announcement) -> Sequence[Device]:
        return ()

    async def pair(self, heard: Announcement, pin: str | None) -> Sequence[Device]:
        raise Refused("A declared house needs no pairing.")

    async def read(self, device: str) -> State:
        await self._answer(device)
        return dict(self._states[device])

    async def apply(self, device: str, command: Capability) -> None:
        await self._answer(device)
        match self._faults.get(device):
            case "refuse":
                raise Refused("It refused.")
            case "lie":
                return
            case _:
                self._states[device] = follow(self._states[device], command)

    async def _answer(self, device: str) -> None:
        if device not in self._states:
            raise UnknownDevice(f"I know no device {device!r}.")
        match self._faults.get(device):
            case "gone":
                raise Unreachable("It does not answer.")
            case "slow":
                await asyncio.sleep(0.5)
            case _:
                pass


def follow(state: State, command: Capability) -> State:
    """The state after a command, with what real devices do along with it."""
    after: State = dict(state)
    old = after.get(command.kind)
    after[command.kind] = command if old is None else old.merged(command)
    match command:
        case Brightness(percent=percent) | FanSpeed(percent=percent) if "power" in state:
            after["power"] = Power(on=percent > 0)
        case Color() | ColorTemperature() if "power" in state:
            after["power"] = Power(on=True)
        case Media():
            after["media"] = Media(item=command.item)
            after["playback"] = Playback(state="playing")
        case Skip(to=to):
            del after["skip"]
            after["media"] = _skipped(state.get("media"), to)
        case _:
            pass
    return after


def _skipped(playing: Capability | None, to: Literal["next", "previous"]) -> Media:
    """Another of the nine numbered tracks that a declared speaker goes round."""
    old = playing if isinstance(playing, Media) else Media()
    match = re.fullmatch(r"Track ([1-9])", old.title or "")
    now = int(match[1]) if match else 1
    step = 1 if to == "next" else -1
    return Media(item=old.item, title=f"Track {(now - 1 + step) % 9 + 1}")
