"""What goes to the terminal: one line per event, no control characters, no secrets, no floods."""

from __future__ import annotations

import logging
import re
import time

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

OFTEN = 20  # lines from one place in the program ...
WITHIN_S = 60.0  # ... within so long

LEVELS = {
    "aiohomekit": logging.ERROR,  # tells every accessory that does not answer; the house does too
    "aiohue": logging.ERROR,
    "aiohttp.access": logging.WARNING,  # a line for every event that a speaker sends
    "alembic": logging.WARNING,
    "anthropic": logging.WARNING,
    "asyncio": logging.WARNING,
    "httpx": logging.WARNING,  # a line per request, with its address
    "httpx2": logging.WARNING,
    "onvif": logging.ERROR,  # tells whole messages
    "pyhap": logging.ERROR,
    "soco": logging.ERROR,  # warns of every port that it tries for events
    "uvicorn": logging.WARNING,
    "zeep": logging.ERROR,
    "zeroconf": logging.ERROR,
}
"""Other people's loggers, which say more than an owner wants to read."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_SECRETS = (
    (re.compile(r"(?i)(bearer |basic |token[=:/ ]+|dobby_[0-9a-f]{8}=)[\w.~+/-]{8,}=*"), r"\1…"),
    (re.compile(r"\bsk-[\w-]{8,}"), "sk-…"),
    (re.compile(r"://[^\s/@]+@"), "://…@"),
    (re.compile(r"(?<![\w.])(\+\d{2})\d{4,11}(\d{2})(?!\d)"), r"\1…\2"),
)


def log_to_stderr(level: str) -> None:
    """Set up logging for this process."""
    handler = logging.StreamHandler()
    handler.setFormatter(PlainFormatter(FORMAT))
    if level != "debug":
        handler.addFilter(Dam())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name, least in LEVELS.items():
        logging.getLogger(name).setLevel(least)


class Dam(logging.Filter):
    """What strangers can make us say over and over is said a few times a minute, and counted.

    Counted by the place in the program, not by the words: theirs are always new.
    """

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, int], tuple[float, int]] = {}  # place: (since, how often)

    def filter(self, record: logging.LogRecord) -> bool:
        place = (record.pathname, record.lineno)
        now = time.monotonic()
        since, often = self._said.get(place, (now, 0))
        if now - since >= WITHIN_S:
            held = often - OFTEN
            since, often = now, 0
            if held > 0:
                record.msg = f"{record.getMessage()} ({held} more like it were not shown)"
                record.args = None
        self._said[place] = (since, often + 1)
        return often < OFTEN


class PlainFormatter(logging.Formatter):
    """Device names, texts and addresses reach the log: they cannot forge a line, colour it, or
    take a token or a phone number along. Only a traceback has more than one line."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        line = super().formatMessage(record)
        return _CONTROL.sub(_escaped, line.replace("\n", "\\n").replace("\t", " "))

    def format(self, record: logging.LogRecord) -> str:
        text = _CONTROL.sub(_escaped, super().format(record))
        for secret, shown in _SECRETS:
            text = secret.sub(shown, text)
        return text


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()
