"""Messages in: kept first, answered once, in order, through crashes of every part."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from devices.capabilities import Power
from dobby.agent.calls import Context, ToolCall, Understanding
from dobby.agent.tool import ToolResult
from dobby.agent.turn import Act, Said, Stream, Thought
from dobby.conversation import answering
from dobby.conversation.answering import BROKEN, CUT, MAX_ATTEMPTS, MOST_PARTS
from dobby.conversation.journal import cut_short, result_json
from dobby.delivery.splitting import units
from dobby.delivery.types import Attachment, ChannelLimits, Message, Outgoing
from dobby.language.words import Words
from dobby.people.registry import NOTICE
from dobby.people.roles import Role
from memory.errors import StoreError
from memory.store import Store
from tests.dobby.message_path import MessagePath, message_path
from tests.dobby.plain_reflex import PlainReflex

LIGHT = "declared:kitchen_light"
DOOR = "declared:front_door"


@dataclass
class Page:
    """A channel like the web page's."""

    name: str = "web"
    limits: ChannelLimits = field(default_factory=lambda: ChannelLimits(4000))
    told: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, out: Outgoing) -> str:
        self.told.append((out.address, out.text))
        self.news.set()
        return str(len(self.told))

    async def wait_for(self, count: int) -> list[str]:
        async with asyncio.timeout(10):
            while len(self.told) < count:
                self.news.clear()
                await self.news.wait()
        return [text for _, text in self.told]


def message(text: str, number: int = 1, address: str = "anna", **more: Any) -> Message:
    more.setdefault("at", datetime.now(UTC))
    return Message(f"m{number}", "web", address, text, **more)


async def family(path: MessagePath) -> None:
    await path.people.ensure("web", "anna", "Anna", Role.OWNER)
    await path.people.ensure("web", "ben", "Ben", Role.ADULT)


async def left_behind(home: Path, text: str, steps: Sequence[dict[str, Any]]) -> None:
    """The database as a run leaves it that was killed in the middle of a turn."""
    async with message_path(home, channels=[Page()], answer=False) as path:
        await family(path)
        await path.inbox.receive(message(text))
        await path.store.begin(1)
        for step in steps:
            await path.store.journal(1, step)


async def test_a_message_is_on_the_disk_before_it_is_acknowledged(tmp_path: Path) -> None:
    async with message_path(tmp_path, channels=[Page()], answer=False) as path:
        await family(path)
        assert await path.inbox.receive(message("turn on the kitchen light"))
        assert not await path.inbox.receive(message("turn on the kitchen light"))
        (kept,) = await path.store.unfinished()
        assert kept.text == "turn on the kitchen light"
        assert path.state("kitchen_light")["power"] == {"on": False}


async def test_one_person_is_answered_in_order_and_others_meanwhile(tmp_path: Path) -> None:
    page, gate = Page(), asyncio.Event()

    class SlowForAnna(PlainReflex):
        def understand(self, text: str, context: Context) -> Understanding:
            return super().understand(text, context)

    async def hold(text: str) -> None:
        if text == "first":
            await gate.wait()

    async with message_path(
        tmp_path, channels=[page], reflex=SlowForAnna(), model=Slow(hold)
    ) as path:
        await family(path)
        await path.inbox.receive(message("first", 1))
        await path.inbox.receive(message("second", 2))
        await path.inbox.receive(message("third", 3, "ben"))
        assert ["third" in told for told in await page.wait_for(1)] == [True]
        gate.set()
        told = await page.wait_for(3)
        for line, said in zip(told, ("third", "first", "second"), strict=True):
            assert f"“heard {said}”" in line
        await path.inbox.drain()


@dataclass
class Slow:
    """A model that says what it heard, when it may."""

    hold: Any

    async def think(self, said: Said, act: Act, stream: Stream | None) -> Thought:
        await self.hold(said.text)
        return Thought(words=f"heard {said.text}")


