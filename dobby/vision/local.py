"""Eyes on this machine: a process of its own, there while there is something to watch."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import logging
import os
import sys

from dobby.language.words import Message, Words, message
from dobby.settings import Settings, VisionSettings
from dobby.vision.cameras import Cameras
from dobby.vision.reports import Plan

log = logging.getLogger(__name__)

NEEDED = ("av", "cv2", "numpy", "onnxruntime", "supervision", "trackers")
OURS = ("ANTHROPIC_", "DOBBY_")  # settings, secrets among them; read whatever their case
LOOK_S = 3600.0
END_S = 5.0
MISSING = message("eyes-not-installed")


class EyesEnded(Exception):
    """The eyes ended by themselves; they are started again."""


def installed() -> bool:
    """Whether the eyes could run on this machine."""
    return all(importlib.util.find_spec(name) for name in NEEDED)


def problem(settings: VisionSettings) -> Message | None:
    """What keeps the eyes from running where they are wanted; None for nothing that this machine
    knows of."""
    return MISSING if settings.eyes == "here" and not installed() else None


async def watch_here(settings: Settings, token: str, cameras: Cameras) -> None:
    """Keep eyes running while the plan has cameras; for ``keep``. Raises EyesEnded.

    The plan is watched at its source: at the eyes' own door, asking counts as being there.
    """
    if not installed():
        log.warning("%s", Words().put(MISSING))
        return
    while not cameras.closed:
        if not cameras.plan.cameras:
            await cameras.plan_after(cameras.plan.version, LOOK_S)
            continue
        eyes = await _start(settings, token)
        try:
            await _while_wanted(eyes, cameras)
        finally:
            await _end(eyes)


async def _while_wanted(eyes: asyncio.subprocess.Process, cameras: Cameras) -> None:
    """Until the plan is empty. Raises EyesEnded when they end before."""
    ended = asyncio.create_task(eyes.wait())
    changed: asyncio.Task[Plan] | None = None
    try:
        while cameras.plan.cameras and not cameras.closed:
            changed = asyncio.create_task(cameras.plan_after(cameras.plan.version, LOOK_S))
            await asyncio.wait({ended, changed}, return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                raise EyesEnded(f"the eyes ended with {ended.result()}")
    finally:
        ended.cancel()
        if changed is not None:
            changed.cancel()


async def _start(settings: Settings, token: str) -> asyncio.subprocess.Process:
    """Its token comes by the environment, its end with our end of the pipe."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "dobby", "eyes", "--daemon", settings.own_url, "--until-eof"),
        stdin=asyncio.subprocess.PIPE,
        env=_environment(settings, token),
        start_new_session=True,  # Ctrl-C is for the daemon, which ends them after itself
    )


def _environment(settings: Settings, token: str) -> dict[str, str]:
    """Strangers' streams are decoded there: it is given no secret that it does not need."""
    kept = {n: value for n, value in os.environ.items() if not n.upper().startswith(OURS)}
    own = {
        "DOBBY_EYES_TOKEN": token,
        "DOBBY_HOME": str(settings.home),
        "DOBBY_LOG_LEVEL": settings.log_level,
        "DOBBY_VISION": settings.vision.model_dump_json(),
    }
    return {**kept, **own}


async def _end(eyes: asyncio.subprocess.Process) -> None:
    if eyes.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            eyes.terminate()
        try:
            async with asyncio.timeout(END_S):
                await eyes.wait()
        except TimeoutError:
            eyes.kill()
            await eyes.wait()
