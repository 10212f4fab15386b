"""What lets Dobby into a device is in no file of its home folder, before a kill or after one."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dobby.conversation.answering import FORGOTTEN
from dobby.delivery.types import Message
from dobby.language.words import Words
from memory.store import Store
from tests.dobby.daemon.test_losses import reply, running

PASSWORD = "Xyzzy#Plugh77"
SAID = {
    "in an address": f"add the camera rtsp://root:{PASSWORD}@192.0.2.7/stream as yard camera",
    "with": f"pair the yard camera with admin and {PASSWORD}",
    "both told": f"the camera's user is root, the password is {PASSWORD}",
    "alone": f"the password of the doorbell is {PASSWORD}",
    "an answer": f"admin {PASSWORD}",
    "in quotes": f"the camera wants the password: {PASSWORD}.",
}
PINS = ("pair the bridge with 831-45-154", "831-45-154", "the pin is 831 45 154", "83145154")


def files_with(home: Path, *secrets: str) -> list[str]:
    held = [secret.encode().lower() for secret in secrets]
    return [
        str(path.relative_to(home))
        for path in home.rglob("*")
        if path.is_file() and any(one in path.read_bytes().lower() for one in held)
    ]


@pytest.mark.parametrize("text", [*SAID.values(), *PINS], ids=[*SAID, *PINS])
async def test_it_is_in_no_file_while_the_daemon_runs(tmp_path: Path, text: str) -> None:
    home = tmp_path / "home"
    secrets = ("xyzzy", "plugh77") if PASSWORD in text else ("831-45-154", "83145154", "831 45 154")
    async with running(home) as daemon:
        taken = await daemon.web.receive(Message("one", "web", "page", text, datetime.now(UTC)))
        assert taken
        assert files_with(home, *secrets) == []  # acknowledged, and perhaps not answered yet
        await reply(daemon.store, "one")
        await asyncio.sleep(0.05)
        assert files_with(home, *secrets) == []
        assert files_with(home, "web.token", "•••")  # the search itself finds


async def test_one_that_a_kill_took_along_is_asked_for_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    async with running(home) as daemon:
        owner = (await daemon.store.people())[0].id
    async with Store(home / "dobby.db") as store:  # kept, hidden as it came, and not answered
        text = "pair the yard camera with •••"
        await store.receive("web", "one", owner, "page", text)
    async with running(home) as daemon:
        assert await reply(daemon.store, "one") == Words().put(FORGOTTEN)


async def test_what_is_deleted_leaves_the_log_at_times(tmp_path: Path) -> None:
    home = tmp_path / "home"
    async with Store(home / "dobby.db") as store:
        await store.set_note("k", PASSWORD)
        await store.set_note("k", "another")
        await store.set_note("k", None)
        assert files_with(home, PASSWORD)  # in the log, which is why
        await store.tidy_log()
        assert files_with(home, PASSWORD) == []
        assert (home / "dobby.db-wal").stat().st_size == 0
        await store.set_note("k", "goes on")
