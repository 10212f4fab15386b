"""What one camera's frames show, as reports with pictures: the same live and from a recording."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from dobby.eyes.frames import Detection, Image
from dobby.eyes.leftovers import Found, Leftovers
from dobby.eyes.pictures import Album, encoded
from dobby.eyes.scene import SceneTracker
from dobby.eyes.stills import Stills
from dobby.eyes.zones import Zones
from dobby.vision.reports import Box, CameraPlan, Leftover, Picture, Report, Track

WORTH_A_STILL = timedelta(seconds=10)  # after this, one in full size is not asked for any more


class Seen:
    """One camera's."""

    def __init__(self, plan: CameraPlan, run: str, stills: Stills | None = None) -> None:
        """``run`` begins the tracks' ids; ``stills`` where there are better pictures."""
        self._camera = plan.camera
        self._zones = Zones(plan.zones)
        self.view = SceneTracker(plan.camera, plan.zones, run)
        self._leftovers = Leftovers(plan.zones)
        self._album = Album()
        self._stills = stills
        self._full: set[str] = set()  # tracks with a picture in full size

    def start_again(self) -> None:
        """The camera was not seen for a while."""
        self.view.start_again()
        self._leftovers.start_again()

    async def look(
        self, at: datetime, image: Image, found: Sequence[Detection], moving: Sequence[Box]
    ) -> list[Report]:
        """What is to be told after one more frame. ``image`` may change once this is done."""
        tracks = self.view.look(at, found, moving)
        self._fetch_still(at, tracks)
        picture = await self._picture(at, tracks, image)
        scene = self.view.scene(at, [picture] if picture else [])
        left = await self._left(at, image, moving)
        reports = [await self._leftover(at, one, image) for one in left]
        return [scene, *reports] if scene else [*reports]

    def _fetch_still(self, at: datetime, tracks: Sequence[Track]) -> None:
        """Begin as soon as something comes: it may be believed, and told, half a second later."""
        if self._stills is None:
            return
        self._full &= {track.id for track in tracks}
        if self.view.candidate or any(
            track.id not in self._full and not track.parked and at - track.since < WORTH_A_STILL
            for track in tracks
        ):
            self._stills.fetch()

    async def _picture(self, at: datetime, tracks: Sequence[Track], image: Image) -> Picture | None:
        full = self._stills.fresh(at, image.shape) if self._stills else None
        track = self._album.wanted(at, tracks)
        if track is None and full is not None:  # it came too late for the first picture
            shown = [track for track in tracks if self._album.has(track)]
            track = next((track for track in shown if track.id not in self._full), None)
        if track is None:
            return None
        self._album.take(at, track)
        if full is not None:
            self._full.add(track.id)
        jpeg = await asyncio.to_thread(encoded, image if full is None else full)
        return Picture(jpeg=jpeg, box=track.box, track=track.id)

    async def _left(self, at: datetime, image: Image, moving: Sequence[Box]) -> list[Found]:
        if self.view.busy:
            self._leftovers.interrupt(at)
            return []
        if self.view.candidate:
            self._leftovers.wait(at)
            return []
        standing = self.view.standing()
        return await asyncio.to_thread(self._leftovers.look, at, image, moving, standing)

    async def _leftover(self, at: datetime, found: Found, image: Image) -> Leftover:
        jpeg = await asyncio.to_thread(encoded, image)
        return Leftover(
            camera=self._camera,
            at=at,
            change=found.change,
            box=found.box,
            zones=self._zones.at(found.box),
            picture=Picture(jpeg=jpeg, box=found.box),
        )
