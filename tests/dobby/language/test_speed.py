"""Fast, and as fast in a large house; whatever comes in, an understanding comes out."""

from __future__ import annotations

import random
import statistics
import time

from devices.capabilities import Brightness, Power
from devices.device import Ability, Device, Room
from dobby.agent.calls import Context
from tests.dobby.language.conftest import BRAIN, NOW, Speaker, View
from tests.dobby.language.test_abstaining import TRAPS
from tests.dobby.language.test_understanding import SENTENCES

ABILITIES = (Ability(kind="power"), Ability(kind="brightness"))


def large(house: View, size: int) -> View:
    """``house`` with lights in ever more rooms."""
    devices, states, rooms = dict(house.devices), dict(house.states), dict(house.rooms)
    for n in range(size - len(devices)):
        room = f"Annex {n // 10}"
        rooms[room] = Room(name=room)
        light = Device(
            id=f"x{n}", name=f"Annex lantern {n}", kind="light", room=room, abilities=ABILITIES
        )
        devices[light.id] = light
        states[light.id] = {"power": Power(on=True), "brightness": Brightness(percent=50)}
    return View(devices, rooms, states)


def milliseconds(house: View) -> list[float]:
    BRAIN.warm(house)
    texts = [s for s, _ in SENTENCES] + TRAPS
    took: list[float] = []
    for text in texts:
        started = time.process_time()
        BRAIN.understand(text, Context(house, NOW))
        took.append((time.process_time() - started) * 1000)
    return took


def test_a_thousand_devices_cost_hardly_more_than_a_few(house: View) -> None:
    """A scan over all devices would cost twenty times as much."""
    few, many = (min(statistics.median(milliseconds(large(house, n))) for _ in range(3))
                 for n in (50, 1000))  # fmt: skip
    assert many < 4 * few


def test_any_mix_of_words_is_answered(speaker: Speaker) -> None:
    rng = random.Random(7)
    words = [w for s, _ in SENTENCES for w in s.split()] + [w for s in TRAPS for w in s.split()]
    words += ["-3", "1/2", "50%", ",", ":", "?", "é", "\u0000", "999999999999", "half", "except"]
    for _ in range(3000):
        text = " ".join(rng.choices(words, k=rng.randint(1, 9)))
        understood = speaker.say(text)
        assert understood.calls or understood.reply, text
