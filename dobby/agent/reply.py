"""The reply, built from receipts: what was read back is said, what failed is said, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from devices.capabilities import Capability, Climate, Group, Media, Playback, Skip
from devices.device import Device, Outcome, Receipt
from dobby.agent.calls import HouseView
from dobby.agent.phrases import predicate, sentence
from dobby.agent.refusal import refusal, speaks_for_itself
from dobby.agent.subjects import called, plural, subject
from dobby.language.words import Words


@dataclass(frozen=True)
class Fate:
    """What became of a device, in words that go after one subject or after several of them."""

    done: bool
    one: tuple[str, ...]
    many: tuple[str, ...]
    whole: bool = False  # it has a subject of its own


def compose(receipts: Sequence[Receipt], devices: Mapping[str, Device], words: Words) -> str:
    """One short text for these receipts; empty for none. Values are those read back."""
    per_device: dict[str, list[Receipt]] = {}
    for receipt in [r for r in receipts if not _was_silent(r)] or receipts:
        per_device.setdefault(receipt.command.device, []).append(receipt)
    fates: dict[Fate, list[str]] = {}
    for device_id, own in per_device.items():
        fates.setdefault(_fate(own, devices, _alone(receipts), words), []).append(device_id)
    ordered = sorted(fates.items(), key=lambda item: not item[0].done)
    said = [_say(fate, [devices[i] for i in ids if i in devices], words) for fate, ids in ordered]
    return sentence("; ".join(part for part in said if part))


def heard_along(receipts: Sequence[Receipt], house: HouseView, words: Words) -> str:
    """The speakers that nobody named and that now sound, or fall silent, with one that was."""
    told = {r.command.device for r in receipts}
    sound = {i for i in told - _alone(receipts) if any(_sounds(r, i) for r in receipts)}
    led = {_leader(i, house) for i in sound}
    along = [
        d for i, d in house.devices.items() if i not in told and _leader(i, house) in led - {None}
    ]
    if not along:
        return ""
    return sentence(words.say("along", count=len(along), who=subject(along, words)))


def _sounds(receipt: Receipt, device: str) -> bool:
    """Whether this changed what a device, and so its whole group, lets be heard."""
    music = isinstance(receipt.command.set, (Media, Playback, Skip))
    return music and receipt.verified and receipt.command.device == device


def _leader(device: str, house: HouseView) -> str | None:
    group = house.state(device).get("group")
    return group.leader if isinstance(group, Group) else None


def _was_silent(receipt: Receipt) -> bool:
    """Whether a speaker was told to be silent that was: no news when there is any."""
    asked = receipt.command.set
    return isinstance(asked, Playback) and receipt.verified and asked.shown_by(receipt.before)


def _alone(receipts: Sequence[Receipt]) -> frozenset[str]:
    """The speakers that left their group."""
    return frozenset(
        r.command.device
        for r in receipts
        if isinstance(r.command.set, Group) and r.command.set.leader == r.command.device
    )


def _fate(
    receipts: Sequence[Receipt],
    devices: Mapping[str, Device],
    alone: frozenset[str],
    words: Words,
) -> Fate:
    failed = [r for r in receipts if not r.verified]
    if failed:
        device = devices.get(failed[0].command.device)
        one, many = (_failure(failed[0], device, words, many) for many in (False, True))
        return Fate(False, (one,), (many,), whole=speaks_for_itself(failed[0]))
    said: dict[str, Capability] = {}
    for receipt in receipts:
        # The last word on each ability counts; a move through values is one change.
        said[receipt.command.set.kind] = _shown(receipt)
    one, many = (
        tuple(_state(value, receipts[0].command.device, devices, alone, words, many)
              for value in said.values())
        for many in (False, True)
    )  # fmt: skip
    return Fate(True, one, many)


def _shown(receipt: Receipt) -> Capability:
    """The read-back value, narrowed to what was asked."""
    after, asked = receipt.after, receipt.command.set
    if after is None or asked.kind == "media" or not asked.absolute:
        return after or asked
    fields = {name: getattr(after, name) for name in asked.said()}
    if isinstance(after, Climate) and after.mode != "heat":
        fields["mode"] = after.mode  # a target that it cools to, or does nothing for
    return type(asked).model_construct(**fields)


def _state(
    value: Capability,
    device: str,
    devices: Mapping[str, Device],
    alone: frozenset[str],
    words: Words,
    many: bool,
) -> str:
    if not isinstance(value, Group) or value.leader not in devices:
        return predicate(value, words, many)
    count = 2 if many else 1
    if value.leader == device:
        return words.say("on-its-own", count=count)
    if value.leader in alone:  # who joined one that then left has its music
        return words.say("has-music-now", count=count)
    return words.say("plays-with", count=count, name=called(devices[value.leader], words))


def _failure(receipt: Receipt, device: Device | None, words: Words, many: bool) -> str:
    """The words after the subject, unless the reason speaks for itself."""
    after, count = _shown(receipt) if receipt.after else None, 2 if many else 1
    now = predicate(after, words, many) if after else ""
    where = bare(now, words, many)
    match receipt.outcome:
        case Outcome.UNREACHABLE:
            return words.say("no-answer", count=count)
        case Outcome.MOVING if where:
            return words.say("still-moving-at", count=count, now=where)
        case Outcome.MOVING:
            return words.say("still-moving", count=count)
        case Outcome.STOPPED if where:
            return words.say("stopped-at", count=count, now=where)
        case Outcome.STOPPED:
            return words.say("stopped", count=count)
        case Outcome.CONTRADICTED if now:
            if isinstance(after, Media) and receipt.command.set.shown_by(after):
                now = words.say("stays-silent", count=count)  # it is loaded, and does not play
            return words.say("contradicted-now", count=count, now=now)
        case Outcome.CONTRADICTED:
            return words.say("contradicted", count=count)
        case _:
            return refusal(receipt, device, words, count)


def bare(state: str, words: Words, many: bool = False) -> str:
    """What is said of a state behind its verb: "40% open"."""
    return state.removeprefix(words.say("verb-be", count=2 if many else 1)).strip()


def _say(fate: Fate, devices: Sequence[Device], words: Words) -> str:
    if not devices:
        return ""
    many = len(devices) > 1 or plural(devices[0], words)
    said = _joined(fate.many if many else fate.one, words)
    return said if fate.whole else words.say("told", who=subject(devices, words), what=said)


def _joined(said: Sequence[str], words: Words) -> str:
    """ "is on", "is at 40%" -> "is on and at 40%": the verb is said once."""
    told: list[str] = []
    verb = ""
    for one in said:
        head, _, rest = one.partition(" ")
        told.append(rest if head == verb else one)
        verb = head
    return reduce(lambda first, second: words.say("and", first=first, second=second), told)
