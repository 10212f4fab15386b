"""Settings: where they come from, what wins, and words for what cannot be used."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from dobby.settings import Settings, SettingsError, load

Write = Callable[[str], Path]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("DOBBY_", "ANTHROPIC_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("DOBBY_HOME", str(tmp_path))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "settings.toml"
        path.write_text(text)
        return path

    return written


def test_without_anything_it_is_safe(tmp_path: Path) -> None:
    settings = load()
    assert (settings.home, settings.host) == (tmp_path, "127.0.0.1")
    assert not settings.twilio.on
    assert not settings.model.on
    assert settings.database_url == f"sqlite:///{tmp_path}/dobby.db"


def test_the_file_is_read_and_the_environment_wins(write: Write, monkeypatch) -> None:
    write('port = 9000\nunits = "fahrenheit"\n[model]\nname = "house-model"\nusd_per_day = 1\n')
    monkeypatch.setenv("DOBBY_PORT", "9001")
    monkeypatch.setenv("DOBBY_MODEL__USD_PER_DAY", "3")
    settings = load()
    assert (settings.port, settings.fahrenheit) == (9001, True)
    assert (settings.model.name, settings.model.usd_per_day) == ("house-model", 3)


def test_the_vendors_key_is_taken_and_never_shown(monkeypatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-secret")
    settings = load()
    assert settings.model.on
    assert "sk-secret" not in repr(settings)
    assert settings.model.api_key == SecretStr("sk-secret")


def test_a_public_address_is_a_trusted_host(monkeypatch) -> None:
    monkeypatch.setenv("DOBBY_TWILIO__ACCOUNT_SID", "AC1")
    monkeypatch.setenv("DOBBY_TWILIO__AUTH_TOKEN", "t")
    monkeypatch.setenv("DOBBY_TWILIO__PUBLIC_URL", "https://dobby.example/")
    monkeypatch.setenv("DOBBY_TWILIO__SMS_FROM", "+14155550100")
    assert load().public_host == "dobby.example"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("port = 90000", "port: Input should be less than or equal to 65535"),
        ("prot = 9000", "prot: Extra inputs are not permitted"),
        ("[twilio]\nsid = 'x'", "twilio.sid: Extra inputs are not permitted"),
        ("zone = 'Mars/Olympus'", "zone: Value error, there is no time zone 'Mars/Olympus'"),
        ("zone = '../../etc/passwd'", "there is no time zone"),
        ("language = 'tlh'", "language: Input should be"),
        ("units = 'kelvin'", "units: Input should be"),
        ("[twilio]\naccount_sid = 'AC1'", "auth_token is empty"),
        ("[twilio]\naccount_sid = 'AC1'\nauth_token = ''", "auth_token is empty"),
        ("[twilio]\naccount_sid = 'AC1'\nauth_token = 't'", "public_url is missing"),
        (
            "[twilio]\naccount_sid = 'AC1'\nauth_token = 't'\npublic_url = 'https://x.example'",
            "whatsapp_from and sms_from are empty",
        ),
        ("[twilio]\npublic_url = 'ftp://x'", "twilio.public_url"),
        ("[model]\ncalls_per_turn = 0", "model.calls_per_turn"),
        ("port = = 1", "cannot be read"),
        ("port", "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_named(write: Write, text: str, words: str) -> None:
    path = write(text)
    with pytest.raises(SettingsError) as error:
        load()
    assert words in str(error.value)
    assert str(path) in str(error.value)


def test_a_blank_token_is_no_token(write: Write) -> None:
    write("[twilio]\naccount_sid = 'AC1'\nauth_token = '   '\npublic_url = 'https://x.example'")
    with pytest.raises(SettingsError, match="auth_token is empty"):
        load()


def test_a_file_of_other_bytes_is_told(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"\xff\xfe\x00port")
    with pytest.raises(SettingsError, match=r"settings\.toml cannot be read"):
        load()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_told(write: Write) -> None:
    write("port = 1").chmod(0)
    with pytest.raises(SettingsError, match="cannot be read"):
        load()


def test_a_wrong_secret_is_not_repeated(monkeypatch) -> None:
    monkeypatch.setenv("DOBBY_TWILIO", '{"account_sid": "AC1", "auth_token": ["hunter2"]}')
    with pytest.raises(SettingsError) as error:
        load()
    assert "hunter2" not in str(error.value)


def test_the_zone_is_the_owners_else_the_machines(monkeypatch) -> None:
    assert Settings(zone="Europe/Warsaw").time_zone().key == "Europe/Warsaw"
    monkeypatch.setenv("TZ", "America/New_York")
    assert Settings().time_zone().key == "America/New_York"
    monkeypatch.setenv("TZ", "nonsense")
    assert Settings().time_zone().key == "UTC"
