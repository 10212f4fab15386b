"""What cameras are allowed and told: to be watched, where they look, privacy, new ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from devices.device import DeviceError, clean_name
from devices.house import House
from dobby.agent.builtins import Names
from dobby.agent.cameras.arguments import Add, Configure, Here, Place, hours_of
from dobby.agent.cameras.changes import Changes
from dobby.agent.cameras.sights import Sights
from dobby.agent.phrases import sentence
from dobby.agent.said import NOT_YOURS, is_said
from dobby.agent.secrecy import HIDDEN
from dobby.agent.tool import Caller, CallError
from dobby.language.words import Words, message
from dobby.vision.explaining import hours_said
from dobby.vision.watch import Watch
from dobby.vision.wording import the

LONGEST = 40  # characters of a place
SAY_AGAIN = message("password-again")


class Keeping:
    def __init__(
        self, house: House, watch: Watch, names: Names, sights: Sights, changes: Changes
    ) -> None:
        self._house = house
        self._watch = watch
        self._names = names
        self._sights = sights
        self._changes = changes

    async def place(self, asked: Place, caller: Caller) -> str:
        """Take in where a camera looks, call it after that, and watch it."""
        (camera,) = self._sights.meant([asked.device])
        place = clean_name(asked.looks_at, LONGEST).rstrip(" .!")
        if not place:
            raise CallError(message("where-looks"))
        await self._change(caller, [camera], looks_at=place, watched=True)
        given: dict[str, str | tuple[str, ...]] = {"name": _camera_of(place, self._watch.words)}
        if room := next((r for r in self._house.rooms if r.casefold() == place.casefold()), None):
            given["room"] = room
        await self._names.renamed(self._house.rename(camera, **given), given)
        return caller.wording.say("place-kept", place=the(place, caller.wording))

    def placing(self, asked: Place, caller: Caller) -> str:
        """What ``place`` would do, in words."""
        device = self._house.devices.get(asked.device)
        name, words = device.name if device else asked.device, caller.wording
        place = the(clean_name(asked.looks_at, LONGEST), words)
        return words.say("do-place", name=name, place=place)

    async def settings(self, asked: Configure, caller: Caller) -> str:
        cameras, words = self._sights.meant(asked.devices), caller.wording
        said: list[str] = []
        if asked.overlaps is not None:
            said.append(await self._overlap(cameras, asked.overlaps, caller))
        changes = _changes(asked)
        if asked.watched and (unplaced := [c for c in cameras if not self._looks_at(c)]):
            called = words.names([self._sights.called(c, words) for c in unplaced])
            return sentence(words.say("place-unknown", cameras=called))
        if changes:
            await self._change(caller, cameras, **changes)
            said += _told(asked, self._places(cameras, words), words)
            said += [words.say("say-undo")] if _lowers(asked) else []
        if not said:
            raise CallError(message("nothing-to-set"))
        return " ".join(map(sentence, said))

    def setting(self, asked: Configure, caller: Caller) -> str:
        """Both ways: what is opened shows more than it did, what is closed sees less."""
        cameras = self._sights.meant(asked.devices)
        words = caller.wording
        return words.names(_deeds(asked, self._places(cameras, words), words))

    async def add(self, asked: Add, caller: Caller) -> str:
        """Take in a camera by its address. Its password is not in the arguments: it was hidden."""
        url = _without_credentials(asked.url)
        if url != asked.url and HIDDEN in asked.url and not caller.secret:
            raise CallError(SAY_AGAIN)
        try:
            devices = await self._house.add(url, caller.secret or None, asked.name)
        except DeviceError as error:
            return str(error)
        if not devices:
            return caller.wording.say("no-camera-at-address")
        if not asked.name:
            return caller.wording.say("camera-taken-in", name=devices[0].name)
        return await self.place(Place(device=devices[0].id, looks_at=asked.name), caller)

    def adding(self, asked: Add, caller: Caller) -> str:
        """Raises CallError: an address is the person's to give, and nothing that a model read."""
        if caller.by_model and not is_said(asked.url, caller.words):
            raise CallError(NOT_YOURS)
        address, say = clean_name(_without_credentials(asked.url), 200), caller.wording.say
        if not asked.name:
            return say("do-add-camera", address=address)
        return say("do-add-camera-as", address=address, name=clean_name(asked.name, LONGEST))

    def being(self, asked: Here, caller: Caller) -> str:
        return caller.wording.say("do-be", home=_yes(asked.home))

    async def presence(self, asked: Here, caller: Caller) -> str:
        """Take somebody's word on whether they are at home."""
        await self._watch.presence.say(caller.person.id, asked.home, caller.now)
        return caller.wording.say("welcome-home" if asked.home else "see-you-later")

    # ------------------------------------------------------------------------------------------

    def _looks_at(self, camera: str) -> str:
        return self._watch.settings_of(camera).looks_at

    def _places(self, cameras: Sequence[str], words: Words) -> str:
        return words.names([the(self._sights.place(c), words) for c in cameras])

    async def _change(self, caller: Caller, cameras: Sequence[str], **changes: Any) -> None:
        before = {camera: self._watch.settings_of(camera) for camera in cameras}
        for camera in cameras:
            await self._watch.change(camera, **changes)
        await self._changes.note(caller, cameras=before)

    async def _overlap(self, cameras: Sequence[str], same: bool, caller: Caller) -> str:
        if len(cameras) < 2:
            raise CallError(message("two-cameras"))
        before = {camera: self._watch.settings_of(camera) for camera in cameras}
        for camera in cameras:
            others = {c for c in cameras if c != camera}
            known = set(before[camera].overlaps)
            kept = known | others if same else known - others
            await self._watch.change(camera, overlaps=tuple(sorted(kept)))
        await self._changes.note(caller, cameras=before)
        words = caller.wording
        seen = self._places(cameras, words)
        return words.say("one-place" if same else "own-places", places=seen)


