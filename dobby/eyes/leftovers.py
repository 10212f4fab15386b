"""Whether something was left, or taken, when everybody has gone and the scene is still again.

The scene before is compared with the scene after. Light comes and goes in between, so that neither
brightness nor shadows count, only a thing: a patch that looks otherwise in itself. It was left if
it stands out from its surroundings now, and taken if it did before. Where a lamp was switched, the
scene is compared with how it last was in that light, or not at all until the light is back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import cv2

from dobby.eyes.differences import Found, Mask, StillScene, differences, in_one_light
from dobby.eyes.frames import Image
from dobby.eyes.geometry import corners
from dobby.eyes.zones import ignored_pixels
from dobby.vision.reports import Box, Zone

WIDE = 320  # pixels that are compared
SETTLES = timedelta(seconds=2)  # after the last one has gone
STABLE = timedelta(seconds=2)  # and so long it has to be seen,
LOOKS = 2  # in so many looks: they are seconds apart where nothing moves
PATIENCE = 8  # looks after which what comes and goes is given up
TOO_OLD = timedelta(minutes=20)  # the light has moved on: nothing can be said
SETTLED = timedelta(seconds=3)  # a scene counts as the one before if nobody comes so soon after
LIGHTS = 3  # in which it is known how it was
MUCH = 0.02  # of the picture moves: it is not still


class Leftovers:
    """One camera's."""

    def __init__(self, zones: Sequence[Zone] = ()) -> None:
        self._zones = zones
        self.start_again()

    def start_again(self) -> None:
        """The camera was not seen for a while: nothing is known of before."""
        self._pasts: list[_Past] = []  # how it was in each light, the newest first
        self._last: _Past | None = None  # in the light of the last look
        self._settle_anew()

    def interrupt(self, at: datetime) -> None:
        """Somebody is there: from here on, the scene may become another."""
        self._take_next(at)
        for past in self._pasts:
            past.happened = True
        self._settle_anew()

    def wait(self, at: datetime) -> None:
        """Something goes on: this is not how the scene is when it is still."""
        self._take_next(at)
        self._settle_anew()

    def _settle_anew(self) -> None:
        self._quiet: datetime | None = None
        self._next: StillScene | None = None  # becomes the one before if nobody comes
        self._suspects: list[_Suspect] = []
        self._looks = 0  # compared, since it is quiet and in this light

    def look(
        self,
        at: datetime,
        image: Image,
        moving: Sequence[Box] = (),
        standing: Sequence[Box] = (),
    ) -> list[Found]:
        """What is found to have been left or taken, each once; to be called while nobody is there.
        ``standing``: where something known stands."""
        if sum(box.area for box in moving) > MUCH:
            self.wait(at)
            return []
        self._quiet = self._quiet or at
        if at - self._quiet < SETTLES:
            return []
        now = StillScene.of(at, image, self._hidden(image, moving, standing))
        past = self._past_in_this_light(now)
        if past is None or not past.happened:
            self._go_on(now)
            return []
        return self._compare(past, now)

    def _past_in_this_light(self, now: StillScene) -> _Past | None:
        """How it was before, as far as that can be compared."""
        self._pasts = [
            past
            for past in self._pasts
            if now.at - past.scene.at <= TOO_OLD and past.scene.size == now.size
        ]
        past = next((past for past in self._pasts if in_one_light(past.scene, now)), None)
        if past is not self._last:  # the light went on or off
            self._last, self._suspects, self._looks = past, [], 0
        if self._next and not (self._next.size == now.size and in_one_light(self._next, now)):
            self._next = None
        return past

    def _compare(self, past: _Past, now: StillScene) -> list[Found]:
        self._looks += 1
        suspects = [self._seen_again(found, now.at) for found in differences(past.scene, now)]
        self._suspects = suspects
        sure = [s.found for s in suspects if s.looks >= LOOKS and now.at - s.since >= STABLE]
        unsure = len(suspects) > len(sure)
        if self._looks < LOOKS or (unsure and self._looks < PATIENCE):
            return []
        past.scene, past.happened = now, False  # from here on, that is how it was
        self._next, self._suspects, self._looks = None, [], 0
        return sure

    def _seen_again(self, found: Found, at: datetime) -> _Suspect:
        for suspect in self._suspects:
            same = suspect.found.box.overlap(found.box) >= 0.5
            if same and suspect.found.change == found.change:
                return replace(suspect, looks=suspect.looks + 1)
        return _Suspect(found, at)

    def _go_on(self, now: StillScene) -> None:
        """Nothing happens: the light may change, and it is kept up with."""
        if self._next is None or self._take_next(now.at):
            self._next = now

    def _take_next(self, at: datetime) -> bool:
        """Whether that is how the scene was: nobody came so soon after."""
        if self._next is None or at - self._next.at < SETTLED:
            return False
        others = [other for other in self._pasts if other is not self._last]
        self._last = _Past(self._next)
        self._pasts = [self._last, *others][:LIGHTS]
        return True

    def _hidden(self, image: Image, moving: Sequence[Box], standing: Sequence[Box]) -> Mask:
        """255 where nothing can be said: something is or stands there, or it is not looked at."""
        height, width = _size(image)
        mask = ignored_pixels(self._zones, (height, width))
        for box in (*moving, *standing):
            left, top, right, bottom = corners(box)
            corner = max(0, round(left * width) - 3), max(0, round(top * height) - 3)
            cv2.rectangle(
                mask, corner, (round(right * width) + 3, round(bottom * height) + 3), 255, -1
            )
        return mask


@dataclass(eq=False)
class _Past:
    """How the scene was when it was still."""

    scene: StillScene
    happened: bool = False  # somebody was there since


@dataclass(frozen=True)
class _Suspect:
    found: Found
    since: datetime
    looks: int = 1


def _size(image: Image) -> tuple[int, int]:
    height, width = image.shape[:2]
    return max(1, round(height * WIDE / width)), WIDE
