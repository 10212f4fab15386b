"""How a person is spoken to when they did not just say something."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from dobby.language.words import Words, languages
from dobby.locale import Locale
from memory.store import Store

Spoken = Callable[[str], Awaitable[Words]]  # how the person of this id is spoken to


async def words_of(store: Store, locale: Locale, person: str) -> Words:
    """In the language that they asked for in their conversation, or else in the house's.

    Raises StoreError.
    """
    asked_for = (await store.dialogue(person) or {}).get("language")
    language = asked_for if asked_for in languages() else locale.language
    return Words(language, locale.fahrenheit)
