"""What a trait is: one capability, spoken in the characteristics of a HomeKit service.

A trait reports what *is*: where HomeKit has a current and a target value, the current one. What
an accessory was asked to do says nothing about what it did.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Generic, TypeVar

from devices.capabilities import Capability
from devices.device import Ability
from devices.drivers.homekit.database import Characteristic, Service, Values

Write = tuple[Characteristic, bool | int | float]
T = TypeVar("T", bound=Capability)


class Trait(ABC, Generic[T]):
    """One capability of one service."""

    speaks: type[T]
    needs: ClassVar[frozenset[str]]  # the characteristics that the service must have for it
    watches: ClassVar[frozenset[str]]  # those its state is made of, where the service has them

    def __init__(self, service: Service) -> None:
        self.service = service

    @property
    def watched(self) -> tuple[Characteristic, ...]:
        return tuple(c for c in self.service.characteristics if c.type in self.watches)

    def ability(self) -> Ability:
        return Ability(kind=self.speaks.kind)

    @abstractmethod
    def state(self, values: Values) -> T | None:
        """The state that these values show; None when they show none."""

    @abstractmethod
    def spell(self, command: T, values: Values) -> list[Write]:
        """What to write for a command. Raises Unsupported."""

    def number(self, kind: str, values: Values) -> float | None:
        return self.service[kind].number(values) if kind in self.service else None

    def write(self, kind: str, value: float) -> Write:
        characteristic = self.service[kind]
        return characteristic, characteristic.fit(value)
