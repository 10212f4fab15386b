"""A picture out of a stream, taken by a child process: FFmpeg reads what anybody sends it."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

from devices.device import Refused, Unreachable
from devices.drivers.cameras import jpeg, still
from devices.drivers.cameras.address import Credentials, with_credentials
from devices.drivers.cameras.refusals import Denied, NotThere

PICTURE_S = 12.0  # some cameras send a whole picture only every few seconds
SCRIPT = Path(still.__file__)
NO_VIDEO = (
    "I cannot take pictures out of video streams here yet: install Dobby's vision part, with "
    "pip install 'dobby[vision]'."
)


async def picture(url: str, credentials: Credentials | None, who: str) -> bytes:
    """The next whole picture as a JPEG. Raises Denied, NotThere, Refused, Unreachable."""
    try:
        async with asyncio.timeout(PICTURE_S):
            code, taken = await _taken(with_credentials(url, credentials))
    except TimeoutError as error:
        raise Unreachable(f"{who} sent no picture in time.") from error
    match code:
        case 0:
            return jpeg.checked(taken, who)
        case still.NO_VIDEO:
            raise Refused(NO_VIDEO)
        case still.DENIED:
            raise Denied(who)
        case still.NOT_THERE:
            raise NotThere(f"{who} has no stream at its address any more.")
        case still.NO_PICTURE:
            raise Unreachable(f"{who} sends no picture that I can read.")
        case still.SENT_ON:
            raise Refused(f"{who} sends me to another address, where I do not go.")
        case _:
            raise Unreachable(f"{who} does not answer.")


async def _taken(url: str) -> tuple[int, bytes]:
    """The child's exit code and what it took. However this ends, the child has ended."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", str(SCRIPT), stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    try:
        taken, _ = await process.communicate(url.encode() + b"\n")
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return process.returncode or 0, taken
