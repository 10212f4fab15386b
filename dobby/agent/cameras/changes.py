"""What people changed about cameras and alerts, so that the last of it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter

from dobby.agent.tool import Caller
from dobby.vision.records import CameraSettings
from dobby.vision.watch import Watch
from memory.store import Store

KEPT = 5  # of each person's
NOTE = "eyes changed"  # + the person


class Undoable(BaseModel):
    """One turn's: the rules it made and dropped, and how its cameras had been set before."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    said: str
    at: AwareDatetime
    message: int | None = None
    added: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()
    cameras: dict[str, CameraSettings] = {}

    def joined(self, later: Undoable) -> Undoable:
        return self.model_copy(
            update={
                "added": (*self.added, *later.added),
                "dropped": (*self.dropped, *later.dropped),
                "cameras": {**later.cameras, **self.cameras},
            }
        )


_CHANGES = TypeAdapter(tuple[Undoable, ...])


class Changes:
    def __init__(self, store: Store, watch: Watch) -> None:
        self._store = store
        self._watch = watch

    async def note(
        self,
        caller: Caller,
        added: Sequence[int] = (),
        dropped: Sequence[int] = (),
        cameras: Mapping[str, CameraSettings] | None = None,
    ) -> None:
        """Keep what was changed; what one message changed is taken back at once."""
        new = Undoable(
            said=caller.words, at=self._watch.now(), message=caller.message,
            added=tuple(added), dropped=tuple(dropped), cameras=dict(cameras or {}),
        )  # fmt: skip
        kept = await self._load(caller.person.id)
        if kept and new.message is not None and kept[-1].message == new.message:
            kept, new = kept[:-1], kept[-1].joined(new)
        await self._save(caller.person.id, (*kept, new)[-KEPT:])

    async def last(self, person: str) -> datetime | None:
        """When this person changed something last that can be taken back."""
        kept = await self._load(person)
        return kept[-1].at if kept else None

    async def undo(self, caller: Caller) -> str:
        """Take back the last change; there has to be one."""
        *kept, last = await self._load(caller.person.id)
        for rule in last.added:
            await self._watch.drop_rule(rule)
        for rule in last.dropped:
            await self._watch.restore_rule(rule)
        for camera, before in last.cameras.items():
            await self._watch.change(camera, **before.model_dump(exclude={"camera"}))
        await self._save(caller.person.id, kept)
        say = caller.wording.say
        return say("taken-back", said=last.said) if last.said else say("that-taken-back")

    async def _load(self, person: str) -> tuple[Undoable, ...]:
        return await self._store.noted(f"{NOTE} {person}", _CHANGES.validate_json, ())

    async def _save(self, person: str, changes: Sequence[Undoable]) -> None:
        kept = _CHANGES.dump_json(tuple(changes)).decode()
        await self._store.set_note(f"{NOTE} {person}", kept if changes else None)
