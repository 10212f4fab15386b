"""Whether a sentence is in another language, by the small words that every sentence has."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dobby.agent.reflex.text import Token

_STOP_WORDS = frozenset(
    # German, French, Spanish, Dutch, Polish
    [
        "das",
        "der",
        "die",
        "den",
        "dem",
        "ein",
        "eine",
        "einen",
        "im",
        "und",
        "mach",
        "schalte",
        "bitte",
        "ist",
        "auf",
        "aus",
        "licht",
        "wie",
        "nicht",
        "le",
        "la",
        "les",
        "un",
        "une",
        "des",
        "du",
        "dans",
        "et",
        "est",
        "allume",
        "eteins",
        "lumiere",
        "lumieres",
        "fermer",
        "ouvre",
        "ouvrez",
        "pas",
        "el",
        "los",
        "las",
        "una",
        "del",
        "en",
        "y",
        "enciende",
        "apaga",
        "luz",
        "luces",
        "por",
        "favor",
        "esta",
        "la",
        "cocina",
        "het",
        "de",
        "een",
        "op",
        "aan",
        "uit",
        "van",
        "zet",
        "doe",
        "lamp",
        "niet",
        "keuken",
        "woonkamer",
        "alsjeblieft",
        "licht",
        "wlacz",
        "wylacz",
        "swiatlo",
        "w",
        "na",
        "i",
        "do",
        "jest",
        "nie",
        "prosze",
        "kuchni",
        "salonie",
        "zgas",
        "zapal",
        "otworz",
        "zamknij",
        "il",
        "lo",
        "gli",
        "nel",
        "della",
        "accendi",
        "spegni",
        "luce",
        "cucina",
        "favore",
        "schalten",
        "mache",
        "oeffne",
        "offne",
        "ferme",
    ]
)


_ENGLISH = frozenset({"the", "my", "our", "your", "what", "where", "who", "which", "and", "with"})


def foreign(tokens: Sequence[Token], english: Collection[str], house: Collection[str]) -> bool:
    """Whether most unknown words are another language's."""
    unknown = [t for t in tokens if t.text not in english and t.text not in house]
    hits = [t for t in unknown if t.text in _STOP_WORDS]
    if len(hits) <= sum(t.text in _ENGLISH for t in tokens):
        return False  # "find the den renderer": a den is a room too
    return len(hits) >= 2 or (bool(hits) and len(unknown) * 2 > len(tokens) and len(tokens) > 1)
