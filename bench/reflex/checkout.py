"""The English test sentences of a checkout of OHF-Voice/intents, given by whoever measures.

Both layouts are read: ``tests/en/<domain>_<Intent>.yaml`` beside one ``_fixtures.yaml``, and
``tests/en/<Intent>/<case>.yaml`` with its own entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml

from bench.reflex.intents import due
from bench.reflex.places import Place, Thing
from tests.sentences.book import Sentence

Json = dict[str, Any]

_IMPLIED = {"timer": "Timer", "todo": "Shopping List", "lawn_mower": "Mower"}  # in no fixture


@dataclass
class Checkout:
    """Places by name, sentences, and how many could not be compared."""

    places: dict[str, Place] = field(default_factory=dict[str, Place])
    sentences: list[Sentence] = field(default_factory=list[Sentence])
    skipped: int = 0


def read(folder: Path) -> Checkout:
    """Every test of the checkout. Raises FileNotFoundError when it has no English tests."""
    tests = folder / "tests" / "en"
    if not tests.is_dir():
        raise FileNotFoundError(f"{tests} is no folder: is {folder} a checkout of the intents?")
    fixtures = tests / "_fixtures.yaml"
    found = Checkout(places={"fixtures": _place(_yaml(fixtures) if fixtures.exists() else {})})
    for path in sorted(tests.rglob("*.yaml")):
        if path.name != "_fixtures.yaml":
            _read_file(path, tests, found)
    return found


def _read_file(path: Path, tests: Path, found: Checkout) -> None:
    document = _yaml(path)
    own = {"areas", "floors", "entities"} & document.keys()
    name = "fixtures"
    if own:
        name = re.sub(r"\W+", "_", str(path.relative_to(tests).with_suffix("")))
        found.places[name] = _joined(_place(document, "own_"), found.places["fixtures"])
    nested = path.parent != tests
    where = str(path.relative_to(tests))
    for test in document.get("tests") or ():
        intent: Json = test.get("intent") or {}
        slots = _plain(intent.get("slots") or test.get("slots") or {})
        context: Json = intent.get("context") or test.get("context") or {}
        room = _text(context.get("area"))
        title = intent.get("name") or (path.parent.name if nested else "")
        if room and "Timer" not in title:
            slots.setdefault("area", room)
        if answer := test.get("response"):
            slots["response"] = answer
        wanted = due(title, slots, found.places[name])
        for text in cast(list[str], test["sentences"]):
            if wanted is None:
                found.skipped += 1
                continue
            found.sentences.append(
                Sentence(name, title, text, where, wanted.outcomes, room=room, state=wanted.start)
            )


def _joined(own: Place, shared: Place) -> Place:
    """A file's own house; what it leaves out, entities or areas, is as in the fixtures."""
    rest = tuple(t for t in shared.things if not own.things or t.key in _IMPLIED)
    return Place((*own.things, *rest), {**shared.floors, **own.floors}, shared.fahrenheit)


def _place(document: Json, prefix: str = "") -> Place:
    floors = {f.get("id", f["name"]): _text(f["name"]) for f in _list(document, "floors")}
    areas = {a.get("id", a["name"]): _text(a["name"]) for a in _list(document, "areas")}
    named: dict[str, str | None] = {
        _text(a["name"]): floors.get(str(a.get("floor"))) for a in _list(document, "areas")
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
            yield Thing(extra, name, extra)


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
