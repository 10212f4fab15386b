"""Pictures that a tool shows go with the reply, on whatever channel, also after a crash."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from devices.house import House
from dobby.agent.calls import Context, ToolCall, Understanding
from dobby.agent.tool import BuiltInTool, Caller, Shown, ToolResult
from dobby.agent.tools import Toolbox
from dobby.agent.turn import Agent
from dobby.channels.local import LocalChannel
from dobby.conversation.answering import Answerer
from dobby.conversation.inbox import Inbox
from dobby.conversation.journal import cut_short, result_json
from dobby.delivery.outbox import Outbox
from dobby.delivery.types import Message
from dobby.locale import Locale
from dobby.people.registry import People
from dobby.people.roles import Role
from memory.store import Store

LOOK = ToolCall(name="look", arguments={"pin": "1234", "at": "door"})


class Looks:
    def understand(self, text: str, context: Context) -> Understanding:
        return Understanding(calls=(LOOK,))


@dataclass
class Way:
    inbox: Inbox
    store: Store
    page: LocalChannel


@asynccontextmanager
async def path(home: Path, words: str = "Here is the door.") -> AsyncIterator[Way]:
    async def look(arguments: dict[str, Any], caller: Caller) -> Shown:
        return Shown(words, ("one", "two", "one"))

    async with Store(home / "dobby.db") as store, House([], store.vault) as house:
        people = People(store)
        await people.ensure("web", "page", "Anna", Role.OWNER)
        page = LocalChannel("web", lambda media, for_s: f"/shown/{media}")
        outbox = Outbox(store, [page])
        tool = BuiltInTool("look", "Look.", {"type": "object", "properties": {}}, look)
        agent = Agent(house, Toolbox(house, [tool]), Looks())
        inbox = Inbox(
            store, people, Answerer(store, people, agent, outbox, Locale(ZoneInfo("UTC")))
        )
        tasks = [asyncio.create_task(work()) for work in (outbox.run, inbox.run)]
        yield Way(inbox, store, page)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def said(text: str) -> Message:
    return Message("m1", "web", "page", text, datetime.now(UTC))


async def test_pictures_go_with_the_reply(tmp_path: Path) -> None:
    async with path(tmp_path) as here, here.page.listening() as told:
        await here.inbox.receive(said("show me the door"))
        async with asyncio.timeout(10):
            line = await told.get()
        assert line["text"] == "Here is the door."
        assert line["pictures"] == ["/shown/picture:one", "/shown/picture:two"]
        assert "changed" not in line


async def test_they_go_with_the_first_part_of_a_long_one(tmp_path: Path) -> None:
    async with path(tmp_path, "It is closed. " * 2000) as here, here.page.listening() as told:
        await here.inbox.receive(said("show me the door"))
        async with asyncio.timeout(10):
            first, second = await told.get(), await told.get()
        assert len(first["pictures"]) == 2
        assert second["pictures"] == []


async def test_a_turn_cut_short_after_the_look_shows_what_it_saw(tmp_path: Path) -> None:
    seen = ToolResult(LOOK, words="Here it was.", pictures=("old",))
    async with Store(tmp_path / "dobby.db") as store:
        anna = await People(store).ensure("web", "page", "Anna", Role.OWNER)
        kept = await store.receive("web", "m1", anna.id, "page", "show me the door")
        assert kept is not None
        await store.journal(kept.id, {"done": [result_json(seen)]})
    async with path(tmp_path) as here, here.page.listening() as told:
        async with asyncio.timeout(10):
            line = await told.get()
        assert line["pictures"] == ["/shown/picture:old"]


async def test_the_diary_keeps_no_secrets(tmp_path: Path) -> None:
    async with path(tmp_path) as here, here.page.listening() as told:
        await here.inbox.receive(said("show me the door"))
        async with asyncio.timeout(10):
            await told.get()
        steps = await here.store.steps(1)
        assert len(steps) == 2
        assert "1234" not in str(steps)
        assert "door" in str(steps)


def test_results_of_an_older_version_have_no_pictures() -> None:
    told = result_json(ToolResult(LOOK, words="Here.", pictures=("one",)))
    cut = cut_short([{"done": [told]}], bool)
    assert cut is not None
    assert cut.done[0].pictures == ("one",)
    del told["pictures"]
    cut = cut_short([{"done": [told]}], bool)
    assert cut is not None
    assert cut.done[0].pictures == ()
