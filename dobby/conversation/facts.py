"""What people ask to be remembered: kept word for word, and told back with who said it and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from devices.device import Device
from dobby.agent.phrases import sentence
from dobby.agent.tool import Caller
from dobby.conversation.questions import Question, stands_alone
from dobby.language.spoken import language_of
from dobby.people.roles import Role
from memory.records import Fact, Said
from memory.store import Store

RECALLED = 5
ANSWERS = 2  # the newest facts that answer a question
LIKELY = 3  # facts offered when it is not clear which one to forget


class StoreNotebook:
    """The Notebook of the built-in tools, over the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def remember(self, text: str, caller: Caller) -> str:
        text = text.strip().rstrip(".!")
        if not text:
            return caller.wording.say("memory-asks")
        await self._store.remember(text, caller.person.id, caller.message)
        return caller.wording.say("memory-keeps", text=text)

    async def recall(self, query: str, caller: Caller) -> str:
        """Facts of the whole house; of what was merely said, only this person's own words."""
        found: Sequence[Fact | Said]
        if query.strip():
            found = await self._store.recall(query, RECALLED, caller.person.id)
        else:
            found = (await self._store.facts())[-RECALLED:]
        facts = [one for one in found if isinstance(one, Fact)]
        if facts:
            return " ".join([await self._told(fact, caller) for fact in facts])
        said = [one for one in found if isinstance(one, Said) and _tells(one, caller)]
        if said:
            when, text = _when(said[0].at, caller), said[0].text
            return caller.wording.say("memory-wrote", when=when, text=text)
        return caller.wording.say("memory-empty")

    async def answer(self, question: str, caller: Caller) -> str:
        """The facts that answer a question, newest first; empty where none does."""
        asked = Question.of(question, caller.language)
        found = await self._store.holding(asked.words, 4 * ANSWERS) if asked.words else []
        fitting = [fact for fact in found if asked.answered_by(fact.text)]
        return " ".join([await self._said_of(fact, caller) for fact in fitting[:ANSWERS]])

    async def forget(self, what: str, caller: Caller) -> str:
        """Forgets one fact; when several could be meant it asks which."""
        likely, words = await self._likely(what, caller), caller.wording
        if not likely:
            return words.say("memory-forgets-nothing")
        if len(likely) > 1:
            which = "; ".join(words.say("memory-quoted", text=fact.text) for fact in likely)
            return words.say("memory-which", facts=which)
        fact = likely[0]
        if caller.person.role is Role.CHILD and fact.person != caller.person.id:
            return words.say("memory-of-others")
        await self._store.forget(fact.id, caller.person.id, caller.message)
        return words.say("memory-forgot", text=fact.text)

    async def changed(self, caller: Caller) -> datetime | None:
        return await self._store.last_change(caller.person.id)

    async def undo(self, caller: Caller) -> str:
        undone = await self._store.undo(caller.person.id)
        if undone is None:
            return caller.wording.say("undo-nothing")
        told = "undo-forgot" if undone.what == "forget" else "undo-kept"
        return caller.wording.say(told, text=undone.fact.text)

    async def renamed(self, device: Device, given: dict[str, str | tuple[str, ...]]) -> None:
        """Keep the owner's name, room and nicknames of a device."""
        words = {key: value for key, value in given.items() if isinstance(value, str)}
        name, room = words.get("name"), words.get("room")
        if not await self._store.rename(device.id, name, room):  # found a moment ago: not saved yet
            row = {"id": device.id, "device": device.model_dump(mode="json"), "heard": None}
            await self._store.save_devices([row])
            await self._store.rename(device.id, name, room)
        for alias in given.get("aliases", ()):
            await self._store.rename(device.id, alias=alias)

    async def _likely(self, what: str, caller: Caller) -> list[Fact]:
        """The facts that these words may mean: the last one of this person's for none."""
        if what.strip().casefold() in ("", "it", "that", "this"):
            return (await self._store.facts(caller.person.id))[-1:]
        found = await self._store.recall(what, LIKELY, caller.person.id)
        facts = [one for one in found if isinstance(one, Fact)]
        words = what.casefold().removeprefix("about ").split()
        saying_all = [f for f in facts if all(word in f.text.casefold() for word in words)]
        return saying_all or facts

    async def _said_of(self, fact: Fact, caller: Caller) -> str:
        """A fact as a plain sentence, with who told it: it may have changed since. Where it speaks
        of "my" and "you", or another language, it is quoted."""
        foreign = language_of(fact.text) not in {None, caller.language}
        if foreign or not stands_alone(fact.text, caller.language):
            return await self._told(fact, caller)
        teller, name = await self._teller(fact, caller)
        text, when = fact.text.rstrip(" .!"), _when(fact.at, caller)
        words = caller.wording
        return sentence(words.say("memory-answers", teller=teller, name=name, text=text, when=when))

    async def _told(self, fact: Fact, caller: Caller) -> str:
        (teller, name), when = await self._teller(fact, caller), _when(fact.at, caller)
        words, text = caller.wording, fact.text
        return words.say("memory-told", teller=teller, name=name, text=text, when=when)

    async def _teller(self, fact: Fact, caller: Caller) -> tuple[str, str]:
        """Who told a fact, as the messages choose by it, and their name."""
        if fact.person == caller.person.id:
            return "you", ""
        person = await self._store.person(fact.person)
        return ("other", person.name) if person else ("somebody", "")


def _tells(said: Said, caller: Caller) -> bool:
    """Whether a found line may hold an answer: it is no question, and not this very one."""
    return said.message != caller.message and not said.text.rstrip().endswith("?")


def _when(at: datetime, caller: Caller) -> str:
    local, today, words = at.astimezone(caller.now.tzinfo), caller.now.date(), caller.wording
    day = {0: "today", 1: "yesterday"}.get((today - local.date()).days, "other")
    date = words.day(local.date(), year=local.year != today.year)
    return words.say("memory-when", day=day, time=words.time(local), date=date)
