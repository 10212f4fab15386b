"""The way in: a message is on the disk before its sender is told so, and is answered once.

One person's messages are answered in their order, whatever the channels; different people's at
the same time. A stop waits for nothing: it is served beside what is under way; and what waits for
its turn when somebody just says "stop" is not begun.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import asdict, replace

from dobby.agent.secrecy import hide
from dobby.agent.stopping import is_stop, overtakes
from dobby.agent.turn import Stream
from dobby.conversation.answering import Answerer, Heard
from dobby.delivery.types import Message
from dobby.people.addresses import AddressError, canonical, masked
from dobby.people.registry import People
from dobby.supervise import Vitals
from memory.errors import DiskFull, Locked, NotWritable, StoreError
from memory.store import Store

log = logging.getLogger(__name__)

NAME = "inbox"
FIRST_PAUSE_S = 1.0  # before a message that the store could not finish is taken up again
LONGEST_PAUSE_S = 60.0
IN_ORDER = 5  # tries that later ones of the conversation wait for
PASSING = (DiskFull, Locked, NotWritable)  # nobody's fault, and over for all at once


class Inbox:
    """Takes messages of all channels, and has each answered."""

    def __init__(
        self, store: Store, people: People, answerer: Answerer, vitals: Vitals | None = None
    ) -> None:
        self._store = store
        self._vitals = vitals or Vitals()
        self._people = people
        self._answerer = answerer
        self._arrived: asyncio.Queue[Heard] = asyncio.Queue()
        self._lanes: dict[str, deque[Heard]] = {}  # by conversation
        self._stops = 0  # that are being answered beside them
        self._idle = asyncio.Event()
        self._idle.set()

    async def receive(self, message: Message, stream: Stream | None = None) -> bool:
        """Keep a message and have it answered; when this returns the channel may say so.

        False if the channel delivered it before, or if nobody could have sent it. ``stream``
        hears a model's words as they come. Raises StoreError: then nothing was kept.
        """
        try:
            address = canonical(message.channel, message.address)
        except AddressError as error:
            log.warning("%s from %s: %s", message.channel, masked(message.address), error)
            return False
        person = await self._people.identify(message.channel, address)
        hidden = hide(message.text)  # before it is written anywhere
        kept = await self._store.receive(
            message.channel,
            message.id,
            person.id if person else f"{message.channel}:{address}",
            address,
            hidden.text,
            [asdict(attachment) for attachment in message.attachments],
            message.at,
        )
        if kept is None:
            return False
        if message.room:
            try:
                await self._store.journal(kept.id, {"room": message.room})
            except StoreError:  # the message is kept: its room is only missed after a crash
                log.exception("the room of message %d could not be kept", kept.id)
        self._idle.clear()
        self._arrived.put_nowait(
            Heard(kept, room=message.room, stream=stream, secret=hidden.secret)
        )
        return True

    async def run(self) -> None:
        """Answer until cancelled; first what an earlier run left open."""
        self._lanes.clear()
        async with asyncio.TaskGroup() as lanes:
            left = await self._store.unfinished()
            for message in left:
                self._take(lanes, Heard(message, left=True))
            known = {message.id for message in left}
            while True:
                self._settle()
                heard = await self._arrived.get()
                if heard.message.id not in known:  # else it came in while the start looked
                    self._take(lanes, heard)

    async def drain(self) -> None:
        """Wait until everything that was received is answered."""
        await self._idle.wait()

    def _take(self, lanes: asyncio.TaskGroup, heard: Heard) -> None:
        self._idle.clear()
        conversation = heard.message.conversation
        if waiting := self._lanes.get(conversation):
            if overtakes(heard.message.text) and not heard.left:
                self._overtake(lanes, waiting, heard)
            else:
                waiting.append(heard)
            return
        self._lanes[conversation] = deque([heard])
        lanes.create_task(self._serve(lanes, conversation), name=f"answers to {conversation}")

    def _overtake(self, lanes: asyncio.TaskGroup, waiting: deque[Heard], stop: Heard) -> None:
        if is_stop(stop.message.text):
            for number in range(1, len(waiting)):  # the first is being answered
                waiting[number] = replace(waiting[number], stopped=True)
        self._stops += 1
        lanes.create_task(self._stop(lanes, stop), name=f"stop of {stop.message.conversation}")

    async def _stop(self, lanes: asyncio.TaskGroup, stop: Heard) -> None:
        try:
            left: Heard | None = stop
            while left:
                left = await self._answer(lanes, left)
        finally:
            self._stops -= 1
            self._settle()

    async def _serve(self, lanes: asyncio.TaskGroup, conversation: str) -> None:
        waiting = self._lanes[conversation]
        while waiting:
            # It stays in the queue while it is answered: an empty lane is one without a task.
            if again := await self._answer(lanes, waiting[0]):
                # What was said later waits: done first, it would be undone by this one.
                waiting[0] = again
            else:
                waiting.popleft()
        del self._lanes[conversation]
        self._settle()

    async def _answer(self, lanes: asyncio.TaskGroup, heard: Heard) -> Heard | None:
        """Try it once; returns what is to be tried next in its place, if it is."""
        try:
            await self._answerer.answer(heard)
            self._vitals.well(NAME)
        except StoreError as error:
            self._vitals.ails(NAME)
            log.exception("message %d could not be finished for now", heard.message.id)
            if isinstance(error, PASSING) or heard.tries < IN_ORDER:
                await asyncio.sleep(_pause_s(heard))
                return _once_more(heard)
            lanes.create_task(self._again(lanes, heard), name="one more try")
        except Exception:  # the next start takes it up again
            self._vitals.ails(NAME)
            log.exception("message %d could not be finished", heard.message.id)
        return None

    async def _again(self, lanes: asyncio.TaskGroup, heard: Heard) -> None:
        await asyncio.sleep(_pause_s(heard))
        self._take(lanes, _once_more(heard))

    def _settle(self) -> None:
        if not self._lanes and not self._stops and self._arrived.empty():
            self._idle.set()


def _pause_s(heard: Heard) -> float:
    return min(FIRST_PAUSE_S * 2.0 ** min(heard.tries, 10), LONGEST_PAUSE_S)


def _once_more(heard: Heard) -> Heard:
    return replace(heard, left=True, tries=heard.tries + 1)
