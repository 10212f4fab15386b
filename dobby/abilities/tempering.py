"""Heat and cold: the mode that makes a target come true."""

from __future__ import annotations

from dataclasses import replace

from devices.capabilities import Climate
from devices.device import Device
from dobby.abilities.change import Change
from dobby.agent.calls import Abstention
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground
from dobby.language.meaning import Do
from dobby.language.words import Message


def mode_for(ground: Ground, device: Device, mode: str) -> str:
    """The mode that a device has to be put into so that it heats or cools; empty where it does so
    by itself, or has no modes. Raises Unclear where it cannot."""
    state = ground.context.house.state(device.id).get("climate")
    now = state.mode if isinstance(state, Climate) else None
    ability = device.ability("climate")
    has_modes = now is not None or (ability is not None and ability.choices)
    if now in {mode, "auto"} or not has_modes:
        return ""
    check(device, mode)
    return mode


def check(device: Device, mode: str) -> None:
    """Raises Unclear where a device does not know a mode."""
    ability = device.ability("climate")
    if ability and ability.choices and mode not in ability.choices:
        known = [Message("climate-word", {"mode": choice}) for choice in ability.choices]
        raise Unclear(
            Abstention.UNABLE, "knows-only", name=device.name, mode=mode, options=known
        )  # fmt: skip


def tempered(ground: Ground, device: Device, changes: list[Change], mode: str) -> list[Change]:
    """The change of a target, with the mode that makes it come true. Raises Unclear."""
    if not changes or not mode:
        return changes
    *before, last = changes
    started = mode_for(ground, device, mode)
    fields = {"mode": started, **last.fields} if started else last.fields
    return [*before, replace(last, fields=fields)]


def heat_of(do: Do, ground: Ground, device: Device) -> str:
    """ "heat", where a thing is called by what it shall do: "the heating up to 22"."""
    if do.act == "less":
        return ""
    sorts = ground.names.sorts.get(device.id, set[str]())
    called = any(
        ref.kinds[-1:] == ("heating",) or (bool(ref.names) and "heating" in sorts)
        for ref in do.wish.things
    )
    return "heat" if called else ""
