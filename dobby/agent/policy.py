"""Who may do what, within which limits, and what needs a second word. Code, never a prompt.

Guard order here: hard limits, role, second word. A code is bound to the exact calls, to the
person's conversation, and to two minutes; it is used once.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from devices.capabilities import Climate, Risk
from devices.device import Command, Device
from dobby.agent.calls import ToolCall
from dobby.agent.phrases import temperature
from dobby.agent.rights import CHILDREN, GUESTS, may_set

CODE_LIVES = timedelta(minutes=2)
MAX_PENDING = 3
MAX_WRONG = 5
LOCKED = timedelta(hours=1)


class Role(StrEnum):
    OWNER = "owner"
    ADULT = "adult"
    CHILD = "child"
    GUEST = "guest"


RANKS = (Role.GUEST, Role.CHILD, Role.ADULT, Role.OWNER)


@dataclass(frozen=True)
class Person:
    """``new``: let in, from this address, so lately that what is risky takes an owner's word."""

    id: str
    name: str
    role: Role
    new: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Heat:
    """Targets in °C: above ``ask`` a second word is needed, above ``never`` nothing helps."""

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
RESIDENTS_ONLY = "That is for the people who live here."
ADULTS_ONLY = "Only an adult of the house may do that."
OWNERS_ONLY = "Only an owner may do that."
NEW = (
    "I know you from here for less than a day, so an owner has to agree first. I have asked; say "
    "it again when you are told that I trust you."
)


class Verdict(StrEnum):
    ALLOWED = "allowed"
    CONFIRM = "confirm"  # by a code
    VOUCH = "vouch"  # by an owner, for somebody new
    REFUSED = "refused"


@dataclass(frozen=True)
class Judgement:
    verdict: Verdict
    reason: str = ""


ALLOWED = Judgement(Verdict.ALLOWED)


def judge_tool(person: Person, least: Role) -> Judgement:
    """Whether this person may use a tool that is for people of that role and those above it."""
    if at_least(person.role, least):
        return ALLOWED
    why = {Role.OWNER: OWNERS_ONLY, Role.ADULT: ADULTS_ONLY}.get(least, RESIDENTS_ONLY)
    return Judgement(Verdict.REFUSED, RESIDENTS_ONLY if person.role is Role.GUEST else why)


def at_least(role: Role, least: Role) -> bool:
    return RANKS.index(role) >= RANKS.index(least)


def may_read(person: Person, device: Device) -> bool:
    """Whether this person may be told how that device is."""
    private = PRIVATE.get(person.role, frozenset())
    return not any(ability.kind in private for ability in device.abilities)


def may_recall(person: Person) -> bool:
    """Whether this person may be told what the house remembers, by whatever brain."""
    return person.role is not Role.GUEST


def judge(person: Person, command: Command, device: Device, fahrenheit: bool = False) -> Judgement:
    """Whether this person may give this command, and whether a second word is needed."""
    wanted = command.set
    risk = wanted.risk(device.kind)
    if isinstance(wanted, Climate) and wanted.target is not None:
        limits = HEAT.get(device.kind, OTHER_HEAT)
        ability = device.ability(wanted.kind)
        made_for_more = bool(ability and (ability.min or 0) > limits.never)  # a sauna
        if wanted.target > limits.never and not made_for_more:
            most = temperature(limits.never, fahrenheit)
            return Judgement(Verdict.REFUSED, f"{device.name} never goes above {most} here.")
        if wanted.target > limits.ask:
            risk = Risk.CONFIRM
    open_to = OPEN_TO.get(person.role)
    if open_to is not None and (risk is not Risk.NONE or not may_set(wanted.kind, device, open_to)):
        refused = f"A {person.role} may not do that with {device.name}."
        return Judgement(Verdict.REFUSED, refused)
    if risk is Risk.NONE:
        return ALLOWED
    return Judgement(Verdict.VOUCH, NEW) if person.new else Judgement(Verdict.CONFIRM)


# The second word ---------------------------------------------------------------------------


