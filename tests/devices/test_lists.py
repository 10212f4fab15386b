"""The household's own lists, through a house with a real vault."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from devices.capabilities import Power, Todo, TodoItem
from devices.device import Command, Outcome
from devices.drivers.lists import LONGEST, Lists
from devices.house import House
from memory.store import Store

SHOPPING = "lists:shopping"


@asynccontextmanager
async def house_at(path: Path) -> AsyncIterator[House]:
    async with Store(path) as store, House((Lists,), store.vault) as house:
        yield house


def items(*texts: str) -> Todo:
    return Todo(items=tuple(TodoItem(text=text) for text in texts))


async def test_a_list_is_there_unasked_and_survives_a_restart(tmp_path: Path) -> None:
    async with house_at(tmp_path / "dobby.db") as house:
        assert house.state(SHOPPING)["todo"] == items()
        [receipt] = await house.apply([Command(device=SHOPPING, set=items("milk", "eggs"))])
        assert receipt.outcome is Outcome.VERIFIED
    async with house_at(tmp_path / "dobby.db") as house:
        assert house.state(SHOPPING)["todo"] == items("milk", "eggs")
        assert house.state("lists:tasks")["todo"] == items()


async def test_what_a_list_cannot_take_is_refused_and_loses_nothing(tmp_path: Path) -> None:
    async with house_at(tmp_path / "dobby.db") as house:
        await house.apply([Command(device=SHOPPING, set=items("milk"))])
        too_many = items(*(str(n) for n in range(LONGEST + 1)))
        full, power = await house.apply(
            [Command(device=SHOPPING, set=too_many), Command(device=SHOPPING, set=Power(on=True))]
        )
        assert full.outcome is Outcome.REFUSED
        assert "full" in full.reason
        assert power.outcome is Outcome.REFUSED
        await house.refresh([SHOPPING])
        assert house.state(SHOPPING)["todo"] == items("milk")
