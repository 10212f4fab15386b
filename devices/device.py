"""Device, Room, Announcement, Command, Receipt, and the one root of every error under ``devices``.

DeviceError
├── Unreachable      no answer in time, or no route
├── Refused          the device said no; the message is its reason, in plain words
├── Unsupported      the device lacks the ability, or the value is outside its limits
├── NeedsPairing     a button, a PIN or a password first (``.how``)
└── UnknownDevice    no such id
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, SerializeAsAny

from devices.capabilities import Capability

KINDS = (
    "light", "switch", "outlet", "speaker", "tv", "thermostat", "aircon", "heater", "boiler",
    "shade", "window", "lock", "door", "garage", "gate", "fan", "sensor", "camera", "vacuum",
    "mower", "valve", "pool", "spa", "alarm", "scene", "list", "timer", "appliance", "unknown",
)  # fmt: skip
"""What a device is to a person. ``shade`` is every blind, curtain, shutter and awning."""


class DeviceError(Exception):
    """Root of the errors of this package; ``str()`` is fit for the owner."""


class Unreachable(DeviceError):
    pass


class Refused(DeviceError):
    pass


class Unsupported(DeviceError):
    pass


class UnknownDevice(DeviceError):
    pass


Proof = Literal["button", "pin", "password"]
"""What shows a device that we may use it; a password is told as ``user:password``."""


class NeedsPairing(DeviceError):
    def __init__(self, how: Proof, message: str) -> None:
        super().__init__(message)
        self.how: Proof = how


class Ability(BaseModel):
    """One capability of one device, with that device's own limits."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: str  # a key of CAPABILITIES
    min: float | None = None
    max: float | None = None
    step: float | None = None
    choices: tuple[str, ...] = ()  # favourites, modes, inputs, scenes, areas


class Device(BaseModel):
    """One thing in the house, as data. ``id`` is the protocol's own, never an address."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    name: str
    kind: str = "unknown"
    room: str | None = None
    abilities: tuple[Ability, ...] = ()
    aliases: tuple[str, ...] = ()
    maker: str = ""
    model: str = ""
    serial: str = ""  # what its maker numbered it, where it tells

    def ability(self, kind: str) -> Ability | None:
        return next((a for a in self.abilities if a.kind == kind), None)


class Room(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    floor: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Announcement:
    """Something on the LAN said that it is there. All of it is data from a stranger."""

    source: Literal["mdns", "ssdp", "wsd", "probe", "told"]  # told: by the owner
    service: str  # "_hap._tcp.local.", an SSDP target, a WS-Discovery type, a probe's name
    name: str
    host: str  # IP address that answered; what was told may be a host's name
    port: int
    properties: dict[str, str] = field(default_factory=dict[str, str])


class Command(BaseModel):
    """One capability to be set on one device."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    device: str
    set: SerializeAsAny[Capability]


class Outcome(StrEnum):
    VERIFIED = "verified"  # read back from the device
    MOVING = "moving"  # accepted and on its way when the deadline came
    STOPPED = "stopped"  # by a stop that overtook it
    CONTRADICTED = "contradicted"  # accepted, but the device reports something else
    UNREACHABLE = "unreachable"
    REFUSED = "refused"  # by the device, or outside its limits


class Receipt(BaseModel):
    """What one command came to. Every reply, audit row and page line is built from these."""

    model_config = ConfigDict(frozen=True)
    command: Command
    outcome: Outcome
    before: SerializeAsAny[Capability] | None = None
    after: SerializeAsAny[Capability] | None = None
    reason: str = ""
    seconds: float = 0.0

    @property
    def verified(self) -> bool:
        return self.outcome is Outcome.VERIFIED


def clean_name(text: str, limit: int = 64) -> str:
    """A stranger's text as a name: printable, one line, no invisible or bidi marks, cut."""
    kept = (c if unicodedata.category(c)[0] not in "CZ" else " " for c in text[: limit * 8]
            if unicodedata.category(c) != "Cf")  # fmt: skip
    return " ".join("".join(kept).split())[:limit].strip()
