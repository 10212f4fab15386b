"""User name and password over HTTP and RTSP: Digest with MD5, and Basic (RFC 2617)."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from hashlib import md5
from hmac import compare_digest
from secrets import token_hex
from typing import Literal

_PARAMETER = re.compile(r'(\w+)=(?:"([^"]*)"|([^\s,]+))')


@dataclass(frozen=True)
class Gate:
    """Lets in whoever knows the password; everybody where there is no user."""

    user: str = ""
    password: str = field(default="", repr=False)
    scheme: Literal["digest", "basic"] = "digest"
    realm: str = "camera"
    nonce: str = field(default_factory=token_hex, repr=False)

    @property
    def challenge(self) -> str:
        """The value of WWW-Authenticate."""
        if self.scheme == "basic":
            return f'Basic realm="{self.realm}"'
        return f'Digest realm="{self.realm}", nonce="{self.nonce}", algorithm="MD5"'

    def admits(self, method: str, authorization: str) -> bool:
        scheme, _, rest = authorization.partition(" ")
        if not self.user:
            return True
        if scheme.lower() != self.scheme:
            return False
        return self._basic(rest) if self.scheme == "basic" else self._digest(method, rest)

    def _basic(self, given: str) -> bool:
        try:
            told = base64.b64decode(given, validate=True)
        except binascii.Error:
            return False
        return compare_digest(told, f"{self.user}:{self.password}".encode())

    def _digest(self, method: str, given: str) -> bool:
        said = {name: quoted or bare for name, quoted, bare in _PARAMETER.findall(given)}
        if said.get("username") != self.user or said.get("nonce") != self.nonce:
            return False
        secret = _md5(f"{self.user}:{self.realm}:{self.password}")
        asked = _md5(f"{method}:{said.get('uri', '')}")
        wanted = _md5(f"{secret}:{self.nonce}:{asked}")
        return compare_digest(wanted.encode(), said.get("response", "").encode())


def _md5(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()  # what cameras speak
