"""Times as they are said in six languages: one meaning each."""

from __future__ import annotations

import pytest

from dobby.agent.calls import Watched
from dobby.language.lexicon import further, lexicon
from dobby.language.meaning import Duration, Presence, Time, Timed, When, Window
from dobby.language.names import HouseNames
from dobby.language.watching import Watching, phrases_of
from tests.dobby.language.conftest import View

LAST_NIGHT = Time(days=-1, part="night")
EIGHT = Time(clock=(8, 0), either=True)
HALF_PAST_SEVEN = Time(clock=(7, 30), either=True)
TWO_TO_FOUR = Window(Time(clock=(2, 0), either=True), Time(clock=(4, 0), either=True))
TWO_HOURS = Window(start=Time(ago=7200.0))
AWAY = Presence(home=False)


def told(language: str, text: str) -> set[Timed]:
    """What a whole text may tell of a time, in an empty house."""
    words = lexicon(language)
    names = HouseNames(View({}, {}, {}), words)
    tokens = words.tokenise(text)
    found = phrases_of(tokens, names, Watching(names, Watched()))[0]
    return {s.has["when"][0] for s in found if s.cat == "when" and s.end == len(tokens)}


@pytest.mark.parametrize(
    ("meant", "said"),
    [
        (LAST_NIGHT, {"en": "last night", "de": "letzte Nacht", "fr": "la nuit dernière",
                      "es": "anoche", "nl": "afgelopen nacht", "pl": "ostatniej nocy"}),
        (Time(part="night"), {"en": "at night", "de": "nachts", "fr": "la nuit",
                              "es": "por la noche", "nl": "'s nachts", "pl": "w nocy"}),
        (Time(days=-1, part="morning"), {"en": "yesterday morning", "de": "gestern früh",
                                         "fr": "hier matin", "es": "ayer por la mañana",
                                         "nl": "gisterochtend", "pl": "wczoraj rano"}),
        (Window(end=HALF_PAST_SEVEN), {"en": "until half past seven", "de": "bis halb acht",
                                       "fr": "jusqu'à sept heures et demie",
                                       "es": "hasta las siete y media", "nl": "tot half acht",
                                       "pl": "do wpół do ósmej"}),
        (Window(start=EIGHT), {"en": "since 8", "de": "seit 8 Uhr", "fr": "depuis 8 heures",
                               "es": "desde las 8", "nl": "sinds 8 uur", "pl": "od ósmej"}),
        (Window(end=Time(clock=(22, 0))), {"en": "until 10 pm", "de": "bis zehn Uhr abends",
                                           "fr": "jusqu'à 10 heures du soir",
                                           "es": "hasta las 10 de la noche",
                                           "nl": "tot tien uur 's avonds",
                                           "pl": "do dziesiątej wieczorem"}),
        (TWO_TO_FOUR, {"en": "between two and four", "de": "zwischen zwei und vier Uhr",
                       "fr": "entre deux et quatre heures", "es": "entre las dos y las cuatro",
                       "nl": "tussen twee en vier uur", "pl": "między drugą a czwartą"}),
        (TWO_HOURS, {"en": "in the last two hours", "de": "in den letzten zwei Stunden",
                     "fr": "ces deux dernières heures", "es": "en las últimas dos horas",
                     "nl": "in de laatste twee uur", "pl": "w ciągu ostatnich dwóch godzin"}),
        (Duration(7200.0), {"en": "for two hours", "de": "zwei Stunden lang",
                            "fr": "pendant deux heures", "es": "durante dos horas",
                            "nl": "twee uur lang", "pl": "przez dwie godziny"}),
        (AWAY, {"en": "while I'm away", "de": "während ich weg bin", "fr": "en mon absence",
                "es": "mientras estoy fuera", "nl": "als ik weg ben",
                "pl": "kiedy mnie nie ma"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "nl", "pl"])
def test_one_time_in_six_languages(language: str, meant: When, said: dict[str, str]) -> None:
    assert Timed(meant) in told(language, said[language])


@pytest.mark.parametrize(
    ("language", "text", "how"),
    [
        ("en", "only at night", "only"), ("en", "except at night", "except"),
        ("de", "nur nachts", "only"), ("de", "aber nicht nachts", "not"),
        ("fr", "seulement la nuit", "only"), ("es", "solo por la noche", "only"),
        ("nl", "alleen 's nachts", "only"), ("pl", "tylko w nocy", "only"),
    ],
)  # fmt: skip
def test_only_then_or_never_then(language: str, text: str, how: str) -> None:
    assert {timed.how for timed in told(language, text)} >= {how}
    assert "" not in {timed.how for timed in told(language, text)}


@pytest.mark.parametrize("text", ["until 25", "since 8:75", "between two", "at", "8 pm pm"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert told("en", text) == set()


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "nl", "pl"])
def test_no_category_is_both_of_the_house_and_of_the_cameras(language: str) -> None:
    """Else a word of the one would be taken for one of the other, and say nothing there."""
    house, own = lexicon(language), further(language)
    assert not set(house.categories) & set(own.categories)
