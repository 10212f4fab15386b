"""A sentence as a lattice: everything that each run of its words may be, with a cost.

Names of the house, phrases of the language, numbers, compounds, clitics and mended slips are edges
side by side; what they come to is decided by whoever parses.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dobby.language.homographs import Homographs
from dobby.language.lexicon import LAST, Entry, Lexicon, as_written
from dobby.language.meaning import PLACES, Choice, Measure, Ref
from dobby.language.names import HouseNames, Name
from dobby.language.numbers import of_number
from dobby.language.sign import Features, Sign
from dobby.language.slips import meant_by
from dobby.language.tokens import Token

UNKNOWN, MENDED, PART, INEXACT, APART = 8.0, 1.5, 0.6, 0.05, -0.2
BARE, ACCENT = 0.1, 0.5  # a word without the accents of the lexicon, and one with others
_OF_TITLES = frozenset({"titled", "everyday"})
_ARTICLE = 1.0  # dearer than the article that it rather is
_GENRE = 0.2  # dearer than a title that holds the word: "Jazz Radio"
_LIKE_AN_ORDER = 0.5  # the song "Turn off the light" is not what somebody says who only says that
_ORDINARY = 0.4  # a band called "Nothing" is said less often than the word
_NEVER_MENDED = frozenset({"number", "measure", "clock", "span", "talk", "time"})
_RISKY = frozenset({"unlock", "disarm"})
_ONE = {"one": "one", "ones": "one"}
_WHOLE = frozenset({"everything", "everywhere", "any", "none", "both"})  # nouns by themselves

_CLOSING = frozenset({"join", "in", "at", "with", "filler", "except", "if", "time", "not"})
_TITLED = frozenset({"timer"})


class Lattice:
    """The signs of one sentence, by where they start."""

    def __init__(
        self,
        tokens: Sequence[Token],
        names: HouseNames,
        lexicon: Lexicon,
        more: Callable[[Sequence[Token], int], Iterable[Sign]] | None = None,
        of: Container[str] = (),
    ) -> None:
        """``more``: what else may start at a word, of a field whose phrases are made ``of`` these
        categories alone; then nothing is taken for a slip."""
        self._names, self._lexicon = names, lexicon
        tokens = self._written_out(tokens)
        self.tokens = tokens
        self.starts: list[list[Sign]] = [[] for _ in tokens]
        self._homographs = Homographs(lexicon, names)
        if more:
            reached = {0}
            for at in range(len(tokens)):
                if at in reached:
                    found = (*self._at(tokens, at), *more(tokens, at))
                    self.starts[at] = [sign for sign in found if sign.cat in of]
                    reached |= {sign.end for sign in self.starts[at]}
            return
        meant = {at: near for at, token in enumerate(tokens)
                 if (near := meant_by(token.text, names.vocabulary))}  # fmt: skip
        for at, token in enumerate(tokens):
            found = list(self._at(tokens, at))
            if meant:
                found += self._mended(tokens, at, meant, known=any(s.end == at + 1 for s in found))
            if not found:
                found = [Sign(at, at + 1, "unknown", {"unknown": (token.raw,)}, UNKNOWN)]
            self.starts[at] = found
            self._homographs.follow(found)

    def _written_out(self, tokens: Sequence[Token]) -> list[Token]:
        """Compounds that are more than one: "Küchen- und Flurlicht", "pastatimer"."""
        whole: list[Token] = []
        for at, token in enumerate(tokens):
            word = token.text
            if word.endswith("-") and len(word) > 1:
                later = (t.text for t in tokens[at + 1 : at + 6])
                tails = (w[len(h) :] for w in later for h, _ in self._names.heads(w))
                token = replace(token, text=word[:-1] + next(tails, ""))
            cut = self._names.cut(word) if len(token.raw) == len(word) else 0
            if cut:
                middle = token.start + cut
                whole.append(replace(token, raw=token.raw[:cut], text=word[:cut], end=middle))
                token = Token(token.raw[cut:], word[cut:], "", middle, token.end)
            whole.append(token)
        return whole

    def _at(self, tokens: Sequence[Token], at: int) -> Iterator[Sign]:
        for size, named in self._names.at(tokens, at):
            yield from self._of_names(tokens, at, size, named)
        for size, entries in self._lexicon.at(tokens, at):
            yield from self._of_entries(tokens, at, size, entries)
        yield from self._of_series(tokens, at)
        yield from of_number(self._lexicon, tokens, at)
        word = tokens[at].text
        stem = self._lexicon.morphology.stem(word)
        kinds = any(e.category == "kind" for e in self._lexicon.word(word))
        small = self._lexicon.is_small(word)
        small = small or self._homographs.stands_alone(tokens, at)
        rooms = self._names.room_parts.get(stem, set[str]())  # of "room" there are many
        if stem in self._names.parts and not (word.isdigit() or kinds or small or len(rooms) > 2):
            yield Sign(at, at + 1, "part", {"parts": (stem,)}, PART)
        titles = self._names.favourites.parts.get(stem, ())
        if len(titles) == 1:  # "jazz" is "Jazz Suave"
            yield Sign(at, at + 1, "choice", {"choices": (Choice("media", *titles),)}, PART)
        if rooms and not (small or self._homographs.addresses(tokens, at)):
            yield Sign(at, at + 1, "place", {"rooms": (frozenset(rooms),)}, PART)
        yield from self._of_compound(at, word)
        yield from self._of_clitic(at, word)

    def _of_names(
        self, tokens: Sequence[Token], at: int, size: int, named: Sequence[Name]
    ) -> Iterator[Sign]:
        said = tuple(t.text for t in tokens[at : at + size])
        exact = any(n.exact == said for n in named)
        cost = 0.0 if exact else INEXACT
        rooms = frozenset(n.ref for n in named if n.of == "room")
        devices = frozenset(  # a speaker called as its room is the room's
            n.ref for n in named if n.of == "device" and self._names.room(n.ref) not in rooms
        )
        if devices:
            has: dict[str, tuple[Any, ...]] = {"names": (devices,), "exact": (exact,)}
            if all(self._names.devices[i].kind == "timer" for i in devices):
                has["kinds"] = ("timer",)  # how long, beside it, is no time to wait
            numbered = any(word.isdigit() for n in named for word in n.exact)
            if not (exact or numbered) and any(map(self._is_plural, said)):
                has["plural"], cost = (True,), 0.4  # "basement lights" are more than one so called
            yield Sign(at, at + size, "noun", has, cost - 0.1 * size)
        if rooms:
            where: dict[str, tuple[Any, ...]] = {"rooms": (rooms,)}
            if all(n.like for n in named if n.of == "room"):
                where["like"] = (True,)
            yield Sign(at, at + size, "place", where, cost - 0.1 * size)
        for name in named:
            if name.of == "floor":
                floor = {"floors": (name.ref,)}
                yield Sign(at, at + size, "place", floor, cost - 0.1 * size)
                if any(e.category == "storey" for e in self._word(tokens, at)):
                    yield Sign(at, at + size, "loc", floor, cost)  # "the lights on upstairs"
            elif name.of in {"media", "source"} or (name.of == "area" and not rooms):
                choice = Choice(name.of, name.ref)
                price = cost - 0.1 * size + (_LIKE_AN_ORDER if self._orders(tokens[at]) else 0.0)
                price += _ORDINARY if size == 1 and self._lexicon.word(said[0]) else 0.0
                yield Sign(at, at + size, "choice", {"choices": (choice,)}, price)

    def _of_series(self, tokens: Sequence[Token], at: int) -> Iterator[Sign]:
        """ "Lamps 1 and 2": the name before, with another number."""
        if at < 3 or not tokens[at].text.isdigit() or not tokens[at - 2].text.isdigit():
            return
        if any(e.category == "join" for e in self._word(tokens, at - 1)):
            for first in range(at - 3, max(at - 6, -1), -1):
                said = [t.text for t in (*tokens[first : at - 2], tokens[at])]
                named = self._names.named(self._names.stems(" ".join(said)))
                devices = frozenset(n.ref for n in named if n.of == "device")
                if devices:
                    yield Sign(at, at + 1, "noun", {"names": (devices,), "exact": (True,)}, -0.1)

    def _orders(self, token: Token) -> bool:
        return any(e.category in {"act", "not"} for e in self._lexicon.word(token.text))

    def _is_plural(self, word: str) -> bool:
        """Whether a noun or the end of a compound can only be plural: "lampy" is one's, too."""
        nouns = [e for e in self._lexicon.word(word) if e.category == "kind"]
        nouns = nouns or [kind for _, kinds in self._names.heads(word) for kind in kinds]
        return bool(nouns) and all(e.plural for e in nouns)

    def _of_entries(
        self, tokens: Sequence[Token], at: int, size: int, entries: Sequence[Entry]
    ) -> Iterator[Sign]:
        end = at + size
        written = as_written(tokens[at:end])
        told = len({e.written for e in entries}) > 1  # accents tell "ferme" from "fermé"
        for entry in entries:
            cat, meaning = entry.category, entry.meaning
            cost = -0.1 * (size - 1)
            doubt = self._homographs.doubt(tokens, at, end, entry, entries)
            if doubt is None:
                continue
            cost += doubt
            if told and entry.written != written:
                cost += BARE if written.isascii() else ACCENT
            if entry.after and not self._follows(tokens[:at], 0, entry.after.split(), ends=False):
                continue
            if entry.particle == LAST or cat == "particle":
                if not self._closes(tokens, end):
                    continue
            elif entry.particle and cat == "filler":
                if self._follows(tokens, end, entry.particle.split(), ends=False):
                    yield Sign(at, end, cat, {}, cost)
                continue
            elif entry.particle:
                if self._follows(tokens, end, entry.particle.split()):
                    both: Features = {cat: (meaning,), "prefix": (entry.particle,)}
                    yield Sign(at, end, cat, both, cost + APART)
                continue
            match cat:
                case "kind":
                    many = {"plural": (True,)} if entry.plural else {}
                    yield Sign(at, end, "noun", {"kinds": (meaning,), **many}, cost)
                case "quantity":
                    whole = meaning in _WHOLE
                    yield Sign(at, end, "noun" if whole else "quant", {"quants": (meaning,)}, cost)
                    if meaning in {"any", "both", "none"}:
                        yield Sign(at, end, "quant", {"quants": (meaning,)}, cost)
                case "pronoun":
                    where = meaning in PLACES
                    head = "loc" if where else "noun" if meaning in _ONE else "pron"
                    prons: Features = {"prons": (_ONE.get(meaning, meaning),)}
                    prons = {**prons, "plural": (True,)} if meaning == "ones" else prons
                    away = 0.3 if meaning == "outside" else 0  # what is called so comes first
                    led = _ARTICLE if self._leads(tokens, at, end) else 0  # "die Beatles"
                    yield Sign(at, end, head, prons, cost + led + (away if where else 0.2))
                case "height" | "storey" | "unit" | "everyday" | "portion":
                    pass
                case "no":  # "no, turn it off": an answer, where it stands alone
                    if not at and end < len(tokens) and tokens[end].gap:
                        yield Sign(at, end, "filler", {}, cost)
                    elif at and (tokens[at].gap or size > 1):
                        denies = any(e.category == "not" for e in entries)
                        if not denies or (end < len(tokens) and tokens[end].gap):
                            yield Sign(at, end, cat, {}, cost)
                case "measure":  # "o stopień": a degree, without a number
                    number, _, unit = meaning.partition(" ")
                    said: Any = Measure(float(number), unit)  # type: ignore[arg-type]
                    yield Sign(at, end, cat, {"measures": (said,)}, cost)
                case "span":
                    yield Sign(at, end, cat, {"spans": (float(meaning),)}, cost)
                case "genre":
                    said = " ".join(t.raw for t in tokens[at:end])
                    genre = (Choice("genre", said),)
                    yield Sign(at, end, "choice", {"choices": genre}, cost + _GENRE)
                case "ask" if " " in meaning:  # "did it": whether, and of what
                    form, _, pronoun = meaning.partition(" ")
                    yield Sign(at, end, cat, {cat: (form,), "clitic": (pronoun,)}, cost)
                case "number":
                    yield Sign(at, end, "number", {"number": (float(meaning),)}, cost)
                case "det" if self._joins(tokens, end):
                    pass
                case (
                    "det"
                    | "filler"
                    | "mark"
                    | "of"
                    | "to"
                    | "from"
                    | "with"
                    | "in"
                    | "by"
                    | "for"
                    | "at"
                    | "as"
                    | "titled"
                ):
                    yield Sign(at, end, cat, {}, cost)
                case _:
                    yield Sign(at, end, cat, {cat: (meaning,)}, cost)

    def _closes(self, tokens: Sequence[Token], end: int) -> bool:
        """Whether a clause may end there: "schließ sie auf", but "dreh sie auf 20"."""
        if end >= len(tokens) or tokens[end].gap:
            return True
        return any(size and e.category in _CLOSING for size, entries in
                   self._lexicon.at(tokens, end) for e in entries)  # fmt: skip

    def _joins(self, tokens: Sequence[Token], end: int) -> bool:
        """Whether nothing comes that an article could stand before."""
        if end >= len(tokens):
            return True
        return any(e.category == "join" for e in self._word(tokens, end))

    def _leads(self, tokens: Sequence[Token], at: int, end: int) -> bool:
        """Whether an article stands there, before a word that only a name or a title can be."""
        if end >= len(tokens) or tokens[end].gap or end > at + 1:
            return False
        if not any(e.category == "det" for e in self._word(tokens, at)):
            return False
        return all(e.category in _OF_TITLES for e in self._word(tokens, end))

    def _follows(
        self, tokens: Sequence[Token], start: int, particle: list[str], ends: bool = True
    ) -> bool:
        """Whether the rest of a phrase that stands apart is there; if it ``ends`` its clause."""
        size = len(particle)
        return any(
            [t.text for t in tokens[at : at + size]] == particle
            and not (ends and not self._closes(tokens, at + size))
            for at in range(start, len(tokens) - size + 1)
        )

    def _word(self, tokens: Sequence[Token], at: int) -> list[Entry]:
        return self._lexicon.word(tokens[at].text)

    def _of_compound(self, at: int, word: str) -> Iterator[Sign]:
        """ "Kuechenlicht": a place, a name's word or a kind, and a noun for a kind."""
        for head, kinds in self._names.heads(word):
            stem = self._lexicon.morphology.stem(head)
            for entry in kinds:
                if entry.meaning in _TITLED:
                    yield self._titled(at, len(head), entry.meaning)
                has: dict[str, tuple[Any, ...]] = {"kinds": (entry.meaning,)}
                if entry.plural:
                    has["plural"] = (True,)
                for room in self._names.named((stem,)):
                    if room.of in {"room", "floor"}:
                        where = {"rooms": (frozenset({room.ref}),)}
                        where = where if room.of == "room" else {"floors": (room.ref,)}
                        yield Sign(at, at + 1, "noun", {**has, **where}, 0.2)
                if stem in self._names.parts:
                    yield Sign(at, at + 1, "noun", {**has, "parts": (stem,)}, 0.3)
                for first in self._lexicon.word(head):
                    if first.category == "kind":
                        both = (first.meaning, entry.meaning)
                        yield Sign(at, at + 1, "noun", {**has, "kinds": both}, 0.4)

    def _titled(self, at: int, size: int, kind: str) -> Sign:
        """ "Nudeltimer": a thing that is called by what it is for."""
        raw = self.tokens[at].raw
        ref = Ref(kinds=(kind,), words=raw)
        return Sign(at, at + 1, "thing", {"things": (ref,), "text": (raw[:size],)}, 0.5)

    def _of_clitic(self, at: int, word: str) -> Iterator[Sign]:
        """ "apagalas": an act, and what it is done to."""
        for clitic, pronoun in self._lexicon.morphology.enclitics.items():
            if not word.endswith(clitic) or len(word) - len(clitic) < 3:
                continue
            for entry in self._lexicon.word(word[: -len(clitic)]):
                if entry.category == "act":
                    has = {"act": (entry.meaning,)}
                    has |= {"clitic": (pronoun,)} if pronoun != "-" else {}
                    yield Sign(at, at + 1, "act", has, 0.1)

    def _mended(
        self, tokens: Sequence[Token], at: int, meant: Mapping[int, Sequence[str]], known: bool
    ) -> list[Sign]:
        """What stands there if mistyped words are what they may have been."""
        said = [replace(t, text=meant[i][0]) if i in meant else t for i, t in enumerate(tokens)]
        signs: list[Sign] = []
        for word in () if known and at in meant else meant.get(at, (tokens[at].text,)):
            said[at] = replace(tokens[at], text=word)
            for sign in self._at(said, at):
                slips = sum(i in meant for i in range(at, sign.end))
                risky = sign.cat in _NEVER_MENDED or _RISKY & set(sign.has.get("act", ()))
                if slips and not risky:
                    price = MENDED * slips * (2 if sign.cat == "filler" else 1)
                    signs.append(replace(sign, cost=sign.cost + price))
        return signs
