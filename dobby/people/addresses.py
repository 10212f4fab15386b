"""One form for every address that a person can have."""

from __future__ import annotations

import re

from devices.device import clean_name

PHONES = frozenset({"sms", "whatsapp"})


class AddressError(ValueError):
    """Not an address that a person could have on that channel."""


def canonical(channel: str, address: str) -> str:
    """The one form of an address: E.164 for phones. Raises AddressError.

    ``0048 600-100-200`` and ``whatsapp:+48600100200`` are one; digits of other scripts, short
    codes and sender names are none.
    """
    if channel not in PHONES:
        if not address or address != clean_name(address, 128):
            raise AddressError("not an address")
        return address
    bare = re.sub(r"^whatsapp:", "", address.strip(), flags=re.I)
    number = re.sub(r"[\s().-]", "", bare)
    if number.startswith("00"):
        number = "+" + number[2:]
    if not re.fullmatch(r"\+[1-9][0-9]{6,14}", number):
        raise AddressError("not a phone number")
    return number


def masked(address: str) -> str:
    """An address for logs: enough to tell two apart, too little to call."""
    shown = clean_name(address)
    return f"{shown[:3]}…{shown[-2:]}" if len(shown) > 6 else "…"
