"""A house of another language is answered in it, whatever is asked of its cameras."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.dobby.agent.cameras.conftest import ANN, Chat
from tests.dobby.language.test_replies import foreign_words
from tests.dobby.vision.conftest import DOOR, DRIVE, opened_world
from tests.dobby.vision.stories import track
from tests.dobby.vision.test_watch import picture, scene

PLACES = {
    "de": ("Haustür", "Einfahrt"),
    "fr": ("porte d'entrée", "allée"),
    "es": ("puerta principal", "entrada"),
    "nl": ("voordeur", "oprit"),
    "pl": ("drzwi wejściowe", "podjazd"),
}
SAID: dict[str, list[tuple[str, str]]] = {
    "de": [
        ("ich gehe weg", "Gut, ich weiß, dass du weg bist. Bis später."),
        (
            "melde mir keine Katzen",
            "Gut, das melde ich dir nicht: Katzen. "
            "Sag „mach das rückgängig“, und ich nehme es zurück.",
        ),
        (
            "welche Regeln habe ich?",
            "Deine Regeln; die neueste, die passt, entscheidet:\n"
            "1. nicht gemeldet: Katzen; weil du „melde mir keine Katzen“ gesagt hast.",
        ),
        ("wer ist an der Haustür?", "Zwei Leute sind da (Haustür)."),
        ("zeig mir die Haustür", "Haustür, jetzt: zwei Personen."),
        ("was ist heute passiert?", "Heute: Zwei Leute sind da (Haustür)."),
        (
            "wie viele Leute waren heute da?",
            "Seit 00:00 zählte ich zwei Personen: 14:00 (Haustür).",
        ),
        (
            "warum hast du mir das gesagt?",
            "„Zwei Leute sind da (Haustür)“: Ich habe es dir um 14:00 gemeldet, denn ich melde "
            "Leute, solange du nichts anderes sagst.",
        ),
        (
            "hör auf, die Einfahrt zu beobachten",
            "Das beobachte ich nicht mehr: Einfahrt. "
            "Sag „mach das rückgängig“, und ich nehme es zurück.",
        ),
        (
            "war heute ein Hund da?",
            "Seit 00:00 habe ich keine Hunde gesehen. "
            "Das beobachte ich nicht: die Kamera „Einfahrt“.",
        ),
        ("mach das rückgängig", "Zurückgenommen: „hör auf, die Einfahrt zu beobachten“."),
        ("vergiss die letzte Regel", "Vergessen: „melde mir keine Katzen“."),
    ],
    "fr": [
        ("je sors", "D'accord, je sais que tu n'es pas là. À plus tard."),
        ("qui est à la porte d'entrée ?", "Deux personnes sont là (porte d'entrée)."),
        (
            "pourquoi m'as-tu dit ça ?",
            "« Deux personnes sont là (porte d'entrée) » : Je te l'ai signalé à 14:00, car je "
            "signale les personnes, sauf si tu dis autre chose.",
        ),
        ("je suis rentré", "Bon retour à la maison. Demande ce qui s'est passé, et je te le dis."),
    ],
    "es": [
        (
            "no me avises de gatos",
            "Vale, de esto no te aviso: gatos. Di «deshazlo» y lo dejo como estaba.",
        ),
        ("¿qué ha pasado hoy?", "Hoy: Hay dos personas (puerta principal)."),
    ],
    "nl": [
        ("laat de voordeur zien", "Voordeur, nu: twee personen."),
        ("ik ben thuis", "Welkom thuis. Vraag wat er gebeurd is en ik vertel het je."),
    ],
    "pl": [
        (
            "nie powiadamiaj mnie o kotach",
            "Dobrze, o tym nie będę powiadamiać: koty. Powiedz „cofnij to”, a to cofnę.",
        ),
        ("kto jest przy drzwiach wejściowych?", "Są tu 2 osoby (drzwi wejściowe)."),
        (
            "przestań obserwować podjazd",
            "Tego już nie pilnuję: podjazd. Powiedz „cofnij to”, a to cofnę.",
        ),
    ],
}


@pytest.mark.parametrize("language", SAID)
async def test_what_is_asked_of_cameras_is_answered_in_that_language(
    tmp_path: Path, language: str
) -> None:
    async with opened_world(tmp_path) as world:
        world.language = language
        await world.restart()
        door, drive = PLACES[language]
        await world.watch.change(DOOR, looks_at=door, watched=True, overlaps=(DRIVE,))
        await world.watch.change(DRIVE, looks_at=drive, watched=True)
        await world.watch.cameras.find_addresses()
        await world.tell(
            scene(0, track("a"), pictures=(picture(),)), scene(5, track("a"), track("b", 0.7))
        )
        chat = Chat(world)
        for text, reply in SAID[language]:
            said = (await chat.say(text)).reply
            assert re.sub(r" \(am [^)]*\)", "", said) == reply  # since when a rule holds


async def test_a_camera_is_asked_about_and_named_in_the_house_s_language(tmp_path: Path) -> None:
    async with opened_world(tmp_path) as world:
        world.language = "fr"
        await world.restart()
        await world.watch._asking.ask()
        assert await world.said() == ["Je vois une caméra (Reolink RLC-810A). Où regarde-t-elle ?"]
        said = (await Chat(world).say("elle regarde la porte d'entrée")).reply
        assert said.startswith("Je surveille ceci maintenant : porte d'entrée.")
        assert world.house.devices[DOOR].name == "Caméra porte d'entrée"


DEEDS: list[tuple[str, dict[str, object]]] = [
    ("alert_rule", {"verdict": "quiet", "kinds": ["animal"], "hours": "22:00-07:00"}),
    ("drop_alert_rule", {"rule": 1}),
    ("drop_alert_rule", {"which": "all"}),
    ("watch_camera", {"device": DOOR, "looks_at": "Xylo"}),
    ("camera_settings", {"devices": [DOOR], "private": True, "record": False, "describe": True}),
    ("camera_settings", {"devices": [DOOR, DRIVE], "overlaps": False}),
    ("set_presence", {"home": False}),
]


@pytest.mark.parametrize("language", SAID)
async def test_what_a_model_wants_is_asked_about_in_that_language(
    tmp_path: Path, language: str
) -> None:
    async with opened_world(tmp_path) as world:
        world.language = language
        await world.restart()
        for camera in (DOOR, DRIVE):
            await world.watch.change(camera, looks_at="Yuro", watched=True)
        chat = Chat(world)
        for name, arguments in DEEDS:
            tool = next(tool for tool in chat.eyes.tools() if tool.name == name)
            deed = tool.deed(arguments, await chat.caller(ANN))
            names = world.house.devices[DOOR].name.casefold().split()
            assert deed
            assert foreign_words(deed, language, *names) == set(), deed
