"""What children and guests may set: which ability, of which kinds of things.

What is not named here is closed to them. What is risky is closed to them besides (``policy``).
"""

from __future__ import annotations

from devices.device import Device
from dobby.language.own_names import kinds_in

_LIGHT, _HEARD, _SHADE = {"light"}, {"speaker", "tv"}, {"shade"}
_STAND_INS = frozenset({"switch", "outlet"})  # what hangs on them is what their name says

GUESTS: dict[str, frozenset[str]] = {
    "power": frozenset({"light", "fan", "speaker", "tv"}),
    "fan_speed": frozenset({"fan"}),
    "timers": frozenset({"timer"}),
    **dict.fromkeys(("brightness", "color", "color_temperature"), frozenset(_LIGHT)),
    **dict.fromkeys(("position", "tilt"), frozenset(_SHADE)),
    "movement": frozenset({"shade", "window", "door", "garage", "gate"}),  # anybody may stop it
    **dict.fromkeys(
        ("volume", "mute", "playback", "skip", "media", "play_mode", "source", "group"),
        frozenset(_HEARD),
    ),
}
CHILDREN: dict[str, frozenset[str]] = {
    **GUESTS,
    "power": GUESTS["power"] | {"thermostat", "aircon", "vacuum"},
    "climate": frozenset({"thermostat", "aircon"}),
    "position": frozenset({"shade", "garage", "gate", "door"}),
    "lock": frozenset({"lock", "door"}),
    "chore": frozenset({"vacuum"}),
    "scene": frozenset({"scene"}),
    "todo": frozenset({"list"}),
}


def may_set(ability: str, device: Device, open_to: dict[str, frozenset[str]]) -> bool:
    """Whether this is among what is open to them."""
    kinds = open_to.get(ability, frozenset[str]())
    if device.kind in _STAND_INS:
        named = set(kinds_in(device.name)) - _STAND_INS
        return named == _LIGHT and bool(kinds & _LIGHT)
    return device.kind in kinds
