"""Clauses: a sentence's phrases taken up from left to right, each by exactly one clause.

Within a clause the order is free, as it is in most languages: "mach im Bad das Licht aus", "lights
off in the bath". Every word is part of a phrase that found its place; what found none makes its
reading dear, and no reading at all in the end. Bounded: so many partial readings a word, no
recursion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dobby.language.clause import LIGHT, TOLD, Clause, acts
from dobby.language.partial import Beam, Partial
from dobby.language.prices import PRICES, SONGS, SPARING, SWITCHED, nested, price_of
from dobby.language.sign import Sign
from dobby.language.stretches import LITTLE, price_of_text, texts
from dobby.language.telling import tales
from dobby.language.tokens import Token

WIDTH = 24  # partial readings that are kept at a word
READINGS = 10

_JOINTS = frozenset({"and", "then", "but", "or", "not"})
_NEW_COST, _ASYNDETIC = 0.4, 2.5
_VERBLESS = 0.15  # "heat the bathroom" is an order before it is a heating
_TALE, _NEXT_ORDER = 1.5, 0.8
_THINGS = frozenset({"thing", "where"})
_UNFINISHED = frozenset({"det", "of", "for"})  # "blinds in the"; no more than "lights off and"
_OPENERS = frozenset({"act", "ask", "asked", "be", "if", "talk", "comfort", "exist"})


@dataclass(frozen=True, slots=True)
class Reading:
    clauses: tuple[Clause, ...]
    cost: float


def readings(
    text: str, tokens: Sequence[Token], phrases: Sequence[Sequence[Sign]]
) -> list[Reading]:
    """The cheapest readings of a sentence, the best first."""
    size = len(tokens)
    beams = [Beam(WIDTH) for _ in range(size)] + [Beam()]
    beams[0].add(Partial())
    for at in tales(tokens, phrases):
        beams[at].add(Partial(_TALE, start=at, joined=TOLD))
    prices = [price_of_text(signs) for signs in phrases]
    little = [any(s.cat in LITTLE and s.end == at + 1 for s in signs)
              for at, signs in enumerate(phrases)]  # fmt: skip
    for at in range(size):
        gap = tokens[at].gap if at else ""
        for partial in beams[at].best():
            for sign in phrases[at]:
                beam = beams[sign.end]
                for taken in _taken(partial, sign, gap, beam.most):
                    beam.add(taken)
            for end, wordy in texts(partial, text, tokens, at, prices, little):
                beams[end].add(wordy)
    whole = [
        p for p in beams[size].partials if p.pause not in _JOINTS and p.last not in _UNFINISHED
        and (p.whole or not p.now) and (p.now or p.joined != "no")
    ]  # fmt: skip
    ends = [Reading(p.closed(size), p.cost + _VERBLESS * ("act" not in p.now)) for p in whole]
    unlike, told = list[Reading](), list[list[Clause]]()
    for reading in sorted(ends, key=lambda r: r.cost):
        if (said := _said(reading)) not in told:
            unlike.append(reading)
            told.append(said)
        if len(unlike) == READINGS:
            break
    return unlike


def _said(reading: Reading) -> list[Clause]:
    """What a reading says, whichever of the verbs that say little it was said with."""
    plain = {"switch": ("set",)}
    return [
        replace(c, has={**c.has, "act": plain.get(c.has["act"][0], c.has["act"])})
        if "act" in c.has
        else c
        for c in reading.clauses
    ]


def _taken(partial: Partial, sign: Sign, gap: str, most: float) -> Iterator[Partial]:
    """What a partial reading becomes with one phrase more; of no use if dearer than ``most``."""
    cat, cost = sign.cat, partial.cost + sign.cost
    if cat == "filler":
        yield partial.going_on(cost + 0.05, partial.pause or gap)
        return
    if partial.pause == "not" and (gap or cat not in _THINGS):
        return
    if cat == "also":  # "the music in the den, too"
        both = {**partial.now, "also": ("-",)} if partial.now else partial.now
        pause = partial.pause or gap
        last = partial.last
        yield Partial(cost, partial.done, both, partial.start, last, pause, partial.joined)
        return
    if cat == "no":  # "the rose lamp, no, the blue one"; "the hall off, no, wait"
        if partial.now:
            now = {**partial.now, "reported": ("-",)}
            yield Partial(cost + 1.0, partial.done, now, partial.start, partial.last, gap)
        if partial.done or partial.now:
            yield Partial(cost + 0.05, partial.closed(sign.start), {}, sign.end, "", "", "no")
        return
    if cat == "join":
        yield partial.going_on(cost, sign.has["join"][0])
        return
    place = PRICES.get(cat)
    if place is None:
        return
    pause = partial.pause or gap
    if cat == "not" and gap and acts(partial.now) and "things" in partial.now:
        yield partial.going_on(cost, "not")  # "all lights off, not the hall"
    if cat in _THINGS and partial.last == "but" and pause and "but" in partial.now:  # "except a, b"
        now = {**partial.now, "but": (*partial.now["but"], *sign.has["things"])}
        yield Partial(cost + 0.05, partial.done, now, partial.start, "but", "", partial.joined)
    price = price_of(partial, sign, pause)
    if price is not None and cost + price < most:
        start = partial.start if partial.now else sign.start
        now = _with(partial.now, sign, partial, pause)
        spared = pause in SPARING or partial.last == "but"
        last = "but" if spared and cat in _THINGS else cat
        yield Partial(cost + price, partial.done, now, start, last, "", partial.joined)
    if pause == "not":
        return
    if cat not in {"particle", "spot"} and partial.whole and (pause or cat in {"act", "if"}):
        told = "comfort" in partial.now and cat == "act"
        cheap = _ASYNDETIC
        if pause or told:
            cheap = 0.0 if cat in _OPENERS else _NEW_COST
        elif cat == "act" and {"act", "things"} <= set(partial.now):
            cheap = _NEXT_ORDER
        if cost + cheap + place >= most:
            return
        done = partial.closed(sign.start)
        yield Partial(cost + cheap + place, done, _with({}, sign), sign.start, cat, "", pause)


def _with(
    now: Mapping[str, tuple[Any, ...]],
    sign: Sign,
    partial: Partial | None = None,
    pause: str = "",
) -> dict[str, tuple[Any, ...]]:
    """What a clause says with one phrase more."""
    both = dict(now)
    spared = pause in SPARING or (bool(pause) and partial is not None and partial.last == "but")
    for key, values in sign.has.items():
        if key == "things" and both.get(key) and not pause and nested(both[key][-1], sign):
            ref, new = both[key][-1], values[0]
            place = replace(ref, rooms=(*ref.rooms, *new.rooms), floors=(*ref.floors, *new.floors))
            both[key] = (*both[key][:-1], place)
        elif key == "things" and now and spared and sign.cat in _THINGS:
            both["but"] = (*both.get("but", ()), *values)
        elif (
            key == "act"
            and both.get("act", ("",))[0] in {"on", "off", "stop"}
            and (values[0] in SWITCHED)
        ):
            both["act"], both["state"] = values, ("on" if both["act"] == ("on",) else "off",)
        elif key == "act" and both.get("act"):
            over = both["act"][0] in LIGHT or values[0] in SONGS
            both["act"] = values if over else both["act"]
        else:
            both[key] = (*both.get(key, ()), *values)
    if pause == "or":
        both["or"] = (pause,)
    return both or {"": ()}  # an article, say
