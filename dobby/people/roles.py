"""What somebody may be in this house; what a role may do is ``dobby.agent.policy``."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from dobby.language.words import Message

RESIDENTS_ONLY = Message("residents-only")


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


def at_least(role: Role, least: Role) -> bool:
    return RANKS.index(role) >= RANKS.index(least)
