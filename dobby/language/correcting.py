"""Wishes that are taken back while they are said: "the rose lamp, no, the midnight lamp"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dobby.language.clause import VALUES, Clause, NotRead, acts
from dobby.language.meaning import PLACES, Measure, Ref

_GUARDS = frozenset({"not", "if", "time", "past", "reported", "or", "text", "ask", "be", "but"})


def corrected(clauses: Sequence[Clause]) -> list[Clause]:
    """The wish as it was meant in the end. Raises NotRead where that is not clear."""
    marks = [at for at, clause in enumerate(clauses) if clause.joined == "no"]
    if marks != [1]:  # twice, or nothing instead
        raise NotRead
    old, new, *after = clauses
    if _GUARDS & (set(old.has) | set(new.has)):
        raise NotRead
    rest = [replace(new, joined=""), *after]
    things: tuple[Ref, ...] = new.has.get("things", ())
    if any(ref.prons - PLACES - {"one"} for ref in things):
        raise NotRead
    if things and acts(new.has):
        return rest
    if not acts(old.has) and things and len(rest) > 1:
        return rest  # "kitchen, no wait, the hall: lights on"
    if len(rest) > 1 or not acts(old.has):
        raise NotRead
    if things and set(new.has) - {"things", ""}:
        raise NotRead  # "no, the midnight lamp for an hour"
    return [_instead(old, things) if things else _revalued(old, new)]


def _instead(old: Clause, things: Sequence[Ref]) -> Clause:
    """The new thing; a bare place moves the old thing there: "kitchen lights, no, the hall"."""
    before: tuple[Ref, ...] = old.has.get("things", ())
    if len(before) != 1 or len(things) != 1:
        raise NotRead
    (was,), (meant,) = before, things
    if meant.bare and meant.placed and not was.bare:
        places = replace(was, rooms=meant.rooms, floors=meant.floors, names=(), parts=())
        meant = replace(places, prons=meant.prons) if was.kinds else meant
    elif "one" in meant.prons and not meant.kinds:
        if not was.kinds:
            raise NotRead
        meant = replace(meant, kinds=was.kinds[-1:], prons=meant.prons - {"one"})
    return replace(old, has={**old.has, "things": (meant,)})


def _revalued(old: Clause, new: Clause) -> Clause:
    """ "To 26, no, 28": a value in place of one of its own sort."""
    said = [slot for slot in VALUES if slot in new.has]
    if len(said) != 1 or said[0] not in old.has or set(new.has) - {said[0], "how", ""}:
        raise NotRead
    values = new.has[said[0]]
    if said == ["measures"]:
        was: Measure = old.has["measures"][0]
        values = tuple(replace(m, unit=m.unit or was.unit, how=m.how or was.how) for m in values)
    return replace(old, has={**old.has, said[0]: values})
