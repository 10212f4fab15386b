"""The way out: every message to a person is a row, and every row is sent once.

Each channel has its own sender, and within it each recipient a lane of their own: one who cannot
be reached never holds up another, and nobody hears the second thing first.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol, runtime_checkable

from dobby.delivery.splitting import drafts
from dobby.delivery.types import (
    Channel,
    ChannelError,
    Outgoing,
    SendLater,
    SendRefused,
    SendUncertain,
)
from dobby.supervise import Vitals, keep
from memory import records
from memory.errors import StoreError
from memory.records import Draft, SendState
from memory.store import Store

log = logging.getLogger(__name__)

AMBIGUOUS_S = 12.0  # for a status callback to tell what became of a send without an answer
LONGEST_PAUSE_S = 300.0
FIRST_TRIES = 5  # of an uncertain send, before the pauses between them grow
GIVE_UP = timedelta(days=1)
LEAST_TRIES = 50  # hours of them: a clock that was put forward a year has given up on nobody
JITTER = timedelta(seconds=5)  # so much a clock may be put back without anybody minding
SHORTEST_WAIT_S = 0.2
UNREADABLE_S = 2.0
TOO_LATE = "Too late: it would have been old news."

_SHOWN = (SendState.SENDING, SendState.SENT, SendState.DELIVERED)


@runtime_checkable
class Traceable(Protocol):
    """A channel that can be asked what it sent: asked before anything is sent a second time."""

    async def sent_before(self, out: Outgoing, since: datetime, others: Set[str]) -> str | None:
        """The channel's id of this message, if it went out; ``others`` are ids of other messages,
        which may say the very same. Raises ChannelError."""
        ...


@runtime_checkable
class Editable(Protocol):
    """A channel that can change what it has shown."""

    async def edit(self, out: Outgoing) -> None:
        """Show this in the place of what was sent under the same key. Raises ChannelError."""
        ...


class Outbox:
    """Sends what is due on every channel, at once when something is written."""

    def __init__(
        self, store: Store, channels: Sequence[Channel], vitals: Vitals | None = None
    ) -> None:
        self._store = store
        self._vitals = vitals or Vitals()
        self._channels = {channel.name: channel for channel in channels}
        self._written = {name: asyncio.Event() for name in self._channels}
        self._under_way: set[int] = set()
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._stopping = False

    @property
    def channels(self) -> Mapping[str, Channel]:
        return self._channels

    def wake(self, channel: str) -> None:
        """Something was written for this channel, or became due."""
        if written := self._written.get(channel):
            written.set()

    async def post(self, draft: Draft) -> None:
        """Queue a message that answers none; one with a known ``dedupe`` is not sent again.

        Raises SendRefused for a recipient who is not of the house, whoever wants to write there.
        """
        if not await self._store.addressed(draft.channel, draft.recipient):
            raise SendRefused("I write to people of the house only.")
        limit = self._channels[draft.channel].limits.characters
        for part in drafts(draft, limit):
            await self._store.post(part)
        self.wake(draft.channel)

    async def revise(self, dedupe: str, text: str, media: Sequence[str] = ()) -> bool:
        """Let a message say something else: in its place where the channel can change it, and
        anywhere while it has not been sent. Whether it does now. Raises StoreError."""
        editable = [name for name, c in self._channels.items() if isinstance(c, Editable)]
        row = await self._store.revise(dedupe, text, media, editable)
        if row is None:
            return False
        channel = self._channels.get(row.draft.channel)
        if row.state in _SHOWN and isinstance(channel, Editable):
            try:
                await channel.edit(_out(row))
            except ChannelError as error:
                log.warning("%s message %d was not changed: %s", row.draft.channel, row.id, error)
        return True

    async def told(
        self, key: str, status: str, external_id: str | None = None, reason: str = ""
    ) -> bool:
        """A status callback. False when no such message is known."""
        row = await self._store.delivered(key, status, external_id, reason)
        if row is None:
            return False
        if row.state is SendState.FAILED:
            log.warning("%s message %d failed: %s", row.draft.channel, row.id, row.reason)
        self._wake_for(row)  # whoever stood behind it may go, or it goes again
        return True

    async def run(self) -> None:
        """Send, until cancelled."""
        async with asyncio.TaskGroup() as senders:
            for name in self._channels:
                serve = partial(self._serve, name)
                senders.create_task(keep(_sender(name), serve, self._vitals))

    async def drain(self) -> None:
        """Begin nothing more, and wait for what is under way: a send that is cut off is uncertain,
        and the next start would have to wait before it could go on."""
        self._stopping = True
        await self._quiet.wait()

    async def _serve(self, name: str) -> None:
        lanes: dict[str, asyncio.Task[None]] = {}
        async with asyncio.TaskGroup() as group:
            group.create_task(self._ask_early(name))
            while True:
                try:
                    await self._round(name, lanes, group)
                except StoreError:  # ending here would cut off the sends that are under way
                    self._vitals.ails(_sender(name))
                    log.exception("the outbox of %s cannot be read", name)
                    await asyncio.sleep(UNREADABLE_S)

    async def _round(
        self, name: str, lanes: dict[str, asyncio.Task[None]], group: asyncio.TaskGroup
    ) -> None:
        self._written[name].clear()
        rows: dict[str, list[records.Outgoing]] = {}
        for row in await self._due(name):
            rows.setdefault(row.draft.recipient, []).append(row)
        for recipient, own in rows.items():
            if recipient not in lanes:
                lane = lanes[recipient] = group.create_task(self._lane(own))
                lane.add_done_callback(partial(self._leave, name, lanes, recipient))
        self._vitals.well(_sender(name))
        await self._wait(name)

    async def _due(self, name: str) -> list[records.Outgoing]:
        due = await self._store.due(name)
        now = datetime.now(UTC)
        if all(row.at <= now + JITTER for row in due):
            return due
        log.warning("the clock was put back: what waits on %s is dated anew", name)
        await self._store.date_anew(name)
        return await self._store.due(name)

    async def _ask_early(self, name: str) -> None:
        """After a start: what the last run was sending may be known to have gone, and then those
        behind it need not wait for a callback that came while nobody listened."""
        channel = self._channels[name]
        if not isinstance(channel, Traceable):
            return
        try:
            for row in await self._store.due(name, datetime.now(UTC) + GIVE_UP):
                if row.state is SendState.AMBIGUOUS:
                    gone = await self._gone(channel, row)
                    if gone is not None:
                        await self._store.sent(row.id, gone)
                        self.wake(name)
        except (ChannelError, StoreError) as error:
            log.info("%s cannot be asked what went out: %s", name, error)
        except Exception:  # a channel's own mistake: its sender goes on
            log.exception("%s cannot be asked what went out", name)

    def _leave(
        self, name: str, lanes: dict[str, asyncio.Task[None]], recipient: str, _: object
    ) -> None:
        del lanes[recipient]
        self.wake(name)

    async def _wait(self, name: str) -> None:
        """Until something is written or comes due."""
        due = await self._store.next_due(name)
        wait = None
        if due is not None:
            # What is due and yet not sent stands behind a busy lane: no need to look at once.
            wait = max((due - datetime.now(UTC)).total_seconds(), SHORTEST_WAIT_S)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self._written[name].wait()

    async def _lane(self, rows: Sequence[records.Outgoing]) -> None:
        try:
            for row in rows:
                if self._stopping or not await self._send(row):
                    return
        except StoreError:  # one lane's; the next start settles what it had under way
            self._vitals.ails(_sender(rows[0].draft.channel))
            log.exception("the outbox could not be kept")

    async def _send(self, row: records.Outgoing) -> bool:
        """Send one row; False when it has to wait, and those behind it with it."""
        self._under_way.add(row.id)
        self._quiet.clear()
        try:
            claimed = await self._store.sending(row.id)
            # It may say something else by now; how it stood before says whether it may have gone.
            return claimed is not None and await self._try(replace(row, draft=claimed.draft))
        finally:
            self._under_way.discard(row.id)
            if not self._under_way:
                self._quiet.set()

    async def _try(self, row: records.Outgoing) -> bool:
        attempts = row.attempts + 1
        try:
            external_id = await self._put(row)
        except SendRefused as error:
            log.warning("%s message %d was refused: %s", row.draft.channel, row.id, error)
            await self._give_up(row, str(error))
            return True
        except SendLater as error:
            await self._later(row, max(error.retry_s, _backoff(1.0, attempts)), str(error))
            return False
        except SendUncertain as error:
            log.info("%s message %d may have gone: %s", row.draft.channel, row.id, error)
            await self._uncertain(row, attempts)
            return False
        except Exception:  # a channel's own mistake: what it did before is not known
            log.exception("%s message %d was not sent", row.draft.channel, row.id)
            await self._uncertain(row, attempts)
            return False
        await self._store.sent(row.id, external_id)
        return True

    async def _put(self, row: records.Outgoing) -> str:
        channel = self._channels[row.draft.channel]
        if row.state is SendState.AMBIGUOUS and isinstance(channel, Traceable):
            # The callback may have been missed while this process was down.
            gone = await self._gone(channel, row)
            if gone is not None:
                return gone
        if row.draft.drop_after is not None and row.draft.drop_after < datetime.now(UTC):
            raise SendRefused(TOO_LATE)
        return await channel.send(_out(row))

    async def _gone(self, channel: Traceable, row: records.Outgoing) -> str | None:
        others = await self._store.external_ids(row.draft.channel, row.draft.recipient)
        return await channel.sent_before(_out(row), row.at, others - {row.external_id or ""})

    async def _later(self, row: records.Outgoing, pause_s: float, reason: str) -> None:
        if _is_hopeless(row):
            log.warning("%s message %d is given up: %s", row.draft.channel, row.id, reason)
            await self._give_up(row, reason)
        elif row.state is SendState.AMBIGUOUS:
            # It could not be asked about: still nobody knows whether the first send went.
            await self._store.ambiguous(row.id, pause_s)
        else:
            log.info("%s message %d waits %.0f s: %s", row.draft.channel, row.id, pause_s, reason)
            until = datetime.now(UTC) + timedelta(seconds=pause_s)
            await self._store.retry(row.id, until, reason)

    async def _give_up(self, row: records.Outgoing, reason: str) -> None:
        await self._store.failed(row.id, reason)
        self._wake_for(row)

    def _wake_for(self, row: records.Outgoing) -> None:
        """Its channel, and that of what goes instead."""
        self.wake(row.draft.channel)
        if row.draft.instead:
            self.wake(row.draft.instead.channel)

    async def _uncertain(self, row: records.Outgoing, attempts: int) -> None:
        if _is_hopeless(row):
            await self._give_up(row, "No answer from the channel for a day.")
        else:
            # It is asked about before each try, so trying soon does no harm for a while.
            patience = _backoff(AMBIGUOUS_S, attempts - FIRST_TRIES)
            await self._store.ambiguous(row.id, patience)


def _sender(channel: str) -> str:
    return f"{channel} sender"


def _out(row: records.Outgoing) -> Outgoing:
    draft = row.draft
    return Outgoing(row.key, draft.recipient, draft.text, draft.media, draft.template)


def _is_hopeless(row: records.Outgoing) -> bool:
    return row.attempts > LEAST_TRIES and datetime.now(UTC) - row.at > GIVE_UP


def _backoff(first_s: float, attempts: int) -> float:
    return min(first_s * 2.0 ** min(max(attempts - 1, 0), 10), LONGEST_PAUSE_S)
