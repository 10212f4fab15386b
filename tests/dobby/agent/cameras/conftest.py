"""Conversations with a house whose cameras are watched: the real watch, store, pictures, tools."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from dobby.agent.builtins import built_in
from dobby.agent.cameras import CameraTools
from dobby.agent.secrecy import hide
from dobby.agent.tool import Caller, ToolResult
from dobby.agent.tools import Toolbox, ToolCall
from dobby.agent.turn import Agent, Answer, Said, Talk
from dobby.conversation.facts import StoreNotebook
from dobby.language.brain import Language
from dobby.people.roles import Person, Role
from tests.dobby.vision.conftest import World, opened_world

ANN, BEN = Person("ann", "Ann", Role.OWNER), Person("ben", "Ben", Role.ADULT)
NUMBERS = count()
CLEO, GUS = Person("cleo", "Cleo", Role.CHILD), Person("gus", "Gus", Role.GUEST)


class Chat:
    """Says one thing after another, each person in a conversation of their own."""

    def __init__(self, world: World) -> None:
        self.world = world
        notebook = StoreNotebook(world.store)
        self.eyes = CameraTools(world.house, world.watch, world.pictures, world.store, notebook)
        tools = [*built_in(world.house, notebook, None, self.eyes), *self.eyes.tools()]
        self.toolbox = Toolbox(world.house, tools)
        self.agent = Agent(world.house, self.toolbox, Language())
        self._talks: dict[str, Talk] = {}

    async def caller(self, person: Person, words: str = "", secret: str = "") -> Caller:
        """Whoever says this, in a message that is kept as others are."""
        sent = ("web", f"said {next(NUMBERS)}", person.id, person.id, words, (), datetime.now(UTC))
        message = await self.world.store.receive(*sent)
        assert message is not None
        now = self.world.watch.now()
        language = self.world.language
        return Caller(
            person, now, language=language, message=message.id, words=words, secret=secret
        )

    async def say(self, text: str, person: Person = ANN) -> Answer:
        hidden = hide(text)
        caller = await self.caller(person, hidden.text, hidden.secret)
        watched = self.eyes.watched(person)
        talk = self._talks.get(person.id, Talk())
        answer = await self.agent.turn(Said(hidden.text, caller, watched=watched), talk)
        self._talks[person.id] = answer.talk
        return answer

    async def call(self, name: str, person: Person = ANN, **arguments: object) -> ToolResult:
        """As a model would."""
        call = ToolCall(name=name, arguments=arguments)
        (result,) = await self.toolbox.run([call], await self.caller(person))
        return result


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened_world(tmp_path) as world:
        await world.watch.load()
        await world.watching()
        yield world


@pytest.fixture
def chat(world: World) -> Chat:
    return Chat(world)
