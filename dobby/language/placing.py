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
        size = _size(plain, at, "looks", watching)
        place = _place(plain[at + size :], watching)
        if size and place and not watching.views.means_else(place):
            camera = _camera(plain[:at], watching, watched)
            return _placed(camera, text, place) if camera else []
    return []


def says_where(tokens: Sequence[Token], watching: Watching, watched: Watched) -> bool:
    """Whether it begins like an answer to the question that was just asked: "that's the ..."."""
    return bool(watched.asked) and _size(tokens, 0, "it", watching) > 0


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
    start = _size(plain, 0, "it", watching)
    looks = _size(plain, start, "looks", watching)
    place = _place(plain[start + (looks or _size(plain, start, "is_so", watching)) :], watching)
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


def _size(tokens: Sequence[Token], at: int, category: str, watching: Watching) -> int:
    """How many words from here are of a category; the most."""
    found = watching.words.at(tokens, at) if at < len(tokens) else ()
    sizes = [n for n, entries in found if any(e.category == category for e in entries)]
    return max(sizes, default=0)


def _place(tokens: Sequence[Token], watching: Watching) -> Sequence[Token]:
    """Without the little words before it."""
    while tokens and _is_little(tokens[0].text, watching):
        tokens = tokens[1:]
    return tokens if len(tokens) <= LONGEST else []


def _is_little(word: str, watching: Watching) -> bool:
    beside = any(e.category == "beside" for e in watching.words.word(word))
    return beside or any(e.category in _BEFORE for e in watching.lexicon.word(word))


def _camera(said: Sequence[Token], watching: Watching, watched: Watched) -> str:
    """The camera of this name; "it" is the one that was asked about; empty where it is unclear."""
    if _size(said, 0, "it", watching) == len(said):
        return watched.asked
    own = _place(said, watching)
    view = watching.views.meant(own) if own else None
    if view is None or not view.camera:
        return ""
    return view.cameras[0] if len(view.cameras) == 1 else watched.asked


def _placed(camera: str, text: str, place: Sequence[Token]) -> list[ToolCall]:
    words = " ".join(text[place[0].start : place[-1].end].split())
    return [ToolCall(name="watch_camera", arguments={"device": camera, "looks_at": words})]
