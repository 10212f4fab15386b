"""Digest access (RFC 7616): a password is proved and not sent. For HTTP and RTSP alike."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import md5, sha256
from secrets import token_hex

_PARAMETER = re.compile(r'(\w+)=(?:"([^"]*)"|([^\s,]+))')
_HASHES = {"MD5": md5, "SHA-256": sha256}


def authorization(
    challenges: Iterable[str], method: str, uri: str, user: str, password: str, count: int = 1
) -> str:
    """The value of Authorization: hashed, and in the clear only for who knows nothing better;
    empty where none of the challenges can be met. ``count``: requests that this nonce answered,
    with this one. Cameras write names of algorithms in letters large and small."""
    offers = list(challenges)
    for offer in offers:
        said = _parameters(offer)
        if said and said.get("algorithm", "MD5").upper() in _HASHES:
            return _digest(said, method, uri, user, password, count)
    if any(offer.lower().startswith("basic") for offer in offers):
        return "Basic " + b64encode(f"{user}:{password}".encode()).decode()
    return ""


def algorithms(challenges: Iterable[str]) -> list[str]:
    """Of the digests that are asked for, as they are written; MD5 where nothing is."""
    return [said.get("algorithm", "MD5") for said in map(_parameters, challenges) if said]


def _parameters(challenge: str) -> dict[str, str]:
    """Of a digest; empty for another scheme."""
    scheme, _, rest = challenge.partition(" ")
    if scheme.lower() != "digest":
        return {}
    return {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(rest)}


def _digest(
    said: dict[str, str], method: str, uri: str, user: str, password: str, count: int
) -> str:
    """With and without a quality of protection."""
    algorithm = said.get("algorithm", "MD5")
    realm, nonce = said.get("realm", ""), said.get("nonce", "")

    def hashed(*parts: str) -> str:
        return _HASHES[algorithm.upper()](":".join(parts).encode()).hexdigest()

    secret, asked = hashed(user, realm, password), hashed(method, uri)
    fields = {"username": user, "realm": realm, "nonce": nonce, "uri": uri}
    extra = ""
    if "auth" in said.get("qop", "").replace(" ", "").split(","):
        ours, number = token_hex(8), f"{count:08x}"
        fields["response"] = hashed(secret, nonce, number, ours, "auth", asked)
        fields["cnonce"] = ours
        extra = f", qop=auth, nc={number}"
    else:
        fields["response"] = hashed(secret, nonce, asked)
    if "opaque" in said:
        fields["opaque"] = said["opaque"]
    if "algorithm" in said:
        extra += f", algorithm={algorithm}"
    return "Digest " + ", ".join(f'{name}="{value}"' for name, value in fields.items()) + extra
