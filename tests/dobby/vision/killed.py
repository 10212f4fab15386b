"""A watch in a process of its own, told a story from a given report on: to be killed at it.

``python -m tests.dobby.vision.killed HOME FIRST``: prints the number of each report taken.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from dobby.vision.reports import Report, Reports
from tests.dobby.vision.conftest import DOOR, opened_world
from tests.dobby.vision.stories import START, leftover, stays, track

PEOPLE = 10


def story() -> list[Report]:
    """Ten people, 90 seconds apart; every other one leaves something."""
    told: list[Report] = []
    for number in range(PEOPLE):
        start = number * 90
        person = track(f"p{number}", (number * 0.25) % 1, since=start)
        told += stays(start, start + 4, person, camera=DOOR)
        if number % 2:
            told.append(leftover(start + 9, left=0.95, top=0.9, camera=DOOR))
    return told


async def main(home: Path, first: int) -> None:
    async with opened_world(home) as world:
        reports = story()
        begin = (reports[first].at - START).total_seconds()
        world.clock = world.watch.clock = reports[first].at
        await world.watch.load()
        await world.watching()
        for number, report in enumerate(reports[first:], start=first):
            await world.until((report.at - START).total_seconds())
            told = Reports(run="eyes", number=number, sent=world.clock, reports=(report,))
            await world.watch.take(told)
            print(number, flush=True)  # noqa: T201 - the receipt that eyes would get
        await world.until(begin + len(reports) * 90)
        print("done", flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
