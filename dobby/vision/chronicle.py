"""Incidents as they happen: reduced, kept with their pictures, told.

What cannot be kept or told now, because the disk is full, waits in its order. A model's words on a
picture come afterwards, and nobody waits for them.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta

from pydantic import ValidationError

from dobby.vision.alerter import LATELY, MOST_LATELY, STALE, Alerter, Around
from dobby.vision.cameras import Cameras
from dobby.vision.describe import Describer
from dobby.vision.incidents import Event, reduce
from dobby.vision.pictures import PictureError, Pictures
from dobby.vision.records import Incident, Moment
from dobby.vision.reports import Leftover, Picture, Scene
from dobby.vision.state import Change, Layout, State, restored
from memory.errors import StoreError
from memory.records import Json
from memory.store import Store

log = logging.getLogger(__name__)

KEEP_S = 5.0  # a picture on its way to the disk; then its alert goes without
RESAVED = timedelta(minutes=1)  # how old ``last`` of an open incident may be in the store
MOST_WAITING = 1000
DESCRIBERS = 2
MOST_UNDESCRIBED = 20
MOST_UNHEARD = 200

Surroundings = Callable[[], tuple[Layout, Around]]


class Chronicle:
    """``view`` tells how cameras and people stand now; ``clock`` is local time."""

    def __init__(
        self,
        store: Store,
        pictures: Pictures,
        cameras: Cameras,
        alerter: Alerter,
        describer: Describer | None,
        view: Surroundings,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._pictures = pictures
        self._cameras = cameras
        self._alerter = alerter
        self._describer = describer
        self._view = view
        self._clock = clock
        self._lock = asyncio.Lock()
        self._state = State()
        self._waiting: deque[Change] = deque(maxlen=MOST_WAITING)
        self._stuck = False
        self._better: set[str] = set()  # incidents with a new picture or words
        self._saved: dict[str, datetime] = {}  # open incidents: their ``last`` in the store
        self._undescribed: asyncio.Queue[Incident] = asyncio.Queue(MOST_UNDESCRIBED)
        self._described: set[str] = set()
        self._listeners: set[asyncio.Queue[Incident]] = set()

    @property
    def state(self) -> State:
        return self._state

    @property
    def is_busy(self) -> bool:
        """Whether time may change something."""
        return bool(self._waiting) or self._state.is_busy

    async def load(self) -> None:
        """Go on from what was kept; what was not told yet is told now. Raises StoreError."""
        now = self._clock()
        rows = await self._store.incidents(open_only=True, limit=MOST_LATELY)
        rows += await self._store.incidents(since=now - LATELY, limit=MOST_LATELY)
        kept = {incident.id: incident for incident in read_incidents(rows)}
        lately = sorted(kept.values(), key=lambda incident: incident.started)
        self._state = restored(lately, now)
        self._saved = {i.id: i.last for i in self._state.open.values()}
        await self._alerter.load(lately)
        for incident in lately:
            known = max((t.at for t in incident.tellings), default=None)
            for moment in incident.moments:
                if now - incident.last <= STALE and (known is None or moment.at > known):
                    self._waiting.append(Change("updated", incident, moment))

    async def take(self, event: Event) -> None:
        """One event. What it changes is kept and told, now or later."""
        async with self._lock:
            layout, _ = self._view()
            self._state, changes = reduce(self._state, event, layout)
            self._waiting.extend(changes)
            await self._keep_pictures(event, changes)
            await self._settle()

    async def save_open(self) -> None:
        """Note in the store until when open incidents have lasted. Raises StoreError."""
        async with self._lock:
            for incident in self._state.open.values():
                if incident.last - self._saved.get(incident.id, incident.started) >= RESAVED:
                    await self._save(incident)
            self._saved = {i: at for i, at in self._saved.items() if i in self._state.open}
            self._described &= {*self._state.open, *self._state.ended}

    @asynccontextmanager
    async def news(self) -> AsyncGenerator[asyncio.Queue[Incident]]:
        """Incidents as they are kept from now on; a listener too slow misses some."""
        queue: asyncio.Queue[Incident] = asyncio.Queue(MOST_UNHEARD)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    async def describe(self) -> None:
        """Have pictures of what was told described, for ever."""
        if self._describer is None:
            return
        async with asyncio.TaskGroup() as group:
            for _ in range(DESCRIBERS):
                group.create_task(self._describe_next(self._describer))

    # ---------------------------------------------------------------------------------------

    async def _settle(self) -> None:
        """Keep and tell what waits, in its order."""
        try:
            while self._waiting:
                await self._settle_one(self._waiting[0])
                self._waiting.popleft()
            while self._better:
                await self._revise(next(iter(self._better)))
        except StoreError as error:
            if not self._stuck:
                log.warning("what happens waits to be kept: %s", error)
            self._stuck = True
        else:
            self._stuck = False

    async def _settle_one(self, change: Change) -> None:
        incident = self._state.incident(change.incident.id) or self._as_told(change.incident)
        if change.what == "opened":
            await self._save(incident)  # before anybody hears of it
        for other in (*self._state.ended.values(), *self._state.open.values()):
            self._alerter.know(other)  # where each was last counts
        try:
            _, around = self._view()
            incident = await self._alerter.tell(replace(change, incident=incident), around)
        except StoreError:
            raise
        except Exception:  # one incident's failure is not the next one's
            log.exception("incident %s could not be told", incident.id)
        self._state = self._state.amended(incident)
        await self._save(incident)
        self._have_described(incident)

    def _as_told(self, incident: Incident) -> Incident:
        """One that waited so long that it is no longer at hand, with what was told of it."""
        told = self._alerter.known(incident.id) or incident
        update = {"tellings": told.tellings, "told": told.told, "why": told.why, "rule": told.rule}
        return incident.model_copy(update=update)

    async def _revise(self, incident_id: str) -> None:
        if incident := self._state.incident(incident_id):
            await self._save(incident)
            await self._alerter.revise(incident, self._view()[1])
            self._have_described(incident)
        self._better.discard(incident_id)

    async def _save(self, incident: Incident) -> None:
        await self._store.save_incident(incident.model_dump(mode="json"))
        self._saved[incident.id] = incident.last
        for queue in self._listeners:
            with suppress(asyncio.QueueFull):
                queue.put_nowait(incident)

    # Pictures ------------------------------------------------------------------------------

    async def _keep_pictures(self, event: Event, changes: Sequence[Change]) -> None:
        match event:
            case Scene():
                for picture in event.pictures:
                    incident = self._state.followed(event.camera, picture.track)
                    await self._keep(event.camera, event.at, picture, incident)
            case Leftover(picture=Picture() as picture):
                for incident in {change.incident.id for change in changes}:
                    await self._keep(event.camera, event.at, picture, incident)
            case _:
                pass

    async def _keep(self, camera: str, at: datetime, picture: Picture, incident_id: str) -> None:
        incident = self._state.incident(incident_id)
        if incident is None or not self._cameras.of(camera).record:
            return
        try:
            async with asyncio.timeout(KEEP_S):
                kept = await self._pictures.keep(picture.jpeg, camera, at, incident_id)
        except (PictureError, StoreError, TimeoutError) as error:
            log.warning("a picture was not kept: %s", error)
            return
        moments = _with_picture(incident.moments, camera, kept)
        update = {"picture": kept, "framed": picture.box, "moments": moments}
        self._state = self._state.amended(incident.model_copy(update=update))
        self._better.add(incident_id)

    # Words ---------------------------------------------------------------------------------

    def _have_described(self, incident: Incident) -> None:
        """Once it is told and has a picture; of too many at once, the rest stay as they are."""
        if self._describer is None or not incident.told or not incident.picture:
            return
        seen = all(self._describer.may_see(self._cameras.of(c)) for c in incident.cameras)
        if seen and incident.id not in self._described and not self._undescribed.full():
            self._described.add(incident.id)
            self._undescribed.put_nowait(incident)

    async def _describe_next(self, describer: Describer) -> None:
        while True:
            incident = await self._undescribed.get()
            try:
                await self._describe(describer, incident)
            except PictureError as error:
                log.info("a picture was not described: %s", error)
            except Exception:  # the next one may fare better
                log.exception("a picture was not described")

    async def _describe(self, describer: Describer, incident: Incident) -> None:
        jpeg = await self._pictures.load(incident.picture)
        words = await describer.describe(jpeg, incident.framed, incident, self._clock())
        async with self._lock:
            current = self._state.incident(incident.id)
            if words and current is not None:
                self._state = self._state.amended(current.model_copy(update={"words": words}))
                self._better.add(incident.id)
                await self._settle()


def read_incidents(rows: Sequence[Json]) -> list[Incident]:
    """Incidents as they are kept; what cannot be read is of another version, and left out."""
    incidents: list[Incident] = []
    for row in rows:
        try:
            incidents.append(Incident.model_validate(row))
        except ValidationError as error:
            log.warning("an incident cannot be read: %d errors", error.error_count())
    return incidents


def _with_picture(moments: Sequence[Moment], camera: str, picture: str) -> tuple[Moment, ...]:
    """The last moment at that camera gets it, if it has none."""
    *before, last = moments
    if last.camera == camera and not last.picture:
        last = last.model_copy(update={"picture": picture})
    return (*before, last)
