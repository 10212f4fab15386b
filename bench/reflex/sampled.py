"""Sentences drawn from the templates of the installed home-assistant-intents package.

The public measure that needs no download. Every draw is a random walk through a template, so the
slots that a sentence fills are known; the seed makes it the same every time.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    Permutation,
    RuleReference,
    TextChunk,
)
from hassil.expression import Sentence as Template
from hassil.intents import IntentData, Intents, RangeSlotList, SlotList, TextSlotList
from home_assistant_intents import get_intents

from bench.reflex.common import common
from bench.reflex.intents import Due, due
from bench.reflex.places import Place, Thing
from tests.sentences.book import Sentence

SEED = 20260324  # the release of the package that is pinned
DEPTH = 40

_WILDCARDS = {"item": "bread", "timer_name": "pizza", "name": "pizza", "search_query": "Queen"}
_LIMITS = {"temperature": (16, 25), "brightness": (1, 100), "color_temperature": (2200, 6500)}


def draw(language: str, count: int) -> tuple[Place, list[Sentence]]:
    """At least ``count`` tries' worth of distinct sentences with what they have to come to."""
    data = get_intents(language)
    if data is None:
        raise LookupError(f"the intents package has no language {language!r}")
    house = common(language)
    intents = Intents.from_dict(data)
    rng = random.Random(f"{SEED}{language}")  # noqa: S311 - a sample, no secret
    drawn: dict[tuple[str, str | None], Sentence] = {}
    for _ in range(count * 12):
        if len(drawn) == count:
            break
        intent = rng.choice(list(intents.intents.values()))
        block = rng.choice(intent.data)
        walk = _Walk(intents, block, house, rng)
        text = walk.sentence(rng.choice(list(block.sentences)))
        wanted = due(intent.name, walk.slots, house, language) if text else None
        if text and wanted:
            room = walk.room
            drawn.setdefault((text, room), _sentence(language, intent.name, text, room, wanted))
    return house, list(drawn.values())


def _sentence(language: str, intent: str, text: str, room: str | None, wanted: Due) -> Sentence:
    return Sentence(
        language, intent, text, "sampled", wanted.outcomes,
        room=room, state=wanted.start, language=language,
    )  # fmt: skip


class _Dead(Exception):
    """The walk came to something that this house has not."""


@dataclass
class _Walk:
    """One way through a template."""

    intents: Intents
    block: IntentData
    place: Place
    rng: random.Random
    slots: dict[str, Any] = field(default_factory=dict[str, Any])
    room: str | None = None
    thing: Thing | None = None

    def sentence(self, template: Template) -> str | None:
        """The words, with ``slots`` and ``room`` filled in; None where the house has no such."""
        self.thing = self._fitting_thing()
        self.slots = dict(self.block.slots)
        try:
            text = " ".join(self._words(template.expression, 0).split())
        except _Dead:
            return None
        if "area" in self.block.requires_context and "area" not in self.slots:
            self.room = self.slots["area"] = self._area()
        domain = self.block.requires_context.get("domain")
        if isinstance(domain, str) and "name" not in self.slots:
            self.slots.setdefault("domain", domain)
        return text

    def _words(self, part: Expression, depth: int) -> str:
        if depth > DEPTH:
            raise _Dead
        match part:
            case TextChunk():
                return part.original_text
            case Alternative():
                return self._words(self.rng.choice(part.items), depth + 1)
            case Permutation():
                shuffled = self.rng.sample(part.items, len(part.items))
                return " ".join(self._words(item, depth + 1) for item in shuffled)
            case Group():
                return "".join(self._words(item, depth + 1) for item in part.items)
            case RuleReference():
                rules = {**self.intents.expansion_rules, **self.block.expansion_rules}
                if part.rule_name not in rules:
                    raise _Dead
                return self._words(rules[part.rule_name].expression, depth + 1)
            case ListReference():
                return self._value(part, depth)
            case _:
                raise _Dead

    def _value(self, reference: ListReference, depth: int) -> str:
        slot = reference.slot_name
        match reference.list_name:
            case "name" if self.thing:
                self.slots[slot] = self.thing.name
                return self.thing.name
            case "area":
                self.slots[slot] = area = self._area()
                return area
            case "floor":
                floors = [f for f in self.place.floors.values() if f]
                if self.thing and "name" in self.slots:
                    floors = [f for f in [self.place.floors.get(self.thing.area or "")] if f]
                if not floors:
                    raise _Dead
                self.slots[slot] = floor = self.rng.choice(floors)
                return floor
            case name if name in _WILDCARDS and self._is_wildcard(name):
                self.slots[slot] = _WILDCARDS[name]
                return _WILDCARDS[name]
            case name:
                return self._from_list(name, slot, reference, depth)

    def _from_list(self, name: str, slot: str, reference: ListReference, depth: int) -> str:
        if reference.is_inline_range:
            low, high, step = reference.get_inline_range() or (0, 0, 1)
            return self._number(name, slot, range(low, high + 1, step))
        values = self._lists().get(name)
        match values:
            case RangeSlotList():
                numbers = range(values.start, values.stop + 1, values.step)
                return self._number(name, slot, numbers, values.multiplier or 1)
            case TextSlotList():
                chosen = self.rng.choice(values.values)
                self.slots[slot] = chosen.value_out
                return self._words(chosen.text_in, depth + 1)
            case _:
                raise _Dead

    def _number(self, name: str, slot: str, numbers: range, times: float = 1) -> str:
        low, high = _LIMITS.get(name, (numbers.start, numbers.stop))
        number = self.rng.choice([n for n in numbers if low <= n <= high])
        self.slots[slot] = int(number * times)
        return str(number)

    def _lists(self) -> Mapping[str, SlotList]:
        return {**self.intents.slot_lists, **self.block.slot_lists}

    def _is_wildcard(self, name: str) -> bool:
        return not isinstance(self._lists().get(name), (RangeSlotList, TextSlotList))

    def _area(self) -> str:
        if self.thing and self.thing.area and "name" in self.slots:
            return self.thing.area
        domain = self.block.slots.get("domain")
        kinds = {"device_class": self.block.slots.get("device_class")}
        fitting = [
            t.area for t in self.place.things
            if t.area and (not domain or t.domain == domain)
            and (not kinds["device_class"] or t.device_class == kinds["device_class"])
        ]  # fmt: skip
        return self.rng.choice(fitting or list(self.place.floors))

    def _fitting_thing(self) -> Thing | None:
        fitting = [
            t for t in self.place.things
            if _allows(self.block.requires_context, t)
            and not _excludes(self.block.excludes_context, t)
        ]  # fmt: skip
        return self.rng.choice(fitting) if fitting else None


def _allows(required: Mapping[str, Any], thing: Thing) -> bool:
    facts = {"domain": thing.domain, "device_class": thing.device_class}
    return all(_one_of(required[k], facts[k]) for k in facts if k in required)


def _excludes(excluded: Mapping[str, Any], thing: Thing) -> bool:
    facts = {"domain": thing.domain, "device_class": thing.device_class}
    return any(_one_of(excluded[k], facts[k]) for k in facts if k in excluded)


def _one_of(wanted: Any, fact: str) -> bool:
    if isinstance(wanted, dict):
        wanted = cast(dict[str, Any], wanted).get("value", [])
    return fact in (cast(list[Any], wanted) if isinstance(wanted, list) else [wanted])
