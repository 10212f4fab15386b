"""Where a camera looks, said of it or in answer to the question: "the front door"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dobby.agent.calls import ToolCall
from dobby.agent.reflex.eyes.marks import english as vocabulary
from dobby.agent.reflex.eyes.places import CAMERA, Place, Places
from dobby.agent.reflex.ground import Ground
from dobby.agent.reflex.lexicon import english
from dobby.agent.reflex.text import Token, cleaned, tokenise

LONGEST = 5  # words of a place
NO_PLACE = frozenset({"verb", "guard", "talk", "question", "way", "more"})
DOORS = frozenset({"door", "lock", "gate", "garage", "window", "camera", "sensor"})

_PLACED = re.compile(
    r"^(?:(?:it|that one|this one|the camera|that camera|this camera|that|this) )?"
    r"(?:(?:is )?(?:looks|looking|points|pointing|faces|facing|watches|sees|covers|shows) |is )?"
    r"(?:(?:at|on|over|to|towards|toward|onto|into|in|out at|down|out on) )?"
    r"(?:(?:the|my|our|a) )?(?P<place>[\w' -]+?)$",
    re.I,
)
_LOOKS = re.compile(
    r"^(?P<camera>.+?) (?:looks|points|is looking|is pointing|is facing|faces)"
    r"(?: (?:at|on|over|to|towards|toward|onto|into))* (?:the |my |our |a )?(?P<place>[\w' -]+)$",
    re.I,
)


def where_it_looks(ground: Ground, text: str) -> list[ToolCall] | None:
    """ "The front door", in answer to the question; "the porch camera looks at the drive"."""
    plain = " ".join(cleaned(text).split()).rstrip(" .!").replace("’s", "'s")
    plain = re.sub(r"(?i)^(it|that)'s\b", r"\1 is", plain)
    if "?" in plain or "," in plain:
        return None
    if (found := _LOOKS.match(plain)) and (camera := _the_camera(ground, found["camera"])):
        return _placed(ground, camera, found["place"], free=True)
    asked = ground.context.watched.asked
    if not asked or (found := _PLACED.match(plain)) is None:
        return None
    explicit = bool(re.match(r"(?i)(?:it|that|this|looks|looking|points|faces|at)\b", plain))
    return _placed(ground, asked, found["place"], free=explicit)


def _the_camera(ground: Ground, said: str) -> str | None:
    """The camera of this name; "it" is the one that was asked about."""
    tokens = [t for t in tokenise(said) if t.text not in {"the", "my", "our"}]
    asked = ground.context.watched.asked
    if [t.text for t in tokens] in (["it"], ["that", "one"], ["this", "one"]):
        return asked or None
    places = Places(ground.index, ground.context.watched)
    for size, _, place in places.at(tokens, 0) if tokens else ():
        if size == len(tokens) and isinstance(place, Place) and place.said_camera:
            one = place.cameras if len(place.cameras) == 1 else (asked,) if asked else ()
            return one[0] if len(one) == 1 else None
    return None


def _placed(ground: Ground, camera: str, place: str, free: bool) -> list[ToolCall] | None:
    """The call that places it, if these are words for a place and for nothing else.

    ``free``: it was said in so many words, so that any name will do.
    """
    tokens = tokenise(place)
    if not 0 < len(tokens) <= LONGEST or any(t.gap for t in tokens):
        return None
    known = is_a_place(ground, tokens)
    if not known and (not free or _means_something_else(ground, tokens)):
        return None
    ground.touched.append(camera)
    looks_at = " ".join(place.split())
    arguments = {"device": camera, "looks_at": looks_at}
    return [ToolCall(name="watch_camera", arguments=arguments)]


def is_a_place(ground: Ground, tokens: Sequence[Token]) -> bool:
    """ "Front door", "side gate", "Anna's room": it ends in a place, and no word is of an order."""
    names = ground.index.named([t.stem for t in tokens])
    if any(n.of == "room" for n in names):
        return True
    return tokens[-1].stem in vocabulary().words["looked_at"] and not _means_something_else(
        ground, tokens
    )


def _means_something_else(ground: Ground, tokens: Sequence[Token]) -> bool:
    """Whether a word is of an order or of a veto, or all of them name some device but a door."""
    names = ground.index.named([t.stem for t in tokens])
    devices = [ground.index.devices[n.ref] for n in names if n.of == "device"]
    if devices:
        return not any(d.kind in DOORS for d in devices)
    for at in range(len(tokens)):
        phrase = english().match(tokens, at)
        ordered = phrase is not None and bool(NO_PLACE & phrase[1].keys())
        if ordered and tokens[at].stem not in vocabulary().words["looked_at"]:
            return True
    return bool(CAMERA & {t.stem for t in tokens})
