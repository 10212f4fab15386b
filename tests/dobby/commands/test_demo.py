"""What the demo and the daemon say when they start is so; and the command line finds them."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from devices.device import Ability, Device
from dobby.commands import demo
from dobby.settings import SettingsError, VisionSettings
from dobby.vision.reports import Reports, Sight
from tests.dobby.web.conftest import running

DOBBY = [sys.executable, "-c", "from dobby.commands.cli import main; main()"]
START_S = 60.0
ADDRESS = "rtsp://127.0.0.1:9/front"
DOOR = Device(
    id="camera:front", name="front door", kind="camera", abilities=(Ability(kind="snapshot"),)
)


def bare(home: Path, **more: str) -> dict[str, str]:
    """Somebody who never heard of settings."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("DOBBY_")}
    return {**own, "HOME": str(home), **more}


@dataclass
class Started:
    folder: Path
    said: str
    process: asyncio.subprocess.Process


@pytest.fixture
async def started(tmp_path: Path) -> AsyncIterator[Started]:
    """``dobby demo`` in a folder of its own, with no footage and no way to fetch it."""
    with socket.socket() as taken:  # it has to move to another port
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = await asyncio.create_subprocess_exec(
            *(*DOBBY, "demo", "--port", str(taken.getsockname()[1])),
            stderr=subprocess.PIPE, env=bare(tmp_path, https_proxy="http://127.0.0.1:9"),
            cwd=tmp_path,
        )  # fmt: skip
        assert process.stderr is not None
        said = ""
        try:
            async with asyncio.timeout(START_S):
                while demo.DARK not in said and demo.WATCHED not in said:
                    line = await process.stderr.readline()
                    assert line, said
                    said += line.decode()
            yield Started(tmp_path, said, process)
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGINT)
            rest = (await process.communicate())[1].decode()
        assert demo.WATCHED not in rest, "nobody can be seen"


async def say(cwd: Path, environment: dict[str, str], *words: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *(*DOBBY, "say", *words), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=environment, cwd=cwd,
    )  # fmt: skip
    return (await process.communicate())[0].decode()


@pytest.mark.timeout(240)
async def test_the_demo_claims_nothing_and_is_found(started: Started, tmp_path: Path) -> None:
    assert demo.DARK in started.said
    assert demo.WATCHED not in started.said
    assert "The lights and the HomeKit devices wait" in started.said, "no other camera is there"
    command = re.search(r"another terminal:  dobby say (.+)", started.said)
    assert command, started.said
    words = command[1].split()
    assert "plays" in await say(tmp_path, bare(tmp_path), *words), "in the folder of the demo"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert "Has the daemon ever run?" in await say(elsewhere, bare(tmp_path), "hello")
    named = bare(tmp_path, DOBBY_HOME=str(tmp_path / ".demo"))
    assert "plays" in await say(elsewhere, named, *words), "or with its home named"


def test_the_demo_keeps_out_of_a_real_house(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DOBBY_HOME", raising=False)
    assert demo.home_of(None) == tmp_path / ".demo"
    monkeypatch.setenv("DOBBY_HOME", str(tmp_path / "own"))
    assert demo.home_of(None) == tmp_path / "own"
    assert demo.home_of(Path("other")) == tmp_path / "other"
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "dobby.db").touch()
    with pytest.raises(SettingsError, match="real house"):
        demo.home_of(None)
    (tmp_path / "own" / "house").mkdir()
    assert demo.home_of(None) == tmp_path / "own", "one that the demo had before"


async def test_the_front_door_is_watched_only_when_it_is(tmp_path: Path) -> None:
    vision = VisionSettings(model="own.onnx")
    async with running(tmp_path, vision=vision, demo_control="") as page:
        daemon, watch = page.daemon, page.daemon.watch
        assert await demo._watching(daemon, ADDRESS) == demo.DARK, "nothing is at that address"
        page.settle(DOOR, Device(id="homekit:1", name="Front door", kind="lock"))
        assert await demo._watching(daemon, ADDRESS) == "", "nobody said that it is to be watched"
        await watch.change(DOOR.id, looks_at="front door", watched=True)
        assert await demo._watching(daemon, ADDRESS) == "", "no eyes said anything"

        async def seen(number: int, state: str, why: str = "") -> str:
            now = datetime.now(UTC)
            sight = Sight(camera=DOOR.id, at=now, state=state, why=why)  # type: ignore[arg-type]
            await watch.take(Reports(run="eyes", number=number, sent=now, reports=(sight,)))
            return await demo._watching(daemon, ADDRESS)

        assert await seen(1, "offline") == ""
        assert await seen(2, "seeing") == "", "there are no weights to see anybody with"
        blind = await seen(3, "blind", "the detector's model could not be fetched.")
        assert blind == "The front door is not watched: the detector's model could not be fetched."
        (tmp_path / "models").mkdir()
        (tmp_path / "models" / "own.onnx").touch()
        assert await seen(4, "seeing") == demo.WATCHED
        await watch.change(DOOR.id, private=True)
        assert await demo._watching(daemon, ADDRESS) == "", "it was made private"


@pytest.mark.timeout(180)
@pytest.mark.parametrize("terminal", [True, False])
async def test_run_prints_a_link_on_a_terminal_and_no_secret_into_a_log(
    tmp_path: Path, terminal: bool
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ours, theirs = pty.openpty() if terminal else os.pipe()
    environment = bare(tmp_path, DOBBY_PORT=str(port), DOBBY_INTERFACES='["127.0.0.1"]')
    process = await asyncio.create_subprocess_exec(*DOBBY, "run", stderr=theirs, env=environment)
    os.close(theirs)
    said = ""
    try:
        async with asyncio.timeout(START_S):
            while ("login#" if terminal else "ready") not in said:
                said += (await asyncio.to_thread(os.read, ours, 4096)).decode()
        token = (tmp_path / ".dobby" / "web.token").read_text().strip()
        assert (f"http://127.0.0.1:{port}/login#token={token}" in said) == terminal
        assert (token in said) == terminal
        assert str(tmp_path / ".dobby" / "web.token") in said, "where to find it"
    finally:
        process.send_signal(signal.SIGINT)
        await process.wait()
        os.close(ours)
