"""Noun phrases to devices. Every word of the phrase has to be explained by each device found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from devices.device import Device
from dobby.agent.calls import Abstention, Context
from dobby.agent.phrases import able
from dobby.agent.reflex.candidates import Candidates, Unresolved, either, listed
from dobby.agent.reflex.clauses import Noun
from dobby.agent.reflex.text import words
from dobby.language.words import Words

__all__ = ["Able", "Resolver", "Unresolved", "Wanted"]

Able = Callable[[Device], bool]


@dataclass(frozen=True)
class Wanted:
    """What a clause needs of its things."""

    able: Able
    doing: str = "do that"  # "be dimmed": for "The fan cannot be dimmed."
    fallback: tuple[str, ...] = ()  # kinds that a bare place stands for


class Resolver(Candidates):
    """Phrases to devices, or to a question back."""

    def resolve(self, nouns: Sequence[Noun], wanted: Wanted) -> list[str]:
        """The devices that the phrases mean, in order, each once. Raises Unresolved."""
        found: dict[str, None] = {}
        for noun in self._shared(nouns):
            self._beside = {self._index.room[i] for i in found if i in self._index.room}
            found.update(dict.fromkeys(self._one(noun, wanted)))
        self._beside = set()
        return list(found)

    def excluded(self, nouns: Sequence[Noun], among: Iterable[str], sweep: bool) -> set[str]:
        """What "except ..." takes out of ``among``. Raises Unresolved when it is not clear.

        A ``sweep`` ("everything off") may spare what it would not have touched: the fridge.
        """
        out: set[str] = set()
        pool = set(among)
        for noun in nouns:
            known = self._pool(noun)
            ids = known & pool
            if sweep and known and not ids:
                continue
            if not ids:
                text = noun.text or "that"
                raise Unresolved(
                    Abstention.EXCEPTION, f"I don't know what to leave out: {text}. Which one?"
                )
            if not (noun.plural or noun.quants or noun.place_only or len(ids) == 1):
                ids = self._single(noun, ids)
            out |= ids
        return out

    def _shared(self, nouns: Sequence[Noun]) -> list[Noun]:
        """Lends a head to phrases that lack one: "the kitchen and hall lights"."""
        out = list(nouns)
        for i in range(len(out) - 2, -1, -1):
            noun, following = out[i], out[i + 1]
            if noun.headless and (head := self._head(following)) and not noun.kinds:
                out[i] = replace(noun, kinds=[head], plural=noun.plural or following.plural)
        for i in range(1, len(out)):
            noun, before = out[i], out[i - 1]
            placed = bool(before.rooms or before.floors)
            if noun.place_only and before.kinds and placed and not before.names:
                out[i] = replace(noun, kinds=before.kinds[-1:], plural=before.plural,
                                 quants=set(before.quants))  # fmt: skip
        return out

    def _head(self, noun: Noun) -> str | None:
        if noun.kinds:
            return noun.kinds[-1]
        if noun.names:
            kinds = {self._index.devices[n.ref].kind for n in noun.names[-1]}
            last = noun.names[-1][0].key[-1]
            if len(kinds) == 1 and len(noun.names[-1][0].key) > 1:
                (kind,) = kinds
                return kind if last == kind else f"{kind}/{last}"
        return None

    def _one(self, noun: Noun, wanted: Wanted) -> list[str]:
        spoken = self._spoken()
        if noun.headless_quant and "both" in noun.quants and len(spoken) == 2:
            noun = replace(noun, prons={"them"})
        if noun.prons - {"here", "there"} or "other" in noun.quants:
            return self._pronoun(noun, wanted)
        if noun.twins:
            try:
                return self._found(replace(noun, twins=[]), wanted)
            except Unresolved as problem:
                if problem.why not in {Abstention.UNKNOWN_NAME, Abstention.UNABLE}:
                    raise
                if noun.kinds and not {n.ref for g in noun.twins for n in g} & self.of_kind(
                    noun.kinds[-1]
                ):
                    raise
            ids = {n.ref for group in noun.twins for n in group}
            return self._found(
                replace(noun, rooms=[], twins=[], names=[tuple(n for g in noun.twins for n in g)],
                        exact=[noun.twins[0][0].exact]) if ids else noun, wanted,
            )  # fmt: skip
        return self._found(noun, wanted)

    def _found(self, noun: Noun, wanted: Wanted) -> list[str]:
        heard = bool(noun.kinds) and noun.kinds[-1].partition("/")[0] in {"tv", "speaker"}
        if heard and "music" in noun.kinds[:-1]:  # "the song on the TV"
            noun = replace(noun, kinds=[k for k in noun.kinds if k != "music"])
        if noun.kinds and noun.kinds[-1] == "music":
            return self._playing(noun, wanted)
        bare = noun.place_only or (
            bool(noun.quants) and not (noun.kinds or noun.names or noun.parts)
        )
        pool = self._pool(noun)
        if bare and wanted.fallback and not (noun.quants & {"everything"} and not wanted.fallback):
            narrowed = {i for i in pool if self._index.devices[i].kind in wanted.fallback}
            if not narrowed:
                raise self._unable(noun, pool, wanted) if pool else self._unknown(noun)
            pool = narrowed
        if not pool:
            pool = self._called_after(noun) if self._asks_after(noun, wanted) else pool
        if not pool:
            raise self._unknown(noun)
        able = {i for i in pool if wanted.able(self._index.devices[i])}
        if not able and self._asks_after(noun, wanted):
            pool = self._called_after(noun)
            able = {i for i in pool if wanted.able(self._index.devices[i])}
        if not pool:
            raise self._unknown(noun)
        if not able:
            raise self._unable(noun, pool, wanted)
        return self._counted(noun, able, bare)

    def _counted(self, noun: Noun, ids: set[str], bare: bool) -> list[str]:
        exact = self._exactly(noun, ids)
        if exact:
            ids = exact
        if noun.count is not None or "both" in noun.quants:
            count = noun.count or 2
            scoped = ids if len(ids) == count else ids & self._here() or ids
            if len(scoped) != count:
                raise self._ambiguous(noun, scoped)
            return self._sorted(scoped)
        if noun.quants & {"all", "everything", "everywhere"} or bare:
            return self._sorted(ids)
        if noun.plural and not exact:
            placed = noun.rooms or noun.floors or noun.parts or noun.prons
            if not placed and self._context.room:
                here = ids & self._here()
                if not here:
                    raise self._ambiguous(noun, ids)
                return self._sorted(here)
            if not placed and noun.mine and self._index.personal:
                raise Unresolved(Abstention.AMBIGUOUS, f"Which are yours? {self.room_list()}")
            return self._sorted(ids)
        if _light_of_a_place(noun) and not self._chosen & ids:
            return self._sorted(ids)
        return self._sorted(ids if exact and len(ids) == 1 else self._single(noun, ids))

    def _single(self, noun: Noun, ids: set[str]) -> set[str]:
        if len(ids) == 1:
            return ids
        if self._chosen and self._chosen <= ids:
            return set(self._chosen)
        here = ids & self._here()
        beside = {i for i in ids if self._index.room.get(i) in self._beside}
        for near in (here, beside):  # "gym lights, fan and TV": the TV in the gym
            if len(near) == 1:
                return near
        raise self._ambiguous(noun, here or ids)

    def _exactly(self, noun: Noun, ids: set[str]) -> set[str]:
        """Devices whose full name, as written, is what was said."""
        if not noun.names or noun.kinds or noun.parts:
            return set()
        said = {
            n.ref for group, exact in zip(noun.names, noun.exact, strict=True)
            for n in group if n.exact == exact or not noun.plural
        }  # fmt: skip
        return said & ids

    def _asks_after(self, noun: Noun, wanted: Wanted) -> bool:
        """Whether a question names a place that may be part of a sensor's name."""
        return bool(noun.rooms) and not (noun.names or noun.parts or wanted.fallback)

    def _pronoun(self, noun: Noun, wanted: Wanted) -> list[str]:
        spoken = self._spoken()
        if noun.prons & {"one"} or noun.quants & {"other"}:
            return self._one_of_those(noun, spoken, wanted)
        if not spoken:
            raise Unresolved(Abstention.AMBIGUOUS, "What do you mean by that? Name it, please.")
        if noun.orders or noun.parts or noun.names or noun.kinds:  # "close it, the left one"
            pool = self._pool(replace(noun, prons=noun.prons & {"here", "there"}))
            spoken = [d for d in spoken if d in pool]
            if not spoken:
                raise self._unknown(noun)
        able = [d for d in spoken if wanted.able(self._index.devices[d])]
        if not able:
            raise self._unable(noun, set(spoken), wanted)
        return able

    def _one_of_those(self, noun: Noun, spoken: list[str], wanted: Wanted) -> list[str]:
        kinds = {self._index.devices[d].kind for d in spoken}
        if len(kinds) != 1:
            raise Unresolved(Abstention.AMBIGUOUS, "Which one? Name it, please.")
        (kind,) = kinds
        kind = noun.kinds[-1] if noun.kinds else kind
        plain = replace(noun, prons=set[str](), kinds=[kind], quants=noun.quants - {"other"})
        pool = self._pool(plain)
        if noun.quants & {"other"} and noun.plural:
            rest = {i for i in pool - set(spoken) if wanted.able(self._index.devices[i])}
            if not rest:
                raise Unresolved(Abstention.AMBIGUOUS, "Which ones? Name them, please.")
            return self._sorted(rest)
        if noun.quants & {"other"}:
            pool = self._others(pool, spoken)
        able = {i for i in pool if wanted.able(self._index.devices[i])}
        if not able:
            raise Unresolved(Abstention.AMBIGUOUS, "Which one? Name it, please.")
        return self._sorted(self._single(plain, able))

    def _playing(self, noun: Noun, wanted: Wanted) -> list[str]:
        """ "The music" is what plays; where nothing does, the one speaker there is to mean."""
        pool = set(self._index.with_ability.get("playback", ()))
        placed = self.rooms(noun)
        if placed is not None:
            pool &= {i for room in placed for i in self._index.in_room.get(room, ())}
        by = replace(noun, kinds=[k for k in noun.kinds if k != "music"], rooms=[], floors=[])
        if by.kinds or by.names or by.parts or by.orders:  # "the bathroom radio's music"
            pool &= self._pool(by)
        pool = {i for i in pool if wanted.able(self._index.devices[i])}
        playing = {i for i in pool if _plays(self._context, i)}
        speakers = {i for i in playing if self._index.devices[i].kind == "speaker"}
        playing = speakers or playing  # a film is no music
        here = self._here()
        if pool & here and playing and not playing & here:  # it plays, but not where one is
            raise self._ambiguous(noun, playing | pool & here)
        for ids in (playing & here, playing, pool & here, pool):
            if ids and (ids <= playing or len(ids) == 1):
                return self._sorted(ids)
        if not pool:
            raise Unresolved(
                Abstention.UNKNOWN_NAME, f"I know no speaker there. {self.room_list()}"
            )
        raise self._ambiguous(noun, pool & here or pool)

    def _others(self, pool: set[str], spoken: list[str]) -> set[str]:
        """Of its kind, what is most like the one spoken of: in its room, with its words."""
        pool = pool - set(spoken)
        near = {
            i for i in pool if self._index.room.get(i) in {self._index.room.get(d) for d in spoken}
        }
        pool = near or pool
        said = set[str]().union(*(label for d in spoken for label in self._index.labels[d]))
        alike = {i: max(len(label & said) for label in self._index.labels[i]) for i in pool}
        return {i for i in pool if alike[i] == max(alike.values())}

    def _unknown(self, noun: Noun) -> Unresolved:
        rooms = self.rooms(noun)
        if rooms and len(rooms) == 1:
            (room,) = rooms
            inside = [self._index.label(i) for i in self._index.in_room.get(room, ())]
            if inside:
                return Unresolved(
                    Abstention.UNKNOWN_NAME,
                    f"I find no {noun.text} there. In {room} I know: {listed(inside)}. Which one?",
                )
        return Unresolved(
            Abstention.UNKNOWN_NAME, f"I don't know \u201c{noun.text}\u201d. {self.room_list()}"
        )

    def _unable(self, noun: Noun, pool: set[str], wanted: Wanted) -> Unresolved:
        names = [self._index.label(i) for i in self._sorted(pool)]
        kinds = {a.kind for i in pool for a in self._index.devices[i].abilities}
        can = able(kinds, Words())
        what = f" It can be {can}." if len(pool) == 1 and can else ""
        return Unresolved(Abstention.UNABLE, f"{listed(names)} cannot {wanted.doing}.{what}")

    def _ambiguous(self, noun: Noun, ids: set[str]) -> Unresolved:
        if not ids:
            return Unresolved(Abstention.AMBIGUOUS, "Which one? Name it, please.")
        ordered = self._sorted(ids)
        names = [self.told_apart(i, ordered) for i in ordered[:8]]
        return Unresolved(Abstention.AMBIGUOUS, f"Which one: {either(names)}?", ordered)

    def told_apart(self, device: str, others: Sequence[str]) -> str:
        label = self._index.label(device)
        twins = [i for i in others if self._index.label(i) == label]
        room = self._index.room.get(device)
        return f"{label} in {room}" if len(twins) > 1 and room else label


def _plays(context: Context, device: str) -> bool:
    return getattr(context.house.state(device).get("playback"), "state", None) == "playing"


def _light_of_a_place(noun: Noun) -> bool:
    """ "The kitchen light": as one says it of a room, however many lamps make it.

    A room said by a word that only stands in for its name would be the second guess.
    """
    said = set(words(noun.text))
    by_name = all(any(set(words(r)) <= said for r in group) for group in noun.rooms)
    placed = (by_name and bool(noun.rooms or noun.floors)) or noun.prons == {"here"}
    plain = not (noun.names or noun.parts or noun.orders or noun.count)
    return placed and plain and noun.kinds == ["light"]
