"""What goes into a turn and comes out of it: what was said, the state of the conversation, the
brains that understand, the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from devices.device import Receipt
from dobby.agent.calls import (
    QUESTION_LIVES,
    Context,
    Dialogue,
    Offer,
    ToolCall,
    Understanding,
    Watched,
)
from dobby.agent.confirmation import PendingActions
from dobby.agent.tool import Caller, ToolResult


class Talk(BaseModel):
    """What a conversation carries from turn to turn; kept in memory as JSON."""

    model_config = ConfigDict(frozen=True)
    dialogue: Dialogue = Dialogue()
    pending: PendingActions = PendingActions()
    offer: Offer | None = None  # of Dobby's last words
    at: datetime | None = None  # when Dobby said them
    language: str | None = None  # that was asked for: "speak English"
    model_asks: bool = False  # Dobby's last words were a model's question

    def closed(self, now: datetime) -> Talk:
        """Without Dobby's question, where something else is said at ``now``. Codes stay."""
        gone = {"dialogue": self.dialogue.closed(), "offer": None, "model_asks": False, "at": now}
        return self.model_copy(update=gone)

    def live(self, now: datetime) -> Talk:
        """Without the questions that lapsed."""
        old = self.at is not None and abs(now - self.at) >= QUESTION_LIVES
        talk = self.closed(now) if old else self
        return talk.model_copy(update={"pending": self.pending.live(now)})


@dataclass(frozen=True)
class Said:
    """What was said, and where."""

    text: str
    caller: Caller
    watched: Watched = field(default_factory=Watched)


@dataclass(frozen=True)
class Thought:
    """What a model brain came to. ``failed`` is why it could not, in the owner's words."""

    words: str = ""
    failed: str = ""


@dataclass(frozen=True)
class Answer:
    """The outcome of a turn."""

    reply: str
    brain: str  # policy | reflex | model
    talk: Talk
    calls: tuple[ToolCall, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    codes: tuple[str, ...] = ()
    vouch: str = ""  # what waits for an owner's word on somebody new
    pictures: tuple[str, ...] = ()  # ids of those that go with the reply
    seconds: float = 0.0


Act = Callable[[Sequence[ToolCall]], Awaitable[list[ToolResult]]]
Stream = Callable[[str], None]


class Reflexes(Protocol):
    def understand(self, text: str, context: Context) -> Understanding: ...


class Model(Protocol):
    """A brain that thinks: it calls ``act`` for every round of tool calls, within its caps."""

    async def think(self, said: Said, act: Act, stream: Stream | None) -> Thought: ...


class Journal(Protocol):
    """Where a turn writes what it is about to do, before it does it.

    ``confirmed``: the code was given for exactly these calls. ``brain``: whose plan it is.
    """

    async def planned(self, calls: Sequence[ToolCall], confirmed: bool, brain: str) -> None: ...
    async def done(self, results: Sequence[ToolResult]) -> None: ...
