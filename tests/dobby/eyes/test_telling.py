"""What waits for a daemon that is away, and what is dropped when too much does."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path

import pytest

from dobby.eyes.client import DaemonAway, DaemonClient, TokenRefused
from dobby.eyes.telling import MOST, MOST_BYTES, Telling
from dobby.vision.reports import Box, Leftover, Live, Picture, Report, Reports, Scene, Sight
from tests.dobby.eyes.door import Door, door
from tests.dobby.eyes.looks import START

MEGABYTE = bytes(1024 * 1024)


def scene(second: int, camera: str = "a", *pictures: bytes) -> Scene:
    when = START + timedelta(seconds=second)
    return Scene(camera=camera, at=when, pictures=tuple(Picture(jpeg=jpeg) for jpeg in pictures))


def leftover(second: int) -> Leftover:
    where = Box(left=0, top=0, right=1, bottom=1)
    return Leftover(camera="a", at=START + timedelta(seconds=second), change="left", box=where)


def live(second: int, camera: str = "a") -> Live:
    return Live(camera=camera, at=START + timedelta(seconds=second), jpeg=b"x")


def sight(camera: str = "a") -> Sight:
    return Sight(camera=camera, at=START, state="offline")


@pytest.fixture
async def daemon(tmp_path: Path) -> AsyncGenerator[Door]:
    async with door(tmp_path) as opened:
        yield opened


@contextlib.asynccontextmanager
async def telling(daemon: Door, *before: Report) -> AsyncGenerator[Telling]:
    """These are told before anything is brought."""
    async with DaemonClient(daemon.url, daemon.token) as client:
        teller = Telling(client, "run")
        for report in before:
            teller.tell(report)
        work = asyncio.create_task(teller.run())
        try:
            yield teller
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


async def told(daemon: Door, *before: Report, last: Report) -> list[Report]:
    """What the daemon hears of all this, in its order."""
    async with telling(daemon, *before, last):
        await daemon.desk.until(lambda: last in daemon.desk.told(type(last)))
    return [report for batch in daemon.desk.batches for report in batch.reports]


async def test_all_is_told_in_order(daemon: Door) -> None:
    reports = [scene(n) for n in range(250)]
    assert await told(daemon, *reports, last=sight()) == [*reports, sight()]
    assert len(daemon.desk.batches) == 3
    assert [batch.number for batch in daemon.desk.batches] == [1, 2, 3]


async def test_large_pictures_go_in_batches_that_the_daemon_takes(daemon: Door) -> None:
    reports = [scene(n, "a", MEGABYTE) for n in range(12)]
    assert len(await told(daemon, *reports, last=sight())) == 13
    assert len(daemon.desk.batches) >= 3


async def test_of_live_frames_only_the_newest_is_told(daemon: Door) -> None:
    waiting = [live(1), live(2), live(1, "b"), live(3)]
    assert await told(daemon, *waiting, last=sight()) == [live(1, "b"), live(3), sight()]


async def test_when_too_much_waits_what_matters_stays(daemon: Door) -> None:
    kept = [sight("b"), leftover(0), scene(1, "a", b"picture")]
    flood = [scene(n) for n in range(2, 2 * MOST)]
    heard = await told(daemon, *kept, live(1), *flood, last=sight())
    assert heard[:3] == kept
    assert flood[-1] in heard
    assert live(1) not in heard
    assert len(heard) <= MOST
    times = [report.at for report in heard if isinstance(report, Scene)]
    assert times == sorted(times)


async def test_pictures_that_wait_have_an_end(daemon: Door) -> None:
    flood = [scene(n, "a", MEGABYTE) for n in range(100)]
    heard = await told(daemon, *flood, last=sight())
    assert len(heard) <= MOST_BYTES / len(MEGABYTE) + 1
    assert flood[-1] in heard


async def test_what_the_daemon_never_takes_is_dropped_and_the_rest_is_told(daemon: Door) -> None:
    await told(daemon, scene(1, "a", bytes(9 * 1024 * 1024)), last=sight())
    assert [batch.number for batch in daemon.desk.batches][-1] >= 1
    assert sight() in daemon.desk.told(Sight)


async def test_a_daemon_that_ends_idle_connections_is_not_away(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """As uvicorn does after 5 s, which is how often what stands is told: now and then just while
    the next report is on its way."""
    asked = 0

    async def daemon(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        while True:  # one answer a connection; the next request meets its end
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            if asked % 2:
                asked += 1
                break
            asked += 1
            writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(daemon, "127.0.0.1")
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, DaemonClient(url, "token") as client:
        for number in range(5):
            sent = Reports(run="run", number=number, sent=START, reports=(scene(number),))
            await client.report(sent)
    assert asked == 9
    assert not caplog.records


async def test_what_was_told_while_the_daemon_is_away_goes_again(daemon: Door) -> None:
    await daemon.shut()
    async with telling(daemon, scene(1)) as teller:
        await asyncio.sleep(0.5)
        teller.tell(scene(2))
        await daemon.open()
        await daemon.desk.until(lambda: len(daemon.desk.told(Scene)) == 2)
    assert daemon.desk.told(Scene) == [scene(1), scene(2)]


async def test_the_daemon_says_what_is_wrong(daemon: Door) -> None:
    async with DaemonClient(daemon.url, "guess") as client:
        with pytest.raises(TokenRefused):
            await client.plan("")
    await daemon.shut()
    async with DaemonClient(daemon.url, daemon.token) as client:
        with pytest.raises(DaemonAway):
            await client.plan("")
