"""A camera's address opened, and its frames one after the other. For a camera's own process: a
read can block, and libraries written in C read what anybody on the network sends them."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import av
import av.error
from av.codec.hwaccel import HWAccel, hwdevices_available
from av.container import InputContainer
from av.video.frame import VideoFrame

from devices import untrusted_rtsp
from devices.signed_in import SignedIn

OPEN_S = 8.0
READ_S = 8.0
POLL_S = 0.5  # between two stills of a camera that serves nothing else
MOST_PIXELS = 40_000_000  # 8K has 33; what is larger is not decoded
UNREADABLE = "what it sends is no picture that I can read"
WORTH_HARDWARE = 1280 * 720  # pixels; below, the processor is as quick, and a device is for few

_OPTIONS = {
    "rtsp": {
        "protocol_whitelist": "rtsp,rtp,tcp,tls,udp",
        "rtsp_transport": "tcp",
        "allowed_media_types": "video",
        "probesize": "32",  # its first packet says what it is; by default it is heard for 5 s
    },
    "http": {
        "protocol_whitelist": "http,https,tcp,tls",
        "pattern_type": "none",
        "max_redirects": "0",
    },
    "file": {"protocol_whitelist": "file", "pattern_type": "none"},
}
_STILLS = {"image2", "jpeg_pipe", "png_pipe", "webp_pipe", "bmp_pipe"}
_DEVICES = {"cuda": "/dev/nvidia0", "qsv": "/dev/dri/renderD128"}

Note = Callable[[str], None]


class Lost(Exception):
    """There are no more frames. ``state`` and ``why`` as in ``frames.State``: no addresses."""

    def __init__(self, state: Literal["offline", "refused", "frozen"], why: str) -> None:
        super().__init__(why)
        self.state: Literal["offline", "refused", "frozen"] = state
        self.why = why


def is_file(address: str) -> bool:
    return "://" not in address


def frames(address: str, note: Note = lambda _: None) -> Iterator[VideoFrame]:
    """Every frame as it comes, of a file as fast as it can be read. A file ends; else raises Lost.

    ``note`` is told what belongs in the log.
    """
    opener = _Opener(address, note)
    seen = False
    try:
        while True:
            came = False
            with opener.opened() as container:
                is_still = container.format.name in _STILLS
                for frame in _decoded(container):
                    seen = came = True
                    yield frame
                    if is_still:
                        break  # a server that did not tell the length seems to fail at the end
            if is_file(address):
                return
            if not is_still:
                raise Lost("offline", "it hung up")
            if not came:
                raise Lost("offline", UNREADABLE)
            time.sleep(POLL_S)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise _lost(error, seen) from None  # its own words have the address in them


class _Opener:
    """Opens an address, a still's again and again, in the way that worked before."""

    def __init__(self, address: str, note: Note) -> None:
        scheme = "file" if is_file(address) else address.partition("://")[0].lower()
        options = _OPTIONS.get(scheme.removesuffix("s"))
        if options is None:
            raise Lost("offline", "I cannot read that kind of address")
        self._options = options | {"max_pixels": str(MOST_PIXELS)}
        self._address = address
        self._note = note
        self._format: str | None = None
        self._device = hardware()
        self._signed = False  # on the way, by our own

    def opened(self) -> InputContainer:
        container = self._open()
        if container.format.name == "image2" and not is_file(self._address):
            container.close()  # chosen for its name; wants to know a length that few cameras tell
            self._format = "jpeg_pipe"
            container = self._open()
        if not container.streams.video:
            container.close()
            raise Lost("offline", "there is no picture at its address")
        picture = container.streams.video[0].codec_context
        if self._device and picture.width * picture.height > WORTH_HARDWARE:
            container.close()
            container = self._open_with_hardware()
        return container

    def _open_with_hardware(self) -> InputContainer:
        try:
            return self._open(HWAccel(self._device, allow_software_fallback=True))
        except (av.error.FFmpegError, NotImplementedError, RuntimeError):
            self._note(f"{self._device} does not decode here; the processor does")
            self._device = ""
            return self._open()

    def _open(self, device: HWAccel | None = None) -> InputContainer:
        try:
            return self._open_as_it_is(device)
        except av.error.HTTPUnauthorizedError:
            camera = SignedIn(self._address)
            if self._signed or not camera.is_needed():
                raise
        self._signed = True
        self._address = camera.open()
        return self._open_as_it_is(device)

    def _open_as_it_is(self, device: HWAccel | None) -> InputContainer:
        timeout = (OPEN_S, READ_S)
        with untrusted_rtsp.opening(self._sent_on):
            return av.open(
                self._address, "r", self._format, self._options, timeout=timeout, hwaccel=device
            )

    def _sent_on(self) -> None:
        """The end of this process: it would go there, with the password."""
        self._note("it sends me to another address, where I do not go")
        os._exit(1)


def hardware() -> str:
    """The kind of device that decodes here; empty for none."""
    kinds = (kind for kind in hwdevices_available() if kind in _DEVICES)
    return next((kind for kind in kinds if Path(_DEVICES[kind]).exists()), "")


def _decoded(container: InputContainer) -> Iterator[VideoFrame]:
    stream = container.streams.video[0]
    decoder = stream.codec_context
    decoder.options = {"max_pixels": str(MOST_PIXELS)}
    decoder.thread_count = 1  # more hold frames back; there are more cameras than processors
    for packet in container.demux(stream):
        try:
            decoded = decoder.decode(packet)  # pyright: ignore[reportUnknownMemberType]
        except av.error.InvalidDataError:
            continue  # one packet came damaged
        yield from (frame for frame in decoded if not frame.is_corrupt)


def _lost(error: Exception, seen: bool) -> Lost:
    match error:
        case av.error.HTTPUnauthorizedError() | av.error.HTTPForbiddenError():
            return Lost("refused", "it does not take the password I have for it")
        case av.error.HTTPError():
            return Lost("offline", "it shows no picture at its address")
        case av.error.ExitError() | TimeoutError():
            if seen:
                return Lost("frozen", "its picture stands still: nothing comes any more")
            return Lost("offline", "it does not answer")
        case av.error.InvalidDataError() | av.error.ArgumentError():
            return Lost("offline", UNREADABLE)
        case OSError() if error.errno == errno.ECONNREFUSED:
            return Lost("offline", "it takes no connections")
        case _:
            return Lost("offline", "it hung up" if seen else "it cannot be reached")
