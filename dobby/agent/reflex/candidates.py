"""Which devices a phrase may mean at all: those that explain every one of its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dobby.agent.calls import Abstention, Context
from dobby.agent.reflex.clauses import Noun
from dobby.agent.reflex.index import HouseIndex
from dobby.agent.reflex.text import words
from dobby.language.kinds import called_so, kinds_of, of_sort


class Unresolved(Exception):
    """A phrase that names nothing, too much, or something unable; carries what to say."""

    def __init__(self, why: Abstention, reply: str, options: Sequence[str] = ()) -> None:
        super().__init__(reply)
        self.why, self.reply, self.options = why, reply, tuple(options)


class Candidates:
    """The devices, rooms and kinds that words stand for, in one house and one context."""

    def __init__(self, index: HouseIndex, context: Context, chosen: frozenset[str]) -> None:
        self._index, self._context, self._chosen = index, context, chosen
        self._beside: set[str] = set()  # rooms of what was named just before
        self.touched: list[str] = []  # spoken of earlier in this sentence

    @property
    def chosen(self) -> frozenset[str]:
        """What was picked in answer to "which one?"."""
        return self._chosen

    def _here(self) -> set[str]:
        room = self._context.room
        return set(self._index.in_room.get(room, ())) if room else set()

    def _sorted(self, ids: set[str]) -> list[str]:
        return sorted(ids, key=self._index.order.__getitem__)

    def _pool(self, noun: Noun) -> set[str]:
        pool = self._fitting(noun)
        if not pool and noun.parts and noun.kinds and not noun.plural:  # "Joe's fan"
            pool = self._fitting(replace(noun, plural=True))
        if pool or not (noun.names and noun.kinds):
            return pool
        said = {word for kind in noun.kinds for word in kind.split("/")}
        names = [i for i, group in enumerate(noun.names) if group[0].key[0] not in said
                 or len(group[0].key) > 1]  # fmt: skip
        if len(names) == len(noun.names):
            return pool
        return self._fitting(  # "every light", where a sensor is called "Light"
            replace(
                noun, names=[noun.names[i] for i in names], exact=[noun.exact[i] for i in names]
            )
        )

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
                ids = ids if pool is None else ids & pool
                ids = of_sort(kind, ids, self._sorts(kind), bool(noun.quants), noun.plural)
            pool = ids if pool is None else pool & ids
        return pool

    def _alike(self, key: tuple[str, ...]) -> set[str]:
        """Things that "kitchen lights" may mean when one of them is called "Kitchen light"."""
        head = key[-1]
        pool = set(self._index.parts.get(head, set())) | self.of_kind(head)
        for word in key[:-1]:
            rooms = self._index.room_parts.get(word, set())
            rooms = rooms | self._index.rooms_on_floor_called(word)
            placed = {i for room in rooms for i in self._index.in_room.get(room, ())}
            pool &= self._index.parts.get(word, set()) | placed
        return pool

    def of_kind(self, kind: str) -> set[str]:
        """Devices that a noun like "lamp" may mean."""
        base, _, noun = kind.partition("/")
        ids = {i for k in kinds_of(base) for i in self._index.of_kind.get(k, ())}
        if base == "door" and not ids:
            ids = set(self._index.of_kind.get("garage", ()))
        if base == "heating":
            heaters = (self._index.of_kind.get(k, ()) for k in ("thermostat", "heater", "boiler"))
            ids = set(next(filter(None, heaters), ()))
        for word in (base, noun):
            for i in self._index.parts.get(word, ()) if word else ():
                if called_so(base, self._index.devices[i].kind):
                    ids.add(i)
        return ids

    def _sorts(self, kind: str) -> Mapping[str, set[str]]:
        """The nouns in each device's names; whose name has the sort's own word is of the sort."""
        called = self._index.parts.get(kind.partition("/")[2], set[str]())
        return self._index.sorts if not called else self._index.sorts | {
            i: self._index.sorts[i] | {kind} for i in called
        }  # fmt: skip

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
            both = names if rooms is None else rooms & names
            rooms = both if rooms is None or both or noun.nested else rooms | names
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
                Abstention.AMBIGUOUS, f"Which one: {either(sorted(names))}?",
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

    def _called_after(self, noun: Noun) -> set[str]:
        """Devices elsewhere that carry the room in their name: "outside temperature"."""
        (group, *_) = noun.rooms
        keys = [set(words(r)) for r in group if not r.startswith("~")]
        named = {i for key in keys for i in self._with_words(key)}
        return named & self.of_kind(noun.kinds[-1]) if noun.kinds else named

    def _spoken(self) -> list[str]:
        ids = self.touched or self._context.dialogue.devices
        return [d for d in dict.fromkeys(ids) if d in self._index.devices]

    def room_list(self) -> str:
        rooms = list(self._index.in_room)
        return f"The rooms are {listed(rooms)}." if rooms else "I know no rooms yet."


def listed(names: Sequence[str], most: int = 8) -> str:
    names = list(dict.fromkeys(names))
    more = len(names) - most
    shown = names[:most] + ([f"{more} more"] if more > 0 else [])
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


def either(names: Sequence[str], most: int = 6) -> str:
    shown = list(names[:most]) + (["another"] if len(names) > most else [])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
