"""Whole sentences with free text in them, in every language: what they come to in a house."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from dobby.agent.calls import Abstention, Context, Dialogue
from dobby.language.brain import Language
from dobby.language.lexicon import LANGUAGES
from dobby.language.sentences import sentences
from tests.dobby.language.conftest import View, declared
from tests.sentences.book import HOUSES

NOW = datetime(2026, 11, 30, 12)
HOMES = {"de": "de_haus", "en": "family", "es": "es_piso", "fr": "fr_maison", "nl": "nl_huis",
         "pl": "pl_dom"}  # fmt: skip
BRAIN = Language()
SAID: dict[str, dict[str, tuple[str, dict[str, Any]]]] = {
    "en": {
        "remember that the spare key is with Anna":
            ("remember", {"text": "the spare key is with Anna"}),
        "forget the spare key": ("forget", {"what": "the spare key"}),
        "find my Sonos": ("find_devices", {"what": "Sonos"}),
        "pair the Hue bridge": ("pair_device", {"what": "Hue bridge"}),
        "call the floor lamp Sunny": ("name_device", {"device": "floor_lamp", "name": "Sunny"}),
        "rename the floor lamp to Bob": ("name_device", {"device": "floor_lamp", "name": "Bob"}),
    },
    "de": {
        "Merk dir, dass der Schlüssel bei Anna ist":
            ("remember", {"text": "der Schlüssel bei Anna ist"}),
        "finde meinen Sonos": ("find_devices", {"what": "Sonos"}),
        "kopple die Hue-Bridge": ("pair_device", {"what": "Hue-Bridge"}),
        "benenne die Stehlampe in Bob um": ("name_device", {"device": "stehlampe", "name": "Bob"}),
    },
    "fr": {
        "retiens que la clé est chez Anna": ("remember", {"text": "la clé est chez Anna"}),
        "trouve mon Sonos": ("find_devices", {"what": "Sonos"}),
        "appaire le pont Hue": ("pair_device", {"what": "pont Hue"}),
        "appelle le lampadaire Soleil": ("name_device", {"device": "lampadaire", "name": "Soleil"}),
    },
    "es": {
        "recuerda que la llave la tiene Ana": ("remember", {"text": "la llave la tiene Ana"}),
        "busca mi Sonos": ("find_devices", {"what": "Sonos"}),
        "empareja el puente Hue": ("pair_device", {"what": "puente Hue"}),
        "llama Sol a la lámpara de pie": ("name_device", {"device": "pie", "name": "Sol"}),
    },
    "nl": {
        "onthoud dat de sleutel bij Anna ligt":
            ("remember", {"text": "de sleutel bij Anna ligt"}),
        "zoek mijn Sonos": ("find_devices", {"what": "Sonos"}),
        "koppel de Hue-bridge": ("pair_device", {"what": "Hue-bridge"}),
        "noem de staande lamp Zon": ("name_device", {"device": "staande", "name": "Zon"}),
    },
    "pl": {
        "zapamiętaj, że klucz jest u Anny": ("remember", {"text": "klucz jest u Anny"}),
        "znajdź mój Sonos": ("find_devices", {"what": "Sonos"}),
        "sparuj mostek Hue": ("pair_device", {"what": "mostek Hue"}),
        "nazwij kinkiet Słońce": ("name_device", {"device": "kinkiet", "name": "Słońce"}),
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def homes() -> dict[str, View]:
    return {language: declared(HOUSES / f"{name}.yaml") for language, name in HOMES.items()}


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, told in SAID.items() for text in told]
)
def test_free_text_reaches_the_tool_as_it_is_written(
    homes: dict[str, View], language: str, text: str
) -> None:
    understood = BRAIN.understand(text, Context(homes[language], NOW, language=language))
    assert [(c.name, c.arguments) for c in understood.calls] == [SAID[language][text]]


@pytest.mark.parametrize(
    "text",
    ["remember when we left the garage open", "remember to lock the door", "find my phone",
     "call me back", "we are out of luck", "pair the kitchen speaker with the hall speaker"],
)  # fmt: skip
def test_what_only_looks_like_one_is_none(homes: dict[str, View], text: str) -> None:
    own = {"remember", "find_devices", "name_device", "pair_device", "todo"}
    understood = BRAIN.understand(text, Context(homes["en"], NOW))
    assert not {call.name for call in understood.calls} & own


@pytest.mark.parametrize(
    ("text", "why"),
    [("turn off the floor lamp in ten minutes", Abstention.FUTURE),
     ("when I get home, turn off the floor lamp", Abstention.CONDITION)],
)  # fmt: skip
def test_what_is_not_for_now_is_offered_without_its_time(
    homes: dict[str, View], text: str, why: Abstention
) -> None:
    understood = BRAIN.understand(text, Context(homes["en"], NOW))
    assert understood.abstained is why
    assert not understood.calls
    (offer,) = understood.offers
    assert (offer.name, offer.arguments) == ("power", {"devices": ["floor_lamp"], "on": False})


def test_a_pin_alone_is_for_what_was_to_be_paired(homes: dict[str, View]) -> None:
    asked = BRAIN.understand("pair the Hue bridge", Context(homes["en"], NOW))
    (given,) = BRAIN.understand("031-45-155", Context(homes["en"], NOW, None, asked.dialogue)).calls
    assert given.arguments == {"what": "Hue bridge", "pin": "031-45-155"}
    (nothing,) = BRAIN.understand("031-45-155", Context(homes["en"], NOW, None, Dialogue())).calls
    assert nothing.arguments["what"] == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_can_be_read(language: str) -> None:
    assert any(s.of == "let_in_last" for s in sentences(language).read("•••"))
