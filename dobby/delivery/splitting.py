"""Long texts, in parts that a channel can carry."""

from __future__ import annotations

import re
from dataclasses import replace

from memory.records import Draft

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+|\n+")
_WORD_END = re.compile(r"\s+")


def drafts(whole: Draft, limit: int) -> list[Draft]:
    """One draft per part that the channel can carry, in order; media go with the first."""
    parts = split(whole.text, limit)
    if len(parts) == 1:
        return [replace(whole, text=parts[0])]
    return [
        replace(
            whole,
            text=part,
            dedupe=f"{whole.dedupe}/{number}",
            media=whole.media if number == 0 else (),
        )
        for number, part in enumerate(parts)
    ]


def split(text: str, limit: int) -> list[str]:
    """Parts of at most ``limit`` UTF-16 units, cut at sentence ends, else between words."""
    parts: list[str] = []
    rest = text.strip()
    while units(rest) > limit:
        window = _fitting(rest, limit)
        cut = _last_end(_SENTENCE_END, rest, window) or _last_end(_WORD_END, rest, window) or window
        parts.append(rest[:cut])
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest or not parts else parts


def units(text: str) -> int:
    """The length as phones and carriers count it: an emoji outside the first plane is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _fitting(text: str, limit: int) -> int:
    """How many characters of the text fit into ``limit`` units."""
    count = 0
    for index, char in enumerate(text):
        count += 2 if ord(char) > 0xFFFF else 1
        if count > limit:
            return index
    return len(text)


def _last_end(end: re.Pattern[str], text: str, window: int) -> int:
    """Where the last sentence or word ends that fits into the window; 0 for nowhere."""
    best = 0
    for found in end.finditer(text):
        ends = found.start() + len(found[0].rstrip())
        if ends > window:
            break
        best = ends
    return best
