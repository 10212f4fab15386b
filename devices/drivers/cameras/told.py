"""Cameras that announce nothing: the owner tells an address, and here it is kept."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import ClassVar, Self

from devices.cameras import Sight
from devices.capabilities import Capability, State
from devices.device import (
    Ability,
    Announcement,
    Device,
    DeviceError,
    NeedsPairing,
    UnknownDevice,
    Unsupported,
    clean_name,
)
from devices.driver import Away, Hub
from devices.drivers.cameras import address, rtsp, streams, web
from devices.drivers.cameras.address import Credentials
from devices.drivers.cameras.refusals import Denied, Patience, asks

log = logging.getLogger(__name__)

SERVICE = "camera address"
PULSE_S = 30.0  # how often each is asked whether it is there


@dataclass(frozen=True)
class Told:
    """What the vault keeps of a camera: there may be a password in its address as well."""

    url: str = field(repr=False)
    name: str
    credentials: Credentials | None = None
    form: str = ""  # "rtsp", "mjpeg" or "jpeg"; nothing while it was never seen

    @property
    def where(self) -> str:
        return address.host_and_port(self.url)[0]

    def to_vault(self) -> dict[str, object]:
        kept: dict[str, object] = {"url": self.url, "name": self.name, "form": self.form}
        if self.credentials is not None:
            kept |= {"user": self.credentials.user, "password": self.credentials.password}
        return kept

    @classmethod
    def from_vault(cls, kept: dict[str, object]) -> Self:
        credentials = None
        if "user" in kept:
            credentials = Credentials(str(kept["user"]), str(kept["password"]))
        return cls(str(kept["url"]), str(kept["name"]), credentials, str(kept["form"]))


class Cameras:
    """RTSP streams, motion JPEG and still pictures at addresses. Devices are ``camera:<id>``, the
    same for the same address; under that the vault keeps the address itself, with its password.
    """

    family: ClassVar[str] = "camera"
    services: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, hub: Hub, *, pulse_s: float = PULSE_S) -> None:
        self._hub = hub
        self._pulse_s = pulse_s
        self._here: dict[str, Told] = {}  # by id: those that answered last
        self._patience = Patience()
        self._pulse: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._pulse = asyncio.create_task(self._watch(), name="cameras' pulse")
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if self._pulse is not None:
            self._pulse.cancel()
            await asyncio.gather(self._pulse, return_exceptions=True)

    def recognises(self, heard: Announcement) -> bool:
        return heard.source == "told" and heard.service == SERVICE

    def announced(self, url: str, name: str) -> Announcement:
        bare, _ = address.parse(url)
        host, port = address.host_and_port(bare)
        called = {"name": clean_name(name) or f"the camera at {host}"}
        return Announcement("told", SERVICE, address.stable_id(bare), host, port, called)

    async def add(self, url: str, secret: str | None, name: str) -> Sequence[Device]:
        bare, inside = address.parse(url)
        id_ = address.stable_id(bare)
        known = await self._kept(id_)
        told = Told(bare, clean_name(name) or (known.name if known else ""))
        credentials = _credentials(told, secret) if secret else inside
        told = replace(told, credentials=credentials or (known.credentials if known else None))
        return await self._meet(id_, told, remember=known is None)

    async def identify(self, heard: Announcement) -> Sequence[Device]:
        told = await self._kept(heard.name)
        if told is None:
            raise UnknownDevice("I no longer know the address of that camera.")
        if told.credentials is None:
            return await self._meet(heard.name, told)
        if self._patience.lost(heard.name):
            raise asks(_called(told), again=True)
        try:
            return await self._meet(heard.name, told)
        except NeedsPairing:
            self._patience.lose(heard.name)
            raise

    async def pair(self, heard: Announcement, pin: str | None) -> Sequence[Device]:
        told = await self._kept(heard.name)
        if told is None:
            raise UnknownDevice("I no longer know the address of that camera.")
        return await self._meet(heard.name, replace(told, credentials=_credentials(told, pin)))

    async def read(self, device: str) -> State:
        """Nothing but that it is there."""
        id_, told = self._known(device)
        with self._asking(id_, told):
            await _form(told)
        return {}

    async def apply(self, device: str, command: Capability) -> None:
        raise Unsupported("A camera at an address can be looked through, and nothing else.")

    async def sight(self, device: str) -> Sight:
        _, told = self._known(device)
        url = address.with_credentials(told.url, told.credentials)
        return Sight(stream=url, still=url if told.form == "jpeg" else "")

    async def picture(self, device: str) -> bytes:
        id_, told = self._known(device)
        with self._asking(id_, told):
            if told.form == "rtsp":
                return await streams.picture(told.url, told.credentials, _called(told))
            return (await web.look(told.url, told.credentials, _called(told))).picture

    # Behind it -------------------------------------------------------------------------------

    async def _meet(self, id_: str, told: Told, remember: bool = False) -> Sequence[Device]:
        """Look whether it is there, and keep what was found. ``remember``: also where it wants a
        password."""
        try:
            told = replace(told, form=await _form(told))
        except Denied as error:
            if remember:
                await self._keep(id_, replace(told, credentials=None))
            raise asks(_called(told), again=told.credentials is not None) from error
        self._patience.regain(id_)
        await self._keep(id_, told)
        self._here[id_] = told
        return (_device(id_, told),)

    async def _watch(self) -> None:
        """Tell who does not answer twice in a row. Who is away is looked for by the house."""
        doubted: set[str] = set()
        while True:
            await asyncio.sleep(self._pulse_s)
            here = list(self._here.items())
            answers = await asyncio.gather(*(self._answers(*each) for each in here))
            silent = {id_ for (id_, _), answered in zip(here, answers, strict=True) if not answered}
            if lost := silent & doubted:
                self._hub.publish(Away(tuple(f"{self.family}:{id_}" for id_ in sorted(lost))))
            doubted = silent

    async def _answers(self, id_: str, told: Told) -> bool:
        try:
            await self.read(f"{self.family}:{id_}")
        except DeviceError as error:
            log.debug("%s: %s", _called(told), error)
            return False
        except Exception:
            log.exception("Asking %s failed", _called(told))
        return True

    def _known(self, device: str) -> tuple[str, Told]:
        """Raises UnknownDevice, and NeedsPairing without a try where the password was wrong."""
        id_ = device.partition(":")[2]
        told = self._here.get(id_)
        if told is None:
            raise UnknownDevice(f"I know no device {device!r}.")
        if self._patience.lost(id_):
            raise asks(_called(told), again=True)
        return id_, told

    @contextlib.contextmanager
    def _asking(self, id_: str, told: Told):
        """A password that no longer counts is asked for, and not tried again soon."""
        try:
            yield
        except Denied as error:
            self._patience.lose(id_)
            raise asks(_called(told), again=told.credentials is not None) from error

    async def _kept(self, id_: str) -> Told | None:
        kept = await self._hub.vault.load(f"{self.family}:{id_}")
        return Told.from_vault(kept) if kept else None

    async def _keep(self, id_: str, told: Told) -> None:
        await self._hub.vault.save(f"{self.family}:{id_}", told.to_vault())


async def _form(told: Told) -> str:
    """What it shows, found out by looking. Raises Denied, NotThere, Refused, Unreachable."""
    if told.url.startswith("rtsp"):
        await rtsp.describe(told.url, told.credentials, _called(told))
        return "rtsp"
    return (await web.look(told.url, told.credentials, _called(told))).form


def _called(told: Told) -> str:
    return told.name or f"The camera at {told.where}"


def _device(id_: str, told: Told) -> Device:
    return Device(
        id=f"{Cameras.family}:{id_}",
        name=told.name or "Camera",
        kind="camera",
        abilities=(Ability(kind="snapshot"),),
    )


def _credentials(told: Told, secret: str | None) -> Credentials:
    try:
        return Credentials.told(secret or "")
    except ValueError as error:
        raise asks(_called(told)) from error