@pytest.mark.parametrize("limit", [60, 160, 1000])
async def test_of_a_long_answer_five_parts_are_sent(limit: int, tmp_path: Path) -> None:
    """Also where characters count twice; that more was left off is said."""
    page = Page(limits=ChannelLimits(limit))

    class Long:
        async def think(self, said: Said, act: Act, stream: Stream | None) -> Thought:
            return Thought(words="The moon is far away 🌙. " * 200)

    async with message_path(tmp_path, channels=[page], model=Long()) as path:
        await family(path)
        await path.inbox.receive(message("a poem please"))
        await page.wait_for(MOST_PARTS if limit < 300 else 2)
    told = [text for _, text in page.told]
    assert all(units(part) <= limit for part in told)
    if limit < 300:
        assert len(told) == MOST_PARTS
        assert [part.endswith(CUT) for part in told] == [False] * (MOST_PARTS - 1) + [True]
    else:  # a model is not heard for longer than that
        assert 1 < len(told) <= MOST_PARTS
        assert not [part for part in told if part.endswith(CUT)]


async def test_a_broken_turn_is_owned_up_to_and_blocks_nothing(tmp_path: Path) -> None:
    page = Page()

    async def fail(text: str) -> None:
        if text == "break":
            raise ZeroDivisionError

    async with message_path(tmp_path, channels=[page], model=Slow(fail)) as path:
        await family(path)
        await path.inbox.receive(message("break", 1))
        await path.inbox.receive(message("go on", 2))
        broken, after = await page.wait_for(2)
        assert broken == Words().put(BROKEN)
        assert "“heard go on”" in after
        assert await path.store.unfinished() == []


async def test_a_turn_that_hangs_is_ended(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("dobby.conversation.answering.TURN_S", 0.05)
    page = Page()

    async def hang(text: str) -> None:
        await asyncio.Event().wait()

    async with message_path(tmp_path, channels=[page], model=Slow(hang)) as path:
        await family(path)
        await path.inbox.receive(message("hello"))
        assert await page.wait_for(1) == [Words().put(BROKEN)]


async def test_a_message_that_kills_is_not_tried_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "GIVES_UP", timedelta())  # it need not be five minutes here
    await left_behind(tmp_path, "turn on the kitchen light", [])
    async with Store(tmp_path / "dobby.db") as store:
        for _ in range(MAX_ATTEMPTS):
            await store.begin(1)
    page = Page()
    async with message_path(tmp_path, channels=[page]) as path:
        assert await page.wait_for(1) == [
            Words().say("given-up", n=MAX_ATTEMPTS, text="turn on the kitchen light")
        ]
        assert path.state("kitchen_light")["power"] == {"on": False}


async def test_attack_12_a_stranger_gets_one_notice_and_no_brain(tmp_path: Path) -> None:
    page = Page()

    async def never(text: str) -> None:
        raise AssertionError("a brain saw a stranger's text")

    async with message_path(tmp_path, channels=[page], model=Slow(never)) as path:
        await path.inbox.receive(message("unlock the front door", 1, "eve"))
        await path.inbox.receive(message("please!", 2, "eve"))
        await path.inbox.drain()
        await path.inbox.receive(message("hm", 3, "eve"))
        await path.inbox.drain()
        assert await page.wait_for(1) == [Words().put(NOTICE)]
        assert path.state("front_door")["lock"] == {"locked": True}
        assert await path.store.audited() == []


async def test_attack_10_an_old_wish_is_asked_about(tmp_path: Path) -> None:
    page = Page()
    async with message_path(tmp_path, channels=[page]) as path:
        await family(path)
        six_hours_ago = datetime.now(UTC) - timedelta(hours=6, minutes=1)
        await path.inbox.receive(message("unlock the front door", at=six_hours_ago))
        (answer,) = await page.wait_for(1)
        assert "“unlock the front door” 6 hours 1 minute ago" in answer
        assert path.state("front_door")["lock"] == {"locked": True}
        assert len(await path.store.steps(1)) == 0


