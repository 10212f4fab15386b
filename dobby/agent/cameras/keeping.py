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
from dobby.agent.phrases import names, sentence
from dobby.agent.said import NOT_YOURS, is_said
from dobby.agent.secrecy import HIDDEN
from dobby.agent.tool import Caller, CallError
from dobby.vision.watch import Watch
from dobby.vision.wording import the

LONGEST = 40  # characters of a place
WATCHED = (
    "I watch {place} now, and tell owners of people, of vehicles that stop, and of what is left "
    "there. Parts to ignore can be drawn on the page."
)
UNDO = "Say undo to take that back"
SAY_AGAIN = "I do not have its password any more. Please send the address again."


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
            raise CallError("Where does it look?")
        await self._change(caller, [camera], looks_at=place, watched=True)
        given: dict[str, str | tuple[str, ...]] = {"name": _camera_of(place)}
        if room := next((r for r in self._house.rooms if r.casefold() == place.casefold()), None):
            given["room"] = room
        await self._names.renamed(self._house.rename(camera, **given), given)
        return WATCHED.format(place=the(place))

    def placing(self, asked: Place, caller: Caller) -> str:
        """What ``place`` would do, in words."""
        device = self._house.devices.get(asked.device)
        place = the(clean_name(asked.looks_at, LONGEST))
        return f"take it that {device.name if device else 'it'} looks at {place}, and watch that"

    async def settings(self, asked: Configure, caller: Caller) -> str:
        cameras = self._sights.meant(asked.devices)
        said: list[str] = []
        if asked.overlaps is not None:
            said.append(await self._overlap(cameras, asked.overlaps, caller))
        changes = _changes(asked)
        if asked.watched and (unplaced := [c for c in cameras if not self._looks_at(c)]):
            names_ = names([self._sights.called(c) for c in unplaced])
            return sentence(f"I do not know yet where {names_} looks. Where?")
        if changes:
            await self._change(caller, cameras, **changes)
            said += _told(asked, [the(self._sights.place(c)) for c in cameras])
            said += [UNDO] if _lowers(asked) else []
        if not said:
            raise CallError("There is nothing in it to set.")
        return " ".join(map(sentence, said))

    def setting(self, asked: Configure, caller: Caller) -> str:
        """Both ways: what is opened shows more than it did, what is closed sees less."""
        cameras = self._sights.meant(asked.devices)
        return names(_deeds(asked, [the(self._sights.place(c)) for c in cameras]))

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
            return "There is no camera at that address."
        if not asked.name:
            return f"I have it: {devices[0].name}. Next I ask where it looks."
        return await self.place(Place(device=devices[0].id, looks_at=asked.name), caller)

    def adding(self, asked: Add, caller: Caller) -> str:
        """Raises CallError: an address is the person's to give, and nothing that a model read."""
        if caller.by_model and not is_said(asked.url, caller.words):
            raise CallError(NOT_YOURS)
        called = f" as “{clean_name(asked.name, LONGEST)}”" if asked.name else ""
        return f"add the camera at {clean_name(_without_credentials(asked.url), 200)}{called}"

    def being(self, asked: Here, caller: Caller) -> str:
        return f"take you to be {'at home' if asked.home else 'out'}"

    async def presence(self, asked: Here, caller: Caller) -> str:
        """Take somebody's word on whether they are at home."""
        await self._watch.presence.say(caller.person.id, asked.home, caller.now)
        if asked.home:
            return "Welcome home. Ask what happened, and I tell you."
        return "All right, I know that you are out. See you later."

    # ------------------------------------------------------------------------------------------

    def _looks_at(self, camera: str) -> str:
        return self._watch.settings_of(camera).looks_at

    async def _change(self, caller: Caller, cameras: Sequence[str], **changes: Any) -> None:
        before = {camera: self._watch.settings_of(camera) for camera in cameras}
        for camera in cameras:
            await self._watch.change(camera, **changes)
        await self._changes.note(caller, cameras=before)

    async def _overlap(self, cameras: Sequence[str], same: bool, caller: Caller) -> str:
        if len(cameras) < 2:
            raise CallError("Name two cameras that see the same place.")
        before = {camera: self._watch.settings_of(camera) for camera in cameras}
        for camera in cameras:
            others = {c for c in cameras if c != camera}
            known = set(before[camera].overlaps)
            kept = known | others if same else known - others
            await self._watch.change(camera, overlaps=tuple(sorted(kept)))
        await self._changes.note(caller, cameras=before)
        seen = names([the(self._sights.place(c)) for c in cameras])
        if same:
            return f"What is seen {seen} at once is one thing to me from now on"
        return f"{seen} are places of their own to me"


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


def _told(asked: Configure, places: Sequence[str]) -> list[str]:
    """What was set, in words."""
    seen = names(list(places))
    said: list[str] = []
    if asked.watched is not None:
        said.append(f"I {'watch' if asked.watched else 'no longer watch'} {seen}")
    if asked.private_hours:
        hours = names([span.replace("-", " to ") for span in asked.private_hours])
        said.append(f"Every day from {hours} I look at nothing there ({seen})")
    elif asked.private is not None:
        said.append(
            f"Privacy mode is on: I look at nothing there ({seen})"
            if asked.private
            else f"Privacy mode is off: I look again ({seen})"
        )
    if asked.record is not None:
        no = "" if asked.record else "no "
        said.append(f"I keep {no}pictures of what happens there ({seen})")
    if asked.describe is not None:
        may = "may" if asked.describe else "may not"
        said.append(f"A model outside the house {may} see the pictures of {seen}")
    return said


def _deeds(asked: Configure, places: Sequence[str]) -> list[str]:
    """What would be set, as things to be done."""
    seen = names(list(places))
    said: list[str] = []
    if asked.watched is not None:
        said.append(f"{'watch' if asked.watched else 'no longer watch'} {seen}")
    if asked.private_hours:
        hours = names([span.replace("-", " to ") for span in asked.private_hours])
        said.append(f"look at nothing there ({seen}) every day from {hours}")
    elif asked.private is not None:
        said.append(f"look {'at nothing there' if asked.private else 'again'} ({seen})")
    if asked.record is not None:
        said.append(f"keep {'' if asked.record else 'no '}pictures of what happens there ({seen})")
    if asked.describe is not None:
        may = "let" if asked.describe else "no longer let"
        said.append(f"{may} a model outside the house see the pictures of {seen}")
    if asked.overlaps is not None:
        one = "one place" if asked.overlaps else "places of their own"
        said.append(f"take {seen} for {one}")
    return said


def _camera_of(place: str) -> str:
    """ "Front door camera"."""
    return f"{place[:1].upper()}{place[1:]} camera"


def _without_credentials(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
