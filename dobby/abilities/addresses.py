"""Cameras that are told by their address: "add a camera rtsp://..."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dobby.agent.calls import Abstention, ToolCall
from dobby.language.declining import Unclear
from dobby.language.lexicon import Lexicon, further, lexicon

LONGEST = 4  # words of a name
_ADDRESS = re.compile(r"(?:rtsps?|https?)://\S+", re.IGNORECASE)


def added(text: str, language: str) -> list[ToolCall]:
    """ "Add the porch camera rtsp://...": none for any other sentence. What was hidden in the
    address stays hidden.

    Raises Unclear where the address is missing.
    """
    addresses = _ADDRESS.findall(text)
    words, plain = further(language), lexicon(language)
    said = [t.text for t in plain.tokenise(_ADDRESS.sub(" ", text))]
    if not addresses:
        if _lacks_address(said, words, plain) and "?" not in text:
            raise Unclear(Abstention.NOT_UNDERSTOOD, "camera-address")
        return []
    if len(addresses) != 1 or "?" in text.replace(addresses[0], ""):
        return []
    address = addresses[0].rstrip(".,;!)")
    while said and _is(said[0], "adding", words, plain):
        said.pop(0)
    if said and not any(_is_camera(w, plain) for w in said) and not _streams(address):
        return []  # an address of what?
    name = _name(said, words, plain)
    if name is None:
        return []
    arguments = {"url": address} | ({"name": name} if name else {})
    return [ToolCall(name="add_camera", arguments=arguments)]


def _streams(address: str) -> bool:
    return address.casefold().startswith("rtsp")


def _lacks_address(said: Sequence[str], words: Lexicon, plain: Lexicon) -> bool:
    """ "Add a camera", "connect my porch camera"."""
    begins = bool(said) and any(_says(w, "connects", words) for w in said)
    at = next((n for n, w in enumerate(said) if _is_camera(w, plain)), None)
    if not begins or at is None:
        return False
    strange = [w for w in said[:at] if not _is(w, "adding", words, plain)]
    after = [w for w in said[at + 1 :] if not _is(w, "addressed", words, plain)]
    return len(strange) <= 2 and (not after or _says(said[at + 1], "addressed", words))


def _name(said: Sequence[str], words: Lexicon, plain: Lexicon) -> str | None:
    """ "porch" of "porch camera at", "front door" of "camera as the front door"; None where more
    is said than that."""
    rest = [w for w in said if _says(w, "naming", words) or not _is(w, "addressed", words, plain)]
    at = next((n for n, w in enumerate(rest) if _says(w, "naming", words)), None)
    before, after = (rest, []) if at is None else (rest[:at], rest[at + 1 :])
    camera = next((n for n, w in enumerate(before) if _is_camera(w, plain)), len(before))
    own, more = list(before[:camera]), before[camera + 1 :]
    called = [w for w in after if not (_is_camera(w, plain) or _is(w, "adding", words, plain)
                                       or _says(w, "naming", words))]  # fmt: skip
    if more or (own and called) or (own and camera == len(before)) or len(own + called) > LONGEST:
        return None
    return " ".join(own + called)


def _is(word: str, category: str, words: Lexicon, plain: Lexicon) -> bool:
    """Whether a word is of the category, or an article or politeness, which say nothing."""
    little = any(e.category in {"det", "filler"} for e in plain.word(word))
    return little or _says(word, category, words)


def _says(word: str, category: str, words: Lexicon) -> bool:
    return any(e.category == category for e in words.word(word))


def _is_camera(word: str, plain: Lexicon) -> bool:
    return any((e.category, e.meaning) == ("kind", "camera") for e in plain.word(word))
