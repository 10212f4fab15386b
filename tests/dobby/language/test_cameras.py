"""Sentences about cameras: places, times, short answers, and what is left alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from devices.device import Ability, Device, Room
from dobby.agent.calls import Abstention, Context, Dialogue, Understanding, Watched
from dobby.language.brain import Language
from dobby.language.words import Words
from tests.dobby.language.conftest import View

ZONE = ZoneInfo("Europe/Berlin")
AFTERNOON = datetime(2026, 3, 4, 14, 15, tzinfo=ZONE)  # a Wednesday
NIGHT = "22:00-06:00"
WORDS = Words()


def device(key: str, name: str, kind: str, ability: str, room: str | None = None) -> Device:
    return Device(id=key, name=name, kind=kind, room=room, abilities=(Ability(kind=ability),))


HOUSE = View(
    devices={
        d.id: d
        for d in (
            device("front", "Front door camera", "camera", "snapshot"),
            device("back", "Back door camera", "camera", "snapshot"),
            device("drive", "Drive camera", "camera", "snapshot"),
            device("new", "IPC-204", "camera", "snapshot", "Living room"),
            device("lock", "Front door", "lock", "lock", "Hall"),
            device("lamp", "Drive light", "light", "power", "Drive"),
        )
    },
    rooms={name: Room(name=name) for name in ("Hall", "Drive", "Living room")},
    states={},
)
PLACES = {"front": "front door", "back": "back door", "drive": "drive"}


@dataclass
class Asker:
    watched: Watched = field(default_factory=lambda: Watched(places=PLACES, zones=("street",)))
    now: datetime = AFTERNOON
    dialogue: Dialogue = field(default_factory=Dialogue)
    brain: Language = field(default_factory=Language)

    def say(self, text: str) -> Understanding:
        context = Context(HOUSE, self.now, None, self.dialogue, watched=self.watched)
        understood = self.brain.understand(text, context)
        self.dialogue = understood.dialogue
        return understood

    def calls(self, text: str) -> list[tuple[str, dict[str, Any]]]:
        return [(c.name, c.arguments) for c in self.say(text).calls]


def told() -> Asker:
    """Somebody who was told of something a moment ago."""
    return Asker(Watched(places=PLACES, zones=("street",), told="i1"))


QUIET = {"verdict": "quiet", "like_last": True}


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        ("only at night", {**QUIET, "except_hours": NIGHT}),
        ("at night only", {**QUIET, "except_hours": NIGHT}),
        ("Only when I'm away.", {**QUIET, "presence": "home"}),
        ("not while I'm home", {**QUIET, "presence": "home"}),
        ("not at night", {**QUIET, "hours": NIGHT}),
        ("not again", QUIET),
        ("not again please", QUIET),
        ("stop telling me that", QUIET),
        ("not again at the drive", {**QUIET, "devices": ["drive"]}),
        ("only from 10pm to 6am", {**QUIET, "except_hours": NIGHT}),
        ("only at the front door", {**QUIET, "devices": ["back", "drive", "new"]}),
        ("not again for cats", {"verdict": "quiet", "labels": ["cat"]}),
        ("no cats", {"verdict": "quiet", "labels": ["cat"]}),
        ("only people", {"verdict": "only", "kinds": ["person"]}),
        ("always", {"verdict": "tell", "like_last": True}),
        ("not that car", {"verdict": "quiet", "near_last": True}),
        ("ignore that car", {"verdict": "quiet", "near_last": True}),
    ],
)
def test_a_short_answer_is_to_the_last_alert(words: str, arguments: dict[str, Any]) -> None:
    assert told().calls(words) == [("alert_rule", arguments)]
    if "like_last" in arguments or words in ("no cats", "only people", "not that car"):
        assert Asker().calls(words) == []  # and to nothing, if there was none


@pytest.mark.parametrize(
    "words",
    ["only", "night", "not", "no", "yes", "again", "people", "the drive", "home", "tonight",
     "only the lamp", "not the front door lock", "only at night?", "never mind", "ok", "thanks",
     "not now", "only if it rains", "always look on the bright side", "not bad"],
)  # fmt: skip
def test_what_is_no_answer_makes_no_rule(words: str) -> None:
    assert all(name != "alert_rule" for name, _ in told().calls(words))


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("leave me alone until 8", "2026-03-04T20:00+01:00"),
        ("leave me alone until 8:30", "2026-03-04T20:30+01:00"),
        ("leave me alone until 8 am", "2026-03-05T08:00+01:00"),
        ("leave me alone until 20:00", "2026-03-04T20:00+01:00"),
        ("leave me alone until noon", "2026-03-05T12:00+01:00"),
        ("no alerts for an hour", "2026-03-04T15:15+01:00"),
        ("no alerts for an hour and a half", "2026-03-04T15:45+01:00"),
        ("no alerts for the next 20 minutes", "2026-03-04T14:35+01:00"),
        ("no alerts today", "2026-03-05T00:00+01:00"),
        ("no alerts tonight", "2026-03-05T07:00+01:00"),
        ("do not disturb until tomorrow", "2026-03-05T07:00+01:00"),
    ],
)
def test_until_when(words: str, until: str) -> None:
    assert Asker().calls(words) == [("alert_rule", {"verdict": "quiet", "until": until})]


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("what happened today?", "2026-03-04T00:00", None),
        ("what happened yesterday?", "2026-03-03T00:00", "2026-03-04T00:00"),
        ("what happened last night?", "2026-03-03T21:00", "2026-03-04T07:00"),
        ("what happened this morning?", "2026-03-04T05:00", "2026-03-04T12:00"),
        ("what happened yesterday evening?", "2026-03-03T18:00", "2026-03-04T00:00"),
        ("what happened in the last hour?", "2026-03-04T13:15", None),
        ("what happened in the last two hours?", "2026-03-04T12:15", None),
        ("what happened in the last 3 days?", "2026-03-01T14:15", None),
        ("what happened since 8?", "2026-03-04T08:00", None),
        ("what happened between 10 and 11?", "2026-03-04T10:00", "2026-03-04T11:00"),
        ("what happened between 20:00 and 22:00?", "2026-03-03T20:00", "2026-03-03T22:00"),
        ("what happened on monday?", "2026-03-02T00:00", "2026-03-03T00:00"),
        ("what happened this week?", "2026-02-25T14:15", None),
    ],
)
def test_since_when(words: str, since: str, until: str | None) -> None:
    ((name, arguments),) = Asker().calls(words)
    assert name == "what_happened"
    assert arguments["since"] == f"{since}+01:00"
    assert arguments.get("until") == (f"{until}+01:00" if until else None)


def test_hours_that_may_be_by_day_or_by_night_are_asked_about() -> None:
    understood = Asker().say("no camera in the living room from 10 to 6")
    assert understood.abstained is Abstention.AMBIGUOUS
    assert "morning, or in the evening" in WORDS.put(understood.reply)


def test_which_camera_is_asked_and_answered() -> None:
    asker = Asker()
    understood = asker.say("who's at the door?")
    assert WORDS.put(understood.reply) == "Which one: the front door or the back door?"
    assert asker.calls("the back one") == [("who_is_there", {"devices": ["back"]})]
    assert asker.calls("and the drive?") == [("who_is_there", {"devices": ["drive"]})]
    asker.say("show me the door")
    assert asker.calls("both") == [("snapshot", {"devices": ["front", "back"]})]
    asker.say("show me the door")
    assert asker.calls("turn on the drive light") == [("power", {"devices": ["lamp"], "on": True})]


def test_a_house_without_cameras_knows_none_of_this() -> None:
    bare = View({"lamp": HOUSE.devices["lamp"]}, HOUSE.rooms, {})
    for words in ("I'm leaving", "don't tell me about cats", "who's at the door?", "not again"):
        context = Context(bare, AFTERNOON, watched=Watched(told="i1"))
        assert Language().understand(words, context).calls == ()


@pytest.mark.parametrize(
    "words", ["turn off the drive", "drive light off", "switch the drive off please"]
)
def test_the_lights_of_a_place_are_not_its_camera(words: str) -> None:
    assert Asker().calls(words) == [("power", {"devices": ["lamp"], "on": False})]


def test_a_places_zone_is_told_apart_from_its_camera() -> None:
    assert Asker().calls("ignore the street") == [
        ("alert_rule", {"verdict": "quiet", "zones": ["street"]})
    ]
    assert Asker().calls("don't watch the street") == [
        ("alert_rule", {"verdict": "quiet", "zones": ["street"]})
    ]
    assert Asker().calls("don't watch the drive") == [
        ("camera_settings", {"devices": ["drive"], "watched": False})
    ]
