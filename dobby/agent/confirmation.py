"""Confirmation codes for risky actions, and what a person says to them: the code, a yes or a no.

A code is bound to the exact calls, to the person's conversation, and to two minutes; it is used
once. A yes frees what was offered, and nothing that waits for a code.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, ConfigDict

from dobby.agent.calls import Offer, ToolCall
from dobby.language.spoken import answer, code_in
from dobby.language.words import Words
from dobby.people.roles import Person

CODE_LIVES = timedelta(minutes=2)
MAX_PENDING = 3
MAX_WRONG = 5
LOCKED = timedelta(hours=1)


class Pending(BaseModel):
    """A risky action that waits for its code. Kept with the conversation, as JSON."""

    model_config = ConfigDict(frozen=True)
    calls: tuple[ToolCall, ...]
    asked: str  # "unlock Front door"
    action_hash: str
    code_hash: str
    expires: datetime
    person: str = ""  # id of who was asked; empty in what an older version kept


class PendingActions(BaseModel):
    """The actions of one conversation that wait for a code."""

    model_config = ConfigDict(frozen=True)
    actions: tuple[Pending, ...] = ()
    wrong: int = 0  # guesses since the last right code, until LOCKED after the latest of them
    last_wrong: datetime | None = None

    def live(self, now: datetime) -> PendingActions:
        """What still counts. Asking anew gives no new guesses."""
        # One that has far too long to live was asked by a clock that has been put right since.
        actions = tuple(a for a in self.actions if timedelta(0) < a.expires - now < 2 * CODE_LIVES)
        if self.last_wrong is None or now - self.last_wrong >= LOCKED:
            return PendingActions(actions=actions)
        last_wrong = min(self.last_wrong, now)
        return self.model_copy(update={"actions": actions, "last_wrong": last_wrong})

    @property
    def locked(self) -> bool:
        """Whether there were so many wrong codes that none is taken for now."""
        return self.wrong >= MAX_WRONG

    def asking(
        self, calls: Sequence[ToolCall], asked: str, person: Person, now: datetime
    ) -> tuple[PendingActions, str]:
        """Ask for a code; returns the new questions and the code to send."""
        taken = {a.code_hash for a in self.actions}
        while _hash(code := f"{secrets.randbelow(9000) + 1000}", person) in taken:
            pass  # a code that two questions share would answer the wrong one
        action = Pending(
            calls=tuple(calls),
            asked=asked,
            action_hash=action_hash(calls, person),
            code_hash=_hash(code, person),
            expires=now.astimezone(UTC) + CODE_LIVES,  # not on a clock that may jump an hour
            person=person.id,
        )
        kept = [a for a in self.actions if a.action_hash != action.action_hash]
        return self.model_copy(update={"actions": (*kept, action)[-MAX_PENDING:]}), code

    def of(self, person: Person) -> tuple[Pending, ...]:
        """Those that this person was asked about."""
        return tuple(action for action in self.actions if action.person in ("", person.id))

    def dropped(self, person: Person) -> PendingActions:
        """Without those of this person; wrong guesses stay counted, others' questions stay."""
        theirs = self.of(person)
        kept = tuple(action for action in self.actions if action not in theirs)
        return self.model_copy(update={"actions": kept})

    def without(self, calls: Sequence[ToolCall]) -> PendingActions:
        """These questions less the one about exactly these calls."""
        kept = tuple(a for a in self.actions if a.calls != tuple(calls))
        return self.model_copy(update={"actions": kept})

    def without_codes(self, text: str, person: Person) -> str:
        """A text without the codes that are waited for."""
        waited = {action.code_hash for action in self.actions}
        return re.sub(r"\d{4}", lambda m: "••••" if _hash(m[0], person) in waited else m[0], text)

    def answered(
        self, code: str, person: Person, now: datetime
    ) -> tuple[PendingActions, Pending | None]:
        """The action that this code sets free, used up; or None, counted as a wrong guess."""
        for action in () if self.locked else self.actions:
            right_code = secrets.compare_digest(action.code_hash, _hash(code, person))
            if right_code and action.action_hash == action_hash(action.calls, person):
                kept = tuple(a for a in self.actions if a is not action)
                return PendingActions(actions=kept), action
        wrong = self.wrong + 1
        kept = self.actions if wrong < MAX_WRONG else ()
        return PendingActions(actions=kept, wrong=wrong, last_wrong=now), None


@dataclass(frozen=True)
class Confirmation:
    """What it came to: the codes still asked for, and words to say or calls set free.

    ``agreed``: by a yes to exactly these calls; else by their code.
    """

    pending: PendingActions
    words: str = ""
    frees: tuple[ToolCall, ...] = ()
    agreed: bool = False


def read_confirmation(
    text: str,
    pending: PendingActions,
    offer: Offer | None,
    person: Person,
    now: datetime,
    choosing: bool,
    words: Words,
) -> Confirmation | None:
    """None when the text is neither code, yes nor no. ``choosing``: a choice of devices is open,
    and a yes is about that."""
    asked = [action.asked for action in pending.of(person)]
    offered = offer if offer and offer.person == person.id else None
    if code := code_in(text, words.language):
        return _code(code, pending, person, now, words)
    said = answer(text, words.language)
    if said == "yes" and offered:
        return Confirmation(pending, frees=offered.calls, agreed=True)
    if said == "yes" and not choosing:
        if not asked:
            return Confirmation(pending, words.say("no-yes-awaited"))
        deeds = f" {words.say('or-to')} ".join(asked)
        return Confirmation(pending, words.say("send-the-code", deeds=deeds))
    declined = [*asked, offered.doing] if offered else asked
    if said == "no" and declined:
        told = words.say("then-not", deeds=words.names(declined))
        return Confirmation(pending.dropped(person), told)
    return None


def _code(
    code: str, pending: PendingActions, person: Person, now: datetime, words: Words
) -> Confirmation:
    if not pending.actions:
        return Confirmation(pending, words.say("no-code-awaited"))
    left, action = pending.answered(code, person, now)
    if action is None:
        return Confirmation(left, words.say("wrong-code"))
    return Confirmation(left, frees=action.calls)


def action_hash(calls: Sequence[ToolCall], person: Person) -> str:
    """One fingerprint per exact action and person; any changed argument changes it."""
    canonical = json.dumps([c.model_dump() for c in calls], sort_keys=True, ensure_ascii=False)
    return _hash(canonical, person)


def _hash(text: str, person: Person) -> str:
    return hashlib.sha256(f"{person.id}\0{text}".encode()).hexdigest()
