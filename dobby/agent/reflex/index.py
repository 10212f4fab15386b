"""The house as words: which names, rooms, floors and kinds a phrase may mean.

Built once per version of the house. Look-ups start from one word, so that their cost follows the
sentence and not the number of devices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from devices.device import Device
from dobby.agent.calls import HouseView
from dobby.agent.reflex.lexicon import Lexicon
from dobby.agent.reflex.text import Token, tokenise, words

Of = Literal["device", "room", "floor", "media", "source", "area"]
_GENERIC = {"room", "floor", "the", "of", "and", "in", "on", "at"}
_OUTSIDE = "outside"
_UPSTAIRS = "upstairs"
_OUTDOORS = {
    "garden", "yard", "backyard", "porch", "patio", "terrace", "deck", "balcony", "driveway",
    "drive", "courtyard", "veranda", "outside", "lawn", "pool", "gate", "grounds",
}  # fmt: skip
_HEIGHTS = {
    "basement": -1, "cellar": -1, "ground": 0, "downstair": 0, "main": 0, "lower": 0, "first": 1,
    "upstair": 1, "upper": 1, "second": 2, "third": 3, "top": 4, "attic": 4, "loft": 4,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """One full name of one thing; ``ref`` is a device id, a room, a floor or a choice."""

    of: Of
    ref: str
    key: tuple[str, ...]  # stems
    exact: tuple[str, ...]  # words as written


class HouseIndex:
    def __init__(self, house: HouseView, lexicon: Lexicon) -> None:
        self.version = house.version
        self.devices: Mapping[str, Device] = dict(house.devices)
        self.order = {device: n for n, device in enumerate(house.devices)}
        self._names: dict[str, dict[tuple[str, ...], list[Name]]] = defaultdict(dict)
        self.parts: dict[str, set[str]] = defaultdict(set)
        self.room_parts: dict[str, set[str]] = defaultdict(set)
        self.room: dict[str, str] = {}  # device -> room
        self.in_room: dict[str, list[str]] = defaultdict(list)
        self.on_floor: dict[str, list[str]] = defaultdict(list)  # floor -> rooms
        self.of_kind: dict[str, list[str]] = defaultdict(list)
        self.with_ability: dict[str, list[str]] = defaultdict(list)
        self.personal = any("'s " in room for room in house.rooms)  # rooms are somebody's
        self.labels: dict[str, list[frozenset[str]]] = {}  # device -> words of each of its names
        self.sorts: dict[str, set[str]] = {}  # device -> the nouns for kinds in its names
        self._add_rooms(house, lexicon)
        for device in house.devices.values():
            self._add_device(device, lexicon)
        self.words = {w for w in self._vocabulary() if not w.isdigit()}

    def _vocabulary(self) -> Iterator[str]:
        for starts in self._names.values():
            for key, names in starts.items():
                yield from key
                for name in names:
                    yield from name.exact

    def _name(self, of: Of, ref: str, text: str) -> None:
        tokens = tokenise(text)
        key, exact = tuple(t.stem for t in tokens), tuple(t.text for t in tokens)
        if not key:
            return
        self._put(Name(of, ref, key, exact))
        if len(key) == 2 and of in {"room", "device", "floor"}:  # "livingroom"
            self._put(Name(of, ref, ("".join(key),), ("".join(exact),)))

    def _put(self, name: Name) -> None:
        known = self._names[name.key[0]].setdefault(name.key, [])
        if all((n.of, n.ref) != (name.of, name.ref) for n in known):
            known.append(name)

    def _add_rooms(self, house: HouseView, lexicon: Lexicon) -> None:
        for room in house.rooms.values():
            for text in (room.name, *room.aliases):
                self._name("room", room.name, text)
                for word in set(words(text)) - _GENERIC:
                    self.room_parts[word].add(room.name)
            if room.floor:
                self.on_floor[room.floor].append(room.name)
                self._name("floor", room.floor, room.floor)
        self._add_room_synonyms(lexicon)
        self._add_storeys()
        self._add_outdoors(house)

    def _add_room_synonyms(self, lexicon: Lexicon) -> None:
        for group in lexicon.same_rooms:
            present = {n.ref for key in group for n in self.named(key) if n.of == "room"}
            if len(present) != 1:
                continue
            (room,) = present
            for key in group:
                if not any(n.of in {"room", "floor"} for n in self.named(key)):
                    self._put(Name("room", room, key, key))

    def _add_storeys(self) -> None:
        """ "Downstairs" is the lowest floor above the cellar, "upstairs" all that is over it."""
        heights = {
            floor: next((_HEIGHTS[w] for w in words(floor) if w in _HEIGHTS), None)
            for floor in self.on_floor
        }
        above = sorted((h, f) for f, h in heights.items() if h is not None and h >= 0)
        if len(above) < 2 or above[0][0] == above[1][0]:
            return
        over = [room for _, floor in above[1:] for room in self.on_floor[floor]]
        if not self.named(words("downstairs")):
            self._name("floor", above[0][1], "downstairs")
        if not self.named(words(_UPSTAIRS)):
            self._name("floor", _UPSTAIRS, _UPSTAIRS)
            self.on_floor[_UPSTAIRS] = over

    def _add_outdoors(self, house: HouseView) -> None:
        """ "Outside" is every garden, porch and terrace, where no room has that name."""
        rooms = [r for r in house.rooms if set(words(r)) & _OUTDOORS]
        spoken = [w for w in ("outside", "outdoor", "outdoors") if not self.named(words(w))]
        if rooms and spoken:
            self.on_floor[_OUTSIDE].extend(rooms)
            for word in spoken:
                self._name("floor", _OUTSIDE, word)

    def _add_device(self, device: Device, lexicon: Lexicon) -> None:
        self.labels[device.id] = []
        self.sorts[device.id] = set()
        for text in (device.name, *device.aliases):
            self._name("device", device.id, text)
            label = frozenset(words(text))
            self.labels[device.id].append(label)
            for word in label:
                self.parts[word].add(device.id)
            self.sorts[device.id] |= lexicon.kinds(tokenise(text))
        if device.room:
            self.room[device.id] = device.room
            self.in_room[device.room].append(device.id)
        self.of_kind[device.kind].append(device.id)
        for ability in device.abilities:
            self.with_ability[ability.kind].append(device.id)
            for choice in ability.choices:
                if ability.kind == "media":
                    self._name("media", choice, choice)
                elif ability.kind == "source":
                    self._name("source", choice, choice)
                elif ability.kind == "chore":
                    self._name("area", choice, choice)

    def named(self, key: Sequence[str]) -> list[Name]:
        """What exactly these stems name."""
        return self._names.get(key[0], {}).get(tuple(key), []) if key else []

    def longest(self, tokens: Sequence[Token], at: int) -> tuple[int, list[Name]] | None:
        """The longest full name that starts at ``at``."""
        best: tuple[int, list[Name]] | None = None
        for key, names in self._names.get(tokens[at].stem, {}).items():
            size = len(key)
            if best and size <= best[0]:
                continue
            if tuple(t.stem for t in tokens[at : at + size]) == key and not any(
                t.gap for t in tokens[at + 1 : at + size]
            ):
                best = size, names
        return best

    def rooms_on(self, floor: str) -> set[str]:
        return set(self.on_floor.get(floor, ()))

    def rooms_on_floor_called(self, word: str) -> set[str]:
        """The rooms of floors that have this word in their names."""
        return {r for floor, rooms in self.on_floor.items() if word in words(floor) for r in rooms}

    def label(self, device: str) -> str:
        """A device's name as one says it in a sentence."""
        return self.devices[device].name
