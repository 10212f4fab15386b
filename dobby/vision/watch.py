"""The daemon's side of the cameras: it tells eyes what to watch, and takes in what they see."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Any

from devices.device import clean_name
from devices.house import House
from dobby.delivery.notify import Notifier
from dobby.language.words import Words
from dobby.locale import Locale
from dobby.people.registry import People
from dobby.people.roles import Person, Role
from dobby.people.speech import words_of
from dobby.settings import VisionSettings
from dobby.situation.openings import Contacts
from dobby.situation.presence import Presence
from dobby.vision import reports
from dobby.vision.alerter import Alerter, Around
from dobby.vision.asking import Asking
from dobby.vision.cameras import Cameras
from dobby.vision.chronicle import Chronicle, read_incidents
from dobby.vision.clocks import corrected
from dobby.vision.describe import Describer
from dobby.vision.health import NOT_RUNNING, Health
from dobby.vision.incidents import Tick, Unwatched
from dobby.vision.local import problem
from dobby.vision.pictures import Pictures
from dobby.vision.records import AlertRule, CameraSettings, Incident
from dobby.vision.reports import Live, Plan, Report, Reports, Scene
from dobby.vision.rules import OwnRule
from dobby.vision.state import Layout, layout
from memory.errors import StoreError
from memory.store import Store

log = logging.getLogger(__name__)

TICK_S = 1.0
PLAN_S = 2.0
SAVE_S = 30.0
RUNS = 16  # of eyes, whose reports are told apart
FRESH = timedelta(seconds=5)  # a live frame older than this is no view of now
LONGEST_WHY = 400  # characters of what a camera or the eyes ail from; the owner is told
LAST_ALERTS = 200
ANSWERED = timedelta(hours=2)  # a short answer, "only at night", is to an alert of so long ago


class Watch:
    """``take`` and ``plan_after`` are for eyes; ``run`` keeps the rest going; the rest answers
    whoever asks what is seen, what was seen, and what is wanted."""

    def __init__(
        self,
        house: House,
        store: Store,
        pictures: Pictures,
        notifier: Notifier,
        people: People,
        settings: VisionSettings,
        describer: Describer | None,
        locale: Locale,
    ) -> None:
        self._house = house
        self._store = store
        self._settings = settings
        self.zone = locale.zone
        self.words = Words(locale.language, locale.fahrenheit)  # the house's
        words = partial(words_of, store, locale)
        self.cameras = Cameras(house, store, self.now)
        self.presence = Presence(house, store)
        self._alerter = Alerter(store, people, notifier, words, self.now)
        self._chronicle = Chronicle(
            store, pictures, self.cameras, self._alerter, describer, self._view, self.now
        )
        self._asking = Asking(house, self.cameras, pictures, notifier, people, words, self.now)
        self.problem = problem(settings)  # what keeps all cameras from being watched, if anything
        missing = self.problem or NOT_RUNNING
        self._health = Health(store, people, notifier, words, missing, self.now())
        self._contacts = Contacts(house, store, self.now)
        self._awake = asyncio.Event()  # cleared while time changes nothing
        self._awake.set()
        self._heard: OrderedDict[str, int] = OrderedDict()  # run -> the last number
        self._scenes: dict[str, Scene] = {}
        self._sights: dict[str, reports.Sight] = {}
        self._frames: dict[str, Live] = {}
        self._watched: set[str] = set()
        self._private: set[str] = set()
        house.is_veiled = self._is_veiled

    def now(self) -> datetime:
        """Local time, at a fixed offset: or differences would be wrong where clocks are changed."""
        local = datetime.now(self.zone)
        return local.replace(tzinfo=timezone(local.utcoffset() or timedelta()))

    async def load(self) -> None:
        """Take back what was kept, before anything else. Raises StoreError."""
        await self.cameras.load()
        await self.presence.load()
        await self._contacts.load()
        await self._health.load()
        await self._chronicle.load()
        self._watched = self._watched_now()
        self._draw_veils()

    # For eyes ------------------------------------------------------------------------------

    async def take(self, told: Reports) -> None:
        """Take in what eyes tell; what was told before is not taken twice. Never raises for what
        is in it: one bad report does not spoil the others."""
        now = self.now()
        self._health.hear(now)
        if told.number <= self._heard.get(told.run, -1):
            return
        self._heard[told.run] = told.number
        self._heard.move_to_end(told.run)
        while len(self._heard) > RUNS:
            self._heard.popitem(last=False)
        for report in told.reports:
            if not self.cameras.is_watched(report.camera, now):
                continue
            try:
                report = corrected(report, told.sent, now)
                if not self.is_private(report.camera, report.at):  # eyes that were cut off saw on
                    await self._take(report)
            except Exception:
                log.exception("a report of %s could not be taken in", report.what)

    async def _take(self, report: Report) -> None:
        match report:
            case Live():
                self._frames[report.camera] = report
                return
            case Scene():
                self._scenes[report.camera] = report.model_copy(update={"pictures": ()})
                seeing = reports.Sight(camera=report.camera, at=report.at, state="seeing")
                self._sights.setdefault(report.camera, seeing)  # as eyes know from before a restart
            case reports.Sight():
                report = report.model_copy(update={"why": clean_name(report.why, LONGEST_WHY)})
                self._sights[report.camera] = report
                self._health.see(report)
            case _:
                pass
        await self._chronicle.take(report)

    def plan(self) -> Plan:
        return self.cameras.plan

    async def plan_after(self, known: str, wait_s: float) -> Plan:
        """The plan, as soon as it is another than the known one; or after ``wait_s``."""
        self._health.hear(self.now())
        plan = await self.cameras.plan_after(known, wait_s)
        self._health.hear(self.now())
        return plan

    # What is seen now ----------------------------------------------------------------------

    def scene(self, camera: str) -> Scene | None:
        """What is in view; None when the camera is not seen."""
        now, sight = self.now(), self._sights.get(camera)
        seeing = sight is not None and sight.state == "seeing"
        if not (seeing and self.cameras.is_watched(camera, now) and self._health.are_there(now)):
            return None
        return self._scenes.get(camera) or Scene(camera=camera, at=sight.at if sight else now)

    def sight(self, camera: str) -> reports.Sight | None:
        """Whether it can be seen, and why not; None where nobody has said."""
        return self.cameras.unseen.get(camera) or self._sights.get(camera)

    def frame(self, camera: str) -> Live | None:
        """The newest live frame, if it is one of now."""
        frame, now = self._frames.get(camera), self.now()
        if frame is None or now - frame.at > FRESH or self.is_private(camera, now):
            return None
        return frame

    def look(self, camera: str) -> None:
        """Ask eyes for live frames, for some seconds."""
        self.cameras.look(camera)

    # What is wanted ------------------------------------------------------------------------

    def settings_of(self, camera: str) -> CameraSettings:
        return self.cameras.of(camera)

    async def change(self, camera: str, **changes: Any) -> CameraSettings:
        """Change a camera's settings. Raises pydantic's ValidationError, StoreError."""
        changed = await self.cameras.change(camera, **changes)
        self._draw_veils()
        self._awake.set()
        return changed

    def is_private(self, camera: str, now: datetime) -> bool:
        return self.cameras.is_private(camera, now.astimezone(self.zone))

    def waiting_question(self, person: Person) -> str:
        """The camera that this person was asked about and may be answering; empty for none."""
        return self._asking.waiting() if person.role is Role.OWNER else ""

    async def rules(self) -> Sequence[OwnRule]:
        """Everybody's, oldest first."""
        return self._alerter.rules

    async def add_rule(self, rule: AlertRule, person: str, source: int | None = None) -> int:
        """Keep a rule; its id. It holds from now on. Raises StoreError."""
        kept = await self._store.add_rule(rule.model_dump(mode="json"), person, source)
        await self._alerter.load_rules()
        return kept

    async def drop_rule(self, rule: int) -> bool:
        dropped = await self._store.drop_rule(rule)
        await self._alerter.load_rules()
        return dropped

    async def restore_rule(self, rule: int) -> bool:
        restored = await self._store.restore_rule(rule)
        await self._alerter.load_rules()
        return restored

    # What was seen -------------------------------------------------------------------------

    async def incidents(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
    ) -> list[Incident]:
        """The last ones under way between these times, oldest first. Raises StoreError."""
        kept = read_incidents(await self._store.incidents(since, until, limit))
        return [self._chronicle.state.incident(incident.id) or incident for incident in kept]

    def news(self) -> AbstractAsyncContextManager[asyncio.Queue[Incident]]:
        """A queue of incidents as they change from now on."""
        return self._chronicle.news()

    def told_lately(self, person: str) -> Incident | None:
        """What this person was told of last, an hour or two ago at most; from memory."""
        at, incident = _told_last(person, self._alerter.lately)
        return incident if at is not None and self.now() - at < ANSWERED else None

    async def last_alert(self, person: str) -> Incident | None:
        """What this person was told of last. Raises StoreError."""
        return _told_last(person, await self.incidents(limit=LAST_ALERTS))[1]

    # ---------------------------------------------------------------------------------------

    async def run(self) -> None:
        """For ``keep``: time passes, contacts are heard, addresses are found."""
        async with asyncio.TaskGroup() as group:
            group.create_task(_every(TICK_S, self._tick, self._awake))
            group.create_task(_every(PLAN_S, self._look_after_cameras, self._awake))
            group.create_task(_every(SAVE_S, self._save))
            group.create_task(self._hear_the_house())
            group.create_task(self._chronicle.describe())

    async def _tick(self) -> None:
        now = self.now()
        self.cameras.replan()
        self._draw_veils()
        for camera in self._watched - (watched := self._watched_now()):
            self._sights.pop(camera, None)
            self._scenes.pop(camera, None)
            self.cameras.unseen.pop(camera, None)
            await self._chronicle.take(Unwatched(camera, now))
        self._watched = watched
        self._frames = {c: frame for c, frame in self._frames.items() if now - frame.at <= FRESH}
        for sight in list(self.cameras.unseen.values()):
            await self._chronicle.take(sight)
        await self._chronicle.take(Tick(now))
        wanted = self._settings.eyes != "off" and bool(self.plan().cameras)
        await self._health.check(now, wanted)
        if not self._has_work():
            self._awake.clear()  # no camera, and nothing is open: time changes nothing

    def _has_work(self) -> bool:
        cameras = any(device.kind == "camera" for device in self._house.devices.values())
        return cameras or bool(self.cameras.known or self.cameras.unseen) or self._chronicle.is_busy

    async def _look_after_cameras(self) -> None:
        await self.cameras.find_addresses()
        await self._asking.ask()

    async def _save(self) -> None:
        await self._chronicle.save_open()
        await self._alerter.tell_the_held()

    async def _hear_the_house(self) -> None:
        async with self._house.events() as events:
            for device in list(self._house.devices):
                await self._hear(device)
            while True:
                event = await events.get()
                for device in [event.device] if event.device else list(self._house.devices):
                    if event.what != "changed":
                        self.cameras.forget_address(device)
                    await self._hear(device)

    async def _hear(self, device: str) -> None:
        if told := await self._contacts.opening(device):
            await self._chronicle.take(told)
        self._awake.set()

    def _is_veiled(self, device: str) -> bool:
        return device in self.cameras.known and self.cameras.is_private(device, self.now())

    def _draw_veils(self) -> None:
        """What a camera told of motion before it became private is not shown while it is, nor
        what was then afterwards."""
        now = self.now()
        private = {camera for camera in self.cameras.known if self.cameras.is_private(camera, now)}
        for camera in private ^ self._private:
            self._house.forget_moves(camera)
        self._private = private

    def _watched_now(self) -> set[str]:
        now = self.now()
        return {camera for camera in self.cameras.known if self.cameras.is_watched(camera, now)}

    def _view(self) -> tuple[Layout, Around]:
        now, known = self.now(), self.cameras.known
        devices = self._house.devices
        rooms = {camera: devices[camera].room or "" for camera in known if camera in devices}
        wanted = self._settings
        quiet = timedelta(seconds=wanted.quiet_s)
        how = layout(known.values(), rooms, wanted.lingers_s, wanted.open_s, quiet)
        private = frozenset(camera for camera in known if self.cameras.is_private(camera, now))
        per_hour = self._settings.alerts_per_hour
        return how, Around(how.names, private, self.presence.is_home, per_hour)


def _told_last(
    person: str, incidents: Iterable[Incident]
) -> tuple[datetime, Incident] | tuple[None, None]:
    told = [
        (telling.at, incident)
        for incident in incidents
        if (telling := incident.telling(person)) is not None and telling.told
    ]
    return max(told, key=lambda one: one[0], default=(None, None))


async def _every(
    seconds: float, work: Callable[[], Awaitable[None]], awake: asyncio.Event | None = None
) -> None:
    """Again and again, while ``awake``; what fails is tried again the next time, and its siblings
    go on."""
    while True:
        if awake is not None:
            await awake.wait()
        try:
            await work()
        except StoreError as error:
            log.warning("%s", error)
        except Exception:
            log.exception("something in the watch failed")
        await asyncio.sleep(seconds)
