"""The vault as drivers see it: whatever fails there is an error of this package."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Generator

from devices.device import Refused
from devices.driver import Vault

log = logging.getLogger(__name__)


class DriversVault:
    """A Vault over another, whose own errors (a lost key, a full disk) no driver can know."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def load(self, key: str) -> dict[str, object] | None:
        with _in_our_words(key):
            return await self._vault.load(key)

    async def save(self, key: str, value: dict[str, object]) -> None:
        with _in_our_words(key):
            await self._vault.save(key, value)

    async def drop(self, key: str) -> None:
        with _in_our_words(key):
            await self._vault.drop(key)

    async def keys(self, prefix: str) -> list[str]:
        with _in_our_words(prefix):
            return await self._vault.keys(prefix)


@contextlib.contextmanager
def _in_our_words(key: str) -> Generator[None]:
    try:
        yield
    except Exception as error:
        log.error("The vault failed on %s: %r", key, error)  # noqa: TRY400 - told again and again
        raise Refused(str(error)) from error