def _changes(asked: Configure) -> dict[str, Any]:
    changes = asked.model_dump(
        include={"watched", "private", "record", "describe"}, exclude_none=True
    )
    if asked.private_hours:  # by the hour, and not at all times
        changes["private_hours"] = tuple(map(hours_of, asked.private_hours))
        changes.pop("private", None)
    elif asked.private is False:
        changes["private_hours"] = ()
    return changes


def _lowers(asked: Configure) -> bool:
    """Whether less is seen or kept, or more is shown, than before."""
    unseen = asked.watched is False or asked.private or asked.private_hours
    return bool(unseen or asked.record is False or asked.describe)


def _told(asked: Configure, places: str, words: Words) -> list[str]:
    """What was set, in words."""
    say = words.say
    said: list[str] = []
    if asked.watched is not None:
        said.append(say("set-watched", on=_yes(asked.watched), places=places))
    if asked.private_hours:
        said.append(say("set-private-hours", hours=_spans(asked, words), places=places))
    elif asked.private is not None:
        said.append(say("set-private", on=_yes(asked.private), places=places))
    if asked.record is not None:
        said.append(say("set-record", on=_yes(asked.record), places=places))
    if asked.describe is not None:
        said.append(say("set-describe", on=_yes(asked.describe), places=places))
    return said


def _deeds(asked: Configure, places: str, words: Words) -> list[str]:
    """What would be set, as things to be done."""
    say = words.say
    said: list[str] = []
    if asked.watched is not None:
        said.append(say("do-watched", on=_yes(asked.watched), places=places))
    if asked.private_hours:
        said.append(say("do-private-hours", hours=_spans(asked, words), places=places))
    elif asked.private is not None:
        said.append(say("do-private", on=_yes(asked.private), places=places))
    if asked.record is not None:
        said.append(say("do-record", on=_yes(asked.record), places=places))
    if asked.describe is not None:
        said.append(say("do-describe", on=_yes(asked.describe), places=places))
    if asked.overlaps is not None:
        said.append(say("do-overlap", on=_yes(asked.overlaps), places=places))
    return said


def _spans(asked: Configure, words: Words) -> str:
    spans = [hours for span in asked.private_hours if (hours := hours_of(span))]
    return words.names([hours_said(hours, words) for hours in spans])


def _yes(on: bool) -> str:
    return "yes" if on else "no"


def _camera_of(place: str, words: Words) -> str:
    """ "Front door camera"."""
    name = words.say("camera-name", place=place)
    return name[:1].upper() + name[1:]


def _without_credentials(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
