"""A turn with a model, less the model: ``python -m bench.model``.

The model is a server in this process that answers at once, over the real protocol; the time inside
it does not count. The first request is also weighed: bytes, tools, and tokens at four bytes each.
"""

from __future__ import annotations

import asyncio
import json
import logging
import tempfile
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web
from pydantic import HttpUrl
from rich.console import Console
from rich.table import Table

from bench.homes import SIZES, Stopwatch, furnish, house_file
from devices.house import House
from dobby.agent.builtins import built_in
from dobby.agent.calls import ToolCall
from dobby.agent.model import ModelBrain
from dobby.agent.model_memory import ModelMemory
from dobby.agent.tool import Caller, ToolResult
from dobby.agent.tools import Toolbox
from dobby.agent.turn import Agent, Said, Talk
from dobby.conversation.facts import StoreNotebook
from dobby.language.brain import Language
from dobby.people.roles import Person, Role
from dobby.settings import ModelSettings
from memory.store import Store

TURNS = 100
AIM_MS = {0: 25.0, 1: 40.0}  # by tool calls
AIM_TOKENS = {200: 3000}
OWNER = Person("ann", "Ann", Role.OWNER)
PLAIN = "what would a wise old house tell its people about rainy sundays"
COSY = "it is terribly gloomy where the soup is made, do something about that"


def main() -> None:
    logging.disable(logging.WARNING)
    console = Console(width=120)
    turns = Table(title="A model turn, Dobby's own share (ms)", title_justify="left")
    for name in ("devices", "tool calls", "turns", "p50", "p95", "aim p50"):
        turns.add_column(name, justify="right")
    for size in SIZES:
        for calls, aim in AIM_MS.items():
            spent = _in_a_folder(own_share, size, calls)
            turns.add_row(
                f"{size:,}", str(calls), str(len(spent)), f"{percentile(spent, 0.5):.1f}",
                f"{percentile(spent, 0.95):.1f}", f"< {aim:g}",
            )  # fmt: skip
    console.print(turns)
    title = "The first request for “turn on the kitchen light”"
    weights = Table(title=title, title_justify="left")
    for name in ("devices", "tools", "bytes", "tokens", "of them tools", "aim tokens"):
        weights.add_column(name, justify="right")
    for size in SIZES:
        request = _in_a_folder(first_request, size)
        weight, tools = len(request), len(json.dumps(json.loads(request)["tools"]))
        aim = AIM_TOKENS.get(size)
        weights.add_row(
            f"{size:,}", str(len(json.loads(request)["tools"])), f"{weight:,}", f"{weight // 4:,}",
            f"{tools // 4:,}", f"< {aim:,}" if aim else "",
        )  # fmt: skip
    console.print(weights)


def _in_a_folder(work: Any, *given: Any) -> Any:
    with tempfile.TemporaryDirectory(prefix="dobby-bench-") as home:
        return asyncio.run(work(Path(home), *given))


async def own_share(home: Path, size: int, calls: int) -> list[float]:
    """Milliseconds of whole turns, less what the model and the devices took of them."""
    spent: list[float] = []
    async with answering() as model, parts(home, size, model.url) as (house, toolbox, brain):
        reflex = Language()
        reflex.warm(house)
        await brain.warm()
        agent = Agent(house, toolbox, reflex, brain)
        device = next(d.name for d in house.devices.values() if d.kind == "light")
        model.call = {"devices": [device], "on": True} if calls else None
        for number in range(TURNS + 1):
            said = Said(COSY if calls else PLAIN, Caller(OWNER, datetime.now(UTC)))
            busy = model.busy_s + Stopwatch.busy_s
            began = time.perf_counter()
            answer = await agent.turn(said, Talk())
            took = time.perf_counter() - began
            assert (answer.brain, len(answer.calls)) == ("model", calls), answer
            if number:  # the first makes the connection
                spent.append((took - (model.busy_s + Stopwatch.busy_s - busy)) * 1e3)
    return spent


async def first_request(home: Path, size: int) -> bytes:
    """As it went over the wire."""

    async def act(calls: Sequence[ToolCall]) -> list[ToolResult]:
        return []

    async with answering() as model, parts(home, size, model.url) as (_, _, brain):
        said = Said("turn on the kitchen light", Caller(OWNER, datetime.now(UTC)))
        await brain.think(said, act, None)
        return model.requests[0]


@asynccontextmanager
async def parts(
    home: Path, size: int, url: str
) -> AsyncGenerator[tuple[House, Toolbox, ModelBrain]]:
    async with Store(home / "dobby.db") as store, House((Stopwatch,), store.vault) as house:
        await furnish(house, house_file(size))
        toolbox = Toolbox(house, built_in(house, StoreNotebook(store)))
        settings = ModelSettings(base_url=HttpUrl(url))
        brain = ModelBrain(settings, home, house, toolbox, ModelMemory(store))
        try:
            yield house, toolbox, brain
        finally:
            await brain.close()


@dataclass
class InstantModel:
    """Answers as a model would, with one tool call first if ``call`` says so."""

    url: str = ""
    call: dict[str, Any] | None = None
    busy_s: float = 0.0
    requests: list[bytes] = field(default_factory=list[bytes])

    async def answer(self, request: web.Request) -> web.Response:
        began = time.perf_counter()
        raw = await request.read()
        self.requests.append(raw)
        asked = isinstance(json.loads(raw)["messages"][-1]["content"], str)
        called = self.call if asked else None
        data = _stream(called)
        self.busy_s += time.perf_counter() - began
        return web.Response(body=data, content_type="text/event-stream")


def _stream(call: dict[str, Any] | None) -> bytes:
    """Messages API events of a short text, or of a call of ``power``."""
    if call is None:
        block: dict[str, Any] = {"type": "text", "text": ""}
        delta = {"type": "text_delta", "text": "Stay in, and listen to the roof."}
    else:
        block = {"type": "tool_use", "id": "toolu_1", "name": "power", "input": {}}
        delta = {"type": "input_json_delta", "partial_json": json.dumps(call)}
    message: dict[str, Any] = {
        "id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": [],
        "stop_reason": None, "stop_sequence": None,
        "usage": {"input_tokens": 10, "output_tokens": 1},
    }  # fmt: skip
    stop = {"stop_reason": "tool_use" if call else "end_turn", "stop_sequence": None}
    events: list[dict[str, Any]] = [
        {"type": "message_start", "message": message},
        {"type": "content_block_start", "index": 0, "content_block": block},
        {"type": "content_block_delta", "index": 0, "delta": delta},
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": stop, "usage": {"output_tokens": 20}},
        {"type": "message_stop"},
    ]
    return b"".join(f"event: {e['type']}\ndata: {json.dumps(e)}\n\n".encode() for e in events)


@asynccontextmanager
async def answering() -> AsyncGenerator[InstantModel]:
    model = InstantModel()
    app = web.Application(client_max_size=2**24)
    app.router.add_post("/v1/messages", model.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    model.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield model
    finally:
        await runner.cleanup()


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


if __name__ == "__main__":
    main()
