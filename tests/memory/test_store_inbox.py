from __future__ import annotations

import asyncio
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from memory.errors import Missing, StoreError
from memory.records import DOBBY, Draft, Inbound
from memory.store import Store


async def said(store: Store, external_id: str, text: str = "hello") -> Inbound:
    message = await store.receive("web", external_id, "talk", "ann", text)
    assert message is not None
    return message


def reply(to: Inbound, text: str = "Done.") -> Draft:
    return Draft("web", to.conversation, to.sender, text, f"reply:{to.id}", in_reply_to=to.id)


async def test_a_message_comes_back_as_it_was_said(path: Path) -> None:
    warsaw = timezone(timedelta(hours=2))
    at = datetime(2026, 7, 1, 23, 30, tzinfo=warsaw)
    text = "'; DROP TABLE inbound; -- \u202e \x00 🔌"
    async with Store(path) as store:
        kept = await store.receive("sms", "SM1", "c", "+48600", text, [{"url": "u", "n": 1}], at)
    async with Store(path) as store:
        assert await store.unfinished() == [kept]
    assert kept is not None
    assert kept.text == text
    assert kept.attachments == ({"url": "u", "n": 1},)
    assert kept.at == at
    assert kept.at.utcoffset() == timedelta(0)
    with pytest.raises(FrozenInstanceError):
        kept.text = "other"  # pyright: ignore[reportAttributeAccessIssue]


async def test_half_an_emoji_is_no_reason_to_fail(store: Store) -> None:
    kept = await said(store, "1", "hi \ud83d there")
    assert kept.text == "hi ? there"
    fact = await store.remember("\udd0c", "ann")
    assert fact.text == "?"


async def test_fifty_deliveries_at_once_are_one_message(store: Store) -> None:
    got = await asyncio.gather(
        *(store.receive("sms", "SM1", "c", "+48600", "play jazz") for _ in range(50))
    )
    assert len([message for message in got if message]) == 1
    assert len(await store.unfinished()) == 1


async def test_the_same_id_on_another_channel_is_another_message(store: Store) -> None:
    assert await store.receive("sms", "1", "c", "a", "x")
    assert await store.receive("web", "1", "c", "a", "x")


async def test_finishing_writes_everything_once(store: Store) -> None:
    message = await said(store, "1")
    receipt = {"device": "hue:1", "outcome": "verified"}
    assert await store.finish(message.id, [reply(message)], [receipt], {"devices": ["hue:1"]})
    assert not await store.finish(message.id, [reply(message, "Again.")], [receipt], {})
    assert await store.unfinished() == []
    assert [out.draft.text for out in await store.due("web")] == ["Done."]
    assert await store.receipts(message.id) == [receipt]
    assert await store.dialogue("talk") == {"devices": ["hue:1"]}
    audited = await store.audited()
    assert [(row.actor, row.action) for row in audited] == [("ann", "receipt")]
    assert audited[0].detail == {"message": message.id, "receipt": receipt}


async def test_a_finish_that_fails_leaves_nothing(store: Store) -> None:
    message = await said(store, "1")
    orphan = Draft("web", "talk", "ann", "x", "d", in_reply_to=9999)  # refused by the foreign key
    with pytest.raises(StoreError):
        await store.finish(message.id, [reply(message), orphan], [{"x": 1}], {"x": 1})
    assert [waiting.id for waiting in await store.unfinished()] == [message.id]
    assert await store.due("web") == []
    assert await store.receipts(message.id) == []
    assert await store.dialogue("talk") is None
    assert await store.audited() == []


async def test_one_bad_write_spoils_none_that_share_its_commit(store: Store) -> None:
    message = await said(store, "1")
    bad = Draft("web", "talk", "ann", "x", "bad", in_reply_to=9999)
    work = [store.journal(message.id, {"n": n}) for n in range(20)]
    results = await asyncio.gather(*work, store.post(bad), return_exceptions=True)
    assert [type(result) for result in results if result is not None] == [StoreError]
    assert await store.steps(message.id) == [{"n": n} for n in range(20)]


async def test_a_turn_cut_short_tells_how_far_it_came(path: Path) -> None:
    async with Store(path) as store:
        message = await said(store, "1")
        assert await store.begin(message.id) == 1
        await store.journal(message.id, {"plan": ["power"]})
        await store.journal(message.id, {"receipt": 1})
    async with Store(path) as store:
        (again,) = await store.unfinished()
        assert again.attempts == 1
        assert await store.begin(again.id) == 2
        assert await store.steps(again.id) == [{"plan": ["power"]}, {"receipt": 1}]


async def test_an_unknown_message_is_said_to_be_missing(store: Store) -> None:
    assert await store.message(7) is None
    assert not await store.finish(7)
    with pytest.raises(Missing, match="7"):
        await store.begin(7)


async def test_the_answers_to_a_message(store: Store) -> None:
    message = await said(store, "1")
    assert await store.answers("web", "1") is None
    second = Draft("web", "talk", "ann", "And more.", "second", in_reply_to=message.id)
    await store.finish(message.id, [reply(message), second])
    assert await store.answers("web", "1") == ["Done.", "And more."]
    assert await store.answers("sms", "1") is None


async def test_history_is_the_last_lines_in_order(store: Store) -> None:
    for n in range(4):
        message = await said(store, str(n), f"q{n}")
        await store.finish(message.id, [reply(message, f"a{n}")])
    await store.receive("web", "else", "another", "bob", "not here")
    turns = await store.history("talk", 5)
    assert [(turn.who, turn.text) for turn in turns] == [
        (DOBBY, "a1"), ("ann", "q2"), (DOBBY, "a2"), ("ann", "q3"), (DOBBY, "a3"),
    ]  # fmt: skip


async def test_a_later_dialogue_replaces_the_earlier(store: Store) -> None:
    for n in range(2):
        await store.finish((await said(store, str(n))).id, dialogue={"n": n})
    await store.finish((await said(store, "2")).id)
    assert await store.dialogue("talk") == {"n": 1}


async def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="zone"):
        await store.receive("web", "1", "c", "a", "x", at=datetime(2026, 1, 1))


async def test_a_closed_store_says_so(path: Path) -> None:
    async with Store(path) as store:
        await store.set_note("a", "b")
    with pytest.raises(StoreError, match="closed"):
        await store.note("a")
    with pytest.raises(StoreError, match="closed"):
        await store.set_note("a", "c")


async def test_what_was_queued_is_written_before_the_store_closes(path: Path) -> None:
    async with Store(path) as store:
        writes = [
            asyncio.create_task(store.receive("web", str(n), "c", "a", "x")) for n in range(200)
        ]
        await asyncio.sleep(0)  # each has handed its write over
    await asyncio.gather(*writes)
    async with Store(path) as store:
        assert len(await store.unfinished()) == 200


async def test_a_cancelled_wait_harms_no_one(store: Store) -> None:
    task = asyncio.create_task(store.receive("web", "1", "c", "a", "x"))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await store.receive("web", "2", "c", "a", "y")
    assert datetime.now(UTC) >= (await store.unfinished())[-1].received
