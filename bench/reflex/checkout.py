"""The test sentences of a checkout of OHF-Voice/intents, given by whoever measures.

Both layouts are read: ``tests/<language>/<domain>_<Intent>.yaml`` beside one ``_fixtures.yaml``,
and ``tests/<language>/<Intent>/<case>.yaml`` with its own entities. A case may leave out what it
speaks of ("the lights in the kitchen" with no light in it): such a house is filled up
(``common.py``), and where the fixtures are missing the common house stands for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import yaml

from bench.reflex.common import common, with_room, with_thing
from bench.reflex.intents import DOMAINS, due, targets
from bench.reflex.places import Place, Thing
from tests.sentences.book import Sentence

Json = dict[str, Any]

_IMPLIED = {"timer": "Timer", "todo": "Shopping List", "lawn_mower": "Mower"}  # in no fixture

_ROVING = frozenset({"vacuum"})  # works where it does not stand


@dataclass
class Checkout:
    """Places by name, sentences, and how many could not be compared."""

    language: str
    places: dict[str, Place] = field(default_factory=dict[str, Place])
    sentences: list[Sentence] = field(default_factory=list[Sentence])
    skipped: int = 0


@dataclass(frozen=True)
class _Case:
    """A sentence, and what it was recognised as."""

    intent: str
    slots: Json
    text: str
    room: str | None  # where they are said, if that matters


def read(folder: Path, language: str = "en") -> Checkout:
    """Every test of a language. Raises FileNotFoundError when the checkout has none."""
    tests = folder / "tests" / language
    if not tests.is_dir():
        raise FileNotFoundError(f"{tests} is no folder: is {folder} a checkout of the intents?")
    fixtures, schema = tests / "_fixtures.yaml", folder / "intents.yaml"
    shared = _place(_yaml(fixtures)) if fixtures.exists() else common(language)
    intents = _yaml(schema) if schema.exists() else {}
    found = Checkout(language)
    for path in sorted(tests.rglob("*.yaml")):
        if not path.name.startswith("_"):
            _read_file(path, tests, shared, intents, found)
    return found


def _read_file(path: Path, tests: Path, shared: Place, intents: Json, found: Checkout) -> None:
    document = _yaml(path)
    nested = path.parent.name if path.parent != tests else ""
    combinations = intents.get(nested, {}).get("slot_combinations", {})
    said_in_a_room = bool(combinations.get(path.stem, {}).get("context_area"))
    own = {"areas", "floors", "entities"} & document.keys()
    place = _joined(_place(document, "own_"), shared) if own else shared
    here = _room(document, place) if said_in_a_room else None
    cases = [c for test in document.get("tests") or () for c in _cases(test, nested, here)]
    for case in cases:
        place = _filled(place, case, found.language)
    name = re.sub(r"\W+", "_", str(path.relative_to(tests).with_suffix("")))
    found.places[name] = place
    where = str(path.relative_to(tests))
    for case in cases:
        wanted = due(case.intent, case.slots, place, found.language)
        if wanted is None:
            found.skipped += 1
            continue
        found.sentences.append(
            Sentence(
                name, case.intent, case.text, where, wanted.outcomes,
                room=case.room, state=wanted.start, language=found.language,
            )
        )  # fmt: skip


def _cases(test: Json, nested: str, here: str | None) -> Iterator[_Case]:
    intent: Json = test.get("intent") or {}
    slots = _plain(intent.get("slots") or test.get("slots") or {})
    context: Json = intent.get("context") or test.get("context") or {}
    title: str = intent.get("name") or nested
    room = _text(context.get("area")) or here
    if room and "Timer" not in title and not slots.keys() & {"area", "floor"}:
        slots["area"] = room
    if answer := test.get("response"):
        slots["response"] = answer
    for text in cast(list[str], test["sentences"]):
        yield _Case(title, {k: _of(v, text) for k, v in slots.items()}, text, room)


def _of(value: Any, text: str) -> Any:
    """A slot's value; of several, the one that the sentence names."""
    if not isinstance(value, list):
        return value
    values = cast(list[Any], value)
    said = text.casefold()
    return next((v for v in values if str(v).casefold() in said), values[0])


