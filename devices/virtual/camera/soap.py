"""ONVIF's SOAP 1.2, the server's side: markup, requests, and the WS-Security user name token."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from hmac import compare_digest
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from devices.untrusted_xml import UntrustedXml, parse
from devices.virtual.camera.gate import Gate

FRESH_S = 300.0  # how far from the camera's clock a signature may be

NAMESPACES: Mapping[str, str] = {
    "s": "http://www.w3.org/2003/05/soap-envelope",
    "a": "http://www.w3.org/2005/08/addressing",
    "wsnt": "http://docs.oasis-open.org/wsn/b-2",
    "tds": "http://www.onvif.org/ver10/device/wsdl",
    "trt": "http://www.onvif.org/ver10/media/wsdl",
    "tev": "http://www.onvif.org/ver10/events/wsdl",
    "tptz": "http://www.onvif.org/ver20/ptz/wsdl",
    "tt": "http://www.onvif.org/ver10/schema",
    "tns1": "http://www.onvif.org/ver10/topics",
    "ter": "http://www.onvif.org/ver10/error",
}
_PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items()}
_WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
_SECEXT, _UTILITY = f"{{{_WSS}wssecurity-secext-1.0.xsd}}", f"{{{_WSS}wssecurity-utility-1.0.xsd}}"


class SoapFault(Exception):
    """A request that is refused, with ONVIF's code for why."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


def node(name: str, *inside: str, **attributes: object) -> str:
    """An element; what is inside is markup already."""
    told = "".join(f" {key}={quoteattr(_text(value))}" for key, value in attributes.items())
    return f"<{name}{told}>{''.join(inside)}</{name}>"


def leaf(name: str, value: object) -> str:
    """An element with a value in it."""
    return node(name, escape(_text(value)))


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def envelope(body: str) -> str:
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f"{head}<s:Envelope{spaces}><s:Body>{body}</s:Body></s:Envelope>"


def fault(refusal: SoapFault) -> str:
    code = node("s:Code", leaf("s:Value", "s:Sender"),
                node("s:Subcode", leaf("s:Value", refusal.code)))  # fmt: skip
    reason = f'<s:Reason><s:Text xml:lang="en">{escape(str(refusal))}</s:Text></s:Reason>'
    return envelope(node("s:Fault", code, reason))


@dataclass(frozen=True)
class Call:
    """A request: ``name`` with the prefix of NAMESPACES ("trt:GetProfiles"), and its content."""

    name: str
    content: Element
    header: Element | None

    def value(self, name: str) -> str:
        """What a parameter says, whatever its namespace; empty where it is not there."""
        found = self.content.find(f".//{{*}}{name}")
        return (found.text or "").strip() if found is not None else ""


def read(body: bytes) -> Call:
    """Raises SoapFault."""
    try:
        root = parse(body)
    except UntrustedXml as error:
        raise SoapFault("ter:WellFormed", "This is not well-formed.") from error
    content = root.find(f"{{{NAMESPACES['s']}}}Body/*")
    if content is None:
        raise SoapFault("ter:WellFormed", "There is nothing in the body.")
    space, _, name = content.tag.removeprefix("{").partition("}")
    return Call(
        f"{_PREFIXES.get(space, '?')}:{name}", content, root.find(f"{{{NAMESPACES['s']}}}Header")
    )


def admits(gate: Gate, call: Call, now: float) -> bool:
    """Whether a user name token proves the password (digest), freshly by the camera's clock."""
    if not gate.user:
        return True
    token = None if call.header is None else call.header.find(f".//{_SECEXT}UsernameToken")
    if token is None or token.findtext(f"{_SECEXT}Username") != gate.user:
        return False
    created = token.findtext(f"{_UTILITY}Created", "")
    try:
        age = now - datetime.fromisoformat(created).astimezone(UTC).timestamp()
        nonce = base64.b64decode(token.findtext(f"{_SECEXT}Nonce", ""), validate=True)
    except (ValueError, OverflowError, binascii.Error):
        return False
    secret = nonce + created.encode() + gate.password.encode()
    wanted = base64.b64encode(sha1(secret, usedforsecurity=False).digest())  # what ONVIF speaks
    given = token.findtext(f"{_SECEXT}Password", "").encode()
    return abs(age) <= FRESH_S and compare_digest(wanted, given)
