""" "STOP", said while something moves: it waits for no turn, and says what stopped."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from devices.capabilities import Position
from devices.drivers.homekit.driver import HomeKit
from devices.virtual.homekit import HomeKitHouse
from dobby.agent.stopping import is_stop, overtakes
from dobby.delivery.types import Message
from dobby.language.words import Words
from tests.dobby.agent.cameras.test_passwords import Home, home
from tests.dobby.agent.test_pairing import meet

SLOW = 0.2


async def send(here: Home, text: str) -> None:
    here.said += 1
    await here.inbox.receive(Message(f"m{here.said}", "web", "page", text, datetime.now(UTC)))


@pytest.mark.parametrize("stop", ["STOP", "please stop the blinds"])
async def test_a_stop_overtakes_the_message_before_it(tmp_path: Path, stop: str) -> None:
    async with (
        HomeKitHouse(tmp_path / "bridge", pace=SLOW) as bridge,
        home(tmp_path / "home", (HomeKit,)) as here,
    ):
        await meet(here.house, bridge.announcements()[0])
        await here.house.pair(next(iter(here.house.strangers)), bridge.pin)
        assert await here.say("stop") == Words().say("nothing-moves")
        blinds = next(d.id for d in here.house.devices.values() if d.name == "Bedroom blinds")
        async with here.page.listening() as told, here.house.events() as events:
            await send(here, "open the bedroom blinds")
            async with asyncio.timeout(10):
                while here.house.state(blinds)["position"] == Position(percent=0):
                    await events.get()
            await send(here, "turn on the desk lamp")
            await send(here, stop)
            replies: list[str] = []
            async with asyncio.timeout(15):
                while len(replies) < 3:
                    line = await told.get()
                    if line["who"] == "dobby":
                        replies.append(str(line["text"]))
        assert "have stopped" in replies[0] or "has stopped" in replies[0]
        assert "stopped (" in replies[1]
        assert "open)" in replies[1]
        if stop == "STOP":
            assert "I have not begun with “turn on the desk lamp”" in replies[2]
        else:
            assert replies[2] == "The desk lamp is on."


@pytest.mark.parametrize(
    "said",
    ["stop", "STOP!!!", "Dobby, stop", "stop stop stop", "halt", "please stop everything now",
     "no, stop!", "ok stop it"],
)  # fmt: skip
def test_it_is_a_plain_stop(said: str) -> None:
    assert is_stop(said)
    assert overtakes(said)


@pytest.mark.parametrize(
    "said",
    ["stop the music", "stop that timer", "don't stop", "when does it stop?", "stop telling me",
     "the bus stop", "stop by the shop and remind me", "no para de llover"],
)  # fmt: skip
def test_it_is_none(said: str) -> None:
    assert not is_stop(said)


@pytest.mark.parametrize(
    "said",
    ["stopp das Garagentor", "arrête le portail", "para la persiana", "zatrzymaj bramę garażową"],
)
def test_a_stop_in_any_language_waits_for_nothing(said: str) -> None:
    assert overtakes(said)
    assert not is_stop(said)


@pytest.mark.parametrize("said", ["stop watching the drive", "don't stop", "stopping is fine"])
def test_it_waits_its_turn(said: str) -> None:
    assert not overtakes(said)


@pytest.mark.parametrize(
    "text",
    ["hey stop", "no, stop!", "ok, stop at once", "nein, stopp!", "hey, halt an", "non, arrête !",
     "hé, stop tout de suite", "oye, para ahora mismo", "nee, hou op", "hej, stój!"],
)  # fmt: skip
def test_a_stop_is_one_whatever_cry_stands_beside_it(text: str) -> None:
    assert is_stop(text)
    assert overtakes(text)
