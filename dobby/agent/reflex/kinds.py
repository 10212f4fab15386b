"""Which kinds of devices a noun for a kind may mean."""

from __future__ import annotations

_KINDS: dict[str, tuple[str, ...]] = {
    "thermostat": ("thermostat",),
    "aircon": ("aircon",),
    "door": ("door", "lock"),
    "garage": ("garage",),
    "speaker": ("speaker",),
    "outlet": ("outlet", "switch"),
    "switch": ("switch", "outlet"),
    "gate": ("gate",),
}
_WATCHED = {"window", "door", "garage", "gate"}  # whose sensors answer for them
_STAND_INS = {"switch", "outlet", "unknown", "appliance"}  # an outlet called "Desk lamp" is a lamp


def kinds_of(noun: str) -> tuple[str, ...]:
    """The kinds that a noun names outright."""
    return _KINDS.get(noun, (noun,))


def called_so(noun: str, kind: str) -> bool:
    """Whether a device of that kind is what it is called: an outlet "Lamp", a sensor "Door"."""
    return kind in _STAND_INS or (kind == "sensor" and noun in _WATCHED)
