"""Wishes that are taken back while they are said: "the rose lamp, no, the midnight lamp"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dobby.agent.reflex.clauses import Clause, Noun
from dobby.agent.reflex.joining import segments
from dobby.agent.reflex.reader import ClauseReader
from dobby.agent.reflex.spans import Span

_FREE_TEXT = {"play", "add", "remove", "check", "clear", "read", "keep"}
_VALUES = ("ways", "measures", "levels", "colors", "whites", "armed", "modes")


def taken_back(found: Sequence[Span]) -> Clause | list[Span] | None:
    """The wish as corrected, or the spans of the new one; None where nothing is corrected.

    A correction that is unclear stays in the sentence, which then is not understood.
    """
    marks = [i for i in range(len(found)) if _corrects(found, i)]
    if len(marks) != 1:
        return None
    before, after = found[: marks[0]], list(found[marks[0] + 1 :])
    if not after or len(segments(before)) > 1:
        return None
    old, new = ClauseReader(before).read(), ClauseReader(segments(after)[0]).read()
    if not before:  # "no, turn it off", to what was said or done last
        return after if new.verbs or not found[0].text.startswith("no") else None
    if (old.verbs | new.verbs) & _FREE_TEXT or new.guards or new.loose or new.excepts:
        return None
    if any(n.prons - {"here"} for n in new.nouns):
        return None
    if new.nouns and new.acts:
        return after
    if not old.acts and new.nouns and len(segments(after)) > 1:
        return after  # "kitchen, no wait, the hall: lights on"
    if len(segments(after)) > 1 or not old.acts:
        return None
    if len(new.nouns) == len(old.nouns) == 1 and not new.acts:
        old.nouns = [_instead(old.nouns[0], new.nouns[0])]
        return old
    return _revalued(old, new)


def _corrects(found: Sequence[Span], at: int) -> bool:
    """Whether this takes back what stands before it: "no lamps" does not."""
    if not found[at].says("correction") or found[at].names:
        return False
    following = found[at + 1] if at + 1 < len(found) else None
    if found[at].text == "no":
        return following is not None and bool(following.gap or following.says("det"))
    return following is not None


def _instead(old: Noun, new: Noun) -> Noun:
    """The new thing; a bare place moves the old thing there: "kitchen lights, no, the hall"."""
    if not (new.place_only and old.kinds):
        return new
    return replace(
        old, rooms=new.rooms, floors=new.floors, twins=[], names=[], exact=[], parts=[],
        prons=set[str](), words=[*new.words, *old.words[-1:]],
    )  # fmt: skip


def _revalued(old: Clause, new: Clause) -> Clause | None:
    """ "To 26, no, 28": a value in place of one of its own sort."""
    said = [slot for slot in _VALUES if getattr(new, slot)]
    if new.nouns or new.verbs or len(said) != 1 or len(getattr(old, said[0])) != 1:
        return None
    if said == ["measures"]:
        was = old.measures[0]
        new.measures = [
            replace(m, unit=m.unit or was.unit, how=m.how or was.how) for m in new.measures
        ]
    setattr(old, said[0], getattr(new, said[0]))
    return old