async def test_attack_17_a_refusal_is_audited(tmp_path: Path) -> None:
    page = Page()
    async with message_path(tmp_path, channels=[page]) as path:
        guest = await path.people.ensure("web", "gus", "Gus", Role.GUEST)
        await path.inbox.receive(message("unlock the front door", 1, "gus"))
        (answer,) = await page.wait_for(1)
        assert "guest may not" in answer
        refused = [row for row in await path.store.audited() if row.action == "refused"]
        assert [(row.actor, row.detail["call"]["name"]) for row in refused] == [(guest.id, "lock")]


async def test_receipts_are_audited_with_the_reply(tmp_path: Path) -> None:
    page = Page()
    async with message_path(tmp_path, channels=[page]) as path:
        await family(path)
        await path.inbox.receive(message("turn on the kitchen light"))
        await page.wait_for(1)
        (receipt,) = await path.store.receipts(1)
        assert (receipt["device"], receipt["outcome"]) == (LIGHT, "verified")
        assert await path.store.check_audit() == []


async def test_the_conversation_goes_on_after_a_restart(tmp_path: Path) -> None:
    page = Page()
    async with message_path(tmp_path, channels=[page]) as path:
        await family(path)
        await path.inbox.receive(message("unlock the front door", 1))
        (asked,) = await page.wait_for(1)
    code = next(word for word in asked.split() if word.isdigit())
    async with message_path(tmp_path, channels=[page]) as path:
        await path.inbox.receive(message(code, 2))
        assert (await page.wait_for(2))[1] == "The front door is unlocked."


async def test_pictures_without_words_are_owned_up_to(tmp_path: Path) -> None:
    page = Page()
    async with message_path(tmp_path, channels=[page]) as path:
        await family(path)
        picture = Attachment("image", "https://example.org/a.jpg", "image/jpeg")
        await path.inbox.receive(message("", attachments=(picture,)))
        assert await page.wait_for(1) == ["You sent something along that I could not fetch."]


@dataclass
class Album(Page):
    """A channel that fetches, all files at once."""

    begun: list[str] = field(default_factory=list[str])
    together: asyncio.Barrier = field(default_factory=lambda: asyncio.Barrier(3))

    async def keep(self, attachment: Attachment, name: str) -> bool:
        self.begun.append(name)
        async with asyncio.timeout(5):
            await self.together.wait()
        return True


async def test_files_are_not_waited_for_one_by_one(tmp_path: Path) -> None:
    page = Album()
    async with message_path(tmp_path, channels=[page]) as path:
        await family(path)
        files = tuple(Attachment("image", f"https://x.example/{n}") for n in range(3))
        await path.inbox.receive(message("", attachments=files))
        assert "keep the picture" in (await page.wait_for(1))[0]
    assert sorted(page.begun) == ["1-0", "1-1", "1-2"]


async def test_a_room_comes_through(tmp_path: Path) -> None:
    page, rooms = Page(), list[str | None]()

    class Listening(PlainReflex):
        def understand(self, text: str, context: Context) -> Understanding:
            rooms.append(context.room)
            return super().understand(text, context)

    async with message_path(tmp_path, channels=[page], answer=False) as path:
        await family(path)
        await path.inbox.receive(message("hello", room="Hall"))
    async with message_path(tmp_path, channels=[page], reflex=Listening()) as path:
        await page.wait_for(1)
        await path.inbox.receive(message("hello", 2, room="Kitchen"))
        await page.wait_for(2)
    assert rooms == ["Hall", "Kitchen"]


