"""WS-Discovery (April 2005), by which ONVIF cameras are found: active search and passive listening.

Where an answer came *from* is where the device is. An address in XAddrs is believed only when it
names that very host; what its scopes say of it is kept as data.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from devices import untrusted_xml
from devices.device import Announcement
from devices.discovery.limits import MAX_VALUE, cap, cap_properties
from devices.discovery.multicast import Language

PORT = 3702
MAX_PACKET = 16384
NETWORK_VIDEO_TRANSMITTER = "dn:NetworkVideoTransmitter"
"""ONVIF's type of cameras, encoders and recorders, with the prefix that its documents give it."""

_DISCOVERY = "{http://schemas.xmlsoap.org/ws/2005/04/discovery}"
_ADDRESSING = "{http://schemas.xmlsoap.org/ws/2004/08/addressing}"
_BODY = "{http://www.w3.org/2003/05/soap-envelope}Body"
_SCOPE = "onvif://www.onvif.org/"
_TOLD = frozenset({"name", "hardware", "location"})

_PROBE = """<?xml version="1.0" encoding="UTF-8"?>
<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" \
xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" \
xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" \
xmlns:dn="http://www.onvif.org/ver10/network/wsdl">\
<s:Header><a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action>\
<a:MessageID>urn:uuid:{id}</a:MessageID>\
<a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header>\
<s:Body><d:Probe><d:Types>{type}</d:Types></d:Probe></s:Body></s:Envelope>"""


def parse(packet: bytes, host: str) -> Announcement | None:
    """What a ProbeMatches or a Hello says; None for all else, malformed included.

    ``host`` is the address that the packet came from. ``name`` is the endpoint's UUID. The
    ``xaddr`` among the properties is the address of its device service, at that host.
    """
    if len(packet) > MAX_PACKET:
        return None
    try:
        body = untrusted_xml.parse(packet).find(_BODY)
    except untrusted_xml.UntrustedXml:
        return None
    told = None if body is None else next(_speakers(body), None)
    if told is None:
        return None
    name = _words(told, f"{_ADDRESSING}EndpointReference/{_ADDRESSING}Address")
    types = _words(told, f"{_DISCOVERY}Types")
    if not name or not types:
        return None
    service = next((t for t in types if _is_camera(t)), types[0])
    xaddr = next((x for x in _words(told, f"{_DISCOVERY}XAddrs") if _port_at(host, x)), "")
    properties = _scopes(_words(told, f"{_DISCOVERY}Scopes"))
    if xaddr:
        properties["xaddr"] = xaddr
    return Announcement(
        source="wsd",
        service=NETWORK_VIDEO_TRANSMITTER if _is_camera(service) else cap(service),
        name=cap(name[0].removeprefix("urn:uuid:").lower()),
        host=host,
        port=_port_at(host, xaddr),
        properties=cap_properties(properties),
    )


def _speakers(body: Element) -> Iterator[Element]:
    yield from body.iter(f"{_DISCOVERY}ProbeMatch")
    yield from body.iterfind(f"{_DISCOVERY}Hello")


def _words(told: Element, path: str) -> list[str]:
    return (told.findtext(path) or "").split()


def _is_camera(kind: str) -> bool:
    return kind.rpartition(":")[2] == NETWORK_VIDEO_TRANSMITTER.rpartition(":")[2]


def _port_at(host: str, xaddr: str) -> int:
    """The port of an address at that host; 0 where it points elsewhere or at nothing."""
    try:
        url = urlsplit(xaddr)
        port = url.port or (443 if url.scheme == "https" else 80)
    except ValueError:
        return 0
    fits = url.scheme in ("http", "https") and url.username is None and len(xaddr) <= MAX_VALUE
    return port if fits and url.hostname == host else 0


def _scopes(scopes: list[str]) -> dict[str, str]:
    """The first name, hardware and location that the scopes tell."""
    found: dict[str, str] = {}
    for scope in scopes:
        kind, _, value = scope.removeprefix(_SCOPE).partition("/")
        if scope.startswith(_SCOPE) and kind in _TOLD and value:
            found.setdefault(kind, unquote(value))
    return found


def _questions() -> Iterable[bytes]:
    yield _PROBE.format(id=uuid.uuid4(), type=NETWORK_VIDEO_TRANSMITTER).encode()


WSD = Language("WS-Discovery", PORT, _questions, parse)
