"""Which cameras a phrase means: "the door", "the back yard", "the camera in the hall"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dobby.agent.calls import Watched
from dobby.agent.reflex.index import HouseIndex
from dobby.agent.reflex.text import Token, words

LONGEST = 6  # words
CAMERA = frozenset({"camera", "cam", "cctv", "webcam"})
SAME = {"driveway": "drive", "doorbell": "door", "yard": "garden", "backyard": "garden",
        "entrance": "door", "entry": "door"}  # fmt: skip
_EMPTY = CAMERA | {"the", "a", "of", "my", "our", "one", "ip", "hd", "view"}


@dataclass(frozen=True)
class Place:
    """What a phrase may mean; more than one camera where it does not say which."""

    cameras: tuple[str, ...]
    many: bool = False  # "the doors": all of them
    said_camera: bool = False  # "the door camera", which is nothing but a camera
    unknown: str = ""  # the words for a place where no camera looks


class Places:
    """The cameras of a house, by the words that they are called with and where they look."""

    def __init__(
        self,
        index: HouseIndex,
        watched: Watched,
        elsewhere: Callable[[Sequence[Token]], bool] | None = None,
    ) -> None:
        """``elsewhere``: whether words are for a place; such phrases count too where no camera
        looks."""
        self._elsewhere = elsewhere
        ids = index.with_ability.get("snapshot", [])
        self.cameras = tuple(sorted(ids, key=index.order.__getitem__))
        self.zones = {words(zone): zone for zone in watched.zones}
        self._called = {camera: _labels(index, camera, watched) for camera in self.cameras}
        self._written = {camera: _labels(index, camera, watched, {}) for camera in self.cameras}
        self._rooms = {
            camera: _said(index.room[camera]) for camera in self.cameras if camera in index.room
        }
        labels = [label for own in self._called.values() for label in own]
        self._words = frozenset[str]().union(*labels, *self._rooms.values()) | CAMERA

    def at(self, tokens: Sequence[Token], at: int) -> Iterator[tuple[int, str, object]]:
        """Phrases that start here, with their tags: ``place``, ``room`` or ``zone``."""
        for size in range(min(LONGEST, len(tokens) - at), 0, -1):
            phrase = tokens[at : at + size]
            if any(t.gap for t in phrase[1:]):
                continue
            if zone := self.zones.get(tuple(t.stem for t in phrase)):
                yield size, "zone", zone
            if phrase[0].stem in _EMPTY - CAMERA:
                continue
            known = all(_in(t, self._words) for t in phrase)
            if known and (found := self._meant(phrase)) is not None:
                yield size, *found
            elif self._elsewhere is not None and (place := self._unknown(phrase)) is not None:
                yield size, "place", place

    def _unknown(self, phrase: Sequence[Token]) -> Place | None:
        """ "Garden", "bedroom camera", where no camera looks there."""
        said = [t for t in phrase if t.stem not in CAMERA]
        if not said or self._elsewhere is None or not self._elsewhere(said):
            return None
        words_ = " ".join(token.text for token in said)
        return Place((), said_camera=len(said) < len(phrase), unknown=words_)

    def _meant(self, phrase: Sequence[Token]) -> tuple[str, Place] | None:
        stems = [SAME.get(t.stem, t.stem) for t in phrase]
        said = frozenset(stems) - _EMPTY
        named = bool(CAMERA & set(stems))
        many = phrase[-1].text != phrase[-1].stem
        if not said:
            if not named or many:
                return None
            return "place", Place(self.cameras, said_camera=True)
        plain = frozenset(t.stem for t in phrase) - _EMPTY
        written = [c for c, labels in self._written.items() if plain in labels]
        exact = written or [c for c, labels in self._called.items() if said in labels]
        near = exact or [c for c, own in self._called.items() if any(said <= one for one in own)]
        if near:
            return "place", Place(tuple(near), many, named)
        inside = [c for c, room in self._rooms.items() if said <= room]
        return ("room", Place(tuple(inside), many, named)) if inside else None


def _labels(
    index: HouseIndex, camera: str, watched: Watched, same: Mapping[str, str] = SAME
) -> list[frozenset[str]]:
    device = index.devices[camera]
    names = (device.name, *device.aliases, watched.places.get(camera, ""))
    return [label for name in names if (label := _said(name, same))]


def _said(name: str, same: Mapping[str, str] = SAME) -> frozenset[str]:
    return frozenset(same.get(word, word) for word in words(name)) - _EMPTY


def _in(token: Token, known: frozenset[str]) -> bool:
    return SAME.get(token.stem, token.stem) in known
