"""Cameras' addresses, apart from what is secret in them: only ``Sight`` has the two together."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import SplitResult, quote, unquote, urlsplit

from devices.device import Refused

PORTS = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443}
MAX_URL = 1000
NO_ADDRESS = (
    "That is no address of a camera. One begins with rtsp://, rtsps://, http:// or https://, and "
    "names a host: rtsp://192.168.1.20/stream1, for instance."
)
_FIELD = r"(?i)((?:user|usr|username|login|pass|passwd|password|pwd|auth|token|key)=)"
_IN_PATH, _IN_QUERY = re.compile(_FIELD + r"[^/_;&]*"), re.compile(_FIELD + r"[^;&]*")


@dataclass(frozen=True)
class Credentials:
    user: str
    password: str = field(repr=False)

    @classmethod
    def told(cls, secret: str) -> Self:
        """From ``user:password``, or the two with a space between. Raises ValueError."""
        text = secret.strip()
        user, mark, password = text.partition(":" if ":" in text else " ")
        if not (mark and user.strip()):
            raise ValueError("not a user name and a password")
        return cls(user.strip(), password.strip())

    def basic(self) -> str:
        """The value of Authorization (RFC 7617): in the clear."""
        return "Basic " + b64encode(f"{self.user}:{self.password}".encode()).decode()


def parse(url: str) -> tuple[str, Credentials | None]:
    """An address in its usual form and without credentials, and these. Raises Refused."""
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise Refused(NO_ADDRESS) from error
    if len(text) > MAX_URL or not text.isprintable() or " " in text:
        raise Refused(NO_ADDRESS)
    if parts.scheme not in PORTS or not host or port == 0:
        raise Refused(NO_ADDRESS)
    credentials = None
    if parts.username:
        credentials = Credentials(unquote(parts.username), unquote(parts.password or ""))
    return _joined(parts, host), credentials


def stable_id(url: str) -> str:
    """The name of what is at an address; it tells nothing of a password within the address."""
    parts = urlsplit(url)
    bare = parts._replace(
        path=_IN_PATH.sub(r"\1", parts.path), query=_IN_QUERY.sub(r"\1", parts.query)
    )
    return hashlib.sha256(bare.geturl().encode()).hexdigest()[:16]


def host_and_port(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or PORTS[parts.scheme]


def at_host(url: str, host: str) -> str:
    """What a device at ``host`` gives as an address of its own, there; "" where it is none.

    Cameras tell addresses of other networks that they are in; malicious ones, of other devices.
    """
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        return ""
    if parts.scheme not in PORTS or len(url) > MAX_URL or not url.strip().isprintable():
        return ""
    return _joined(parts, host)


def with_credentials(url: str, credentials: Credentials | None) -> str:
    """For ``Sight``, and for what opens the stream; nothing else may hold this."""
    if credentials is None or not url:
        return url
    user, password = quote(credentials.user, safe=""), quote(credentials.password, safe="")
    return url.replace("://", f"://{user}:{password}@", 1)


def _joined(parts: SplitResult, host: str) -> str:
    """At that host, without credentials and fragment, and the port where it is not the usual."""
    netloc = f"[{host}]" if ":" in host else host
    if parts.port and parts.port != PORTS[parts.scheme]:
        netloc += f":{parts.port}"
    return SplitResult(parts.scheme, netloc, parts.path, parts.query, "").geturl()
