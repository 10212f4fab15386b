"""What an answer of theirs says, in the words that ours may use."""

from __future__ import annotations

import re

_OPPOSITES = {
    "on": "off", "open": "closed", "locked": "unlocked", "off": "on", "closed": "open",
    "unlocked": "locked",
}  # fmt: skip
_COUNTS = ("none|no", "one", "two", "three", "four", "five", "six", "seven", "eight")


def words(response: str, state: str) -> tuple[str, ...]:
    """What their answer says, in any of the words that ours may use for it."""
    head, _, names = response.partition(", ")
    if head.isdigit():
        return (f"{head}|{_COUNTS[int(head)]}",) if int(head) < len(_COUNTS) else (head,)
    if head == "Not any":
        return ("none|no|not",)
    if head == "Yes":
        listed = re.split(r", | and ", names) if names else []
        return (f"yes|{state}", *(n for n in listed if "more" not in n))
    if head == "No":
        return (f"no|none|not|{_OPPOSITES.get(state, 'not')}",)
    return ()
