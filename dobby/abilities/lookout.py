"""What the brain asks of the cameras: is a sentence about them, or an answer to what was asked?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dobby.abilities.addresses import added
from dobby.abilities.cameras import camera_calls
from dobby.agent.calls import Abstention, Context, ToolCall
from dobby.language.declining import Unclear
from dobby.language.frames import GLUE
from dobby.language.grounding import Ground
from dobby.language.meaning import View
from dobby.language.names import HouseNames
from dobby.language.placing import answer_to_where, says_where, where_it_looks
from dobby.language.sign import Sign
from dobby.language.tokens import Token
from dobby.language.watching import Watching, phrases_of, watches


@dataclass(frozen=True)
class Placed:
    """The answer that somebody gave who was asked where a camera looks."""

    calls: tuple[ToolCall, ...]
    sure: bool  # else it is asked about


class Lookout:
    """One sentence, as one about the cameras of a house; where there are none, nothing is."""

    def __init__(self, text: str, names: HouseNames, context: Context) -> None:
        self._text, self._names, self._context = text, names, context
        self._asked = text.rstrip(" !.").endswith("?")
        self._tokens = names.lexicon.tokenise(text)
        has_cameras = bool(names.with_ability.get("snapshot"))
        self._watching = Watching(names, context.watched) if has_cameras else None

    @cached_property
    def _phrases(self) -> list[list[Sign]]:
        return phrases_of(self._tokens, self._names, self._watching) if self._watching else []

    def calls(self, ground: Ground) -> tuple[ToolCall, ...]:
        """What a sentence about cameras comes to; none if it is none. Raises Unclear."""
        if told := added(self._text, self._names.lexicon.language):
            return tuple(told)
        if self._watching is None:
            return ()
        said = watches(self._tokens, self._phrases, self._asked)
        if told := camera_calls(said, ground, self._watching.views.cameras):
            return tuple(told)
        watched = self._context.watched
        told = where_it_looks(self._text, self._tokens, self._watching, watched)
        if not told and says_where(self._tokens, self._watching, watched):
            placed = self.answer()
            told = list(placed.calls) if placed and placed.sure else []
        ground.touched += [call.arguments["device"] for call in told]
        return tuple(told)

    def picked(self) -> frozenset[str]:
        """The cameras that a short answer picks among those that were offered."""
        offered = set(self._context.dialogue.options)
        if self._watching is None or not offered <= set(self._watching.views.cameras):
            return frozenset()
        views = _only_views(self._tokens, self._phrases)
        picked = offered & {camera for view in views for camera in view.cameras}
        clear = len(picked) < len(offered) or len(views) > 1
        return frozenset(picked) if picked and clear else frozenset()

    def answer(self) -> Placed | None:
        """What nobody understood, where it answers where a camera looks."""
        if self._watching is None:
            return None
        watched = self._context.watched
        found = answer_to_where(self._text, self._tokens, self._watching, watched)
        return Placed(tuple(found[0]), found[1]) if found else None

    def elsewhere(self) -> Unclear | None:
        """What to say of a sentence about a place where no camera looks; None if it is none.

        For what nobody understands: to others, the kitchen may be more than a view.
        """
        if self._watching is None:
            return None
        wider = Watching(self._names, self._context.watched, elsewhere=True)
        found = phrases_of(self._tokens, self._names, wider)
        said = watches(self._tokens, found, self._asked)
        try:
            camera_calls(said, Ground(self._names, self._context), wider.views.cameras)
        except Unclear as problem:
            return problem if problem.why is Abstention.UNKNOWN_NAME else None
        return None


def _only_views(tokens: Sequence[Token], found: Sequence[Sequence[Sign]]) -> list[View]:
    """The views of a sentence that names nothing else; none of any other."""
    best: list[list[View] | None] = [[], *(None for _ in tokens)]
    for at in range(len(tokens)):
        so_far = best[at]
        for sign in found[at] if so_far is not None else ():
            if so_far is None or best[sign.end] is not None:
                continue
            if sign.cat == "site" and sign.has.get("views"):
                best[sign.end] = [*so_far, *sign.has["views"]]
            elif sign.cat in GLUE or sign.cat == "join":
                best[sign.end] = so_far
    return best[-1] or []
