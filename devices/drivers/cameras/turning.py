"""A camera's motor: its stored views, the way to one, and which one it looks at."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from devices.capabilities import Preset
from devices.device import Unsupported, clean_name

if TYPE_CHECKING:
    from devices.drivers.cameras.soap import Soap

MAX_VIEWS = 64
NEAR = 0.02  # of ONVIF's range from -1 to 1
STARTS_S = 1.5  # by then a motor that was told to move does

Position = tuple[float, float, float]  # pan, tilt, zoom


@dataclass(frozen=True)
class View:
    token: str
    name: str
    position: Position | None  # where the camera tells it


class Turning:
    """One motor. Its views and where it is are in the camera; what it was told last is here."""

    def __init__(self, soap: Soap, profile: str, views: Iterable[View]) -> None:
        self._soap = soap
        self._profile = profile
        self._views = {view.name: view for view in views}
        self._places = {v.name: v.position for v in self._views.values() if v.position}
        self._told = ""
        self._told_at = 0.0
        self._last: Position | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._views)

    async def go(self, name: str) -> None:
        """Returns when the camera has accepted it."""
        view = self._views.get(name)
        if view is None:
            raise Unsupported(f"{self._soap.who} has no view called {name}.")
        wanted = {"ProfileToken": self._profile, "PresetToken": view.token}
        await self._soap.ask("ptz", "GotoPreset", wanted)
        self._told, self._told_at = name, time.monotonic()

    async def showing(self) -> Preset | None:
        """The view that it looks at now; None between them, and while it moves."""
        status = await self._soap.ask("ptz", "GetStatus", {"ProfileToken": self._profile})
        with self._soap.in_our_words():
            position, stands = _position(status.Position), _stands(status.MoveStatus)
        if stands is None:
            stands = position is not None and position == self._last
        self._last = position
        if not stands:
            return None
        if self._told and self._told not in self._places:  # the camera does not tell where it is
            if time.monotonic() - self._told_at < STARTS_S:
                return None
            if position is None:
                return Preset(name=self._told)
            self._places[self._told] = position
        return self._at(position)

    def _at(self, position: Position | None) -> Preset | None:
        if position is None:
            return None
        here = [n for n, place in self._places.items() if _near(place, position)]
        if not here:
            return None
        return Preset(name=self._told if self._told in here else here[0])


async def turning(soap: Soap, profile: str) -> Turning | None:
    """The motor behind a profile; None where nothing is stored. Raises DeviceError."""
    told = await soap.ask("ptz", "GetPresets", {"ProfileToken": profile})
    with soap.in_our_words():
        views = views_of(told or ())
    return Turning(soap, profile, views) if views else None


def views_of(told: Iterable[Any]) -> list[View]:
    """From GetPresets' answer; nameless ones are numbered, namesakes too."""
    views: dict[str, View] = {}
    for preset in list(told)[:MAX_VIEWS]:
        token = str(preset.token or "")
        name = clean_name(str(preset.Name or "")) or f"View {clean_name(token)}"
        if name in views:
            name = f"{name} ({clean_name(token)})"
        if token:
            views[name] = View(token, name, _position(preset.PTZPosition))
    return list(views.values())


def _position(told: Any) -> Position | None:
    """A camera that only zooms, or only turns, stands still in the rest."""
    if told is None or (told.PanTilt is None and told.Zoom is None):
        return None
    pan, tilt = (told.PanTilt.x, told.PanTilt.y) if told.PanTilt is not None else (0.0, 0.0)
    return float(pan), float(tilt), float(told.Zoom.x) if told.Zoom is not None else 0.0


def _stands(told: Any) -> bool | None:
    """Whether it says that it stands; None where it does not tell."""
    said = {told.PanTilt, told.Zoom} - {None, "UNKNOWN"} if told is not None else set[str]()
    return "MOVING" not in said if said else None


def _near(one: Position, other: Position) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))
