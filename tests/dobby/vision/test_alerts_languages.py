"""Alerts in six languages: in words of that language alone, and in the language of who is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from dobby.language.words import Message, Words
from dobby.vision.alerts import alert, later, more
from dobby.vision.explaining import explain
from dobby.vision.incidents import Event
from dobby.vision.records import Incident, IncidentKind, Moment, Telling
from dobby.vision.rules import Circumstances, judge
from tests.dobby.language.test_messages import SIX
from tests.dobby.language.test_replies import foreign_words
from tests.dobby.vision import stories
from tests.dobby.vision.conftest import DOOR, DRIVE, World
from tests.dobby.vision.stories import at, leftover, stays, track
from tests.dobby.vision.test_alerts import SAID, TRUCK
from tests.dobby.vision.test_watch import scene

PLACE = "Xylo"  # a word of no language
KINDS: dict[IncidentKind, str] = {
    "person": "person", "vehicle": "truck", "animal": "cat", "package": "backpack",
    "open": "window", "camera": "offline",
}  # fmt: skip


def told(language: str, events: Sequence[Event], until: float) -> str:
    telling = stories.Telling().tell(*(e for e in events if e.at <= at(until))).until(until)
    first, *others = (one.model_copy(update={"place": PLACE}) for one in telling.incidents)
    parts = [other for other in others if other.story == first.id]
    return alert(first, parts, {DRIVE: "Yuro"}, at(until), UTC, Words(language))


DELIVERY = [
    *TRUCK,
    *stays(30, 50, track("a", 0.8), camera=DRIVE),
    leftover(60, camera=DRIVE),
]
MANY = [scene(0, *(track(f"t{n}", n / 10) for n in range(5)))]


@pytest.mark.parametrize("language", SIX)
def test_every_alert_is_said_in_words_of_that_language(language: str) -> None:
    alerts = {told(language, events, until) for events, until, _ in SAID}
    alerts |= {told(language, DELIVERY, until) for until in (35, 400)}
    alerts |= {told(language, MANY, until) for until in (0, 300)}
    for text in alerts:
        assert text.endswith("."), text
        assert foreign_words(text, language) == set(), text
    assert len(alerts) > 20


@pytest.mark.parametrize("language", SIX)
def test_later_messages_are_said_in_words_of_that_language(language: str) -> None:
    words = Words(language)
    telling = stories.Telling().tell(*DELIVERY, *stays(0, 70, track("b")), leftover(75, "taken"))
    said = set[str]()
    for change in telling.changes:
        incident = change.incident.model_copy(update={"place": PLACE})
        said.add(later(incident, change.moment, {DOOR: PLACE, DRIVE: "Yuro"}, at(75), words))
    assert len(said) >= 3
    for text in {*said, more(1, words), more(2, words), more(7, words)}:
        assert foreign_words(text, language) == set(), text


def of_kind(kind: IncidentKind) -> tuple[Incident, Moment]:
    what = {"vehicle": "stopped", "camera": "dark", "open": "opened"}.get(kind, "arrived")
    moment = Moment.model_validate({"at": at(0), "what": what, "camera": DOOR})
    return Incident(
        id=kind, kind=kind, label=KINDS[kind], cameras=(DOOR,), place=PLACE,
        started=at(0), last=at(0), moments=(moment,),
    ), moment  # fmt: skip


@pytest.mark.parametrize("language", SIX)
def test_every_reason_is_said_in_words_of_that_language(language: str) -> None:
    now: datetime = at(0)
    for kind in KINDS:
        for private in (frozenset[str](), frozenset({DOOR})):
            for owner in (True, False):
                around = Circumstances(now, "ann", owner=owner, private=private)
                judgement = judge(*of_kind(kind), (), around)
                telling = Telling(person="ann", at=now, told=judgement.tell, why=judgement.why)
                incident = of_kind(kind)[0].model_copy(update={"tellings": (telling,)})
                said = explain(incident, "ann", None, now, UTC, Words(language))
                assert foreign_words(said, language) == set(), said


HERE = {
    "de": "Jemand ist da (Haustür).",
    "fr": "Quelqu'un est là (Haustür).",
    "pl": "Ktoś tu jest (Haustür).",
}


async def german(world: World) -> None:
    world.language = "de"
    await world.restart()
    await world.watch.change(DOOR, looks_at="Haustür")


async def asks_for(world: World, person: str, language: str) -> None:
    """As after "speak French"."""
    sent = ("web", f"asks {person}", person, person, "", (), datetime.now(UTC))
    message = await world.store.receive(*sent)
    assert message is not None
    await world.store.finish(message.id, dialogue={"language": language})


async def test_alerts_are_told_in_the_house_s_language(world: World) -> None:
    await german(world)
    await world.tell(scene(0, track("a")))
    assert await world.said() == await world.texted() == [HERE["de"]]
    await world.until(80)
    assert await world.said() == ["Jemand war da (Haustür), 14:00."]


@pytest.mark.parametrize("language", ["fr", "pl"])
async def test_alerts_are_told_in_the_language_that_a_person_asked_for(
    world: World, language: str
) -> None:
    await german(world)
    await asks_for(world, "ann", language)
    await world.tell(scene(0, track("a")))
    assert await world.said() == await world.texted() == [HERE[language]]


async def test_a_language_that_there_is_not_is_none_that_was_asked_for(world: World) -> None:
    await german(world)
    await asks_for(world, "ann", "tlh")
    await world.tell(scene(0, track("a")))
    assert await world.said() == [HERE["de"]]


async def test_ailing_eyes_are_told_in_the_house_s_language(world: World) -> None:
    await german(world)
    world.eyes = False
    await world.until(600)
    world.eyes = True
    await world.until(700)
    assert await world.said() == [
        "Meine Augen laufen nicht, darum beobachte ich die Kameras nicht.",
        "Ich beobachte die Kameras wieder.",
    ]


async def test_why_something_was_told_outlives_a_restart(world: World) -> None:
    await world.tell(scene(0, track("a")))
    await german(world)
    (incident,) = await world.kept()
    assert isinstance(incident.why, Message)
    said = explain(incident, "ann", None, at(0), UTC, Words("de"))
    assert said == (
        "Ich habe es dir um 14:00 gemeldet, denn ich melde Leute, solange du nichts anderes sagst."
    )


def test_a_reason_of_an_older_version_is_said_as_it_was_kept() -> None:
    kept = '{"person": "ann", "at": "2026-05-01T14:00Z", "told": true, "why": "you asked"}'
    telling = Telling.model_validate_json(kept)
    incident = of_kind("person")[0].model_copy(update={"tellings": (telling,)})
    said = explain(incident, "ann", None, at(0), UTC, Words())
    assert said == "I told you at 14:00 because you asked."
