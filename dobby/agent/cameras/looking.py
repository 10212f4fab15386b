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
from dobby.agent.phrases import sentence
from dobby.agent.tool import Caller, Shown
from dobby.language.words import Words
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
        cameras, words = self._sights.meant(asked.devices), caller.wording
        views = await self._look(cameras[:MOST], caller.now, words)
        told = [await self._told(view, caller.now, words) for view in views]
        if len(cameras) > MOST:
            told.append(Shown(words.say("more-pictures", count=len(cameras) - MOST)))
        shown = tuple(picture for one in told for picture in one.pictures)
        return Shown(" ".join(sentence(one.words) for one in told), shown)

    async def who_is_there(self, asked: WhoIsThere, caller: Caller) -> Shown:
        """Who is in view, with a picture; else who was there last."""
        cameras, words = self._sights.meant(asked.devices), caller.wording
        private = [c for c in cameras if self._sights.is_private(c, caller.now)]
        looking = [c for c in cameras if c not in private]
        if not looking:
            return Shown(sentence(self._private(private, words)))
        seen = {c: scene for c in looking if (scene := self._watch.scene(c)) is not None}
        there = [c for c, scene in seen.items() if moving(scene, asked.thing)]
        if there:
            return await self._present(there[:MOST], asked.thing, caller.now, words)
        unseen = [c for c in looking if c not in seen]
        if unseen and (len(looking) == 1 or not seen):
            return await self.snapshot(Look(devices=tuple(unseen[:MOST])), caller)
        return await self._absent(looking, unseen, asked.thing, caller.now, words)

    async def _present(
        self, cameras: Sequence[str], thing: str, now: datetime, words: Words
    ) -> Shown:
        views = await self._look(cameras, now, words)
        under_way = {i.cameras[-1]: i for i in await self._open() if i.cameras}
        told: list[str] = []
        for camera in cameras:
            scene, incident = self._watch.scene(camera), under_way.get(camera)
            if incident is not None and thing in ("", incident.kind, incident.label):
                told.append(self._sights.alert(incident, now, words))
            elif scene is not None:
                tracks, place = moving(scene, thing), where(self._sights.place(camera), words)
                seen = in_view(tracks, words)
                told.append(words.say("things-are", count=len(tracks), things=seen, where=place))
        return Shown(" ".join(map(sentence, told)), tuple(v.picture for v in views if v.picture))

    async def _absent(
        self,
        looking: Sequence[str],
        unseen: Sequence[str],
        thing: str,
        now: datetime,
        words: Words,
    ) -> Shown:
        said = [self._nobody(looking, thing, words)]
        if unseen:
            dark = words.names([the(self._sights.place(c), words) for c in unseen])
            said.append(words.say("cannot-see", places=dark))
        last = await self._last(looking, thing, now)
        shown: tuple[str, ...] = ()
        if last is not None:
            when = day(last.last, now, self._watch.zone, words)
            over = last.model_copy(update={"ended": last.ended or last.last})  # not in view now
            told = self._sights.alert(over, now, words)
            said.append(words.say("last-time", day=when, told=told))
            shown = (last.picture,) if last.picture else ()
        return Shown(" ".join(map(sentence, said)), shown)

    def _nobody(self, looking: Sequence[str], thing: str, words: Words) -> str:
        """ "Nobody is at the door now", "no dog is to be seen now"."""
        somebody = thing in ("", "person")
        if len(looking) > 1:
            if somebody:
                return words.say("nobody-is-seen")
            return words.say("none-is-seen", things=words.say("none-such", label=thing))
        there = where(self._sights.place(looking[0]), words)
        if somebody:
            return words.say("nobody-is-there", where=there)
        none = words.say("none-such", label=thing)
        return words.say("none-is-there", things=none, where=there)

    async def _look(self, cameras: Sequence[str], now: datetime, words: Words) -> list[LiveView]:
        views = (self._view(camera, now, words) for camera in cameras)
        return list(await asyncio.gather(*views))

    async def _view(self, camera: str, now: datetime, words: Words) -> LiveView:
        if self._sights.is_private(camera, now):
            return LiveView(camera, why=self._private([camera], words))
        try:
            jpeg = await self._house.picture(camera)
            return LiveView(camera, await self._pictures.keep(jpeg, camera, now))
        except PictureError as error:
            return LiveView(camera, why=words.put(error.said))
        except DeviceError as error:
            return LiveView(camera, why=str(error))

    async def _told(self, view: LiveView, now: datetime, words: Words) -> Shown:
        place = the(self._sights.place(view.camera), words)
        if view.picture:
            scene = self._watch.scene(view.camera)
            if scene is None:
                return Shown(words.say("picture-now", place=place), (view.picture,))
            if not (there := moving(scene)):
                return Shown(words.say("picture-now-nobody", place=place), (view.picture,))
            seen = in_view(there, words)
            told = words.say("picture-now-with", place=place, count=len(there), things=seen)
            return Shown(told, (view.picture,))
        if self._sights.is_private(view.camera, now):
            return Shown(view.why)
        last = await self._last([view.camera], "", now, pictured=True)
        if last is None:
            none = words.say("no-older-picture", why=sentence(view.why), place=place)
            return Shown(none)
        zone = self._watch.zone
        told = words.say(
            "last-picture",
            why=sentence(view.why),
            day=day(last.last, now, zone, words),
            time=clock(last.last, zone),
        )
        return Shown(told, (last.picture,))

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

    def _private(self, cameras: Sequence[str], words: Words) -> str:
        called = words.names([self._sights.called(camera, words) for camera in cameras])
        return words.say("cameras-private", count=len(cameras), cameras=called)
