"""A garden whose water is measured, and doors that move, understood in six languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from devices.capabilities import Movement, Position, Reading, State
from devices.device import Ability, Device, Room
from dobby.agent.calls import Context, Dialogue, Understanding
from dobby.language.brain import Language
from tests.dobby.language.conftest import NOW, View

Say = Callable[..., Understanding]

NAMES: Mapping[str, tuple[str, str, str, str]] = {
    "en": ("Garage door", "Rose valve", "Blind", "Garden"),
    "de": ("Garagentor", "Rosenventil", "Rollo", "Garten"),
    "fr": ("Porte de garage", "Vanne des rosiers", "Store", "Jardin"),
    "es": ("Puerta del garaje", "Válvula de los rosales", "Persiana", "Jardín"),
    "nl": ("Garagedeur", "Rozenkraan", "Rolgordijn", "Tuin"),
    "pl": ("Brama garażowa", "Zawór róż", "Roleta", "Ogród"),
}


def _house(language: str) -> View:
    garage, valve, blind, garden = NAMES[language]
    devices = [
        Device(id="garage", name=garage, kind="garage",
               abilities=(Ability(kind="position"), Ability(kind="movement"))),
        Device(id="valve", name=valve, kind="valve", room=garden,
               abilities=(Ability(kind="position"), Ability(kind="reading"))),
        Device(id="blind", name=blind, kind="shade", abilities=(Ability(kind="position"),)),
    ]  # fmt: skip
    states: dict[str, State] = {
        "garage": {"position": Position(percent=40), "movement": Movement(moving=True)},
        "valve": {"position": Position(percent=50), "reading": Reading(flow=3.25)},
        "blind": {"position": Position(percent=0)},
    }
    return View({d.id: d for d in devices}, {garden: Room(name=garden)}, states)


@pytest.fixture(scope="session")
def say() -> Say:
    houses = {language: _house(language) for language in NAMES}
    brain = Language()

    def said(language: str, text: str, *spoken: str) -> Understanding:
        dialogue = Dialogue(devices=spoken, at=NOW)
        context = Context(houses[language], NOW, dialogue=dialogue, language=language)
        return brain.understand(text, context)

    return said
