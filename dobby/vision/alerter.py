"""Alerts: who is told of a change, once, and what becomes of the message afterwards.

An alert's key is made of the incident and the person, so that the outbox sends it once, however
often it is decided: through restarts, and kills between the decision and its record.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import ValidationError

from dobby.delivery.notify import Notifier
from dobby.language.words import Words, message
from dobby.people.registry import People
from dobby.people.roles import Person, Role
from dobby.vision.alerts import alert, later, more
from dobby.vision.pictures import REFERENCE
from dobby.vision.records import AlertRule, Incident, Moment
from dobby.vision.rules import (
    ENDINGS,
    HOUR,
    PART,
    Circumstances,
    Judgement,
    OwnRule,
    judge,
    noted,
    wish,
)
from dobby.vision.state import Change
from memory.records import RuleRow
from memory.store import Store

log = logging.getLogger(__name__)

STALE = timedelta(minutes=10)  # an alert that could not go out for so long is news no more
LATELY = timedelta(hours=2, minutes=30)
MOST_LATELY = 500
TOO_LATE = message("why-late")


@dataclass(frozen=True)
class Around:
    """What the world is like while alerts are decided."""

    names: Mapping[str, str]  # where each camera looks
    private: frozenset[str]
    at_home: Callable[[str], bool | None]
    per_hour: int


class Alerter:
    """Decides, tells, revises. ``words`` are how a person is spoken to; ``clock`` is local time."""

    def __init__(
        self,
        store: Store,
        people: People,
        notifier: Notifier,
        words: Callable[[str], Awaitable[Words]],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._people = people
        self._notifier = notifier
        self._words = words
        self._clock = clock
        self._lately: dict[str, Incident] = {}
        self._rules: list[OwnRule] = []
        self._said: dict[str, tuple[str, tuple[str, ...]]] = {}  # by key, as it reads now
        self._summed: dict[str, datetime] = {}  # up to when what was held is told in one line

    async def load(self, lately: Sequence[Incident]) -> None:
        """Take back the rules, and what happened lately. Raises StoreError."""
        self._lately = {incident.id: incident for incident in lately}
        await self.load_rules()

    async def load_rules(self) -> None:
        rules: list[OwnRule] = []
        for row in await self._store.rules():
            if own := _read(row):
                rules.append(own)
            else:
                await self._store.left_out("alert_rules", {"id": row.id, **row.data}, "unreadable")
        self._rules = rules

    @property
    def rules(self) -> Sequence[OwnRule]:
        return self._rules

    def known(self, incident: str) -> Incident | None:
        return self._lately.get(incident)

    @property
    def lately(self) -> Sequence[Incident]:
        return list(self._lately.values())

    def know(self, incident: Incident) -> None:
        """As it stands now."""
        self._lately[incident.id] = incident
        while len(self._lately) > MOST_LATELY:
            del self._lately[next(iter(self._lately))]

    async def tell(self, change: Change, around: Around) -> Incident:
        """Tell whoever is to be told of this change; the incident with what became of it.

        Raises StoreError: then it is to be told again, and nobody hears it twice.
        """
        incident = change.incident
        self.know(incident)
        for person in await self._people.everyone():
            if person.role in (Role.OWNER, Role.ADULT):
                incident = await self._tell(incident, change.moment, person, around)
                self.know(incident)
        return incident

    async def revise(self, incident: Incident, around: Around) -> None:
        """Something is known better: a picture, a model's words. Raises StoreError."""
        self.know(incident)
        for telling in incident.tellings:
            if telling.told:
                await self._revise(incident, telling.person, around)

    async def tell_the_held(self) -> None:
        """One line an hour on what was too much to tell. Raises StoreError."""
        now = self._clock()
        for old in [i for i in self._lately.values() if now - i.last > LATELY and i.ended]:
            del self._lately[old.id]
        for person in {t.person for i in self._lately.values() for t in i.tellings if t.held}:
            await self._sum_up(person, now)

    # ---------------------------------------------------------------------------------------

    async def _tell(
        self, incident: Incident, moment: Moment, person: Person, around: Around
    ) -> Incident:
        telling = incident.telling(person.id)
        if telling is not None and telling.told:
            await self._revise(incident, person.id, around)
            await self._follow_up(incident, incident, moment, person, around)
            return incident
        circumstances = self._circumstances(person, around)
        judgement = judge(incident, moment, self._rules, circumstances)
        if judgement.tell and circumstances.now - _news(incident, moment) > STALE:
            log.info("an alert on incident %s came too late", incident.id)
            judgement = Judgement(False, TOO_LATE, judgement.rule)
        if judgement.tell:
            text, media = await self._text(incident, person.id, around), _media(incident)
            await self._notifier.alert(person.id, text, media, _key(incident, person.id))
            self._said[_key(incident, person.id)] = text, media
        elif judgement.why == PART and incident.story in self._lately:
            root = self._lately[incident.story]
            await self._revise(root, person.id, around)
            await self._follow_up(root, incident, moment, person, around)
        elif telling is not None and moment.what in ENDINGS:
            return incident  # it stays as it was decided
        return noted(incident, judgement, person.id, circumstances.now)

    async def _revise(self, incident: Incident, person: str, around: Around) -> None:
        key = _key(incident, person)
        said = await self._text(incident, person, around), _media(incident)
        if self._said.get(key) != said:
            await self._notifier.revise(key, *said)
            self._said[key] = said
        if incident.ended is not None:
            self._said.pop(key, None)
        root = self._lately.get(incident.story)
        if root is not None and (telling := root.telling(person)) is not None and telling.told:
            await self._revise(root, person, around)

    async def _follow_up(
        self, told: Incident, incident: Incident, moment: Moment, person: Person, around: Around
    ) -> None:
        now = self._clock()
        text = later(incident, moment, around.names, now, await self._words(person.id))
        wanted = wish(incident, moment, self._rules, self._circumstances(person, around)).tell
        if text and wanted and now - moment.at <= STALE:
            key = f"{_key(told, person.id)}:{moment.what}"
            await self._notifier.follow_up(person.id, text, _media(incident), key)

    async def _sum_up(self, person: str, now: datetime) -> None:
        after = self._summed.get(person)
        held = sorted(
            (telling.at, incident.id)
            for incident in self._lately.values()
            if (telling := incident.telling(person)) is not None
            and telling.held
            and (after is None or telling.at > after)
        )
        if not held or now - held[0][0] < HOUR:
            return
        first, until = held[0][1], held[0][0] + HOUR
        count = sum(at <= until for at, _ in held)
        if now - until <= STALE:
            text = more(count, await self._words(person))
            await self._notifier.alert(person, text, (), f"alerts held:{first}:{person}")
        self._summed[person] = until

    def _circumstances(self, person: Person, around: Around) -> Circumstances:
        return Circumstances(
            now=self._clock(),
            person=person.id,
            owner=person.role is Role.OWNER,
            home=around.at_home(person.id),
            private=around.private,
            lately=self.lately,
            per_hour=around.per_hour,
        )

    async def _text(self, incident: Incident, person: str, around: Around) -> str:
        parts = [other for other in self._lately.values() if other.story == incident.id]
        words, now = await self._words(person), self._clock()
        return alert(incident, parts, around.names, now, now.tzinfo or UTC, words)


def _key(incident: Incident, person: str) -> str:
    return f"alert:{incident.id}:{person}"


def _media(incident: Incident) -> tuple[str, ...]:
    return (REFERENCE + incident.picture,) if incident.picture else ()


def _news(incident: Incident, moment: Moment) -> datetime:
    """When it became news: a door that stays open does so when it has been for long enough."""
    return incident.last if incident.kind in ("open", "camera") else moment.at


def _read(row: RuleRow) -> OwnRule | None:
    try:
        return OwnRule(row.id, AlertRule.model_validate(row.data), row.person, row.at)
    except ValidationError as error:  # of another version
        log.warning("rule %d cannot be read: %d errors", row.id, error.error_count())
        return None
