"""The command line's way to the running daemon: its own page, with the token from the home."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from typing import Any

from dobby.settings import DEMO_HOME, Settings, SettingsError, load
from dobby.web.guard import TOKEN_FILE

ANSWER_S = 120.0


def meant() -> Settings:
    """The settings of the house that is talked to: the owner's own, or, where there never was
    one, the demo's in this folder. Raises SettingsError."""
    settings, demo = load(), DEMO_HOME.absolute()
    own = "DOBBY_HOME" in os.environ or (settings.home / TOKEN_FILE).exists()
    if own or not (demo / TOKEN_FILE).exists():
        return settings
    os.environ["DOBBY_HOME"] = str(demo)  # where the settings are, and all that is kept
    return load()


class DaemonError(SettingsError):
    """The daemon cannot be talked to."""


class RunningDaemon:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def say(self, text: str, room: str | None = None) -> str:
        """The reply. Raises DaemonError."""
        return str(self._post("/api/say", {"text": text, "room": room})["reply"])

    def invite(self, name: str, role: str) -> str:
        """A pairing code with the words to hand on. Raises DaemonError."""
        return str(self._post("/api/invite", {"name": name, "role": role})["words"])

    def healthy(self) -> bool:
        """Whether a daemon answers at all; for a container's health check."""
        try:
            with urllib.request.urlopen(f"{self._settings.own_url}/health", timeout=3) as response:  # noqa: S310
                return response.status == 200
        except OSError:
            return False

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        url = f"{self._settings.own_url}{path}"
        headers = {"Authorization": f"Bearer {self._token()}", "Content-Type": "application/json"}
        request = urllib.request.Request(url, json.dumps(body).encode(), headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_S) as response:  # noqa: S310
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise DaemonError(f"The daemon said no ({error.code}): {_reason(error)}") from error
        except (OSError, ValueError) as error:
            raise DaemonError(f"No daemon answers at {url}. Start it: dobby run.") from error

    def _token(self) -> str:
        path = self._settings.home / TOKEN_FILE
        try:
            return path.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise DaemonError(f"{path} is not there. Has the daemon ever run?") from error


def _reason(error: urllib.error.HTTPError) -> str:
    said = error.read(2000).decode(errors="replace")
    try:
        return str(json.loads(said)["detail"])
    except (ValueError, KeyError, TypeError):
        return said
