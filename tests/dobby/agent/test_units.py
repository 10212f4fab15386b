"""Temperatures are said in the owner's unit, whoever says them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from dobby.agent.calls import ToolCall
from dobby.agent.tool import Caller
from dobby.agent.turn import Act, Said, Stream, Talk, Thought
from dobby.people.roles import Person, Role
from tests.dobby.message_path import message_path

CALLER = Caller(Person("anna", "Anna", Role.OWNER), datetime(2026, 11, 20, tzinfo=UTC))
US = Caller(CALLER.person, CALLER.now, fahrenheit=True)


class SetsTheBoiler:
    """A model that sets the boiler to so many °C."""

    def __init__(self, target: float) -> None:
        self.target = target

    async def think(self, said: Said, act: Act, stream: Stream | None) -> Thought:
        wanted = {"devices": ["Boiler"], "target": self.target}
        await act([ToolCall(name="climate", arguments=wanted)])
        return Thought()


async def told(home: Path, target: float, caller: Caller) -> str:
    async with message_path(home, answer=False, model=SetsTheBoiler(target)) as path:
        return (await path.agent.turn(Said("as usual", caller), Talk())).reply


async def test_a_code_is_asked_for_in_the_owners_unit(tmp_path: Path) -> None:
    assert "to 65 °C, send" in await told(tmp_path, 65, CALLER)
    assert "to 149 °F, send" in await told(tmp_path, 65, US)


async def test_a_devices_limits_are_told_in_the_owners_unit(tmp_path: Path) -> None:
    assert "takes at least 30 °C, not 10 °C" in await told(tmp_path, 10, CALLER)
    assert "takes at least 86 °F, not 50 °F" in await told(tmp_path, 10, US)