async def test_an_invitation_is_redeemed_and_no_brain_sees_it(tmp_path: Path) -> None:
    page = Page()
    async with message_path(tmp_path, channels=[page]) as path:
        await family(path)
        await path.inbox.receive(message("invite Cleo as adult", 1))
        (invited,) = await page.wait_for(1)
        code = invited.partition("adult: ")[2][:9]
        await path.inbox.receive(message(code, 2, "cleo"))
        assert (await page.wait_for(2))[1].startswith("Welcome, Cleo")
        await path.inbox.receive(message("turn on the kitchen light", 3, "cleo"))
        assert (await page.wait_for(3))[2] == "The kitchen light is on."


# After a crash -----------------------------------------------------------------------------

TURN_ON = ToolCall(name="power", arguments={"devices": [LIGHT], "on": True}).model_dump()
SKIP = ToolCall(name="skip", arguments={"devices": ["declared:speaker"], "to": "next"}).model_dump()
UNLOCK = ToolCall(name="lock", arguments={"devices": [DOOR], "locked": False}).model_dump()


async def answered_after(home: Path, text: str, steps: Sequence[dict[str, Any]]) -> tuple[str, Any]:
    """What a restart answers to a turn that was cut short, and the house after it."""
    await left_behind(home, text, steps)
    page = Page()
    started = asyncio.get_running_loop().time()
    async with message_path(home, channels=[page]) as path:
        (answer,) = await page.wait_for(1)
        assert asyncio.get_running_loop().time() - started < 3
        await path.inbox.drain()
        assert len(page.told) == 1
        return answer, {key: path.house.state(f"declared:{key}") for key in
                        ("kitchen_light", "front_door", "speaker")}  # fmt: skip


async def test_what_was_not_begun_is_simply_done(tmp_path: Path) -> None:
    answer, house = await answered_after(tmp_path, "turn on the kitchen light", [])
    assert (answer, house["kitchen_light"]["power"]) == ("The kitchen light is on.", Power(on=True))


async def test_a_plan_is_finished_as_it_was_planned(tmp_path: Path) -> None:
    # The words would now mean something else: the plan counts.
    steps = [{"planned": [TURN_ON], "confirmed": False}]
    answer, house = await answered_after(tmp_path, "the usual", steps)
    assert (answer, house["kitchen_light"]["power"]) == ("The kitchen light is on.", Power(on=True))


async def test_what_is_not_absolute_is_not_repeated(tmp_path: Path) -> None:
    steps = [{"planned": [TURN_ON, SKIP], "confirmed": False}]
    answer, house = await answered_after(tmp_path, "next song and light on", steps)
    assert answer.startswith("The kitchen light is on. I was interrupted and did not repeat this:")
    assert "media" not in house["speaker"]


async def test_what_was_done_is_told_and_not_done_again(tmp_path: Path) -> None:
    page = Page()
    async with message_path(tmp_path / "first", channels=[page]) as path:
        await family(path)
        await path.inbox.receive(message("turn on the kitchen light"))
        await page.wait_for(1)
        steps = await path.store.steps(1)
    assert [sorted(step) for step in steps] == [["brain", "confirmed", "planned"], ["done"]]
    answer, house = await answered_after(tmp_path, "turn on the kitchen light", steps)
    assert answer == "The kitchen light is on."
    assert house["kitchen_light"]["power"] == Power(on=False)  # this house was not touched again


async def asked_for_a_code(home: Path) -> str:
    page = Page()
    async with message_path(home, channels=[page]) as path:
        await family(path)
        await path.inbox.receive(message("unlock the front door"))
        return (await page.wait_for(1))[0].partition("send ")[2][:4]


async def test_attack_21_a_code_used_before_the_crash_is_used_up(tmp_path: Path) -> None:
    code = await asked_for_a_code(tmp_path)
    call = ToolCall.model_validate(UNLOCK)
    async with message_path(tmp_path, channels=[Page()], answer=False) as path:
        await path.inbox.receive(message(code, 2))
        await path.store.begin(2)
        await path.store.journal(2, {"planned": [UNLOCK], "confirmed": True})
        await path.store.journal(2, {"done": [result_json(ToolResult(call, words="Unlocked."))]})
    async with message_path(tmp_path, channels=[page := Page()]) as path:
        assert await page.wait_for(1) == ["Unlocked."]
        await path.inbox.receive(message(code, 3))
        assert (await page.wait_for(2))[1].startswith("Nothing is waiting for a code.")
        assert path.state("front_door")["lock"] == {"locked": True}


