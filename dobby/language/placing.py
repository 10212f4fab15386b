"""Where a camera looks, said of it or in answer to the question: "the front door"."""

from __future__ import annotations

from collections.abc import Sequence

from dobby.agent.calls import ToolCall, Watched
from dobby.language.tokens import Token
from dobby.language.watching import Watching

LONGEST = 5  # words of a place
_BEFORE = frozenset({"det", "in", "at", "to", "of", "for", "by", "from", "mark"})


def where_it_looks(
    text: str, tokens: Sequence[Token], watching: Watching, watched: Watched
) -> list[ToolCall]:
    """ "The porch camera looks at the drive"; none for any other sentence."""
    plain = _plain(text, tokens)
    for at in range(1, len(plain)):
        size = _looks(plain, at, watching)
        place = _place(plain[at + size :], watching)
        if size and place and not watching.views.means_else(place):
            camera = _camera(plain[:at], watching, watched)
            return _placed(camera, text, place) if camera else []
    return []


def answer_to_where(
    text: str, tokens: Sequence[Token], watching: Watching, watched: Watched
) -> tuple[list[ToolCall], bool] | None:
    """What the answer to "where does it look?" comes to, and whether it is sure to be one; None
    if it is none. For what nobody else understands: an order is never taken for it.

    It is sure soon after the question alone, of what is known for a place or said in so many
    words: "the drive", "it looks at the pond".
    """
    camera = watched.asked or watched.unplaced
    plain = _plain(text, tokens)
    if not camera or not plain:
        return None
    start = 1 if _says(plain[0], "it", watching) and len(plain) > 1 else 0
    looks = _looks(plain, start, watching) if start < len(plain) else 0
    place = _place(plain[start + looks :], watching)
    if not place or len(place) > LONGEST:
        return None
    known = watching.views.is_place(place)
    if not known and not (watched.asked and watching.views.may_be_place(place)):
        return None
    return _placed(camera, text, place), bool(watched.asked) and (known or looks > 0)


def _plain(text: str, tokens: Sequence[Token]) -> Sequence[Token]:
    """The words; none for a question or for one of several parts."""
    several = any(token.gap for token in tokens)
    return [] if "?" in text or several else tokens


def _looks(tokens: Sequence[Token], at: int, watching: Watching) -> int:
    """How many words from here say that something looks somewhere; the most."""
    found = watching.words.at(tokens, at)
    return max(
        (n for n, entries in found if any(e.category == "looks" for e in entries)), default=0
    )


def _place(tokens: Sequence[Token], watching: Watching) -> Sequence[Token]:
    """Without the little words before it."""
    while tokens and any(
        e.category in _BEFORE for e in watching.lexicon.word(tokens[0].text)
    ):  # fmt: skip
        tokens = tokens[1:]
    return tokens if len(tokens) <= LONGEST else []


def _says(token: Token, category: str, watching: Watching) -> bool:
    return any(e.category == category for e in watching.words.word(token.text))


def _camera(said: Sequence[Token], watching: Watching, watched: Watched) -> str:
    """The camera of this name; "it" is the one that was asked about; empty where it is unclear."""
    own = _place(said, watching)
    if len(own) == 1 and _says(own[0], "it", watching):
        return watched.asked
    view = watching.views.meant(own) if own else None
    if view is None or not view.camera:
        return ""
    return view.cameras[0] if len(view.cameras) == 1 else watched.asked


def _placed(camera: str, text: str, place: Sequence[Token]) -> list[ToolCall]:
    words = " ".join(text[place[0].start : place[-1].end].split())
    return [ToolCall(name="watch_camera", arguments={"device": camera, "looks_at": words})]
