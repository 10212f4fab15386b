"""What is remembered in five other languages: told back, asked for and forgotten in each."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dobby.commands.try_house import Trial
from dobby.language.words import Words

# what is said to be remembered; what is asked, and what the answer holds
TOLD = {
    "de": (
        ("Merk dir, dass der Ersatzschlüssel bei Anna ist", "merk dir, der Werkzeugkasten steht im "
         "Keller", "merke dir, die Mülltonnen werden am Montag geleert",
         "merk dir, mein Pass liegt im Schreibtisch"),
        {"Wo ist der Ersatzschlüssel?": "„der Ersatzschlüssel bei Anna ist“",
         "wo steht der Werkzeugkasten": "Der Werkzeugkasten steht im Keller, wie du mir heute um ",
         "Wann werden die Mülltonnen geleert?": "am Montag geleert, wie du mir heute um ",
         "Wo ist mein Pass?": "gesagt: „mein Pass liegt im Schreibtisch“"},
        ("Wo ist Anna?", "Wo ist der Gärtner?", "Wann kommt der Gärtner?"),
    ),
    "fr": (
        ("retiens que la clé de secours est chez Anna",
         "retiens que le jardinier vient un mardi sur deux", "retiens que mon passeport est dans "
         "le bureau"),
        {"où est la clé de secours ?": "La clé de secours est chez Anna, comme tu me l'as dit ",
         "quand vient le jardinier ?": "un mardi sur deux, comme tu me l'as dit aujourd'hui à ",
         "où est mon passeport ?": "Tu m'as dit aujourd'hui à "},
        ("où est Anna ?", "où est le tournevis ?", "qui est le plombier ?"),
    ),
    "es": (
        ("recuerda que la llave de repuesto está con Anna",
         "recuerda que el jardinero viene los martes", "apunta que mi pasaporte está en la mesa"),
        {"¿dónde está la llave de repuesto?": "La llave de repuesto está con Anna, como me dijiste",
         "¿cuándo viene el jardinero?": "El jardinero viene los martes, como me dijiste hoy a las ",
         "¿dónde está mi pasaporte?": "Me dijiste hoy a las "},
        ("¿dónde está Anna?", "¿dónde está el destornillador?", "¿quién es el fontanero?"),
    ),
    "nl": (
        ("onthoud dat de reservesleutel bij Anna ligt", "onthoud dat: de ladder staat in de schuur",
         "noteer dat de tuinman op dinsdag komt"),
        {"waar is de reservesleutel?": "“de reservesleutel bij Anna ligt”",
         "waar staat de ladder?": "e ladder staat in de schuur",
         "wanneer komt de tuinman?": "Je zei me vandaag om "},
        ("waar is Anna?", "waar is de schroevendraaier?", "wie is de loodgieter?"),
    ),
    "pl": (
        ("zapamiętaj, że zapasowy klucz jest u Anny",
         "zapamiętaj, że ogrodnik przychodzi we wtorek",
         "zapamiętaj, że mój paszport jest w biurku"),
        {"gdzie jest zapasowy klucz?": "Zapasowy klucz jest u Anny: wiem to od ciebie, dziś o ",
         "kiedy przychodzi ogrodnik?": "Ogrodnik przychodzi we wtorek: wiem to od ciebie, dziś o ",
         "gdzie jest mój paszport?": "Wiem to od ciebie, dziś o "},
        ("gdzie jest Anna?", "gdzie jest śrubokręt?", "kto jest hydraulikiem?"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", TOLD)
async def test_memory_speaks_the_language_of_the_house(tmp_path: Path, language: str) -> None:
    path = tmp_path / "house.yaml"
    path.write_text(json.dumps({"language": language, "people": {"Olga": "owner"}, "devices": {}}))
    facts, answered, unanswered = TOLD[language]
    words = Words(language)
    async with Trial(path) as trial:
        for fact in facts:
            kept = words.say("memory-keeps", text="\0").split("\0")[0]
            assert (await trial.say(fact, "Olga")).reply.startswith(kept), fact
        for question, holds in answered.items():
            said = (await trial.say(question, "Olga")).reply
            assert holds in said, (question, said)
        for question in unanswered:
            said = (await trial.say(question, "Olga")).reply
            assert said, question
            assert not re.search(r"\d\d:\d\d", said), (question, said)  # nobody told that
        taken = words.say("undo-kept", text="\0").split("\0")[0]
        undo = {"de": "rückgängig", "fr": "annule la dernière action", "es": "deshacer",
                "nl": "maak ongedaan", "pl": "cofnij"}  # fmt: skip
        said = (await trial.say(undo[language], "Olga")).reply
        assert said.startswith(taken), said
