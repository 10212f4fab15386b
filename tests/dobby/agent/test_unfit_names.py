"""A name that a sentence gives is asked about first, and what orders are made of is no name."""

from __future__ import annotations

import asyncio

import pytest

from dobby.agent.naming import unfit
from dobby.commands.try_house import Trial
from tests.sentences.book import HOUSES

FAMILY = HOUSES / "family.yaml"
WORDS = (
    "everything", "lights", "the lights", "all", "it", "them", "off", "on", "louder", "not", "who",
    "lights off", "turn off the lights", "unlock the front door", "play jazz", "stop", "yes", "no",
    "please", "something", "the other one", "blinds", "?", "unlock Bob",
    "switch the kettle on",
)  # fmt: skip
NAMES = (
    "Bob", "Night light", "Heat lamp", "Reading corner", "Big light", "Garage light", "Red lamp",
    "Grandma's lamp", "Hängelampe", "Left lamp", "Tall one by the window", "Hall light 2",
    "Lamp of the gods", "Chandelier",
)  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_no_device_is_called_by_what_orders_are_made_of(name: str) -> None:
    assert asyncio.run(_told(f"the reading lamp is called {name}", "yes")) == "Reading lamp"
    assert _unfit(name)


@pytest.mark.parametrize("name", NAMES)
def test_an_ordinary_name_is_fit(name: str) -> None:
    assert _unfit(name) == ""


def test_a_name_is_given_after_a_yes_alone() -> None:
    assert asyncio.run(_told("the reading lamp is called Bob")) == "Reading lamp"
    assert asyncio.run(_told("call the reading lamp Bob", "no")) == "Reading lamp"
    assert asyncio.run(_told("call the reading lamp Bob", "yes")) == "Bob"


def _unfit(name: str) -> str:
    devices = Trial(FAMILY)._declared
    lamp = next(d for d in devices if d.name == "Reading lamp")
    return unfit(name, lamp, devices)


async def _told(*sentences: str) -> str:
    """How the reading lamp is called after these; an added nickname counts."""
    async with Trial(FAMILY) as trial:
        for sentence in sentences:
            await trial.say(sentence)
        lamp = trial.house.devices["declared:reading_lamp"]
        return lamp.aliases[-1] if lamp.aliases else lamp.name
