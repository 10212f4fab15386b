"""How cameras refuse, what the owner is told then, and how insisting is avoided."""

from __future__ import annotations

import time

from devices.device import NeedsPairing, Refused

PATIENCE_S = 900.0


class Denied(Refused):
    """The camera wants a user name and a password, or others."""

    def __init__(self, who: str) -> None:
        super().__init__(f"{who} does not take the user name and password that I have.")


class Replaced(Refused):
    """What answers is not the camera that was paired."""

    def __init__(self, who: str) -> None:
        super().__init__(f"Where {who} was, another camera answers.")


class NotThere(Refused):
    """A camera is there, and not what was asked for."""


class Patience:
    """Credentials that were refused are not tried again soon: cameras lock out who insists."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def lost(self, camera: str) -> bool:
        return time.monotonic() < self._until.get(camera, 0.0)

    def lose(self, camera: str) -> None:
        self._until[camera] = time.monotonic() + PATIENCE_S

    def regain(self, camera: str) -> None:
        self._until.pop(camera, None)


def asks(who: str, again: bool = False) -> NeedsPairing:
    """What to tell the owner of a camera that wants a password; ``again`` where one was wrong."""
    how = f"Tell me, for instance: pair {who} with admin secret"
    if again:
        return NeedsPairing("password", f"{who} does not take that user name and password. {how}")
    return NeedsPairing(
        "password",
        f"{who} is a camera that wants a user name and a password: the ones that its own app or "
        f"web page takes. {how}",
    )
