"""``dobby doctor``: what is well, what is not, and what to do about it."""

from __future__ import annotations

import asyncio
import socket
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from devices.discovery import Discovery
from dobby.language.words import Words
from dobby.settings import Settings, SettingsError, load
from dobby.vision.local import MISSING, installed
from memory.backups import DATABASE
from memory.errors import Locked, StoreError
from memory.home import make_home
from memory.onlooker import Seen
from memory.onlooker import examine as look_at
from memory.store import Store

SECRETS = ("*.key", "*.token", "settings.toml", f"{DATABASE}*")
CHANGED = "Somebody changed the audit record, or put back another database, by hand."
OLDEST_CLOCK = 1_767_225_600  # 2026-01-01: no release of Dobby is older


@dataclass(frozen=True)
class Finding:
    """One line of the examination; ``cure`` is empty when all is well."""

    what: str
    says: str
    cure: str = ""
    fatal: bool = True


async def examine() -> bool:
    """Print every finding; True when nothing stands in the way of running."""
    console = Console()
    try:
        settings = load()
    except SettingsError as error:
        _print(console, Finding("settings", str(error), "Correct it and run doctor again."))
        return False
    checks: tuple[Callable[[Settings], Awaitable[Finding]], ...] = (
        _home, _database, _port, _clock, _network, _model, _twilio, _eyes,
    )  # fmt: skip
    findings = [Finding("settings", f"read; home is {settings.home}")]
    findings += [await check(settings) for check in checks]
    for finding in findings:
        _print(console, finding)
    return not any(f.cure and f.fatal for f in findings)


def _print(console: Console, finding: Finding) -> None:
    mark = (
        "[green]ok[/]  "
        if not finding.cure
        else ("[red]bad[/] " if finding.fatal else "[yellow]note[/]")
    )
    console.print(f"{mark} {finding.what}: {finding.says}", highlight=False, soft_wrap=True)
    if finding.cure:
        console.print(f"     {finding.cure}", highlight=False, soft_wrap=True)


async def _home(settings: Settings) -> Finding:
    def write() -> None:
        make_home(settings.home)
        with tempfile.NamedTemporaryFile(dir=settings.home):
            pass

    try:
        await asyncio.to_thread(write)
        exposed = await asyncio.to_thread(_exposed, settings.home)
    except (OSError, StoreError) as error:
        cure = "Choose another with DOBBY_HOME, or give this user the folder."
        said = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        return Finding("home folder", f"{settings.home} is not writable ({said})", cure)
    return exposed or Finding("home folder", "writable, and nobody else's")


def _exposed(home: Path) -> Finding | None:
    """Whether others on this machine get at the folder, and at the secrets in it."""
    mode = home.stat().st_mode & 0o777
    if not mode & 0o077:
        return None
    cure = f"chmod 700 {home}"
    if mode & 0o022:
        return Finding("home folder", f"others may change what is in {home} (mode {mode:o})", cure)
    secrets = [path for ending in SECRETS for path in home.glob(ending)]
    if readable := [path.name for path in secrets if path.stat().st_mode & 0o044]:
        said = f"others may read {', '.join(sorted(readable))} in {home} (mode {mode:o})"
        return Finding("home folder", said, cure)
    return Finding("home folder", f"others may look into {home} (mode {mode:o})", cure, fatal=False)


async def _database(settings: Settings) -> Finding:
    """Opened, if nobody has it; and looked at, also beside the daemon."""
    try:
        async with Store(settings.database_url, settings.home) as store:
            how, seen = "opens", Seen(await store.check_audit(), 0)
        if not settings.database:
            seen = await asyncio.to_thread(look_at, settings.home / DATABASE)
    except Locked as error:
        how = f"in use: {error}"
        try:
            seen = await asyncio.to_thread(look_at, settings.home / DATABASE)
        except StoreError as unreadable:
            return Finding("database", how, str(unreadable))
    except StoreError as error:
        return Finding("database", "cannot be opened", str(error))
    if seen.broken:
        return Finding("database", f"{how}; {_broken(seen.broken)}", CHANGED, fatal=False)
    if seen.set_apart:
        said = f"{how}, audit chain whole, {seen.set_apart} damaged rows set apart"
        cure = "If something is missing, `dobby restore` brings back a backup."
        return Finding("database", said, cure, fatal=False)
    return Finding("database", f"{how}, audit chain whole")


def _broken(rows: Sequence[int]) -> str:
    anchor = "its anchor in the home folder is missing, or written with another key"
    told = [anchor] if 0 in rows else []
    if numbers := [str(row) for row in rows if row]:
        more = f" and {len(numbers) - 10} more" if len(numbers) > 10 else ""
        told.append(f"broken at row {', '.join(numbers[:10])}{more}")
    return f"the audit record does not hold: {'; '.join(told)}"


async def _port(settings: Settings) -> Finding:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            where = f"{settings.host}:{settings.port}"
            cure = "Fine if the daemon runs; else set DOBBY_PORT to a free one."
            return Finding("page", f"{where} cannot be had ({error.strerror})", cure, fatal=False)
    return Finding("page", f"http://{settings.host}:{settings.port} is free")


async def _clock(settings: Settings) -> Finding:
    zone = settings.time_zone()
    if time.time() < OLDEST_CLOCK:
        return Finding("clock", time.ctime(), "The clock is wrong; turn on time synchronisation.")
    return Finding("clock", f"{time.strftime('%Y-%m-%d %H:%M')} ({zone.key})")


async def _network(settings: Settings) -> Finding:
    try:
        async with Discovery(None, settings.interfaces or None) as discovery:
            heard = await discovery.scan(2.0)
    except OSError as error:
        cure = "Dobby needs the home network; in a container, host networking."
        return Finding("network", f"cannot listen for devices ({error})", cure, fatal=False)
    if not heard:
        cure = "No device announced itself in 2 s. Is this machine on the home network?"
        return Finding("network", "silent", cure, fatal=False)
    return Finding("network", f"{len({a.host for a in heard})} addresses announce something")


async def _model(settings: Settings) -> Finding:
    if not settings.model.on:
        cure = "Plain commands work. For the rest set ANTHROPIC_API_KEY or DOBBY_MODEL__BASE_URL."
        return Finding("model", "none", cure, fatal=False)
    return Finding("model", f"{settings.model.name} at {settings.model.base_url or 'its vendor'}")


async def _twilio(settings: Settings) -> Finding:
    if not settings.twilio.on:
        cure = "To text with Dobby set DOBBY_TWILIO__ACCOUNT_SID and its companions."
        return Finding("twilio", "off", cure, fatal=False)
    return Finding("twilio", f"webhook at {settings.twilio.public_url}twilio/inbound")


async def _eyes(settings: Settings) -> Finding:
    """Tried in a process of their own, as they would run: what they import is not for this one."""
    if settings.vision.eyes != "here":
        return Finding("eyes", settings.vision.eyes)
    if not installed():
        return Finding("eyes", "not installed", Words().put(MISSING), fatal=False)
    eyes = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "import dobby.eyes.process"),
        stderr=asyncio.subprocess.PIPE,
    )
    said = (await eyes.communicate())[1].decode(errors="replace").strip().splitlines()
    if eyes.returncode:
        cure = "Cameras are not watched until that is mended: pip install 'dobby[vision]' anew."
        return Finding("eyes", f"do not start ({said[-1] if said else 'no reason given'})", cure,
                       fatal=False)  # fmt: skip
    return Finding("eyes", f"here, by {settings.vision.backend}")
