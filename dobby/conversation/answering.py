"""One message, answered: who wrote it, a turn of the agent, and the reply, all kept at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol, runtime_checkable

from pydantic import ValidationError

from devices.device import Receipt
from dobby.agent.calls import Watched
from dobby.agent.secrecy import HIDDEN, number_in
from dobby.agent.tool import Caller
from dobby.agent.turn import Agent, Answer, Said, Stream, Talk
from dobby.conversation.journal import TurnJournal, changed, cut_short, receipt_json
from dobby.delivery.notify import Notifier
from dobby.delivery.outbox import Outbox
from dobby.delivery.splitting import drafts
from dobby.delivery.types import Attachment
from dobby.language.words import Message, Words
from dobby.locale import Locale
from dobby.people.invitations import codes_in
from dobby.people.registry import People
from dobby.people.roles import Person
from dobby.people.speech import words_of
from dobby.vision.pictures import REFERENCE
from memory.records import Draft, Inbound, Json
from memory.store import Store

log = logging.getLogger(__name__)

STALE = timedelta(hours=1)  # an older wish may not be wished any more: it is asked about
TURN_S = 180.0
MOST_PARTS = 5  # of one reply: more is read by nobody
# A message is taken to be what kills turns after so many, over so long: lives may be short.
MAX_ATTEMPTS = 20
GIVES_UP = timedelta(minutes=5)

BROKEN = Message("broken")
KEPT = {
    "image": Message("kept-image"),
    "audio": Message("kept-audio"),
    "other": Message("kept-other"),
}
CUT = " … (cut here)"
FORGOTTEN = Message("secret-forgotten")
NOT_KEPT = Message("not-kept")


@runtime_checkable
class KeepsMedia(Protocol):
    """A channel that can fetch what came with a message."""

    async def keep(self, attachment: Attachment, name: str) -> bool:
        """Fetch and store it under ``name``; False if that cannot be done."""
        ...


Watching = Callable[[Person], Watched]
"""What this person's sentences about cameras are understood with."""


@dataclass(frozen=True)
class Heard:
    """A kept message, with what does not outlive this run."""

    message: Inbound
    left: bool = False  # by an earlier run or try: its steps tell how far that came
    tries: int = 0  # before this one, in this run
    room: str | None = None
    stream: Stream | None = None
    stopped: bool = False  # a stop came while it waited: it is not begun
    secret: str = field(default="", repr=False)  # that was in the message, and is not any more


@dataclass(frozen=True)
class _Outcome:
    reply: str | Message  # empty: nothing is sent
    receipts: Sequence[Receipt] = ()
    talk: Talk | None = None
    actor: str | None = None
    pictures: Sequence[str] = ()  # ids
    private: bool = False  # there is a code in the reply


