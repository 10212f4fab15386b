"""JPEGs of what a virtual camera shows now."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from devices.drivers.cameras.still import encoded
from devices.virtual.camera.clip import Reel

if TYPE_CHECKING:
    from av import VideoFrame

_HEADSTART = 4  # pictures that a decoder holds back, at most


class Darkroom:
    """One decoder for all who look; it works only while somebody asks, once for each picture."""

    def __init__(self, reel: Callable[[], Reel]) -> None:
        self._reel = reel
        self._busy = asyncio.Lock()
        self._decoder: Any = None  # av leaves its types half open
        self._developing: Reel | None = None
        self._number = 0
        self._jpeg = b""

    async def newest(self) -> bytes:
        """The newest picture, at most a few frames old."""
        async with self._busy:
            reel = self._reel()
            number = reel.newest()
            if reel is not self._developing or number != self._number:
                self._jpeg = await asyncio.to_thread(self._develop, reel, number)
            return self._jpeg

    def _develop(self, reel: Reel, number: int) -> bytes:
        import av

        first = reel.key_before(number - _HEADSTART)
        decoder = self._decoder
        if decoder is None or reel is not self._developing or not first <= self._number < number:
            decoder = self._decoder = _decoder()
        else:
            first = self._number + 1
        frame: VideoFrame | None = None
        for each in range(first, number + 1):
            coded = b"".join(b"\0\0\0\1" + nal for nal in reel.unit(each).nals)
            for decoded in decoder.decode(av.Packet(coded)):
                frame = decoded
        self._developing, self._number = reel, number
        return encoded(frame) if frame is not None else self._jpeg


def _decoder() -> Any:
    import av

    decoder: Any = av.VideoCodecContext.create("h264", "r")
    decoder.thread_count = 1
    return decoder
