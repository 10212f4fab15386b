"""Sentences about cameras: their words, beside all others, and the frame that the whole fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dobby.agent.calls import Watched
from dobby.language import times
from dobby.language.frames import Fit, built_of, fits
from dobby.language.lattice import Lattice
from dobby.language.lexicon import further
from dobby.language.meaning import Timed, Watch
from dobby.language.names import HouseNames
from dobby.language.phrases import phrases
from dobby.language.sign import Sign
from dobby.language.tokens import Token
from dobby.language.views import views_of


class Watching:
    """What a house with cameras adds to the words of a sentence."""

    def __init__(self, names: HouseNames, watched: Watched, elsewhere: bool = False) -> None:
        """``elsewhere``: places where no camera looks count, too."""
        self.words = further(names.lexicon.language)
        self.views = views_of(names, watched)
        self.lexicon = names.lexicon
        self._elsewhere = elsewhere

    def signs(self, tokens: Sequence[Token], at: int) -> Iterator[Sign]:
        """What may start at a word: phrases of cameras, times, and what is looked at."""
        for size, entries in self.words.at(tokens, at):
            for entry in entries:
                if entry.category in times.OF_CLOCKS:
                    continue
                has = times.of_entry(entry) or {entry.category: (entry.meaning,)}
                yield Sign(at, at + size, entry.category, has, -0.1 * (size - 1))
        for end, time in times.clocks(tokens, at, self.words, self.lexicon):
            yield Sign(at, end, "hour", {"when": (Timed(time),)}, -0.1 * (end - at - 1))
        yield from self.views.at(tokens, at)
        if self._elsewhere:
            yield from self.views.elsewhere(tokens, at)


def phrases_of(tokens: Sequence[Token], names: HouseNames, watching: Watching) -> list[list[Sign]]:
    """The phrases of which a sentence about cameras may consist."""
    return phrases(Lattice(tokens, names, names.lexicon, watching.signs, built_of()))


def watches(
    tokens: Sequence[Token], phrases: Sequence[Sequence[Sign]], asked: bool
) -> Iterator[Watch]:
    """What a sentence may say of cameras, the likeliest first."""
    for fit in fits(tokens, phrases, asked):
        yield _watch(fit)


def _watch(fit: Fit) -> Watch:
    sights = tuple(sight if key == "sight" else "person" for sign in fit.phrases
                   for key in ("sight", "anybody") for sight in sign.has.get(key, ()))  # fmt: skip
    lingers = ("lingers",) if fit.all("lingers") else ()
    numbers = fit.all("number")
    return Watch(
        form=fit.frame.name,
        said=frozenset(
            {s.cat for s in fit.phrases}
            | {key for s in fit.phrases for key in s.has}
            | {v for s in fit.phrases for vs in s.has.values() for v in vs if isinstance(v, str)}
        ),
        sights=(*sights, *lingers),
        views=fit.all("views"),
        zones=fit.all("zones"),
        times=fit.all("when"),
        number=int(numbers[0]) if numbers else None,
    )
