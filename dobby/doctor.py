"""``dobby doctor``: what is well, what is not, and what to do about it."""

from __future__ import annotations

import asyncio
import socket
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from rich.console import Console

from devices.discovery import Discovery
from dobby.settings import Settings, SettingsError, load
from dobby.vision.local import MISSING, installed
from memory.errors import Locked, StoreError
from memory.store import Store

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
        settings.home.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=settings.home):
            pass

    try:
        await asyncio.to_thread(write)
    except OSError as error:
        cure = "Choose another with DOBBY_HOME, or give this user the folder."
        return Finding("home folder", f"{settings.home} is not writable ({error.strerror})", cure)
    return Finding("home folder", "writable")


async def _database(settings: Settings) -> Finding:
    try:
        async with Store(settings.database_url, settings.home) as store:
            broken = await store.check_audit()
    except Locked as error:
        return Finding("database", f"in use: {error}", "Fine if the daemon runs.", fatal=False)
    except StoreError as error:
        return Finding("database", "cannot be opened", str(error))
    if broken:
        cure = "Somebody changed the audit record by hand. Look at row ids above."
        return Finding("database", f"audit chain broken at {broken}", cure, fatal=False)
    return Finding("database", "opens, audit chain whole")


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
        return Finding("eyes", "not installed", MISSING, fatal=False)
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
