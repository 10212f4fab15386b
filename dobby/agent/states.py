"""What can be said of a state in one word: "on", "open", "locked", "playing"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from devices.capabilities import (
    Alarm,
    Brightness,
    Chore,
    Climate,
    FanSpeed,
    Lock,
    Playback,
    Position,
    Power,
    Reading,
    Scene,
    State,
)

Test = Callable[[State], bool | None]
"""Whether a word holds of a state; None where it says nothing about such a device."""


def _power(state: State) -> bool | None:
    match state:
        case {"power": Power(on=on)}:
            return on
        case {"playback": Playback(state=playing)}:
            return playing == "playing"
        case {"climate": Climate(mode=mode)} if mode is not None:
            return mode != "off"
        case {"chore": Chore(activity=activity)}:
            return activity == "working"
        case {"scene": Scene(active=active)}:
            return active
        case {"alarm": Alarm(mode=mode)}:
            return mode != "disarmed"
        case {"brightness": Brightness(percent=percent)} | {"fan_speed": FanSpeed(percent=percent)}:
            return percent > 0
        case {"position": Position(percent=percent)}:
            return percent > 0
        case _:
            return None


def _open(state: State) -> bool | None:
    match state:
        case {"position": Position(percent=percent)}:
            return percent > 0
        case {"reading": Reading(contact=bool(contact))}:
            return contact
        case _:
            return None


def _locked(state: State) -> bool | None:
    lock = state.get("lock")
    return lock.locked if isinstance(lock, Lock) else None


def _playback(*wanted: str) -> Test:
    def test(state: State) -> bool | None:
        playback = state.get("playback")
        return playback.state in wanted if isinstance(playback, Playback) else None

    return test


def _chore(*wanted: str) -> Test:
    def test(state: State) -> bool | None:
        chore = state.get("chore")
        return chore.activity in wanted if isinstance(chore, Chore) else None

    return test


def _field(kind: str, name: str, holds: Callable[[Any], bool] = bool) -> Test:
    def test(state: State) -> bool | None:
        value = getattr(state.get(kind), name, None)
        return None if value is None else holds(value)

    return test


def _tempers(mode: str) -> Test:
    """Whether it heats, or cools; on auto that is not known."""

    def test(state: State) -> bool | None:
        climate = state.get("climate")
        now = climate.mode if isinstance(climate, Climate) else None
        return None if now in {None, "auto"} else now == mode

    return test


def _not(test: Test) -> Test:
    def negated(state: State) -> bool | None:
        holds = test(state)
        return None if holds is None else not holds

    return negated


def _either(*tests: Test) -> Test:
    def test(state: State) -> bool | None:
        return next((v for t in tests if (v := t(state)) is not None), None)

    return test


STATES: dict[str, tuple[Test, str]] = {  # a state -> its test, and its contrary
    "on": (_power, "off"),
    "off": (_not(_power), "on"),
    "open": (_open, "closed"),
    "closed": (_not(_open), "open"),
    "locked": (_locked, "unlocked"),
    "unlocked": (_not(_locked), "locked"),
    "playing": (_playback("playing"), "not-playing"),
    "paused": (_playback("paused"), "not-paused"),
    "muted": (_field("mute", "muted"), "not-muted"),
    "running": (_either(_chore("working"), _power), "not-running"),
    "docked": (_chore("docked"), "not-docked"),
    "armed": (_field("alarm", "mode", lambda m: m != "disarmed"), "disarmed"),
    "disarmed": (_field("alarm", "mode", lambda m: m == "disarmed"), "armed"),
    "heating": (_tempers("heat"), "not-heating"),
    "not heating": (_not(_tempers("heat")), "heating"),
    "cooling": (_tempers("cool"), "not-cooling"),
    "moving": (_field("reading", "motion"), "not-moving"),
    "occupied": (_either(_field("reading", "occupancy"), _field("reading", "motion")), "empty"),
    "triggered": (
        _either(*(_field("reading", name) for name in ("motion", "occupancy", "leak", "smoke"))),
        "quiet",
    ),
    "leaking": (_field("reading", "leak"), "dry"),
    "smoking": (_field("reading", "smoke"), "smokeless"),
    "low": (_field("reading", "battery", lambda b: b < 20), "not-low"),
}


REACH: dict[str, str] = {"online": "offline", "offline": "online"}
"""Whether a device answers: no state of its own tells that. A word, and its contrary."""


def contrary(value: str) -> str:
    """What is so where that word does not hold, as the messages name it."""
    return REACH.get(value) or STATES[value][1]


def worded(state: str) -> str:
    """A state as the messages name it."""
    return state.replace(" ", "-")


def knows(value: str, state: State) -> bool:
    """Whether that word says anything about a device in this state."""
    return STATES[value][0](state) is not None
