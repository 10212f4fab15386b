"""What an answer of theirs says, in the words that ours may use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

_WORDS: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("answers.yaml").read_text(encoding="utf-8")
)
_OPPOSITES = {
    "on": "off", "open": "closed", "locked": "unlocked", "off": "on", "closed": "open",
    "unlocked": "locked",
}  # fmt: skip


def words(response: str, state: str, names: Iterable[str], language: str) -> tuple[str, ...]:
    """What their answer says, in any of the words that ours may use for it.

    ``state`` is what was asked for, ``names`` how the devices of the house are called.
    """
    said = _WORDS[language]
    head = re.split(r"[, ]", response.casefold(), maxsplit=1)[0]
    if head.isdigit():
        counts: list[str] = said["counts"]
        return (f"{head}|{counts[int(head)]}",) if int(head) < len(counts) else (head,)
    if head in said["affirms"]:
        named = [name for name in names if name and name in response]
        return ("|".join([*said["affirms"], *_state(said, state)]), *named)
    if head in said["denies"]:
        return ("|".join([*said["denies"], *_state(said, _OPPOSITES.get(state, ""))]),)
    return ()


def _state(said: dict[str, Any], state: str) -> list[str]:
    return said["states"].get(state, [])
