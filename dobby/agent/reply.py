"""The reply, built from receipts: what was read back is said, what failed is said, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from devices.capabilities import Capability, Climate, Group, Media, Playback, Skip
from devices.device import Device, Outcome, Receipt
from dobby.agent.calls import HouseView
from dobby.agent.phrases import predicate, sentence, temperature
from dobby.agent.subjects import called, plural, subject


def compose(
    receipts: Sequence[Receipt], devices: Mapping[str, Device], fahrenheit: bool = False
) -> str:
    """One short text for these receipts; empty for none. Values are those read back."""
    per_device: dict[str, list[Receipt]] = {}
    for receipt in [r for r in receipts if not _was_silent(r)] or receipts:
        per_device.setdefault(receipt.command.device, []).append(receipt)
    fates: dict[tuple[str, ...], list[str]] = {}
    for device_id, own in per_device.items():
        fates.setdefault(_fate(own, devices, _alone(receipts), fahrenheit), []).append(device_id)
    ordered = sorted(fates.items(), key=lambda item: item[0][0] != "done")
    said = [_say(fate, [devices[i] for i in ids if i in devices]) for fate, ids in ordered]
    return sentence("; ".join(part for part in said if part))


def heard_along(receipts: Sequence[Receipt], house: HouseView) -> str:
    """The speakers that nobody named and that now sound, or fall silent, with one that was."""
    told = {r.command.device for r in receipts}
    sound = {i for i in told - _alone(receipts) if any(_sounds(r, i) for r in receipts)}
    led = {_leader(i, house) for i in sound}
    along = [
        d for i, d in house.devices.items() if i not in told and _leader(i, house) in led - {None}
    ]
    if not along:
        return ""
    does = "are in the same group and do" if len(along) > 1 else "is in the same group and does"
    return sentence(f"{subject(along)} {does} the same")


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
    fahrenheit: bool,
) -> tuple[str, ...]:
    """What became of one device: ("done" or "failed", singular, plural, ...)."""
    failed = [r for r in receipts if not r.verified]
    if failed:
        device = devices.get(failed[0].command.device)
        said_of = (_failure(failed[0], device, many, fahrenheit) for many in (False, True))
        return ("failed", *said_of)
    said: dict[str, Capability] = {}
    for receipt in receipts:
        # The last word on each ability counts; a move through values is one change.
        said[receipt.command.set.kind] = _shown(receipt)
    words: list[str] = ["done"]
    for value in said.values():
        if isinstance(value, Group) and value.leader in devices:
            words += _group(value.leader, receipts[0].command.device, devices, alone)
        else:
            words += [predicate(value, False, fahrenheit), predicate(value, True, fahrenheit)]
    return tuple(words)


def _shown(receipt: Receipt) -> Capability:
    """The read-back value, narrowed to what was asked."""
    after, asked = receipt.after, receipt.command.set
    if after is None or asked.kind == "media" or not asked.absolute:
        return after or asked
    fields = {name: getattr(after, name) for name in asked.said()}
    if isinstance(after, Climate) and after.mode != "heat":
        fields["mode"] = after.mode  # a target that it cools to, or does nothing for
    return type(asked).model_construct(**fields)


def _group(
    leader: str, device: str, devices: Mapping[str, Device], alone: frozenset[str]
) -> tuple[str, str]:
    """Singular and plural; who joined one that then left has its music."""
    if leader == device:
        return "is on its own", "are on their own"
    if leader in alone:
        return "has the music now", "have the music now"
    name = called(devices[leader])
    return f"plays with {name}", f"play with {name}"


def _failure(receipt: Receipt, device: Device | None, many: bool, fahrenheit: bool) -> str:
    """The words after the subject; a reason that has a subject of its own begins with "I"."""
    after = _shown(receipt) if receipt.after else None
    now = predicate(after, many, fahrenheit) if after else ""
    match receipt.outcome:
        case Outcome.UNREACHABLE:
            return "did not answer"
        case Outcome.MOVING:
            be = "are" if many else "is"
            return f"{be} still moving{f' ({now.removeprefix(be).strip()} so far)' if now else ''}"
        case Outcome.STOPPED:
            be = "were" if many else "was"
            _, _, where = now.partition(" ")  # "is 40% open"
            return f"{be} stopped{f' ({where})' if where else ''}"
        case Outcome.CONTRADICTED:
            do, it = ("do", "they") if many else ("does", "it")
            if isinstance(after, Media) and receipt.command.set.shown_by(after):
                now = "stay silent" if many else "stays silent"  # it is loaded, and does not play
            return f"took the command but {do} not show it{f'; {it} {now}' if now else ''}"
        case _:
            if device and (limits := _limits(receipt.command.set, device, fahrenheit)):
                return f"{'take' if many else 'takes'} {limits}"
            reason = receipt.reason.rstrip(".")
            if device and reason.startswith(f"{device.name} "):
                return reason.removeprefix(f"{device.name} ")
            return reason if reason.startswith("I ") else f"said no: {reason}"


def _limits(wanted: Capability, device: Device, fahrenheit: bool) -> str:
    """What a device takes instead of a target beyond its limits, in the owner's unit; or empty."""
    ability = device.ability(wanted.kind)
    if not isinstance(wanted, Climate) or wanted.target is None or ability is None:
        return ""
    asked = temperature(wanted.target, fahrenheit)
    if ability.min is not None and wanted.target < ability.min:
        return f"at least {temperature(ability.min, fahrenheit)}, not {asked}"
    if ability.max is not None and wanted.target > ability.max:
        return f"at most {temperature(ability.max, fahrenheit)}, not {asked}"
    return ""


def _say(fate: tuple[str, ...], devices: Sequence[Device]) -> str:
    if not devices:
        return ""
    who, many = subject(devices), len(devices) > 1 or plural(devices[0])
    words = _join(fate[2::2] if many else fate[1::2])
    return words[0] if words[0].startswith("I ") else f"{who} {' and '.join(words)}"


def _join(words: Sequence[str]) -> list[str]:
    """ "is on", "is at 40%" -> "is on", "at 40%": the verb is said once."""
    said: list[str] = []
    verb = ""
    for word in words:
        head, _, rest = word.partition(" ")
        said.append(rest if head == verb else word)
        verb = head
    return said
