"""What cameras see now: pictures, and who is there."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from devices.device import DeviceError
from devices.house import House
from dobby.agent.cameras.arguments import Look, WhoIsThere
from dobby.agent.cameras.sights import Sights, in_view, moving
from dobby.agent.phrases import names, sentence
from dobby.agent.tool import Caller, Shown
from dobby.vision.pictures import PictureError, Pictures
from dobby.vision.records import Incident
from dobby.vision.watch import Watch
from dobby.vision.wording import clock, day, the, where

MOST = 6  # pictures at once
BACK = timedelta(days=7)  # who was there last, if anybody
ALIVE = frozenset({"person", "vehicle", "animal"})


@dataclass(frozen=True)
class LiveView:
    """A camera's picture of now, or why there is none."""

    camera: str
    picture: str = ""
    why: str = ""


class Looking:
    def __init__(self, house: House, watch: Watch, pictures: Pictures, sights: Sights) -> None:
        self._house = house
        self._watch = watch
        self._pictures = pictures
        self._sights = sights

    async def snapshot(self, asked: Look, caller: Caller) -> Shown:
        """A picture of each camera, with what is in view."""
        cameras = self._sights.meant(asked.devices)
        views = await self._look(cameras[:MOST], caller.now)
        told = [await self._told(view, caller.now) for view in views]
        if len(cameras) > MOST:
            told.append(Shown(f"There are {len(cameras) - MOST} more; ask for them by name."))
        shown = tuple(picture for one in told for picture in one.pictures)
        return Shown(" ".join(sentence(one.words) for one in told), shown)

    async def who_is_there(self, asked: WhoIsThere, caller: Caller) -> Shown:
        """Who is in view, with a picture; else who was there last."""
        cameras = self._sights.meant(asked.devices)
        private = [c for c in cameras if self._sights.is_private(c, caller.now)]
        looking = [c for c in cameras if c not in private]
        if not looking:
            return Shown(sentence(_private([self._sights.called(c) for c in private])))
        seen = {c: scene for c in looking if (scene := self._watch.scene(c)) is not None}
        there = [c for c, scene in seen.items() if moving(scene, asked.thing)]
        if there:
            return await self._present(there[:MOST], asked.thing, caller.now)
        unseen = [c for c in looking if c not in seen]
        if unseen and (len(looking) == 1 or not seen):
            return await self.snapshot(Look(devices=tuple(unseen[:MOST])), caller)
        return await self._absent(looking, unseen, asked.thing, caller.now)

    async def _present(self, cameras: Sequence[str], thing: str, now: datetime) -> Shown:
        views = await self._look(cameras, now)
        under_way = {i.cameras[-1]: i for i in await self._open() if i.cameras}
        told: list[str] = []
        for camera in cameras:
            scene, incident = self._watch.scene(camera), under_way.get(camera)
            if incident is not None and thing in ("", incident.kind, incident.label):
                told.append(self._sights.alert(incident, now))
            elif scene is not None:
                tracks = moving(scene, thing)
                be = "is" if len(tracks) == 1 else "are"
                told.append(f"{in_view(tracks)} {be} {where(self._sights.place(camera))}")
        return Shown(" ".join(map(sentence, told)), tuple(v.picture for v in views if v.picture))

    async def _absent(
        self, looking: Sequence[str], unseen: Sequence[str], thing: str, now: datetime
    ) -> Shown:
        what = "nobody" if thing in ("", "person") else f"no {thing}"
        place = f" {where(self._sights.place(looking[0]))}" if len(looking) == 1 else ""
        words = [f"{what} is{place or ' to be seen'} now"]
        if unseen:
            words.append(f"I do not see {names([the(self._sights.place(c)) for c in unseen])}")
        last = await self._last(looking, thing, now)
        shown: tuple[str, ...] = ()
        if last is not None:
            when = day(last.last, now, self._watch.zone)
            over = last.model_copy(update={"ended": last.ended or last.last})  # not in view now
            words.append(f"The last time, {when}: {self._sights.alert(over, now)}")
            shown = (last.picture,) if last.picture else ()
        return Shown(" ".join(map(sentence, words)), shown)

    async def _look(self, cameras: Sequence[str], now: datetime) -> list[LiveView]:
        return list(await asyncio.gather(*(self._view(camera, now) for camera in cameras)))

    async def _view(self, camera: str, now: datetime) -> LiveView:
        if self._sights.is_private(camera, now):
            return LiveView(camera, why=_private([self._sights.called(camera)]))
        try:
            jpeg = await self._house.picture(camera)
            return LiveView(camera, await self._pictures.keep(jpeg, camera, now))
        except (DeviceError, PictureError) as error:
            return LiveView(camera, why=str(error))

    async def _told(self, view: LiveView, now: datetime) -> Shown:
        place = the(self._sights.place(view.camera))
        if view.picture:
            scene = self._watch.scene(view.camera)
            if scene is None:
                return Shown(f"{place}, now", (view.picture,))
            there = in_view(moving(scene)) or "nobody"
            be = "are" if len(moving(scene)) > 1 else "is"
            return Shown(f"{place}, now: {there} {be} there", (view.picture,))
        if self._sights.is_private(view.camera, now):
            return Shown(view.why)
        last = await self._last([view.camera], "", now, pictured=True)
        if last is None:
            return Shown(f"{sentence(view.why)} I have no older picture of {place}")
        zone = self._watch.zone
        when = f"{day(last.last, now, zone)} at {clock(last.last, zone)}"
        return Shown(f"{sentence(view.why)} The last picture is of {when}", (last.picture,))

    async def _open(self) -> list[Incident]:
        now = self._watch.now()
        recent = await self._watch.incidents(since=now - timedelta(hours=1))
        return [i for i in recent if i.ended is None and i.kind in ALIVE and not i.story]

    async def _last(
        self, cameras: Sequence[str], thing: str, now: datetime, pictured: bool = False
    ) -> Incident | None:
        """The newest incident that one of these cameras saw."""
        kept = await self._watch.incidents(since=now.astimezone(UTC) - BACK, limit=500)
        fitting = (
            i
            for i in reversed(kept)
            if set(i.cameras) & set(cameras)
            and i.kind in ALIVE
            and thing in ("", i.kind, i.label)
            and (i.picture or not pictured)
        )
        return next(fitting, None)


def _private(cameras: Sequence[str]) -> str:
    be = "is" if len(cameras) == 1 else "are"
    return f"{names(list(cameras))} {be} in privacy mode: I do not look"
