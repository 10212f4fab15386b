"""The composition root: what the daemon is made of, started in order, drained with a deadline."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import uvicorn
from zeroconf.asyncio import AsyncZeroconf

from devices.device import Announcement, Device
from devices.discovery import Discovery, lan_addresses
from devices.drivers import DRIVERS
from devices.house import House
from dobby.agent.builtins import built_in
from dobby.agent.model import ModelBrain
from dobby.agent.policy import Role
from dobby.agent.reflex import Reflex
from dobby.agent.tools import Toolbox
from dobby.agent.turn import Agent
from dobby.answering import Answerer, Locale
from dobby.channels.local import LocalChannel
from dobby.channels.twilio import Twilio
from dobby.events import Channel
from dobby.household import restore, save_changes
from dobby.inbox import Inbox
from dobby.ledger import StoreLedger
from dobby.logs import log_to_stderr
from dobby.notebook import StoreNotebook
from dobby.outbox import Outbox
from dobby.people import People
from dobby.settings import Settings, SettingsError
from dobby.supervise import keep
from dobby.web.app import create_app
from dobby.web.guard import Door
from dobby.web.parts import PAGE, WebParts
from memory.records import DOBBY
from memory.store import Store

log = logging.getLogger(__name__)

DRAIN_S = 8.0

Prepare = Callable[[House], Awaitable[None]]
Admit = Callable[[Announcement], bool]


@dataclass(frozen=True)
class Daemon:
    """The running parts that the outside needs."""

    settings: Settings
    store: Store
    house: House
    inbox: Inbox
    door: Door
    web: WebParts
    work: Sequence[tuple[str, Callable[[], Awaitable[None]]]]


@asynccontextmanager
async def opened(
    settings: Settings, prepare: Prepare | None = None, admit: Admit | None = None
) -> AsyncGenerator[Daemon]:
    """Everything built and opened, nothing running yet; closed in the opposite order.

    ``prepare`` furnishes the house first; ``admit`` says which announcements it may hear.
    """
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(Store(settings.database_url, settings.home))
        zeroconf = _zeroconf(settings.interfaces or lan_addresses())
        stack.push_async_callback(zeroconf.async_close)
        house = await stack.enter_async_context(House(DRIVERS, store.vault, zeroconf))
        if prepare is not None:
            await prepare(house)
        await restore(house, store)
        hear = partial(_hear_if, admit, house) if admit else house.hear
        discovery = await stack.enter_async_context(
            Discovery(zeroconf, settings.interfaces or None, hear)
        )

        people = People(store)
        await people.ensure("web", PAGE, "Owner", Role.OWNER)
        toolbox = Toolbox(house, built_in(house, StoreNotebook(store), discovery))
        reflex = Reflex()
        reflex.warm(house)
        model = None
        if settings.model.on:
            model = ModelBrain(settings.model, settings.home, house, toolbox, StoreLedger(store))
            stack.push_async_callback(model.close)
        agent = Agent(house, toolbox, reflex, model)

        page = LocalChannel("web")
        twilio = None
        if settings.twilio.on:
            twilio = await stack.enter_async_context(Twilio(settings.twilio, settings.home))
        channels: list[Channel] = [page, *(twilio.channels.values() if twilio else ())]
        outbox = Outbox(store, channels)
        locale = Locale(settings.time_zone(), settings.fahrenheit, settings.language)
        inbox = Inbox(store, people, Answerer(store, people, agent, outbox, locale))
        door = Door(settings.home)
        door.token()  # made now: `dobby pair` and `dobby say` read its file
        web = _web(settings, store, house, people, page, inbox, door)
        if twilio is not None:
            web = replace(web, routers=[twilio.router(inbox.receive, outbox.told)])
        work: list[tuple[str, Callable[[], Awaitable[None]]]] = [
            ("inbox", inbox.run),
            ("outbox", outbox.run),
            ("household", partial(save_changes, house, store)),
        ]
        if model is not None:
            work.append(("model warm-up", model.warm))
        if twilio is not None:
            work.append(("missed messages", partial(twilio.catch_up, store, inbox.receive)))
        yield Daemon(settings, store, house, inbox, door, web, work)


def _hear_if(admit: Admit, house: House, heard: Announcement) -> None:
    if admit(heard):
        house.hear(heard)


def _zeroconf(interfaces: Sequence[str]) -> AsyncZeroconf:
    """The only mDNS browser; deaf for now where there is no network. Raises SettingsError."""
    try:
        return AsyncZeroconf(interfaces=list(interfaces))
    except (OSError, ValueError) as error:
        where = ", ".join(interfaces)
        raise SettingsError(
            f"I cannot listen for devices on {where} ({error}). Mend DOBBY_INTERFACES."
        ) from error


def _web(
    settings: Settings,
    store: Store,
    house: House,
    people: People,
    page: LocalChannel,
    inbox: Inbox,
    door: Door,
) -> WebParts:
    async def history(limit: int) -> list[dict[str, Any]]:
        owner = await people.identify("web", PAGE)
        turns = await store.history(owner.id, limit) if owner else []
        return [
            {
                "id": turn.id,
                "who": "dobby" if turn.who == DOBBY else "me",
                "text": turn.text,
                "at": turn.at.isoformat(),
                "via": turn.channel if turn.channel != page.name else "",
            }
            for turn in turns
        ]

    async def pair(key: str, pin: str | None) -> Sequence[Device]:
        devices = await house.pair(key, pin)
        owner = await people.identify("web", PAGE)
        await store.audit(
            owner.id if owner else PAGE, "paired devices", {"devices": [d.id for d in devices]}
        )
        return devices

    async def invite(name: str, role: str) -> str:
        code = await people.invite(name, Role(role), "the server")
        return f"{name} sends me this code to be let in as {role}: {code}. It works once."

    return WebParts(
        house=house,
        door=door,
        channel=page,
        receive=lambda message: inbox.receive(message, partial(page.draft, PAGE)),
        answers=partial(store.answers, page.name),
        history=history,
        pair=pair,
        invite=invite,
        fahrenheit=settings.fahrenheit,
        trusted_hosts=settings.hosts(),
        demo_control=settings.demo_control,
    )


class _Server(uvicorn.Server):
    """Signals are the daemon's, so that it can drain; uvicorn would end the process itself. And
    it waits to be told to end, where uvicorn looks ten times a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._end = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield

    async def main_loop(self) -> None:
        await self._end.wait()

    def end(self) -> None:
        self._end.set()


