"""What a tool is, on whose behalf it is called, and what a call comes to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from devices.device import Receipt, clean_name
from dobby.agent.calls import ToolCall
from dobby.language.words import ENGLISH, Message, Words
from dobby.people.roles import Person, Role


class CallError(Exception):
    """A call that names no device, or carries arguments that do not fit; says what would."""

    def __init__(self, said: Message | str) -> None:
        super().__init__(Words().put(said))
        self.said = said


@dataclass(frozen=True)
class Caller:
    """On whose behalf a call is made, and where the words were said."""

    person: Person
    now: datetime  # in the owner's zone: for words and days
    room: str | None = None
    fahrenheit: bool = False
    language: str = ENGLISH  # in which they are answered
    confirmed: bool = False  # the code was given for exactly these calls
    agreed: bool = False  # a yes was said to exactly these calls
    message: int | None = None  # the message that it was said in, where there is one
    words: str = ""  # what was said; without the secret, if there was one in it
    secret: str = field(default="", repr=False)  # for the tool that needs it: no brain sees it
    by_model: bool = False  # a model makes the call, of whatever it may have read

    @property
    def wording(self) -> Words:
        """How this person is spoken to."""
        return Words(self.language, self.fahrenheit)

    @property
    def moment(self) -> datetime:
        """Now, to count from: on the owner's clock an hour may come twice, or not at all."""
        return self.now.astimezone(UTC)


@dataclass(frozen=True)
class ToolResult:
    """What a call came to: receipts of devices, or words and pictures (their ids); ``asks`` waits
    for a code, ``offers`` for a yes, ``vouch`` for an owner's word. ``private``: the words
    are for the person alone."""

    call: ToolCall
    receipts: tuple[Receipt, ...] = ()
    words: str = ""
    refused: str = ""
    asks: ToolCall | None = None
    offers: ToolCall | None = None
    vouch: ToolCall | None = None
    pictures: tuple[str, ...] = ()
    private: bool = False


@dataclass(frozen=True)
class Shown:
    """Words of a built-in tool, with the ids of pictures that go with them."""

    words: str
    pictures: tuple[str, ...] = ()


BuiltIn = Callable[[dict[str, Any], Caller], Awaitable[str | Shown]]
Guard = Callable[[dict[str, Any], Caller], str]
"""What a call would change that protects the house or its people, as a deed in the house's own
words ("call the garage door “Lamp”"); empty for nothing. Raises CallError."""


@dataclass(frozen=True)
class BuiltInTool:
    """A tool that sets nothing on a device.

    It is for owners, and a model's call of it waits for a code of the person, unless
    ``least_role``, and ``guard`` or ``changes``, say otherwise.
    """

    name: str
    about: str
    schema: dict[str, Any]
    run: BuiltIn
    for_model: bool = True
    needs: str = ""  # a model is told of it where a device has this ability
    least_role: Role = Role.OWNER  # who may use it, and everyone above
    changes: bool = True  # what only looks needs no guard, and is begun anew after a crash
    guard: Guard | None = None
    may_ask: bool = False  # whether it is to be done is asked first, also of plain words
    private: bool = False  # what it answers is for the person alone: others may have written it

    def deed(self, arguments: dict[str, Any], caller: Caller) -> str:
        """Empty where no code is needed, whoever calls. Raises CallError."""
        if not self.changes:
            return ""
        if self.guard is None:
            return f"{self.name.replace('_', ' ')} ({_told(arguments)})"
        return self.guard(arguments, caller)


def _told(arguments: dict[str, Any]) -> str:
    return clean_name(", ".join(f"{k}: {v}" for k, v in arguments.items()), 200)
