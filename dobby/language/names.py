"""The house as words: which names, rooms, floors and kinds a phrase may mean.

Built once per version of the house and language. Look-ups start from one word, so that their cost
follows the sentence and not the number of devices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from devices.device import Device
from dobby.agent.calls import HouseView
from dobby.language.favourites import Favourites
from dobby.language.lexicon import LANGUAGES, Entry, Lexicon, rooms
from dobby.language.tokens import Token

Of = Literal["device", "room", "floor", "media", "source", "area"]
_CHOICES: Mapping[str, Of] = {"media": "media", "source": "source", "chore": "area"}


@dataclass(frozen=True, slots=True)
class Name:
    """One full name of one thing; ``ref`` is a device id, a room, a floor or a choice."""

    of: Of
    ref: str
    exact: tuple[str, ...]  # folded, as written
    like: bool = False  # a word that only stands in for its name: "lounge" for "Living room"


_IDLE = frozenset({"everyday", "height", "storey"})  # "attic", where there is none


@cache
def _called(words: Lexicon, language: str) -> dict[str, list[tuple[str, ...]]]:
    """What each kind of room is called in a language, as ``words`` compares it."""
    return {kind: [words.key(p) for p in phrases] for kind, phrases in rooms(language).items()}


class HouseNames:
    """Names by the stem of their first word."""

    def __init__(self, house: HouseView, lexicon: Lexicon) -> None:
        self.version = house.version
        self.devices: Mapping[str, Device] = dict(house.devices)
        self.order = {device: n for n, device in enumerate(house.devices)}
        self.parts: dict[str, set[str]] = defaultdict(set)  # stem -> devices with it in a name
        self.room_parts: dict[str, set[str]] = defaultdict(set)
        self.in_room: dict[str, list[str]] = defaultdict(list)
        self.on_floor: dict[str, list[str]] = defaultdict(list)  # floor -> rooms
        self.of_kind: dict[str, list[str]] = defaultdict(list)
        self.with_ability: dict[str, list[str]] = defaultdict(list)
        self.sorts: dict[str, set[str]] = defaultdict(set)  # device -> nouns for kinds in its names
        self.sides: dict[str, set[str]] = defaultdict(set)  # device -> left, right in its names
        self.spared: set[str] = set()  # devices that "everything off" leaves on
        self.labels: dict[str, list[frozenset[str]]] = {}  # device -> stems of each of its names
        self.lexicon = lexicon
        self.favourites = Favourites(lexicon, self.stems)
        self._names: dict[str, dict[tuple[str, ...], list[Name]]] = defaultdict(dict)
        for room in house.rooms.values():
            self._add_room(room.name, (room.name, *room.aliases), room.floor)
        self._add_same_rooms()
        self._add_storeys()
        for device in house.devices.values():
            self._add_device(device)
        self.vocabulary = frozenset({*lexicon.words, *self._words()})  # what a slip may have been

    def _stem(self, word: str) -> str:
        """A word of a name as it is compared: "lamp two" is "lamp 2"."""
        for entry in self.lexicon.word(word):
            if entry.category == "number" and float(entry.meaning) >= 1:
                return entry.meaning
        return self.lexicon.morphology.stem(word)

    def _words(self) -> Iterator[str]:
        for starts in self._names.values():
            for names in starts.values():
                for name in names:
                    yield from name.exact

    def stems(self, text: str) -> tuple[str, ...]:
        """A name as it is compared."""
        return self._stems(self.lexicon.key(text))

    def _stems(self, words: Sequence[str]) -> tuple[str, ...]:
        """A name that begins with a number's word is none: "Piec", and "piec" without accents."""
        stem = self.lexicon.morphology.stem
        return tuple(self._stem(word) if at else stem(word) for at, word in enumerate(words))

    def _put(self, of: Of, ref: str, text: str, like: bool = False) -> tuple[str, ...]:
        exact = self.lexicon.key(text)
        stem = self.lexicon.morphology.stem
        key = self._stems(exact)
        if key:
            known = self._names[key[0]].setdefault(key, [])
            if all((n.of, n.ref) != (of, ref) for n in known):
                known.append(Name(of, ref, exact, like))
            if len(key) == 2 and of != "area":  # "livingroom", "bluray"
                joined = "".join(exact)
                self._names[stem(joined)].setdefault((stem(joined),), []).append(
                    Name(of, ref, (joined,), like)
                )
        return key

    def _add_room(self, room: str, texts: Sequence[str], floor: str | None) -> None:
        for text in texts:
            for word, stem in zip(
                self.lexicon.key(text), self._put("room", room, text), strict=True
            ):
                if not self._is_little(word):
                    self.room_parts[stem].add(room)
        if floor:
            self.on_floor[floor].append(room)
            self._put("floor", floor, floor)
            for word in self.lexicon.storeys["floor"]:  # "Parter" is "Parter piętro", too
                self._put("floor", floor, f"{floor} {word}")

    def _add_same_rooms(self) -> None:
        """A word for one kind of room stands in where the house has exactly one of them, in
        whichever language it is called: "Küche" is the "Kitchen"."""
        own, known = rooms(self.lexicon.language), set[str]()
        for language in (self.lexicon.language, *LANGUAGES):
            called = _called(self.lexicon, language)
            found = {kind: self._rooms_called(keys) for kind, keys in called.items()}
            for kind, present in found.items():
                if len(present) == 1 and not present & known:
                    self._stand_in(own.get(kind, ()), min(present))
            known = known.union(*found.values())

    def _rooms_called(self, keys: Sequence[tuple[str, ...]]) -> set[str]:
        return {n.ref for key in keys for n in self.named(self._stems(key)) if n.of == "room"}

    def _stand_in(self, phrases: Sequence[str], room: str) -> None:
        for phrase in phrases:
            if not any(n.of in {"room", "floor"} for n in self.named(self.stems(phrase))):
                self._put("room", room, phrase, like=True)

    def _add_storeys(self) -> None:
        """Words for a storey ("oben", "downstairs") stand for floors by their height; what is "out"
        is a floor that is called so."""
        out = [self.stems(phrase) for phrase in self.lexicon.storeys["out"]]
        outside = {n.ref for key in out for n in self.named(key) if n.of == "floor"}
        for phrase in self.lexicon.storeys["out"] if len(outside) == 1 else ():
            if not self.named(self.stems(phrase)):
                self._put("floor", min(outside), phrase)
        heights: dict[str, int] = {}
        for floor in self.on_floor:
            said = [e.meaning for w in self.lexicon.key(floor) for e in self.lexicon.word(w)
                    if e.category == "height"]  # fmt: skip
            if said:
                heights[floor] = int(said[0])
        above = sorted((h, f) for f, h in heights.items() if h >= 0)
        if len(above) < 2 or above[0][0] == above[1][0]:
            return
        upper = [room for _, floor in above[1:] for room in self.on_floor[floor]]
        for phrase in self.lexicon.storeys["down"]:
            if not self.named(self.stems(phrase)):
                self._put("floor", above[0][1], phrase)
        for phrase in self.lexicon.storeys["up"]:
            if not self.named(self.stems(phrase)):
                self.on_floor["up"] = upper
                self._put("floor", "up", phrase)

    def _add_device(self, device: Device) -> None:
        self.labels[device.id] = []
        for text in (device.name, *device.aliases):
            key = self._put("device", device.id, text)
            if self._is_spared(text):
                self.spared.add(device.id)
            self.labels[device.id].append(frozenset(key))
            for word, stem in zip(self.lexicon.key(text), key, strict=True):
                if not self._is_little(word):
                    self.parts[stem].add(device.id)
                self._add_compound(device.id, word)
                for entry in self.lexicon.word(word):
                    if entry.category == "order":
                        self.sides[device.id].add(entry.meaning)
            self.sorts[device.id] |= self._kinds_in(text)
        if device.room:
            self.in_room[device.room].append(device.id)
        self.of_kind[device.kind].append(device.id)
        for ability in device.abilities:
            self.with_ability[ability.kind].append(device.id)
            for choice in ability.choices if ability.kind in _CHOICES else ():
                self._put(_CHOICES[ability.kind], choice, choice)
                if ability.kind == "media":
                    self._add_ends(choice)
                    self.favourites.add(choice)

    def _kinds_in(self, text: str) -> set[str]:
        """The nouns for kinds in a name: "Grocery list" has two."""
        tokens = self.lexicon.tokenise(text)
        return {
            entry.meaning
            for at in range(len(tokens))
            for _, entries in self.lexicon.at(tokens, at)
            for entry in entries
            if entry.category == "kind"
        }

    def _is_spared(self, text: str) -> bool:
        words = self.lexicon.key(text)
        ends = bool(self.lexicon.morphology.links)  # "Teichpumpe" is a pump
        return any(
            any(words[at : at + len(key)] == key for at in range(len(words)))
            or (ends and len(key) == 1 and len(key[0]) > 3 and words[-1].endswith(key[0]))
            for key in self.lexicon.spared
            if words
        )

    def _add_ends(self, choice: str) -> None:
        """ "BBC Radio 4" is called "Radio 4", too, where nothing else is."""
        words = choice.split()
        for start in range(1, len(words) - 1):
            end = " ".join(words[start:])
            rare = any(w.isdigit() or w not in self.lexicon.words for w in self.lexicon.key(end))
            if rare and not self.named(self.stems(end)):
                self._put("media", choice, end)

    def content(self, text: str) -> list[str]:
        """The words of a phrase that pick something out, as they are compared."""
        words = self.lexicon.key(text)
        return [s for w, s in zip(words, self._stems(words), strict=True) if not self._is_little(w)]

    def _is_little(self, word: str) -> bool:
        """Whether a word of a name picks nothing out: "the", "of"."""
        little = {"det", "of", "in", "to", "at", "for", "with", "by", "from", "mark"}
        return any(e.category in little for e in self.lexicon.word(word))

    def _add_compound(self, device: str, word: str) -> None:
        """ "Flurlampe" is found as "Lampe im Flur", too; a kind of its own is no such thing."""
        if any(e.category == "kind" for e in self.lexicon.word(word)):
            return
        for head, kinds in self.heads(word):
            self.parts[self.lexicon.morphology.stem(head)].add(device)
            self.sorts[device] |= {e.meaning for e in kinds}

    def heads(self, word: str) -> Iterator[tuple[str, list[Entry]]]:
        """What a compound may begin with, and the nouns for kinds that it may end with."""
        links = self.lexicon.morphology.links
        for cut in range(3, len(word) - 2) if links else ():
            kinds = [e for e in self.lexicon.word(word[cut:]) if e.category == "kind"]
            for link in links if kinds else ():
                if word[:cut].endswith(link) and len(word[:cut]) - len(link) >= 2:
                    yield word[: cut - len(link)] if link else word[:cut], kinds

    def cut(self, word: str) -> int:
        """Where a compound is two phrases: "pasta|timer", "bedroom|warmth"; 0 for any other."""
        if not self.lexicon.morphology.links or self.lexicon.word(word):
            return 0
        stem = self.lexicon.morphology.stem
        for cut in range(3, len(word) - 2):
            for entry in self.lexicon.word(word[cut:]):
                known = self.named((stem(word[:cut]),))
                if entry == Entry("kind", "timer", entry.plural) and not known:
                    return cut
                if entry.category == "attribute" and known:
                    return cut
        return 0

    def named(self, key: Sequence[str]) -> list[Name]:
        """What exactly these stems name."""
        return self._names.get(key[0], {}).get(tuple(key), []) if key else []

    def at(self, tokens: Sequence[Token], at: int) -> Iterator[tuple[int, list[Name]]]:
        """Every full name that starts at ``at``: how many words, and whose it is."""
        stem = self.lexicon.morphology.stem
        if self.lexicon.morphology.links and at + 1 < len(tokens) and not tokens[at + 1].gap:
            whole = stem(tokens[at].text + tokens[at + 1].text)  # "Küchen Licht"
            if names := self.named((whole,)):
                yield 2, names
        for key, names in self._names.get(stem(tokens[at].text), {}).items():
            words = tokens[at : at + len(key)]
            if self._stems([t.text for t in words]) == key and not any(t.gap for t in words[1:]):
                yield len(key), names

    def tells_place(self, text: str) -> bool:
        """Whether free text holds something of the house after a word like "in"."""
        tokens = [t for t in self.lexicon.tokenise(text) if not self.says(t.text, "det")]
        return any(
            self.says(before.text, "in")
            and (self.says(after.text, "kind") or self._stem(after.text) in self.parts)
            for before, after in pairwise(tokens)
        )

    def says(self, word: str, category: str) -> bool:
        return any(e.category == category for e in self.lexicon.word(word))

    def items(self, text: str) -> list[str]:
        """Free text as the items it lists: cut at marks and at words like "and"."""
        tokens = self.lexicon.tokenise(text)
        found: list[str] = []
        start = 0
        for at, token in enumerate([*tokens, None]):
            joins = token is None or any(
                e.category == "join" for e in self.lexicon.word(token.text)
            )
            if joins or (token and token.gap and at > start):
                words = self._bare(tokens[start:at])
                if words:
                    found.append(text[words[0].start : words[-1].end])
                start = at + 1 if joins else at
        return found

    def plain(self, text: str) -> str:
        """Free text without the little words around it."""
        words = self._bare(self.lexicon.tokenise(text))
        return text[words[0].start : words[-1].end] if words else ""

    def is_unknown(self, token: Token) -> bool:
        """Whether a word is in no phrase of the language and in no name of the house."""
        stem = self.lexicon.morphology.stem(token.text)
        known = token.text in self.vocabulary or stem in self.parts or stem in self.room_parts
        return not known and not token.text[0].isdigit()

    def is_strange(self, token: Token) -> bool:
        """Whether a word says nothing here: no name of the house, and no word of orders."""
        stem, entries = self.lexicon.morphology.stem(token.text), self.lexicon.word(token.text)
        idle = entries and all(e.category in _IDLE for e in entries)
        named = stem in self.parts or stem in self.room_parts
        return self.is_unknown(token) or bool(idle and not named)

    def _bare(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """Without the articles and little words before and behind."""
        small = {"det", "filler", "of"}
        while tokens and any(e.category in small for e in self.lexicon.word(tokens[0].text)):
            tokens = tokens[1:]
        while tokens and (size := self.lexicon.closing(tokens)):
            tokens = tokens[:-size]
        return tokens

    def is_outside(self, device: Device) -> bool:
        """Whether its room, or it, is called after what lies outside: a garden, a terrace."""
        return self.lies_outside(f"{device.name} {device.room or ''}")

    def lies_outside(self, name: str) -> bool:
        return any(word in self.lexicon.outside for word in self.lexicon.key(name))

    def room(self, device: str) -> str | None:
        return self.devices[device].room

    def label(self, device: str) -> str:
        return self.devices[device].name
