"""The tools of the cameras, put together; those who add them to a toolbox need this alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar

from devices.house import House
from dobby.agent.builtins import Names
from dobby.agent.calls import Watched
from dobby.agent.cameras import arguments
from dobby.agent.cameras.alerting import Alerting
from dobby.agent.cameras.changes import Changes
from dobby.agent.cameras.keeping import Keeping
from dobby.agent.cameras.looking import Looking
from dobby.agent.cameras.record import Record
from dobby.agent.cameras.sights import Sights
from dobby.agent.phrases import sentence
from dobby.agent.tool import BuiltInTool, Caller, Shown
from dobby.people.roles import Person, Role
from dobby.vision.pictures import Pictures
from dobby.vision.watch import Watch
from memory.store import Store

A = TypeVar("A", bound=arguments.Arguments)

RULE = (
    "Make a rule for alerts to this person; the newest that fits decides. only: nothing but these. "
    "hours: HH:MM-HH:MM. like_last: of what the last alert was; near_last: where its vehicle stood."
)
SETTINGS = (
    "Set cameras. private: look at nothing; private_hours: daily, HH:MM-HH:MM; record: keep "
    "pictures; describe: a model outside may see them; overlaps: these see one place."
)


class CameraTools:
    """Everything that the chat can do with cameras."""

    def __init__(
        self, house: House, watch: Watch, pictures: Pictures, store: Store, names: Names
    ) -> None:
        self._watch = watch
        self._sights = Sights(house, watch)
        self._changes = Changes(store, watch)
        self._looking = Looking(house, watch, pictures, self._sights)
        self._record = Record(watch, self._sights)
        self._alerting = Alerting(watch, self._sights, self._changes)
        self._keeping = Keeping(house, watch, names, self._sights, self._changes)

    def tools(self) -> list[BuiltInTool]:
        looking, alerting, keeping = self._looking, self._alerting, self._keeping
        return [
            _tool("snapshot", "Show the picture of cameras.", looking.snapshot, arguments.Look),
            _tool("who_is_there", "Who is in view of cameras now.", looking.who_is_there,
                  arguments.WhoIsThere),
            _tool("what_happened", "What cameras saw, from the record. Local times.",
                  self._record.what_happened, arguments.WhatHappened),
            _tool("camera_state", "Whether cameras see, and what.", self._state, arguments.Look),
            _tool("alert_rule", RULE, alerting.make, arguments.Rule, alerting.silencing),
            _tool("list_alert_rules", "This person's rules.", alerting.list_, arguments.Look),
            _tool("drop_alert_rule", "Drop a rule by its number in the list.",
                  alerting.drop, arguments.Drop, alerting.dropping),
            _tool("explain_alert", "Why the last alert was told, or not.", alerting.explain,
                  arguments.Explain),
            _tool("watch_camera", "Say where a camera looks; it is watched from then on.",
                  keeping.place, arguments.Place, keeping.placing),
            _tool("camera_settings", SETTINGS, keeping.settings, arguments.Configure,
                  keeping.setting),
            _tool("add_camera", "Add a camera by its rtsp:// or http:// address.", keeping.add,
                  arguments.Add, keeping.adding, needs=""),
            _tool("set_presence", "Note that this person leaves or is home.", keeping.presence,
                  arguments.Here, keeping.being, least_role=Role.CHILD),
        ]  # fmt: skip

    def watched(self, person: Person) -> Watched:
        """What this person's sentences about cameras are understood with."""
        cameras = self._sights.all()
        if not cameras:
            return Watched()
        settings = {camera: self._watch.settings_of(camera) for camera in cameras}
        last = self._watch.told_lately(person.id)
        asked_about = self._watch.waiting_question(person)
        return Watched(
            places={c: own.looks_at for c, own in settings.items() if own.looks_at},
            zones=tuple(z.name for own in settings.values() for z in own.zones if z.name),
            asked=asked_about,
            asked_at=self._watch.settings_of(asked_about).asked if asked_about else None,
            told=last.id if last else "",
        )

    async def _state(self, look: arguments.Look, caller: Caller) -> str:
        cameras = self._sights.meant(look.devices)
        words, sights = caller.wording, self._sights
        told = [
            words.say(
                "camera-sees",
                camera=sights.called(camera, words),
                state=sights.state(camera, caller.now, words),
            )
            for camera in cameras
        ]
        return " ".join(map(sentence, told))

    async def changed(self, caller: Caller) -> datetime | None:
        """When this person changed something last that ``undo`` takes back."""
        return await self._changes.last(caller.person.id)

    async def undo(self, caller: Caller) -> str:
        return await self._changes.undo(caller)


def _tool(
    name: str,
    about: str,
    run: Callable[[A, Caller], Awaitable[str | Shown]],
    kind: type[A],
    guard: Callable[[A, Caller], str] | None = None,
    needs: str = "snapshot",
    least_role: Role | None = None,
) -> BuiltInTool:
    """One with a guard changes something: that is for adults. One without only looks."""

    async def checked(arguments: dict[str, Any], caller: Caller) -> str | Shown:
        return await run(kind.of(arguments), caller)

    def deed(arguments: dict[str, Any], caller: Caller) -> str:
        return guard(kind.of(arguments), caller) if guard else ""

    return BuiltInTool(
        name,
        about,
        kind.definition(),
        checked,
        needs=needs,
        least_role=least_role or (Role.ADULT if guard else Role.CHILD),
        changes=guard is not None,
        guard=deed,
    )
