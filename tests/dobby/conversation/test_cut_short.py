"""What needed a code is done once a code, whenever Dobby dies."""

from __future__ import annotations

import asyncio
import re
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from devices.capabilities import Alarm, Capability, Climate, Lock, Position, Power
from devices.virtual.declared import Declared, HouseFile
from dobby.delivery.types import Channel
from dobby.language.brain import Language
from memory.errors import DiskFull
from tests.dobby.conversation.test_inbox import (
    UNLOCK,
    Page,
    asked_for_a_code,
    family,
    left_behind,
    message,
)
from tests.dobby.message_path import HOUSE, MessagePath, message_path

LIGHT, DOOR, BOILER = "declared:kitchen_light", "declared:front_door", "declared:boiler"
GARAGE, GATE, ALARM = "declared:garage", "declared:gate", "declared:alarm"
GUARDED = HouseFile.model_validate(
    {
        "devices": {
            **HOUSE.model_dump()["devices"],
            "garage": {"name": "Garage door", "kind": "garage", "state": {"position": 0}},
            "gate": {"name": "Gate", "kind": "gate", "state": {"power": False}},
            "alarm": {"name": "Alarm", "kind": "alarm", "state": {"alarm": "home"}},
        }
    }
)


RISKY: dict[str, tuple[dict[str, Any], str, Capability, Capability, str]] = {
    "an unlock": (UNLOCK, DOOR, Lock(locked=True), Lock(locked=False), "is unlocked"),
    "an opening": (
        {"name": "position", "arguments": {"devices": [GARAGE], "percent": 100}},
        GARAGE, Position(percent=0), Position(percent=100), "is open",
    ),
    "a relay of a gate": (
        {"name": "power", "arguments": {"devices": [GATE], "on": True}},
        GATE, Power(on=False), Power(on=True), "is on",
    ),
    "heat": (
        {"name": "climate", "arguments": {"devices": [BOILER], "target": 65}},
        BOILER, Climate(target=50), Climate(target=65), "is set to 65",
    ),
    "an alarm switched off": (
        {"name": "alarm", "arguments": {"devices": [ALARM], "mode": "disarmed"}},
        ALARM, Alarm(mode="home"), Alarm(mode="disarmed"), "is disarmed",
    ),
}  # fmt: skip


def guarded(
    home: Path, page: Channel, *, answer: bool = True
) -> AbstractAsyncContextManager[MessagePath]:
    return message_path(home, channels=[page], declared=GUARDED, answer=answer)


def found(path: MessagePath, device: str, state: Capability, fault: str | None = None) -> None:
    """How it stands when Dobby comes back."""
    driver = path.house.driver_of(device)
    assert isinstance(driver, Declared)
    driver.set_state(device, {state.kind: state}, fault)


@pytest.mark.parametrize("kind", RISKY)
async def test_what_needed_a_code_is_done_once_a_code(tmp_path: Path, kind: str) -> None:
    """Somebody locked it by hand while Dobby was dead: it stays locked until a new code."""
    call, device, before, after, _ = RISKY[kind]
    await left_behind(tmp_path, "1234", [{"planned": [call], "confirmed": True}])
    async with guarded(tmp_path, page := Page()) as path:
        (answer,) = await page.wait_for(1)
        assert "I was interrupted" in answer
        code = re.search(r"send (\d{4}) within two minutes", answer)
        assert code, answer
        assert path.house.state(device)[before.kind] == before
        await path.inbox.receive(message(code[1], 2))
        assert "I was interrupted" not in (await page.wait_for(2))[1]
        assert path.house.state(device)[after.kind] == after


@pytest.mark.parametrize("kind", RISKY)
async def test_what_needed_a_code_and_is_so_already_is_told(tmp_path: Path, kind: str) -> None:
    call, device, _, after, words = RISKY[kind]
    await left_behind(tmp_path, "1234", [{"planned": [call], "confirmed": True}])
    async with guarded(tmp_path, page := Page(), answer=False) as path:
        found(path, device, after)
        answering = asyncio.create_task(path.inbox.run())
        (answer,) = await page.wait_for(1)
        assert words in answer
        assert "send" not in answer
        answering.cancel()


