from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from memory.errors import Missing
from memory.records import Identity, PersonRecord
from memory.store import Store

ANN = PersonRecord("ann", "Ann", "owner")
BOB = PersonRecord("bob", "Bob", "guest")


def later(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


async def test_people_and_their_addresses(store: Store) -> None:
    await store.save_person(BOB)
    await store.save_person(ANN)
    await store.save_person(PersonRecord("bob", "Bob", "adult"))
    assert await store.people() == [ANN, PersonRecord("bob", "Bob", "adult")]
    assert await store.person("nobody") is None
    await store.link("sms", "+1", "ann")
    await store.link("sms", "+1", "bob")  # a number that changed hands
    assert await store.identity("sms", "+1") == PersonRecord("bob", "Bob", "adult")
    assert await store.identity("web", "+1") is None
    assert await store.identities("bob") == [Identity("sms", "+1", "bob")]
    assert await store.unlink("sms", "+1")
    assert not await store.unlink("sms", "+1")
    assert await store.identity("sms", "+1") is None
    with pytest.raises(Missing):
        await store.link("sms", "+1", "nobody")


async def test_a_hundred_strangers_are_three_requests(store: Store) -> None:
    asked = [store.request_pairing("sms", f"+{n}", "Owner", "hash", later(60)) for n in range(100)]
    assert sum(await asyncio.gather(*asked)) == 3
    assert len(await store.pending_pairings()) == 3


async def test_a_stranger_who_waits_is_not_told_twice(store: Store) -> None:
    assert await store.request_pairing("sms", "+1", "x", "first", later(60))
    assert not await store.request_pairing("sms", "+1", "x", "second", later(60))
    assert [waiting.code_hash for waiting in await store.pending_pairings()] == ["first"]


async def test_expired_requests_make_room(store: Store) -> None:
    for n in range(3):
        assert await store.request_pairing("sms", f"+{n}", "x", "hash", later(-1 if n else 60))
    assert [waiting.address for waiting in await store.pending_pairings()] == ["+0"]
    assert not await store.settle_pairing("sms", "+2", BOB)
    assert await store.request_pairing("sms", "+9", "x", "hash", later(60))


async def test_settling_a_pairing(store: Store) -> None:
    await store.request_pairing("sms", "+1", "x", "hash", later(60))
    await store.request_pairing("sms", "+2", "y", "hash", later(60))
    assert await store.settle_pairing("sms", "+1", BOB)
    assert await store.settle_pairing("sms", "+2", None)
    assert not await store.settle_pairing("sms", "+1", ANN)
    assert await store.identity("sms", "+1") == BOB
    assert await store.identity("sms", "+2") is None
    assert await store.pending_pairings() == []


async def test_failures_are_counted_by_key(store: Store) -> None:
    assert [await store.note_failure("+1") for _ in range(3)] == [1, 2, 3]
    assert await store.note_failure("+2") == 1
    assert await store.failures("+1", later(-60)) == 3
    assert await store.failures("+1", later(60)) == 0
    await store.clear_failures("+1")
    assert await store.failures("+1", later(-60)) == 0