async def serve(
    settings: Settings,
    prepare: Prepare | None = None,
    admit: Admit | None = None,
    ready: Callable[[Daemon], None] | None = None,
) -> None:
    """Run until SIGINT or SIGTERM. Raises SettingsError and StoreError before anything runs."""
    log_to_stderr(settings.log_level)
    listener = _listen(settings)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with listener:
        async with opened(settings, prepare, admit) as daemon, asyncio.TaskGroup() as group:
            tasks = [group.create_task(keep(name, work), name=name) for name, work in daemon.work]
            config = uvicorn.Config(
                create_app(daemon.web), log_config=None, access_log=False, lifespan="off",
                timeout_graceful_shutdown=2, server_header=False, date_header=False,
            )  # fmt: skip
            server = _Server(config)
            serving = group.create_task(server.serve(sockets=[listener]), name="web")
            if ready is not None:
                ready(daemon)
            await stop.wait()
            daemon.web.channel.close()  # open pages hear it, and let go
            server.end()
            await serving
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(DRAIN_S):
                    await daemon.inbox.drain()
            for task in tasks:
                task.cancel()


def announce(daemon: Daemon) -> None:
    """One line for whoever started it."""
    settings = daemon.settings
    log.info("ready: http://%s:%d/  (token in web.token)", settings.host, settings.port)


def _listen(settings: Settings) -> socket.socket:
    """The page's socket, taken first: a port in use is told before anything is started."""
    listener = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
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
