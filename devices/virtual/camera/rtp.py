"""H.264 over RTP: RFC 3550, RFC 6184 (single NAL units and FU-A), and its SDP."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from secrets import randbits

from devices.virtual.camera.clip import Clip

CLOCK_HZ = 90_000
PAYLOAD_TYPE = 96
_MTU = 1400
_FU_A = 28
_MARKER = 0x80
_NTP_1970 = 2_208_988_800  # seconds from NTP's epoch to Unix's


@dataclass
class Sender:
    """One RTP stream to one client: numbers, timestamps and reports."""

    ssrc: int = field(default_factory=lambda: randbits(32))
    sequence: int = field(default_factory=lambda: randbits(16))
    offset: int = field(default_factory=lambda: randbits(32))
    _packets: int = 0
    _octets: int = 0

    def packets(self, nals: Sequence[bytes], shown: float) -> Iterator[bytes]:
        """The packets of one picture; the last of them is marked."""
        payloads = [payload for nal in nals for payload in fragments(nal)]
        ticks = self.ticks(shown)
        for left, payload in zip(reversed(range(len(payloads))), payloads, strict=True):
            kind = PAYLOAD_TYPE if left else PAYLOAD_TYPE | _MARKER
            yield struct.pack(">BBHII", 0x80, kind, self.sequence, ticks, self.ssrc) + payload
            self.sequence = (self.sequence + 1) & 0xFFFF
            self._packets = (self._packets + 1) & 0xFFFFFFFF
            self._octets = (self._octets + len(payload)) & 0xFFFFFFFF

    def ticks(self, seconds: float) -> int:
        """A time as this stream's timestamp."""
        return (round(seconds * CLOCK_HZ) + self.offset) & 0xFFFFFFFF

    def report(self, wall: float, shown: float) -> bytes:
        """An RTCP sender report: the camera's clock (Unix) beside the stream's own."""
        seconds, fraction = divmod(wall + _NTP_1970, 1)
        return struct.pack(
            ">BBHIIIIII",
            *(0x80, 200, 6, self.ssrc, int(seconds) & 0xFFFFFFFF, int(fraction * (1 << 32))),
            *(self.ticks(shown), self._packets, self._octets),
        )


def fragments(nal: bytes) -> Iterator[bytes]:
    """The NAL unit as RTP payloads: itself, or FU-A pieces where it does not fit one packet."""
    if len(nal) <= _MTU:
        yield nal
        return
    indicator, kind = (nal[0] & 0xE0) | _FU_A, nal[0] & 0x1F
    step = _MTU - 2
    for start in range(1, len(nal), step):
        begins = 0x80 if start == 1 else 0
        ends = 0x40 if start + step >= len(nal) else 0
        yield bytes((indicator, begins | ends | kind)) + nal[start : start + step]


def sdp(clip: Clip, host: str, name: str) -> str:
    """What DESCRIBE answers (RFC 4566; RFC 6184, section 8.2)."""
    sps, pps = clip.parameters
    sprop = ",".join(base64.b64encode(nal).decode() for nal in (sps, pps))
    lines = (
        "v=0",
        f"o=- 1 1 IN IP4 {host}",
        f"s={name}",
        f"c=IN IP4 {host}",
        "t=0 0",
        "a=range:npt=now-",
        f"m=video 0 RTP/AVP {PAYLOAD_TYPE}",
        f"a=rtpmap:{PAYLOAD_TYPE} H264/{CLOCK_HZ}",
        f"a=fmtp:{PAYLOAD_TYPE} packetization-mode=1;profile-level-id={sps[1:4].hex()};"
        f"sprop-parameter-sets={sprop}",
        "a=control:video",
        "",
    )
    return "\r\n".join(lines)
