"""Which language is written, and which one is asked for."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from dobby.commands.try_house import Trial
from dobby.language.spoken import answer, asked_for, code_in, is_stop, language_of
from dobby.language.words import Words
from tests.dobby.language.test_messages import SIX
from tests.sentences.book import load

HOUSE = """
language: {language}
people: {{olga: owner, ben: child}}
devices:
  lamp: {{name: Küchenlicht, kind: light, room: Küche, state: {{power: false}}}}
  hall: {{name: Hall lamp, kind: light, room: Hall, state: {{power: false}}}}
"""
OTHERS = {  # sentences of the English book that are not English
    "allume la lumière de la cuisine", "apaga las luces", "doe het licht in de keuken aan",
    "mach die Haustür auf", "ouvre le garage s'il te plaît", "schalte das Licht im Flur aus",
    "włącz światło w kuchni", "éteins toutes les lumières",
}  # fmt: skip


def test_no_english_sentence_is_taken_for_another_language() -> None:
    taken = Counter(language_of(sentence.text) for sentence in load())
    strange = {s.text for s in load() if language_of(s.text) not in {None, "en"}}
    assert strange <= OTHERS
    assert taken["en"] > 500


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mach bitte das Licht im Bad aus", "de"),
        ("éteins les lumières du salon", "fr"),
        ("apaga las luces del salón", "es"),
        ("doe het licht in de keuken uit", "nl"),
        ("zgaś światło w kuchni", "pl"),
        ("turn the lights off", "en"),
        ("4711", None),
        ("ok", None),
        ("Das Boot", None),  # one word may be of a name
    ],
)
def test_a_sentence_is_known_by_its_little_words(text: str, language: str | None) -> None:
    assert language_of(text) == language


ASKED = {
    "en": "Speak English!", "de": "Sprich deutsch", "fr": "Parle français", "es": "habla español",
    "nl": "Spreek Nederlands.", "pl": "mów po polsku",
}  # fmt: skip


def test_each_language_can_be_asked_for_by_its_own_name() -> None:
    assert {asked_for(said) for said in ASKED.values()} == set(SIX)
    assert asked_for("speak") is None
    for language in SIX:  # what people are told to write is understood
        told = Words(language).say("ask-for-language").rstrip(".")
        quoted = re.split(r"[“”„«»]", told)[-2]
        assert asked_for(quoted) == language


async def test_a_language_that_was_asked_for_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "house.yaml"
    path.write_text(HOUSE.format(language="de"), encoding="utf-8")
    async with Trial(path) as trial:
        lost = await trial.say("turn on the hall lamp please", "olga")
        assert lost.reply == Words("en").say("ask-for-language")
        assert (await trial.say("speak English", "olga")).reply == Words().say("language-kept")
        assert (await trial.say("turn on the hall lamp", "olga")).reply == "The hall lamp is on."
        assert (await trial.say("Küchenlicht auf 40 %", "ben")).reply == (
            "Küchenlicht ist an und auf 40 %."
        )
        assert (await trial.say("Sprich deutsch", "olga")).reply == Words("de").say("language-kept")
        assert (await trial.say("Küchenlicht auf 30 %", "olga")).reply == (
            "Küchenlicht ist auf 30 %."
        )


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("yes please", "en", "yes"), ("no, thanks", "en", "no"), ("don't", "en", "no"),
        ("yes turn on the light", "en", ""), ("leave it on", "en", ""), ("please", "en", ""),
        ("Ja, bitte", "de", "yes"), ("nein danke", "de", "no"), ("yes", "de", "yes"),
        ("oui vas-y", "fr", "yes"), ("non merci", "fr", "no"), ("sí, hazlo", "es", "yes"),
        ("doe maar", "nl", "yes"), ("laat maar", "nl", "no"), ("tak proszę", "pl", "yes"),
        ("ok, code 123-45-678 please", "en", ""),
        ("nie teraz", "pl", "no"), ("mach das Licht an", "de", ""), ("non la lampe", "fr", ""),
    ],
)  # fmt: skip
def test_a_yes_and_a_no_are_nothing_else(text: str, language: str, said: str) -> None:
    assert answer(text, language) == said


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("1234", "de", "1234"), ("Ja, der Code ist 1234", "de", "1234"), ("oui 1234", "fr", "1234"),
        ("1234 5678", "en", None), ("12345", "en", None), ("Licht auf 1234", "de", None),
    ],
)  # fmt: skip
def test_a_code_stands_alone(text: str, language: str, code: str | None) -> None:
    assert code_in(text, language) == code


@pytest.mark.parametrize("text", ["stop!", "Stopp bitte", "arrête tout", "¡para!", "stój"])
def test_whoever_says_stop_is_heard_in_every_language(text: str) -> None:
    assert is_stop(text)


@pytest.mark.parametrize("text", ["stop the music", "halt mal kurz das Licht an", "para mañana"])
def test_who_names_something_says_more_than_stop(text: str) -> None:
    assert not is_stop(text)
