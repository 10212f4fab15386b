"""What a model is told of the eyes' tools, and what a house without cameras is spared."""

from __future__ import annotations

import json

from devices.house import House
from dobby.agent.tools import Toolbox
from tests.devices.memory_vault import MemoryVault
from tests.dobby.agent.cameras.conftest import Chat

ALWAYS = {"add_camera"}
MOST = 4200  # bytes: about a thousand tokens, in every turn with a model


def names(toolbox: Toolbox) -> list[str]:
    return [str(tool["name"]) for tool in toolbox.schemas()]


async def test_tools_are_sorted_few_and_short(chat: Chat) -> None:
    listed = names(chat.toolbox)
    assert listed == sorted(listed)
    own = {tool.name for tool in chat.eyes.tools()}
    assert own <= set(listed)
    schemas = [tool for tool in chat.toolbox.schemas() if tool["name"] in own]
    assert len(json.dumps(schemas)) < MOST


async def test_without_a_camera_only_adding_one_is_listed(chat: Chat) -> None:
    async with House((), MemoryVault()) as bare:
        toolbox = Toolbox(bare, chat.eyes.tools())
        assert set(names(toolbox)) == ALWAYS


async def test_no_tool_takes_a_password(chat: Chat) -> None:
    for tool in chat.eyes.tools():
        assert not {"password", "secret", "user"} & set(tool.schema["properties"])
