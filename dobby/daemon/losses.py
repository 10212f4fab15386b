"""What is wrong with the memory is told: to the owners, and to whoever waits for a reply."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from dobby.agent.phrases import counted, names
from dobby.delivery.notify import Notifier
from dobby.delivery.outbox import Outbox
from dobby.delivery.types import SendRefused
from dobby.people.registry import People
from memory.errors import StoreError
from memory.onlooker import examine
from memory.records import Apart, Draft
from memory.store import Store

log = logging.getLogger(__name__)

LOOK_S = 60.0
FIRST_CHECK_S = 60.0  # a start has other things to do
CHECK_S = 24 * 3600.0
CHANGED = (
    "Somebody changed my record of who did what, or put back another database: it does not hold "
    "any more. `dobby doctor` on my server tells where."
)
SAY_IT_AGAIN = (
    "What you wrote last was damaged on my disk before I had answered it. Please say it again."
)
_NOUNS = {
    "inbound": "message", "outbound": "message", "devices": "device", "rooms": "room",
    "people": "person", "identities": "address", "facts": "fact", "conversations": "conversation",
    "overrides": "name", "vault": "pairing", "cameras": "camera", "incidents": "incident",
    "alert_rules": "alert rule", "pictures": "picture",
}  # fmt: skip


async def tell_losses(store: Store, people: People, notifier: Notifier, outbox: Outbox) -> None:
    """For ever. What fails is tried again."""
    while True:
        try:
            if lost := await store.untold():
                await _tell(lost, people, notifier, outbox)
                await store.told_of([one.id for one in lost])
        except StoreError as error:
            log.warning("what is damaged could not be told: %s", error)
        await asyncio.sleep(LOOK_S)


async def check_record(database: Path, people: People, notifier: Notifier) -> None:
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
                    await notifier.alert(owner.id, CHANGED, (), key)
        except StoreError as error:
            log.warning("the audit could not be checked: %s", error)
        await asyncio.sleep(CHECK_S)


def words(lost: Sequence[Apart]) -> str:
    """What the owner is told of it."""
    counts = Counter(_NOUNS.get(one.table, "other record") for one in lost)
    what = names([counted(count, noun) for noun, count in counts.items()])
    return (
        f"Part of my memory was damaged on the disk: {what} could not be read. I have set "
        f"{'it' if len(lost) == 1 else 'them'} apart, and everything else goes on. If something "
        "that you need is missing, `dobby restore` on my server brings back a backup."
    )


async def _tell(lost: Sequence[Apart], people: People, notifier: Notifier, outbox: Outbox) -> None:
    for (table, why), count in Counter((one.table, one.why) for one in lost).items():
        log.error("set apart: %d of %s (%s)", count, table, why)
    for one in _last_of_each([one for one in lost if one.unanswered]):
        await _ask_again(one, outbox)
    for owner in await people.owners():
        await notifier.alert(owner.id, words(lost), (), f"damage:{lost[-1].id}:{owner.id}")


def _last_of_each(messages: Sequence[Apart]) -> Collection[Apart]:
    """One message of each sender, where what is left of it says who that was."""
    last: dict[tuple[object, object], Apart] = {}
    for one in messages:
        if isinstance(one.row.get("sender"), str):
            last[one.row.get("channel"), one.row["sender"]] = one
    return last.values()


async def _ask_again(one: Apart, outbox: Outbox) -> None:
    channel, sender = one.row.get("channel"), one.row["sender"]
    if channel not in outbox.channels:
        return
    conversation = str(one.row.get("conversation"))
    draft = Draft(str(channel), conversation, sender, SAY_IT_AGAIN, f"damaged:{one.id}")
    try:
        await outbox.post(draft)
    except SendRefused as error:
        log.info("nobody is told of a damaged message: %s", error)
