"""What a device can do: one frozen model per ability.

One class is the command, the tool's schema and the reported state. In a command a field left
``None`` is not touched; in a state it is not known. Units are SI: degrees Celsius, percent 0-100,
kelvin, seconds, lux. Commands are absolute ("40 %", never "a bit more"), so repeating one after a
crash does no harm; the few that cannot be say so in ``absolute``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

Percent = Annotated[float, Field(ge=0, le=100)]


class Risk(StrEnum):
    """What a command may do to people or property."""

    NONE = "none"
    CONFIRM = "confirm"  # a person has to send a confirmation code first


class Capability(BaseModel):
    """One ability of a device, as a command and as a state."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    kind: ClassVar[str]
    about: ClassVar[str]  # one line for the model and the docs
    absolute: ClassVar[bool] = True
    readonly: ClassVar[bool] = False
    settles_s: ClassVar[float] = 3.0  # how long a healthy device may take to show the command
    overtakes: ClassVar[bool] = False  # a stop: it waits for nothing that the device does
    moves: ClassVar[bool] = False  # passes through values on its way: wait while it progresses
    tolerance: ClassVar[dict[str, float]] = {}
    reported: ClassVar[frozenset[str]] = frozenset()  # fields that only a device may fill in
    measure: ClassVar[str] = ""  # the field that an ability's min, max and step are about
    choice: ClassVar[str] = ""  # the field that an ability's choices are the whole list for

    def said(self) -> dict[str, Any]:
        """The fields that are set."""
        return self.model_dump(exclude_none=True)

    def shown_by(self, state: Capability | None) -> bool:
        """Whether a state read back from the device shows this command."""
        if state is None or type(state) is not type(self):
            return False
        wanted = ((name, getattr(self, name)) for name in self.said())
        return all(self._same(name, want, getattr(state, name)) for name, want in wanted)

    def shown(self, before: State, after: State) -> bool:
        """Whether what was read back shows that this command was carried out."""
        return self.shown_by(after.get(self.kind))

    def _same(self, name: str, want: Any, got: Any) -> bool:
        slack = self.tolerance.get(name)
        if slack is not None and isinstance(got, (int, float)):
            return abs(float(want) - float(got)) <= slack
        return bool(want == got)

    def merged(self, newer: Self) -> Self:
        """This state with the fields that ``newer`` knows."""
        return self.model_copy(update={name: getattr(newer, name) for name in newer.said()})

    def risk(self, device_kind: str) -> Risk:
        """How risky this command is on a device of that kind."""
        return Risk.NONE


class Power(Capability):
    kind = "power"
    about = "Switch on or off."
    on: bool

    def risk(self, device_kind: str) -> Risk:
        # A relay that moves a door: nobody knows from here which way.
        return Risk.CONFIRM if device_kind in {"garage", "gate", "door", "lock"} else Risk.NONE


class Brightness(Capability):
    kind = "brightness"
    about = "Brightness of a light, percent."
    tolerance = {"percent": 2.0}
    measure = "percent"
    percent: Percent


class Color(Capability):
    kind = "color"
    about = "Colour of a light: hue in degrees 0-360, saturation in percent."
    tolerance = {"hue": 12.0, "saturation": 12.0}
    hue: Annotated[float, Field(ge=0, le=360)]
    saturation: Percent

    def _same(self, name: str, want: Any, got: Any) -> bool:
        if name == "hue":  # a circle; and without saturation a hue means nothing
            apart = abs(float(want) - float(got)) % 360
            return self.saturation < 8 or min(apart, 360 - apart) <= self.tolerance["hue"]
        return super()._same(name, want, got)


class ColorTemperature(Capability):
    kind = "color_temperature"
    about = "White of a light, kelvin: 2200 candle, 2700 warm, 4000 neutral, 6500 daylight."
    tolerance = {"kelvin": 100.0}
    measure = "kelvin"
    kelvin: Annotated[int, Field(ge=1000, le=12000)]


class Volume(Capability):
    kind = "volume"
    about = "Loudness, percent."
    tolerance = {"percent": 1.0}
    measure = "percent"
    percent: Percent


class Mute(Capability):
    kind = "mute"
    about = "Silence a speaker without losing its volume."
    muted: bool


class Playback(Capability):
    kind = "playback"
    about = "Play, pause or stop what is loaded."
    state: Literal["playing", "paused", "stopped"]

    def _same(self, name: str, want: Any, got: Any) -> bool:
        # A radio stream cannot pause: players stop it instead, and both are silence.
        silent = {"paused", "stopped"}
        return want == got or (want in silent and got in silent)


class Skip(Capability):
    kind = "skip"
    about = "Next or previous track."
    absolute = False
    to: Literal["next", "previous"]

    def shown(self, before: State, after: State) -> bool:
        return after.get("media") != before.get("media")


class Media(Capability):
    kind = "media"
    about = "Play something: a favourite, station, playlist, artist or title by name, or a URI."
    settles_s = 6.0
    reported = frozenset({"title", "artist", "album"})
    item: str | None = None  # what was asked for, or the favourite that plays
    title: str | None = None
    artist: str | None = None
    album: str | None = None

    def shown(self, before: State, after: State) -> bool:
        # What is loaded and silent was not played, whatever it is called.
        playback = after.get("playback")
        silent = isinstance(playback, Playback) and playback.state != "playing"
        return self.shown_by(after.get(self.kind)) and not silent

    def _same(self, name: str, want: Any, got: Any) -> bool:
        return got is not None and str(want).casefold() in str(got).casefold()


