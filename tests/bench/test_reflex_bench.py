"""The public measures: drawing is repeatable, and both layouts of a checkout are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.reflex import checkout, sampled
from bench.reflex.common import LANGUAGES, common
from bench.reflex.intents import due


def test_the_same_sentences_are_drawn_every_time() -> None:
    _, once = sampled.draw("en", 60)
    _, again = sampled.draw("en", 60)
    assert once == again
    assert len({(s.text, s.room) for s in once}) == 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_drawn_and_expects_things_of_its_house(language: str) -> None:
    place, sentences = sampled.draw(language, 40)
    keys = {thing.key for thing in place.things}
    assert len(sentences) == 40
    assert len({s.kind for s in sentences}) > 10
    for sentence in sentences:
        for outcome in sentence.outcomes:
            assert set(outcome.expect or {}) <= keys


def test_an_intent_comes_to_an_effect_on_what_its_slots_name() -> None:
    place = common("en")
    wanted = due("HassTurnOn", {"area": "Kitchen", "domain": "light"}, place)
    assert wanted is not None
    assert wanted.outcomes[0].expect == {"light_0": {"power": True}, "light_1": {"power": True}}
    unlock = due("HassTurnOff", {"name": "Front Door", "domain": "lock"}, place)
    assert unlock is not None
    assert unlock.outcomes[0].asks
    assert due("HassTurnOn", {"name": "Nothing of the kind"}, place) is None


FIXTURES = """
language: en
floors: [{name: Below, id: f1}]
areas: [{name: Parlour, id: parlour, floor: f1}]
entities:
  - {name: Standing Lamp, id: light.standing, area: parlour, state: "off"}
  - {name: "Aunt[']s Lock", id: lock.aunt, area: parlour, state: locked}
"""
FLAT = """
language: en
tests:
  - sentences: [parlour lights on please]
    intent: {name: HassTurnOn, slots: {area: Parlour, domain: light}}
  - sentences: [fly to the moon, fly away]
    intent: {name: HassFly, slots: {}}
"""
NESTED = """
language: en
entities: [{name: Snug Lamp, domain: light, area: Snug}]
tests:
  - sentences: [put out the snug lamp]
    slots: {name: Snug Lamp}
  - sentences: [put out the lights below]
    slots: {floor: Below, domain: light}
"""


def test_a_checkout_is_read_in_both_layouts(tmp_path: Path) -> None:
    tests = tmp_path / "tests" / "en"
    (tests / "HassTurnOff").mkdir(parents=True)
    (tests / "_fixtures.yaml").write_text(FIXTURES)
    (tests / "light_HassTurnOn.yaml").write_text(FLAT)
    (tests / "HassTurnOff" / "name_only.yaml").write_text(NESTED)
    found = checkout.read(tmp_path)
    expected = {s.text: s.outcomes[0].expect for s in found.sentences}
    assert found.skipped == 2  # the moon, twice
    assert expected["parlour lights on please"] == {"e0_light": {"power": True}}
    assert expected["put out the snug lamp"] == {"own_e0_light": {"power": False}}
    (below,) = expected["put out the lights below"] or {}  # the file has no lamp there: one is
    added = {t.key: t.area for t in found.places["HassTurnOff_name_only"].things}
    assert added[below] == "Parlour"
    names = {thing.name for place in found.places.values() for thing in place.things}
    assert "Aunt's Lock" in names


def test_a_folder_that_is_no_checkout_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="checkout"):
        checkout.read(tmp_path)
