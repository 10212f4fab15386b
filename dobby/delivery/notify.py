"""Speaking first: how a person is told something that they did not just ask for.

On the page, always. On their phone by WhatsApp, which is free to write for 24 hours after they
wrote last; then by a template that was approved before, or by SMS. A way that fails, at once or by
a word that comes later, gives place to the next: the outbox keeps them in one row, so that it is
told once through kills, and by one way. What comes too late is not told; that is on record.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dobby.delivery.outbox import Outbox
from dobby.delivery.splitting import split
from dobby.delivery.types import SendRefused
from dobby.people.addresses import PHONES
from dobby.people.roles import Role
from memory.records import Draft, Identity
from memory.store import Store

log = logging.getLogger(__name__)

WINDOW = timedelta(hours=24) - timedelta(minutes=5)  # WhatsApp's, less what the way may take
FRESH = timedelta(minutes=10)  # an alert is old news after this
CHARACTERS = 1500

NO_WAY = (
    "WhatsApp takes no messages more than 24 hours after the person's last one, and neither an "
    "approved template nor a number to send SMS from is set: this is on the page only."
)


class Notifier:
    """Tells people of the house; guests are told nothing, and only grown-ups see pictures."""

    def __init__(self, store: Store, outbox: Outbox) -> None:
        self._store = store
        self._outbox = outbox

    async def alert(self, person_id: str, text: str, media: Sequence[str], dedupe: str) -> None:
        """Tell it once per ``dedupe``, on the page and by the best way to the person's phone.

        Raises StoreError: then it is to be told again.
        """
        allowed = await self._allowed(person_id, media)
        if allowed is None:
            return
        known = await self._store.identities(person_id)
        for page in self._pages(known):
            key = _page_key(dedupe)
            await self._post(Draft(page.channel, person_id, page.address, text, key, allowed))
        await self._phone(known, text, allowed, dedupe)

    async def follow_up(self, person_id: str, text: str, media: Sequence[str], dedupe: str) -> None:
        """One more message where the first cannot be changed: on the phone. Raises StoreError."""
        allowed = await self._allowed(person_id, media)
        if allowed is not None:
            known = await self._store.identities(person_id)
            await self._phone(known, text, allowed, dedupe)

    async def revise(self, dedupe: str, text: str, media: Sequence[str]) -> None:
        """Change what was told, in its place, where that can be: on the page. Raises StoreError."""
        await self._outbox.revise(_page_key(dedupe), text, media)

    async def _allowed(self, person_id: str, media: Sequence[str]) -> tuple[str, ...] | None:
        """The media that this person may see; None for somebody who is told nothing."""
        person = await self._store.person(person_id)
        if person is not None and person.role in (Role.OWNER, Role.ADULT):
            return tuple(media)
        if person is not None and person.role == Role.CHILD:
            return ()
        log.warning("an alert is not for a guest or a stranger: it is not sent")
        return None

    def _pages(self, known: Sequence[Identity]) -> list[Identity]:
        return [i for i in known if i.channel not in PHONES and i.channel in self._outbox.channels]

    async def _phone(
        self, known: Sequence[Identity], text: str, media: tuple[str, ...], dedupe: str
    ) -> None:
        numbers = _trusted([i for i in known if i.channel in PHONES])
        if not numbers or not PHONES & self._outbox.channels.keys():
            return
        first = numbers[0]
        # What is on the page is in the person's conversation already.
        conversation = f"alerts:{first.person}" if self._pages(known) else first.person
        until = datetime.now(UTC) + FRESH
        fresh = Draft(
            first.channel, conversation, first.address, _short(text), "", media, drop_after=until
        )
        if ways := await self._ways(numbers, fresh):
            await self._post(_one_after_another(ways, dedupe))
        else:
            await self._store.unsendable(_one_after_another([fresh], dedupe), NO_WAY)

    async def _ways(self, numbers: Sequence[Identity], fresh: Draft) -> list[Draft]:
        """The message by each way that is open, the best first."""
        ways: list[Draft] = []
        whatsapp, heard = await self._newest("whatsapp", numbers)
        if whatsapp and "whatsapp" in self._outbox.channels:
            to = replace(fresh, channel="whatsapp", recipient=whatsapp)
            if heard is not None and datetime.now(UTC) - heard < WINDOW:
                ways.append(to)
            if template := self._outbox.channels["whatsapp"].limits.template:
                ways.append(replace(to, template=template, media=()))
        sms, _ = await self._newest("sms", numbers)
        if "sms" in self._outbox.channels and (number := sms or whatsapp):
            to = replace(fresh, channel="sms", recipient=number)
            # Not every carrier takes pictures.
            ways += [to, replace(to, media=())] if fresh.media else [to]
        return ways

    async def _newest(
        self, channel: str, numbers: Sequence[Identity]
    ) -> tuple[str, datetime | None]:
        """The number that the person last wrote from on a channel, and when; empty for none."""
        best: tuple[str, datetime | None] = "", None
        for number in numbers:
            if number.channel != channel:
                continue
            heard = await self._store.last_heard(channel, number.address)
            if not best[0] or (heard is not None and (best[1] is None or heard > best[1])):
                best = number.address, heard
        return best

    async def _post(self, draft: Draft) -> None:
        try:
            await self._outbox.post(draft)
        except SendRefused as error:  # shut out a moment ago
            log.warning("an alert was not sent: %s", error)


def _trusted(numbers: list[Identity]) -> list[Identity]:
    """Without those that are too new to be somebody's for sure, where there is another."""
    now = datetime.now(UTC)
    return [i for i in numbers if i.trusted_from is None or i.trusted_from <= now] or numbers


def _page_key(dedupe: str) -> str:
    return f"{dedupe}/page"


def _one_after_another(ways: Sequence[Draft], dedupe: str) -> Draft:
    """The first way, with the next in the place of each that fails. The first has the same key
    whatever it is: which ways are open may have changed when the same is told again."""
    chain: Draft | None = None
    for number, way in reversed(list(enumerate(ways, start=1))):
        key = f"{dedupe}/phone" if number == 1 else f"{dedupe}/phone/{number}"
        chain = replace(way, dedupe=key, instead=chain)
    assert chain is not None  # noqa: S101 - there is a way
    return chain


def _short(text: str) -> str:
    """As much of it as one message of any phone carries."""
    first, *more = split(text, CHARACTERS)
    return f"{first} …" if more else first
