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
    r"(?:(?:is )?(?P<looks>looks|looking|points|pointing|faces|facing|watches|sees|covers|shows) "
    r"|is )?"
    r"(?:(?P<at>at|on|over|to|towards|toward|onto|into|in|out at|down|out on) )?"
    r"(?:(?P<the>the|my|our|a) )?(?P<place>[\w' -]+?)$",
    re.I,
)
_LOOKS = re.compile(
    r"^(?P<camera>.+?) (?:looks|points|is looking|is pointing|is facing|faces)"
    r"(?: (?:at|on|over|to|towards|toward|onto|into))* (?:the |my |our |a )?(?P<place>[\w' -]+)$",
    re.I,
)


def where_it_looks(ground: Ground, text: str) -> list[ToolCall] | None:
    """ "The porch camera looks at the drive"."""
    plain = _plain(text)
    if plain and (found := _LOOKS.match(plain)):
        camera = _the_camera(ground, found["camera"])
        if camera and not _means_something_else(ground, tokenise(found["place"])):
            return _placed(ground, camera, found["place"])
    return None


def answer_to_where(ground: Ground, text: str) -> tuple[list[ToolCall], bool] | None:
    """What the answer to "where does it look?" comes to, and whether it is sure to be one; None
    if it is none. For what nobody else understands: an order is never taken for it.

    It is sure soon after the question alone, of what is known for a place or said in so many
    words: "the drive", "it looks at the pond".
    """
    watched, plain = ground.context.watched, _plain(text)
    camera = watched.asked or watched.unplaced
    if not camera or not plain or (found := _PLACED.match(plain)) is None:
        return None
    tokens = tokenise(found["place"])
    said_so = bool(found["looks"] and (found["at"] or found["the"]))
    known = is_a_place(ground, tokens)
    if not known and (not watched.asked or not _may_be_a_place(ground, tokens)):
        return None
    if (calls := _placed(ground, camera, found["place"])) is None:
        return None
    return calls, bool(watched.asked) and (known or said_so)


def _plain(text: str) -> str:
    """The sentence without what is only written; empty for a question or one of several parts."""
    plain = " ".join(cleaned(text).split()).rstrip(" .!").replace("’s", "'s")
    plain = re.sub(r"(?i)^(it|that)'s\b", r"\1 is", plain)
    return "" if "?" in plain or "," in plain else plain


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


def _placed(ground: Ground, camera: str, place: str) -> list[ToolCall] | None:
    tokens = tokenise(place)
    if not 0 < len(tokens) <= LONGEST or any(t.gap for t in tokens):
        return None
    ground.touched.append(camera)
    arguments = {"device": camera, "looks_at": " ".join(place.split())}
    return [ToolCall(name="watch_camera", arguments=arguments)]


def is_a_place(ground: Ground, tokens: Sequence[Token]) -> bool:
    """ "Front door", "side gate", "Anna's room": one phrase that ends in a place, without a word
    of an order: "candlelight in the living room" is none."""
    if not tokens or any(_joins(t) for t in tokens) or _means_something_else(ground, tokens):
        return False
    stems = [t.stem for t in tokens]
    ends = [n for at in range(len(stems)) for n in ground.index.named(stems[at:])]
    return any(n.of == "room" for n in ends) or stems[-1] in vocabulary().words["looked_at"]


def _may_be_a_place(ground: Ground, tokens: Sequence[Token]) -> bool:
    """Whether it ends in a word that means nothing else: "the koi basin"."""
    unknown = bool(tokens) and tokens[-1].text not in english().words
    ends = unknown or is_a_place(ground, tokens[-1:])
    return ends and not _means_something_else(ground, tokens)


def _joins(token: Token) -> bool:
    """Whether it ties two things together; "of" makes one of them."""
    phrase = english().match([token], 0)
    return phrase is not None and token.text != "of" and bool({"prep", "join"} & phrase[1].keys())


def _means_something_else(ground: Ground, tokens: Sequence[Token]) -> bool:
    """Whether a word is of an order or of a veto, or names a thing that is no door and no room."""
    for at in range(len(tokens)):
        _, names = ground.index.longest(tokens, at) or (0, [])
        things = [n for n in names if n.of in {"device", "media", "source"}]
        doors = any(n.of == "device" and ground.index.devices[n.ref].kind in DOORS for n in things)
        if things and not doors and not any(n.of == "room" for n in names):
            return True
        phrase = english().match(tokens, at)
        ordered = phrase is not None and bool(NO_PLACE & phrase[1].keys())
        if ordered and tokens[at].stem not in vocabulary().words["looked_at"]:
            return True
    return bool(CAMERA & {t.stem for t in tokens})
