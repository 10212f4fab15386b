"""A plain "stop": what moves stands still and what plays is silent, at once, before all else."""

from __future__ import annotations

from collections.abc import Collection

from devices.capabilities import Chore, Movement, Playback, Position
from devices.device import Device
from dobby.agent.calls import HouseView, ToolCall
from dobby.language import spoken

UNSTOPPABLE = frozenset({"garage", "gate"})  # it is told of these, where they cannot be stopped

LONGEST = 80  # characters: whoever says more is in no haste


def overtakes(text: str) -> bool:
    """Whether these words stop something: then they wait for nothing said before them."""
    return len(text) < LONGEST and (spoken.is_stop(text) or spoken.begins_stop(text))


def is_stop(text: str) -> bool:
    """Whether these words say to stop, and name nothing."""
    return len(text) < LONGEST and spoken.is_stop(text)


def stops(house: HouseView, spoken: Collection[str] = ()) -> list[ToolCall]:
    """The calls that stop whatever moves now, and what plays: where some of that was just
    ``spoken`` of, this alone."""
    wanted: dict[tuple[str, str, object], list[str]] = {}
    for device in house.devices.values():
        for key in _stopping(house, device):
            wanted.setdefault(key, []).append(device.id)
    for (kind, _, _), devices in wanted.items():
        if kind == "playback" and (meant := [i for i in devices if i in spoken]):
            devices[:] = meant
    return [
        ToolCall(name=kind, arguments={"devices": devices, field: value})
        for (kind, field, value), devices in wanted.items()
    ]


def _stopping(house: HouseView, device: Device) -> list[tuple[str, str, object]]:
    state, found = house.state(device.id), list[tuple[str, str, object]]()
    match state.get("playback"):
        case Playback(state="playing"):
            found.append(("playback", "state", "stopped"))
        case _:
            pass
    match state.get("chore"):
        case Chore(activity="working"):
            found.append(("chore", "activity", "stopped"))
        case _:
            pass
    if _moves(house, device):
        found.append(("movement", "moving", False))
    return found


def _moves(house: HouseView, device: Device) -> bool:
    state = house.state(device.id)
    if device.ability("movement"):
        return device.id in house.under_way or state.get("movement") == Movement(moving=True)
    match state.get("position"):
        case Position(percent=percent) if device.kind in UNSTOPPABLE:
            return device.id in house.under_way or 0 < percent < 100
        case _:
            return False
