"""Which one is paired: accessories of HomeKit's own kind, on loopback, over the whole chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from devices.device import Announcement
from devices.drivers.homekit.driver import HomeKit
from devices.drivers.hue.driver import Hue
from devices.house import House
from devices.virtual.homekit import HomeKitHouse
from dobby.agent.secrecy import hide
from tests.dobby.agent.cameras.test_passwords import Home, home, nowhere

PINS = ("031-45-155", "146-27-388")


@pytest.fixture
async def bridges(tmp_path: Path) -> AsyncIterator[list[HomeKitHouse]]:
    """Two alike, but for their names and PINs."""
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(HomeKitHouse(tmp_path / f"bridge {number}", pin=pin))
            for number, pin in enumerate(PINS)
        ]


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Home]:
    async with home(tmp_path / "home", (HomeKit, Hue)) as opened:
        yield opened


def called(bridge: HomeKitHouse, name: str = "") -> Announcement:
    (heard,) = bridge.announcements()
    return replace(heard, name=name or heard.name)


async def meet(house: House, *heard: Announcement) -> None:
    for one in heard:
        house.hear(one)
    async with asyncio.timeout(5), house.events() as events:
        while len([s for s in house.strangers.values() if s.needs]) < len(heard):
            await events.get()


async def test_of_two_alike_the_one_that_is_named_is_paired(
    bridges: list[HomeKitHouse], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    one, two = called(bridges[0], "Homebridge 8B97"), called(bridges[1], "Homebridge 1719")
    async with home(tmp_path / "home", (HomeKit, Hue)) as here:
        await meet(here.house, one, two)
        assert await here.say(f"pair homebridge with {PINS[0]}") == (
            "Which one: Homebridge 8B97 or Homebridge 1719? "
            "Say, for instance: pair Homebridge 8B97."
        )
        assert (await here.say(f"pair Homebridge 8B97 with {PINS[0]}")).startswith("Paired.")
        assert {d.partition("/")[0] for d in here.house.devices} == {f"homekit:{bridges[0].hap_id}"}
    for record in caplog.records:
        assert PINS[0] not in record.getMessage()
    for pin in (PINS[0], PINS[0].replace("-", "")):
        nowhere(tmp_path / "home", pin)


async def test_a_name_that_nothing_has_pairs_nothing(
    here: Home, bridges: list[HomeKitHouse]
) -> None:
    await meet(here.house, called(bridges[0], "Homebridge 8B97"))
    for what in ("the garage bridge", "Homebridge 8B98", "my porch accessory", "the hue bridge"):
        told = await here.say(f"pair {what} with {PINS[0]}")
        assert told.startswith("Nothing that waits to be paired is called"), told
        assert "Homebridge 8B97" in told
    assert not here.house.devices


@pytest.mark.parametrize("alone", ["{}", "It's {}", "the pin is {}.", "ok, code {} please"])
async def test_a_pin_alone_is_for_what_was_asked_about(
    here: Home, bridges: list[HomeKitHouse], alone: str
) -> None:
    await meet(
        here.house, called(bridges[0], "Homebridge 8B97"), called(bridges[1], "Homebridge 1719")
    )
    assert "needs its HomeKit PIN" in await here.say("pair Homebridge 1719")
    assert "not its PIN" in await here.say(alone.format(PINS[0]))
    assert (await here.say(alone.format(PINS[1]))).startswith("Paired.")
    assert {d.partition("/")[0] for d in here.house.devices} == {f"homekit:{bridges[1].hap_id}"}
    assert not here.model.heard, "no model was asked"


async def test_two_of_one_name_are_told_apart_by_their_address(
    here: Home, bridges: list[HomeKitHouse]
) -> None:
    one, two = (called(bridge, "Bridge") for bridge in bridges)
    await meet(here.house, one, replace(two, service="_hap._tcp.local.", name="bridge"))
    asked = await here.say("pair the bridge")
    assert asked.startswith(f"Which one: Bridge at 127.0.0.1:{one.port} or bridge at")
    told = await here.say(f"pair bridge at 127.0.0.1:{two.port} with {PINS[1]}")
    assert told.startswith("Paired.")
    assert {d.partition("/")[0] for d in here.house.devices} == {f"homekit:{bridges[1].hap_id}"}


SPOKEN = {
    "sprich deutsch": ("koppel", "Nichts, was auf das Koppeln wartet, heißt „", "Was davon: ",
                       "Gekoppelt. Jetzt kann ich benutzen: "),
    "parle français": ("appaire", "Rien de ce qui attend ne s'appelle « ", "Lequel : ",
                       "Associé. Je peux maintenant utiliser : "),
    "habla español": ("empareja", "Nada de lo que espera se llama «", "¿Cuál: ",
                      "Vinculado. Ahora puedo usar: "),
    "praat nederlands": ("koppel", "Niets dat wacht om gekoppeld te worden heet “", "Welke: ",
                         "Gekoppeld. Ik kan nu gebruiken: "),
    "mów po polsku": ("sparuj", "Nic z tego, co czeka na sparowanie, nie nazywa się „", "Które: ",
                      "Sparowane. Mogę teraz używać: "),
}  # fmt: skip


@pytest.mark.parametrize("asked", SPOKEN)
async def test_what_became_of_a_pairing_is_told_in_the_language_of_who_asked(
    here: Home, bridges: list[HomeKitHouse], asked: str
) -> None:
    pair, none_such, which, done = SPOKEN[asked]
    await here.say(asked)
    await meet(
        here.house, called(bridges[0], "Homebridge 8B97"), called(bridges[1], "Homebridge 1719")
    )
    assert (await here.say(f"{pair} Xanadu")).startswith(none_such)
    assert (await here.say(f"{pair} homebridge")).startswith(which)
    await here.say(f"{pair} Homebridge 1719")
    told = await here.say(PINS[1])
    assert told.startswith(done), told
    assert not here.model.heard, "no model was asked"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("031-45-155", "•••"),
        ("0314 5155", "•••"),
        ("pair Homebridge 8B97 with 03145155", "pair Homebridge 8B97 with •••"),
        ("please connect the lock using its code 0314-5155.", "please connect the lock using its "
         "code •••."),
        ("the PIN of the lock is 031 45 155", "the PIN of the lock is •••"),
        ("the homekit code on the back says 031-45-155", "the homekit code on the back says •••"),
    ],
)  # fmt: skip
def test_a_pin_is_hidden_like_a_password(said: str, shown: str) -> None:
    hidden = hide(said)
    assert (hidden.text, hidden.secret) == (shown, "031-45-155")
    assert hidden.word not in repr(hidden)


@pytest.mark.parametrize(
    "said",
    ["remember that the alarm's PIN is 031-45-155", "add 12345678 to the shopping list",
     "my number is +48600100200", "call 600-100-200", "set a timer for 1000 seconds",
     "what happened on 2026-11-30?", "4821"],
)  # fmt: skip
def test_what_is_no_pin_stays(said: str) -> None:
    assert hide(said).text == said
