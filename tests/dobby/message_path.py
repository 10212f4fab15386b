"""The whole way of a message, put together as the daemon does it, on a house declared in a file."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import uvicorn
from fastapi import FastAPI

from devices.driver import Driver, Found
from devices.house import House
from devices.virtual.declared import Declared, HouseFile, devices_of, read_state
from dobby.agent.builtins import built_in
from dobby.agent.tools import Toolbox
from dobby.agent.turn import Agent, Model, Reflexes
from dobby.channels.twilio import Twilio
from dobby.conversation.answering import Answerer
from dobby.conversation.facts import StoreNotebook
from dobby.conversation.inbox import Inbox
from dobby.delivery.outbox import Outbox
from dobby.delivery.types import Channel
from dobby.locale import Locale
from dobby.people.registry import People
from dobby.people.roles import Role
from dobby.settings import TwilioSettings
from memory.store import Store
from tests.dobby.plain_reflex import PlainReflex

UTC = ZoneInfo("UTC")
OWNER, CHILD, GUEST, STRANGER = "+48600100200", "+48600100201", "+48600100202", "+48600999999"

HOUSE = HouseFile.model_validate(
    {
        "rooms": ["Kitchen", "Hall"],
        "devices": {
            "kitchen_light": {"name": "Kitchen light", "kind": "light", "room": "Kitchen",
                              "state": {"power": False, "brightness": 10}},
            "front_door": {"name": "Front door", "kind": "lock", "room": "Hall",
                           "state": {"lock": True}},
            "back_door": {"name": "Back door", "kind": "lock", "room": "Kitchen",
                          "state": {"lock": True}},
            "boiler": {"name": "Boiler", "kind": "boiler", "room": "Hall",
                       "can": [{"climate": {"min": 30, "max": 70}}],
                       "state": {"climate": {"target": 50}}},
            "speaker": {"name": "Kitchen speaker", "kind": "speaker", "room": "Kitchen",
                        "state": {"playback": "playing", "volume": 20}},
        },
    }
)  # fmt: skip


@dataclass
class MessagePath:
    store: Store
    house: House
    people: People
    agent: Agent
    inbox: Inbox
    outbox: Outbox
    twilio: Twilio | None
    app: FastAPI

    def state(self, device: str) -> dict[str, Any]:
        return {k: v.said() for k, v in self.house.state(f"declared:{device}").items()}


@contextlib.asynccontextmanager
async def message_path(
    home: Path,
    settings: TwilioSettings | None = None,
    channels: Sequence[Channel] = (),
    *,
    drivers: Sequence[type[Driver]] = (Declared,),
    reflex: Reflexes | None = None,
    model: Model | None = None,
    answer: bool = True,
    declared: HouseFile = HOUSE,
    zone: ZoneInfo = UTC,
) -> AsyncGenerator[MessagePath]:
    async with contextlib.AsyncExitStack() as stack:
        store = await stack.enter_async_context(Store(home / "dobby.db"))
        house = await stack.enter_async_context(House(drivers, store.vault))
        if Declared in drivers:
            _furnish(house, declared)
        twilio = Twilio(settings, home) if settings else None
        if twilio:
            await stack.enter_async_context(twilio)
            channels = [*twilio.channels.values(), *channels]
        people = People(store)
        notebook = StoreNotebook(store)
        agent = Agent(
            house, Toolbox(house, built_in(house, notebook)), reflex or PlainReflex(), model
        )
        outbox = Outbox(store, channels)
        answerer = Answerer(store, people, agent, outbox, Locale(zone))
        inbox = Inbox(store, people, answerer)
        app = FastAPI(openapi_url=None)
        if twilio:
            app.include_router(twilio.router(inbox.receive, outbox.told))
        path = MessagePath(store, house, people, agent, inbox, outbox, twilio, app)
        tasks = [asyncio.create_task(outbox.run())]
        if answer:
            tasks.append(asyncio.create_task(inbox.run()))
        try:
            yield path
        finally:
            await outbox.drain()
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            failed = [end for end in ended if isinstance(end, Exception)]
            assert not failed, failed


def _furnish(house: House, file: HouseFile) -> None:
    house.publish(Found(tuple(devices_of(file))))
    for key, declared in file.devices.items():
        device = f"declared:{key}"
        state = read_state(declared.state)
        driver = house.driver_of(device)
        assert isinstance(driver, Declared)
        driver.set_state(device, state, declared.fault)
        house.learn(device, state, whole=True)


async def household(path: MessagePath, channel: str = "sms") -> None:
    """An owner, a child and a guest, each with a number."""
    await path.people.ensure(channel, OWNER, "Anna", Role.OWNER)
    await path.people.ensure(channel, CHILD, "Ben", Role.CHILD)
    await path.people.ensure(channel, GUEST, "Guest", Role.GUEST)


@contextlib.asynccontextmanager
async def served(app: FastAPI) -> AsyncGenerator[str]:
    """The app behind a real socket; its address."""
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", lifespan="off")
    )
    server.install_signal_handlers = lambda: None  # type: ignore[method-assign]
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(10):
        while not server.started:  # noqa: ASYNC110 - it has no event to await
            await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await task