class Pending(BaseModel):
    """A risky action that waits for its code. Kept with the conversation, as JSON."""

    model_config = ConfigDict(frozen=True)
    calls: tuple[ToolCall, ...]
    asked: str  # "unlock Front door"
    action_hash: str
    code_hash: str
    expires: datetime
    person: str = ""  # id of who was asked; empty in what an older version kept


class PendingActions(BaseModel):
    """The actions of one conversation that wait for a code."""

    model_config = ConfigDict(frozen=True)
    actions: tuple[Pending, ...] = ()
    wrong: int = 0  # guesses since the last right code, until LOCKED after the latest of them
    last_wrong: datetime | None = None

    def live(self, now: datetime) -> PendingActions:
        """What still counts. Asking anew gives no new guesses."""
        # One that has far too long to live was asked by a clock that has been put right since.
        actions = tuple(a for a in self.actions if timedelta(0) < a.expires - now < 2 * CODE_LIVES)
        if self.last_wrong is None or now - self.last_wrong >= LOCKED:
            return PendingActions(actions=actions)
        last_wrong = min(self.last_wrong, now)
        return self.model_copy(update={"actions": actions, "last_wrong": last_wrong})

    @property
    def locked(self) -> bool:
        """Whether there were so many wrong codes that none is taken for now."""
        return self.wrong >= MAX_WRONG

    def asking(
        self, calls: Sequence[ToolCall], asked: str, person: Person, now: datetime
    ) -> tuple[PendingActions, str]:
        """Ask for a second word; returns the new questions and the code to send."""
        taken = {a.code_hash for a in self.actions}
        while _hash(code := f"{secrets.randbelow(9000) + 1000}", person) in taken:
            pass  # a code that two questions share would answer the wrong one
        action = Pending(
            calls=tuple(calls),
            asked=asked,
            action_hash=action_hash(calls, person),
            code_hash=_hash(code, person),
            expires=now.astimezone(UTC) + CODE_LIVES,  # not on a clock that may jump an hour
            person=person.id,
        )
        kept = [a for a in self.actions if a.action_hash != action.action_hash]
        return self.model_copy(update={"actions": (*kept, action)[-MAX_PENDING:]}), code

    def of(self, person: Person) -> tuple[Pending, ...]:
        """Those that this person was asked about."""
        return tuple(action for action in self.actions if action.person in ("", person.id))

    def dropped(self, person: Person) -> PendingActions:
        """Without those of this person; wrong guesses stay counted, others' questions stay."""
        theirs = self.of(person)
        kept = tuple(action for action in self.actions if action not in theirs)
        return self.model_copy(update={"actions": kept})

    def without(self, calls: Sequence[ToolCall]) -> PendingActions:
        """These questions less the one about exactly these calls."""
        kept = tuple(a for a in self.actions if a.calls != tuple(calls))
        return self.model_copy(update={"actions": kept})

    def without_codes(self, text: str, person: Person) -> str:
        """A text without the codes that are waited for."""
        waited = {action.code_hash for action in self.actions}
        return re.sub(r"\d{4}", lambda m: "••••" if _hash(m[0], person) in waited else m[0], text)

    def answered(
        self, code: str, person: Person, now: datetime
    ) -> tuple[PendingActions, Pending | None]:
        """The action that this code sets free, used up; or None, counted as a wrong guess."""
        for action in () if self.locked else self.actions:
            right_code = secrets.compare_digest(action.code_hash, _hash(code, person))
            if right_code and action.action_hash == action_hash(action.calls, person):
                kept = tuple(a for a in self.actions if a is not action)
                return PendingActions(actions=kept), action
        wrong = self.wrong + 1
        kept = self.actions if wrong < MAX_WRONG else ()
        return PendingActions(actions=kept, wrong=wrong, last_wrong=now), None


def action_hash(calls: Sequence[ToolCall], person: Person) -> str:
    """One fingerprint per exact action and person; any changed argument changes it."""
    canonical = json.dumps([c.model_dump() for c in calls], sort_keys=True, ensure_ascii=False)
    return _hash(canonical, person)


def _hash(text: str, person: Person) -> str:
    return hashlib.sha256(f"{person.id}\0{text}".encode()).hexdigest()
