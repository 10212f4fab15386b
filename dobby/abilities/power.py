"""On and off, whatever that is for a thing: a lamp, a radio, a heating, a robot, a scene."""

from __future__ import annotations

from dataclasses import replace

from devices.capabilities import Climate, Playback
from devices.device import Device
from dobby.abilities.change import Ability, Change, able_to, of_kinds
from dobby.agent.calls import Abstention, Context
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground, Need
from dobby.language.meaning import Do

_NEVER = {"lock", "garage", "gate", "door", "window", "shade", "alarm", "camera", "sensor"}
_KEPT = frozenset({"heater", "heating", "boiler", "alarm", "camera"})  # by their names
_SWEPT = ("light", "speaker", "tv", "switch", "outlet", "fan", "appliance")


def switchable(device: Device) -> bool:
    """Whether "turn it on" means something that is safe to guess."""
    if device.ability("power"):
        return device.kind not in {"lock", "garage", "gate", "door", "alarm"}
    if device.kind in _NEVER:
        return False
    return able_to("playback", "climate", "chore", "scene", "brightness", "fan_speed")(device) or (
        device.kind == "valve" and device.ability("position") is not None
    )


def switched(context: Context, device: Device, on: bool) -> Change:
    """What switching this device comes to, by what it can do."""
    if device.ability("power"):
        return Change(device.id, "power", {"on": on})
    if device.ability("playback"):
        state = context.house.state(device.id).get("playback")
        silent = "stopped" if isinstance(state, Playback) and state.state == "stopped" else "paused"
        return Change(device.id, "playback", {"state": "playing" if on else silent})
    if device.ability("climate"):
        return Change(device.id, "climate", {"mode": _mode(device) if on else "off"})
    if device.ability("chore"):
        return Change(device.id, "chore", {"activity": "working" if on else "stopped"})
    if device.ability("scene"):
        return Change(device.id, "scene", {"active": on})
    kind = next(k for k in ("brightness", "fan_speed", "position") if device.ability(k))
    return Change(device.id, kind, {"percent": 100 if on else 0})


def _mode(device: Device) -> str:
    ability = device.ability(Climate.kind)
    preferred = ("cool", "auto", "heat") if device.kind == "aircon" else ("heat", "auto", "cool")
    choices = ability.choices if ability and ability.choices else preferred
    return next((m for m in preferred if m in choices), choices[0])


def switches(do: Do, ground: Ground) -> bool:
    out = do.act == "extend" and of_kinds(do, ground, "light")  # "lights out"
    return do.act in {"on", "off", "stop"} or out


def switch(do: Do, ground: Ground) -> list[Change]:
    on, wish = do.act == "on", do.wish
    everything = any("everything" in ref.quants for ref in wish.things)
    if everything and on:
        raise Unclear(Abstention.AMBIGUOUS, "everything-on")

    def able(device: Device) -> bool:
        if do.act == "stop" and device.kind == "light":
            return False  # nobody stops a lamp
        return switchable(device) and (not everything or device.kind in _SWEPT)

    need = Need(able, "switch-on" if on else "switch-off", _SWEPT if everything else ("light",))
    things = ground.things(wish.things, need, wish.but)
    if everything:
        things = [d for d in things if not _kept(ground, d)]
    return [switched(ground.context, device, on) for device in things]


def wants_light(do: Do, ground: Ground) -> bool:
    """ "I need the reading lamp", "let there be light in the kitchen"."""
    return do.act == "want" and of_kinds(do, ground, "light")


def light(do: Do, ground: Ground) -> list[Change]:
    return switch(replace(do, act="on"), ground)


def stages(do: Do, ground: Ground) -> bool:
    """A scene's bare name: "dinner", "chill mode"."""
    return do.act in {"", "set", "do", "want"} and of_kinds(do, ground, "scene")


def stage(do: Do, ground: Ground) -> list[Change]:
    if do.wish.attribute not in {"", "mode"}:
        raise Unclear(Abstention.NOT_UNDERSTOOD, "not-understood")
    need = Need(able_to("scene"), "switch-on")
    things = ground.things(do.wish.things, need)
    return [Change(d.id, "scene", {"active": True}) for d in things]


def _kept(ground: Ground, device: Device) -> bool:
    """Whether "everything off" spares it: the fridge, the router."""
    guarded = device.kind in {"switch", "outlet", "fan", "appliance"}
    sorts = ground.names.sorts.get(device.id, set[str]())
    return guarded and (device.id in ground.names.spared or bool(_KEPT & sorts))


ABILITIES = (
    Ability("power", switches, switch, frozenset({"but"})),
    Ability("scene", stages, stage, frozenset({"attribute"})),
    Ability("wanted light", wants_light, light, frozenset({"but"})),
)