class Answerer:
    """Answers messages. ``agent`` takes the turns; replies go through ``outbox``; ``watching``
    where there are eyes; owners are told by ``notifier`` of what somebody new wishes."""

    def __init__(
        self,
        store: Store,
        people: People,
        agent: Agent,
        outbox: Outbox,
        locale: Locale,
        watching: Watching | None = None,
        notifier: Notifier | None = None,
    ) -> None:
        self._store = store
        self._people = people
        self._agent = agent
        self._outbox = outbox
        self._locale = locale
        self._watching = watching
        self._notifier = notifier or Notifier(store, outbox)

    async def answer(self, heard: Heard) -> None:
        """Answer it and mark it done, in one transaction. Raises StoreError if that fails."""
        message = heard.message
        attempts = await self._store.begin(message.id)
        person = await self._people.identify(message.channel, message.sender)
        if HIDDEN in message.text and not heard.secret:  # a run that ended has taken it along
            outcome = _Outcome(FORGOTTEN, actor=person.id if person else None)
        elif person is None:
            told = await self._people.greet(message.channel, message.sender, _code_said(heard))
            outcome = _Outcome(told)
        else:
            outcome = await self._known(heard, person, attempts)
        await self._store.finish(
            message.id,
            self._replies(message, outcome, await self._words(message)),
            [receipt_json(receipt) for receipt in outcome.receipts],
            outcome.talk.model_dump(mode="json") if outcome.talk else None,
            actor=outcome.actor,
        )
        self._outbox.wake(message.channel)

    def _replies(self, message: Inbound, outcome: _Outcome, words: Words) -> list[Draft]:
        channel = self._outbox.channels.get(message.channel)
        if not outcome.reply or channel is None:
            return []
        pictures = outcome.pictures if channel.limits.media else ()
        whole = Draft(
            channel=message.channel,
            conversation=message.conversation,
            recipient=message.sender,
            text=words.put(outcome.reply),
            dedupe=f"reply:{message.id}",
            media=tuple(REFERENCE + picture for picture in pictures),
            in_reply_to=message.id,
            private=outcome.private,
        )
        parts = drafts(whole, channel.limits.characters)
        if len(parts) > MOST_PARTS:
            last = parts[MOST_PARTS - 1]
            parts[MOST_PARTS - 1 :] = [replace(last, text=f"{last.text[: -len(CUT)]}{CUT}")]
        return parts

    async def _known(self, heard: Heard, person: Person, attempts: int) -> _Outcome:
        """The outcome for somebody of the house; whatever goes wrong is answered honestly."""
        message = heard.message
        journal = TurnJournal(self._store, message.id, person.id)
        waited = datetime.now(UTC) - message.received
        if attempts > MAX_ATTEMPTS and waited > GIVES_UP:
            log.error("message %d was begun %d times and never ended", message.id, MAX_ATTEMPTS)
            given_up = Message("given-up", {"n": MAX_ATTEMPTS, "text": _cut(message.text)})
            return _Outcome(given_up, actor=person.id)
        try:
            async with asyncio.timeout(TURN_S):
                return await self._outcome(heard, person, journal)
        except Exception:  # one turn's failure is one honest reply
            log.exception("the turn of message %d failed", message.id)
            return _Outcome(BROKEN, journal.receipts, actor=person.id)

    async def _outcome(self, heard: Heard, person: Person, journal: TurnJournal) -> _Outcome:
        message = heard.message
        words = await self._words(message)
        fetched = await self._attachments(message, words)
        if fetched and not message.text.strip():
            return _Outcome(fetched)
        steps = await self._store.steps(message.id) if heard.left else []
        said_at = min(message.at, message.received)
        if datetime.now(UTC) - said_at > STALE:
            begun = cut_short(steps, self._agent.changes) is not None
            return _Outcome(_too_late(message.text, said_at, begun, words))
        if heard.stopped:
            return _Outcome(Message("stopped-before", {"text": _cut(message.text)}))
        if told := await self._about_people(heard, person, words.language):
            talk = await self._talk(message.conversation)
            closed = talk.closed(datetime.now(self._locale.zone))
            return _Outcome(told, talk=closed, private=True)
        answer = await self._turn(heard, person, journal, steps)
        if answer.vouch:
            await self._ask_owners(person, answer.vouch, message)
        reply = f"{answer.reply} {fetched}".strip()
        return _Outcome(
            reply, answer.receipts, answer.talk, person.id, answer.pictures, bool(answer.codes)
        )

    async def _ask_owners(self, person: Person, wish: str, message: Inbound) -> None:
        owners, told = await self._people.vouchers(person, message.sender, wish)
        for owner in owners:
            text = (await words_of(self._store, self._locale, owner.id)).put(told)
            await self._notifier.alert(owner.id, text, (), f"vouch:{message.id}:{owner.id}")

    async def _about_people(self, heard: Heard, person: Person, language: str) -> Message | None:
        message = heard.message
        for code in codes_in(_code_said(heard)):
            told = await self._people.show_code(person, message.channel, message.sender, code)
            if told:
                return told
        return await self._people.command(person, message.text, language)

    async def _turn(
        self, heard: Heard, person: Person, journal: TurnJournal, steps: Sequence[Json]
    ) -> Answer:
        message = heard.message
        talk = await self._talk(message.conversation)
        cut = cut_short(steps, self._agent.changes)
        caller = Caller(
            person,
            datetime.now(self._locale.zone),
            heard.room or _room(steps),
            self._locale.fahrenheit,
            self._locale.language,
            message=message.id,
            words=message.text,
            secret=heard.secret,
        )
        watched = self._watching(person) if self._watching else Watched()
        said = Said(message.text, caller, watched)
        if cut is None:
            return await self._agent.turn(said, talk, journal, heard.stream)
        log.info("message %d was cut short; going on from its plan", message.id)
        cut.overtaken = changed(await self._store.planned_since(message.id))
        return await self._agent.resume(said, talk, cut, journal)

    async def _talk(self, conversation: str) -> Talk:
        kept = await self._store.dialogue(conversation)
        try:
            return Talk.model_validate(kept) if kept else Talk()
        except ValidationError:  # of another version
            log.warning("a conversation could not be read; it begins anew")
            return Talk()

    async def _words(self, message: Inbound) -> Words:
        """How this conversation is spoken to."""
        kept = (await self._talk(message.conversation)).language
        return Words(kept or self._locale.language, self._locale.fahrenheit)

    async def _attachments(self, message: Inbound, words: Words) -> str:
        """Fetch what came along; what to say of it."""
        channel = self._outbox.channels.get(message.channel)

        async def fetch(number: int, attachment: Attachment) -> Message:
            name = f"{message.id}-{number}"
            kept = isinstance(channel, KeepsMedia) and await channel.keep(attachment, name)
            return KEPT.get(attachment.kind, KEPT["other"]) if kept else NOT_KEPT

        files = (Attachment(**told) for told in message.attachments)
        said = await asyncio.gather(*(fetch(*numbered) for numbered in enumerate(files)))
        return " ".join(dict.fromkeys(map(words.put, said)))


def _code_said(heard: Heard) -> str:
    """What may be a code that lets somebody in: such a number is hidden like a PIN."""
    return number_in(heard.secret) or heard.message.text


def _room(steps: Sequence[Mapping[str, object]]) -> str | None:
    return next((str(step["room"]) for step in steps if "room" in step), None)


def _too_late(text: str, at: datetime, begun: bool, words: Words) -> Message:
    late = (datetime.now(UTC) - at).total_seconds() // 60 * 60
    told = "too-late-begun" if begun else "too-late"
    return Message(told, {"text": _cut(text), "late": words.duration(late)})


def _cut(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
