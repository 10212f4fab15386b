"""JPEG (ITU-T T.81) as far as it can be judged before anything decodes it."""

from __future__ import annotations

from collections.abc import Iterator

from devices.device import Refused

MAX_BYTES = 8 << 20
MAX_PIXELS = 40_000_000  # 8K has 33
_START, _END_OF_IMAGE = b"\xff\xd8\xff", b"\xff\xd9"
_START_OF_SCAN, _END = 0xDA, 0xD9
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers with nothing after them


def checked(picture: bytes, who: str) -> bytes:
    """The same picture, if it is a JPEG that can be decoded safely. Raises Refused."""
    measured = size(picture)
    if measured is None:
        raise Refused(f"{who} sent something that is no picture.")
    width, height = measured
    if not 0 < width * height <= MAX_PIXELS:
        raise Refused(f"{who} sent a picture of {width}x{height}, which I do not open.")
    return picture


def size(picture: bytes) -> tuple[int, int] | None:
    """Width and height as the header tells; None where it is no JPEG."""
    for marker, at in _segments(picture):
        if marker in _FRAMES and at + 7 <= len(picture):
            height = int.from_bytes(picture[at + 3 : at + 5])
            return int.from_bytes(picture[at + 5 : at + 7]), height
    return None


def first(data: bytes | bytearray) -> bytes | None:
    """The first whole JPEG in a stream of them; None while there is none."""
    begin = data.find(_START)
    if begin < 0:
        return None
    picture = bytes(data[begin:])
    for marker, at in _segments(picture):
        if marker == _START_OF_SCAN:  # from here on FF D9 is nothing but the end
            end = picture.find(_END_OF_IMAGE, at)
            return picture[: end + 2] if end >= 0 else None
    return None


def _segments(picture: bytes) -> Iterator[tuple[int, int]]:
    """Markers, and where their length is told, up to the first scan."""
    if not picture.startswith(_START):
        return
    at = 2
    while at + 4 <= len(picture) and picture[at] == 0xFF:
        marker = picture[at + 1]
        if marker == 0xFF:  # fill
            at += 1
            continue
        yield marker, at + 2
        if marker in {_START_OF_SCAN, _END}:
            return
        at += 2 if marker in _ALONE else 2 + int.from_bytes(picture[at + 2 : at + 4])
