"""WS-Discovery (April 2005), the camera's side: Hello, answers to Probe, and Bye."""

from __future__ import annotations

import asyncio
import logging
from contextlib import ExitStack
from types import TracebackType
from typing import Protocol, Self
from uuid import uuid4
from xml.etree.ElementTree import Element

from devices.discovery.multicast import GROUP, listen_socket, search_socket
from devices.discovery.wsd import NETWORK_VIDEO_TRANSMITTER, PORT
from devices.untrusted_xml import UntrustedXml, parse
from devices.virtual.camera.onvif import DEVICE, scopes
from devices.virtual.camera.soap import leaf, node
from devices.virtual.faults import Fault

log = logging.getLogger(__name__)

_SPACES = {
    "s": "http://www.w3.org/2003/05/soap-envelope",
    "a": "http://schemas.xmlsoap.org/ws/2004/08/addressing",
    "d": "http://schemas.xmlsoap.org/ws/2005/04/discovery",
    "dn": "http://www.onvif.org/ver10/network/wsdl",
}
_EVERYBODY = "urn:schemas-xmlsoap-org:ws:2005:04:discovery"
_ASKER = "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"


class Camera(Protocol):
    """What is told of a camera."""

    name: str
    fault: Fault

    @property
    def endpoint(self) -> str: ...  # its UUID
    def http_address(self, path: str) -> str: ...


class Beacon(asyncio.DatagramProtocol):
    """Makes cameras at one address known there while the context is open; answers from it."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._cameras: list[Camera] = []
        self._voice: asyncio.DatagramTransport | None = None
        self._stack = ExitStack()

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        with ExitStack() as stack:
            self._voice, _ = await loop.create_datagram_endpoint(
                asyncio.DatagramProtocol, sock=search_socket(self._host)
            )
            stack.callback(self._voice.close)
            try:
                ears = listen_socket(PORT, [self._host])
            except OSError as error:
                log.warning("Port %d is taken, so nobody finds the cameras: %s", PORT, error)
            else:
                hearing, _ = await loop.create_datagram_endpoint(lambda: self, sock=ears)
                stack.callback(hearing.close)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        for camera in self._cameras:
            self._say(_message("Bye", node("d:Bye", _reference(camera))))
        self._stack.close()
        self._voice = None

    def announce(self, camera: Camera) -> None:
        """From now on this camera is here."""
        self._cameras.append(camera)
        if not camera.fault.gone:
            self._say(_message("Hello", node("d:Hello", *_description(camera))))

    def datagram_received(self, data: bytes, addr: tuple[str | object, int]) -> None:
        asked = _probe(data)
        if asked is None or not str(addr[0]).startswith("127."):
            return
        for camera in self._cameras:
            if not camera.fault.gone:
                match = node("d:ProbeMatch", *_description(camera))
                self._say(_message("ProbeMatches", node("d:ProbeMatches", match), asked), addr)

    def _say(self, message: bytes, to: tuple[str | object, int] = (GROUP, PORT)) -> None:
        if self._voice is not None:
            self._voice.sendto(message, to)


def _probe(data: bytes) -> str | None:
    """The message id of a Probe for cameras, or for all there is; None for all else."""
    try:
        root = parse(data[:16384])
    except UntrustedXml:
        return None
    probe = root.find(f"{{{_SPACES['s']}}}Body/{{{_SPACES['d']}}}Probe")
    if probe is None or not _wants_cameras(probe):
        return None
    return root.findtext(f"{{{_SPACES['s']}}}Header/{{{_SPACES['a']}}}MessageID", "").strip()


def _wants_cameras(probe: Element) -> bool:
    types = (probe.findtext(f"{{{_SPACES['d']}}}Types") or "").split()
    kinds = {kind.rpartition(":")[2] for kind in types}
    return not types or bool(kinds & {"NetworkVideoTransmitter", "Device"})


def _reference(camera: Camera) -> str:
    return node("a:EndpointReference", leaf("a:Address", f"urn:uuid:{camera.endpoint}"))


def _description(camera: Camera) -> tuple[str, ...]:
    return (
        _reference(camera),
        leaf("d:Types", NETWORK_VIDEO_TRANSMITTER),
        leaf("d:Scopes", " ".join(scopes(camera.name))),
        leaf("d:XAddrs", camera.http_address(DEVICE)),
        leaf("d:MetadataVersion", 1),
    )


def _message(action: str, body: str, answers: str = "") -> bytes:
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items())
    header = node(
        "s:Header",
        leaf("a:Action", f"{_SPACES['d']}/{action}"),
        leaf("a:MessageID", f"urn:uuid:{uuid4()}"),
        leaf("a:To", _ASKER if answers else _EVERYBODY),
        *([leaf("a:RelatesTo", answers)] if answers else []),
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f"{head}<s:Envelope{spaces}>{header}{node('s:Body', body)}</s:Envelope>".encode()
