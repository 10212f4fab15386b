"""One small house, and a speaker in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from devices.bridges import Bridge
from devices.capabilities import State
from devices.device import Device, Room
from devices.virtual.declared import devices_of, load, read_state
from dobby.agent.calls import Context, Dialogue, Understanding
from dobby.language.brain import Language

HERE = Path(__file__).parent
NOW = datetime(2026, 3, 1, 20, 15)


@dataclass
class View:
    """A house at rest, as a brain sees it."""

    devices: Mapping[str, Device]
    rooms: Mapping[str, Room]
    states: dict[str, State]
    version: int = 1
    away: frozenset[str] = frozenset()
    under_way: frozenset[str] = frozenset()
    bridges: Mapping[str, Bridge] = field(default_factory=dict[str, Bridge])

    def state(self, device: str) -> State:
        return self.states.get(device, {})


def declared(path: Path) -> View:
    file = load(path)
    devices = [
        d.model_copy(update={"id": d.id.removeprefix("declared:")}) for d in devices_of(file)
    ]
    rooms = [r if isinstance(r, Room) else Room(name=r) for r in file.rooms]
    return View(
        devices={d.id: d for d in devices},
        rooms={r.name: r for r in rooms},
        states={key: read_state(d.state) for key, d in file.devices.items()},
    )


@dataclass
class Speaker:
    """Says one sentence after another, in one conversation."""

    house: View
    room: str | None = None
    fahrenheit: bool = False
    brain: Language = field(default_factory=Language)
    dialogue: Dialogue = field(default_factory=Dialogue)

    def say(self, text: str) -> Understanding:
        context = Context(self.house, NOW, self.room, self.dialogue, fahrenheit=self.fahrenheit)
        understood = self.brain.understand(text, context)
        self.dialogue = understood.dialogue
        return understood

    def calls(self, text: str) -> list[tuple[str, dict[str, Any]]]:
        understood = self.say(text)
        return [(c.name, c.arguments) for c in understood.calls]


BRAIN = Language()


@pytest.fixture
def house() -> View:
    return declared(HERE / "house.yaml")


@pytest.fixture
def speaker(house: View) -> Speaker:
    return Speaker(house, brain=BRAIN)


@pytest.fixture
def speaker_in(house: View) -> Callable[[str], Speaker]:
    return lambda room: Speaker(house, room=room, brain=BRAIN)
