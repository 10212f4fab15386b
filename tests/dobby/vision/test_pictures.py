"""Pictures: sealed, shown by an address that expires, let go in time; a full disk stops nothing."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from dobby.language.words import Words
from dobby.settings import VisionSettings
from dobby.vision import pictures as module
from dobby.vision.pictures import PictureError, PictureGone, Pictures
from memory.errors import DiskFull
from memory.records import PictureRow
from memory.store import Store
from tests.memory.test_store_faults import in_namespace

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40
CAMERA = "onvif:1"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(tmp_path / "dobby.db") as opened:
        yield opened


@pytest.fixture
def pictures(tmp_path: Path, store: Store) -> Pictures:
    return Pictures(tmp_path, store, VisionSettings(keep_days=14, keep_mb=10))


def now() -> datetime:
    return datetime.now(UTC)


def files(home: Path) -> list[Path]:
    return [path for path in (home / "pictures").rglob("*") if path.is_file()]


def parts(address: str) -> tuple[str, str, str]:
    """The id, expiry and signature of an address."""
    url = urlsplit(address)
    query = parse_qs(url.query)
    return Path(url.path).stem, query["e"][0], query["s"][0]


async def test_a_picture_is_kept_and_shown(pictures: Pictures, store: Store) -> None:
    at = now()
    first = await pictures.keep(JPEG, CAMERA, at, "incident-1")
    second = await pictures.keep(JPEG, CAMERA, at)
    assert first != second
    assert await pictures.load(first) == JPEG
    row = next(row for row in await store.pictures() if row.id == first)
    assert (row.camera, row.incident, row.at) == (CAMERA, "incident-1", at)


async def test_only_the_owner_reads_the_files_and_they_are_sealed(
    pictures: Pictures, tmp_path: Path
) -> None:
    await pictures.keep(JPEG, CAMERA, now())
    (file,) = files(tmp_path)
    for path, mode in (
        (file, 0o600),
        (tmp_path / "pictures.key", 0o600),
        (file.parent, 0o700),
        (tmp_path / "pictures", 0o700),
    ):
        assert stat.S_IMODE(path.stat().st_mode) == mode, path
    assert JPEG[4:40] not in file.read_bytes()
    assert not file.read_bytes().startswith(JPEG[:3])


async def test_a_restart_shows_the_same_picture(
    pictures: Pictures, store: Store, tmp_path: Path
) -> None:
    picture = await pictures.keep(JPEG, CAMERA, now())
    address = pictures.sign(picture)
    again = Pictures(tmp_path, store, VisionSettings())
    assert await again.load(picture) == JPEG
    assert again.opens(*parts(address))


async def test_a_file_that_was_changed_or_swapped_does_not_open(
    pictures: Pictures, tmp_path: Path
) -> None:
    one = await pictures.keep(JPEG, CAMERA, now())
    two = await pictures.keep(JPEG, CAMERA, now())
    first, second = (next(f for f in files(tmp_path) if f.name == name) for name in (one, two))
    sealed = first.read_bytes()
    first.write_bytes(second.read_bytes())
    with pytest.raises(PictureError, match="another key"):
        await pictures.load(one)
    for damaged in (sealed[:-1] + bytes([sealed[-1] ^ 1]), sealed[:5], b""):
        first.write_bytes(damaged)
        with pytest.raises(PictureError):
            await pictures.load(one)


async def test_without_its_key_nothing_is_shown(
    pictures: Pictures, store: Store, tmp_path: Path
) -> None:
    picture = await pictures.keep(JPEG, CAMERA, now())
    address = pictures.sign(picture)
    key = tmp_path / "pictures.key"
    key.unlink()
    other = Pictures(tmp_path, store, VisionSettings())
    with pytest.raises(PictureError, match=r"pictures\.key"):
        await other.load(picture)
    assert not other.opens(*parts(address))
    key.write_bytes(b"short")
    damaged = Pictures(tmp_path, store, VisionSettings())
    with pytest.raises(PictureError, match="damaged"):
        await damaged.keep(JPEG, CAMERA, now())
    assert damaged.link(f"picture:{picture}") is None


@pytest.mark.parametrize("sent", [b"", b"<html>", b"GIF89a", JPEG[:3] + bytes(module.LARGEST)])
async def test_what_is_no_picture_is_not_kept(
    pictures: Pictures, store: Store, tmp_path: Path, sent: bytes
) -> None:
    with pytest.raises(PictureError, match="not a picture"):
        await pictures.keep(sent, CAMERA, now())
    assert files(tmp_path) == []
    assert await store.pictures() == []


@pytest.mark.parametrize(
    "name",
    ["../../dobby.db", "..", "", "/etc/passwd", "a" * 31, "A" * 32, "a" * 32 + "\n", "ą" * 32],
)
async def test_attack_46_a_picture_is_no_path(pictures: Pictures, name: str) -> None:
    await pictures.keep(JPEG, CAMERA, now())
    with pytest.raises(PictureGone):
        await pictures.load(name)


# Addresses ---------------------------------------------------------------------------------


async def test_attack_51_expired_tampered_or_of_another_camera(pictures: Pictures) -> None:
    picture = await pictures.keep(JPEG, CAMERA, now())
    other = await pictures.keep(JPEG, "onvif:2", now())
    name, expires, signature = parts(pictures.sign(picture, 60))
    assert pictures.opens(name, expires, signature)
    assert not pictures.opens(other, expires, signature)
    assert not pictures.opens(name, str(int(expires) + 1), signature)
    assert not pictures.opens(name, f"0{expires}", signature)
    for wrong in ("", "é", "\udcff", signature[:-1], signature + "=", signature.swapcase()):
        assert not pictures.opens(name, expires, wrong)
    for strange in ("", "-1", "1e9", "٣", " 5", "9" * 20):
        assert not pictures.opens(name, strange, signature)
    assert not pictures.opens(*parts(pictures.sign(picture, -module.ROUND_S - 1)))


async def test_an_address_ends_in_time_and_stays_the_same_for_a_while(
    pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = await pictures.keep(JPEG, CAMERA, now())
    clock = 1_800_000_001.0
    monkeypatch.setattr(module.time, "time", lambda: clock)
    address = pictures.sign(picture, 3600)
    clock += 3600
    assert pictures.opens(*parts(address))
    clock += module.ROUND_S
    assert not pictures.opens(*parts(address))
    clock = 1_800_000_002.0
    assert pictures.sign(picture, 3600) == address


async def test_only_pictures_of_ours_are_signed(pictures: Pictures) -> None:
    assert pictures.link("https://elsewhere.example/1.jpg") == "https://elsewhere.example/1.jpg"
    address = pictures.link("picture:" + "a" * 32, 60)
    assert address is not None
    assert pictures.opens(*parts(address))


# Retention ---------------------------------------------------------------------------------


async def test_the_old_go_and_their_incidents_stay(
    pictures: Pictures, store: Store, tmp_path: Path
) -> None:
    stamp = now().isoformat()
    await store.save_incident({"id": "i", "started": stamp, "last": stamp, "picture": "x"})
    old = await pictures.keep(JPEG, CAMERA, now() - timedelta(days=15), "i")
    new = await pictures.keep(JPEG, CAMERA, now() - timedelta(days=13), "i")
    assert await pictures.tidy(now()) == 1
    with pytest.raises(PictureGone, match="any more"):
        await pictures.load(old)
    assert await pictures.load(new) == JPEG
    assert [row.id for row in await store.pictures()] == [new]
    assert [one["id"] for one in await store.incidents()] == ["i"]
    assert await pictures.tidy(now() + timedelta(days=20)) == 1
    assert files(tmp_path) == []


async def test_the_oldest_go_when_there_are_too_many(
    pictures: Pictures, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    large = JPEG + bytes(3_300_000)
    kept = [await pictures.keep(large, CAMERA, now() - timedelta(hours=9 - n)) for n in range(7)]
    assert await pictures.tidy(now()) == 4
    assert [row.id for row in await store.pictures()] == kept[4:]
    assert await store.picture_bytes() <= 10_000_000
    assert await pictures.tidy(now()) == 0


async def test_files_that_nobody_knows_of_go_in_time(
    pictures: Pictures, store: Store, tmp_path: Path
) -> None:
    picture = await pictures.keep(JPEG, CAMERA, now())
    half = files(tmp_path)[0].with_name("tmp1234")  # of a kill in the middle of it
    half.write_bytes(b"half")
    await store.drop_picture(picture)
    assert await pictures.tidy(now()) == 0
    assert len(files(tmp_path)) == 2
    for file in files(tmp_path):
        os.utime(file, (0, 0))
    await pictures.tidy(now())
    assert files(tmp_path) == []


async def test_a_file_that_is_gone_already_stops_no_tidying(
    pictures: Pictures, store: Store, tmp_path: Path
) -> None:
    await pictures.keep(JPEG, CAMERA, now() - timedelta(days=15))
    files(tmp_path)[0].unlink()
    assert await pictures.tidy(now()) == 1
    assert await store.pictures() == []


# Faults ------------------------------------------------------------------------------------


async def test_a_row_that_cannot_be_kept_leaves_no_file(
    pictures: Pictures, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(row: PictureRow) -> None:
        raise DiskFull

    monkeypatch.setattr(store, "save_picture", full)
    with pytest.raises(PictureError, match="full"):
        await pictures.keep(JPEG, CAMERA, now())
    assert files(tmp_path) == []


async def test_many_at_once_while_the_loop_goes_on(pictures: Pictures) -> None:
    ids = await asyncio.gather(*(pictures.keep(JPEG, CAMERA, now()) for _ in range(60)))
    assert len(set(ids)) == 60
    assert set(await asyncio.gather(*(pictures.load(one) for one in ids))) == {JPEG}


FULL_DISK = """
import asyncio, pathlib, sys
from datetime import datetime, UTC
from dobby.settings import VisionSettings
from dobby.vision.pictures import SPARE, PictureError, Pictures
from memory.store import Store
JPEG = b"\\xff\\xd8\\xff" + bytes(1_000_000)

