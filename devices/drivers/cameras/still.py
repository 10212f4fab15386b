"""One picture out of a stream: a script for a process of its own, which may be killed at any time.

The address comes on standard input, since a command line is everybody's to read; the JPEG goes to
standard output. It needs little, so that it starts quickly; what went wrong is its exit code.
"""

from __future__ import annotations

import contextlib
import os
import sys
from fractions import Fraction
from functools import partial
from typing import Any

NO_VIDEO, DENIED, NOT_THERE, NO_ANSWER, NO_PICTURE, SENT_ON = range(10, 16)

TIMEOUT_S = 7.0  # to open, and for each read
MAX_PIXELS = 40_000_000
QUALITY = 3  # of libavcodec's scale, 2 (best) to 31
OPTIONS = {
    "protocol_whitelist": "rtsp,rtp,tcp,tls",
    "rtsp_transport": "tcp",
    "allowed_media_types": "video",
    "probesize": "32",  # its first packet says what it is; by default it is heard for 5 s
    "max_pixels": str(MAX_PIXELS),
}


def main() -> int:
    try:
        import av.error
    except ImportError:
        return NO_VIDEO
    try:
        jpeg = encoded(_key_picture(sys.stdin.readline().strip()))
    except (av.error.HTTPUnauthorizedError, av.error.HTTPForbiddenError):
        return DENIED
    except av.error.HTTPNotFoundError:
        return NOT_THERE
    except (av.error.InvalidDataError, ValueError):
        return NO_PICTURE
    except (av.error.FFmpegError, OSError):
        return NO_ANSWER
    sys.stdout.buffer.write(jpeg)
    return 0


def _key_picture(url: str) -> Any:
    """The first picture that needs no other. Raises FFmpegError, ValueError."""
    import av.error

    with _opened(url) as container:
        if not container.streams.video:
            raise ValueError("no picture in it")
        stream = container.streams.video[0]
        decoder: Any = stream.codec_context
        decoder.options = {"max_pixels": str(MAX_PIXELS)}
        decoder.thread_count = 1
        for packet in container.demux(stream):
            if not packet.is_keyframe or not packet.size:
                continue
            with contextlib.suppress(av.error.InvalidDataError):  # one came damaged
                for picture in (*decoder.decode(packet), *decoder.decode(None)):
                    if not picture.is_corrupt:
                        return picture
            decoder.flush_buffers()
    raise ValueError("it ended without a picture")


def _opened(url: str) -> Any:
    """What libavformat makes of it; where it cannot sign in, through a door where we do."""
    import av.error

    from devices import untrusted_rtsp
    from devices.signed_in import SignedIn

    with untrusted_rtsp.opening(partial(os._exit, SENT_ON)):
        try:
            return av.open(url, options=OPTIONS, timeout=TIMEOUT_S)
        except av.error.HTTPUnauthorizedError:
            camera = SignedIn(url)
            if not camera.is_needed():
                raise
            return av.open(camera.open(), options=OPTIONS, timeout=TIMEOUT_S)


def encoded(picture: Any) -> bytes:
    """One of PyAV's frames as a JPEG."""
    import av

    encoder: Any = av.VideoCodecContext.create("mjpeg", "w")
    encoder.width, encoder.height = picture.width, picture.height
    encoder.pix_fmt, encoder.time_base = "yuvj420p", Fraction(1, 25)
    encoder.qmin = encoder.qmax = QUALITY
    encoded = picture.reformat(format="yuvj420p")
    encoded.pts = 0
    return b"".join(bytes(p) for p in (*encoder.encode(encoded), *encoder.encode(None)))


if __name__ == "__main__":
    sys.exit(main())