async def test_a_door_that_does_not_answer_after_the_crash_is_not_asked_about(
    tmp_path: Path,
) -> None:
    await left_behind(tmp_path, "1234", [{"planned": [UNLOCK], "confirmed": True}])
    async with guarded(tmp_path, page := Page(), answer=False) as path:
        found(path, DOOR, Lock(locked=True), "gone")
        answering = asyncio.create_task(path.inbox.run())
        (answer,) = await page.wait_for(1)
        assert answer == (
            "The front door did not answer. I was interrupted, and do not do that again by myself."
        )
        answering.cancel()


async def test_killed_again_while_it_asks_anew_it_asks_anew(tmp_path: Path) -> None:
    """The code stays used up, and nothing that it freed is done by a later start."""
    code = await asked_for_a_code(tmp_path)
    async with guarded(tmp_path, Page(), answer=False) as path:
        await path.inbox.receive(message(code, 2))
        for confirmed in (True, False):
            await path.store.begin(2)
            await path.store.journal(2, {"planned": [UNLOCK], "confirmed": confirmed})
    async with guarded(tmp_path, page := Page()) as path:
        (answer,) = await page.wait_for(1)
        assert answer.startswith("The front door is locked. I was interrupted")
        await path.inbox.receive(message(code, 3))
        assert "not right" in (await page.wait_for(2))[1]
        assert path.state("front_door")["lock"] == {"locked": True}


# What was wished later ---------------------------------------------------------------------------


def dim(percent: int) -> dict[str, Any]:
    return {"name": "brightness", "arguments": {"devices": [LIGHT], "percent": percent}}


async def test_a_plan_does_not_undo_what_somebody_else_wished_since(tmp_path: Path) -> None:
    """Anna's turn was cut short; Ben's, planned after it, was not. A look of his undoes nothing."""
    look = {"name": "read_state", "arguments": {"devices": [LIGHT]}}
    async with message_path(tmp_path, channels=[Page()], answer=False) as path:
        await family(path)
        for number, (address, calls) in enumerate(
            {"anna": [dim(10)], "ben": [dim(50)], "cleo": [look]}.items(), start=1
        ):
            await path.inbox.receive(message("as we said", number, address))
            await path.store.begin(number)
            await path.store.journal(number, {"planned": calls, "confirmed": False})
        await path.store.finish(3)
    async with message_path(tmp_path, channels=[page := Page()]) as path:
        await page.wait_for(2)
        await path.inbox.drain()
        told = dict(page.told)
        assert told["anna"].startswith("I was interrupted and did not repeat this:")
        assert told["ben"] == "The kitchen light is at 50%."
        assert path.state("kitchen_light")["brightness"] == {"percent": 50}


@pytest.mark.parametrize("fails", ["begin", "journal", "finish"])
async def test_on_a_full_disk_what_was_said_last_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    """The first message's writes find no room for a while, those of the second do."""
    monkeypatch.setattr("dobby.conversation.inbox.FIRST_PAUSE_S", 0.05)
    async with message_path(tmp_path, channels=[page := Page()], reflex=Language()) as path:
        await family(path)
        left = 3
        sound = {name: getattr(path.store, name) for name in (fails, "finish")}

        def failing(name: str) -> Any:
            async def write(number: int, *args: Any, **more: Any) -> Any:
                nonlocal left
                if number == 1 and left:
                    left -= name == "finish" or fails == "begin"
                    raise DiskFull
                return await sound[name](number, *args, **more)

            return write

        for name in sound:
            monkeypatch.setattr(path.store, name, failing(name))
        await path.inbox.receive(message("set the kitchen light to 10%", 1))
        await path.inbox.receive(message("set the kitchen light to 50%", 2))
        assert (await page.wait_for(2))[-1] == "The kitchen light is at 50%."
        await path.inbox.drain()
        assert path.state("kitchen_light")["brightness"] == {"percent": 50}
        assert ["at 10%" in text for _, text in page.told] == [True, False]
