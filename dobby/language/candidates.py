"""Candidates: the devices of a house that explain every word of a phrase."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from devices.device import Device
from dobby.agent.calls import Abstention, Context
from dobby.language.declining import Unclear
from dobby.language.kinds import called_so, kinds_of, of_sort
from dobby.language.meaning import Ref
from dobby.language.names import HouseNames

_RANKS = {"first": 0, "second": 1, "third": 2, "last": -1}


@dataclass
class Candidates:
    names: HouseNames
    context: Context
    touched: list[str] = field(default_factory=list[str], kw_only=True)  # earlier in this sentence

    def pool(self, ref: Ref) -> set[str]:
        """The devices that explain every word of a phrase."""
        pool = self._by_words(ref)
        rooms = self.rooms(ref)
        if rooms is not None:
            inside = {i for room in rooms for i in self.names.in_room.get(room, ())}
            if "outside" in ref.prons:
                roomless = {i for i, d in self.names.devices.items() if not d.room}
                inside |= {i for i in roomless if self.names.lies_outside(self.names.label(i))}
            if pool is not None:
                inside |= self._called_after(rooms)
            pool = inside if pool is None else pool & inside
        places = any(part in self.names.room_parts for part in ref.parts)
        if set(ref.orders) & set(_RANKS) and places and not ref.names:
            return set()  # "the third bedroom"
        for order in ref.orders:
            called = {i for i, said in self.names.sides.items() if order in said}
            headed = bool(ref.names or ref.parts or ref.kinds)  # "the second": of what?
            ranked = pool is not None and (headed or order not in _RANKS)
            pool = self._ordered(order, pool or set()) if ranked else called & (pool or called)
        if pool is None:
            whole = ref.quants & {"all", "everything", "everywhere", "both", "any"}
            return set(self.names.devices) if whole else set[str]()
        return pool

    def _by_words(self, ref: Ref) -> set[str] | None:
        pool: set[str] | None = None
        for ids in ref.names:
            said = set(ids)
            if ref.plural and not ref.exact:
                said |= self._alike(ids)
            pool = said if pool is None else pool & said
        for part in ref.parts:
            ids = set(self.names.parts.get(part, ()))
            for room in self.names.room_parts.get(part, ()):  # "dev's lights": in Dev's room too
                ids |= set(self.names.in_room.get(room, ()))
            pool = ids if pool is None else pool & ids
        for at, kind in enumerate(ref.kinds):
            if at < len(ref.kinds) - 1:
                ids = {i for i, sorts in self.names.sorts.items() if kind in sorts}
            else:
                ids = self.of_kind(kind)
                ids = ids if pool is None else ids & pool
                ids = of_sort(kind, ids, self.names.sorts, bool(ref.quants), ref.plural)
            pool = ids if pool is None else pool & ids
        return pool

    def _alike(self, ids: frozenset[str]) -> set[str]:
        """Of several things called alike, all: "the kitchen lights", one of which is so called."""
        heads = {kind for i in ids for kind in self.names.sorts.get(i, ())}
        rooms = {self.names.room(i) for i in ids}
        return {i for kind in heads for i in self.of_kind(kind) if self.names.room(i) in rooms}

    def of_kind(self, kind: str) -> set[str]:
        """Devices that a noun like "lamp" may mean."""
        base = kind.partition("/")[0]
        ids = {i for k in kinds_of(base) for i in self.names.of_kind.get(k, ())}
        if base == "door" and not ids:
            ids = set(self.names.of_kind.get("garage", ()))
        if base == "heating":
            heaters = (self.names.of_kind.get(k, ()) for k in ("thermostat", "heater", "boiler"))
            ids = set(next(filter(None, heaters), ()))
        for device, sorts in self.names.sorts.items():
            called = any(sort.partition("/")[0] == base for sort in sorts)
            if called and called_so(base, self.names.devices[device].kind):
                ids.add(device)
        return ids

    def beside(self, device: Device) -> list[Device]:
        """What else its room has that is called after it: "Back door contact", of a lock."""
        words = self.names.lexicon.key(device.name)
        if all(any(e.category == "kind" for e in self.names.lexicon.word(w)) for w in words):
            return []  # "Door" tells of none
        own, room = frozenset(self.names.stems(device.name)), self.names.room(device.id)
        near = {i for i in self.names.devices if self.names.room(i) == room} - {device.id}
        called = {i for i in near if any(own <= label for label in self.names.labels[i])}
        return [self.names.devices[i] for i in self.in_order(called)]

    def _ordered(self, order: str, pool: set[str]) -> set[str]:
        """Those of a pool that are called so ("Left lamp"); else the first or last of it."""
        called = {i for i in pool if order in self.names.sides[i]}
        if called or order not in _RANKS:
            return called
        ordered = self.in_order(pool)
        if not ordered or order not in _RANKS or _RANKS[order] >= len(ordered):
            return set()
        return {ordered[_RANKS[order]]}

    def _called_after(self, rooms: set[str]) -> set[str]:
        """Devices without a room of their own that carry the room in their name."""
        keys = [frozenset(self.names.stems(room)) for room in rooms]
        return {i for i, labels in self.names.labels.items() if not self.names.room(i)
                and any(key <= label for key in keys for label in labels)}  # fmt: skip

    def rooms(self, ref: Ref) -> set[str] | None:
        """The rooms a phrase is limited to; None where it names none. Raises Unclear."""
        rooms: set[str] | None = None
        for group in ref.rooms:
            names = set(group)
            alike = len({self.names.stems(name) for name in names}) == 1  # "Salon" and "salon"
            if len(names) > 1 and not (ref.quants or ref.plural or alike):
                if self.context.room in names:
                    names = {str(self.context.room)}
                else:
                    options = [i for r in sorted(names) for i in self.names.in_room.get(r, ())]
                    raise Unclear(Abstention.AMBIGUOUS, "which-one", options, options=sorted(names))
            both = names if rooms is None else rooms & names
            rooms = both if rooms is None or both else rooms | names
        for floor in ref.floors:
            on = set(self.names.on_floor.get(floor, ()))
            rooms = on if rooms is None else rooms & on
        if "outside" in ref.prons:
            rooms = {r for r in self.names.in_room if self.names.lies_outside(r)}
        if "here" in ref.prons:
            if not self.context.room:
                raise Unclear(Abstention.AMBIGUOUS, "which-room", rooms=self.room_names())
            rooms = {self.context.room}
        if "there" in ref.prons:
            there = {self.names.room(d) for d in self.spoken()}
            if len(there) != 1 or None in there:
                raise Unclear(Abstention.AMBIGUOUS, "which-room", rooms=self.room_names())
            rooms = {room for room in there if room}
        return rooms

    def spoken(self) -> list[str]:
        ids = self.touched or self.context.dialogue.devices
        return [d for d in dict.fromkeys(ids) if d in self.names.devices]

    def here(self) -> set[str]:
        room = self.context.room
        return set(self.names.in_room.get(room, ())) if room else set()

    def in_order(self, ids: Iterable[str]) -> list[str]:
        return sorted(ids, key=self.names.order.__getitem__)

    def room_names(self) -> list[str]:
        return list(self.names.in_room)

    def others(self, pool: set[str], spoken: list[str]) -> set[str]:
        """Of its kind, what is most like the one spoken of: in its room, with its words."""
        rooms = {self.names.room(d) for d in spoken}
        pool = pool - set(spoken)
        pool = {i for i in pool if self.names.room(i) in rooms} or pool
        said = set[str]().union(*(label for d in spoken for label in self.names.labels[d]))
        alike = {i: max(len(label & said) for label in self.names.labels[i]) for i in pool}
        return {i for i in pool if alike[i] == max(alike.values())}

    def plays(self, device: str) -> bool:
        return self._playback(device) == "playing"

    def pauses(self, device: str) -> bool:
        return self._playback(device) == "paused"

    def _playback(self, device: str) -> str | None:
        return getattr(self.context.house.state(device).get("playback"), "state", None)

    def told_apart(self, device: str, others: Sequence[str]) -> str:
        label, room = self.names.label(device), self.names.room(device)
        twins = [i for i in others if self.names.label(i) == label]
        return f"{label} ({room})" if len(twins) > 1 and room else label
