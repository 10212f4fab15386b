"""Clocks that jump: two nights a year by an hour, and whenever one is corrected.

``Clock`` takes the place of ``datetime`` in the modules that ask what time it is.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

import pytest

from dobby.agent.calls import ToolCall, Watched
from dobby.agent.confirmation import CODE_LIVES, LOCKED, MAX_WRONG, PendingActions
from dobby.delivery.types import SendLater, SendUncertain
from dobby.language.brain import Language
from dobby.language.instants import lately, until
from dobby.language.lexicon import lexicon
from dobby.language.meaning import Time, When, Window
from dobby.language.names import HouseNames
from dobby.language.watching import Watching, phrases_of
from dobby.people.invitations import Invitations
from dobby.people.roles import Person, Role
from memory.records import SendState
from memory.store import Store
from tests.dobby.conversation.test_inbox import Page, family, message
from tests.dobby.delivery.test_outbox import AskableWire, Wire, draft, running
from tests.dobby.language.conftest import View
from tests.dobby.message_path import MessagePath, message_path

WARSAW = ZoneInfo("Europe/Warsaw")
AUTUMN = datetime(2026, 10, 25, 0, 59, tzinfo=UTC)  # 02:59 in summer time; at 01:00 it is 02:00
SPRING = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)  # 01:59; a minute later it is 03:00
ANN = Person("ann", "Ann", Role.OWNER)
UNLOCK = ToolCall(name="lock", arguments={"devices": ["declared:front_door"], "locked": False})


class Clock(datetime):
    """On a wall in Warsaw, nothing may be counted on it: what is, fails the test."""

    moment: ClassVar[datetime] = AUTUMN

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:  # type: ignore[override]
        at = Clock.moment.astimezone(tz)
        return cls.combine(at.date(), at.timetz()).replace(fold=at.fold)

    def astimezone(self, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        plain = datetime.combine(self.date(), self.timetz()).replace(fold=self.fold)
        return plain.astimezone(tz)

    def _refuse(self, other: Any) -> None:
        if self.tzinfo is WARSAW and getattr(other, "tzinfo", WARSAW) is WARSAW:
            raise AssertionError("something was counted on the owner's clock")

    def __add__(self, other: Any) -> Any:
        self._refuse(other)
        return super().__add__(other)

    def __sub__(self, other: Any) -> Any:
        self._refuse(other)
        return super().__sub__(other)

    def __rsub__(self, other: Any) -> Any:
        self._refuse(other)
        return super().__rsub__(other)

    def __lt__(self, other: Any) -> bool:
        self._refuse(other)
        return super().__lt__(other)

    def __le__(self, other: Any) -> bool:
        self._refuse(other)
        return super().__le__(other)

    def __gt__(self, other: Any) -> bool:
        self._refuse(other)
        return super().__gt__(other)

    def __ge__(self, other: Any) -> bool:
        self._refuse(other)
        return super().__ge__(other)


@contextlib.asynccontextmanager
async def at_night(
    home: Path, page: Page, monkeypatch: pytest.MonkeyPatch, moment: datetime
) -> AsyncGenerator[MessagePath]:
    monkeypatch.setattr("dobby.conversation.answering.datetime", Clock)
    monkeypatch.setattr(Clock, "moment", moment)
    async with message_path(home, channels=[page], reflex=Language(), zone=WARSAW) as path:
        await family(path)
        yield path


# The nights when an hour comes twice, or not at all ---------------------------------------------


@pytest.mark.parametrize("night", [AUTUMN, SPRING], ids=["autumn", "spring"])
@pytest.mark.parametrize(("later", "opens"), [(119, True), (121, False), (3660, False)])
async def test_a_code_lives_two_minutes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, night: datetime, later: int, opens: bool
) -> None:
    async with at_night(tmp_path, page := Page(), monkeypatch, night) as path:
        await path.inbox.receive(message("unlock the front door", 1))
        code = re.search(r"send (\d{4})", (await page.wait_for(1))[0])
        assert code
        Clock.moment = night + timedelta(seconds=later)
        await path.inbox.receive(message(code[1], 2))
        await page.wait_for(2)
        assert path.state("front_door")["lock"] == {"locked": not opens}


SAID = (
    "what time is it", "what day is it", "is the front door locked", "which lights are on",
    "turn on the kitchen light tomorrow", "yes", "unlock the front door", "0000", "never mind",
    "remember that the spare key is with Anna", "where is the spare key", "undo", "turn it off",
    "turn off the light in the attic", "no", "set the boiler to 55", "dim it", "pair the bridge",
    "invite Cleo as adult", "play jazz", "next song", "who is here", "what happened last night",
)  # fmt: skip


async def test_no_turn_counts_on_the_owners_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_night(tmp_path, page := Page(), monkeypatch, AUTUMN) as path:
        for number, text in enumerate(SAID, start=1):
            Clock.moment = AUTUMN + timedelta(seconds=20 * number)
            await path.inbox.receive(message(text, number))
            assert "Something went wrong" not in (await page.wait_for(number))[-1], text


def when(text: str) -> When:
    """The time that a whole text tells, in an empty house."""
    words = lexicon("en")
    names = HouseNames(View({}, {}, {}), words)
    tokens = words.tokenise(text)
    found = phrases_of(tokens, names, Watching(names, Watched()))[0]
    whole = [s for s in found if s.cat == "when" and s.end == len(tokens)]
    return min(whole, key=lambda sign: sign.cost).has["when"][0].when


def wall(moment: datetime) -> Clock:
    Clock.moment = moment
    return Clock.now(WARSAW)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


@pytest.mark.parametrize(
    ("now", "text", "ends"),
    [
        ("2026-10-24T23:30", "for 2 hours", "2026-10-25T01:30"),  # 01:30, and then 02:30 again
        ("2026-10-24T20:00", "until 8 am", "2026-10-25T07:00"),  # 08:00 is an hour later then
        ("2026-10-25T00:30", "until 2:15 am", "2026-10-25T01:15"),  # 02:15 comes once more
        ("2026-10-25T01:30", "until 2:45 am", "2026-10-25T01:45"),  # and this is its second time
        ("2026-03-29T00:30", "for an hour", "2026-03-29T01:30"),
        ("2026-03-28T21:00", "until 8 am", "2026-03-29T06:00"),
    ],
)
def test_until_when(now: str, text: str, ends: str) -> None:
    found = until(when(text), wall(utc(now)))
    assert found
    assert found.astimezone(UTC) == utc(ends)


@pytest.mark.parametrize(
    ("now", "text", "begins"),
    [
        ("2026-10-25T01:30", "in the last 2 hours", "2026-10-24T23:30"),
        ("2026-10-25T01:30", "since 2 am", "2026-10-25T01:00"),
        ("2026-10-25T10:00", "since yesterday", "2026-10-23T22:00"),
        ("2026-03-29T02:30", "in the last 2 hours", "2026-03-29T00:30"),
        ("2026-03-29T10:00", "on saturday", "2026-03-27T23:00"),
    ],
)
def test_since_when(now: str, text: str, begins: str) -> None:
    found = lately(when(text), wall(utc(now)))
    assert found
    assert found[0].astimezone(UTC) == utc(begins)


@pytest.mark.parametrize(
    ("said", "begins", "ends"),
    [
        ("today", "2026-10-24T22:00", None),
        ("yesterday", "2026-10-23T22:00", "2026-10-24T22:00"),
        ("last night", "2026-10-24T19:00", "2026-10-25T06:00"),  # eleven hours of it
        ("in the last hour", "2026-10-25T08:00", None),
        ("yesterday evening", "2026-10-24T16:00", "2026-10-24T22:00"),
        ("this morning", "2026-10-25T04:00", "2026-10-25T11:00"),
    ],
)
def test_windows_of_the_longest_day(said: str, begins: str, ends: str | None) -> None:
    found = lately(when(said), wall(utc("2026-10-25T09:00")))
    assert found == (utc(begins), utc(ends) if ends else None)


def test_midnight_and_morning() -> None:
    evening = wall(utc("2026-10-24T20:00"))
    assert until(Window(end=Time(clock=(0, 0))), evening) == utc("2026-10-24T22:00")
    assert until(when("today"), evening) == utc("2026-10-24T22:00")
    assert until(when("until tomorrow morning"), evening) == utc("2026-10-25T06:00")


# A clock that is put right ----------------------------------------------------------------------

AHEAD = timedelta(days=2)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    for module in (
        "dobby.delivery.outbox",
        "memory.outbox",
        "dobby.people.invitations",
        "memory.people",
    ):
        monkeypatch.setattr(f"{module}.datetime", Clock)
    monkeypatch.setattr(Clock, "moment", datetime.now(UTC) + AHEAD)
    return Clock


async def tried(wire: Wire) -> None:
    async with asyncio.timeout(5):
        while not wire.tried:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)  # and what came of it is kept


@pytest.mark.parametrize(
    "trouble", [SendLater("429", 0.5), SendUncertain("500")], ids=["later", "uncertain"]
)
@pytest.mark.parametrize("queued", ["ahead", "before"])
async def test_nobody_waits_for_the_day_that_a_clock_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: type[Clock], trouble: Exception,
    queued: str,
) -> None:  # fmt: skip
    """Refused for a moment while the clock was ahead: it goes as soon as the clock is right, and
    so does what is said after it."""
    monkeypatch.setattr("dobby.delivery.outbox.AMBIGUOUS_S", 0.5)
    wire = AskableWire()
    wire.fates.append(trouble)
    async with running(tmp_path, wire) as (outbox, store):
        if queued == "before":
            clock.moment -= AHEAD
        await store.post(draft("first"))
        clock.moment = datetime.now(UTC) + AHEAD
        outbox.wake("wire")
        await tried(wire)
        clock.moment = datetime.now(UTC)
        await outbox.post(draft("second"))
        assert await wire.wait_for(2) == [("anna", "first"), ("anna", "second")]


async def test_what_may_have_gone_while_the_clock_was_ahead_is_not_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: type[Clock]
) -> None:
    """The channel tells by its own clock when it took a message."""
    monkeypatch.setattr("dobby.delivery.outbox.AMBIGUOUS_S", 0.1)
    taken = datetime.now(UTC)

    class Dated(AskableWire):
        async def sent_before(self, out: Any, since: datetime, others: Any) -> str | None:
            return "gone" if taken >= since else None

    wire = Dated()
    wire.fates.append(SendUncertain("no answer"))
    async with running(tmp_path, wire) as (outbox, store):
        await outbox.post(draft("once"))
        await tried(wire)
        clock.moment = datetime.now(UTC)
        outbox.wake("wire")
        async with asyncio.timeout(5):
            while (await store.outgoing(1)).state is not SendState.SENT:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert wire.sent == []


async def test_old_news_do_not_become_news_for_two_days(tmp_path: Path, clock: type[Clock]) -> None:
    async with Store(tmp_path / "dobby.db") as store:
        await store.post(draft("a visitor"))
        row = await store.outgoing(1)
        clock.moment -= AHEAD
        await store.date_anew("wire")
        assert (await store.outgoing(1)).at == row.at - AHEAD


async def test_a_clock_put_forward_gives_up_on_nobody(tmp_path: Path, clock: type[Clock]) -> None:
    """A small computer without a battery wakes up years ago, and learns the time later."""
    clock.moment -= 3 * 365 * timedelta(days=1)
    wire = Wire()
    wire.fates.append(SendLater("no network", 0.1))
    async with running(tmp_path, wire) as (outbox, _):
        await outbox.post(draft("first"))
        await tried(wire)
        clock.moment = datetime.now(UTC)
        outbox.wake("wire")
        assert await wire.wait_for(1) == [("anna", "first")]


def test_a_code_does_not_live_until_the_day_that_a_clock_told() -> None:
    now = datetime.now(UTC)
    pending, code = PendingActions().asking([UNLOCK], "unlock", ANN, now + AHEAD)
    assert pending.live(now + AHEAD + timedelta(seconds=30)).answered(code, ANN, now)[1]
    assert pending.live(now).actions == ()
    slewed = pending.live(now + AHEAD - timedelta(seconds=10))  # corrected a little: it counts
    assert len(slewed.actions) == 1


def test_wrong_guesses_lock_for_an_hour_and_not_until_the_day_that_a_clock_told() -> None:
    now = datetime.now(UTC)
    pending, _ = PendingActions().asking([UNLOCK], "unlock", ANN, now + AHEAD)
    for _ in range(MAX_WRONG):
        pending, _ = pending.answered("none", ANN, now + AHEAD)
    pending = pending.live(now)
    assert pending.locked
    assert not pending.live(now + LOCKED).locked


async def test_an_invitation_and_a_lock_out_do_not_outlive_a_wrong_clock(
    tmp_path: Path, clock: type[Clock]
) -> None:
    async with Store(tmp_path / "dobby.db") as store:
        invitations = Invitations(store)
        code = (await invitations.make(ANN, "bob")).replace(" ", "")
        assert await invitations.open_to(code)
        assert await store.note_failure("web") == 1
        clock.moment -= AHEAD
        assert await invitations.open_to(code) is None
        assert await store.failures("web", clock.moment - CODE_LIVES) == 0
        assert await store.note_failure("web") == 1
