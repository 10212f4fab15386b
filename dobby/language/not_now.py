"""What is wished for later, or on a condition, without its time: what can be offered for now."""

from __future__ import annotations

from collections.abc import Sequence

from dobby.agent.calls import Abstention
from dobby.language.lattice import Lattice
from dobby.language.names import HouseNames
from dobby.language.phrases import phrases
from dobby.language.sign import Sign

NOT_NOW = frozenset({Abstention.CONDITION, Abstention.FUTURE})
OPENER = "clause"  # of a time word: what follows tells when, and is no mere time: "before"
_PLAIN = 1.0  # a time dearer than that may be something else: "at 6"


def for_now(text: str, names: HouseNames) -> str:
    """A sentence without the words for when, or on which condition; empty where none can be cut out
    without cutting more."""
    lattice = Lattice(names.lexicon.tokenise(text), names, names.lexicon)
    found = phrases(lattice)
    cut: set[int] = set()
    for at, signs in enumerate(found):
        if at in cut:
            continue
        if any(s.cat in {"state", "direction"} for s in signs):
            continue  # "lamp on, in ten minutes": a lamp is on, and not ten minutes
        ends = [s.end for s in signs if s.cat == "time" and s.cost < _PLAIN and not _opens(s)]
        if any(s.cat == "if" or _opens(s) for s in signs) and not ends:
            end = _end_of_clause(lattice, at)
            joined = any(s.cat == "join" for signs in found[at:end] for s in signs)
            if joined or (at == 0 and end == len(found)):
                return ""
            ends = [end]
        cut |= set(range(at, max(ends, default=at)))
    if not cut:
        cut = _hours(found)
    pieces = [lattice.tokens[at] for at in range(len(found)) if at not in cut]
    if not cut or not pieces:
        return ""
    return _joined(text, lattice, cut)


def _opens(sign: Sign) -> bool:
    return sign.cat == "time" and sign.end == sign.start + 1 and sign.has.get("time") == (OPENER,)


def _end_of_clause(lattice: Lattice, at: int) -> int:
    tokens = lattice.tokens
    return next((i for i in range(at + 1, len(tokens)) if tokens[i].gap), len(tokens))


def _hours(found: Sequence[Sequence[Sign]]) -> set[int]:
    """ "At 6", where no plainer time is said."""
    for at, signs in enumerate(found):
        ends = [s.end for s in signs if s.cat == "time"]
        if ends:
            return set(range(at, max(ends)))
    return set()


def _joined(text: str, lattice: Lattice, cut: set[int]) -> str:
    """What is left, as it is written."""
    pieces: list[str] = []
    for at, token in enumerate(lattice.tokens):
        if at not in cut:
            mark = f"{token.gap} " if token.gap and pieces and at - 1 not in cut else ""
            pieces.append(mark + text[token.start : token.end])
    return " ".join(piece for piece in pieces if piece).replace(" , ", ", ")
