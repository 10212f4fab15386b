"""Serving: the page's port, the daemon's work kept going, and an end that drains."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import resource
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from functools import partial

from dobby.daemon.app import Admit, Daemon, Prepare, opened
from dobby.logs import log_to_stderr
from dobby.settings import Settings, SettingsError
from dobby.supervise import keep
from dobby.web.app import create_app
from dobby.web.guard import TOKEN_FILE
from dobby.web.serving import Server

log = logging.getLogger(__name__)

DRAIN_S = 8.0
OPEN_FILES = 4096  # enough for hundreds of pages beside the devices; systemd's default is 1,024
VITAL = ("inbox", "outbox")  # work without which nobody is answered


async def serve(
    settings: Settings,
    prepare: Prepare | None = None,
    admit: Admit | None = None,
    ready: Callable[[Daemon], Awaitable[None]] | None = None,
) -> None:
    """Run until SIGINT or SIGTERM. Raises SettingsError and StoreError before anything runs."""
    log_to_stderr(settings.log_level)
    allow_open_files()
    listener = listen(settings)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with listener:
        async with opened(settings, prepare, admit) as daemon, asyncio.TaskGroup() as group:
            server = Server(create_app(daemon.web))
            tasks = [
                group.create_task(
                    keep(name, work, daemon.vitals if name in VITAL else None), name=name
                )
                for name, work in daemon.work
            ]
            serving = group.create_task(server.serve(sockets=[listener]), name="web")
            gc.freeze()  # what was built stays: full collections need not walk it (40 ms)
            if ready is not None:
                tasks.append(group.create_task(keep("welcome", partial(ready, daemon))))
            await stop.wait()
            daemon.web.channel.close()  # open pages hear it, and let go,
            daemon.watch.cameras.close()  # and so do eyes that wait for a plan
            server.end()
            await serving
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(DRAIN_S):
                    await daemon.inbox.drain()
                    await daemon.outbox.drain()
            for task in tasks:
                task.cancel()


async def announce(daemon: Daemon) -> None:
    """Where the page is. The link that logs in is for a terminal: a log is no place for it."""
    settings = daemon.settings
    log.info("ready: %s/  (its token is in %s)", settings.own_url, settings.home / TOKEN_FILE)
    if sys.stderr.isatty():
        sys.stderr.write(f"\n  Open  {login_link(daemon)}\n\n")


def login_link(daemon: Daemon) -> str:
    """An address that logs in whoever opens it on this machine."""
    return f"{daemon.settings.own_url}/login#token={daemon.access.token()}"


def allow_open_files() -> None:
    """As many as are needed, where this process may."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if most == resource.RLIM_INFINITY else min(OPEN_FILES, most)
    if now != resource.RLIM_INFINITY and now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def listen(settings: Settings) -> socket.socket:
    """The page's socket, taken first: a port in use is told before anything is started."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # Named as TCP, for asyncio sets TCP_NODELAY on no other: each answer would wait for an ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(256)
    except OSError as error:
        listener.close()
        where = f"{settings.host}:{settings.port}"
        raise SettingsError(
            f"{where} cannot be used ({error.strerror}). Is Dobby running already? "
            "Another port: DOBBY_PORT."
        ) from error
    listener.setblocking(False)
    return listener
