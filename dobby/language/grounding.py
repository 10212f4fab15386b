"""Grounding: references to devices of this house, or to one good question.

Every word of a phrase has to be explained by each device found. Where a phrase fits more than one,
the room somebody is in, and what was spoken of, may decide; else it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from devices.device import KINDS, Device
from dobby.agent.calls import Abstention
from dobby.language.candidates import Candidates
from dobby.language.declining import Unclear
from dobby.language.meaning import PLACES, Ref

_HEADS = frozenset({"everything", "any", "none"})  # how many that are things by themselves

Able = Callable[[Device], bool]


@dataclass(frozen=True)
class Need:
    """What a wish needs of its things."""

    able: Able
    doing: str = "do"  # a message id: what they cannot do, if they are not able
    kinds: tuple[str, ...] = ()  # what a bare place stands for
    unsaid: Ref | None = None  # what is meant where nothing is named
    recent: Able | None = None  # which of those last spoken of may be meant; those that are able


@dataclass
class Ground(Candidates):
    """One sentence in one house and one context."""

    chosen: frozenset[str] = frozenset()  # picked in answer to "which one?"
    _beside: set[str] = field(default_factory=set[str])  # rooms of what was named just before
    _around: set[str] = field(default_factory=set[str])  # the rooms that the order before named

    def things(self, refs: Sequence[Ref], need: Need, but: Sequence[Ref] = ()) -> list[Device]:
        """The devices that are meant, each once, in the order said. Raises Unclear."""
        said = [plain for ref in refs if (plain := self._plain(ref)) is not None]
        refs = self._shared(said) or [self._implied(need)]
        found: dict[str, None] = {}
        for ref in refs:
            self._beside = {room for i in found if (room := self.names.room(i))}
            found.update(dict.fromkeys(self._one(ref, need)))
        self._beside = set()
        self._around = {room for ref in refs if ref.rooms for room in self.rooms(ref) or ()}
        ids = list(found)
        if but:
            head = refs[-1].kinds[-1:]  # "all lamps except the one in the hall"
            but = [replace(r, kinds=r.kinds or head) if "one" in r.prons else r for r in but]
            whole = any(r.quants or r.plural for r in refs)
            sweep = not whole or any("everything" in r.quants for r in refs)
            out = self.excluded(but, ids, sweep)
            ids = [i for i in ids if i not in out]
        self.touched += ids
        return [self.names.devices[i] for i in ids]

    def excluded(self, refs: Sequence[Ref], among: Iterable[str], sweep: bool) -> set[str]:
        """What "except ..." takes out of ``among``. Raises Unclear where that is not clear.

        A ``sweep`` ("everything off") may spare what it would not have touched: the fridge.
        """
        out: set[str] = set()
        pool = set(among)
        for ref in refs:
            known = self.pool(ref)
            ids = known & pool
            if sweep and known and not ids:
                continue
            if ids <= out:  # "all but the kitchen but the counter": in, or out?
                unclear = "two-things-at-once" if ids else "exception-unknown"
                raise Unclear(Abstention.EXCEPTION, unclear, what=ref.words)
            if not (ref.plural or ref.quants or ref.bare or len(ids) == 1):
                ids = self._single(ref, ids)
            out |= ids
        return out

    # What is not said in full -----------------------------------------------------------------

    def _plain(self, ref: Ref) -> Ref | None:
        """ "It" that stands for nothing: "make it warmer in the hall"."""
        if ref.prons - {"here"} != frozenset({"it"}) or (self.spoken() and not ref.placed):
            return ref
        return replace(ref, prons=ref.prons - {"it"}) if ref.placed else None

    def _shared(self, refs: Sequence[Ref]) -> list[Ref]:
        """Lends a head to phrases that lack one: "the kitchen and hall lights", "the lights in the
        kitchen and in the hall"."""
        out: list[Ref] = []
        for ref in refs:
            before = out[-1] if out else None
            if before and "one" in ref.prons and not ref.kinds:  # "Anna's lamp and Leo's"
                ref = self._like(ref, before)
            place = ref.bare and ref.placed and not ref.quants & _HEADS
            if before is None:
                out.append(ref)
            elif place and not before.placed and (not before.bare or before.quants & _HEADS):
                out[-1] = _at(before, ref)
            elif place and before.placed and before.kinds and not before.names:
                out.append(_at(replace(before, rooms=(), floors=()), ref))
            elif ref.quants and not ref.placed and not before.bare and _again(ref, before):
                out[-1] = replace(before, quants=before.quants | ref.quants)
            elif before.bare and before.placed and not place:
                out[-1:] = self._headed(before, ref)
            else:
                out.append(ref)
        return out

    def _like(self, ref: Ref, before: Ref) -> Ref:
        """ "That of Leo", after a lamp: a lamp."""
        named = {self.names.devices[i].kind for ids in before.names for i in ids}
        kinds = before.kinds[-1:] or tuple(named)
        return replace(ref, kinds=kinds, prons=ref.prons - {"one"}) if len(kinds) == 1 else ref

    def _headed(self, place: Ref, ref: Ref) -> list[Ref]:
        """A place, then a thing: "in the kitchen the light", "the kitchen and hall lights"."""
        if not ref.placed and not ref.prons:
            return [_at(ref, place)]
        if ref.kinds and not ref.names:
            return [_at(replace(ref, rooms=(), floors=(), prons=frozenset()), place), ref]
        return [place, ref]

    def _implied(self, need: Need) -> Ref:
        """What is meant where nothing is named. Raises Unclear."""
        spoken = [self.names.devices[d] for d in self.spoken()]
        room = self.context.room
        elsewhere = room is not None and any(d.room != room for d in spoken)
        recent = need.recent or need.able
        if spoken and not elsewhere and all(need.able(d) and recent(d) for d in spoken):
            return Ref(prons=frozenset({"them"}))
        if need.unsaid and not (room and need.kinds == ("light",)):
            return need.unsaid
        if room and need.kinds:
            return Ref(prons=frozenset({"here"}))
        raise Unclear(Abstention.AMBIGUOUS, "what-thing")

    # One phrase -------------------------------------------------------------------------------

    def _one(self, ref: Ref, need: Need) -> list[str]:
        if ref.bare and "both" in ref.quants and len(self.spoken()) == 2:
            ref = replace(ref, prons=frozenset({"them"}))
        if ref.prons - PLACES or "other" in ref.quants:
            return self._pronoun(ref, need)
        if ref.kinds and ref.kinds[-1] == "music":
            return self._playing(ref, need)
        bare = ref.bare or (bool(ref.quants) and not (ref.kinds or ref.names or ref.parts))
        pool = self.pool(ref)
        if bare and need.kinds and pool:
            narrowed = {i for i in pool if self.names.devices[i].kind in need.kinds}
            if not narrowed:
                raise self._unable(pool, need)
            pool = narrowed
        if not pool:
            raise self._unknown(ref)
        able = {i for i in pool if need.able(self.names.devices[i])}
        able = able or self._there(ref, need)
        if not able:
            raise self._unable(pool, need)
        return self._counted(ref, able, bare)

    def _there(self, ref: Ref, need: Need) -> set[str]:
        """ "Mute the pool": the one able thing in the room that is called so, too."""
        stems = self.names.content(ref.words)
        named = [self.names.room_parts.get(stem, set[str]()) for stem in stems]
        rooms = set[str].intersection(*named) if named else set[str]()
        inside = {i for room in rooms for i in self.names.in_room.get(room, ())}
        able = {i for i in inside if need.able(self.names.devices[i])}
        able = {i for i in able if self.names.devices[i].kind in need.kinds}
        return able if len(able) == 1 and not (ref.placed or ref.quants or ref.plural) else set()

    # How many ---------------------------------------------------------------------------------

    def _counted(self, ref: Ref, ids: set[str], bare: bool) -> list[str]:
        exact = {i for group in ref.names for i in group} & ids if ref.exact else set[str]()
        ids = exact or ids
        if ref.count is not None or "both" in ref.quants:
            count = ref.count or 2
            scoped = ids if len(ids) == count else ids & self.here() or ids
            if len(scoped) != count:
                raise self._ambiguous(scoped)
            return self.in_order(scoped)
        if "some" in ref.quants:
            raise self._ambiguous(ids)
        if ref.quants & {"all", "everything", "everywhere", "any"} or bare:
            return self.in_order(ids)
        if ref.plural and not exact:
            placed = ref.placed or ref.parts
            if not placed and self.context.room:
                here = ids & self.here()
                if not here:
                    raise self._ambiguous(ids)
                return self.in_order(here)
            around = {i for i in ids if self.names.room(i) in self._around}
            return self.in_order(ids if placed else around or ids)
        if ref.kinds == ("light",) and not (ref.names or ref.parts or ref.orders):
            near = ids if ref.placed else ids & self.here()
            near = set[str]() if ref.like else near  # a room and a lamp: the second guess
            if near:
                return self.in_order(self.chosen & near or near)  # "the kitchen light": all lamps
        return self.in_order(ids if exact and len(ids) == 1 else self._single(ref, ids))

    def _single(self, ref: Ref, ids: set[str]) -> set[str]:
        if len(ids) == 1:
            return ids
        if self.chosen and self.chosen <= ids:
            return set(self.chosen)
        called = {i for i in ids if any(set(ref.parts) <= label for label in self.names.labels[i])}
        if ref.parts and len(called) == 1:  # Dev's lamp is in his name, not only in his room
            return called
        here = ids & self.here()
        beside = {i for i in ids if self.names.room(i) in self._beside}
        for near in (here, beside):  # "gym lights, fan and TV": the TV in the gym
            if len(near) == 1:
                return near
        raise self._ambiguous(here or ids)

    # What was spoken of -----------------------------------------------------------------------

    def _pronoun(self, ref: Ref, need: Need) -> list[str]:
        spoken = self.spoken()
        if ref.prons & {"one"} or ref.quants & {"other"}:
            return self._one_of_those(ref, spoken, need)
        if not spoken:
            raise Unclear(Abstention.AMBIGUOUS, "what-is-that")
        rooms = self.rooms(ref) if ref.rooms or ref.floors else None
        if rooms is not None and not any(self.names.room(d) in rooms for d in spoken):
            return self._one_of_those(replace(ref, prons=frozenset({"one"})), spoken, need)
        if ref.orders or ref.parts or ref.names or ref.kinds:  # "close it, the left one"
            pool = self.pool(replace(ref, prons=ref.prons & PLACES))
            spoken = [d for d in spoken if d in pool]
            if not spoken:
                raise self._unknown(ref)
        able = [d for d in spoken if need.able(self.names.devices[d])]
        if not able:
            raise self._unable(set(spoken), need)
        return able

    def _one_of_those(self, ref: Ref, spoken: list[str], need: Need) -> list[str]:
        kinds = {self.names.devices[d].kind for d in spoken}
        if len(kinds) != 1:
            raise Unclear(Abstention.AMBIGUOUS, "which-thing")
        kind = ref.kinds[-1] if ref.kinds else kinds.pop()
        other = "other" in ref.quants
        plain = replace(ref, prons=frozenset(), kinds=(kind,), quants=ref.quants - {"other"})
        pool = self.pool(plain)
        if other and ref.plural:
            rest = {i for i in pool - set(spoken) if need.able(self.names.devices[i])}
            if not rest:
                raise Unclear(Abstention.AMBIGUOUS, "which-thing")
            return self.in_order(rest)
        if other:
            pool = self.others(pool, spoken)
        able = {i for i in pool if need.able(self.names.devices[i])}
        if not able:
            raise Unclear(Abstention.AMBIGUOUS, "which-thing")
        return self.in_order(self._single(plain, able))

    def _playing(self, ref: Ref, need: Need) -> list[str]:
        """ "The music" is what plays; where nothing does, the one speaker there is to mean."""
        pool = set(self.names.with_ability.get("playback", ()))
        rooms = self.rooms(ref)
        if rooms is not None:
            pool &= {i for room in rooms for i in self.names.in_room.get(room, ())}
        by = replace(ref, kinds=ref.kinds[:-1], rooms=(), floors=(), prons=frozenset())
        if not by.bare:  # "the bathroom radio's music"
            pool &= self.pool(by)
        pool = {i for i in pool if need.able(self.names.devices[i])}
        here = self.here()
        if need.doing in {"play", "resume"}:  # of what plays elsewhere that is not said
            pool = {i for i in pool & here if self.pauses(i)} or pool
        playing = {i for i in pool if self.plays(i)}
        playing = {i for i in playing if self.names.devices[i].kind == "speaker"} or playing
        if pool & here and playing and not playing & here:  # it plays, but not where one is
            raise self._ambiguous(playing | pool & here)
        for ids in (playing & here, playing, pool & here, pool):
            if ids and (ids <= playing or len(ids) == 1):
                return self.in_order(ids)
        if not pool:
            raise Unclear(Abstention.UNKNOWN_NAME, "no-speaker", rooms=self.room_names())
        raise self._ambiguous(pool & here or pool)

    def audible(self, refs: Sequence[Ref], things: list[Device]) -> list[Device]:
        """Of a bare room's sound, what is heard now: what plays, else its speakers, not its TV."""
        if refs and not any(ref.bare for ref in refs):
            return things
        loud = [d for d in things if self.plays(d.id)]
        heard = loud or [d for d in things if d.kind == "speaker"] or things
        quiet = {d.id for d in things} - {d.id for d in heard}
        self.touched = [i for i in self.touched if i not in quiet]
        return heard

    # What to ask ------------------------------------------------------------------------------

    def _unknown(self, ref: Ref) -> Unclear:
        kind = "".join(ref.kinds[-1:]).partition("/")[0]
        if kind in KINDS and not (ref.names or ref.parts or self.of_kind(kind)):
            return Unclear(Abstention.UNKNOWN_NAME, "unknown-kind", kind=kind)
        rooms = self.rooms(ref)
        if rooms and len(rooms) == 1:
            (room,) = rooms
            inside = [self.names.label(i) for i in self.names.in_room.get(room, ())]
            if inside:
                return Unclear(
                    Abstention.UNKNOWN_NAME,
                    "unknown-there",
                    what=ref.words,
                    room=room,
                    known=inside,
                )
        return Unclear(
            Abstention.UNKNOWN_NAME, "unknown-name", what=ref.words, rooms=self.room_names()
        )

    def _unable(self, pool: set[str], need: Need) -> Unclear:
        names = [self.names.label(i) for i in self.in_order(pool)]
        return Unclear(Abstention.UNABLE, "unable", names=names, doing=need.doing)

    def _ambiguous(self, ids: set[str]) -> Unclear:
        if not ids:
            return Unclear(Abstention.AMBIGUOUS, "which-thing")
        ordered = self.in_order(ids)
        names = [self.told_apart(i, ordered) for i in ordered[:8]]
        return Unclear(Abstention.AMBIGUOUS, "which-one", ordered, options=names)


def _again(ref: Ref, before: Ref) -> bool:
    """Whether it only says how many: "the lamps upstairs, all of them", "..., all lamps"."""
    return ref.bare or (before.placed and ref == replace(
        before, rooms=(), floors=(), quants=ref.quants, plural=ref.plural, words=ref.words,
    ))  # fmt: skip


def _at(ref: Ref, place: Ref) -> Ref:
    """A thing in that place."""
    return replace(
        ref,
        rooms=place.rooms,
        floors=place.floors,
        prons=ref.prons | place.prons,
        quants=ref.quants | place.quants,
        like=ref.like or place.like,
        words=f"{ref.words} {place.words}".strip(),
    )
