"""What requests to a model are counted at: what its server reports, where that can be."""

from __future__ import annotations

import math
from dataclasses import dataclass

from dobby.settings import ModelSettings

CACHE_READ, CACHE_WRITE = 0.1, 1.25  # of the price of an input token, by the vendor's price list
CHARACTERS = 4  # about so many are a token
MOST = 10_000_000  # tokens of one request: beyond that a report is nonsense


@dataclass
class Usage:
    """Tokens. A server that reports less than half of what was seen to go over the wire is not
    believed: it would never reach the day's limit."""

    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
    tokens_written: int = 0

    def add(self, reported: object, sent: int, received: int) -> None:
        """``reported``: the usage of one answer, of whatever shape; the others are characters."""
        plain, cached, written, out = (
            _count(getattr(reported, f"{name}_tokens", 0))
            for name in ("input", "cache_read_input", "cache_creation_input", "output")
        )
        seen_in, seen_out = sent // CHARACTERS, received // CHARACTERS
        if 2 * (plain + cached + written) < seen_in:
            plain, cached, written = seen_in, 0, 0
        self.tokens_in += plain
        self.tokens_cached += cached
        self.tokens_written += written
        self.tokens_out += seen_out if 2 * out < seen_out else out

    def usd(self, settings: ModelSettings) -> float:
        weighed = (
            self.tokens_in + CACHE_READ * self.tokens_cached + CACHE_WRITE * self.tokens_written
        )
        return settings.usd(weighed, self.tokens_out)


def _count(reported: object) -> int:
    if isinstance(reported, bool) or not isinstance(reported, (int, float)):
        return 0
    return min(max(int(reported), 0), MOST) if math.isfinite(reported) else 0
