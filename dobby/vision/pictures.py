"""Pictures from cameras: each a sealed file of its own, and an address that opens it for a while.

The files lie in ``<home>/pictures/``, sealed with a key in the home folder: a copied disk or
backup shows nothing without it. A signed address is all that somebody needs who is to see one
picture: the page, or a carrier that fetches it.
"""

from __future__ import annotations

import asyncio
import base64
import errno
import hashlib
import hmac
import logging
import math
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from dobby.language.words import Message, Words, message
from dobby.settings import VisionSettings
from memory.errors import StoreError
from memory.home import make_home, read_or_make
from memory.records import PictureRow
from memory.store import Store

log = logging.getLogger(__name__)

REFERENCE = "picture:"  # before an id, among the media of a message
LARGEST = 8 * 1024 * 1024
SPARE = 64 * 1024 * 1024  # bytes of the disk that pictures leave to messages
SIGNED_S = 12 * 3600.0
ROUND_S = 600  # an address stays the same so long, and browsers need not fetch it again
BATCH = 500

_ID = re.compile(r"[0-9a-f]{32}")
_JPEG = b"\xff\xd8\xff"
_KEY = 32  # bytes, for each of two uses
_NONCE = 12

FULL = message("pictures-full")


class PictureError(Exception):
    """A picture that cannot be kept or shown; ``said`` is fit for the owner."""

    def __init__(self, said: Message | str) -> None:
        super().__init__(Words().put(said))
        self.said = said


class PictureGone(PictureError):
    """It is not kept any more, or never was."""

    def __init__(self) -> None:
        super().__init__(message("picture-gone"))


class Pictures:
    """Keeps, shows and forgets pictures. ``settings`` say for how long, and how many."""

    def __init__(self, home: Path, store: Store, settings: VisionSettings) -> None:
        self._store = store
        self._files = _Files(home)
        self._age = timedelta(days=settings.keep_days)
        self._most = settings.keep_mb * 10**6

    async def keep(self, jpeg: bytes, camera: str, at: datetime, incident: str = "") -> str:
        """Its id, once it is on the disk. Raises PictureError."""
        picture = secrets.token_hex(16)
        try:
            size = await asyncio.to_thread(self._files.write, picture, jpeg)
            await self._store.save_picture(PictureRow(picture, camera, incident, at, size))
        except StoreError as error:
            await asyncio.to_thread(self._files.remove, [picture])
            raise PictureError(str(error)) from error
        return picture

    async def load(self, picture: str) -> bytes:
        """The JPEG. Raises PictureGone, PictureError."""
        return await asyncio.to_thread(self._files.read, picture)

    # Addresses -----------------------------------------------------------------------------

    def sign(self, picture: str, for_s: float = SIGNED_S) -> str:
        """An address that shows it for at least ``for_s`` seconds from now. Raises PictureError."""
        expires = str(math.ceil((time.time() + for_s) / ROUND_S) * ROUND_S)
        return f"/pictures/{picture}.jpg?e={expires}&s={self._signature(picture, expires)}"

    def opens(self, picture: str, expires: str, signature: str) -> bool:
        """Whether these are of an address that was signed for this picture, and still holds."""
        if not (expires.isascii() and expires.isdigit() and len(expires) < 12):
            return False
        right = self._signature(picture, expires).encode()
        signed = hmac.compare_digest(right, signature.encode(errors="surrogatepass"))
        return signed and time.time() < int(expires)

    def link(self, media: str, for_s: float = SIGNED_S) -> str | None:
        """What a channel can show of a message's media: a signed address for a picture of ours,
        anything else as it is; None for what cannot be shown."""
        if not media.startswith(REFERENCE):
            return media
        try:
            return self.sign(media.removeprefix(REFERENCE), for_s)
        except PictureError as error:
            log.warning("a picture cannot be shown: %s", error)
            return None

    def _signature(self, picture: str, expires: str) -> str:
        said = f"{picture}.{expires}".encode(errors="surrogatepass")
        made = hmac.new(self._files.signing_key, said, hashlib.sha256).digest()
        return base64.urlsafe_b64encode(made).rstrip(b"=").decode()

    # Upkeep --------------------------------------------------------------------------------

    async def tidy(self, now: datetime) -> int:
        """Remove what is too old, and the oldest of what is too much; how many went.

        Incidents stay, without their pictures. Raises PictureError, StoreError.
        """
        oldest = now - self._age
        gone = 0
        while old := await self._store.pictures(before=oldest, limit=BATCH):
            gone += await self._forget(old)
        excess = await self._store.picture_bytes() - self._most
        while excess > 0 and (kept := await self._store.pictures(limit=BATCH)):
            going: list[PictureRow] = []
            while excess > 0 and len(going) < len(kept):
                going.append(kept[len(going)])
                excess -= going[-1].bytes
            gone += await self._forget(going)
        await asyncio.to_thread(self._files.sweep, oldest)
        return gone

    async def _forget(self, rows: Sequence[PictureRow]) -> int:
        await asyncio.to_thread(self._files.remove, [row.id for row in rows])
        await asyncio.gather(*(self._store.drop_picture(row.id) for row in rows))
        return len(rows)


