"""What a model may bring into a call only where the person's own words hold it.

Whatever else a model has may come from anything that it read: a name, a sign, a planted note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from dobby.agent.tool import CallError

NOT_YOURS = "I go to no address that you did not write yourself."

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S|//|\\\\", re.I)
_AROUND = ".,;:!?()[]{}<>\"'“”„‘’«»"


def check_addresses(arguments: object, words: str) -> None:
    """Raises CallError for an address that these words do not hold just so, to its last letter:
    what follows the host may carry something out of the house."""
    if isinstance(arguments, str):
        foreign = [part for part in arguments.split() if _ADDRESS.match(part.strip(_AROUND))]
        if not all(is_said(part, words) for part in foreign):
            raise CallError(NOT_YOURS)
    elif isinstance(arguments, dict):
        check_addresses(list(cast("dict[str, object]", arguments).values()), words)
    elif isinstance(arguments, (list, tuple)):
        for value in cast("Sequence[object]", arguments):
            check_addresses(value, words)


def is_said(part: str, words: str) -> bool:
    """Whether this is one of the words that were said, as it is."""
    return part.strip(_AROUND) in {word.strip(_AROUND) for word in words.split()}


def all_said(text: str, words: str) -> bool:
    """Whether a text is made of words that were said, whatever its order."""
    return _letters(text) <= _letters(words)


def _letters(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.casefold()))
