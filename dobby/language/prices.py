"""What it costs a clause to take up one phrase more; None: it has no place there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dobby.language.clause import LIGHT
from dobby.language.meaning import Ref
from dobby.language.partial import Partial
from dobby.language.sign import Sign
from dobby.language.stretches import TEXTS

_ABSTRACT = frozenset({"scene", "timer", "list", "music"})  # these are for something
_FLAGS = frozenset({"not", "if", "time", "past", "reported"})
_UNJOINED = 8.0  # two things side by side, and nothing that joins them
SONGS = frozenset({"next", "previous", "shuffle", "repeat"})  # "play the next song"
SWITCHED = frozenset({"shuffle", "repeat", "mute"})  # acts that are put on and off
SPARING = frozenset({"but", "not"})

PRICES: Mapping[str, float] = {
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


def price_of(partial: Partial, sign: Sign, pause: str) -> float | None:
    """What it costs to take a phrase into the clause at hand; None: it has no place there."""
    cat, now = sign.cat, partial.now
    price = PRICES[cat]
    if cat == "spot":  # "play the kitchen radio on the terrace speaker"
        plays = "play" in now.get("act", ()) and "things" in now and cat not in now
        return price if plays and not pause else None
    if cat == "particle":
        ends = "particle" not in now and now.get("prefix") == sign.has["particle"]
        return price if ends else None
    if not now:
        return price
    if {cat, *now} >= {"act", "comfort"} or (pause and "comfort" in now and cat not in _FLAGS):
        return None  # "it is dark, turn the lamp on"
    if cat in {"thing", "where"}:
        return price + _price_of_thing(partial, sign, pause)
    if cat == "act":
        return _price_of_act(now, sign, pause)
    if cat == "state" and pause and _settled(now):
        return None  # "the alarm to away, armed"
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
    if cat == "but":  # of what is spared, one of several is left out
        whole = any(r.plural or r.quants or r.bare for r in now.get("things", ()))
        return price + (0.0 if whole else 0.3)
    if cat == "more" and "more" in now and (pause or partial.last != "more"):
        return None  # "louder, and the heating two degrees more"
    return price + (0.3 if pause and cat not in _FLAGS else 0.0)


def _settled(now: Mapping[str, tuple[Any, ...]]) -> bool:
    """Whether it is said already what something shall become."""
    return bool(_VALUES & set(now)) or now.get("act", ("switch",))[0] not in LIGHT


def _bare(has: Mapping[str, tuple[Any, ...]]) -> bool:
    """Whether a number stands there that counts nothing: neither a unit nor "to"."""
    return any(not (m.unit or m.how) for m in has.get("measures", ()))


def _price_of_thing(partial: Partial, sign: Sign, pause: str) -> float:
    things, cat = partial.now.get("things", ()), sign.cat
    if things and "beside" in sign.has and not _ABSTRACT & set(things[-1].kinds):
        return _UNJOINED  # "the light off for the car"
    if pause and (pause in SPARING or partial.last == "but"):
        return 0.0
    if cat == "thing" and "act" in partial.now and addressed(partial.now):
        return _UNJOINED  # "Tom set a timer", whoever Tom is
    if not pause and partial.last == "value" and _bare(partial.now) and cat == "thing":
        return 4.0  # "two lamps": so many, not so much
    if not things:
        valued = _VALUES & set(partial.now)  # "Netflix on the TV, lights to 20 %" are two orders
        return 0.8 if pause and valued else 0.2 if pause else 0.0
    if pause:
        listed = partial.last in {"thing", "where", "but"} and pause != ":"
        return 0.0 if listed else 1.2  # "basement: lights off, music off"
    (ref,) = things[-1:]
    if nested(ref, sign) or (partial.last == "act" and "joins" in partial.now["act"]):
        return 0.1
    new: Ref = sign.has["things"][0]
    if new.bare and new.quants and not (new.prons or new.placed):
        return 0.3  # "the heating off everywhere"
    places = cat == "where" or ref.bare or (new.bare and new.floors)  # "on upstairs"
    if places and not (ref.placed and (cat == "where" or (new.bare and new.placed))):
        return 0.1
    return _UNJOINED if partial.last in {"thing", "for", "det", "of"} and not ref.prons else 2.5


def addressed(has: Mapping[str, tuple[Any, ...]]) -> bool:
    """Whether a clause begins with what may be somebody's name, and with nothing more."""
    refs: tuple[Ref, ...] = has.get("things", ())
    called = [r for r in refs if r.parts and not (r.names or r.kinds or r.placed)]
    first = next(iter(has))
    named = first == "text" and not TEXTS & set(has.get("act", ()))
    return named or (first == "things" and len(refs) == len(called) == 1)


def nested(ref: Ref, sign: Sign) -> bool:
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
    if {new, said[0]} & SONGS and {new, said[0]} & {"play", "start"}:
        return 0.1
    if said[0] in {"on", "off", "stop"} and new in SWITCHED and "state" not in now:
        return 0.1  # "turn off shuffle"
    if said[0] == "let" and new in {"open", "close"}:  # "let it open": leave it so
        return None
    if new in LIGHT and said[0] not in LIGHT and "things" in now:
        return None  # "lock the door turn the heating down"
    return 0.3 if said[0] in LIGHT or new in LIGHT else None
