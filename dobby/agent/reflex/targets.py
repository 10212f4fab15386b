"""Noun phrases to devices. Every word of the phrase has to be explained by each device found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from devices.device import Device
from dobby.agent.calls import Abstention, Context
from dobby.agent.reflex.clauses import Noun
from dobby.agent.reflex.index import HouseIndex
from dobby.agent.reflex.text import words

Able = Callable[[Device], bool]

_KINDS: dict[str, tuple[str, ...]] = {
    "thermostat": ("thermostat",),
    "aircon": ("aircon",),
    "door": ("door", "lock"),
    "garage": ("garage",),
    "speaker": ("speaker",),
    "outlet": ("outlet", "switch"),
    "switch": ("switch", "outlet"),
    "gate": ("gate",),
}
_WATCHED = {"window", "door", "garage", "gate"}  # whose sensors answer for them
_STAND_INS = {"switch", "outlet", "unknown", "appliance"}  # an outlet called "Desk lamp" is a lamp


class Unresolved(Exception):
    """A phrase that names nothing, too much, or something unable; carries what to say."""

    def __init__(self, why: Abstention, reply: str, options: Sequence[str] = ()) -> None:
        super().__init__(reply)
        self.why, self.reply, self.options = why, reply, tuple(options)


@dataclass(frozen=True)
class Wanted:
    """What a clause needs of its things."""

    able: Able
    doing: str = "do that"  # "be dimmed": for "The fan cannot be dimmed."
    fallback: tuple[str, ...] = ()  # kinds that a bare place stands for


class Resolver:
    def __init__(self, index: HouseIndex, context: Context, chosen: frozenset[str]) -> None:
        self._index, self._context, self._chosen = index, context, chosen
        self.touched: list[str] = []  # spoken of earlier in this sentence

    def resolve(self, nouns: Sequence[Noun], wanted: Wanted) -> list[str]:
        """The devices that the phrases mean, in order, each once. Raises Unresolved."""
        found: dict[str, None] = {}
        for noun in self._shared(nouns):
            found.update(dict.fromkeys(self._one(noun, wanted)))
        return list(found)

    def excluded(self, nouns: Sequence[Noun], among: Iterable[str]) -> set[str]:
        """What "except ..." takes out of ``among``. Raises Unresolved when it is not clear."""
        out: set[str] = set()
        pool = set(among)
        for noun in nouns:
            ids = self._pool(noun) & pool
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
            return self._sorted(ids)
        return self._sorted(ids if exact and len(ids) == 1 else self._single(noun, ids))

    def _single(self, noun: Noun, ids: set[str]) -> set[str]:
        if len(ids) == 1:
            return ids
        if self._chosen and self._chosen <= ids:
            return set(self._chosen)
        here = ids & self._here()
        if len(here) == 1:
            return here
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

    def _here(self) -> set[str]:
        room = self._context.room
        return set(self._index.in_room.get(room, ())) if room else set()

    def _sorted(self, ids: set[str]) -> list[str]:
        return [i for i in self._index.devices if i in ids] if len(ids) > 1 else list(ids)

    # -- candidates

    def _pool(self, noun: Noun) -> set[str]:
        pool = self._fitting(noun)
        plain = all(len(n.key) == 1 for group in noun.names for n in group)
        if (
            not pool and noun.names and noun.kinds and plain and (noun.rooms or noun.floors)
        ):  # "the TV in the basement", where another is "TV"
            pool = self._fitting(replace(noun, names=[], exact=[]))
        return pool

    def _fitting(self, noun: Noun) -> set[str]:
        pool = self._by_words(noun)
        rooms = self.rooms(noun)
        if rooms is not None:
            inside = {i for room in rooms for i in self._index.in_room.get(room, ())}
            named = self._named_after(rooms)
            pool = inside if pool is None else pool & (inside | named)
        for order in noun.orders:
            with_word = self._index.parts.get(words(order)[0], set())
            pool = with_word if pool is None else pool & with_word
        if pool is None:
            whole = noun.quants & {"all", "everything", "everywhere", "both"}
            return set(self._index.devices) if whole else set[str]()
        return pool

    def _by_words(self, noun: Noun) -> set[str] | None:
        pool: set[str] | None = None
        for names, exact in zip(noun.names, noun.exact, strict=True):
            ids = {n.ref for n in names}
            if noun.plural and not any(n.exact == exact for n in names):
                ids |= self._alike(names[0].key)
            pool = ids if pool is None else pool & ids
        for part in noun.parts:
            ids = self._index.parts.get(part, set[str]())
            if noun.plural or noun.quants:  # "dev's lights": in Dev's room too
                ids = ids | {
                    i
                    for room in self._index.room_parts.get(part, ())
                    for i in self._index.in_room.get(room, ())
                }
            pool = ids if pool is None else pool & ids
        for i, kind in enumerate(noun.kinds):
            if i < len(noun.kinds) - 1:
                ids = self._modified_by(kind)
            else:
                ids = self.of_kind(kind)
                generic = kind in {"light/lamp", "light/bulb"} and noun.quants
                if generic:
                    pass
                elif pool is None and not noun.rooms:
                    ids = self._specifically(kind, ids)
                elif kind.partition("/")[2]:
                    scoped = ids if pool is None else ids & pool
                    ids = self._specifically(kind, scoped)
            pool = ids if pool is None else pool & ids
        return pool

    def _alike(self, key: tuple[str, ...]) -> set[str]:
        """Things that "kitchen lights" may mean when one of them is called "Kitchen light"."""
        head = key[-1]
        pool = set(self._index.parts.get(head, set())) | self.of_kind(head)
        for word in key[:-1]:
            rooms = self._index.room_parts.get(word, set())
            placed = {i for room in rooms for i in self._index.in_room.get(room, ())}
            pool &= self._index.parts.get(word, set()) | placed
        return pool

    def of_kind(self, kind: str) -> set[str]:
        """Devices that a noun like "lamp" may mean."""
        base, _, noun = kind.partition("/")
        ids = {i for k in _KINDS.get(base, (base,)) for i in self._index.of_kind.get(k, ())}
        if base == "door" and not ids:
            ids = set(self._index.of_kind.get("garage", ()))
        if base == "heating":
            heaters = (self._index.of_kind.get(k, ()) for k in ("thermostat", "heater", "boiler"))
            ids = set(next(filter(None, heaters), ()))
        for word in (base, noun):
            for i in self._index.parts.get(word, ()) if word else ():
                kind_ = self._index.devices[i].kind
                if kind_ in _STAND_INS or (kind_ == "sensor" and base in _WATCHED):
                    ids.add(i)
        return ids

    def _specifically(self, kind: str, ids: set[str]) -> set[str]:
        noun = kind.partition("/")[2]
        if not noun:
            return ids
        return (ids & self._index.parts.get(noun, set())) or ids

    def _modified_by(self, kind: str) -> set[str]:
        base, _, noun = kind.partition("/")
        ids: set[str] = set()
        for word in filter(None, (base, noun)):
            ids |= self._index.parts.get(word, set())
            for room in self._index.room_parts.get(word, ()):
                ids |= set(self._index.in_room.get(room, ()))
        return ids

    def rooms(self, noun: Noun) -> set[str] | None:
        """The rooms a phrase is limited to; None when it names none."""
        rooms: set[str] | None = None
        for group in noun.rooms:
            names = self._whole_rooms(group, noun)
            rooms = names if rooms is None else rooms & names or rooms | names
        for floor in noun.floors:
            on = self._index.rooms_on(floor)
            rooms = on if rooms is None else rooms & on
        if "here" in noun.prons:
            if not self._context.room:
                raise Unresolved(Abstention.AMBIGUOUS, f"Which room? {self.room_list()}")
            rooms = {self._context.room}
        if "there" in noun.prons:
            there = {self._index.room.get(d) for d in self._spoken()}
            if len(there) != 1 or None in there:
                raise Unresolved(Abstention.AMBIGUOUS, f"Where is there? {self.room_list()}")
            rooms = {room for room in there if room}
        return rooms

    def _whole_rooms(self, group: frozenset[str], noun: Noun) -> set[str]:
        names: set[str] = set()
        for entry in group:
            if entry.startswith("~"):
                names |= self._index.room_parts.get(entry[1:], set())
            else:
                names.add(entry)
        if len(names) > 1 and not (noun.quants or (noun.plural and not noun.kinds)):
            if self._context.room in names:
                return {str(self._context.room)}
            raise Unresolved(
                Abstention.AMBIGUOUS, f"Which one: {_either(sorted(names))}?",
                [i for r in sorted(names) for i in self._index.in_room.get(r, ())],
            )  # fmt: skip
        return names

    def _named_after(self, rooms: set[str]) -> set[str]:
        """Devices without a room of their own that carry the room in their name."""
        ids: set[str] = set()
        for room in rooms:
            key = words(room)
            ids |= {i for i in self._with_words(key) if i not in self._index.room}
        return ids

    def _with_words(self, key: Iterable[str]) -> set[str]:
        """Devices with all these words in their names."""
        having: list[set[str]] = [self._index.parts.get(w, set[str]()) for w in key]
        return having[0].intersection(*having[1:]) if having else set[str]()

    def _asks_after(self, noun: Noun, wanted: Wanted) -> bool:
        """Whether a question names a place that may be part of a sensor's name."""
        return bool(noun.rooms) and not (noun.names or noun.parts or wanted.fallback)

    def _called_after(self, noun: Noun) -> set[str]:
        """Devices elsewhere that carry the room in their name: "outside temperature"."""
        (group, *_) = noun.rooms
        keys = [set(words(r)) for r in group if not r.startswith("~")]
        named = {i for key in keys for i in self._with_words(key)}
        return named & self.of_kind(noun.kinds[-1]) if noun.kinds else named

    # -- pronouns

    def _spoken(self) -> list[str]:
        ids = self.touched or self._context.dialogue.devices
        return [d for d in dict.fromkeys(ids) if d in self._index.devices]

    def _pronoun(self, noun: Noun, wanted: Wanted) -> list[str]:
        spoken = self._spoken()
        if noun.prons & {"one"} or noun.quants & {"other"}:
            return self._one_of_those(noun, spoken, wanted)
        if not spoken:
            raise Unresolved(Abstention.AMBIGUOUS, "What do you mean by that? Name it, please.")
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
        return self._sorted(
            self._single(plain, {i for i in pool if wanted.able(self._index.devices[i])})
        )

    def _playing(self, noun: Noun, wanted: Wanted) -> list[str]:
        """ "The music" is what plays; where nothing does, the one speaker there is to mean."""
        pool = set(self._index.with_ability.get("playback", ()))
        placed = self.rooms(noun)
        if placed is not None:
            pool &= {i for room in placed for i in self._index.in_room.get(room, ())}
        pool = {i for i in pool if wanted.able(self._index.devices[i])}
        playing = {i for i in pool if _plays(self._context, i)}
        speakers = {i for i in playing if self._index.devices[i].kind == "speaker"}
        playing = speakers or playing  # a film is no music
        here = self._here()
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

    # -- what to say instead

    def _unknown(self, noun: Noun) -> Unresolved:
        rooms = self.rooms(noun)
        if rooms and len(rooms) == 1:
            (room,) = rooms
            inside = [self._index.label(i) for i in self._index.in_room.get(room, ())]
            if inside:
                return Unresolved(
                    Abstention.UNKNOWN_NAME,
                    f"I find no {noun.text} there. In {room} I know: {_listed(inside)}. Which one?",
                )
        return Unresolved(
            Abstention.UNKNOWN_NAME, f"I don't know \u201c{noun.text}\u201d. {self.room_list()}"
        )

    def _unable(self, noun: Noun, pool: set[str], wanted: Wanted) -> Unresolved:
        names = [self._index.label(i) for i in self._sorted(pool)]
        can = sorted(
            {a.kind.replace("_", " ") for i in pool for a in self._index.devices[i].abilities}
        )
        what = f" It can: {', '.join(can)}." if len(pool) == 1 and can else ""
        return Unresolved(Abstention.UNABLE, f"{_listed(names)} cannot {wanted.doing}.{what}")

    def _ambiguous(self, noun: Noun, ids: set[str]) -> Unresolved:
        ordered = self._sorted(ids)
        names = [self.told_apart(i, ordered) for i in ordered]
        return Unresolved(Abstention.AMBIGUOUS, f"Which one: {_either(names)}?", ordered)

    def told_apart(self, device: str, others: Sequence[str]) -> str:
        label = self._index.label(device)
        twins = [i for i in others if self._index.label(i) == label]
        room = self._index.room.get(device)
        return f"{label} in {room}" if len(twins) > 1 and room else label

    def room_list(self) -> str:
        rooms = list(self._index.in_room)
        return f"The rooms are {_listed(rooms)}." if rooms else "I know no rooms yet."


def _plays(context: Context, device: str) -> bool:
    return getattr(context.house.state(device).get("playback"), "state", None) == "playing"


def _listed(names: Sequence[str], most: int = 8) -> str:
    names = list(dict.fromkeys(names))
    more = len(names) - most
    shown = names[:most] + ([f"{more} more"] if more > 0 else [])
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def _either(names: Sequence[str], most: int = 6) -> str:
    shown = list(names[:most]) + (["another"] if len(names) > most else [])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
