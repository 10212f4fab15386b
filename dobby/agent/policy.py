"""Who may do what, within which limits, and what needs a confirmation code. Code, never a prompt.

Guard order here: hard limits, role, confirmation code (``confirmation``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from devices.capabilities import Climate, Risk
from devices.device import Command, Device
from dobby.agent.rights import CHILDREN, GUESTS, may_set
from dobby.language.words import Celsius, Message, message
from dobby.people.roles import RESIDENTS_ONLY, Person, Role, at_least


@dataclass(frozen=True)
class Heat:
    """Targets in °C: above ``ask`` a confirmation code is needed, above ``never`` nothing helps."""

    ask: float
    never: float


HEAT = {
    "thermostat": Heat(ask=25, never=32),
    "aircon": Heat(ask=28, never=32),
    "heater": Heat(ask=25, never=32),
    "boiler": Heat(ask=60, never=70),
    "spa": Heat(ask=40, never=40.6),  # 104-105 °F, the usual legal maximum
    "pool": Heat(ask=32, never=36),
}
OTHER_HEAT = Heat(ask=25, never=math.inf)  # of what is not known: an oven, a kiln, a relay
OPEN_TO = {Role.GUEST: GUESTS, Role.CHILD: CHILDREN}
PRIVATE = {Role.GUEST: frozenset({"lock", "alarm", "snapshot", "todo"})}  # not even to look at
ADULTS_ONLY = Message("adults-only")
OWNERS_ONLY = Message("owners-only")
NEW = Message("too-new")


class Verdict(StrEnum):
    ALLOWED = "allowed"
    CONFIRM = "confirm"  # by a code
    VOUCH = "vouch"  # by an owner, for somebody new
    REFUSED = "refused"


@dataclass(frozen=True)
class Judgement:
    verdict: Verdict
    reason: Message | None = None  # why it is refused, or waits for an owner


ALLOWED = Judgement(Verdict.ALLOWED)


def judge_tool(person: Person, least: Role) -> Judgement:
    """Whether this person may use a tool that is for people of that role and those above it."""
    if at_least(person.role, least):
        return ALLOWED
    why = {Role.OWNER: OWNERS_ONLY, Role.ADULT: ADULTS_ONLY}.get(least, RESIDENTS_ONLY)
    return Judgement(Verdict.REFUSED, RESIDENTS_ONLY if person.role is Role.GUEST else why)


def may_read(person: Person, device: Device) -> bool:
    """Whether this person may be told how that device is."""
    private = PRIVATE.get(person.role, frozenset())
    return not any(ability.kind in private for ability in device.abilities)


def may_recall(person: Person) -> bool:
    """Whether this person may be told what the house remembers, by whatever brain."""
    return person.role is not Role.GUEST


def judge(person: Person, command: Command, device: Device) -> Judgement:
    """Whether this person may give this command, and whether a confirmation code is needed."""
    wanted = command.set
    risk = wanted.risk(device.kind)
    if isinstance(wanted, Climate) and wanted.target is not None:
        limits = HEAT.get(device.kind, OTHER_HEAT)
        ability = device.ability(wanted.kind)
        made_for_more = bool(ability and (ability.min or 0) > limits.never)  # a sauna
        if wanted.target > limits.never and not made_for_more:
            never = message("never-above", name=device.name, most=Celsius(limits.never))
            return Judgement(Verdict.REFUSED, never)
        if wanted.target > limits.ask:
            risk = Risk.CONFIRM
    open_to = OPEN_TO.get(person.role)
    if open_to is not None and (risk is not Risk.NONE or not may_set(wanted.kind, device, open_to)):
        refused = message("may-not", role=person.role.value, name=device.name)
        return Judgement(Verdict.REFUSED, refused)
    if risk is Risk.NONE:
        return ALLOWED
    return Judgement(Verdict.VOUCH, NEW) if person.new else Judgement(Verdict.CONFIRM)
