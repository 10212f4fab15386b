"""Who there is, where, and who plays along with whom: the zone group state."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv4Network
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from devices.device import Unreachable, clean_name
from devices.untrusted_xml import UntrustedXml, parse

MAX_MEMBERS = 64
DEFAULT_PORT = 1400
_UID = re.compile(r"RINCON_[0-9A-Za-z]{1,32}")
_HOME_NETWORKS = tuple(
    IPv4Network(n) for n in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8")
)


@dataclass(frozen=True)
class Endpoint:
    host: str
    port: int = DEFAULT_PORT


@dataclass(frozen=True)
class Member:
    """A player that a person sees: no satellite, no second half of a pair, no bridge."""

    uid: str
    name: str
    endpoint: Endpoint
    lead: str  # uid of the coordinator
    boot: str  # changes when the player restarts


def may_be_asked(host: str, told_by: str) -> bool:
    """Whether to talk to an address that a stranger told: a home network's, and loopback only
    when the stranger lives there too."""
    try:
        address, teller = IPv4Address(host), IPv4Address(told_by)
    except AddressValueError:
        return False
    if address.is_loopback and not teller.is_loopback:
        return False
    return any(address in network for network in _HOME_NETWORKS)


def endpoint_of(location: str) -> Endpoint | None:
    """Where a description URL points, or None when it is none of a player's."""
    try:
        url = urlsplit(location)
        host, port = url.hostname, url.port or DEFAULT_PORT
    except ValueError:
        return None
    if url.scheme != "http" or not host or port < 1024:
        return None
    return Endpoint(host, port)


def members(state: str, told_by: str) -> dict[str, Member]:
    """The visible players in a zone group state, by uid. Raises Unreachable when it is nonsense.

    Those at addresses that may not be asked are left out.
    """
    try:
        root = parse(state)
    except UntrustedXml as error:
        raise Unreachable(f"{told_by} told a topology that is nonsense: {error}.") from error
    found: dict[str, Member] = {}
    for group in root.iter("ZoneGroup"):
        for element in group.findall("ZoneGroupMember"):
            member = _member(element, group.get("Coordinator", ""))
            if member and may_be_asked(member.endpoint.host, told_by) and len(found) < MAX_MEMBERS:
                found[member.uid] = member
    return found


def _member(element: Element, lead: str) -> Member | None:
    if element.get("Invisible") == "1" or element.get("IsZoneBridge") == "1":
        return None
    uid, endpoint = element.get("UUID", ""), endpoint_of(element.get("Location", ""))
    if not _UID.fullmatch(uid) or endpoint is None:
        return None
    name = clean_name(element.get("ZoneName", "")) or uid
    return Member(uid, name, endpoint, lead, element.get("BootSeq", ""))
