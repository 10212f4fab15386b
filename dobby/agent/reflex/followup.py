"""Answers to a question: "the left one", "kitchen", "both", completing the sentence that waits."""

from __future__ import annotations

from collections.abc import Sequence

from dobby.agent.reflex.clauses import Clause, Noun, wants
from dobby.agent.reflex.ground import Ground
from dobby.agent.reflex.reader import ClauseReader
from dobby.agent.reflex.spans import Span
from dobby.agent.reflex.targets import Wanted
from dobby.agent.reflex.text import words
from dobby.agent.reflex.wishes import Change, able_to

_AGAIN = {"and", "also", "too", "well", "same", "now", "then", "do", "likewise"}
_REPEATABLE = {
    "power", "brightness", "color", "color_temperature", "volume", "mute", "playback", "climate",
    "fan_speed", "position", "tilt",
}  # fmt: skip
_PLACES = {"first": 0, "1st": 0, "former": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2}


def chosen(ground: Ground, found: Sequence[Span]) -> frozenset[str] | None:
    """The devices among the options that a short answer picks; None if it is no answer."""
    dialogue = ground.context.dialogue
    options = [o for o in dialogue.options if o in ground.index.devices]
    if not dialogue.pending or not options:
        return None
    clause = ClauseReader(found).read()
    if clause.says() - {"states"} != {"nouns"}:  # "the back one"
        return None
    picked: set[str] = set()
    for noun in clause.nouns:
        ids = _among(ground, noun, options)
        if not ids:
            return None
        picked |= ids
    return frozenset(picked)


def only_names(found: Sequence[Span]) -> bool:
    """Whether a short answer does nothing but name: "the hall one", against "picture of the hall",
    "any smoke in the hall" and "I want the hall lamp", which are sentences of their own."""
    clause = ClauseReader(found).read()
    if clause.attrs or clause.states or any("any" in noun.quants for noun in clause.nouns):
        return False
    return not wants(clause) or all(noun.prons or noun.orders for noun in clause.nouns)


def _among(ground: Ground, noun: Noun, options: list[str]) -> set[str]:
    if (
        ("both" in noun.quants and len(options) == 2)
        or "all" in noun.quants
        or noun.prons & {"them"}
    ):
        return set(options)
    order = noun.orders[0] if noun.orders else ""
    if order in _PLACES and not any(
        order in label for o in options for label in ground.index.labels[o]
    ):
        return set(options[_PLACES[order] : _PLACES[order] + 1])
    if order == "last":
        return {options[-1]}
    fitting = {o for o in options if _fits(ground, noun, o)}
    exact = {n.ref for group in noun.names for n in group} & fitting
    fitting = exact or fitting
    return fitting if len(fitting) == 1 else set()


def _fits(ground: Ground, noun: Noun, option: str) -> bool:
    """Whether every word of the answer is in the option's names, room or kind."""
    device = ground.index.devices[option]
    label = set[str]().union(*ground.index.labels[option])
    room = ground.index.room.get(option)
    if noun.rooms and room not in noun.rooms[0] and not any(
        entry.startswith("~") and room and entry[1:] in words(room) for entry in noun.rooms[0]
    ):  # fmt: skip
        named = any(set(words(r)) <= label for r in noun.rooms[0] if not r.startswith("~"))
        if not named:
            return False
    if noun.floors and room not in ground.index.rooms_on(noun.floors[0]):
        return False
    if noun.names and not any(n.ref == option for group in noun.names for n in group):
        return False
    kinds = [k for k in noun.kinds if option not in ground.resolver.of_kind(k)]
    kinds = [k for k in kinds if not set(k.split("/")) & (label | {device.kind})]
    return not kinds and set(noun.parts) <= label and {words(o)[0] for o in noun.orders} <= label


def _heard_there_too(ground: Ground, clauses: Sequence[Clause], head: str) -> list[Change] | None:
    """ "And in the bath": that room joins the music just asked for."""
    nouns = [n for c in clauses for n in c.nouns]
    said = {t.text for c in clauses for s in c.spans for t in s.tokens}
    plain = all(c.says() <= {"nouns", "loose"} and not set(c.loose) - _AGAIN for c in clauses)
    if not (nouns and plain and said & _AGAIN) or head not in ground.index.devices:
        return None
    wanted = Wanted(able_to("group"), "join", ("speaker",))
    things = ground.things(Clause(nouns=nouns), wanted)
    return [Change(d.id, "group", {"leader": head}) for d in things if d.id != head]


def again(ground: Ground, clauses: Sequence[Clause]) -> list[Change] | None:
    """ "And the hall too": the last wish once more, on another thing; None if this is no such."""
    before = ground.context.dialogue.calls
    if before and before[-1].name == "media":
        return _heard_there_too(ground, clauses, before[-1].arguments["devices"][0])
    last = [c for c in before if c.name in _REPEATABLE]
    said = {t.text for c in clauses for s in c.spans for t in s.tokens}
    if not last or len(last) != len(ground.context.dialogue.calls) or not said & _AGAIN:
        return None
    nouns = [n for c in clauses for n in c.nouns]
    unclear = any(
        c.says() - {"nouns", "verbs", "loose"}
        or set(c.loose) - _AGAIN
        or c.verbs - ({"do"} if said & (_AGAIN - {"do", "now", "then"}) else set[str]())
        for c in clauses
    )
    if unclear or not nouns:
        return None
    kinds = tuple(
        {
            ground.index.devices[d].kind
            for c in last
            for d in c.arguments["devices"]
            if d in ground.index.devices
        }
    )
    things = ground.things(
        Clause(nouns=nouns), Wanted(able_to(*(c.name for c in last)), "do that", kinds)
    )
    return [
        Change(d.id, c.name, {k: v for k, v in c.arguments.items() if k != "devices"})
        for d in things for c in last if d.ability(c.name)
    ]  # fmt: skip
