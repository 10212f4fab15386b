from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from memory.errors import KeyLost, StoreError
from memory.store import Store

LAMP = {"id": "hue:1", "name": "Hue color lamp 7", "kind": "light", "aliases": ["lamp"]}
LOCK = {"id": "hap:2", "name": "Lock", "kind": "lock", "room": "Hall"}


async def test_the_owners_names_outlive_discovery(path: Path) -> None:
    async with Store(path) as store:
        await store.save_devices([LAMP, LOCK])
        assert await store.rename("hue:1", name="Reading lamp", room="'; DROP TABLE rooms")
        assert await store.rename("hue:1", alias="the tall one")
        assert await store.rename("hue:1", alias="lamp")
        assert not await store.rename("hue:9", name="x")
    async with Store(path) as store:
        await store.save_devices([{**LAMP, "name": "Found again"}])
        assert await store.devices() == [
            LOCK,
            {
                **LAMP,
                "name": "Reading lamp",
                "room": "'; DROP TABLE rooms",
                "aliases": ["lamp", "the tall one"],
            },
        ]
        assert await store.given_names() == {
            "hue:1": {
                "name": "Reading lamp",
                "room": "'; DROP TABLE rooms",
                "aliases": ("the tall one", "lamp"),
            }
        }
        named = await store.given_names()
        await store.forget_devices(["hue:1", "hue:9"])
        assert await store.devices() == [LOCK]
        assert await store.forgotten_devices() == [
            {**LAMP, "name": "Found again", "forgotten": True}
        ]
        assert await store.given_names() == named, "for when it comes again"
        await store.save_devices([LAMP])
        assert [device["name"] for device in await store.devices()] == [
            LOCK["name"],
            "Reading lamp",
        ]
        assert await store.forgotten_devices() == []


async def test_rooms_are_the_last_ones_told(store: Store) -> None:
    await store.save_rooms([{"name": "Attic", "floor": "2"}, {"name": "Bath"}])
    kept = [{"name": "Bath"}, {"name": "<script>", "aliases": ["x"]}]
    await store.save_rooms(kept)
    assert await store.rooms() == kept


async def test_the_vault_keeps_its_secrets_sealed(path: Path) -> None:
    secret = {"app_key": "s3cr3t-value", "n": 1}
    async with Store(path) as store:
        await store.vault.save("hue:a_b", {"old": True})
        await store.vault.save("hue:a_b", secret)
        await store.vault.save("HUE:A_b", {})
        await store.vault.save("hap:1", {})
        copy = path.parent / "copy.db"
        await store.backup(copy)
    async with Store(path) as store:
        assert await store.vault.load("hue:a_b") == secret
        assert await store.vault.load("hue:none") is None
        assert await store.vault.keys("hue:a_") == ["hue:a_b"]
        assert await store.vault.keys("") == ["HUE:A_b", "hap:1", "hue:a_b"]
        await store.vault.drop("hue:a_b")
        await store.vault.drop("hue:a_b")
        assert await store.vault.load("hue:a_b") is None
    assert b"s3cr3t" not in path.read_bytes()
    assert b"s3cr3t" not in copy.read_bytes()


async def test_only_the_owner_may_read_the_files(path: Path) -> None:
    async with Store(path) as store:
        await store.vault.save("k", {})
        copy = path.parent / "copy.db"
        await store.backup(copy)
        for file in [*(file for file in path.parent.iterdir() if file.is_file()), copy]:
            assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_a_lost_key_is_told(path: Path) -> None:
    async with Store(path) as store:
        await store.vault.save("hue:1", {"a": 1})
    (path.parent / "vault.key").unlink()
    async with Store(path) as store:
        with pytest.raises(KeyLost, match=r"vault\.key"):
            await store.vault.load("hue:1")
        await store.vault.save("hue:1", {"a": 2})
        assert await store.vault.load("hue:1") == {"a": 2}
    (path.parent / "vault.key").write_text("rubbish")
    async with Store(path) as store:
        with pytest.raises(StoreError, match="damaged"):
            await store.vault.load("hue:1")


async def test_spending_adds_up_exactly(store: Store) -> None:
    start = datetime.now(UTC)
    for _ in range(1000):
        await store.spend("claude", 100, 10, 90, 0.0001)
    assert await store.spent_since(start) == 0.1
    assert await store.spent_since(datetime.now(UTC) + timedelta(seconds=1)) == 0


async def test_notes(store: Store) -> None:
    assert await store.note("k") is None
    await store.set_note("k", "1")
    await store.set_note("k", "2")
    assert await store.note("k") == "2"
    await store.set_note("k", None)
    assert await store.note("k") is None
