"""What the page asks of the daemon, answered from the daemon's own parts."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from functools import partial
from typing import Any

from fastapi import APIRouter

from devices.house import House
from dobby.agent.pairing import paired
from dobby.channels.local import PAGE, LocalChannel
from dobby.conversation.inbox import Inbox
from dobby.delivery.outbox import Outbox
from dobby.language.words import Words
from dobby.people.registry import SERVER, People, StillOwner
from dobby.people.roles import Role
from dobby.settings import Settings
from dobby.supervise import Vitals
from dobby.web.guard import PageAccess
from dobby.web.parts import WebParts
from dobby.web.sightings import Sightings
from memory.errors import StoreError
from memory.records import DOBBY, Draft
from memory.store import Store

STORE_S = 2.0  # a memory that takes longer to answer does not work


def page_parts(
    settings: Settings,
    store: Store,
    house: House,
    people: People,
    page: LocalChannel,
    inbox: Inbox,
    outbox: Outbox,
    access: PageAccess,
    sightings: Sightings,
    routers: Sequence[APIRouter],
    outside: Sequence[APIRouter],
    vitals: Vitals,
) -> WebParts:
    """The page's view of the house, the chat and the people, as whoever is logged in there."""
    words = Words(settings.language, settings.fahrenheit)

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
                "pictures": page.pictures(turn.media),
            }
            for turn in turns
        ]

    async def pair(key: str, pin: str | None) -> str:
        devices = await house.pair(key, pin)
        owner = await people.identify("web", PAGE)
        await store.audit(
            owner.id if owner else PAGE, "paired devices", {"devices": [d.id for d in devices]}
        )
        return paired(devices, words)

    async def invite(name: str, role: str) -> str:
        try:
            code = await people.invite(name, Role(role), SERVER)
        except StillOwner as error:
            return words.put(error.said)
        return words.say("invited", name=name, role=role, code=code)

    async def remark(words: str) -> None:
        if owner := await people.identify("web", PAGE):
            key = f"remark:{secrets.token_hex(8)}"
            await outbox.post(Draft(page.name, owner.id, PAGE, words, key))

    async def ailing() -> Sequence[str]:
        try:
            async with asyncio.timeout(STORE_S):
                store_works = await store.works()
        except (StoreError, TimeoutError):
            store_works = False
        return [*vitals.ailing, *(() if store_works else ("memory",))]

    return WebParts(
        house=house,
        access=access,
        channel=page,
        sightings=sightings,
        receive=lambda message: inbox.receive(message, partial(page.draft, PAGE)),
        answers=partial(store.answers, page.name),
        history=history,
        pair=pair,
        invite=invite,
        remark=remark,
        zone=settings.time_zone().key,
        fahrenheit=settings.fahrenheit,
        trusted_hosts=settings.trusted_hosts,
        public_host=settings.public_host,
        routers=routers,
        outside=outside,
        ailing=ailing,
        demo_control=settings.demo_control,
    )