def _room(document: Json, place: Place) -> str | None:
    """Where a test that is said somewhere is said: the area that it marks, or its first."""
    areas = _list(document, "areas")
    marked = next((a for a in areas if a.get("context_area")), areas[0] if areas else None)
    return _text(marked["name"]) if marked else next(iter(place.floors), None)


def _filled(place: Place, case: _Case, language: str) -> Place:
    """With what the case takes for granted."""
    area, floor = case.slots.get("area"), case.slots.get("floor")
    place = with_room(place, area, floor, language)
    spot = area or next((a for a, on in place.floors.items() if floor and on == floor), None)
    if name := case.slots.get("name"):
        return _placed(place, str(name), spot)
    kind = str(case.slots.get("device_class") or "")
    domain = case.slots.get("domain") or DOMAINS.get(case.intent) or ("cover" if kind else "")
    named = {} if domain in _ROVING else case.slots
    if not domain or targets(named, place, domain):
        return place
    return with_thing(place, domain, kind, spot, language)


def _placed(place: Place, name: str, area: str | None) -> Place:
    """With the thing of that name there, if nothing says where it is."""
    things = tuple(
        replace(t, area=area) if t.name.casefold() == name.casefold() and not t.area else t
        for t in place.things
    )
    return replace(place, things=things)


def _joined(own: Place, shared: Place) -> Place:
    """A file's own house; what it leaves out, entities or areas, is as in the fixtures."""
    had = {thing.domain for thing in own.things}
    rest = tuple(t for t in shared.things if not own.things or t.domain in _IMPLIED.keys() - had)
    return Place((*own.things, *rest), {**shared.floors, **own.floors}, shared.fahrenheit)


def _place(document: Json, prefix: str = "") -> Place:
    floors = {f.get("id", f["name"]): _text(f["name"]) for f in _list(document, "floors")}
    areas = {a.get("id", a["name"]): _text(a["name"]) for a in _list(document, "areas")}
    named: dict[str, str | None] = {
        _text(a["name"]): floors.get(a.get("floor"), _text(a.get("floor")) or None)
        for a in _list(document, "areas")
    }
    things = tuple(_things(document, areas, prefix))
    for thing in things:
        if thing.area:
            named.setdefault(thing.area, None)
    temperatures = [
        e["attributes"].get("current_temperature", 0)
        for e in _list(document, "entities")
        if e.get("attributes")
    ]
    return Place(things, named, fahrenheit=any(float(t) > 45 for t in temperatures))


def _things(document: Json, areas: Mapping[str, str], prefix: str) -> Iterator[Thing]:
    domains: set[str] = set()
    for number, entity in enumerate(_list(document, "entities")):
        domain = str(entity.get("id", "")).partition(".")[0] or str(entity.get("domain", ""))
        domains.add(domain)
        attributes: Json = entity.get("attributes") or {}
        area = entity.get("area")
        yield Thing(
            f"{prefix}e{number}_{domain}", _text(entity["name"]), domain,
            areas.get(area, area) if area else None,
            str(attributes.get("device_class") or entity.get("device_class") or ""),
            _state(entity.get("state")), str(attributes.get("unit_of_measurement") or ""),
        )  # fmt: skip
    for extra, name in _IMPLIED.items():
        if not prefix and (extra not in domains or extra == "todo"):
            yield Thing(extra, name, extra, shopping=extra == "todo")


def _state(state: Any) -> str:
    """As an entity has it; the tests also name what is said for it."""
    if isinstance(state, dict):
        state = cast(Json, state).get("out", "")
    return "" if state is None else str(state)


def _list(document: Json, key: str) -> list[Json]:
    return document.get(key) or []


def _text(value: Any) -> str:
    """A name without template marks: ``Trader Joe[']s`` is Trader Joe's."""
    if isinstance(value, dict):
        value = cast(Json, value).get("in", "")
    return re.sub(r"[\[\]()]", "", str(value)).split("|")[0] if value else ""


def _plain(slots: Json) -> Json:
    return {k: cast(Json, v).get("value") if isinstance(v, dict) else v for k, v in slots.items()}


def _yaml(path: Path) -> Json:
    return cast(Json, yaml.safe_load(path.read_text(encoding="utf-8")) or {})