async def test_after_the_crash_it_is_what_was_spoken_of_last(tmp_path: Path) -> None:
    await left_behind(tmp_path, "the usual", [{"planned": [TURN_ON], "confirmed": False}])
    async with message_path(tmp_path, channels=[page := Page()]) as path:
        await page.wait_for(1)
        assert path.state("kitchen_light")["power"] == {"on": True}
        await path.inbox.receive(message("turn off it", 2))
        await page.wait_for(2)
        assert path.state("kitchen_light")["power"] == {"on": False}


@dataclass
class Brightens:
    """A model that looks first, and then sets."""

    async def think(self, said: Said, act: Act, stream: Stream | None) -> Thought:
        await act([ToolCall(name="read_state", arguments={"devices": [LIGHT]})])
        await act([ToolCall(name="brightness", arguments={"devices": [LIGHT], "percent": 60})])
        return Thought()


async def test_a_model_that_had_only_looked_begins_anew(tmp_path: Path) -> None:
    looked = ToolCall(name="read_state", arguments={"devices": [LIGHT]})
    plan = {"planned": [looked.model_dump()], "confirmed": False, "brain": "model"}
    done = {"done": [result_json(ToolResult(looked, words="Kitchen light is off."))]}
    await left_behind(tmp_path, "as bright as it suits the hour", [plan, done])
    async with message_path(tmp_path, channels=[page := Page()], model=Brightens()) as path:
        await page.wait_for(1)
        assert path.state("kitchen_light")["brightness"] == {"percent": 60}


async def test_a_model_cut_short_owns_up_to_it(tmp_path: Path) -> None:
    steps = [{"planned": [TURN_ON], "confirmed": False, "brain": "model"}]
    answer, _ = await answered_after(tmp_path, "cosy, please", steps)
    assert "I was interrupted" in answer


async def test_what_the_store_could_not_finish_is_tried_again(
    tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr("dobby.conversation.inbox.FIRST_PAUSE_S", 0.01)
    async with message_path(tmp_path, channels=[page := Page()]) as path:
        await family(path)
        finish, failures = path.store.finish, [StoreError("locked"), StoreError("locked")]

        async def faulty(*args: Any, **more: Any) -> bool:
            if failures:
                raise failures.pop()
            return await finish(*args, **more)

        monkeypatch.setattr(path.store, "finish", faulty)
        await path.inbox.receive(message("next song on the kitchen speaker"))
        assert len(await page.wait_for(1)) == 1
        await path.inbox.drain()
        assert len(page.told) == 1


async def test_a_room_that_cannot_be_kept_loses_no_message(
    tmp_path: Path, monkeypatch: Any
) -> None:
    async with message_path(tmp_path, channels=[page := Page()]) as path:
        await family(path)
        journal, failures = path.store.journal, [StoreError("locked")]

        async def faulty(*args: Any) -> None:
            if failures:
                raise failures.pop()
            await journal(*args)

        monkeypatch.setattr(path.store, "journal", faulty)
        assert await path.inbox.receive(message("turn on the kitchen light", room="Kitchen"))
        await page.wait_for(1)
        assert path.state("kitchen_light")["power"] == {"on": True}


async def test_a_refused_and_an_asking_call_come_through_the_diary(tmp_path: Path) -> None:
    call = ToolCall.model_validate(UNLOCK)
    results = [
        ToolResult(call, refused="A guest may not."),
        ToolResult(call, asks=call),
        ToolResult(call, words="Hello."),
    ]
    cut = cut_short([{"done": [result_json(result) for result in results]}], bool)
    assert cut
    assert cut.done == results
