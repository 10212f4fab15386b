"""What lets Dobby into a device is hidden in every language, and plain words stay as they are."""

from __future__ import annotations

import pytest

from dobby.agent.secrecy import hide, hushed


@pytest.mark.parametrize(
    ("said", "shown", "secret"),
    [
        ("koppel das Schloss mit 031-45-154", "koppel das Schloss mit •••", "031-45-154"),
        ("die PIN ist 0314 5154", "die PIN ist •••", "031-45-154"),
        ("ja, 031-45-154 bitte", "ja, ••• bitte", "031-45-154"),
        ("verbinde die Kamera mit admin geheim7", "verbinde die Kamera mit •••", "admin:geheim7"),
        ("füge die Kamera mit Benutzer olga und Passwort geheim7 hinzu",
         "füge die Kamera mit ••• hinzu", "olga:geheim7"),
        ("das Passwort der Kamera ist hunter2", "das Passwort der Kamera ist •••", "admin:hunter2"),
        ("appaire la serrure avec 031-45-154", "appaire la serrure avec •••", "031-45-154"),
        ("le mot de passe de la caméra est hunter2", "le mot de passe de la caméra est •••",
         "admin:hunter2"),
        ("conecta la cámara con usuario olga y contraseña hunter2", "conecta la cámara con •••",
         "olga:hunter2"),
        ("het wachtwoord van de camera is hunter2", "het wachtwoord van de camera is •••",
         "admin:hunter2"),
        ("sparuj zamek kodem 031-45-154", "sparuj zamek kodem •••", "031-45-154"),
    ],
)  # fmt: skip
def test_a_secret_is_taken_out(said: str, shown: str, secret: str) -> None:
    found = hide(said)
    assert (found.text, found.secret) == (shown, secret)


@pytest.mark.parametrize(
    "said",
    ["sag der Kamera Hallo", "verbinde die Kamera mit dem Netz", "hat die Kamera einen Code?",
     "merk dir, das Passwort der Kamera ist hunter2", "mets la lumière à 20 h 15",
     "conecta la cámara con la red", "zet de camera aan", "włącz kamerę o 20:15"],
)  # fmt: skip
def test_plain_words_stay(said: str) -> None:
    assert hide(said).text == said


@pytest.mark.parametrize(
    ("told", "read"),
    [("das Kennwort lautet Blaubeere", "das Kennwort lautet •••"),
     ("le code du portail est 4711", "le code du portail est •••"),
     ("la clave es 4711", "la clave es •••"), ("kod do bramy to 4711", "kod do bramy to •••"),
     ("the gate code is with Ben", "the gate code is with Ben")],
)  # fmt: skip
def test_a_model_reads_no_secret(told: str, read: str) -> None:
    assert hushed(told) == read
