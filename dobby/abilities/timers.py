"""Kitchen timers: what is set, changed or cancelled becomes the whole new list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from devices.capabilities import TimerEntry, Timers
from devices.device import Device
from dobby.abilities.change import Ability, Change, calls
from dobby.agent.calls import Abstention, ToolCall
from dobby.language import free_text
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground
from dobby.language.hearing import span_in
from dobby.language.meaning import Do, Ref, Wish
from dobby.language.sentences import Sentence

_STARTS = frozenset({"set", "on", "start", "do", "have", ""})
_ENDS = frozenset({"off", "cancel", "stop", "remove", "clear"})
_TIMED = frozenset({"set", "more", "less"})
_LONGEST = 4  # words of a timer's name
_LONGER, _SHORTER = frozenset({"more", "add", "step"}), frozenset({"less", "remove", "off"})


def _refs(wish: Wish) -> list[Ref]:
    return [*wish.things, *wish.goal, *wish.source]


def times(do: Do, ground: Ground) -> bool:
    if not ground.names.with_ability.get("timers"):
        return False
    if not _refs(do.wish):  # "five minutes more"
        return do.act in {"more", "less", "step"} and do.wish.seconds > 0
    return any(ref.kinds[-1:] == ("timer",) for ref in _refs(do.wish))


def change_timers(do: Do, ground: Ground) -> list[Change]:
    if any(_is_other(ref, ground) or ref.orders for ref in _refs(do.wish)):
        raise Unclear(Abstention.NOT_UNDERSTOOD, "not-understood")  # "a timer and the lamp on"
    device = _device(ground)
    entries, wish = _entries(ground, device), do.wish
    meant = _meant(entries, ground, wish)
    name = ground.names.plain(wish.text)
    count = max((r.count or 1 for r in wish.things), default=1)
    every = any(r.plural or r.quants & {"all", "everything"} for r in _refs(wish))
    back = do.act in {"less", "remove"} or any(m.endswith("-") for m in wish.more)
    shorter = (
        do.act in {*_SHORTER, "step"} and wish.seconds and bool(wish.source or wish.goal or back)
    )
    another = any(r.quants & {"any", "other"} for r in wish.things)
    if count > 1 and wish.seconds and do.act in {"add", *_STARTS}:
        raise Unclear(Abstention.AMBIGUOUS, "two-things-at-once", device=device.id)
    if another and wish.seconds and do.act in {"add", *_STARTS}:
        entries = [*entries, _started(wish, name, ground)]
    elif (do.act in _LONGER and wish.seconds) or shorter:
        found = _one(meant, name)
        left = found.seconds + (-wish.seconds if shorter else wish.seconds)
        if left <= 0:
            raise Unclear(Abstention.OUT_OF_RANGE, "timer-too-short")
        entries = _replaced(entries, found, seconds=left)
    elif do.act in _ENDS and wish.seconds:  # the one of five minutes, or five minutes off it?
        raise Unclear(Abstention.AMBIGUOUS, "which-thing")
    elif do.act in _ENDS:
        gone = [_one(meant, name)] if name or not every else meant
        if not gone:
            raise Unclear(Abstention.UNKNOWN_NAME, "no-timer", name=name)
        entries = [e for e in entries if not any(e is g for g in gone)]
    elif do.act in {"pause", "resume"}:
        entries = _replaced(entries, _one(meant, name), paused=do.act == "pause")
    elif do.act in _STARTS and wish.seconds >= 1 and _is_one(wish, name, ground):
        entries = [*entries, _started(wish, name, ground)]
    else:
        unclear = "not-understood" if wish.seconds else "timer-how-long"
        raise Unclear(Abstention.NOT_UNDERSTOOD, unclear)
    ground.touched.append(device.id)
    return [Change(device.id, "timers", {"entries": [e.model_dump() for e in entries]})]


def _is_other(ref: Ref, ground: Ground) -> bool:
    """Whether something else than a timer is named."""
    timers = set(ground.names.with_ability["timers"])
    named = frozenset[str]().union(*ref.names)
    return ref.kinds[-1:] not in {(), ("timer",)} or bool(named and not named & timers)


def _started(wish: Wish, name: str, ground: Ground) -> TimerEntry:
    return TimerEntry(seconds=wish.seconds, name=name or None, room=ground.context.room)


def _is_one(wish: Wish, name: str, ground: Ground) -> bool:
    """Whether one timer is meant, and its name is no order to somebody: "Tom set"."""
    many = any(ref.plural or ref.quants & {"all", "both"} for ref in wish.things)
    return not (many or free_text.acts(name, ground.names))


def _replaced(
    entries: Sequence[TimerEntry], found: TimerEntry, **fields: object
) -> list[TimerEntry]:
    return [e.model_copy(update=fields) if e is found else e for e in entries]


def _device(ground: Ground) -> Device:
    ids = ground.names.with_ability["timers"]
    here = [i for i in ids if ground.names.room(i) == ground.context.room]
    for found in (ids, here):
        if len(found) == 1:
            return ground.names.devices[found[0]]
    names = [ground.names.label(i) for i in ids]
    raise Unclear(Abstention.AMBIGUOUS, "which-one", ids, options=names)


def _entries(ground: Ground, device: Device) -> list[TimerEntry]:
    timers = ground.context.house.state(device.id).get("timers")
    return list(timers.entries) if isinstance(timers, Timers) else []


def _meant(entries: Sequence[TimerEntry], ground: Ground, wish: Wish) -> Sequence[TimerEntry]:
    """Of a room that is named, its timers. Raises Unclear where none runs there."""
    timers = set(ground.names.with_ability["timers"])
    for ref in _refs(wish):  # "all gallery timers", where the gallery is no room but a strip
        if any(not ground.names.parts.get(part, set()) & timers for part in ref.parts):
            raise Unclear(Abstention.UNKNOWN_NAME, "no-timer", name=ref.words)
    rooms = {room for ref in _refs(wish) for room in ground.rooms(ref) or ()}
    there = [e for e in entries if e.room in rooms]
    if rooms and not there and entries and not wish.seconds:
        raise Unclear(Abstention.UNKNOWN_NAME, "no-timer", name=", ".join(sorted(rooms)))
    return there or entries


def _named(entries: Sequence[TimerEntry], name: str) -> list[TimerEntry]:
    return [e for e in entries if not name or name.casefold() in (e.name or "").casefold()]


def _one(entries: Sequence[TimerEntry], name: str) -> TimerEntry:
    found = _named(entries, name)
    if len(found) == 1:
        return found[0]
    if not found:
        raise Unclear(Abstention.UNKNOWN_NAME, "no-timer", name=name)
    names = [e.name or "" for e in found]
    raise Unclear(Abstention.AMBIGUOUS, "which-timer", options=[n for n in names if n])


# Whole sentences ------------------------------------------------------------------------------


def timed(sentence: Sentence, ground: Ground) -> ToolCall | None:
    """What a sentence says to a timer, or asks of it; None where it is about none of this house.

    Raises Unclear.
    """
    of, _, act = sentence.of.partition(".")
    if of != "timers" or not ground.names.with_ability.get("timers"):
        return None
    said, device = sentence.said, _device(ground)
    seconds = _seconds(said, ground)
    if seconds is None or ("span" in said and act not in _TIMED):
        return None
    name = _name(said.get("name", ""), device, ground)
    running = _named(_entries(ground, device), name)
    if name and (not running if act != "set" else not _fits(name, ground)):
        return None
    if act == "ask":
        ground.touched.append(device.id)
        asked = {"devices": [device.id], "form": "what", "about": "timers"}
        return ToolCall(name="read_state", arguments={**asked, **({"text": name} if name else {})})
    wish = Wish(things=(Ref(kinds=("timer",)),), seconds=seconds, text=name)
    wish = replace(wish, source=wish.things) if act == "less" else wish
    (change,) = change_timers(Do(act, wish), ground)
    (call,) = calls([change])
    return call


def _seconds(said: Mapping[str, str], ground: Ground) -> float | None:
    """How long; 0 where that is not said, None where what is said there is no such thing."""
    text = said.get("span") or " ".join(said[key] for key in ("count", "unit") if key in said)
    return span_in(text, ground.names) if text else 0.0


def _name(text: str, device: Device, ground: Ground) -> str:
    """A timer's own name; none where only its device or its room is named so."""
    name = ground.names.plain(text)
    stems = set(ground.names.stems(name)) if name else set[str]()
    places = {*ground.names.stems(device.name), *ground.names.stems(device.room or "")}
    return "" if stems <= places else name


def _fits(name: str, ground: Ground) -> bool:
    """Whether that can be what a timer is for, and nothing else is said with it."""
    words = ground.names.lexicon.tokenise(name)
    return len(words) <= _LONGEST and not (
        free_text.guarded(name, ground.names)
        or free_text.tells_when(name, ground.names)
        or any(ground.names.lexicon.is_small(words[at].text) for at in (0, -1))
        or free_text.acts(name, ground.names)
        or any(w.text.isdigit() or ground.names.says(w.text, "unit") for w in words)
    )


ABILITIES = (
    Ability(
        "timers", times, change_timers, frozenset({"seconds", "text", "goal", "source", "more"})
    ),
)
