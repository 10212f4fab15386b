"""What a reply says: whether it asks or declines, and whether it holds some words."""

from __future__ import annotations

import re

_DECLINING = {
    "en": (r"not sure|don't|do not|did not|didn't|can't|cannot|couldn't|no idea|unsure|not know",),
    "de": (
        r"(weiss|kenne?|kann|könnte|konnte|verstehe|finde) (ich )?(\w+ ){0,4}(nicht|kein\w*)",
        r"nicht (sicher|verstanden|bekannt|gefunden)|keine ahnung",
        r"habe (ich )?(\w+ ){0,4}nichts? (getan|gemacht|geändert|verstanden)",
    ),
    "fr": (
        r"(ne |n')(\w+ )?(sais|sait|peux|peut|comprends|connais|trouve|vois) (pas|aucune?)",
        r"pas (sûre?|compris|pu|trouvé|su)|aucune idée|rien (fait|changé)|inconnue?",
    ),
    "es": (
        r"no (lo |la |los |las |te |le |he )?(sé|puedo|pude|podido|entiendo|entendí|entendido)",
        r"no (lo |la |los |las |te |le |he )?(conozco|encuentro|encontré|veo|hice|hecho)",
        r"no (lo )?tengo claro|no estoy segur[oa]|ni idea",
    ),
    "nl": (
        r"(weet|kan|kon|begrijp|ken|vind) (ik )?(\w+ ){0,4}(niet|geen)|niets? (gedaan|veranderd)",
        r"niet (zeker|begrepen|gevonden|bekend)|geen (idee|\w+ gevonden)",
    ),
    "pl": (
        r"nie (wiem|mogę|umiem|potrafię|rozumiem|zrozumiał[ae]?m|znam|znalazł[ae]?m|widzę)",
        r"nie (udało się|jestem pew\w+|mam pojęcia|da się|zrobił[ae]?m)",
    ),
}
"""Who does not know, cannot or did nothing, as casefold() has it (weiss, not weiß)."""


def declines(reply: str, language: str = "en") -> bool:
    """Whether a reply is a question or says that it knows or does nothing."""
    text = _plain(reply)
    ways = "|".join(dict.fromkeys((*_DECLINING["en"], *_DECLINING[language])))
    return not text.strip() or "?" in text or bool(re.search(rf"\b({ways})\b", text))


def says(words: str, reply: str) -> bool:
    """Whether a reply holds the words (``a|b``: one of them; ``!a``: not)."""
    if words.startswith("!"):
        return not says(words[1:], reply)
    text = _plain(reply)
    return any(
        re.search(rf"(?<!\w){re.escape(_plain(one.strip()))}(?!\w)", text)
        for one in words.split("|")
    )


def _plain(text: str) -> str:
    """As it compares: small letters, one kind of apostrophe, decimals with a point."""
    return re.sub(r"(?<=\d),(?=\d)", ".", text.casefold().replace("’", "'"))
