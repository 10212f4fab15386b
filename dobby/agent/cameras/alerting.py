"""The rules of alerts: made by what people answer, listed, explained, dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from pydantic import ValidationError

from dobby.agent.cameras.arguments import About, Drop, Explain, Look, Rule, hours_of, local
from dobby.agent.cameras.changes import Changes
from dobby.agent.cameras.sights import Sights
from dobby.agent.tool import Caller, CallError
from dobby.language.words import Message, Several, message
from dobby.vision.explaining import describe_rule, explain, scope
from dobby.vision.records import AlertRule, Incident, IncidentKind
from dobby.vision.rules import OwnRule
from dobby.vision.watch import Watch

SAID = 80  # characters of the words that a rule was made from
LATELY = timedelta(days=1)  # what "that car" may be about
ALIVE: tuple[IncidentKind, ...] = ("person", "vehicle", "animal", "package")
NOT_SEEN = message("which-seen")


class Alerting:
    def __init__(self, watch: Watch, sights: Sights, changes: Changes) -> None:
        self._watch = watch
        self._sights = sights
        self._changes = changes

    async def make(self, asked: Rule, caller: Caller) -> str:
        """Make the rule that was asked for; two where only some things shall be told."""
        made = [await self._rule(one, caller) for one in _each(asked)]
        added = [
            await self._watch.add_rule(rule, caller.person.id, caller.message) for rule in made
        ]
        await self._changes.note(caller, added=added)
        return self._confirmed(asked, made, caller)

    def silencing(self, asked: Rule, caller: Caller) -> str:
        """What somebody would hear of no longer; empty for a rule that tells more."""
        if asked.verdict == "tell":
            return ""
        rule = self._plain(_each(asked)[0], caller)
        like = "do-not-tell-like" if asked.like_last or asked.near_last else "do-not-tell"
        return caller.wording.say(like, scope=self._scope(rule, caller))

    def dropping(self, asked: Drop, caller: Caller) -> str:
        say = caller.wording.say
        if asked.rule is not None:
            return say("do-drop-rule", number=asked.rule)
        which = asked.which if asked.which in ("all", "last") else "some"
        return say("do-drop-rules", which=which)

    async def list_(self, asked: Look, caller: Caller) -> str:
        own, say = await self._own(caller), caller.wording.say
        shown = [
            (number, one)
            for number, one in enumerate(own, 1)
            if not asked.devices or set(asked.devices) & set(one.rule.cameras)
        ]
        if not shown:
            return say("no-rules-there" if own else "no-rules")
        lines = [f"{number}. {self._described(one, caller)}." for number, one in shown]
        return "\n".join([say("your-rules"), *lines])

    async def drop(self, asked: Drop, caller: Caller) -> str:
        """Drop the rule that is meant; it asks where that may be several."""
        own, words = await self._own(caller), caller.wording
        found = self._meant(asked, own)
        if not found:
            return words.say("no-such-rule" if own else "no-rules")
        if len(found) > 1 and asked.which not in ("all", "snooze"):
            lines = [f"{own.index(one) + 1}. {self._described(one, caller)}." for one in found]
            return "\n".join([words.say("which-rule"), *lines])
        gone = [
            words.say("rule-quoted", said=one.rule.said)
            if one.rule.said
            else words.say("rule-called", number=own.index(one) + 1)
            for one in found
        ]
        for one in found:
            await self._watch.drop_rule(one.id)
        await self._changes.note(caller, dropped=[one.id for one in found])
        return words.say("rules-forgotten", rules=words.names(gone))

    async def explain(self, asked: Explain, caller: Caller) -> str:
        """Why this person was told of the last alert; or not told of the last thing untold."""
        words = caller.wording
        incident = await (self._untold(caller) if asked.untold else self._told(caller))
        if incident is None:
            return words.say("kept-nothing-back" if asked.untold else "told-of-nothing")
        telling = incident.telling(caller.person.id)
        decided = telling.rule if telling else None
        rule = next((own for own in await self._watch.rules() if own.id == decided), None)
        why = explain(incident, caller.person.id, rule, caller.now, self._watch.zone, words)
        told = self._sights.alert(incident, caller.now, words).rstrip(".")
        return words.say("alert-explained", alert=told, why=why)

    # The rule ----------------------------------------------------------------------------------

    async def _rule(self, asked: Rule, caller: Caller) -> AlertRule:
        """Raises CallError."""
        like: dict[str, object] = {}
        if asked.like_last or asked.near_last:
            like = await self._like(asked, self._fields(asked, caller), caller)
        return self._plain(asked, caller, like)

    def _plain(
        self, asked: Rule, caller: Caller, like: Mapping[str, object] | None = None
    ) -> AlertRule:
        """The rule as asked for, with what it takes from the last alert. Raises CallError."""
        fields = self._fields(asked, caller) | dict(like or {})
        try:
            return AlertRule.model_validate(fields)
        except ValidationError as error:
            raise CallError(message("no-rule-of-that")) from error

    def _fields(self, asked: Rule, caller: Caller) -> dict[str, object]:
        fields: dict[str, object] = asked.model_dump(
            exclude={"devices", "hours", "except_hours", "until", "like_last", "near_last"}
        )
        fields["cameras"] = tuple(self._sights.meant(asked.devices)) if asked.devices else ()
        fields["zones"] = tuple(self._zone(zone) for zone in asked.zones)
        fields["hours"], fields["outside_hours"] = (
            hours_of(asked.hours),
            hours_of(asked.except_hours),
        )
        fields["until"] = local(asked.until, caller.now)
        fields["said"] = caller.words[:SAID]
        return fields

    async def _like(
        self, asked: Rule, fields: dict[str, object], caller: Caller
    ) -> dict[str, object]:
        """What the rule takes from the last alert. Raises CallError."""
        incident = await (self._standing(caller) if asked.near_last else self._told(caller))
        if incident is None:
            raise CallError(NOT_SEEN)
        own = fields["kinds"] or fields["labels"] or fields["what"]
        placed = fields["cameras"] or fields["zones"]
        like: dict[str, object] = {} if own else {"kinds": (incident.kind,)}
        if asked.near_last:
            like["near"] = incident.stands or incident.box
        if asked.near_last or not (own or placed):
            like["cameras"] = incident.cameras[:1]
        return like

    def _zone(self, said: str) -> str:
        """A zone by its name as it was drawn. Raises CallError."""
        known = {
            zone.name.casefold(): zone.name
            for camera in self._sights.all()
            for zone in self._watch.settings_of(camera).zones
            if zone.name
        }
        if said.casefold() not in known:
            raise CallError(_no_such_zone(said, tuple(known.values())))
        return known[said.casefold()]

    def _confirmed(self, asked: Rule, made: Sequence[AlertRule], caller: Caller) -> str:
        told, say = self._scope(made[-1], caller), caller.wording.say
        match asked.verdict:
            case "tell":
                return say("will-tell", scope=told)
            case "only":
                return say("will-tell-only", scope=told)
            case "quiet":
                return say("will-not-tell", scope=told)

    def _scope(self, rule: AlertRule, caller: Caller) -> str:
        places, quiet = self._sights.places(), rule.verdict == "quiet"
        return scope(rule, places, caller.now, self._watch.zone, caller.wording, negated=quiet)

    # Which one ---------------------------------------------------------------------------------

    async def _own(self, caller: Caller) -> list[OwnRule]:
        """This person's rules that still hold, oldest first."""
        return [
            own
            for own in await self._watch.rules()
            if own.person == caller.person.id
            and (own.rule.until is None or own.rule.until > caller.now)
        ]

    def _meant(self, asked: Drop, own: Sequence[OwnRule]) -> list[OwnRule]:
        if asked.rule is not None:
            return list(own[asked.rule - 1 : asked.rule]) if asked.rule > 0 else []
        match asked.which:
            case "all":
                return list(own)
            case "last":
                return list(own[-1:])
            case "snooze":
                return [one for one in own if one.rule.until and one.rule.verdict == "quiet"]
            case "":
                return [one for one in own if _is_about(one.rule, asked)]

    async def _told(self, caller: Caller) -> Incident | None:
        return await self._watch.last_alert(caller.person.id)

    async def _untold(self, caller: Caller) -> Incident | None:
        kept = await self._watch.incidents(since=caller.moment - LATELY)
        untold = (i for i in reversed(kept) if (t := i.telling(caller.person.id)) and not t.told)
        return next(untold, None)

    async def _standing(self, caller: Caller) -> Incident | None:
        """The last vehicle of which this person was told; anything else is in no one spot."""
        kept = await self._watch.incidents(since=caller.moment - LATELY, limit=200)
        told = (
            i
            for i in reversed(kept)
            if i.kind == "vehicle" and (i.stands or i.box)
            and (t := i.telling(caller.person.id)) is not None and t.told
        )  # fmt: skip
        return next(told, None)

    def _described(self, own: OwnRule, caller: Caller) -> str:
        places = self._sights.places()
        return describe_rule(own, places, caller.now, self._watch.zone, caller.wording)


def _no_such_zone(name: str, known: Sequence[str]) -> Message:
    if not known:
        return message("no-such-zone", name=name)
    return message("no-such-zone-but", name=name, known=Several(tuple(known)))


def _each(asked: Rule) -> list[Rule]:
    """ "Only people": nothing of the rest, and of people whatever was said before."""
    if asked.verdict != "only":
        return [asked]
    rest = tuple(kind for kind in ALIVE if kind not in asked.kinds)
    quiet = {"verdict": "quiet", "kinds": rest, "labels": (), "what": ()}
    return [asked.model_copy(update=quiet), asked.model_copy(update={"verdict": "tell"})]


def _is_about(rule: AlertRule, asked: About) -> bool:
    """Whether a rule is about all that is named."""
    pairs = (
        (asked.kinds, rule.kinds), (asked.labels, rule.labels), (asked.what, rule.what),
        (asked.devices, rule.cameras), (asked.zones, rule.zones),
    )  # fmt: skip
    hours = asked.hours is None or hours_of(asked.hours) in (rule.hours, rule.outside_hours)
    there = asked.presence is None or asked.presence == rule.presence
    return hours and there and all(set(said) <= set(own) for said, own in pairs)
