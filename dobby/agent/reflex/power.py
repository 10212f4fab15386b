"""Clauses that switch things on and off."""

from __future__ import annotations

from devices.device import Device
from dobby.agent.calls import Abstention
from dobby.agent.reflex.candidates import listed
from dobby.agent.reflex.clauses import Clause, heating
from dobby.agent.reflex.ground import Ground, not_understood, only
from dobby.agent.reflex.levels import starting
from dobby.agent.reflex.targets import Unresolved, Wanted
from dobby.agent.reflex.text import words
from dobby.agent.reflex.wishes import Change, able_to, switchable, switched
from dobby.agent.reflex.wording import PLAIN, switched_on, verbs_within

_EVERYTHING = ("light", "speaker", "tv", "switch", "outlet", "fan", "appliance")
_KEPT_RUNNING = frozenset(words(
    "fridge freezer refrigerator router modem server nas aquarium tank terrarium medical cpap "
    "oxygen pump heater heating boiler charger charging alarm camera sump incubator oven stove "
    "hub bridge network wifi internet computer pc ups security doorbell"
))  # fmt: skip


def switches(_: Ground, clause: Clause) -> bool:
    return switched_on(clause) is not None


def switch(ground: Ground, clause: Clause) -> list[Change]:
    only(clause, "ways")
    shut = frozenset({"close"} if clause.verb_text == "shut" else ())  # "shut the lights off"
    verbs_within(clause, PLAIN | {"off", "stop"} | shut)
    on = switched_on(clause)
    lit = clause.verb_text == "light" and set(clause.ways) <= {"up"}
    if on is None or (set(clause.ways) - {"on", "off"} and not lit):
        raise not_understood(clause)
    everything = any("everything" in n.quants for n in clause.nouns)
    if everything and on:
        raise Unresolved(Abstention.AMBIGUOUS, "Everything on is a lot. All the lights, or what?")
    able = _swept if everything else switchable
    if "light" in clause.verb_text.split() and on:
        able = able_to("power", "brightness")
    wanted = Wanted(able, f"be switched {'on' if on else 'off'}",
                    _EVERYTHING if everything else ("light",))  # fmt: skip
    things = ground.things(clause, wanted)
    if everything:
        _tell_what_stays_on(ground, clause, things)
    changes: list[Change] = []
    for device in things:
        change = switched(ground.context, device, on)
        changes.append(change)
        heats = on and any(heating(noun) for noun in clause.nouns) and device.ability("climate")
        if heats and change.kind == "power" and (mode := starting(ground, device, "heat")):
            changes.append(Change(device.id, "climate", dict(mode)))
    return changes


def _tell_what_stays_on(ground: Ground, clause: Clause, swept: list[Device]) -> None:
    """ "Everything off" spares the fridge and the heating, and says so."""
    told = Wanted(lambda d: d not in swept and _is_on(ground, d))
    try:
        ids = ground.resolver.resolve(clause.nouns, told)
    except Unresolved:  # nothing
        return
    if clause.excepts:
        spared = ground.resolver.excluded(clause.excepts, ground.index.devices, sweep=True)
        ids = [i for i in ids if i not in spared]
    if ids:
        names = listed([ground.index.label(i) for i in ids])
        ground.asides.append(f"I left on: {names}.")


def _is_on(ground: Ground, device: Device) -> bool:
    power = ground.context.house.state(device.id).get("power")
    return getattr(power, "on", False) is True


def _swept(device: Device) -> bool:
    """Whether "everything off" may switch it off."""
    if device.kind not in _EVERYTHING or not switchable(device):
        return False
    label = {w for text in (device.name, *device.aliases) for w in words(text)}
    guarded = device.kind in {"switch", "outlet", "fan", "appliance"}
    return not (guarded and label & _KEPT_RUNNING)
