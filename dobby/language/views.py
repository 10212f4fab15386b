"""Which cameras a phrase means: "the door", "the back yard", "the camera in the hall"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from dobby.agent.calls import Watched
from dobby.language.lexicon import LAST, Lexicon, further
from dobby.language.meaning import View
from dobby.language.names import HouseNames
from dobby.language.sign import Sign
from dobby.language.tokens import Token

LONGEST = 6  # words
_LITTLE = frozenset({"det", "of", "in", "to", "at", "for", "with", "by", "from", "mark"})
_ORDERS = frozenset(
    {"act", "state", "direction", "more", "not", "if", "time", "past", "reported", "ask", "be",
     "talk", "comfort", "no"}
)  # fmt: skip
_JOINING = frozenset({"join", "in", "at", "to", "from", "with", "by"})  # "of" makes one of two
_WATCHED = frozenset({"door", "lock", "gate", "garage", "window", "camera", "sensor"})

Label = frozenset[str]
Places = tuple[tuple[str, str], ...]


@cache
def _groups(words: Lexicon) -> dict[str, str]:
    """Words for one kind of place, by the first of them: "driveway" is "drive"."""
    stem = words.morphology.stem
    return {
        stem(key[0]): stem(words.key(entry.meaning)[0])
        for key, entry in words.of("alike")
        if len(key) == 1
    }


@lru_cache(maxsize=8)
def _views(names: HouseNames, language: str, places: Places, zones: tuple[str, ...]) -> Views:
    return Views(names, further(language), dict(places), zones)


def views_of(names: HouseNames, watched: Watched) -> Views:
    """The views of a house, read once as long as neither it nor where it looks changes."""
    places = tuple(watched.places.items())
    return _views(names, names.lexicon.language, places, watched.zones)


class Views:
    """The cameras of a house, by the words that they are called with and where they look."""

    def __init__(
        self,
        names: HouseNames,
        words: Lexicon,
        places: Mapping[str, str],
        zones: tuple[str, ...],
    ) -> None:
        self._names, self._words, self._places = names, words, places
        self._lexicon = names.lexicon
        self._same = _groups(words)
        ids = names.with_ability.get("snapshot", [])
        self.cameras = tuple(sorted(ids, key=names.order.__getitem__))
        self._zones = {names.stems(zone): zone for zone in zones}
        self._written = {camera: self._labels(camera) for camera in self.cameras}
        self._called = {
            camera: [self._alike(label) for label in own] for camera, own in self._written.items()
        }
        self._rooms = {
            camera: self._alike(frozenset(names.stems(room)))
            for camera in self.cameras
            if (room := names.room(camera))
        }
        labels = [
            label for own in (*self._called.values(), *self._written.values()) for label in own
        ]
        self._known = frozenset[str]().union(*labels, *self._rooms.values())

    def _labels(self, camera: str) -> list[Label]:
        device = self._names.devices[camera]
        texts = (device.name, *device.aliases, self._places.get(camera, ""))
        return [label for text in texts if (label := self._label(self._lexicon.tokenise(text))[0])]

    def _label(self, tokens: Sequence[Token]) -> tuple[Label, bool]:
        """The words of a name that say where; whether one of them says that it is a camera."""
        stem, said, camera = self._lexicon.morphology.stem, set[str](), False
        for token in tokens:
            if self._is_camera(token.text):
                camera = True
            elif head := next((h for h, kinds in self._names.heads(token.text)
                               if any(k.meaning == "camera" for k in kinds)), ""):  # fmt: skip
                camera = True
                said.add(stem(head))
            elif not self._is_little(token.text):
                said.add(stem(token.text))
        return frozenset(said), camera

    def _is_camera(self, word: str) -> bool:
        return any((e.category, e.meaning) == ("kind", "camera") for e in self._lexicon.word(word))

    def _is_little(self, word: str) -> bool:
        own = any(e.category == "empty" for e in self._words.word(word))
        return own or any(e.category in _LITTLE for e in self._lexicon.word(word))

    def _alike(self, label: Label) -> Label:
        return frozenset(self._same.get(word, word) for word in label)

    # In a sentence ----------------------------------------------------------------------------

    def at(self, tokens: Sequence[Token], at: int) -> Iterator[Sign]:
        """Phrases that start here, for what cameras look at and for parts of their pictures."""
        if self._is_little(tokens[at].text):
            return
        for size in range(min(LONGEST, len(tokens) - at), 0, -1):
            phrase = tokens[at : at + size]
            if any(t.gap for t in phrase[1:]) or self._is_little(phrase[-1].text):
                continue
            cost = -0.1 * (size - 1)
            if self._zones and (zone := self._zones.get(self._stems(phrase))):
                yield Sign(at, at + size, "zone", {"zones": (zone,)}, cost)
            if view := self.meant(phrase):
                yield Sign(at, at + size, "view", {"views": (view,)}, cost)

    def _stems(self, phrase: Sequence[Token]) -> tuple[str, ...]:
        return self._names.stems(" ".join(token.text for token in phrase))

    def meant(self, phrase: Sequence[Token]) -> View | None:
        """What a whole phrase means; None where no camera has to do with it."""
        plain, camera = self._label(phrase)
        said = self._alike(plain)
        many = self._is_plural(phrase[-1].text)
        if not said:
            return View(self.cameras, camera=True) if camera and not many else None
        if not all(self._in(word, self._known) for word in said | plain):
            return None
        for labels, words in ((self._written, plain), (self._called, said)):
            if exact := [c for c in self.cameras if words in labels[c]]:
                return View(tuple(exact), many, camera)
        near = [c for c, own in self._called.items()
                if any(all(self._in(w, label) for w in said) for label in own)]  # fmt: skip
        if near:
            return View(tuple(near), many, camera)
        inside = [c for c, room in self._rooms.items() if said <= room]
        return View(tuple(inside), many, camera, room=True) if inside else None

    def _in(self, word: str, label: Label) -> bool:
        """Whether a word is one of a name's, or the end of one that is put together."""
        whole = word in label or self._same.get(word, word) in label
        ends = bool(self._lexicon.morphology.links) and len(word) > 2
        return whole or (ends and any(own.endswith(word) for own in label))

    def _is_plural(self, word: str) -> bool:
        kinds = [e for e in self._lexicon.word(word) if e.category == "kind"]
        return bool(kinds) and all(e.plural for e in kinds)

    # Places where no camera looks ---------------------------------------------------------------

    def elsewhere(self, tokens: Sequence[Token], at: int) -> Iterator[Sign]:
        """Phrases that start here, for places where no camera looks."""
        for size in range(min(3, len(tokens) - at), 0, -1):
            phrase = tokens[at : at + size]
            plain = [t for t in phrase if not self._is_camera(t.text)]
            if any(t.gap for t in phrase[1:]) or self.meant(phrase) or not self.is_place(plain):
                continue
            words = " ".join(t.raw for t in plain)
            view = replace(View(()), camera=len(plain) < len(phrase), unknown=words)
            yield Sign(at, at + size, "view", {"views": (view,)}, 1.0)

    def is_place(self, tokens: Sequence[Token]) -> bool:
        """ "Front door", "side gate", "Anna's room": one phrase that ends in a place, without a
        word of an order: "candlelight in the living room" is none."""
        joined = any(e.category in _JOINING for t in tokens for e in self._lexicon.word(t.text))
        if not tokens or joined or self.means_else(tokens):
            return False
        stems = self._stems(tokens)
        rooms = any(
            n.of == "room" for at in range(len(stems)) for n in self._names.named(stems[at:])
        )
        return rooms or self._ends_in_place(tokens[-1].text)

    def may_be_place(self, tokens: Sequence[Token]) -> bool:
        """Whether it ends in a word that means nothing else: "the koi basin"."""
        if not tokens or self.means_else(tokens):
            return False
        word = tokens[-1].text
        known = any(e.category != "everyday" for e in self._lexicon.word(word))
        known = known or any(e.category != "looked_at" for e in self._words.word(word))
        return not known or self.is_place(tokens[-1:])

    def means_else(self, tokens: Sequence[Token]) -> bool:
        """Whether a word is of an order or of a veto, or names a thing that is no door or room."""
        for at, token in enumerate(tokens):
            named = [name for _, names in self._names.at(tokens, at) for name in names]
            things = [n for n in named if n.of in {"device", "media", "source"}]
            doors = any(n.of == "device" and self._names.devices[n.ref].kind in _WATCHED
                        for n in things)  # fmt: skip
            if things and not doors and not any(n.of == "room" for n in named):
                return True
            if self._is_camera(token.text):
                return True
            ends = at + 1 == len(tokens)  # what closes a clause is of an order there alone
            entries = [e for e in self._lexicon.word(token.text) if ends or e.particle != LAST]
            ordered = any(e.category in _ORDERS for e in entries)
            if ordered and not self._ends_in_place(token.text):
                return True
        return False

    def _ends_in_place(self, word: str) -> bool:
        """Whether it is a word for something that cameras look at, or a compound that ends so."""
        stem = self._lexicon.morphology.stem
        cuts = range(3, len(word) - 2) if self._lexicon.morphology.links else ()
        ends = (word, stem(word), *(word[cut:] for cut in cuts))
        return any(e.category == "looked_at" for end in ends for e in self._words.word(end))
