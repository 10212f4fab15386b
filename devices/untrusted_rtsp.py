"""Cameras from strangers over RTSP: whoever asks one is not sent on to another.

libavformat follows a redirect wherever it points, takes the camera's password along, and has no
option against it. It says so in its log before it goes: there a process of its own can end itself.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Generator


@contextlib.contextmanager
def opening(sent_on: Callable[[], object]) -> Generator[None]:
    """While an address is opened. ``sent_on`` must not return: it ends the process."""
    import av.logging  # where there are no cameras, there may be no PyAV

    log, before = logging.getLogger("libav"), av.logging.get_level()
    watching = _Watching(sent_on)
    log.addHandler(watching)
    log.setLevel(logging.INFO)
    log.propagate = False  # addresses are in it
    av.logging.set_level(av.logging.INFO)
    try:
        yield
    finally:
        av.logging.set_level(before)
        log.removeHandler(watching)


class _Watching(logging.Handler):
    def __init__(self, sent_on: Callable[[], object]) -> None:
        super().__init__()
        self._sent_on = sent_on

    def emit(self, record: logging.LogRecord) -> None:
        if "Redirecting to" in record.getMessage():
            self._sent_on()
