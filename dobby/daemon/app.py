"""The composition root: everything that the daemon is made of, opened in order."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from zeroconf.asyncio import AsyncZeroconf

from devices.device import Announcement
from devices.discovery import Discovery, lan_addresses
from devices.drivers import DRIVERS
from devices.house import House
from devices.seeking import seek_the_away
from dobby.agent.builtins import built_in
from dobby.agent.cameras import CameraTools
from dobby.agent.model import ModelBrain
from dobby.agent.model_memory import ModelMemory
from dobby.agent.tools import Toolbox
from dobby.agent.turn import Agent
from dobby.channels import CARRIERS
from dobby.channels.carrier import OpenCarrier, Work
from dobby.channels.local import PAGE, LocalChannel
from dobby.conversation.answering import Answerer
from dobby.conversation.facts import StoreNotebook
from dobby.conversation.inbox import Inbox
from dobby.daemon.absences import Absences
from dobby.daemon.house_memory import restore, save_changes, wait_for_known
from dobby.daemon.losses import check_record, tell_losses
from dobby.daemon.page import page_parts
from dobby.daemon.upkeep import back_up, tidy, tidy_log
from dobby.delivery.notify import Notifier
from dobby.delivery.outbox import Outbox
from dobby.delivery.types import Link
from dobby.language.brain import Language
from dobby.language.words import Words
from dobby.llm.ledger import Spending
from dobby.locale import Locale
from dobby.people.registry import People
from dobby.people.roles import Role
from dobby.people.speech import Spoken, words_of
from dobby.settings import Settings, SettingsError
from dobby.supervise import Vitals
from dobby.vision.describe import Describer
from dobby.vision.local import watch_here
from dobby.vision.pictures import Pictures
from dobby.vision.watch import Watch
from dobby.web import eyes_api
from dobby.web.guard import KeyFile, PageAccess
from dobby.web.parts import WebParts
from dobby.web.pictures import router as picture_router
from dobby.web.sightings import Sightings
from memory.backups import DATABASE
from memory.store import Store

Prepare = Callable[[House], Awaitable[None]]
Admit = Callable[[Announcement], bool]


@dataclass(frozen=True)
class Daemon:
    """The parts that whoever runs it needs; ``work`` is what has to be kept going, by name."""

    settings: Settings
    store: Store
    house: House
    inbox: Inbox
    outbox: Outbox
    watch: Watch
    access: PageAccess
    web: WebParts
    vitals: Vitals
    work: Sequence[Work]


@asynccontextmanager
async def opened(
    settings: Settings, prepare: Prepare | None = None, admit: Admit | None = None
) -> AsyncGenerator[Daemon]:
    """Everything built and opened, nothing running yet; closed in the opposite order.

    ``prepare`` furnishes the house first; ``admit`` says which announcements it may hear.
    """
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(Store(settings.database_url, settings.home))
        house, discovery = await _house(stack, settings, store, prepare, admit)
        people = People(store)
        await people.ensure("web", PAGE, "Owner", Role.OWNER)
        locale = Locale(settings.time_zone(), settings.fahrenheit, settings.language)
        spoken = partial(words_of, store, locale)

        pictures = Pictures(settings.home, store, settings.vision)
        page = LocalChannel("web", pictures.link)
        carriers = await _carriers(stack, settings, store, pictures.link)
        vitals = Vitals()
        outbox = Outbox(store, [page, *(one for c in carriers for one in c.channels)], vitals)
        notifier = Notifier(store, outbox)
        watch = await _watch(stack, settings, store, house, people, notifier, pictures, locale)

        notebook = StoreNotebook(store)
        cameras = CameraTools(house, watch, pictures, store, notebook)
        tools = [*built_in(house, notebook, discovery, cameras), *cameras.tools()]
        toolbox = Toolbox(house, tools)
        reflex = Language()
        reflex.warm(house, locale.language)
        Words(locale.language).warm()
        model = _model(stack, settings, store, house, toolbox)
        agent = Agent(house, toolbox, reflex, model)
        answerer = Answerer(store, people, agent, outbox, locale, cameras.watched, notifier)
        inbox = Inbox(store, people, answerer, vitals)

        access, eyes_key = PageAccess(settings.home), eyes_api.key(settings.home)
        access.token()  # made now: `dobby pair` and `dobby say` read its file,
        eyes_key.token()  # and eyes elsewhere get a copy of theirs
        outside = [picture_router(pictures)]
        work = [
            ("inbox", inbox.run),
            ("outbox", outbox.run),
            ("household", partial(save_changes, house, store)),
            ("watch", watch.run),
            ("losses", partial(tell_losses, store, people, notifier, outbox, spoken)),
            ("seeking", partial(seek_the_away, house, discovery)),
            ("absences", Absences(house, store, people, notifier, spoken).run),
            *_own_eyes(settings, watch, eyes_key),
            *_upkeep(settings, store, pictures),
            *_record(settings, people, notifier, spoken),
        ]
        if model is not None:
            work.append(("model warm-up", model.warm))
        for carrier in carriers:
            outside += carrier.routers(inbox.receive, outbox.told)
            work += carrier.work(inbox.receive)
        sightings = Sightings(house, watch, pictures, people)
        web = page_parts(
            settings, store, house, people, page, inbox, outbox, access, sightings,
            [eyes_api.router(watch, eyes_key)], outside, vitals,
        )  # fmt: skip
        await wait_for_known(house)
        yield Daemon(settings, store, house, inbox, outbox, watch, access, web, vitals, work)


async def _house(
    stack: AsyncExitStack,
    settings: Settings,
    store: Store,
    prepare: Prepare | None,
    admit: Admit | None,
) -> tuple[House, Discovery]:
    """The house as it was known, and the ears that it hears the network with."""
    zeroconf = _zeroconf(settings.interfaces or lan_addresses())
    stack.push_async_callback(zeroconf.async_close)
    house = await stack.enter_async_context(House(DRIVERS, store.vault, zeroconf))
    if prepare is not None:
        await prepare(house)
    await restore(house, store)

    def hear(heard: Announcement) -> None:
        if admit is None or admit(heard):
            house.hear(heard)

    discovery = Discovery(zeroconf, settings.interfaces or None, hear)
    return house, await stack.enter_async_context(discovery)


def _zeroconf(interfaces: Sequence[str]) -> AsyncZeroconf:
    """The only mDNS browser; deaf for now where there is no network. Raises SettingsError."""
    try:
        return AsyncZeroconf(interfaces=list(interfaces))
    except (OSError, ValueError) as error:
        where = ", ".join(interfaces)
        raise SettingsError(
            f"I cannot listen for devices on {where} ({error}). Mend DOBBY_INTERFACES."
        ) from error


async def _watch(
    stack: AsyncExitStack,
    settings: Settings,
    store: Store,
    house: House,
    people: People,
    notifier: Notifier,
    pictures: Pictures,
    locale: Locale,
) -> Watch:
    """What the cameras see, as it was known; with a model that describes it, where there is one."""
    describer = None
    if settings.model.on:
        describer = Describer(settings.model, Spending(store), settings.language)
        stack.push_async_callback(describer.close)
    watch = Watch(house, store, pictures, notifier, people, settings.vision, describer, locale)
    await watch.load()
    return watch


def _model(
    stack: AsyncExitStack, settings: Settings, store: Store, house: House, toolbox: Toolbox
) -> ModelBrain | None:
    if not settings.model.on:
        return None
    model = ModelBrain(settings.model, settings.home, house, toolbox, ModelMemory(store))
    stack.push_async_callback(model.close)
    return model


async def _carriers(
    stack: AsyncExitStack, settings: Settings, store: Store, link: Link
) -> list[OpenCarrier]:
    """Those that the settings want, open."""
    wanted = [carrier for carrier in CARRIERS if carrier.on(settings)]
    return [await stack.enter_async_context(c.open(settings, store, link)) for c in wanted]


def _own_eyes(settings: Settings, watch: Watch, key: KeyFile) -> Iterator[Work]:
    """The eyes of this machine, unless they are elsewhere or off."""
    if settings.vision.eyes == "here":
        yield "eyes", partial(watch_here, settings, key.token(), watch.cameras)


def _record(
    settings: Settings, people: People, notifier: Notifier, spoken: Spoken
) -> Iterator[Work]:
    if not settings.database:
        database = settings.home / DATABASE
        yield "record", partial(check_record, database, people, notifier, spoken)


def _upkeep(settings: Settings, store: Store, pictures: Pictures) -> Iterator[Work]:
    yield "log", partial(tidy_log, store)
    yield "old pictures", partial(tidy, pictures)
    if not settings.database:  # a database server has backups of its own
        yield "backup", partial(back_up, store, settings.home)
