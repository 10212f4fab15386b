"""Models found, fetched from a real server, and refused."""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from devices.published import Published
from dobby.eyes import weights
from dobby.eyes.frames import NoWeights
from dobby.eyes.weights import Model, fetch, find, ready
from dobby.settings import VisionSettings
from tests.dobby.eyes.detector_models import YOLOX, home_with_model

CONTENT = random.Random(1).randbytes(200_000)
SHA = hashlib.sha256(CONTENT).hexdigest()


class Publisher:
    """A server of one file, which may misbehave; counts who asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.content = CONTENT
        self.does = "well"
        self.url = ""

    def model(self, *others: Published) -> Model:
        return Model(YOLOX, (*others, Published(self.url, SHA, len(CONTENT))))

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.asked += 1
        if self.does == "lacks":
            raise web.HTTPNotFound
        if self.does == "well":
            return web.Response(body=self.content)
        response = web.StreamResponse()
        if self.does == "cuts":
            response.content_length = len(CONTENT)
        await response.prepare(request)
        await response.write(CONTENT[:1000])
        if self.does == "cuts":
            assert request.transport
            request.transport.abort()
            return response
        while True:  # drips
            await asyncio.sleep(0.05)
            await response.write(b"x")


@asynccontextmanager
async def _publisher() -> AsyncGenerator[Publisher]:
    publisher = Publisher()
    app = web.Application()
    app.router.add_get("/{path:.*}", publisher.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    publisher.url = f"http://127.0.0.1:{runner.addresses[0][1]}/{YOLOX}"
    try:
        yield publisher
    finally:
        await runner.cleanup()


@pytest.fixture
async def publisher() -> AsyncGenerator[Publisher]:
    async with _publisher() as one:
        yield one


async def test_fetched_once_and_whole(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(weights.OWN, "onnx", publisher.model())
    path = await ready(VisionSettings(), tmp_path)
    assert path == tmp_path / "models" / YOLOX
    assert path.read_bytes() == CONTENT
    assert await ready(VisionSettings(), tmp_path) == path
    assert publisher.asked == 1
    assert os.listdir(path.parent) == [YOLOX]


@pytest.mark.parametrize(
    ("does", "content", "why"),
    [
        ("lacks", CONTENT, "404"),
        ("cuts", CONTENT, ""),
        ("well", CONTENT[:-1] + b"!", "not what was published"),
        ("well", CONTENT[:100], "not what was published"),
        ("well", b"", "not what was published"),
        ("well", CONTENT + b"!", "more than 200000 bytes"),
        ("well", b"\0" * 30_000_000, "more than 200000 bytes"),
    ],
)
async def test_nothing_else_is_kept(
    does: str, content: bytes, why: str, publisher: Publisher, tmp_path: Path
) -> None:
    publisher.does, publisher.content = does, content
    with pytest.raises(NoWeights) as told:
        await fetch(publisher.model(), tmp_path)
    assert why in str(told.value)
    assert f"Put {YOLOX} into {tmp_path}; it is at {publisher.url}" in str(told.value)
    assert os.listdir(tmp_path) == []


async def test_slow_drip_ends_at_the_deadline(publisher: Publisher, tmp_path: Path) -> None:
    publisher.does = "drips"
    with pytest.raises(NoWeights, match="too long"):
        await fetch(publisher.model(), tmp_path, deadline_s=0.4)
    assert os.listdir(tmp_path) == []


async def test_nobody_there(tmp_path: Path) -> None:
    model = Model(YOLOX, (Published("http://127.0.0.1:9/x", SHA, 10),))
    with pytest.raises(NoWeights, match="could not be fetched"):
        await fetch(model, tmp_path)


async def test_another_publisher_is_asked_when_one_fails(
    publisher: Publisher, tmp_path: Path
) -> None:
    async with _publisher() as other:
        other.content = b"something else"
        first = Published(other.url, "0" * 64, 100)
        path = await fetch(publisher.model(first), tmp_path)
    assert path.read_bytes() == CONTENT
    assert (other.asked, publisher.asked) == (1, 1)


async def test_folder_that_cannot_be_written(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where the folder should be")
    with pytest.raises(NoWeights, match="could not be fetched"):
        await fetch(publisher.model(), tmp_path / "models")


async def test_file_of_another_content_is_neither_loaded_nor_replaced(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(weights.OWN, "onnx", publisher.model())
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / YOLOX).write_bytes(b"the owner's own")
    with pytest.raises(NoWeights, match="not the file that was published"):
        await ready(VisionSettings(), tmp_path)
    assert (tmp_path / "models" / YOLOX).read_bytes() == b"the owner's own"
    assert publisher.asked == 0


async def test_found_in_the_home_folder(tmp_path: Path) -> None:
    home = home_with_model(tmp_path / "home")
    assert await find(VisionSettings(), home) == home / "models" / YOLOX
    assert await find(VisionSettings(backend="openvino"), home) == home / "models" / YOLOX


@pytest.mark.parametrize("absolute", [False, True])
async def test_model_that_the_owner_names(absolute: bool, tmp_path: Path) -> None:
    path = tmp_path / "models" / "mine.onnx"
    settings = VisionSettings(model=str(path) if absolute else "mine.onnx")
    with pytest.raises(NoWeights, match=r"no model .*mine\.onnx"):
        await ready(settings, tmp_path)
    path.parent.mkdir()
    path.write_bytes(b"of any content")
    assert await ready(settings, tmp_path) == path


async def test_missing_model_is_seen_when_it_appears(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "LOOK_S", 0.05)
    settings = VisionSettings(model="mine.onnx")
    appearing = asyncio.create_task(weights.appeared(settings, tmp_path))
    await asyncio.sleep(0.2)
    assert not appearing.done()
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "mine.onnx").write_bytes(b"x")
    async with asyncio.timeout(20):
        await appearing
