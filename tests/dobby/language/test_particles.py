"""Words that stand apart, and letters that stand for others."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.device import Room
from devices.virtual.declared import devices_of, load
from dobby.language.clause import NotRead
from dobby.language.clauses import readings
from dobby.language.lattice import Lattice
from dobby.language.lexicon import lexicon
from dobby.language.meaning import Do
from dobby.language.names import HouseNames
from dobby.language.phrases import phrases
from dobby.language.reading import meanings

HOUSE = Path(__file__).parents[2] / "sentences" / "houses" / "de_haus.yaml"


class House:
    """The German house of the book, as far as names need one."""

    def __init__(self) -> None:
        declared = load(HOUSE)
        rooms = [r if isinstance(r, Room) else Room(name=r) for r in declared.rooms]
        self.version = 1
        self.devices = {d.id: d for d in devices_of(declared)}
        self.rooms = {room.name: room for room in rooms}


@pytest.fixture(scope="module")
def names() -> HouseNames:
    return HouseNames(House(), lexicon("de"))  # type: ignore[arg-type]


def acts(names: HouseNames, text: str) -> list[str]:
    """The acts of the cheapest reading that says something."""
    words = lexicon("de")
    tokens = words.tokenise(text)
    for reading in readings(text, tokens, phrases(Lattice(tokens, names, words))):
        try:
            return [m.act if isinstance(m, Do) else "" for m in meanings(reading.clauses, False)]
        except NotRead:
            continue
    return []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("schließ die Haustür auf", ["unlock"]),
        ("schließ die Haustür ab", ["lock"]),
        ("schließ das Dachfenster", ["close"]),
        ("schalt die Leselampe ein und die Stehlampe ab", ["on", "off"]),
        ("dreh die Heizung im Wohnzimmer auf 22 Grad", ["set"]),
    ],
)
def test_a_verb_means_what_its_particle_makes_of_it(
    names: HouseNames, text: str, expected: list[str]
) -> None:
    assert acts(names, text) == expected


def test_letters_written_for_an_umlaut_count_as_it() -> None:
    words = lexicon("de")
    assert words.key("Kuechenlicht") == words.key("Küchenlicht")
