"""Clauses: a sentence's phrases taken up from left to right, each by exactly one clause.

Within a clause the order is free, as it is in most languages: "mach im Bad das Licht aus", "lights
off in the bath". Every word is part of a phrase that found its place; what found none makes its
reading dear, and no reading at all in the end. Bounded: so many partial readings a word, no
recursion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dobby.language.clause import LIGHT, Clause
from dobby.language.meaning import Ref
from dobby.language.sign import Sign
from dobby.language.tokens import Token

WIDTH = 24  # partial readings that are kept at a word
MARGIN = 5.0  # dearer than the cheapest by so much, none is kept
READINGS = 10
UNJOINED = 8.0  # two things side by side, and nothing that joins them

_JOINTS = frozenset({"and", "then", "but", "or"})
_TEXTS = frozenset({"add", "remove", "tick", "play", "need", "remember", "name", "find"})
_TEXT_COST, _STRAY_TEXT, _NEW_COST, _ASYNDETIC = 0.45, 2.0, 0.4, 2.5
_VERBLESS = 0.15  # "heat the bathroom" is an order before it is a heating
_LONGEST_STRAY = 4  # words of free text beside a verb that takes none: a timer's name
_SONGS = frozenset({"next", "previous", "shuffle", "repeat"})  # "play the next song"
_THINGS = frozenset({"thing", "where"})
_FLAGS = frozenset({"not", "if", "time", "past", "reported"})
_SWITCHED = frozenset({"shuffle", "repeat", "mute"})  # acts that are put on and off
_UNFINISHED = frozenset({"det", "of", "for"})  # "blinds in the"; no more than "lights off and"
_OPENERS = frozenset({"act", "ask", "asked", "be", "if", "talk", "comfort", "exist"})


@dataclass(frozen=True, slots=True)
class Partial:
    """A reading up to some word."""

    cost: float = 0.0
    done: tuple[Clause, ...] = ()
    now: Mapping[str, tuple[Any, ...]] = field(default_factory=dict[str, tuple[Any, ...]])
    start: int = 0
    last: str = ""  # what was taken up last
    pause: str = ""  # the joint since: and, but, or, a mark
    joined: str = ""  # how this clause began

    def going_on(self, cost: float, pause: str) -> Partial:
        """Past words that say nothing to the clause."""
        return Partial(cost, self.done, self.now, self.start, self.last, pause, self.joined)

    @property
    def whole(self) -> bool:
        """Whether its clause says anything, and has the particle that its verb waits for."""
        return bool(self.now) and self.now.get("prefix", ()) == self.now.get("particle", ())

    def closed(self, end: int) -> tuple[Clause, ...]:
        if not self.now:
            return self.done
        return (*self.done, Clause(self.now, self.start, end, self.joined))


@dataclass(frozen=True, slots=True)
class Reading:
    clauses: tuple[Clause, ...]
    cost: float


def readings(
    text: str, tokens: Sequence[Token], phrases: Sequence[Sequence[Sign]]
) -> list[Reading]:
    """The cheapest readings of a sentence, the best first."""
    size = len(tokens)
    beams: list[list[Partial]] = [[] for _ in range(size + 1)]
    beams[0] = [Partial()]
    prices = [_price_of_text(signs) for signs in phrases]
    little = [any(s.cat in _LITTLE and s.end == at + 1 for s in signs)
              for at, signs in enumerate(phrases)]  # fmt: skip
    for at in range(size):
        gap = tokens[at].gap if at else ""
        for partial in _best(beams[at], WIDTH):
            for sign in phrases[at]:
                beams[sign.end] += _taken(partial, sign, gap)
            for end, wordy in _text(partial, text, tokens, at, prices, little):
                beams[end].append(wordy)
    whole = [
        p for p in beams[size] if p.pause not in _JOINTS and p.last not in _UNFINISHED
        and (p.whole or not p.now)
    ]  # fmt: skip
    ends = [Reading(p.closed(size), p.cost + _VERBLESS * ("act" not in p.now)) for p in whole]
    unlike: list[Reading] = []
    for reading in sorted(ends, key=lambda r: r.cost):
        if all(reading.clauses != other.clauses for other in unlike):
            unlike.append(reading)
        if len(unlike) == READINGS:
            break
    return unlike


def _best(beam: list[Partial], count: int) -> list[Partial]:
    beam.sort(key=lambda p: p.cost)
    most = beam[0].cost + MARGIN if beam else 0.0
    return [p for p in beam[:count] if p.cost <= most]


def _taken(partial: Partial, sign: Sign, gap: str) -> Iterator[Partial]:
    cat, cost = sign.cat, partial.cost + sign.cost
    if cat == "filler":
        yield partial.going_on(cost + 0.05, partial.pause or gap)
        return
    if cat == "also":  # "the music in the den, too"
        both = {**partial.now, "also": ("-",)} if partial.now else partial.now
        pause = partial.pause or gap
        last = partial.last
        yield Partial(cost, partial.done, both, partial.start, last, pause, partial.joined)
        return
    if cat == "no":  # "no, blue" begins anew; "the hall off, no, wait" takes something back
        now = {**partial.now, "reported": ("-",)} if partial.now else partial.now
        yield Partial(
            cost + 0.05, partial.done, now, partial.start, partial.last, gap, partial.joined
        )
        return
    if cat == "join":
        yield partial.going_on(cost, sign.has["join"][0])
        return
    place = _PLACES.get(cat)
    if place is None:
        return
    pause = partial.pause or gap
    if cat in {"thing", "where"} and partial.last == "but" and pause:  # "except a and b"
        now = {**partial.now, "but": (*partial.now["but"], *sign.has["things"])}
        yield Partial(cost + 0.05, partial.done, now, partial.start, "but", "", partial.joined)
    price = _price(partial, sign, pause)
    if price is not None:
        start = partial.start if partial.now else sign.start
        now = _with(partial.now, sign, partial, pause)
        last = "but" if "but" in (pause, partial.last) and cat in _THINGS else cat
        yield Partial(cost + price, partial.done, now, start, last, "", partial.joined)
    if cat not in {"particle", "spot"} and partial.whole and (pause or cat in {"act", "if"}):
        cheap = 0.0 if pause and cat in _OPENERS else _NEW_COST if pause else _ASYNDETIC
        done = partial.closed(sign.start)
        yield Partial(cost + cheap + place, done, _with({}, sign), sign.start, cat, "", pause)


_PLACES: Mapping[str, float] = {
    "act": 0.0, "state": 0.0, "done": 0.1, "direction": 0.0, "more": 0.0, "degree": 0.0,
    "attribute": 0.1,
    "value": 0.0, "thing": 0.0, "where": 0.0, "but": 0.0, "goal": 0.0, "source": 0.0, "spot": 0.0,
    "partner": 0.0, "ask": 0.0, "asked": 0.0, "be": 0.0, "time": 0.2, "moment": 0.1, "if": 0.1,
    "not": 0.1, "past": 0.2, "reported": 0.2, "talk": 0.0, "comfort": 0.0, "unknown": 0.0,
    "det": 0.8, "of": 0.9, "for": 0.9, "choice": 0.1, "particle": 0.0,
    "exist": 0.0, "most": 0.0, "catalog": 0.1,
}  # fmt: skip
"""What a clause takes up, and at which price."""

_ALONE = frozenset(
    {
        "act",
        "state",
        "done",
        "direction",
        "asked",
        "ask",
        "attribute",
        "talk",
        "comfort",
        "exist",
        "most",
        "catalog",
    }
)
_VALUES = frozenset(
    {"measures", "level", "color", "white", "mode", "armed", "choices", "degree", "spans"}
)


def _price(partial: Partial, sign: Sign, pause: str) -> float | None:
    """What it costs to take a phrase into the clause at hand; None: it has no place there."""
    cat, now = sign.cat, partial.now
    price = _PLACES[cat]
    if cat == "spot":  # "play the kitchen radio on the terrace speaker"
        plays = "play" in now.get("act", ()) and "things" in now and cat not in now
        return price if plays and not pause else None
    if cat == "particle":
        ends = "particle" not in now and now.get("prefix") == sign.has["particle"]
        return price if ends else None
    if not now:
        return price
    if cat in {"thing", "where"}:
        return price + _price_of_thing(partial, sign, pause)
    if cat == "act":
        return _price_of_act(now, sign, pause)
    if cat in _ALONE and cat in now:
        return price + 0.2 if now[cat] == sign.has.get(cat) else None
    if cat == "ask" and "act" in now:  # a question begins with its word
        return price + 1.0
    if cat == "value":
        if any(key in now for key in sign.has if key in _VALUES):
            return None
        if pause and _bare(sign.has) and partial.last == "thing":
            return None  # "lamp 1 and 2"
        led = partial.last in {"particle", "direction"} and _bare(sign.has)  # "auf 11" is to 11
        return price + (0.2 if pause else 0.0) + (0.5 if led else 0.0)
    if cat in {"goal", "source", "partner", "be"} and cat in now:
        return price + 0.1 if pause and partial.last == cat else None
    if cat == "but":
        return price
    if cat == "more" and "more" in now and partial.last != "more":
        return None  # "louder, and the heating two degrees more"
    return price + (0.3 if pause and cat not in _FLAGS else 0.0)


def _bare(has: Mapping[str, tuple[Any, ...]]) -> bool:
    """Whether a number stands there that counts nothing: neither a unit nor "to"."""
    return any(not (m.unit or m.how) for m in has.get("measures", ()))


def _price_of_thing(partial: Partial, sign: Sign, pause: str) -> float:
    things, cat = partial.now.get("things", ()), sign.cat
    if pause and (pause == "but" or partial.last == "but"):
        return 0.0
    if not pause and partial.last == "value" and _bare(partial.now) and cat == "thing":
        return 4.0  # "two lamps": so many, not so much
    if not things:
        valued = _VALUES & set(partial.now)  # "Netflix on the TV, lights to 20 %" are two orders
        return 0.8 if pause and valued else 0.2 if pause else 0.0
    if pause:
        return 0.0 if partial.last in {"thing", "where", "but"} else 1.2
    (ref,) = things[-1:]
    if _nested(ref, sign) or (partial.last == "act" and "joins" in partial.now["act"]):
        return 0.1
    new: Ref = sign.has["things"][0]
    places = cat == "where" or ref.bare or (new.bare and "everywhere" in new.quants)
    if places and not (ref.placed and (cat == "where" or (new.bare and new.placed))):
        return 0.1
    beside = partial.last in {"thing", "for", "of"}  # "off, the light for the car"
    return UNJOINED if beside and not ref.prons else 2.5


def _nested(ref: Ref, sign: Sign) -> bool:
    """ "Upstairs in the hall", "outside on the terrace": one place within the other."""
    (new, *more) = sign.has["things"]
    if more or not (ref.bare and new.bare) or ref.prons or new.prons:
        return False
    return bool((ref.floors and new.rooms) or (ref.rooms and new.floors))


def _price_of_act(now: Mapping[str, tuple[Any, ...]], sign: Sign, pause: str) -> float | None:
    said, new = now.get("act", ()), sign.has["act"][0]
    if "clitic" in sign.has and "things" in now:
        return None
    if not said:
        return None if pause == "then" else 0.7 if pause else 0.0
    if pause:
        return None
    if said[0] == new:
        return 0.3
    if {new, said[0]} & _SONGS and {new, said[0]} & {"play", "start"}:
        return 0.1
    if said[0] in {"on", "off", "stop"} and new in _SWITCHED and "state" not in now:
        return 0.1  # "turn off shuffle"
    if said[0] == "let" and new in {"open", "close"}:  # "let it open": leave it so
        return None
    return 0.3 if said[0] in LIGHT or new in LIGHT else None


def _with(
    now: Mapping[str, tuple[Any, ...]],
    sign: Sign,
    partial: Partial | None = None,
    pause: str = "",
) -> dict[str, tuple[Any, ...]]:
    """What a clause says with one phrase more."""
    both = dict(now)
    spared = pause == "but" or (bool(pause) and partial is not None and partial.last == "but")
    for key, values in sign.has.items():
        if key == "things" and both.get(key) and not pause and _nested(both[key][-1], sign):
            ref, new = both[key][-1], values[0]
            place = replace(ref, rooms=(*ref.rooms, *new.rooms), floors=(*ref.floors, *new.floors))
            both[key] = (*both[key][:-1], place)
        elif key == "things" and now and spared and sign.cat in _THINGS:
            both["but"] = (*both.get("but", ()), *values)
        elif (
            key == "act"
            and both.get("act", ("",))[0] in {"on", "off", "stop"}
            and (values[0] in _SWITCHED)
        ):
            both["act"], both["state"] = values, ("on" if both["act"] == ("on",) else "off",)
        elif key == "act" and both.get("act"):
            over = both["act"][0] in LIGHT or values[0] in _SONGS
            both["act"] = values if over else both["act"]
        else:
            both[key] = (*both.get(key, ()), *values)
    if pause == "or":
        both["or"] = (pause,)
    return both or {"": ()}  # an article, say


def _text(
    partial: Partial,
    text: str,
    tokens: Sequence[Token],
    at: int,
    prices: Sequence[float],
    little: Sequence[bool],
) -> Iterator[tuple[int, Partial]]:
    """Free text: every stretch of words from here. Whatever uses no text is not meant then."""
    if "text" in partial.now or prices[at] > _SMALL or little[at]:
        return
    if partial.last in _LITTLE and "play" in partial.now.get("act", ()):
        return  # "play for time"
    taking = _TEXTS & set(partial.now.get("act", ()))
    most = len(tokens) if taking else min(len(tokens), at + _LONGEST_STRAY)
    start = partial.start if partial.now else at
    cost = partial.cost + (0 if taking else _STRAY_TEXT)
    for end in range(at + 1, most + 1):
        cost += prices[end - 1]
        if cost > partial.cost + MARGIN:
            return
        if end > at + 1 and tokens[end - 1].gap in _STOPS:
            return  # "jazz? no"
        if little[end - 1] and end > at + 1:
            continue
        words = text[tokens[at].start : tokens[end - 1].end]
        now = {**partial.now, "text": (words,)}
        if partial.pause == "or":
            now["or"] = ("or",)
        yield end, Partial(cost, partial.done, now, start, "text", "", partial.joined)


_BARRED = frozenset({"not", "if", "time", "past", "activity"})  # no title says these
_GUARDS = frozenset({"reported", "pron", "span", "clock", "act", "more"})
_STOPS = frozenset("?!.;:\n")
_LITTLE = frozenset({"in", "of", "to", "from", "with", "for", "by", "at"})
_SMALL = 1.2


def _price_of_text(signs: Sequence[Sign]) -> float:
    """A word that says more than a name does is dear as one: "play it safe", "add nothing"."""
    short = [s for s in signs if s.end == s.start + 1]
    if any(s.cat in _BARRED or "none" in s.has.get("quants", ()) for s in short):
        return MARGIN + 1
    if any(s.cat in _GUARDS or "everywhere" in s.has.get("quants", ()) for s in short):
        return _TEXT_COST + 1.5
    return _TEXT_COST + (0.4 if any(s.cat in _LITTLE for s in short) else 0.0)
