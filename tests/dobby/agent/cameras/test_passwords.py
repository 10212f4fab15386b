"""A camera's password on its whole way: from the chat into the vault, and nowhere else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from devices.device import NeedsPairing
from devices.driver import Driver
from devices.drivers.cameras.told import Cameras
from devices.house import House
from devices.virtual.camera import Clip, VirtualCamera
from dobby.agent.builtins import built_in
from dobby.agent.cameras import CameraTools
from dobby.agent.tools import Toolbox
from dobby.agent.turn import Act, Agent, Said, Stream, Thought
from dobby.channels.local import LocalChannel
from dobby.conversation.answering import Answerer
from dobby.conversation.facts import StoreNotebook
from dobby.conversation.inbox import Inbox
from dobby.delivery.notify import Notifier
from dobby.delivery.outbox import Outbox
from dobby.delivery.types import Message
from dobby.language.brain import Language
from dobby.locale import Locale
from dobby.people.registry import People
from dobby.people.roles import Role
from dobby.settings import VisionSettings
from dobby.vision.pictures import Pictures
from dobby.vision.watch import Watch
from memory.store import Store
from tests.peers.cameras import PEOPLE, footage

SECRET = "hunter2xyzzy"
LOCALE = Locale(ZoneInfo("UTC"))


class Listening:
    """A model that is told everything, and does nothing."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def think(self, said: Said, act: Act, stream: Stream | None) -> Thought:
        self.heard.append(repr(said))
        return Thought(words="I see.")


@dataclass
class Home:
    house: House
    store: Store
    inbox: Inbox
    page: LocalChannel
    model: Listening
    said: int = 0

    async def say(self, text: str) -> str:
        self.said += 1
        async with self.page.listening() as told:
            await self.inbox.receive(
                Message(f"m{self.said}", "web", "page", text, datetime.now(UTC))
            )
            async with asyncio.timeout(30):
                while (line := await told.get())["who"] != "dobby":
                    pass
            return str(line["text"])


@asynccontextmanager
async def home(folder: Path, drivers: Sequence[type[Driver]] = (Cameras,)) -> AsyncIterator[Home]:
    async with Store(folder / "dobby.db") as store, House(drivers, store.vault) as house:
        people, pictures = People(store), Pictures(folder, store, VisionSettings())
        await people.ensure("web", "page", "Anna", Role.OWNER)
        page = LocalChannel("web", pictures.link)
        outbox = Outbox(store, [page])
        watch = Watch(house, store, pictures, Notifier(store, outbox), people, VisionSettings(),
                      None, LOCALE)  # fmt: skip
        await watch.load()
        notebook, model = StoreNotebook(store), Listening()
        eyes = CameraTools(house, watch, pictures, store, notebook)
        toolbox = Toolbox(house, [*built_in(house, notebook, None, eyes), *eyes.tools()])
        agent = Agent(house, toolbox, Language(), model)
        inbox = Inbox(store, people, Answerer(store, people, agent, outbox, LOCALE, eyes.watched))
        tasks = [asyncio.create_task(work()) for work in (outbox.run, inbox.run)]
        try:
            yield Home(house, store, inbox, page, model)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def nowhere(folder: Path, secret: str = SECRET) -> None:
    for file in folder.rglob("*"):
        if file.is_file():
            assert secret.encode() not in file.read_bytes(), file


@pytest.fixture
def clip() -> Clip:
    return Clip.load(footage(PEOPLE))


async def test_a_camera_is_added_by_its_address(tmp_path: Path, clip: Clip) -> None:
    async with VirtualCamera(clip, user="admin", password=SECRET) as camera:
        address = camera.http_address("/still.jpg")
        with_password = address.replace("://", f"://admin:{SECRET}@")
        async with home(tmp_path) as here:
            told = await here.say(f"add the porch camera {with_password}")
            assert told.startswith("I watch the porch now")
            assert (await here.say("show me the porch")).startswith("The porch, now")
            (device,) = here.house.devices.values()
            assert device.name == "Porch camera"
            kept = await here.store.message(1)
            assert kept is not None
            assert "admin:•••@" in kept.text
    nowhere(tmp_path)


async def test_a_camera_is_paired_by_its_password(tmp_path: Path, clip: Clip) -> None:
    async with VirtualCamera(clip, user="admin", password=SECRET) as camera, home(tmp_path) as here:
        with pytest.raises(NeedsPairing):
            await here.house.add(camera.http_address("/still.jpg"), name="Porch")
        assert "does not take" in await here.say("pair the porch camera with admin wrong-one")
        told = await here.say(f"pair the porch camera with admin {SECRET}")
        assert told == "Paired. I can now use Porch."
    nowhere(tmp_path)


async def test_a_model_never_hears_it(tmp_path: Path) -> None:
    async with home(tmp_path) as here:
        told = await here.say(f"my camera rtsp://admin:{SECRET}@10.9.9.9/x is not doing its thing")
        assert "“I see.”" in told
        (heard,) = here.model.heard
        assert "admin:•••@10.9.9.9" in heard
        assert SECRET not in heard
    nowhere(tmp_path)
