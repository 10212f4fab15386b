"""Spans to clauses: who is to do what, to which things, by how much, and what was left over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dobby.agent.reflex.clauses import Clause, Noun
from dobby.agent.reflex.numbers import Measure
from dobby.agent.reflex.spans import Span

_MASS = {"lighting", "illumination"}  # one word for many
_NOUNISH = ("kind", "quant", "pron", "order")
_PLACE_PREPS = {"in", "on", "of", "at", "from", "for", "to", "with"}
_BARE_VERBS = {"switch", "set"}  # they say nothing until a way, a value or a mode does
_SENDING = _BARE_VERBS | {"on", "activate", "send"}
_SWITCHING = _BARE_VERBS | {"on", "off", "stop", "activate", "add"}


def noun_start(span: Span) -> bool:
    return bool(
        span.named("device", "room", "floor") or span.part or span.room_part
        or any(span.says(t) for t in (*_NOUNISH, "det"))
    )  # fmt: skip


class ClauseReader:
    """Reads one clause's spans from left to right."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self.clause = Clause(spans=list(spans))
        self._noun: Noun | None = None
        self._prep = ""
        self._at = 0

    def read(self) -> Clause:
        for at, span in enumerate(self.spans):
            self._at = at
            if span.gap or span.says("join"):
                self._close()
            self._take(span)
        self._close()
        if self._prep and self._prep not in {"in", "on", "at", "to", "of"}:
            self.clause.loose.append(self._prep)
        self._attach_places()
        return self.clause

    def _next(self, ahead: int = 1) -> Span | None:
        at = self._at + ahead
        return self.spans[at] if at < len(self.spans) else None

    def _previous(self) -> Span | None:
        return self.spans[self._at - 1] if self._at else None

    def _take(self, span: Span) -> None:
        clause = self.clause
        if span.says("except") and not span.names:
            self._close()
            clause.excepting = True
        elif self._is_noun(span):
            self._add_to_noun(span)
        elif self._is_verb(span):
            self._close()
            if self._prep in {"at", "from", "with", "for", "by"}:  # "at the end of the song"
                clause.loose.append(self._prep)
            if clause.verbs:
                self._second_verb(span)
            else:
                clause.verbs, clause.verb_text = frozenset(span.tags["verb"]), span.text
        elif span.says("guard") and not (span.says("armed") and "arm" in clause.verbs):
            clause.guards.append(span.tags["guard"][0])
        elif span.measure:
            self._measure(span, span.measure)
        elif span.says("prep") and self._is_prep(span):
            self._preposition(span)
        elif self._valued(span) or span.says("filler") or span.says("det") or span.says("join"):
            pass
        elif span.says("prep"):
            self._preposition(span)
        else:
            clause.loose.append(span.text)

    def _preposition(self, span: Span) -> None:
        meaning = span.tags["prep"][0]
        if self._noun and meaning in _PLACE_PREPS and self._leads_to_noun():
            self._noun.words.append(span.text)
            if meaning in {"from", "to", "with", "for"}:
                self._close()
        self._prep = meaning

    def _leads_to_noun(self) -> bool:
        following = self._next()
        return following is not None and noun_start(following) and not following.measure

    def _is_prep(self, span: Span) -> bool:
        if not span.says("way"):
            return True
        following = self._next()
        if (
            span.says("way", "on")
            and following
            and following.measure
            and self._noun
            and following.measure.unit not in {"s", "clock"}
            and (self.clause.verbs & {"set", "switch"} or not self.clause.acts)
        ):
            return True  # "put the heating on 20", "every light on 50"
        if span.says("way", "on"):  # "on the first floor", against "lights on"
            previous, following = self._previous(), self._next()
            if previous and (previous.says("verb", "switch") or previous.says("verb", "set")):
                return False
            settled = bool(self.clause.ways or self.clause.states) or bool(
                self.clause.verbs - _BARE_VERBS
            )
            if following and following.says("det"):
                place = self._next(2)
                placed = bool(place and (place.named("floor") or place.named("room")))
                later = any(
                    s.says("way") and not s.says("prep") for s in self.spans[self._at + 1 :]
                )
                return settled or (placed and later)
            return settled and bool(following and noun_start(following))
        return False

    def _is_verb(self, span: Span) -> bool:
        if not span.says("verb"):
            return False
        if span.says("states") and (self._noun or self.clause.nouns):
            return False
        if self.clause.verbs and (span.says("way") or self._has_value_tag(span)):
            return False
        if span.says("level") or span.says("white") or span.says("mode"):
            following = self._next()
            return bool(following and noun_start(following)) or span.says("verb", "vacuum")
        return True

    def _has_value_tag(self, span: Span) -> bool:
        return any(span.says(t) for t in ("mode", "white", "level", "prep", "color", "armed"))

    def _second_verb(self, span: Span) -> None:
        chore = next((v for v in span.tags["verb"] if v in {"vacuum", "mow"}), None)
        if chore and self.clause.verbs & {"stop", "pause", "resume", "cancel"}:  # "stop vacuuming"
            kind = "mower" if chore == "mow" else "vacuum"
            self.clause.nouns.append(Noun(kinds=[kind], words=[span.text]))
        elif self.clause.verbs & set(span.tags["verb"]) or (
            "ungroup" in span.tags["verb"] and self.clause.verbs & {"set", "remove", "group"}
        ):
            self.clause.verbs = frozenset(span.tags["verb"]) & {"ungroup"} or self.clause.verbs
        elif set(span.tags["verb"]) & {"shuffle", "repeat"} and self.clause.verbs & _SWITCHING:
            self.clause.verbs |= {span.tags["verb"][0]}  # "turn off shuffle", "put it on repeat"
        elif span.says("verb", "dock") and self.clause.verbs & {"send", "set", "switch", "dock"}:
            self.clause.verbs = frozenset({"dock"})
        elif span.says("verb", "group") and self.clause.verbs & _BARE_VERBS:
            self.clause.verbs = frozenset({"group"})  # "have the bath join the kitchen"
        elif span.says("verb", "do") and self.clause.verbs & {"set", "switch"}:
            self.clause.verbs = frozenset({"do"})
        elif (
            span.says("verb", "on") and self.clause.verbs <= {"set", "switch", "get"} | _BARE_VERBS
        ):
            self.clause.ways.append("on")  # "let the fountain run"
        elif chore and self.clause.verbs & _SENDING:  # "let it clean"
            self.clause.verbs = frozenset({chore})
        elif self.clause.verbs & _BARE_VERBS and span.tags["verb"][0] in {
            "open", "close", "lock", "unlock", "mute", "unmute",
        }:  # fmt: skip
            self.clause.ways.append(span.tags["verb"][0])
        else:
            self.clause.loose.append(span.text)

    def _is_noun(self, span: Span) -> bool:
        if span.named("device", "room", "floor"):
            return not (span.says("verb") and self._opens_clause() and self._verb_follows(span))
        if (
            span.says("verb", "vacuum")
            and self._noun
            and (self.clause.verbs & _BARE_VERBS or (self._noun.names and self._verb_follows(span)))
        ):
            return False  # "have Rosie vacuum", "Henry hoover the lounge"
        if span.says("kind"):
            if span.says("verb") and self._opens_clause():
                return not self._verb_follows(span)
            return not (span.says("mode") and self._value_place(span))
        if span.says("quant") or (span.says("pron") and not self._is_det(span)):
            return not span.measure or span.text == "one"
        if (
            span.measure
            and (self._prep in {"to", "by", "at", "for"} or not self._noun)
            and (span.text != "one" and not span.named("device", "room", "floor"))
        ):
            return False
        if span.says("order"):
            return True
        if span.says("armed") and not span.part:
            return False
        if span.part and len(span.tags) == 0 and not (span.measure and not self._noun):
            return True
        if span.room_part and not span.tags:
            return True
        return span.part and self._beside_noun(span)

    def _is_det(self, span: Span) -> bool:
        following = self._next()
        return (
            span.says("det") and following is not None and noun_start(following)
            and not following.says("way")
        )  # fmt: skip

    def _opens_clause(self) -> bool:
        return not self.clause.verbs and not self._noun and not self.clause.nouns

    def _verb_follows(self, span: Span) -> bool:
        """Whether a word that is a verb and a noun is the verb here: "light the hall"."""
        following = self._next()
        if following is None or following.says("way") or following.measure:
            return False
        if following.says("det") or following.says("quant") or following.says("pron"):
            return True
        if span.named("device") and following.says("kind", "scene"):
            return False
        named = following.named("device", "room", "floor") or following.says("kind")
        return bool(named) and not following.gap

    def _value_place(self, span: Span) -> bool:
        previous = self._previous()
        return bool(previous and previous.says("prep", "to")) or (
            bool(self.clause.nouns or self._noun) and self._next() is None
        )

    def _beside_noun(self, span: Span) -> bool:
        if any(span.says(t) for t in ("verb", "way", "prep", "filler", "det", "join", "guard")):
            return False
        if self._noun is not None and span.measure is not None:
            return True
        following = self._next()
        return bool(
            following and not following.gap
            and (following.says("kind") or following.part or following.named("device"))
        ) or bool(self._noun and self._noun.names == [] and self._noun.parts)  # fmt: skip

    def _add_to_noun(self, span: Span) -> None:
        noun = self._noun
        if noun is None:
            before = self._previous()
            mine = before is not None and before.text == "my"
            noun = self._noun = Noun(prep=self._prep, mine=mine)
            self._prep = ""
        noun.words.append(span.text)
        last = span.tokens[-1]
        rooms = frozenset(n.ref for n in span.named("room"))
        devices = tuple(span.named("device"))
        if rooms:  # a speaker is often called what its room is called
            noun.nested |= bool(noun.rooms and noun.kinds)
            noun.rooms.append(rooms)
            noun.twins.extend([devices] if devices else [])
        elif devices:
            noun.names.append(devices)
            noun.exact.append(tuple(t.text for t in span.tokens))
        noun.floors.extend(n.ref for n in span.named("floor"))
        kind = span.says("kind") and not self._is_modifier(span)
        if kind:
            noun.kinds.append(span.tags["kind"][0])
        if span.says("quant"):
            noun.quants.update(span.tags["quant"])
        elif span.says("pron") and not (devices or rooms):
            noun.prons.update(span.tags["pron"])
        elif span.says("order") and not devices:
            noun.orders.append(span.text)
        elif not (devices or rooms or span.named("floor") or kind):
            if span.part:
                noun.parts.append(last.stem)
            elif span.room_part:
                noun.rooms.append(frozenset({f"~{last.stem}"}))
        headed = kind or (devices and not rooms)
        if headed or (span.part and last.text != last.stem):
            noun.plural = last.text != last.stem or last.text in _MASS

    def _is_modifier(self, span: Span) -> bool:
        """Whether a word for music is but a part of a lamp's name: "track lights"."""
        following = self._next()
        kinds = following.tags.get("kind", ()) if following and not following.gap else ()
        return span.part and span.says("kind", "music") and bool(kinds) and "music" not in kinds

    def _close(self) -> None:
        if self._noun is None:
            return
        (self.clause.excepts if self.clause.excepting else self.clause.nouns).append(self._noun)
        self._noun = None

    def _measure(self, span: Span, measure: Measure) -> None:
        following = self._next()
        if measure.unit == "" and measure.number < 10 and not self._prep and following is not None:
            counted = following.says("kind") or following.part or following.named("device")
            if counted and not following.gap and self._noun is None:
                self._noun = Noun(count=int(measure.number), plural=True, words=[span.text])
                return
        if (
            self._prep == "for"
            or measure.unit == "clock"
            or (measure.unit == "" and self._prep == "at" and self._timed(measure))
        ):
            self.clause.guards.append("future")
        self.clause.measures.append(measure.said_with(self._prep))
        self._prep = ""
        self._close()

    def _timed(self, measure: Measure) -> bool:
        """Whether "at 6" is a time of day rather than a level: "lights on at 6", "sauna at 85"."""
        if self.clause.modes and measure.number > 12:  # "on cool at 18"
            return False
        on_off = set(self.clause.ways) | (self.clause.verbs - {"set", "switch", "add", "get"})
        if on_off or measure.number in range(1, 13):
            return not self.clause.attrs
        return False

    def _valued(self, span: Span) -> bool:
        """A word that says how much or which way; takes it."""
        clause = self.clause
        if span.says("way") and clause.excepting and clause.acts:
            clause.kept.append(span.tags["way"][0])
        elif span.says("way"):
            clause.ways.append(span.tags["way"][0])
        elif span.says("more"):
            clause.more.extend(span.tags["more"])
        elif span.says("color"):
            clause.colors.append(span.tags["color"][0])
        elif span.says("level"):
            clause.levels.append(span.tags["level"][0])
        elif span.says("white"):
            clause.whites.append(span.tags["white"][0])
            if span.says("mode"):
                clause.modes.append(span.tags["mode"][0])
        elif span.says("mode"):
            clause.modes.append(span.tags["mode"][0])
        elif span.says("armed"):
            clause.armed.append(span.tags["armed"][0])
        elif span.says("attr"):
            clause.attrs.append(span.tags["attr"][0])
        elif span.says("amount"):
            clause.amounts.append(span.tags["amount"][0])
        elif span.named("source", "media", "area"):
            clause.choices.extend(span.names)
        elif span.says("states") and not (span.says("filler") and clause.verbs):  # "back on"
            clause.states.append(span.tags["states"][0])
        else:
            return False
        self._close()
        self._prep = "" if not span.says("attr") else self._prep
        return True

    def _attach_places(self) -> None:
        """ "In the kitchen ... the lights": a bare place belongs to the thing beside it."""
        clause = self.clause
        joined = any(s.gap or s.says("join") for s in self.spans[1:])
        if len(clause.nouns) != 2 or joined:
            return
        first, second = clause.nouns
        if second.prep in {"from", "to", "with"} and clause.verbs & {"group", "ungroup", "moveto"}:
            return
        if (second.place_only or (second.quants and second.headless_quant)) and first.thing:
            first.absorb(second)
            if "everywhere" in first.quants:
                first.quants.add("all")
            clause.nouns = [first]
        elif first.place_only and second.thing:
            clause.nouns = [replace(second, rooms=second.rooms + first.rooms,
                                    floors=second.floors + first.floors,
                                    prons=second.prons | first.prons)]  # fmt: skip
