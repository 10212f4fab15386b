"""The words that brains, policy and tools share: a call, what a brain understood, a dialogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

from devices.bridges import Bridge
from devices.capabilities import State
from devices.device import Device, Room
from dobby.language.words import Message


class ToolCall(BaseModel):
    """One call of one tool. A capability's tool is named by its kind and takes ``devices`` (ids)
    and the capability's fields: ``brightness(devices=["hue:1"], percent=40)``."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    arguments: dict[str, Any]


QUESTION_LIVES = timedelta(minutes=10)  # then nobody answers it any more


class Offer(BaseModel):
    """What Dobby offered to do: a yes of this person, said next, does these calls and no others.

    They go through the same policy as if they had been said. JSON.
    """

    model_config = ConfigDict(frozen=True)
    calls: tuple[ToolCall, ...]
    doing: str  # "switch the hall lamp on": in "Shall I ...?" and "Then I will not ..."
    person: str  # id


class HouseView(Protocol):
    """What a brain may see of the house. ``version`` changes whenever devices or rooms do."""

    @property
    def version(self) -> int: ...
    @property
    def devices(self) -> Mapping[str, Device]: ...
    @property
    def rooms(self) -> Mapping[str, Room]: ...  # by name
    @property
    def away(self) -> frozenset[str]: ...
    @property
    def under_way(self) -> frozenset[str]: ...  # a command was given to them, and is not done
    @property
    def bridges(self) -> Mapping[str, Bridge]: ...  # what was paired, and can be given up
    def state(self, device: str) -> State: ...


class Abstention(StrEnum):
    """Why the reflex brain did not act."""

    NONE = ""
    EMPTY = "empty"
    TOO_LONG = "too_long"
    LANGUAGE = "language"
    NEGATION = "negation"
    FUTURE = "future"
    CONDITION = "condition"
    EXCEPTION = "exception"
    PAST = "past"
    AMBIGUOUS = "ambiguous"
    UNKNOWN_NAME = "unknown_name"
    UNKNOWN_ROOM = "unknown_room"
    UNABLE = "unable"  # the device cannot do that
    OUT_OF_RANGE = "out_of_range"
    NOT_UNDERSTOOD = "not_understood"


class Dialogue(BaseModel):
    """What a conversation leaves behind for "it", "the other one" and an open question. JSON."""

    model_config = ConfigDict(frozen=True)
    devices: tuple[str, ...] = ()  # last spoken of
    calls: tuple[ToolCall, ...] = ()  # last understood
    options: tuple[str, ...] = ()  # device ids that a question offered
    pending: str = ""  # the sentence that waits for the answer
    at: datetime | None = None

    def closed(self) -> Dialogue:
        """Without its question."""
        return self.model_copy(update={"options": (), "pending": ""})


@dataclass(frozen=True)
class Watched:
    """What sentences about cameras are understood with."""

    places: Mapping[str, str] = field(default_factory=dict[str, str])  # camera -> where it looks
    zones: tuple[str, ...] = ()  # the names that parts of their pictures have
    asked: str = ""  # the camera of which this person was asked just now where it looks
    asked_at: datetime | None = None
    unplaced: str = ""  # one of which they were asked that and did not say it
    told: str = ""  # the incident that this person was told of last, two hours ago at most


@dataclass(frozen=True)
class Context:
    """What a sentence is understood in."""

    house: HouseView
    now: datetime  # in the owner's zone
    room: str | None = None  # where the speaker is, if known
    dialogue: Dialogue = field(default_factory=Dialogue)
    fahrenheit: bool = False
    language: str = "en"
    watched: Watched = field(default_factory=Watched)


@dataclass(frozen=True)
class Understanding:
    """A brain's reading of a sentence: calls, or why not and one good question."""

    calls: tuple[ToolCall, ...] = ()
    abstained: Abstention = Abstention.NONE
    reply: str | Message = (
        ""  # when abstained: what was understood and the question; else words to say
    )
    offers: tuple[ToolCall, ...] = ()  # when abstained: what a yes would do; the turn asks
    question: str = ""  # when abstained: one about no device, which memory may answer
    dialogue: Dialogue = field(default_factory=Dialogue)
