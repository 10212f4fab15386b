"""One ONVIF camera or recorder that is connected: its channels, what it tells, and whether it
still answers."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from devices.cameras import Sight
from devices.capabilities import Capability, Preset, Reading, State
from devices.device import (
    Ability,
    Device,
    DeviceError,
    Refused,
    UnknownDevice,
    Unreachable,
    Unsupported,
    clean_name,
)
from devices.driver import Away, Hub, Update
from devices.drivers.cameras import streams, web
from devices.drivers.cameras.address import Credentials, at_host, with_credentials
from devices.drivers.cameras.channels import Channel, channels_of, profiles_of
from devices.drivers.cameras.motion import Movement, News, news_of
from devices.drivers.cameras.refusals import Denied, Replaced
from devices.drivers.cameras.turning import Turning, turning

if TYPE_CHECKING:
    from devices.drivers.cameras.soap import Soap

log = logging.getLogger(__name__)

PULSE_S = 20.0  # how often a camera that tells no news is asked whether it is there
AGAIN_S = 1.0
STEADY_S = 30.0
MAX_SERIAL = 128
RTP = {"Stream": "RTP-Unicast", "Transport": {"Protocol": "RTSP"}}


@dataclass
class Lens:
    """One channel as a device."""

    device: Device
    channel: Channel
    turning: Turning | None
    addresses: Sight | None = None  # without credentials; asked for when first needed


class Link:
    """Follows one camera from ``open`` until it does not answer, or ``close``."""

    def __init__(
        self, hub: Hub, identity: str, soap: Soap, credentials: Credentials | None
    ) -> None:
        self.soap = soap
        self.connected = False
        self.serial = ""  # told only to who knows the password
        self._hub = hub
        self._identity = identity
        self._credentials = credentials
        self._lenses: dict[str, Lens] = {}
        self._movement = Movement()
        self._tells = False  # it has news to pull
        self._task: asyncio.Task[None] | None = None

    @property
    def devices(self) -> tuple[Device, ...]:
        return tuple(lens.device for lens in self._lenses.values())

    async def open(self, name: str, serial: str = "") -> None:
        """Look at the camera, then follow it. ``serial``: that it must have, where it is known.

        Raises Denied, Replaced, Refused, Unreachable; then it is shut.
        """
        async with contextlib.AsyncExitStack() as undo:
            undo.push_async_callback(self.soap.close)
            information = await self.soap.meet()
            with self.soap.in_our_words():
                self.serial = str(information.SerialNumber or "")[:MAX_SERIAL]
                maker = clean_name(str(information.Manufacturer or ""))
                model = clean_name(str(information.Model or ""))
            if serial and self.serial != serial:
                raise Replaced(self.soap.who)
            channels = await self._channels()
            await self._subscribe()
            for number, channel in enumerate(channels, 1):
                id_, called = f"onvif:{self._identity}", name or model or "Camera"
                if len(channels) > 1:
                    id_, called = f"{id_}/{clean_name(channel.source)}", f"{called} {number}"
                motor = await self._motor(channel)
                device = Device(
                    id=id_, name=called, kind="camera", maker=maker, model=model,
                    abilities=tuple(self._abilities(motor)),
                )  # fmt: skip
                self._lenses[id_] = Lens(device, channel, motor)
            undo.pop_all()
        self.connected = True
        self._task = asyncio.create_task(self._follow(), name=f"onvif {self._identity}")

    async def close(self) -> None:
        self.connected = False
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self.soap.close()

    async def answers(self) -> bool:
        """Whether the camera still answers where it was."""
        try:
            await self.soap.alive()
        except DeviceError:
            return False
        return True

    # One device ------------------------------------------------------------------------------

    async def read(self, device: str) -> State:
        lens = self._lens(device)
        preset = await lens.turning.showing() if lens.turning else None
        if lens.turning is None:
            await self.soap.alive()
        state: State = {"preset": preset} if preset else {}
        moves = self._movement.seen(lens.channel.source)
        if self._tells and moves is not None:
            state["reading"] = Reading(motion=moves)
        return state

    async def apply(self, device: str, command: Capability) -> None:
        lens = self._lens(device)
        if not isinstance(command, Preset) or lens.turning is None:
            raise Unsupported(f"{lens.device.name} cannot do that.")
        await lens.turning.go(command.name)

    async def sight(self, device: str) -> Sight:
        bare = await self._addresses(self._lens(device))
        return Sight(
            stream=with_credentials(bare.stream, self._credentials),
            substream=with_credentials(bare.substream, self._credentials),
            still=with_credentials(bare.still, self._credentials),
        )

    async def picture(self, device: str) -> bytes:
        """Its own still; where it has none, or fails at it, one out of its stream."""
        lens = self._lens(device)
        addresses, who = await self._addresses(lens), lens.device.name
        if addresses.still:
            try:
                return (await web.look(addresses.still, self._credentials, who)).picture
            except DeviceError as error:
                log.debug("%s has no still: %s", who, error)
        return await streams.picture(addresses.stream, self._credentials, who)

    async def _addresses(self, lens: Lens) -> Sight:
        if lens.addresses is None:
            lens.addresses = await self._look_up(lens.channel)
        return lens.addresses

    async def _look_up(self, channel: Channel) -> Sight:
        stream = await self._stream(channel.main.token)
        if not stream:
            raise Refused(f"{self.soap.who} tells no address of its stream.")
        substream = await self._stream(channel.sub.token) if channel.sub else ""
        still = ""
        with contextlib.suppress(Refused):  # many have none
            still = await self._address("GetSnapshotUri", {"ProfileToken": channel.main.token})
        return Sight(stream, substream, still if still.startswith("http") else "")

    async def _stream(self, token: str) -> str:
        wanted = {"StreamSetup": RTP, "ProfileToken": token}
        stream = await self._address("GetStreamUri", wanted)
        return stream if stream.startswith("rtsp") else ""

    async def _address(self, question: str, wanted: dict[str, Any]) -> str:
        """What it tells, at its own host; "" where that is no address."""
        told = await self.soap.ask("media", question, wanted)
        with self.soap.in_our_words():
            return at_host(str(told.Uri or ""), self.soap.host)

    def _lens(self, device: str) -> Lens:
        lens = self._lenses.get(device)
        if lens is None:
            raise UnknownDevice(f"{self.soap.who} has no {device!r}.")
        if not self.connected:
            raise Unreachable(f"{lens.device.name} does not answer.")
        return lens

    # What it can, found out once -------------------------------------------------------------

    async def _channels(self) -> list[Channel]:
        told = await self.soap.ask("media", "GetProfiles") if self.soap.has("media") else ()
        with self.soap.in_our_words():
            channels = channels_of(profiles_of(told or ()))
        if not channels:
            raise Refused(f"{self.soap.who} has no picture to show.")
        return channels

    def _abilities(self, motor: Turning | None) -> list[Ability]:
        can = [Ability(kind="snapshot")]
        if self._tells:
            can.append(Ability(kind="reading"))
        if motor is not None:
            can.append(Ability(kind="preset", choices=motor.names))
        return can

    async def _motor(self, channel: Channel) -> Turning | None:
        if channel.motor is None or not self.soap.has("ptz"):
            return None
        try:
            return await turning(self.soap, channel.motor.token)
        except Denied:
            raise
        except DeviceError as error:  # a motor without memory: it is a camera for all that
            log.info("%s stores no views: %s", self.soap.who, error)
            return None

    async def _subscribe(self) -> None:
        if not self.soap.has("events"):
            return
        try:
            await self.soap.subscribe()
        except Denied:
            raise
        except DeviceError as error:  # it goes without: motion is seen in the picture as well
            log.info("%s tells no news: %s", self.soap.who, error)
        else:
            self._tells = True

    # The camera as a whole -------------------------------------------------------------------

    async def _follow(self) -> None:
        """Until it fails twice in a row. Who is away is looked for by the house."""
        failures, reason = 0, ""
        while failures < 2:
            began = time.monotonic()
            reason = await self._until_failure()
            failures = 1 if time.monotonic() - began > STEADY_S else failures + 1
            await asyncio.sleep(AGAIN_S)
            if self._tells:
                self._movement.forget()
                with contextlib.suppress(DeviceError):  # else the next pull fails, and says why
                    await self.soap.subscribe()
        self.connected = False
        log.warning("%s is away: %s", self.soap.who, reason)
        self._hub.publish(Away(tuple(self._lenses)))

    async def _until_failure(self) -> str:
        """Follow the camera; returns why that ended."""
        try:
            while True:
                began = time.monotonic()
                if not self._tells:
                    await asyncio.sleep(PULSE_S)
                    await self.soap.alive()
                    continue
                if news := list(news_of(await self.soap.pull())):
                    self._tell(news)
                elif time.monotonic() - began < AGAIN_S:  # it does not wait for news, so we do
                    await asyncio.sleep(AGAIN_S)
        except DeviceError as error:
            return str(error)
        except Exception:
            log.exception("%s cannot be followed", self.soap.who)
            return "an error of ours"

    def _tell(self, news: list[News]) -> None:
        for word in news:
            for lens in self._lenses.values():
                if len(self._lenses) == 1 or lens.channel.names & word.sources:
                    source = lens.channel.source
                    self._movement.take(source, word)
                    state: State = {"reading": Reading(motion=self._movement.seen(source))}
                    self._hub.publish(Update(lens.device.id, state))
