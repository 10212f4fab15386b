"""Eyes on another machine, so to speak: ``dobby eyes`` as a process of its own beside the whole
daemon, either of which is killed while somebody is at the door."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import pytest

from dobby.eyes.frames import Image
from tests.dobby.endtoend.processes import DOBBY, DaemonProcess, daemon, free_port, logged, process
from tests.dobby.eyes.detector_models import home_with_model
from tests.dobby.eyes.mjpeg_camera import MjpegCamera, mjpeg_camera
from tests.peers.cameras import PEOPLE, footage

pytestmark = pytest.mark.timeout(240)

SOON_S = 90.0
REFUSED = "The daemon does not take the eyes' token."
SOMEBODY = "Someone is at the front door"


@dataclass
class Street:
    """What the camera sees: nobody, until the test has somebody come or go."""

    films: dict[str, list[Image]]
    camera: MjpegCamera | None = None
    _film: list[Image] = field(default_factory=list)
    _began: int = 0

    async def play(self, name: str) -> None:
        """That film to its end, where the picture stays."""
        assert self.camera is not None
        self._film, self._began = self.films[name], self.camera.number
        await self.camera.shows(2 * len(self._film) + 5)

    def paint(self, number: int) -> Image:
        """The clip has half the camera's pictures a second."""
        film = self._film or self.films["nobody"]
        return film[min((number - self._began) // 2, len(film) - 1)]


@pytest.fixture(scope="module")
def films() -> dict[str, list[Image]]:
    video = cv2.VideoCapture(str(footage(PEOPLE)))

    def cut(start: float, end: float) -> list[Image]:
        video.set(cv2.CAP_PROP_POS_MSEC, 1000 * start)
        return [video.read()[1] for _ in range(round(10 * (end - start)))]

    return {
        "nobody": cut(1, 1.1),
        "one comes": cut(4.5, 10),
        "and goes": cut(17, 21.5),
        "another comes": cut(21.5, 27),
        "and goes, too": cut(42, 46.5),
    }


@pytest.fixture
async def street(films: dict[str, list[Image]]) -> AsyncGenerator[Street]:
    street = Street(films)
    async with mjpeg_camera(street.paint) as street.camera:
        yield street


@dataclass
class House:
    """The daemon, which may be killed and started again, and its eyes."""

    folder: Path
    port: int = field(default_factory=free_port)
    daemon: DaemonProcess | None = None
    _running: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def start(self) -> DaemonProcess:
        starting = daemon(
            self.folder / "home", self.port, VISION__EYES="elsewhere", VISION__QUIET_S=3
        )
        self.daemon = await self._running.enter_async_context(starting)
        return self.daemon

    async def kill(self) -> None:
        assert self.daemon is not None
        self.daemon.process.kill()
        await self.daemon.process.wait()
        await self._running.aclose()

    async def stop(self) -> None:
        await self._running.aclose()

    @contextlib.asynccontextmanager
    async def eyes(
        self, name: str = "eyes", token: str = ""
    ) -> AsyncGenerator[tuple[asyncio.subprocess.Process, Path]]:
        """The process, and its log; from a home of its own, with a copy of the token."""
        assert self.daemon is not None
        file, log = self.folder / f"{name}.token", self.folder / f"{name}.log"
        file.write_text(token or (self.daemon.home / "eyes.token").read_text())
        home = self.folder / name
        if not home.exists():
            home_with_model(home)
        url = f"http://127.0.0.1:{self.port}"
        command = (str(DOBBY), "eyes", "--daemon", url, "--token-file", str(file))
        async with process(log, *command, env={"DOBBY_HOME": str(home)}, ready="") as (it, _):
            yield it, log

    async def until(self, path: str, true: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        assert self.daemon is not None
        async with asyncio.timeout(SOON_S):
            while not true(told := await self.daemon.get(path)):  # noqa: ASYNC110
                await asyncio.sleep(0.2)
        return told

    async def incidents(self, count: int, over: bool = False) -> list[dict[str, Any]]:
        """The newest first, once there are so many; and all of them over, if that is waited for."""

        def there(told: dict[str, Any]) -> bool:
            found = told["incidents"]
            return len(found) >= count and (not over or all(one["ended"] for one in found))

        return (await self.until("/api/incidents", there))["incidents"]

    async def told(self) -> int:
        """How many alerts are on the page."""
        assert self.daemon is not None
        told = (await self.daemon.get("/api/history"))["lines"]
        return sum(line["who"] == "dobby" and "at the front door" in line["text"] for line in told)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[House]:
    house = House(tmp_path)
    await house.start()
    try:
        yield house
    finally:
        await house.stop()


async def watch_the_door(house: House, street: Street) -> None:
    assert house.daemon is not None
    assert street.camera is not None
    added = await house.daemon.post("/api/cameras/add", url=street.camera.url(), name="front door")
    assert added["words"] == "I watch the front door now."


async def somebody_comes(house: House, street: Street, number: int = 1) -> list[dict[str, Any]]:
    """What has happened, once that is so much. Who came before the eyes were ready is no news, and
    goes again."""
    assert house.daemon is not None
    async with asyncio.timeout(SOON_S):
        while True:
            await street.play("one comes")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(3):
                    return await house.incidents(number)
            await street.play("and goes")


async def test_a_wrong_token_is_said_once_and_locks_nobody_out(house: House) -> None:
    assert house.daemon is not None
    async with house.eyes(token="of another house") as (eyes, log):
        await logged(log, REFUSED, eyes)
        await asyncio.sleep(5)
        assert eyes.returncode is None, "the right one may be put there"
        assert log.read_text().count(REFUSED) == 1
        right = (house.daemon.home / "eyes.token").read_text().strip()
        headers = {"Authorization": f"Bearer {right}"}
        plan = f"{house.daemon.url}/eyes/plan"
        async with house.daemon.session.get(plan, headers=headers) as answer:
            assert answer.status == 200, "from the same address"
    assert "of another house" not in log.read_text() + house.daemon.log.read_text()


async def test_a_token_that_is_not_there_is_said(house: House, tmp_path: Path) -> None:
    command = (str(DOBBY), "eyes", "--daemon", house.daemon.url, "--token-file", "nowhere")
    env = {**os.environ, "DOBBY_HOME": str(tmp_path / "other")}
    eyes = await asyncio.create_subprocess_exec(
        *command, env=env, stderr=asyncio.subprocess.PIPE, cwd=tmp_path
    )
    _, said = await eyes.communicate()
    assert eyes.returncode not in (0, None)
    assert b"Copy eyes.token from the" in said
    assert b"Traceback" not in said


async def test_the_daemon_is_killed_while_somebody_is_there_and_another_comes(
    house: House, street: Street
) -> None:
    async with house.eyes() as (eyes, log):
        await watch_the_door(house, street)
        before = await somebody_comes(house, street)
        says = before[0]["says"].replace(" was ", " is ")  # they may be gone on a busy machine
        assert says.startswith(SOMEBODY)
        assert before[0]["told"]
        await house.kill()
        await street.play("and goes")
        await street.play("another comes")
        await street.play("and goes, too")
        assert eyes.returncode is None
        await logged(log, "What is seen is kept, and told later", eyes)
        await house.start()
        await house.incidents(len(before) + 1)
        await asyncio.sleep(1.0)  # the last is told now, and an alert too many would come now
        found = await house.incidents(len(before) + 1)
        # Eyes that get few pictures on a busy machine may see one visitor as two.
        assert [one["id"] for one in found[-len(before) :]] == [one["id"] for one in before]
        assert await house.told() == sum(one["told"] for one in found), "each once"


async def test_the_eyes_are_killed_while_somebody_is_there(house: House, street: Street) -> None:
    async with house.eyes() as (eyes, _):
        await watch_the_door(house, street)
        before = await somebody_comes(house, street)
        eyes.kill()
        await eyes.wait()
    async with house.eyes():
        await street.play("and goes")
        await house.incidents(len(before), over=True)  # that they went was missed, and they have
        found = await somebody_comes(house, street, len(before) + 1)
        assert {one["id"] for one in before} < {one["id"] for one in found}
        assert await house.told() == sum(one["told"] for one in found), "each once"
