"""What people ask to be remembered, told back in plain words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from devices.device import Device
from dobby.agent.tool import Caller
from dobby.conversation.facts import StoreNotebook
from dobby.people.roles import Person, Role
from memory import records
from memory.store import Store

ANNA = Person("anna", "Anna", Role.OWNER)
BEN = Person("ben", "Ben", Role.ADULT)
CLEO = Person("cleo", "Cleo", Role.CHILD)
LAMP = Device(id="x:1", name="Lamp", kind="light")


def by(person: Person, message: int | None = None) -> Caller:
    return Caller(person, datetime.now(UTC), message=message)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(tmp_path / "dobby.db") as store:
        for person in (ANNA, BEN, CLEO):
            await store.save_person(records.PersonRecord(person.id, person.name, person.role))
        yield store


@pytest.fixture
def notebook(store: Store) -> StoreNotebook:
    return StoreNotebook(store)


async def test_a_fact_is_told_back_with_who_and_when(notebook: StoreNotebook) -> None:
    said = await notebook.remember("the gate code is with Ben.", by(ANNA))
    assert said == "I will remember: the gate code is with Ben."
    own = await notebook.recall("gate code", by(ANNA))
    assert own.startswith("You told me today at ")
    assert own.endswith("“the gate code is with Ben”.")
    assert (await notebook.recall("gate code", by(BEN))).startswith("Anna told me today at ")


@pytest.mark.parametrize(
    ("language", "told"),
    [("de", "Anna hat mir heute um "), ("fr", "Anna m'a dit aujourd'hui à "),
     ("es", "Anna me dijo hoy a las "), ("nl", "Anna zei me vandaag om "), ("pl", "Anna, dziś o ")],
)  # fmt: skip
async def test_it_is_told_back_in_the_language_of_who_asks(
    notebook: StoreNotebook, language: str, told: str
) -> None:
    await notebook.remember("my bicycle has a flat tyre", by(ANNA))
    ben = Caller(BEN, datetime.now(UTC), language=language)
    said = await notebook.recall("bicycle", ben)
    assert said.startswith(told)
    assert "my bicycle has a flat tyre" in said  # word for word


@pytest.mark.parametrize(
    ("days", "words"), [(1, "yesterday at"), (40, "on "), (400, str(datetime.now(UTC).year))]
)
async def test_when_is_said_as_people_do(notebook: StoreNotebook, days: int, words: str) -> None:
    await notebook.remember("bins on Tuesday", by(ANNA))
    later = Caller(ANNA, datetime.now(UTC) + timedelta(days=days))
    assert words in await notebook.recall("bins", later)


async def test_nothing_is_made_up(notebook: StoreNotebook) -> None:
    assert await notebook.recall("gate", by(ANNA)) == "I remember nothing about that."
    assert "nothing to forget" in await notebook.forget("gate", by(ANNA))
    assert await notebook.undo(by(ANNA)) == "There is nothing to take back."
    assert await notebook.remember(" ", by(ANNA)) == "What shall I remember?"


async def test_forget_and_undo(notebook: StoreNotebook) -> None:
    await notebook.remember("the gate code is with Ben", by(ANNA))
    await notebook.remember("the gate squeaks", by(ANNA))
    assert (await notebook.forget("the gate", by(ANNA))).startswith("Which one shall I forget: ")
    assert "Forgotten: “the gate code" in await notebook.forget("gate code", by(ANNA))
    assert "code" not in await notebook.recall("gate", by(ANNA))
    assert await notebook.undo(by(ANNA)) == "I remember it again: “the gate code is with Ben”."
    assert "gate code" in await notebook.recall("gate code", by(ANNA))


async def test_forget_it_means_the_last_thing_said(notebook: StoreNotebook) -> None:
    await notebook.remember("one", by(ANNA))
    await notebook.remember("two", by(ANNA))
    assert "“two”" in await notebook.forget("it", by(ANNA))


async def test_a_remembered_thing_can_be_taken_back(notebook: StoreNotebook) -> None:
    await notebook.remember("the cat is called Tom", by(ANNA))
    assert "no longer remember" in await notebook.undo(by(ANNA))
    assert await notebook.recall("cat", by(ANNA)) == "I remember nothing about that."


async def test_a_child_forgets_only_its_own(notebook: StoreNotebook) -> None:
    await notebook.remember("no sweets before dinner", by(ANNA))
    assert "grown-up" in await notebook.forget("sweets", by(CLEO))
    await notebook.remember("I like frogs", by(CLEO))
    assert "Forgotten" in await notebook.forget("frogs", by(CLEO))


async def test_what_was_merely_said_is_its_sayer_s_own(
    notebook: StoreNotebook, store: Store
) -> None:
    kept = await store.receive("web", "m1", ANNA.id, "page", "my shoes are in the attic")
    assert kept
    await store.finish(kept.id)
    assert "you wrote: “my shoes are in the attic”" in await notebook.recall("shoes", by(ANNA))
    assert await notebook.recall("shoes", by(BEN)) == "I remember nothing about that."


async def test_a_forgotten_fact_does_not_come_back_as_a_message(
    notebook: StoreNotebook, store: Store
) -> None:
    kept = await store.receive("web", "m1", ANNA.id, "page", "remember that the safe is open")
    assert kept
    await notebook.remember("the safe is open", by(ANNA, kept.id))
    await store.finish(kept.id)
    await notebook.forget("safe", by(ANNA))
    assert await notebook.recall("safe", by(ANNA)) == "I remember nothing about that."


async def test_attack_47_words_are_only_words(notebook: StoreNotebook) -> None:
    text = "'; DROP TABLE facts; -- \"* OR NEAR("
    await notebook.remember(text, by(ANNA))
    assert text in await notebook.recall(text, by(ANNA))


async def test_the_owner_s_names_outlive_the_run(notebook: StoreNotebook, store: Store) -> None:
    await store.save_devices([{"id": LAMP.id, "device": LAMP.model_dump(mode="json")}])
    await notebook.renamed(LAMP, {"name": "Moon"})
    await notebook.renamed(LAMP, {"room": "Attic"})
    await notebook.renamed(LAMP, {"aliases": ("Luna", "Selene")})
    assert await store.given_names() == {
        LAMP.id: {"name": "Moon", "room": "Attic", "aliases": ("Luna", "Selene")}
    }
