from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from memory.errors import Missing
from memory.records import Draft, Outgoing, SendState
from memory.store import Store


async def post(store: Store, n: int = 1, to: str = "ann") -> Outgoing:
    return await store.post(Draft("sms", "talk", to, f"text {n}", f"d{to}{n}", ("pic",)))


def ids(messages: list[Outgoing]) -> list[int]:
    return [message.id for message in messages]


def later(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


async def test_a_draft_is_queued_once(store: Store) -> None:
    first, second = await post(store), await post(store)
    assert first == second
    assert await store.due("sms") == [first]
    assert await store.due("web") == []
    assert first.draft == Draft("sms", "talk", "ann", "text 1", "dann1", ("pic",))
    assert len(first.key) >= 20
    assert first.key != (await post(store, 2)).key


async def test_the_plain_way(store: Store) -> None:
    message = await post(store)
    assert await store.sending(message.id)
    assert not await store.sending(message.id)
    assert await store.due("sms") == []
    await store.sent(message.id, "SM1")
    told = await store.delivered(message.key, "delivered")
    assert told is not None
    assert (told.state, told.external_id, told.attempts) == (SendState.DELIVERED, "SM1", 1)
    late = await store.delivered("SM1", "sent")  # callbacks come in any order
    assert late is not None
    assert late.state is SendState.DELIVERED
    assert not await store.sending(message.id)


async def test_an_ambiguous_send_waits(store: Store) -> None:
    message = await post(store)
    await store.sending(message.id)
    await store.ambiguous(message.id, 12)
    assert await store.due("sms") == []
    assert await store.due("sms", later(11)) == []
    assert ids(await store.due("sms", later(13))) == [message.id]
    assert await store.next_due("sms") == (await store.outgoing(message.id)).not_before


async def test_a_callback_settles_an_ambiguous_send(store: Store) -> None:
    message = await post(store)
    await store.sending(message.id)
    await store.ambiguous(message.id, 12)
    told = await store.delivered(message.key, "queued", "SM1")
    assert told is not None
    assert (told.state, told.external_id) == (SendState.SENT, "SM1")
    assert await store.due("sms", later(60)) == []


async def test_a_refused_ambiguous_send_is_due_again_at_once(store: Store) -> None:
    message = await post(store)
    await store.sending(message.id)
    await store.ambiguous(message.id, 12)
    await store.delivered(message.key, "Failed")
    assert ids(await store.due("sms")) == [message.id]
    assert await store.sending(message.id)
    await store.sent(message.id, "SM2")
    undelivered = await store.delivered("SM2", "undelivered")
    assert undelivered is not None
    assert (undelivered.state, undelivered.reason) == (SendState.FAILED, "undelivered")


async def test_a_callback_that_overtakes_the_answer_wins(store: Store) -> None:
    message = await post(store)
    await store.sending(message.id)
    await store.delivered(message.key, "delivered", "SM1")
    await store.sent(message.id, "SM1")
    await store.ambiguous(message.id, 12)
    await store.retry(message.id, later(0))
    assert (await store.outgoing(message.id)).state is SendState.DELIVERED


async def test_a_recipient_gets_messages_in_order(store: Store) -> None:
    one, two = await post(store, 1), await post(store, 2)
    other = await post(store, 1, "bob")
    assert ids(await store.due("sms")) == [one.id, two.id, other.id]
    assert not await store.sending(two.id)
    await store.sending(one.id)
    assert ids(await store.due("sms")) == [other.id]
    await store.retry(one.id, later(30))
    assert ids(await store.due("sms")) == [other.id]
    assert ids(await store.due("sms", later(31))) == [one.id, two.id, other.id]
    await store.failed(one.id, "refused for good")
    assert ids(await store.due("sms")) == [two.id, other.id]
    assert await store.sending(two.id)


async def test_a_send_cut_short_by_a_crash_is_ambiguous(path: Path) -> None:
    async with Store(path) as store:
        message = await post(store)
        await store.sending(message.id)
    async with Store(path) as store:
        assert (await store.outgoing(message.id)).state is SendState.AMBIGUOUS
        assert await store.due("sms") == []
        assert ids(await store.due("sms", later(13))) == [message.id]


async def test_what_failed_is_not_in_the_history(store: Store) -> None:
    message = await post(store)
    await post(store, 2)
    await store.failed(message.id, "63016")
    assert [turn.text for turn in await store.history("talk")] == ["text 2"]
    assert (await store.outgoing(message.id)).reason == "63016"


async def test_unknown_ones(store: Store) -> None:
    assert await store.delivered("no such key", "delivered") is None
    for call in (store.sending(5), store.sent(5, "x"), store.outgoing(5)):
        with pytest.raises(Missing):
            await call
