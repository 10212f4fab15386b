"""A camera that is private tells nobody of motion: whatever it says, what leaves the daemon for it
is byte for byte what leaves when it says nothing."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from devices.capabilities import Reading, Snapshot
from devices.device import Ability, Device
from devices.driver import Away, DriverEvent, Found, Update
from tests.dobby.web.conftest import Page, Stream, running

DRIVE = "camera:drive"
CAMERA = Device(
    id=DRIVE,
    name="Drive camera",
    kind="camera",
    room="Drive",
    abilities=(Ability(kind="snapshot"), Ability(kind="reading")),
)
LAMP = Device(id="hue:1", name="Hall lamp", kind="light", room="Hall")
MOVES = Reading(motion=True)
ASKED = (
    "is there motion at the drive camera?",
    "is there any motion?",
    "is anyone at the drive?",
    "is the drive camera moving?",
    "what is the drive camera doing?",
    "what does the drive camera see?",
    "what happened at the drive?",
    "which cameras see motion?",
    "how is the house?",
)
PATHS = ("/api/house", "/api/cameras", "/api/incidents", "/api/history")

MORNING, EVENING = ("00:00", "12:00"), ("12:00", "00:00")
PRIVATE: dict[str, dict[str, Any]] = {
    "by the switch": {"private": True},
    "by the hour": {
        "private_hours": [{"start": "00:00", "end": "12:00"}, {"start": "12:00", "end": "00:00"}]
    },
}
SAID = (
    Update(DRIVE, {"reading": MOVES}),
    Update(DRIVE, {"reading": Reading(motion=False)}),
    Update(DRIVE, {"reading": Reading(occupancy=True)}),
    Found((CAMERA,)),
    Update(DRIVE, {"reading": Reading(motion=True, occupancy=False)}, whole=True),
    Update(DRIVE, {"reading": MOVES}),
)


async def leaving(home: Path, private: dict[str, Any], said: Sequence[DriverEvent]) -> list[Any]:
    """Everything that a page, its API and its chat are told while the camera is private."""
    async with running(home) as page:
        page.settle(CAMERA, LAMP)
        await page.daemon.watch.change(DRIVE, looks_at="drive", watched=True, **private)
        told: list[Any] = []
        async with page.stream() as stream:
            told.append(await stream.next("hello"))
            for event in said:
                page.daemon.house.publish(event)
                await asyncio.sleep(0.1)  # each is told by itself, if it is
            page.daemon.house.publish(Update("hue:1", {"reading": Reading(temperature=21)}))
            told.append(await stream.next("devices", "house", "incident"))
        told += [await (await page.post("/api/say", {"text": words})).json() for words in ASKED]
        for path in PATHS:
            async with page.session.get(page.url + path, headers=page.bearer) as answer:
                told.append(await answer.json())
        return told


def alike(told: list[Any]) -> str:
    """Without the times and numbers that differ from run to run by themselves."""
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    text = re.sub(r'"(at|id)": "[^"]*"', r'"\1": ""', text)
    return re.sub(r"\d\d?:\d\d", "0:00", text)


@pytest.mark.parametrize("private", PRIVATE)
async def test_whatever_a_private_camera_says_nothing_of_it_leaves(
    tmp_path: Path, private: str
) -> None:
    silent = alike(await leaving(tmp_path / "silent", PRIVATE[private], ()))
    assert "no motion" not in silent
    assert alike(await leaving(tmp_path / "moving", PRIVATE[private], SAID)) == silent


def says(house: dict[str, Any]) -> str:
    return next(d["says"] for r in house["rooms"] for d in r["devices"] if d["id"] == DRIVE)


async def tile(stream: Stream) -> str:
    """What the camera's tile says next."""
    while True:
        for device in (await stream.next("devices"))["devices"]:
            if device["id"] == DRIVE:
                return str(device["says"])


async def test_the_tile_forgets_at_once_and_shows_nothing_of_it_afterwards(page: Page) -> None:
    house, watch = page.daemon.house, page.daemon.watch
    page.settle(CAMERA)
    await watch.change(DRIVE, looks_at="drive", watched=True)
    house.publish(Update(DRIVE, {"reading": MOVES, "snapshot": Snapshot()}))
    async with page.stream() as stream:
        assert says((await stream.next("hello"))["house"]) == "motion"
        await watch.change(DRIVE, private=True)
        assert await tile(stream) == "private"
        house.publish(Update(DRIVE, {"reading": MOVES}))
        await watch.change(DRIVE, private=False)
        assert await tile(stream) == "", "neither what was before nor what was meanwhile"
        house.publish(Update(DRIVE, {"reading": Reading(motion=False)}))
        assert await tile(stream) == "no motion"


async def test_what_else_a_private_camera_measures_is_told(page: Page) -> None:
    house = page.daemon.house
    page.settle(CAMERA)
    await page.daemon.watch.change(DRIVE, looks_at="drive", private=True)
    house.publish(Update(DRIVE, {"reading": Reading(motion=True, battery=12, temperature=4)}))
    assert house.state(DRIVE) == {"reading": Reading(battery=12, temperature=4)}


async def test_a_private_camera_that_is_away_stays_so_when_it_tells_of_motion(page: Page) -> None:
    house = page.daemon.house
    page.settle(CAMERA)
    await page.daemon.watch.change(DRIVE, looks_at="drive", private=True)
    house.publish(Away((DRIVE,)))
    house.publish(Update(DRIVE, {"reading": MOVES}))
    assert DRIVE in house.away
