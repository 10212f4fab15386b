"""What reaches people is said in their words, and says which."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from devices.capabilities import CAPABILITIES
from dobby.agent.calls import ToolCall
from dobby.agent.phrases import able
from dobby.agent.tool import Caller
from dobby.commands.try_house import Trial
from dobby.language.words import Words
from dobby.people.roles import Person, Role

TECHNICAL = re.compile(r"Input should|Field required|Extra inputs|color_|fan_speed|play_mode|_temp")
HOUSE = {
    "people": {"Olga": "owner", "Ben": "adult"},
    "rooms": ["Hall", "Den", "Loft", "Attic", "Yard", "Shed"],
    "devices": {
        "garden": {"name": "Garden camera", "kind": "camera", "can": ["snapshot"], "state": {}},
        "backyard": {"name": "Backyard camera", "kind": "camera", "can": ["snapshot"], "state": {}},
        "pond": {"name": "Pond camera", "kind": "camera", "can": ["snapshot"], "state": {}},
        "door": {"name": "Front door", "kind": "lock", "room": "Hall", "state": {"lock": True}},
        "tv": {"name": "Den TV", "kind": "tv", "room": "Den",
               "state": {"power": True, "volume": 20, "mute": False, "source": "HDMI"}},
        "plug": {"name": "Iron plug", "kind": "outlet", "room": "Hall", "state": {"power": True}},
        **{f"lamp{n}": {"name": f"Lamp {n}", "kind": "light", "room": room,
                        "state": {"power": True, "brightness": 50}}
           for n, room in enumerate(("Hall", "Den", "Loft", "Attic", "Yard", "Shed"))},
    },
}  # fmt: skip


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Trial]:
    path = tmp_path / "house.yaml"
    path.write_text(json.dumps(HOUSE))  # which is YAML
    async with Trial(path) as trial:
        yield trial


def test_every_ability_that_is_set_has_words() -> None:
    wordless = {"skip", "media", "play_mode", "reading"}  # of what plays, and of what only measures
    assert {kind for kind in CAPABILITIES if not able({kind}, Words())} == wordless


@pytest.mark.parametrize("name", ["brightness", "power", "volume", "climate", "camera_settings"])
@pytest.mark.parametrize("fields", [{"percent": 500}, {"percent": "x"}, {"nonsense": 1}, {}])
async def test_a_call_that_cannot_be_is_refused_in_plain_words(
    house: Trial, name: str, fields: dict[str, object]
) -> None:
    caller = Caller(Person("olga", "Olga", Role.OWNER), house_now())
    call = ToolCall(name=name, arguments={"devices": ["declared:lamp1"], **fields})
    (result,) = await house.agent._toolbox.run([call], caller)  # pyright: ignore[reportPrivateUsage]
    assert not TECHNICAL.search(result.refused)
    assert not re.search(r"\\w\\.\\w|: Input", result.refused)


def house_now() -> datetime:

    return datetime(2026, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["dim the iron plug", "lock the den tv", "heat lamp 1 to 20", "open lamp 2"]
)
async def test_what_cannot_be_done_is_said_in_plain_words(house: Trial, text: str) -> None:
    said = await house.say(text, "Olga")
    assert not said.receipts
    assert "It can:" not in said.reply
    assert not TECHNICAL.search(said.reply)


async def test_many_things_are_told_apart_by_kind(house: Trial) -> None:
    said = await house.say("turn everything off", "Olga")
    assert said.reply.startswith("The Den TV, Iron plug and 6 lights") or "6 lights" in said.reply
    assert "Den TV" in said.reply
    assert "devices" not in said.reply


async def test_help_knows_what_there_is(house: Trial) -> None:
    reply = (await house.say("help", "Olga")).reply.casefold()
    for topic in ("list", "timer", "camera", "remember", "invite", "scan", "undo", "rename"):
        assert topic in reply


@pytest.mark.parametrize(
    "text",
    ["Ben may not unlock the door", "never let Ben unlock the door", "Ben must not open the door",
     "don't let the kids unlock the front door", "Ben is not allowed to unlock the front door"],
)  # fmt: skip
async def test_who_may_what_is_answered_by_roles(house: Trial, text: str) -> None:
    said = await house.say(text, "Olga")
    assert not said.receipts
    assert "goes by their role" in said.reply


@pytest.mark.parametrize(
    "text", ["don't unlock the door", "do not let me down", "you may not lock it"]
)
async def test_a_plain_no_is_no_word_about_roles(house: Trial, text: str) -> None:
    assert "role" not in (await house.say(text, "Olga")).reply


@pytest.mark.parametrize(
    ("text", "camera"),
    [
        ("show me the garden", "garden"),
        ("show me the backyard", "backyard"),
        ("show me the pond", "pond"),
    ],
)
async def test_the_very_word_goes_before_its_like(house: Trial, text: str, camera: str) -> None:
    said = await house.say(text, "Olga")
    assert [call["arguments"] for call in said.calls] == [{"devices": [camera]}]


async def test_a_name_is_not_cut_off_another(house: Trial) -> None:
    said = await house.say("name the camera pond camera", "Olga")
    assert house.house.devices["declared:pond"].name == "Pond camera"
    assert said.reply.startswith("“camera” is what several things")


async def test_a_den_is_english(house: Trial) -> None:
    assert "English" not in (await house.say("find the den renderer", "Olga")).reply
