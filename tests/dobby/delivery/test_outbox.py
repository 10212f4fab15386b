"""Messages out: split, ordered, retried, and never twice."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Set
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dobby.delivery.outbox import TOO_LATE, Outbox
from dobby.delivery.splitting import split, units
from dobby.delivery.types import ChannelLimits, Outgoing, SendLater, SendRefused, SendUncertain
from memory.errors import StoreError
from memory.records import Draft, PersonRecord, SendState
from memory.store import Store

LONG = "The kitchen is on. " * 200


@dataclass
class Wire:
    """A channel whose next sends end as told."""

    name: str = "wire"
    limits: ChannelLimits = field(default_factory=lambda: ChannelLimits(40))
    fates: deque[Exception] = field(default_factory=deque[Exception])
    sent: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    tried: int = 0
    gate: asyncio.Event | None = None
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, out: Outgoing) -> str:
        self.tried += 1
        if self.gate and out.address == "slow":
            await self.gate.wait()
        if self.fates:
            raise self.fates.popleft()
        self.sent.append((out.address, out.text))
        self.news.set()
        return f"id-{len(self.sent)}"

    async def wait_for(self, count: int) -> list[tuple[str, str]]:
        async with asyncio.timeout(10):
            while len(self.sent) < count:
                self.news.clear()
                await self.news.wait()
        return self.sent


class AskableWire(Wire):
    """It knows what it took, even where the answer was lost."""

    took: str | None = None

    async def sent_before(self, out: Outgoing, since: datetime, others: Set[str]) -> str | None:
        return None if self.took in others else self.took


class EditableWire(Wire):
    """It can change what it has shown."""

    async def edit(self, out: Outgoing) -> None:
        if self.fates:
            raise self.fates.popleft()
        self.sent.append((out.key, out.text))
        self.news.set()


def draft(text: str, recipient: str = "anna", dedupe: str = "") -> Draft:
    return Draft("wire", "anna", recipient, text, dedupe or f"{recipient}:{text}")


@asynccontextmanager
async def running(home: Path, wire: Wire) -> AsyncIterator[tuple[Outbox, Store]]:
    async with Store(home / "dobby.db") as store:
        await store.save_person(PersonRecord("family", "Family", "adult"))
        for address in ("anna", "ben", "slow"):
            await store.link("wire", address, "family")
        outbox = Outbox(store, [wire])
        task = asyncio.create_task(outbox.run())
        yield outbox, store
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def uncertain(store: Store) -> None:
    async with asyncio.timeout(5):
        while (await store.outgoing(1)).state is not SendState.AMBIGUOUS:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_what_is_written_goes_out_at_once_and_in_order(tmp_path: Path) -> None:
    wire = Wire()
    async with running(tmp_path, wire) as (outbox, _):
        for number in range(20):
            await outbox.post(draft(f"message {number}"))
        assert await wire.wait_for(20) == [("anna", f"message {n}") for n in range(20)]


async def test_the_same_thing_is_not_said_twice(tmp_path: Path) -> None:
    wire = Wire()
    async with running(tmp_path, wire) as (outbox, _):
        await outbox.post(draft("the door is open", dedupe="alert:1"))
        await outbox.post(draft("the door is open", dedupe="alert:1"))
        await outbox.post(draft("bye"))
        assert [text for _, text in await wire.wait_for(2)] == ["the door is open", "bye"]


async def test_one_who_cannot_be_reached_holds_up_nobody(tmp_path: Path) -> None:
    wire = Wire(gate=asyncio.Event())
    async with running(tmp_path, wire) as (outbox, _):
        await outbox.post(draft("first", "slow"))
        await outbox.post(draft("second", "anna"))
        assert await wire.wait_for(1) == [("anna", "second")]
        assert wire.gate
        wire.gate.set()
        assert await wire.wait_for(2) == [("anna", "second"), ("slow", "first")]


async def test_what_did_not_go_is_tried_again_in_order(tmp_path: Path) -> None:
    wire = Wire(fates=deque([SendLater("busy", 0.1)]))
    async with running(tmp_path, wire) as (outbox, _):
        await outbox.post(draft("one"))
        await outbox.post(draft("two"))
        assert [text for _, text in await wire.wait_for(2)] == ["one", "two"]


async def test_a_refusal_is_final_and_blocks_nothing(tmp_path: Path) -> None:
    wire = Wire(fates=deque([SendRefused("They sent STOP.")]))
    async with running(tmp_path, wire) as (outbox, store):
        await outbox.post(draft("one"))
        await outbox.post(draft("two"))
        assert [text for _, text in await wire.wait_for(1)] == ["two"]
        first = await store.outgoing(1)
        assert (first.state, first.reason) == (SendState.FAILED, "They sent STOP.")


async def test_an_uncertain_send_waits_for_its_callback(tmp_path: Path) -> None:
    wire = Wire(fates=deque([SendUncertain("lost")]))
    async with running(tmp_path, wire) as (outbox, store):
        await outbox.post(draft("one"))
        await outbox.post(draft("two"))
        await uncertain(store)
        assert wire.sent == []  # the second waits too
        assert await outbox.told((await store.outgoing(1)).key, "delivered", "id-0")
        assert [text for _, text in await wire.wait_for(1)] == ["two"]
        assert wire.tried == 2


async def test_a_callback_that_says_no_sends_it_again(tmp_path: Path) -> None:
    wire = Wire(fates=deque([SendUncertain("lost")]))
    async with running(tmp_path, wire) as (outbox, store):
        await outbox.post(draft("one"))
        await uncertain(store)
        await outbox.told((await store.outgoing(1)).key, "undelivered")
        assert await wire.wait_for(1) == [("anna", "one")]


@pytest.mark.parametrize("took", ["id-7", None])
async def test_before_a_second_send_the_channel_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, took: str | None
) -> None:
    monkeypatch.setattr("dobby.delivery.outbox.AMBIGUOUS_S", 0.1)
    wire = AskableWire(fates=deque([SendUncertain("lost")]))
    wire.took = took
    async with running(tmp_path, wire) as (outbox, store):
        await outbox.post(draft("one"))
        await outbox.post(draft("two"))
        expected = ["two"] if took else ["one", "two"]
        assert [text for _, text in await wire.wait_for(len(expected))] == expected
        assert (await store.outgoing(1)).external_id == (took or "id-1")


async def test_an_equal_message_of_before_does_not_count_for_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dobby.delivery.outbox.AMBIGUOUS_S", 0.1)
    wire = AskableWire()
    wire.took = "id-1"
    async with running(tmp_path, wire) as (outbox, _):
        await outbox.post(draft("next song", dedupe="1"))
        await wire.wait_for(1)
        wire.fates.append(SendUncertain("lost"))
        await outbox.post(draft("next song", dedupe="2"))
        assert len(await wire.wait_for(2)) == 2


async def test_attack_31_nobody_else_is_written_to(tmp_path: Path) -> None:
    async with running(tmp_path, Wire()) as (outbox, store):
        with pytest.raises(SendRefused, match="people of the house"):
            await outbox.post(draft("the code is 1234", "eve"))
        assert await store.due("wire") == []


async def test_a_channel_s_own_mistake_stops_nothing(tmp_path: Path) -> None:
    wire = Wire(fates=deque([ZeroDivisionError()]))
    async with running(tmp_path, wire) as (outbox, store):
        await outbox.post(draft("one"))
        await uncertain(store)
        await outbox.post(draft("two", "ben"))
        assert await wire.wait_for(1) == [("ben", "two")]
        assert (await store.outgoing(1)).state is SendState.AMBIGUOUS


async def test_a_stop_waits_for_what_is_under_way_and_begins_nothing(tmp_path: Path) -> None:
    wire = Wire(gate=asyncio.Event())
    async with running(tmp_path, wire) as (outbox, store):
        await outbox.post(draft("one", "slow"))
        async with asyncio.timeout(5):
            while not wire.tried:  # noqa: ASYNC110 - until the send is under way
                await asyncio.sleep(0.01)
        assert wire.gate
        asyncio.get_running_loop().call_later(0.05, wire.gate.set)
        await outbox.drain()
        await outbox.post(draft("two", "slow"))
    async with Store(tmp_path / "dobby.db") as store:
        states = [(await store.outgoing(number)).state for number in (1, 2)]
        assert states == [SendState.SENT, SendState.QUEUED]


async def test_a_store_that_cannot_be_read_for_a_moment_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dobby.delivery.outbox.UNREADABLE_S", 0.05)
    wire, read, failures = Wire(), Store.due, iter([True, True])

    async def due(store: Store, channel: str, now: datetime | None = None) -> object:
        if next(failures, False):
            raise StoreError("locked")
        return await read(store, channel, now)

    monkeypatch.setattr(Store, "due", due)
    async with running(tmp_path, wire) as (outbox, _):
        await outbox.post(draft("one"))
        assert await wire.wait_for(1) == [("anna", "one")]


# Changed, late, another way -----------------------------------------------------------------


async def test_what_was_not_sent_yet_says_the_new_thing_once(tmp_path: Path) -> None:
    wire = Wire(gate=asyncio.Event())
    async with running(tmp_path, wire) as (outbox, store):
        await outbox.post(draft("first", "slow"))
        await outbox.post(draft("A van.", "slow", "alert"))
        assert await outbox.revise("alert", "A van, with a parcel.")
        assert not await outbox.revise("another", "x")
        assert wire.gate
        wire.gate.set()
        assert await wire.wait_for(2) == [("slow", "first"), ("slow", "A van, with a parcel.")]
        await delivered(store, 2)
        assert not await outbox.revise("alert", "Gone."), "this channel cannot take it back"
        assert (await store.outgoing(2)).draft.text == "A van, with a parcel."


async def test_what_was_shown_is_changed_where_that_can_be(tmp_path: Path) -> None:
    wire = EditableWire()
    async with running(tmp_path, wire) as (outbox, store):
        await outbox.post(draft("A van.", dedupe="alert"))
        await delivered(store, 1)
        key = (await store.outgoing(1)).key
        assert await outbox.revise("alert", "It left.", ["picture:1"])
        assert await wire.wait_for(2) == [("anna", "A van."), (key, "It left.")]
        wire.fates.append(SendRefused("not now"))
        assert await outbox.revise("alert", "It came back.")
        row = await store.outgoing(1)
        assert (row.draft.text, row.draft.media) == ("It came back.", ())
        assert row.state is SendState.SENT


async def delivered(store: Store, number: int) -> None:
    async with asyncio.timeout(10):
        while (await store.outgoing(number)).state is not SendState.SENT:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def late(text: str, **more: Any) -> Draft:
    past = datetime.now(UTC) - timedelta(seconds=1)
    return replace(draft(text), drop_after=past, **more)


async def test_what_is_late_is_dropped_with_a_record(tmp_path: Path) -> None:
    wire = Wire()
    async with running(tmp_path, wire) as (outbox, store):
        await outbox.post(late("A van.", instead=late("A van!", dedupe="other")))
        await outbox.post(draft("two"))
        assert await wire.wait_for(1) == [("anna", "two")]
        row = await store.outgoing(1)
        assert (row.state, row.reason) == (SendState.FAILED, TOO_LATE)
        assert await store.due("wire") == []


@pytest.mark.parametrize("took", ["id-7", None])
async def test_what_may_have_gone_in_time_is_asked_about_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, took: str | None
) -> None:
    monkeypatch.setattr("memory.outbox.AMBIGUOUS_WAIT_S", 0.1)
    wire = AskableWire()
    wire.took = took
    async with Store(tmp_path / "dobby.db") as store:
        row = await store.post(late("one"))
        assert await store.sending(row.id), "killed while it was sent"
    async with running(tmp_path, wire) as (outbox, store):
        await outbox.post(draft("two"))
        assert await wire.wait_for(1) == [("anna", "two")]
        row = await store.outgoing(1)
        assert (row.state, row.external_id) == (
            (SendState.SENT, "id-7") if took else (SendState.FAILED, None)
        )


async def test_what_is_refused_goes_another_way_once(tmp_path: Path) -> None:
    wire = Wire(fates=deque([SendRefused("no")]))
    async with running(tmp_path, wire) as (outbox, store):
        other = draft("one, otherwise", "ben", "other")
        for _ in range(2):
            await outbox.post(replace(draft("one"), instead=other))
        assert await wire.wait_for(1) == [("ben", "one, otherwise")]
        await outbox.told((await store.outgoing(1)).key, "failed")
        await outbox.post(draft("two"))
        assert len(await wire.wait_for(2)) == 2
        assert wire.tried == 3


async def test_an_unknown_callback_is_no_error(tmp_path: Path) -> None:
    async with running(tmp_path, Wire()) as (outbox, _):
        assert not await outbox.told("guessed", "delivered")


async def test_a_long_text_goes_in_parts(tmp_path: Path) -> None:
    wire = Wire()
    async with running(tmp_path, wire) as (outbox, _):
        await outbox.post(draft("The first one is here. The second one is a bit longer. Three."))
        texts = [text for _, text in await wire.wait_for(2)]
        assert texts == ["The first one is here.", "The second one is a bit longer. Three."]


# Splitting ---------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [20, 70, 1600])
@pytest.mark.parametrize(
    "text",
    [LONG, "word " * 900, "x" * 5000, "😀" * 2000, "Line one\nLine two\n\n" * 300, "Hi.", ""],
)
def test_parts_fit_and_lose_nothing(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(parts) or text == ""


def test_sentences_are_kept_whole() -> None:
    parts = split(LONG, 1600)
    assert all(part.endswith(".") for part in parts)
    assert split("He said “stop.” Then he left.", 20) == ["He said “stop.”", "Then he left."]
    assert split("It is 21.5 degrees in here. Warm.", 28) == [
        "It is 21.5 degrees in here.",
        "Warm.",
    ]
