"""Footage for the demo's cameras: found in a folder, or fetched from its publisher on first use.

The clips are Intel's sample videos (https://github.com/intel-iot-devkit/sample-videos), under the
Creative Commons Attribution 4.0 licence; nothing in them is changed but where they are cut.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from pathlib import Path

from devices import published
from devices.device import DeviceError
from devices.published import NotFetched, Published
from devices.virtual.camera.clip import BadClip, Clip

DEADLINE_S = 120.0
LOOK_S = 2.0


class NoFootage(DeviceError):
    """There is none; the message says which file to put where."""


@dataclass(frozen=True)
class Footage:
    """A clip as its publisher has it, at a commit."""

    name: str
    url: str
    sha256: str
    size: int  # bytes


_INTEL = "https://github.com/intel-iot-devkit/sample-videos/raw"
PEOPLE = Footage(
    "one-by-one-person-detection.mp4",
    f"{_INTEL}/294517a8d149759972f9a0501accde274e469ba5/one-by-one-person-detection.mp4",
    "a5964aa259099a482a8b360ffc2c57b5a30f84d5919236a4dad01f8e929ac07c",
    3_291_918,
)
CARS = Footage(
    "car-detection.mp4",
    f"{_INTEL}/e9ab59cac368a61f7741a2373d7e79607c2f5e44/car-detection.mp4",
    "d31e0ebf194cc16e50eea784e7c3b0b1bb7976a4fb9b3fec26cb92a6704cca34",
    2_811_553,
)


async def fetch(footage: Footage, folder: Path, deadline_s: float = DEADLINE_S) -> None:
    """Into the folder, whole and checked or not at all. Raises NoFootage."""
    wanted = Published(footage.url, footage.sha256, footage.size)
    try:
        await published.fetch(wanted, folder / footage.name, deadline_s)
    except NotFetched as error:
        raise NoFootage(
            f"{footage.name} could not be fetched ({error}). Put it into {folder}; it is at "
            f"{footage.url}."
        ) from error


async def appeared(footage: Footage, folder: Path) -> None:
    """Wait until somebody has put the file there, all of it."""
    while not await asyncio.to_thread(_is_whole, footage, folder / footage.name):  # noqa: ASYNC110
        await asyncio.sleep(LOOK_S)


def load(footage: Footage, folder: Path) -> Clip:
    """What lies in the folder; some fifty milliseconds of work and disk. Raises NoFootage."""
    path = folder / footage.name
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != footage.sha256:
            raise NoFootage(f"{path} is not the file that was published. Remove it and start anew.")
        return Clip.load(path)
    except OSError as error:
        raise NoFootage(f"{path} cannot be read: {error.strerror}.") from error
    except BadClip as error:
        raise NoFootage(f"{path}: {error}") from error


def _is_whole(footage: Footage, path: Path) -> bool:
    return path.exists() and path.stat().st_size >= footage.size
