from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from memory.records import Fact, Said
from memory.store import Store


async def said(store: Store, n: int, text: str, conversation: str = "c", days: float = 0) -> int:
    at = datetime.now(UTC) - timedelta(days=days)
    message = await store.receive("web", str(n), conversation, "ann", text, at=at)
    assert message is not None
    await store.finish(message.id)
    return message.id


def texts(found: list[Fact | Said]) -> list[str]:
    return [item.text for item in found]


async def test_a_fact_is_found_by_other_forms_of_its_words(store: Store) -> None:
    kept = await store.remember("the boilers were serviced by Kowalski in März", "ann")
    assert await store.recall("who serviced the boiler?") == [kept]
    assert await store.recall("kowal") == [kept]
    assert await store.recall("marz") == [kept]
    assert await store.recall("piano") == []
    assert await store.facts("ann") == [kept]
    assert await store.facts("bob") == []


async def test_messages_are_found_once_answered(store: Store) -> None:
    old = await said(store, 1, "the plumber comes on Tuesday")
    await store.receive("web", "2", "c", "ann", "what did I say about the plumber?")
    (found,) = await store.recall("what did I say about the plumber?")
    assert isinstance(found, Said)
    assert (found.message, found.sender, found.conversation) == (old, "ann", "c")


async def test_another_conversation_can_be_left_out(store: Store) -> None:
    await said(store, 1, "plumber here", "c")
    await said(store, 2, "plumber there", "d")
    assert len(await store.recall("plumber")) == 2
    assert texts(await store.recall("plumber", conversation="d")) == ["plumber there"]


async def test_a_quiet_conversation_is_found_beside_a_loud_one(store: Store) -> None:
    await said(store, 1, "the plumber has a key, and more words than the others do", "quiet")
    await asyncio.gather(*(said(store, n, "plumber", "loud") for n in range(2, 200)))
    assert len(await store.recall("plumber", conversation="quiet")) == 1


async def test_facts_go_first_then_the_fresher(store: Store) -> None:
    await said(store, 1, "buy blue paint for the shed", days=900)
    await said(store, 2, "buy blue paint for the hall", days=1)
    await store.remember("the paint for the hall is blue", "ann")
    assert texts(await store.recall("blue paint")) == [
        "the paint for the hall is blue",
        "buy blue paint for the hall",
        "buy blue paint for the shed",
    ]
    assert len(await store.recall("blue paint", limit=1)) == 1


HOSTILE = [
    *('"', '""', "'", "*", "a*", "(", ")", "NEAR(", "AND", "OR NOT", "-x", "^x", "text:x", "x AND"),
    *("{text}:x", '"unclosed', "boiler' OR 1=1 --", "'; DROP TABLE facts; --", "\x00", "\ud83d"),
    *("", "   ", "🔥🔥", "%", "_", "x" * 10_000, "x " * 10_000, "ﬁ ß İ ١٢٣", "text:boiler NEAR/3"),
]


@pytest.mark.parametrize("query", HOSTILE)
async def test_no_words_of_a_person_are_a_query_language(store: Store, query: str) -> None:
    kept = await store.remember("boiler pump", "ann")
    found = await store.recall(query)
    assert found in ([], [kept])
    assert await store.facts() == [kept]


async def test_what_looks_like_an_operator_is_a_word(store: Store) -> None:
    kept = await store.remember("near the gate, not the door", "ann")
    assert await store.recall("NEAR(gate)") == [kept]


async def test_hostile_text_is_kept_as_it_is(store: Store) -> None:
    hostile = "'; DROP TABLE facts; --"
    await store.remember(hostile, "ann")
    assert texts(await store.recall("drop table")) == [hostile]
    assert [fact.text for fact in await store.facts()] == [hostile]


async def test_what_is_forgotten_is_not_recalled_nor_is_where_it_was_said(
    store: Store, path: Path
) -> None:
    source = await said(store, 1, "remember that the safe code is 4711")
    fact = await store.remember("the safe code is 4711", "ann", source)
    assert await store.recall("safe code") == [fact]
    asked = await said(store, 2, "forget the safe code 4711")
    assert await store.forget(fact.id, "ann", asked) == fact
    assert await store.forget(fact.id, "ann") is None
    assert await store.recall("safe code") == []
    assert await store.facts() == []
    with sqlite3.connect(path) as raw:  # a tombstone, not a hole
        assert raw.execute("SELECT count(*) FROM facts WHERE forgotten IS NOT NULL").fetchone()[0]


async def test_undo_takes_back_the_last_change_and_then_the_one_before(store: Store) -> None:
    one = await store.remember("one", "ann")
    two = await store.remember("two", "bob")
    await store.forget(one.id, "ann")
    undone = await store.undo("ann")
    assert undone is not None
    assert (undone.what, undone.fact) == ("forget", one)
    assert await store.facts() == [one, two]
    assert await store.recall("one") == [one]
    undone = await store.undo("ann")
    assert undone is not None
    assert (undone.what, undone.fact) == ("remember", one)
    assert await store.facts() == [two]
    assert await store.undo("ann") is None
    assert await store.undo("nobody") is None
