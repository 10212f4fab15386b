"""What is wrong with the memory is told: to the owners, and to whoever waits for a reply."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from dobby.delivery.notify import Notifier
from dobby.delivery.outbox import Outbox
from dobby.delivery.types import SendRefused
from dobby.language.words import Message, Several, message
from dobby.people.registry import People
from dobby.people.speech import Spoken
from memory.errors import StoreError
from memory.onlooker import examine
from memory.records import Apart, Draft
from memory.store import Store

log = logging.getLogger(__name__)

LOOK_S = 60.0
FIRST_CHECK_S = 60.0  # a start has other things to do
CHECK_S = 24 * 3600.0
_KINDS = {
    "inbound": "message", "outbound": "message", "devices": "device", "rooms": "room",
    "people": "person", "identities": "address", "facts": "fact", "conversations": "conversation",
    "overrides": "name", "vault": "pairing", "cameras": "camera", "incidents": "incident",
    "alert_rules": "alert_rule", "pictures": "picture",
}  # fmt: skip


async def tell_losses(
    store: Store, people: People, notifier: Notifier, outbox: Outbox, words: Spoken
) -> None:
    """For ever. What fails is tried again."""
    while True:
        try:
            if lost := await store.untold():
                await _tell(lost, people, notifier, outbox, words)
                await store.told_of([one.id for one in lost])
        except StoreError as error:
            log.warning("what is damaged could not be told: %s", error)
        await asyncio.sleep(LOOK_S)


async def check_record(database: Path, people: People, notifier: Notifier, words: Spoken) -> None:
    """Look now and then whether the audit holds, beside the store; for ever. The same is told
    once."""
    while True:
        await asyncio.sleep(FIRST_CHECK_S)
        try:
            seen = await asyncio.to_thread(examine, database)
            if seen.broken:
                log.error("the audit does not hold at %s", seen.broken[:10])
                for owner in await people.owners():
                    key = f"audit:{seen.broken[0]}:{seen.broken[-1]}:{owner.id}"
                    text = (await words(owner.id)).say("record-broken")
                    await notifier.alert(owner.id, text, (), key)
        except StoreError as error:
            log.warning("the audit could not be checked: %s", error)
        await asyncio.sleep(CHECK_S)


def damage(lost: Sequence[Apart]) -> Message:
    """What the owner is told of it."""
    counts = Counter(_KINDS.get(one.table, "other") for one in lost)
    what = tuple(message("lost", n=count, kind=kind) for kind, count in counts.items())
    return message("memory-damaged", what=Several(what), count=len(lost))


async def _tell(
    lost: Sequence[Apart], people: People, notifier: Notifier, outbox: Outbox, words: Spoken
) -> None:
    for (table, why), count in Counter((one.table, one.why) for one in lost).items():
        log.error("set apart: %d of %s (%s)", count, table, why)
    for one in _last_of_each([one for one in lost if one.unanswered]):
        await _ask_again(one, outbox, words)
    for owner in await people.owners():
        text = (await words(owner.id)).put(damage(lost))
        await notifier.alert(owner.id, text, (), f"damage:{lost[-1].id}:{owner.id}")


def _last_of_each(messages: Sequence[Apart]) -> Collection[Apart]:
    """One message of each sender, where what is left of it says who that was."""
    last: dict[tuple[object, object], Apart] = {}
    for one in messages:
        if isinstance(one.row.get("sender"), str):
            last[one.row.get("channel"), one.row["sender"]] = one
    return last.values()


async def _ask_again(one: Apart, outbox: Outbox, words: Spoken) -> None:
    channel, sender = one.row.get("channel"), one.row["sender"]
    if channel not in outbox.channels:
        return
    conversation = str(one.row.get("conversation"))
    text = (await words(conversation)).say("say-again")
    draft = Draft(str(channel), conversation, sender, text, f"damaged:{one.id}")
    try:
        await outbox.post(draft)
    except SendRefused as error:
        log.info("nobody is told of a damaged message: %s", error)