class PlayMode(Capability):
    kind = "play_mode"
    about = "Shuffle and repeat."
    shuffle: bool | None = None
    repeat: Literal["off", "one", "all"] | None = None


class Source(Capability):
    kind = "source"
    about = "Input of a television or receiver, or the app it shows."
    settles_s = 6.0
    choice = "name"
    name: str


class Preset(Capability):
    kind = "preset"
    about = "Point a camera at one of its stored views, by name."
    settles_s = 15.0  # from one end to the other, and the lens too
    choice = "name"
    name: str


class Group(Capability):
    kind = "group"
    about = "Which speaker's music this one plays: that speaker's id, or its own when alone."
    settles_s = 6.0
    leader: str


class Climate(Capability):
    kind = "climate"
    about = "Heating and cooling: mode and target in degrees Celsius; current is measured."
    tolerance = {"target": 0.3}
    reported = frozenset({"current"})
    measure = "target"
    choice = "mode"
    mode: Literal["off", "heat", "cool", "auto", "dry", "fan"] | None = None
    target: float | None = None
    current: float | None = None


class FanSpeed(Capability):
    kind = "fan_speed"
    about = "Speed of a fan, percent."
    tolerance = {"percent": 3.0}
    measure = "percent"
    percent: Percent


class Position(Capability):
    kind = "position"
    about = "How far open, percent: 0 closed, 100 open. Shades, garage, gate, window, valve."
    settles_s = 5.0
    moves = True
    tolerance = {"percent": 2.0}
    measure = "percent"
    percent: Percent

    def risk(self, device_kind: str) -> Risk:
        opens = self.percent > 0 and device_kind in {"garage", "gate", "door"}
        return Risk.CONFIRM if opens else Risk.NONE


class Movement(Capability):
    kind = "movement"
    about = "Whether it is on its way. moving=false stops it where it is, at once."
    overtakes = True
    moving: bool


class Tilt(Capability):
    kind = "tilt"
    about = "Angle of slats, percent: 0 closed, 100 open."
    settles_s = 5.0
    moves = True
    tolerance = {"percent": 3.0}
    measure = "percent"
    percent: Percent


class Lock(Capability):
    kind = "lock"
    about = "Lock or unlock a door."
    settles_s = 8.0
    locked: bool

    def risk(self, device_kind: str) -> Risk:
        return Risk.NONE if self.locked else Risk.CONFIRM


class Alarm(Capability):
    kind = "alarm"
    about = "Burglar alarm: disarmed, home, away or night."
    settles_s = 8.0
    choice = "mode"
    mode: Literal["disarmed", "home", "away", "night"]

    def risk(self, device_kind: str) -> Risk:
        return Risk.CONFIRM if self.mode == "disarmed" else Risk.NONE


class Chore(Capability):
    kind = "chore"
    about = "A robot's work (vacuum, mower): working, paused, stopped or docked; area narrows it."
    settles_s = 5.0
    choice = "area"
    activity: Literal["working", "paused", "stopped", "docked"]
    area: str | None = None


class Scene(Capability):
    kind = "scene"
    about = "Bring up a stored scene."
    active: bool


class TodoItem(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    text: str
    done: bool = False


class Todo(Capability):
    kind = "todo"
    about = "A shopping or task list, whole."
    items: tuple[TodoItem, ...]


class TimerEntry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    seconds: Annotated[float, Field(ge=0)]  # left to run
    name: str | None = None
    room: str | None = None
    paused: bool = False


class Timers(Capability):
    kind = "timers"
    about = "Kitchen timers, whole list, each with the seconds left."
    entries: tuple[TimerEntry, ...]

    def _same(self, name: str, want: Any, got: Any) -> bool:
        if len(want) != len(got):
            return False
        pairs = zip(self.entries, got, strict=True)
        return all(
            (a.name, a.paused) == (b.name, b.paused) and abs(a.seconds - b.seconds) < 5
            for a, b in pairs
        )


class Snapshot(Capability):
    kind = "snapshot"
    about = "A picture from a camera."
    readonly = True


class Reading(Capability):
    """What sensors measure; a device fills in what it has."""

    kind = "reading"
    about = "Measured values."
    readonly = True
    units: ClassVar[dict[str, str]] = {
        "illuminance": "lux", "power": "W", "energy": "kWh", "co2": "ppm", "flow": "l/min",
    }  # fmt: skip
    temperature: float | None = None  # °C
    humidity: float | None = None  # %
    illuminance: float | None = None  # lux
    battery: float | None = None  # %
    power: float | None = None  # W
    energy: float | None = None  # kWh
    co2: float | None = None  # ppm
    flow: float | None = None  # litres of water a minute
    contact: bool | None = None  # True: open
    motion: bool | None = None
    occupancy: bool | None = None
    leak: bool | None = None
    smoke: bool | None = None


CAPABILITIES: dict[str, type[Capability]] = {
    c.kind: c
    for c in (
        Power, Brightness, Color, ColorTemperature, Volume, Mute, Playback, Skip, Media, PlayMode,
        Source, Preset, Group, Climate, FanSpeed, Position, Movement, Tilt, Lock, Alarm, Chore,
        Scene, Todo, Timers, Snapshot, Reading,
    )
}  # fmt: skip

State = dict[str, Capability]  # a device's state: capability kind -> its reported value


def parse(kind: str, fields: dict[str, Any]) -> Capability:
    """The capability of that kind with those fields; raises KeyError or ValidationError."""
    return CAPABILITIES[kind].model_validate(fields)
