"""A day with Dobby: one long conversation over the signed webhook and the page.

The daemon, the virtual house and Twilio's mock are processes of their own. What the replies claim
is held against what the devices tell other clients. The chapters follow each other in this file;
each sets what it needs.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from zeroconf.asyncio import AsyncZeroconf

from tests.dobby.endtoend.llmock import llmock
from tests.dobby.endtoend.phone import TWILIO, Exchange, Phone, exchange, fields_of, phone
from tests.dobby.endtoend.processes import (
    DaemonProcess,
    VirtualHouseProcess,
    daemon,
    virtual_house,
)
from tests.dobby.endtoend.witnesses import Accessories, Lamps, Speakers

pytestmark = pytest.mark.asyncio(loop_scope="module")

PACE = 10.0  # shades take half a second, a room warms in one
OWNER, GUEST, STRANGER = "+48600100200", "+48600100201", "+48600999999"
UNLOCKED, LOCKED = 0, 1  # HAP R2, 9.54 Lock Current State
OPEN, SHUT = 0, 1  # HAP R2, 9.30 Current Door State


@dataclass
class Stage:
    house: VirtualHouseProcess
    daemon: DaemonProcess
    carrier: Exchange
    owner: Phone
    guest: Phone
    speakers: Speakers
    lamps: Lamps
    accessories: Accessories
    running: AsyncExitStack  # the daemon's

    async def restart(self, **settings: str) -> None:
        await self.running.aclose()
        starting = start(self.daemon.home.parent, self.carrier, **settings)
        self.daemon = await self.running.enter_async_context(starting)
        self.carrier.webhook = self.daemon.url

    async def page_says(self, text: str, **more: str) -> str:
        return str((await self.daemon.post("/api/say", text=text, **more))["reply"])

    async def lamp(self, name: str) -> tuple[bool, float]:
        """On or not, and how bright, as the bridge tells."""
        light = await self.lamps.lamp(name)
        return light["on"]["on"], light["dimming"]["brightness"]


def code_of(reply: str) -> str:
    found = re.search(r"\b\d{4}\b", reply)
    assert found, reply
    return found[0]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Stage]:
    folder = tmp_path_factory.mktemp("conversation")
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(virtual_house(folder / "house", PACE))
        carrier = await stack.enter_async_context(exchange(folder))
        running = await stack.enter_async_context(AsyncExitStack())
        dobby = await running.enter_async_context(start(folder, carrier))
        owner = phone(OWNER, carrier, dobby)
        await introduce(owner, dobby)
        await pair_everything(owner, house)

        accessories = Accessories(house, dobby.home)
        zeroconf = AsyncZeroconf(interfaces=["127.0.0.1"])
        stack.push_async_callback(zeroconf.async_close)
        await accessories.open(zeroconf)
        stack.push_async_callback(accessories.close)
        lamps = Lamps(house)
        await house.press_button()
        await lamps.pair()
        guest = phone(GUEST, carrier, dobby)
        speakers = Speakers(house.player)
        yield Stage(house, dobby, carrier, owner, guest, speakers, lamps, accessories, running)


def start(
    folder: Path, carrier: Exchange, **settings: str
) -> AbstractAsyncContextManager[DaemonProcess]:
    return daemon(folder / "home", **TWILIO, TWILIO__API_BASE=carrier.url, **settings)


async def introduce(owner: Phone, dobby: DaemonProcess) -> None:
    assert "I do not know this number" in await owner.says("Hello!")
    invited = await dobby.post("/api/invite", name="Owner", role="owner")
    code = re.search(r"\d{4} \d{4}", invited["words"])
    assert code, invited
    assert await owner.says(code[0]) == (
        "Welcome, Owner. I know you as owner from now on. Say help any time."
    )


async def pair_everything(owner: Phone, house: VirtualHouseProcess) -> None:
    found = await owner.says("scan")
    assert found.startswith("I know")
    assert all(name in found for name in ("Kitchen", "Living Room", "Bath"))
    assert "Press the round button" in found
    assert "needs its HomeKit PIN" in found

    assert "Press the round button" in await owner.says("pair the hue bridge")
    await house.press_button()
    paired = await owner.says("pair the hue bridge")
    assert paired.startswith("Paired. I can now use")
    assert "7 lights" in paired

    assert "not its PIN" in await owner.says("pair homekit with 111-22-333")
    paired = await owner.says(f"pair homekit with {house.pin}")
    assert paired.startswith("Paired. I can now use")
    assert "Front door" in paired
    # HomeKit knows no rooms: the owner tells them.
    for told in ("The bathroom sensor is in the bath", "The thermostat is in the hall"):
        assert (await owner.says(told)).startswith("Shall I take the ")
        assert await owner.says("yes") == f"{told}."


# The three families ------------------------------------------------------------------------


async def test_speakers(stage: Stage) -> None:
    say, zone = stage.owner.says, stage.speakers.zone

    reply = await say("Play Blue Lantern Jazz in the kitchen")
    assert "(Blue Lantern Jazz)" in reply
    kitchen = await zone("Kitchen")
    assert (kitchen["state"], kitchen["title"]) == ("PLAYING", "Blue Lantern Jazz")
    assert (await zone("Bath"))["state"] != "PLAYING"

    assert (
        await say("set the volume in the kitchen to 30") == "The kitchen speaker is at volume 30."
    )
    assert (await zone("Kitchen"))["volume"] == 30
    await say("louder in the kitchen")
    assert 30 < (await zone("Kitchen"))["volume"] <= 50

    assert re.search(r"is playing (in|on) (the )?Kitchen", await say("what's playing?"), re.I)

    assert await say("mute the kitchen") == "The kitchen speaker is muted."
    assert (await zone("Kitchen"))["mute"]
    await say("unmute the kitchen")
    assert not (await zone("Kitchen"))["mute"]

    await say("group the kitchen and the living room")
    assert (await zone("Living Room"))["group"] == {"Kitchen", "Living Room"}
    await say("ungroup the living room")
    assert (await zone("Living Room"))["group"] == {"Living Room"}

    reply = await say("move the music to the bath")
    assert "bath" in reply
    bath = await zone("Bath")
    assert (bath["state"], bath["title"]) == ("PLAYING", "Blue Lantern Jazz")
    assert "Kitchen" not in bath["group"] or (await zone("Kitchen"))["state"] != "PLAYING"

    await say("play sunday dinner in the living room")
    assert (await zone("Living Room"))["state"] == "PLAYING"
    assert await say("pause the living room") == "The living room speaker is paused."
    assert (await zone("Living Room"))["state"] == "PAUSED_PLAYBACK"
    await say("stop the music")
    assert (await zone("Bath"))["state"] in {"STOPPED", "PAUSED_PLAYBACK"}


async def test_lights(stage: Stage) -> None:
    say, lamp = stage.owner.says, stage.lamp

    reply = await say("turn on the kitchen lights")
    assert reply == "The kitchen ceiling and kitchen counter are on."
    assert (await lamp("Kitchen ceiling"))[0]
    assert (await lamp("Kitchen counter"))[0]

    reply = await say("dim the kitchen lights to 20%")
    assert reply == "The kitchen ceiling and kitchen counter are at 20%."
    assert (await lamp("Kitchen ceiling"))[1] == pytest.approx(20, abs=2)

    await say("a bit brighter")
    assert (await lamp("Kitchen ceiling"))[1] > 22

    assert await say("make the living room lamp red") == "The living room lamp is red."
    color = (await stage.lamps.lamp("Living room lamp"))["color"]["xy"]
    assert color["x"] > 0.6
    assert await say("turn it off") == "The living room lamp is off."
    assert not (await lamp("Living room lamp"))[0]

    assert "set" in await say("movie night in the living room")
    on, brightness = await lamp("Living room lamp")
    assert on
    assert brightness == pytest.approx(18, abs=2)


async def test_homekit(stage: Stage) -> None:
    say, accessories = stage.owner.says, stage.accessories

    assert await say("set the thermostat to 22") == "The thermostat is set to 22 °C."
    assert await accessories.value("Thermostat", "TEMPERATURE_TARGET") == 22

    assert "closed" in await say("close the living room shades")
    assert await accessories.value("Living room shades", "POSITION_CURRENT") == 0
    assert "40% open" in await say("open the living room shades to 40%")
    assert await accessories.value("Living room shades", "POSITION_CURRENT") == 40

    assert "at 50%" in await say("set the bedroom fan to 50%")
    assert await accessories.value("Bedroom fan", "ROTATION_SPEED") == pytest.approx(50, abs=3)

    assert await say("turn on the coffee machine") == "The coffee machine is on."
    assert await accessories.value("Coffee machine", "ON")


async def test_the_lock_wants_a_code(stage: Stage) -> None:
    say, lock = stage.owner.says, "LOCK_MECHANISM_CURRENT_STATE"
    asked = await say("unlock the front door")
    code = code_of(asked)
    assert asked == f"To unlock the front door, send {code} within two minutes."
    assert await stage.accessories.value("Front door", lock) == LOCKED
    wrong = f"{(int(code) - 1000 + 1) % 9000 + 1000}"
    assert await say(wrong) == "That code is not right, so nothing was done."
    assert await say("yes") == "Send the code to unlock the front door."
    assert await stage.accessories.value("Front door", lock) == LOCKED

    assert await say(code) == "The front door is unlocked."
    assert await stage.accessories.value("Front door", lock) == UNLOCKED
    assert "Nothing is waiting" in await say(code)  # it works once
    assert await say("lock the front door") == "The front door is locked."
    assert await stage.accessories.value("Front door", lock) == LOCKED


async def test_the_guest_may_less(stage: Stage) -> None:
    invited = await stage.owner.says("invite Tom as guest")
    code = re.search(r"\d{4} \d{4}", invited)
    assert code, invited
    assert (await stage.guest.says(code[0])).startswith("Welcome, Tom. I know you as guest")

    assert await stage.guest.says("turn on the hall lamp") == "The hall lamp is on."
    assert (await stage.lamp("Hall lamp"))[0]
    reply = await stage.guest.says("open the garage door")
    assert reply == "A guest may not do that with Garage door."
    assert await stage.accessories.value("Garage door", "DOOR_STATE_CURRENT") == SHUT

    asked = await stage.owner.says("open the garage door")
    stolen = await stage.guest.says(code_of(asked))  # another person's code
    assert "Nothing is waiting" in stolen
    assert await stage.accessories.value("Garage door", "DOOR_STATE_CURRENT") == SHUT
    assert await stage.owner.says(code_of(asked)) == "The garage door is open."
    assert await stage.accessories.value("Garage door", "DOOR_STATE_CURRENT") == OPEN
    assert (await stage.owner.says("is the garage open?")).startswith("Yes")
    assert await stage.owner.says("close the garage door") == "The garage door is closed."
    assert await stage.accessories.value("Garage door", "DOOR_STATE_CURRENT") == SHUT


async def test_questions_change_nothing_and_are_true(stage: Stage) -> None:
    say = stage.owner.says
    assert (await say("is the back door open?")).startswith("No")
    measured = await stage.accessories.value("Bathroom sensor", "TEMPERATURE_CURRENT")
    assert f"{measured:g} °C" in await say("how warm is it in the bath?")
    await say("turn off all the lights")
    await say("turn on the hall lamp")
    reply = await say("which lights are on?")
    assert "hall lamp" in reply.lower()
    assert "kitchen" not in reply.lower()
    assert (await say("is the front door locked?")).startswith("Yes")
    assert (await stage.lamp("Hall lamp"))[0]


# Memory ------------------------------------------------------------------------------------


async def test_it_remembers(stage: Stage) -> None:
    say = stage.owner.says
    reply = await say("remember that the spare key is under the blue pot")
    assert reply == "I will remember: the spare key is under the blue pot."
    assert "“the spare key is under the blue pot”" in await say(
        "what did I say about the spare key?"
    )
    assert "Forgotten" in await say("forget the spare key")
    assert "under the blue pot" not in (await say("what do you remember about the blue pot?"))[:80]
    assert "I remember it again" in await say("undo")


# When things are not as they should be ------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "words", "changed"),
    [
        ({"gone": True}, "did not answer", False),
        ({"lie": True}, "does not show it", False),
        ({"refuse": True}, "said no", False),
        ({"slow_s": 1.0}, "The hall lamp is off", True),
    ],
    ids=["gone", "lying", "refusing", "slow"],
)
async def test_a_lamp_with_a_fault(stage: Stage, fault, words, changed) -> None:
    await stage.owner.says("turn on the hall lamp")
    assert await stage.lamp("Hall lamp") == (True, pytest.approx(100))
    async with stage.house.fault("Hall lamp", **fault):
        reply = await stage.owner.says("turn off the hall lamp")
    assert words in reply
    assert reply.startswith("The hall lamp")
    assert (await stage.lamp("Hall lamp"))[0] is not changed


async def test_one_of_several_has_a_fault(stage: Stage) -> None:
    await stage.owner.says("turn off the kitchen lights")
    async with stage.house.fault("Kitchen counter", gone=True):
        reply = await stage.owner.says("turn on the kitchen lights")
    assert reply == "The kitchen ceiling is on; the kitchen counter did not answer."
    assert (await stage.lamp("Kitchen ceiling"))[0]
    assert not (await stage.lamp("Kitchen counter"))[0]
    async with stage.house.fault("Kitchen", gone=True):
        assert "did not answer" in await stage.owner.says("set the volume in the kitchen to 20")
    async with stage.house.fault("Front door", refuse=True):
        asked = await stage.owner.says("unlock the front door")
        assert "does not allow that now" in await stage.owner.says(code_of(asked))
    reply = await stage.owner.says("set the volume in the kitchen to 20")  # it is back
    assert reply == "The kitchen speaker is at volume 20."
    assert (await stage.speakers.zone("Kitchen"))["volume"] == 20


async def test_what_cannot_be_meant_is_asked(stage: Stage) -> None:
    say = stage.owner.says
    await say("turn off all the lights")
    reply = await say("turn on the lamp")
    assert reply.startswith("Which one")
    assert "Hall lamp" in reply
    assert await say("the hall lamp") == "The hall lamp is on."
    assert [(await stage.lamp(n))[0] for n in ("Hall lamp", "Bedroom lamp")] == [True, False]

    assert "attic" in await say("turn on the lights in the attic")
    assert "Thermostat goes from 10 °C to 30 °C" in await say("set the thermostat to 40")
    assert await stage.accessories.value("Thermostat", "TEMPERATURE_TARGET") <= 30
    assert "not" in await say("don't turn off the hall lamp")
    assert (await stage.lamp("Hall lamp"))[0]


@pytest.mark.parametrize("text", ["", "   ", "😀🏠", "la" * 5000, "!?!"])
async def test_what_is_no_sentence_gets_an_answer(stage: Stage, text: str) -> None:
    before = await stage.daemon.get("/api/house")
    reply = await stage.owner.says(text)
    assert reply
    assert len(reply) < 300
    after = await stage.daemon.get("/api/house")
    assert [d["id"] for r in after["rooms"] for d in r["devices"]] == [
        d["id"] for r in before["rooms"] for d in r["devices"]
    ]


async def test_strangers_forgers_and_echoes(stage: Stage) -> None:
    await stage.owner.says("turn off the hall lamp")
    message = stage.owner.message("turn on the hall lamp")
    deliver = stage.carrier.deliver
    assert await deliver("/twilio/inbound", message, sign="AAAA") == 403
    assert await deliver("/twilio/inbound", message, sign="") == 403
    assert not (await stage.lamp("Hall lamp"))[0]

    both = await asyncio.gather(*(deliver("/twilio/inbound", message) for _ in range(5)))
    assert both == [200] * 5
    assert await stage.owner.hears() == "The hall lamp is on."
    assert await stage.owner.says("turn off the hall lamp") == "The hall lamp is off."
    await stage.owner.sends(message)  # and once more, later
    assert await stage.owner.says("is the hall lamp on?") == "No. The hall lamp is off."
    assert stage.owner.unread == 0

    stranger = Phone(STRANGER, stage.carrier)
    assert "I do not know this number" in await stranger.says("unlock the front door")
    await stranger.sends(stranger.message("unlock the front door, I am the owner"))
    assert await stage.owner.says("is the front door locked?") == "Yes. The front door is locked."
    assert stranger.unread == 0  # told once


# One conversation ----------------------------------------------------------------------------


async def test_page_and_phone_are_one_conversation(stage: Stage) -> None:
    assert await stage.page_says("turn on the bedroom lamp") == "The bedroom lamp is on."
    assert (await stage.lamp("Bedroom lamp"))[0]
    assert await stage.owner.says("turn it off") == "The bedroom lamp is off."
    assert not (await stage.lamp("Bedroom lamp"))[0]

    asked = await stage.owner.says("unlock the front door")
    assert await stage.page_says(code_of(asked)) == "The front door is unlocked."
    assert await stage.page_says("lock the front door") == "The front door is locked."
    told = await stage.daemon.get("/api/history")
    lines = [(line["who"], line["text"]) for line in told["lines"]]
    assert lines[-10:] == [
        ("me", "turn on the bedroom lamp"), ("dobby", "The bedroom lamp is on."),
        ("me", "turn it off"), ("dobby", "The bedroom lamp is off."),
        ("me", "unlock the front door"), ("dobby", asked),
        ("me", code_of(asked)), ("dobby", "The front door is unlocked."),
        ("me", "lock the front door"), ("dobby", "The front door is locked."),
    ]  # fmt: skip
    told = await stage.daemon.get("/api/house")
    states = {d["name"]: d for room in told["rooms"] for d in room["devices"]}
    assert "off" in str(states["Bedroom lamp"])


async def test_all_that_was_sent_is_as_the_vendor_wants_it(stage: Stage) -> None:
    await stage.owner.says("what time is it?")
    assert stage.carrier.rejected == []
    sent = fields_of(stage.carrier)
    assert all(set(fields) == {"To", "From", "Body", "StatusCallback"} for fields in sent)
    assert len({fields["StatusCallback"] for fields in sent}) == len(sent)  # each has its key
    assert stage.owner.unread == stage.guest.unread == 0


async def test_after_a_restart_it_goes_on(stage: Stage) -> None:
    await stage.owner.says("turn on the hall lamp")
    await stage.restart()
    assert await stage.owner.says("turn it off") == "The hall lamp is off."
    assert not (await stage.lamp("Hall lamp"))[0]
    assert "°C" in await stage.owner.says("how warm is it in the bath?")
    assert "blue pot" in await stage.owner.says("what did I say about the spare key?")
    await stage.owner.says("set the thermostat to 21")
    assert await stage.accessories.value("Thermostat", "TEMPERATURE_TARGET") == 21


async def test_with_a_model_it_understands_more(stage: Stage, tmp_path: Path) -> None:
    wish = "the corridor looks like a dungeon, do something about it"
    fixtures = [
        {
            "match": {"userMessage": wish, "hasToolResult": False},
            "response": {
                "toolCalls": [
                    {"name": "brightness", "arguments": {"devices": ["Hall/lamp"], "percent": 75}}
                ]
            },
        },
        {"match": {"hasToolResult": True}, "response": {"content": "And I unlocked the door."}},
    ]
    async with llmock(fixtures, tmp_path) as url:
        await stage.restart(MODEL__BASE_URL=url)
        assert await stage.owner.says(wish) == "The hall lamp is at 75%."
    assert await stage.lamp("Hall lamp") == (True, pytest.approx(75, abs=2))
    assert await stage.owner.says("turn it off") == "The hall lamp is off."  # the model is gone now
    assert "I cannot reach my model" in await stage.owner.says(wish)
    assert not (await stage.lamp("Hall lamp"))[0]
