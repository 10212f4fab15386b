"""The demo's cameras: one at the front door, told by its address, and one over the drive that is
found by itself."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from devices.device import Announcement, DeviceError
from devices.drivers.cameras.address import stable_id
from devices.virtual.camera import footage
from devices.virtual.camera.camera import MAIN, VirtualCamera
from devices.virtual.camera.clip import Clip
from devices.virtual.camera.discovery import Beacon
from devices.virtual.camera.footage import CARS, PEOPLE, Footage, NoFootage
from devices.virtual.camera.pages import MJPEG
from devices.virtual.faults import VirtualDevice

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
QUIET_S = 20  # before the first person comes
Ports = tuple[int, int]
_KEPT = TypeAdapter(dict[str, Ports])


@dataclass(frozen=True)
class Scene:
    """A camera of the demo, and what it sees. ``found``: it announces itself and speaks ONVIF."""

    key: str
    name: str
    footage: Footage
    stage: Callable[[Clip], Clip] = lambda clip: clip
    found: bool = False
    user: str = ""
    password: str = ""
    views: tuple[str, ...] = ()


def _empty_at_first(people: Clip) -> Clip:
    """The empty room for a while, by repeating its first seconds; then everybody."""
    empty = people.cut(0, 4)
    return empty.times(round(QUIET_S / empty.duration)).then(people)


FRONT_DOOR = Scene("front-door", "Front door", PEOPLE, _empty_at_first)
DRIVE = Scene(
    "drive",
    "Drive",
    CARS,
    found=True,
    user="admin",
    password="drive-in",  # noqa: S106 - printed on it, so to speak
    views=("Gate", "Street"),
)
SCENES = (FRONT_DOOR, DRIVE)


@dataclass(frozen=True)
class Plate:
    """What is printed on a camera. One that is not ``found`` has to be told by its address."""

    name: str
    found: bool
    rtsp: str
    mjpeg: str
    user: str
    password: str

    @property
    def at(self) -> str:
        """``host:port`` of all that it says over HTTP."""
        return urlsplit(self.mjpeg).netloc


class CameraStreet:
    """Cameras on loopback whose footage is in a folder, or comes there by itself.

    ``home`` keeps the ports, which stay the same from start to start; so do the serial numbers,
    made of ``identity``. A camera whose footage is missing is left out until it is there; a line
    in the log says what to do.
    """

    def __init__(
        self, home: Path, folder: Path, identity: str = "0", scenes: Sequence[Scene] = SCENES
    ) -> None:
        self._home, self._folder, self._identity = home, folder, identity
        self._scenes = scenes
        self._ports: Mapping[str, Ports] = {}
        self._cameras: dict[Scene, VirtualCamera] = {}  # those that are up
        self._beacon = Beacon(LOOPBACK)
        self._stack = AsyncExitStack()
        self._waiting: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        if find_spec("av") is None:
            log.warning("There are no virtual cameras: PyAV is missing (pip install av).")
            return self
        keys = [scene.key for scene in self._scenes]
        self._ports = await asyncio.to_thread(_ports, self._home / "cameras.json", keys)
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self._beacon)
            self._stack = stack
            missing = [scene for scene in self._scenes if not await self._start_at_once(scene)]
            self._stack = stack.pop_all()
        self._waiting = [asyncio.create_task(self._wait(s), name=s.name) for s in missing]
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        for task in self._waiting:
            task.cancel()
        await asyncio.gather(*self._waiting, return_exceptions=True)
        await self._stack.aclose()
        self._cameras.clear()

    # What the whole house asks of it --------------------------------------------------------

    @property
    def devices(self) -> Mapping[str, VirtualDevice]:
        up = (_device(scene, camera) for scene, camera in self._cameras.items())
        return {device.id: device for device in up}

    def announcements(self) -> Sequence[Announcement]:
        return [camera.announcement for scene, camera in self._cameras.items() if scene.found]

    @property
    def plates(self) -> Sequence[Plate]:
        """Of all cameras, those too that wait for their footage."""
        return [_plate(s, *self._ports[s.key]) for s in self._scenes if s.key in self._ports]

    # How they come up -----------------------------------------------------------------------

    async def _start_at_once(self, scene: Scene) -> bool:
        """Whether there was something to start it with."""
        there = await asyncio.to_thread((self._folder / scene.footage.name).exists)
        if there:
            await self._start(scene)
        return there

    async def _wait(self, scene: Scene) -> None:
        """Fetch its footage, or wait until somebody has put it there."""
        try:
            await footage.fetch(scene.footage, self._folder)
        except NoFootage as error:
            log.warning("The %s camera stays away: %s", scene.name.lower(), error)
            await footage.appeared(scene.footage, self._folder)
        await self._start(scene)

    async def _start(self, scene: Scene) -> None:
        rtsp, http = self._ports[scene.key]
        try:
            clip = await asyncio.to_thread(footage.load, scene.footage, self._folder)
            camera = VirtualCamera(
                scene.stage(clip),
                name=scene.name,
                user=scene.user,
                password=scene.password,
                serial=f"{self._identity}-{scene.key}",
                views=scene.views,
                rtsp_port=rtsp,
                http_port=http,
            )
            await self._stack.enter_async_context(camera)
        except (DeviceError, OSError) as error:
            log.warning("The %s camera stays away: %s", scene.name.lower(), error)
            return
        self._cameras[scene] = camera
        if scene.found:
            self._beacon.announce(camera)


def _device(scene: Scene, camera: VirtualCamera) -> VirtualDevice:
    """By the id that its driver gives it."""
    told = f"camera:{stable_id(camera.rtsp_address(MAIN))}"
    id_ = f"onvif:{camera.endpoint}" if scene.found else told
    return VirtualDevice(id_, camera.name, camera.fault)


def _plate(scene: Scene, rtsp: int, http: int) -> Plate:
    return Plate(
        name=scene.name,
        found=scene.found,
        rtsp=f"rtsp://{LOOPBACK}:{rtsp}{MAIN}",
        mjpeg=f"http://{LOOPBACK}:{http}{MJPEG}",
        user=scene.user,
        password=scene.password,
    )


def _ports(path: Path, keys: Sequence[str]) -> Mapping[str, Ports]:
    """For each camera one for RTSP and one for HTTP: those of last time, where they are free."""
    try:
        kept = _KEPT.validate_json(path.read_bytes())
    except (OSError, ValueError):
        kept = {}
    with ExitStack() as held:
        ports = {
            key: (_free(held, rtsp), _free(held, http))
            for key in keys
            for rtsp, http in [kept.get(key, (0, 0))]
        }
    path.write_text(json.dumps(ports), encoding="ascii")
    return ports


def _free(held: ExitStack, wanted: int) -> int:
    """That port, or another that nobody has, held until all are known."""
    for port in (wanted, 0):
        probe = held.enter_context(socket.socket())
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            probe.bind((LOOPBACK, port))
            return int(probe.getsockname()[1])
    raise OSError("no port is free")