class _Files:
    """The folder of sealed files. Everything here blocks."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder = home / "pictures"
        self._key_file = home / "pictures.key"

    @cached_property
    def _keys(self) -> bytes:
        """A key to seal with and one to sign with; made at the first use."""
        try:
            make_home(self._home)
            keys = read_or_make(self._key_file, lambda: secrets.token_bytes(2 * _KEY))
        except StoreError as error:
            raise PictureError(str(error)) from error
        if len(keys) != 2 * _KEY:
            raise PictureError(message("picture-key-damaged", key=str(self._key_file)))
        return keys

    @property
    def signing_key(self) -> bytes:
        return self._keys[_KEY:]

    def write(self, picture: str, jpeg: bytes) -> int:
        """How many bytes the file takes; all of it is on the disk, or none. Raises PictureError."""
        if not jpeg.startswith(_JPEG) or len(jpeg) > LARGEST:
            raise PictureError(message("picture-strange"))
        sealed = self._seal(picture, jpeg)
        try:
            for folder in (self._folder, self._path(picture).parent):
                folder.mkdir(mode=0o700, exist_ok=True)
            if shutil.disk_usage(self._folder).free < SPARE + len(sealed):
                raise PictureError(FULL)
            _replace(self._path(picture), sealed)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise PictureError(FULL) from error
            raise PictureError(message("picture-not-kept", why=str(error.strerror))) from error
        return len(sealed)

    def read(self, picture: str) -> bytes:
        """Raises PictureGone, PictureError."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            sealed = self._path(picture).read_bytes()
        except FileNotFoundError as error:
            raise PictureGone from error
        except OSError as error:
            raise PictureError(message("picture-not-read", why=str(error.strerror))) from error
        nonce, rest = sealed[:_NONCE], sealed[_NONCE:]
        try:
            return AESGCM(self._keys[:_KEY]).decrypt(nonce, rest, picture.encode())
        except (InvalidTag, ValueError) as error:
            raise PictureError(message("picture-sealed", key=str(self._key_file))) from error

    def remove(self, pictures: Sequence[str]) -> None:
        """Raises PictureError."""
        for picture in pictures:
            try:
                self._path(picture).unlink(missing_ok=True)
            except OSError as error:
                why = message("picture-not-removed", why=str(error.strerror))
                raise PictureError(why) from error

    def sweep(self, oldest: datetime) -> None:
        """Remove files from before then, also those that nobody knows of any more: of a kill
        between the file and its row, or of a database that was put back."""
        for path in self._folder.glob("*/*"):
            with suppress(OSError):
                if path.stat().st_mtime < oldest.timestamp():
                    path.unlink()

    def _seal(self, picture: str, jpeg: bytes) -> bytes:
        """Bound to its id: a file in another's place does not open."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # not free to import

        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self._keys[:_KEY]).encrypt(nonce, jpeg, picture.encode())

    def _path(self, picture: str) -> Path:
        """Never a path from outside: an id is ours, or there is no such picture."""
        if not _ID.fullmatch(picture):
            raise PictureGone
        return self._folder / picture[:2] / picture


def _replace(path: Path, content: bytes) -> None:
    """All of it durable at ``path``, or nothing. Raises OSError."""
    fresh, name = tempfile.mkstemp(dir=path.parent)  # 0600 by its contract
    try:
        with os.fdopen(fresh, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError:
        with suppress(OSError):
            os.unlink(name)
        raise