async def main():
    home = pathlib.Path(sys.argv[1]) / "home"
    async with Store(home / "dobby.db") as store:
        pictures = Pictures(home, store, VisionSettings())
        kept = []
        try:
            while True:
                kept.append(await pictures.keep(JPEG, "onvif:1", datetime.now(UTC)))
        except PictureError as error:
            print(error)
        assert len(kept) > 3, len(kept)
        assert await store.receive("web", "1", "c", "ann", "hello"), "messages have their room"
        filler = home.parent / "filler"
        with filler.open("wb", buffering=0) as file:  # now by somebody else, to the last byte
            size = 1 << 16
            while size:
                try:
                    file.write(bytes(size))
                except OSError:
                    size //= 2
        try:
            await pictures.keep(JPEG, "onvif:1", datetime.now(UTC))
            raise SystemExit("kept on a full disk")
        except PictureError:
            pass
        assert await pictures.load(kept[0]) == JPEG
        assert len(list((home / "pictures").glob("*/*"))) == len(kept), "nothing half"
        filler.unlink()
        oldest = await store.pictures(limit=2)
        for row in oldest:
            (home / "pictures" / row.id[:2] / row.id).unlink()
        assert await pictures.keep(JPEG, "onvif:1", datetime.now(UTC))
asyncio.run(main())
"""


def test_a_full_disk(tmp_path: Path) -> None:
    said = in_namespace(f"mount -t tmpfs -o size=80m none '{tmp_path}'", FULL_DISK, str(tmp_path))
    assert said == Words().put(module.FULL)
