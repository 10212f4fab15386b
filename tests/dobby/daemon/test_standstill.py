"""The loop is never held up by what is imported, or made ready, when it is first needed."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from tests.dobby.agent.test_model import CALL_ENDS, START, STOP, server, streaming
from tests.dobby.endtoend.processes import free_port

TEXT = {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}
JOKE = {
    "type": "content_block_delta",
    "index": 0,
    "delta": {"type": "text_delta", "text": "It had lost its train of thought."},
}
END = {
    "type": "message_delta",
    "delta": {"stop_reason": "end_turn", "stop_sequence": None},
    "usage": {"output_tokens": 9},
}


@pytest.mark.timeout(120)
async def test_a_message_for_the_model_at_the_start_holds_nobody_up(tmp_path: Path) -> None:
    """As after every crash in a model's turn: it is taken up in the first moment, while the SDK is
    not there yet."""
    async with server(streaming(START, TEXT, JOKE, CALL_ENDS, END, STOP)) as url:
        environment = {
            **{name: value for name, value in os.environ.items() if name[:6] != "DOBBY_"},
            "DOBBY_HOME": str(tmp_path),
            "DOBBY_PORT": str(free_port()),
            "DOBBY_INTERFACES": '["127.0.0.1"]',
            "DOBBY_VISION__EYES": "off",
            "DOBBY_MODEL__BASE_URL": url,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.dobby.daemon.standstill",
            env=environment, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        printed, _ = await process.communicate()
    told = json.loads(printed)
    assert "It had lost its train of thought." in told["answers"][0]
    assert "anthropic" in told["met"]  # else nothing was watched
    assert told["held"] == []
    print(f"\nthe loop stood still for {told['longest_s']:.3f} s at most")  # noqa: T201 - a figure
