"""Kitchen timers: what is set, changed or cancelled becomes the whole new list."""

from __future__ import annotations

from collections.abc import Sequence

from devices.capabilities import TimerEntry, Timers
from devices.device import Device
from dobby.agent.calls import Abstention, ToolCall
from dobby.agent.reflex.ground import Ground
from dobby.agent.reflex.lexicon import Lexicon
from dobby.agent.reflex.numbers import duration_at, number_at
from dobby.agent.reflex.targets import Unresolved
from dobby.agent.reflex.text import Token, tokenise, words

_TIMER_WORDS = {"timer", "timers", "countdown"}
_SETS = {"set", "start", "make", "create", "add", "new", "begin", "run", "put", "another"}
_TIMER_FILL = {
    "a", "an", "the", "for", "of", "to", "with", "my", "me", "on", "please", "called", "named",
    "at", "it", "up", "in", "timer", "timers", "countdown", "and", "minute", "minutes", "more",
    "from", "by", "is", "as", "egg", "kitchen", "down", "go", "off", "now", "just", "left", "i",
    "want", "can", "you", "could", "name", "label", "give", "another", "labeled", "labelled",
    "about", "running", "would", "like", "we", "counting",
}  # fmt: skip


class Timing:
    """Reads sentences about timers. Returns None for any other sentence."""

    def __init__(self, ground: Ground, lexicon: Lexicon) -> None:
        self._ground, self._lexicon = ground, lexicon
        ids = ground.index.with_ability.get("timers", ())
        self._devices = [ground.index.devices[i] for i in ids]

    def asked(self, tokens: Sequence[Token]) -> ToolCall | None:
        """ "How long is left on the timer?"; None for any other sentence."""
        texts = {t.text for t in tokens}
        when = [t.text for t in tokens[:2]] in (["when", "is"], ["when", "does"])
        if when and tokens[-1].text in _ENDING and texts & _TIMER_WORDS and self._devices:
            texts = texts - {"when"} | {"left"}
        asks = texts & _ASKING or (len(texts) < 4 and texts & _TIMER_WORDS and not texts & _DOING)
        told = texts & {"left", "remaining", "status"}
        if not self._meant(texts) or not asks or (self._duration(tokens) and not told):
            return None
        device = self._device(texts)
        return ToolCall(
            name="read_state",
            arguments={"devices": [device.id], "form": "what", "about": "timers"},
        )

    def _meant(self, texts: set[str]) -> bool:
        asks_time = "time" in texts and "left" in texts
        if not self._devices or not (texts & _TIMER_WORDS or asks_time):
            return False
        return not texts & {"when", "if", "not", "tomorrow", "unless", "never"}

    def read(self, tokens: Sequence[Token]) -> ToolCall | None:
        texts = {t.text for t in tokens}
        asks = tokens[0].text in {
            "who",
            "what",
            "why",
            "how",
            "which",
            "did",
            "is",
            "are",
            "does",
            "was",
        }
        if not self._meant(texts) or asks or not self._ordered(tokens):
            return None
        device = self._device(texts)
        entries = self._entries(device)
        span = self._duration(tokens)
        place = self._room(tokens)
        there = [e for e in entries if place and e.room == place]
        name = self._name(tokens, span, device, set(words(place)) if place and there else set())
        if name and self._strange(name):
            raise Unresolved(Abstention.FUTURE, "I did nothing. A timer for how long, called what?")
        if span and span[2] < 1:
            raise Unresolved(Abstention.OUT_OF_RANGE, "A timer for how long?")
        elsewhere = place and not there and not entries_named(entries, name)
        if elsewhere and texts & _CANCEL and (texts & _ALL or any(e.room for e in entries)):
            raise Unresolved(Abstention.UNKNOWN_NAME, f"No timer runs in {place}. Which one?")
        changed = self._changed(texts, entries, there or entries, span, name)
        if changed is None:
            return None
        self._ground.touched.append(device.id)
        return ToolCall(
            name="timers",
            arguments={"devices": [device.id], "entries": [e.model_dump() for e in changed]},
        )

    def _ordered(self, tokens: Sequence[Token]) -> bool:
        """Whether it opens like an order ("set", "pizza timer", "10") and says nothing else."""
        for at, token in enumerate(tokens):
            found = self._lexicon.match(tokens, at)
            guard = (found[1].get("guard") or ("",))[0] if found else ""
            if guard and token.text not in {"before", "after", "between"} and guard != "future":
                return False
        start = self._opening(tokens)
        if start >= len(tokens) or number_at(tokens, start) or duration_at(tokens, start):
            return start < len(tokens)
        opening = {t.text for t in tokens[start : start + 3]}
        return tokens[start].text in _DOING | {
            "give",
            "time",
            "more",
            "extend",
        } | _LESS | _MORE or bool(opening & _TIMER_WORDS)

    def _opening(self, tokens: Sequence[Token]) -> int:
        """Where the order begins, behind "help me" and "so a"."""
        start = 0
        while start < len(tokens):
            found = self._lexicon.match(tokens, start)
            if not found or not {"filler", "join", "det"} & set(found[1]):
                break
            start += found[0]
        return start

    def _strange(self, name: str) -> bool:
        """Whether what is left cannot be a timer's name: a number, or another order."""
        tokens = tokenise(name)
        orders = ("switch", "set", "on", "off", "open", "close", "lock", "unlock", "dim", "play")
        for at, token in enumerate(tokens):
            found = self._lexicon.match(tokens, at)
            if token.stem.isdigit() or (found and set(found[1].get("verb", ())) & set(orders)):
                return True
        return len(tokens) > 4

    def _device(self, texts: set[str]) -> Device:
        if len(self._devices) == 1:
            return self._devices[0]
        named = [d for d in self._devices if set(words(d.name)) <= {*texts}]
        here = [d for d in self._devices if d.room == self._ground.context.room]
        for found in (named, here):
            if len(found) == 1:
                return found[0]
        names = " or ".join(d.name for d in self._devices)
        raise Unresolved(Abstention.AMBIGUOUS, f"Which one: {names}?")

    def _entries(self, device: Device) -> list[TimerEntry]:
        timers = self._ground.context.house.state(device.id).get("timers")
        return list(timers.entries) if isinstance(timers, Timers) else []

    def _room(self, tokens: Sequence[Token]) -> str | None:
        """The room that is named: timers know the room that they were set in."""
        index = self._ground.index
        for at in range(len(tokens)):
            name = index.longest(tokens, at)
            rooms = [n.ref for n in name[1] if n.of == "room"] if name else []
            if rooms:
                return rooms[0]
        return None

    def _duration(self, tokens: Sequence[Token]) -> tuple[int, int, float] | None:
        for at in range(len(tokens)):
            found = duration_at(tokens, at)
            if found:
                return at, at + found[0], found[1]
        return None

    def _name(
        self, tokens: Sequence[Token], span: tuple[int, int, float] | None, device: Device,
        besides: set[str],
    ) -> str | None:  # fmt: skip
        verbs = _SETS | _CANCEL | _PAUSE | _RESUME | _MORE | _LESS | {"all", "every", "both"}
        verbs |= {
            "how",
            "much",
            "time",
            "left",
            "long",
            "remaining",
            "status",
            "what",
            "which",
            "any",
            "there",
        }
        own = set(words(device.name)) | besides
        kept = [
            i for i in range(self._opening(tokens), len(tokens))
            if not (span and span[0] <= i < span[1])
            and tokens[i].text not in verbs | _TIMER_FILL | own
        ]  # fmt: skip
        if not kept:
            return None
        if any(tokens[i].text not in _INSIDE for i in range(kept[0], kept[-1]) if i not in kept):
            raise Unresolved(Abstention.NOT_UNDERSTOOD, "What shall the timer be called?")
        return " ".join(tokens[i].text for i in kept)

    def _changed(
        self, texts: set[str], entries: list[TimerEntry], meant: list[TimerEntry],
        span: tuple[int, int, float] | None, name: str | None,
    ) -> list[TimerEntry] | None:  # fmt: skip
        taken = span is not None and bool(texts & _TAKEN) and bool(texts & {"from", "off"})
        if texts & _CANCEL and not taken:
            if texts & {*_ALL, "timers"}:
                gone = entries_named(meant, name) if name else meant
                if not gone and name:
                    raise Unresolved(Abstention.UNKNOWN_NAME, f"I have no {name} timer. Which one?")
                return [e for e in entries if not any(e is g for g in gone)]
            found = self._one(meant, name, span)
            return [e for e in entries if e is not found]
        if texts & _PAUSE or texts & _RESUME:
            found = self._one(meant, name, None)
            paused = bool(texts & _PAUSE)
            return [e.model_copy(update={"paused": paused}) if e is found else e for e in entries]
        adds = "give" in texts or (
            bool(texts & _MORE)
            and (bool(texts & {"to", "more", "by", "give"}) or "extend" in texts)
        )
        if span and (adds or taken or texts & _LESS):
            found = self._one(meant, name, None)
            by = -span[2] if taken or texts & _LESS else span[2]
            left = found.seconds + by
            if left <= 0:
                raise Unresolved(Abstention.OUT_OF_RANGE, "That is more than is left. Cancel it?")
            return [e.model_copy(update={"seconds": left}) if e is found else e for e in entries]
        resets = bool(texts & {"set", "change", "make"}) and "to" in texts
        if span and resets and len(entries_named(meant, name)) == 1:
            found = self._one(meant, name, None)
            return [e.model_copy(update={"seconds": span[2]}) if e is found else e for e in entries]
        if span:
            room = self._ground.context.room
            return [*entries, TimerEntry(seconds=span[2], name=name, room=room)]
        if texts & _SETS and span is None:
            raise Unresolved(Abstention.NOT_UNDERSTOOD, "A timer for how long?")
        return None

    def _one(
        self, entries: list[TimerEntry], name: str | None, span: tuple[int, int, float] | None
    ) -> TimerEntry:
        found = entries_named(entries, name) if name else entries
        if name and not found:
            raise Unresolved(Abstention.UNKNOWN_NAME, f"I have no {name} timer. Which one?")
        if len(found) != 1:
            names = ", ".join(e.name or "one without a name" for e in found)
            raise Unresolved(
                Abstention.AMBIGUOUS,
                f"Which timer: {names}?" if found else "No timer is running. What shall I do?",
            )
        if span is not None:
            raise Unresolved(Abstention.AMBIGUOUS, f"Which timer: {found[0].name or 'the one'}?")
        return found[0]


_INSIDE = {"the", "a", "an", "my", "and", "of", "to", "with", "for", "in", "on"}  # within a name
_ASKING = {"left", "remaining", "status", "much", "long", "which", "what", "longer"}
_CANCEL = {
    "off", "cancel", "stop", "delete", "remove", "clear", "end", "dismiss", "kill", "abort",
    "forget",
}  # fmt: skip
_ENDING = {"done", "over", "finished", "up", "off", "end", "finish", "ready", "out"}
_PAUSE = {"pause", "hold"}
_RESUME = {"resume", "unpause", "continue"}
_DOING = _SETS | _CANCEL | _PAUSE | _RESUME | {"off", "on", "carry"}
_MORE = {"add", "extend", "increase", "more", "lengthen"}
_ALL = {"all", "every"}
_TAKEN = {"take", "remove", "knock", "shave", "cut"}  # minutes, from a timer
_LESS = {"subtract", "take", "reduce", "decrease", "shorten", "less", "deduct"}


def entries_named(entries: Sequence[TimerEntry], name: str | None) -> list[TimerEntry]:
    wanted = set(words(name)) if name else set[str]()
    return [e for e in entries if name and wanted <= set(words(e.name or ""))]
