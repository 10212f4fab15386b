"""A damaged row silences nobody: each cell of each table, in each way that a disk can lose it."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Table, select

from dobby.daemon.app import Daemon, opened
from dobby.delivery.types import Message
from dobby.language.words import Words
from dobby.people.roles import Role
from dobby.settings import Settings
from memory import records
from memory.models import metadata
from memory.records import Draft, PictureRow
from memory.store import Store
from tests.damage import TABLES, damage_each_cell
from tests.devices.knocker import LAMP

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SOON_S = 60.0


@contextlib.asynccontextmanager
async def running(home: Path, language: str = "en") -> AsyncGenerator[Daemon]:
    settings = Settings.model_validate(
        {
            "home": home,
            "interfaces": ["127.0.0.1"],
            "vision": {"eyes": "off"},
            "language": language,
        }
    )
    async with opened(settings, admit=lambda heard: False) as daemon:
        tasks = [asyncio.ensure_future(work()) for _, work in daemon.work]
        try:
            yield daemon
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def answer(daemon: Daemon, message: str, text: str = "help") -> str:
    await daemon.web.receive(Message(message, "web", "page", text, datetime.now(UTC)))
    return await reply(daemon.store, message)


async def reply(store: Store, message: str) -> str:
    async with asyncio.timeout(SOON_S):
        while True:
            if replies := await store.answers("web", message):
                return " ".join(replies)
            await asyncio.sleep(0.02)


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in whose every table something was written, if Dobby ever writes there."""
    home = tmp_path_factory.mktemp("lived-in") / "home"
    asyncio.run(_live(home))
    return home


async def _live(home: Path) -> None:
    async with running(home) as daemon:
        store = daemon.store
        await answer(daemon, "first")
        await answer(daemon, "second", "remember that the spare key is under the pot")
        await store.save_person(records.PersonRecord("ann", "Anna", Role.ADULT))
        await store.link("sms", "+48600100200", "ann")
        await store.request_pairing("sms", "+48600100201", "", "", datetime(2030, 1, 1, tzinfo=UTC))
        await store.note_failure("pairing")
        row = {"id": LAMP.id, "device": LAMP.model_dump(mode="json"), "heard": None}
        await store.save_devices([row])
        await store.rename(LAMP.id, "Reading lamp", "Den", "Bulb")
        await store.save_rooms([{"name": "Den"}])
        for key in ("hue:one", "hue:two"):
            await store.vault.save(key, {"app_key": "k", "certificate": "00"})
        await store.spend("m", 1, 1, 0, 0.1)
        await store.set_note("eyes", "missing 2026-11-20T12:00:00+00:00")
        await store.save_camera("onvif:1", {"camera": "onvif:1", "looks_at": "drive"})
        times = {"started": NOON.isoformat(), "last": NOON.isoformat()}
        seen = {"id": "i1", "kind": "person", "cameras": ["onvif:1"], **times}
        await store.save_incident(seen)
        await store.add_rule({"verdict": "quiet"}, "ann", 1)
        await store.save_picture(PictureRow("0" * 32, "onvif:1", "i1", NOON, 10))
        heard = await store.receive("web", "third", "ann", "page", "help")
        assert heard
        await store.journal(heard.id, {"room": "Den"})
        other = Draft("web", "ann", "page", "x", "other")
        await store.post(Draft("web", "ann", "page", "an alert", "alert", instead=other))
    async with Store(home / "dobby.db") as store:  # left open by a kill
        await store.receive("web", "open", "owner", "page", "help")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
async def test_every_cell_damaged_and_everybody_else_answered(
    table: Table, lived_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dobby.daemon.house_memory.KNOWN_S", 0.01)
    home = tmp_path / "home"
    shutil.copytree(lived_in, home)
    damaged = damage_each_cell(home / "dobby.db", table)
    assert damaged >= len(table.columns)
    async with running(home) as daemon:
        assert await reply(daemon.store, "open")  # what was left before the damage
        assert await answer(daemon, "now")
        apart = len(await daemon.store.apart(table.name))
        if table.name != "set_apart":
            assert apart > 0
            assert "damaged" in await _told(daemon.store)
        async with asyncio.timeout(SOON_S):
            while await daemon.store.untold():  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert not await daemon.web.ailing()
        await _read_everything(daemon.store)


@pytest.mark.parametrize(
    ("language", "begins", "what"),
    [("de", "Ein Teil meines Gedächtnisses", "gemerkter Satz"),
     ("fr", "Une partie de ma mémoire", "1 chose retenue"),
     ("pl", "Część mojej pamięci", "1 zapamiętana rzecz")],
)  # fmt: skip
async def test_damage_is_told_in_the_language_of_the_house(
    lived_in: Path, tmp_path: Path, language: str, begins: str, what: str
) -> None:
    home = tmp_path / "home"
    shutil.copytree(lived_in, home)
    raw = sqlite3.connect(home / "dobby.db")
    raw.executescript("PRAGMA ignore_check_constraints = ON; UPDATE facts SET at = x'ff'")
    raw.close()
    async with running(home, language) as daemon:
        await daemon.store.facts()  # whoever looks finds the damage
        told = await _told(daemon.store, begins)
    assert what in told


async def _told(store: Store, begins: str = "part of my memory") -> str:
    async with asyncio.timeout(SOON_S):
        while True:
            people = [person.id for person in await store.people()]
            lines = [line.text for one in people for line in await store.history(one, 100)]
            if told := [line for line in lines if begins.casefold() in line.casefold()]:
                return told[0]
            await asyncio.sleep(0.05)


async def _read_everything(store: Store) -> None:
    for table in metadata.sorted_tables:
        if table.name != "audit":
            await store._reader.run(  # pyright: ignore[reportPrivateUsage]
                lambda db, table=table: db.execute(select(table)).all()
            )


async def test_a_record_that_was_cut_is_told_to_the_owner_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dobby.daemon.losses.FIRST_CHECK_S", 0.05)
    monkeypatch.setattr("dobby.daemon.losses.CHECK_S", 0.05)
    home = tmp_path / "home"
    async with running(home) as daemon:
        await answer(daemon, "one")
        await daemon.store.audit("ann", "unlock", {})
        await asyncio.sleep(0.5)
        assert await _record_told(daemon.store) == 0  # whole, and nobody is troubled
    raw = sqlite3.connect(home / "dobby.db")
    raw.executescript(
        "DROP TRIGGER audit_no_DELETE; DELETE FROM audit WHERE id > 1; DELETE FROM audit_head"
    )
    raw.close()
    async with running(home) as daemon:
        async with asyncio.timeout(SOON_S):
            while not await _record_told(daemon.store):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)
        assert await _record_told(daemon.store) == 1


async def _record_told(store: Store) -> int:
    [owner] = await store.people()
    return sum(
        line.text == Words().say("record-broken") for line in await store.history(owner.id, 50)
    )
