"""What the tools of the cameras are asked: one class is the schema and the check."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, NaiveDatetime, ValidationError

from dobby.agent.phrases import wrong
from dobby.agent.tool import CallError
from dobby.agent.tools import brief
from dobby.vision.records import IncidentKind
from dobby.vision.reports import CLOCK, Hours

Time = AwareDatetime | NaiveDatetime
"""A naive one is the owner's local time: a model has no zone."""
Deed = Literal["lingers", "stopped", "left_something", "took_something"]
Span = Annotated[str, Field(pattern=f"^{CLOCK}-{CLOCK}$")]


def local(said: Time | None, now: datetime) -> datetime | None:
    if said is None or said.tzinfo is not None:
        return said
    return said.replace(tzinfo=now.tzinfo)


def hours_of(said: Span | None) -> Hours | None:
    if not said:
        return None
    start, _, end = said.partition("-")
    return Hours(start=start, end=end)


class Arguments(BaseModel):
    """Arguments of a tool. ``devices`` are cameras; none: all of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    unshown: ClassVar[frozenset[str]] = frozenset()  # what a model need not know of

    @classmethod
    def of(cls, arguments: dict[str, Any]) -> Any:
        """Raises CallError in words that a model can act on."""
        given = {name: value for name, value in arguments.items() if value is not None}
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise CallError(wrong(error)) from error

    @classmethod
    def definition(cls) -> dict[str, Any]:
        """For a model: every token of it is paid for in every turn."""
        whole = cls.model_json_schema()
        shown = {
            name: _plain(brief(spec))
            for name, spec in whole["properties"].items()
            if name not in cls.unshown
        }
        required = {"required": whole["required"]} if "required" in whole else {}
        return {"type": "object", "properties": shown, **required}


class Look(Arguments):
    devices: tuple[str, ...] = ()


class WhoIsThere(Look):
    thing: str = ""  # a kind or a label: only these


class WhatHappened(Look):
    since: Time | None = None
    until: Time | None = None
    while_out: bool = False
    kinds: tuple[IncidentKind, ...] = ()
    labels: tuple[str, ...] = ()
    what: tuple[Deed, ...] = ()
    form: Literal["list", "any", "count", "when"] = "list"


class About(Look):
    """What a rule is about."""

    kinds: tuple[IncidentKind, ...] = ()
    labels: tuple[str, ...] = ()
    what: tuple[Deed, ...] = ()
    zones: tuple[str, ...] = ()
    hours: Span | None = None
    except_hours: Span | None = None
    presence: Literal["home", "away"] | None = None


class Rule(About):
    verdict: Literal["tell", "quiet", "only"]
    until: Time | None = None
    like_last: bool = False
    near_last: bool = False


class Drop(About):
    unshown = frozenset(About.model_fields)
    rule: int | None = None
    which: Literal["", "all", "last", "snooze"] = ""


class Explain(Arguments):
    untold: bool = False


class Place(Arguments):
    device: str
    looks_at: Annotated[str, Field(min_length=1)]


class Configure(Arguments):
    """What is left out stays as it is. ``overlaps``: these see the same place."""

    devices: Annotated[tuple[str, ...], Field(min_length=1)]
    watched: bool | None = None
    private: bool | None = None
    private_hours: tuple[Span, ...] = ()
    record: bool | None = None
    describe: bool | None = None
    overlaps: bool | None = None


class Add(Arguments):
    url: Annotated[str, Field(max_length=500)]
    name: Annotated[str, Field(max_length=40)] = ""


class Here(Arguments):
    home: bool


_LIMITS = frozenset({"format", "maxLength", "minItems", "minLength", "pattern"})


def _plain(spec: dict[str, Any]) -> dict[str, Any]:
    """Without the limits: whoever goes beyond them is told so."""
    kept = {name: value for name, value in spec.items() if name not in _LIMITS}
    return {**kept, "items": _plain(kept["items"])} if "items" in kept else kept
