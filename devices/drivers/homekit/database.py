"""An accessory's own description of itself: the attribute database (HAP R2, 6.6.4).

It comes from a device, so it is validated; one accessory that makes no sense is left out, and
does not spoil the others behind the same bridge.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from aiohomekit.model.characteristics import CharacteristicsTypes as C
from aiohomekit.model.services import ServicesTypes as S
from aiohomekit.uuid import normalize_uuid
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from devices.device import Unsupported, clean_name

log = logging.getLogger(__name__)

MAX_ACCESSORIES = 150  # a bridge may have no more (HAP R2, 2.5.3.2)

LIMITS: dict[str, tuple[float, float, float]] = {
    C.BRIGHTNESS: (0, 100, 1),
    C.COLOR_TEMPERATURE: (50, 400, 1),
    C.HORIZONTAL_TILT_TARGET: (-90, 90, 1),
    C.HUE: (0, 360, 1),
    C.POSITION_TARGET: (0, 100, 1),
    C.ROTATION_SPEED: (0, 100, 1),
    C.SATURATION: (0, 100, 1),
    C.TEMPERATURE_COOLING_THRESHOLD: (10, 35, 0.1),
    C.TEMPERATURE_HEATING_THRESHOLD: (0, 25, 0.1),
    C.TEMPERATURE_TARGET: (10, 38, 0.1),
    C.VERTICAL_TILT_TARGET: (-90, 90, 1),
}
"""Least, most and step where an accessory does not say (HAP R2, chapter 9)."""

TypeId = Annotated[str, AfterValidator(normalize_uuid)]
Values = Mapping[int, object]  # what was read of one accessory, by instance id


class Characteristic(BaseModel):
    """One value of a service, and what it takes."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    iid: int
    type: TypeId
    perms: tuple[str, ...] = ()
    format: str = ""
    value: object = None
    least: float | None = Field(None, alias="minValue")
    most: float | None = Field(None, alias="maxValue")
    step: float | None = Field(None, alias="minStep")
    valid: tuple[int, ...] | None = Field(None, alias="valid-values")

    @property
    def limits(self) -> tuple[float, float, float]:
        """Least, most and step."""
        least, most, step = LIMITS.get(self.type, (0.0, 100.0, 1.0))
        return (
            least if self.least is None else self.least,
            most if self.most is None else self.most,
            step if self.step is None else self.step,
        )

    @property
    def pushes(self) -> bool:
        return "ev" in self.perms

    @property
    def timed(self) -> bool:
        """Whether it may only be written in a timed write (HAP R2, 6.7.2.4)."""
        return "tw" in self.perms

    def number(self, values: Values) -> float | None:
        """What was read of it, where that is a number (a truth counts as 0 or 1)."""
        value = values.get(self.iid)
        if not isinstance(value, (int, float)) or not math.isfinite(value):
            return None
        return float(value)

    def fit(self, value: float) -> bool | int | float:
        """The value on this characteristic's own steps; raises Unsupported outside its limits."""
        if self.format == "bool":
            return bool(value)
        least, most, step = self.limits
        if not least - step / 2 <= value <= most + step / 2:
            raise Unsupported(f"It takes {least:g} to {most:g}, not {value:g}.")
        if step > 0:
            value = least + round((value - least) / step) * step
        value = min(most, max(least, value))
        return round(value, 3) if self.format == "float" else round(value)


class Service(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)
    iid: int
    type: TypeId
    characteristics: tuple[Characteristic, ...] = ()

    def __contains__(self, kind: str) -> bool:
        return any(c.type == kind for c in self.characteristics)

    def __getitem__(self, kind: str) -> Characteristic:
        return next(c for c in self.characteristics if c.type == kind)

    def text(self, kind: str) -> str:
        """A characteristic that is a name, cleaned; empty where there is none."""
        value = next((c.value for c in self.characteristics if c.type == kind), None)
        return clean_name(value) if isinstance(value, str) else ""


class Accessory(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)
    aid: int
    services: tuple[Service, ...] = ()

    def about(self, kind: str) -> str:
        """What its information service says: its name, maker or model."""
        return next((s.text(kind) for s in self.services if s.type == S.ACCESSORY_INFORMATION), "")

    def values(self) -> dict[int, object]:
        return {c.iid: c.value for s in self.services for c in s.characteristics}


def parse(answer: Mapping[str, Any]) -> Iterator[Accessory]:
    """The accessories of an answer to ``GET /accessories``. Raises KeyError, TypeError."""
    for raw in answer["accessories"][:MAX_ACCESSORIES]:
        try:
            yield Accessory.model_validate(raw)
        except ValidationError as error:
            log.warning("An accessory makes no sense and is left out: %s", error.errors()[0])
