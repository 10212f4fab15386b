"""The reply, built from receipts: what was read back is said, what failed is said, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from devices.capabilities import Capability, Group
from devices.device import Device, Outcome, Receipt
from dobby.agent.phrases import names, predicate, sentence

MANY = 4  # more devices than this are counted, not listed

PLURALS = {"switch": "switches", "shade": "shades"}


def compose(
    receipts: Sequence[Receipt], devices: Mapping[str, Device], fahrenheit: bool = False
) -> str:
    """One short text for these receipts; empty for none. Values are those read back."""
    per_device: dict[str, list[Receipt]] = {}
    for receipt in receipts:
        per_device.setdefault(receipt.command.device, []).append(receipt)
    fates: dict[tuple[str, ...], list[str]] = {}
    for device_id, own in per_device.items():
        fates.setdefault(_fate(own, devices, _alone(receipts), fahrenheit), []).append(device_id)
    ordered = sorted(fates.items(), key=lambda item: item[0][0] != "done")
    said = [_say(fate, [devices[i] for i in ids if i in devices]) for fate, ids in ordered]
    return sentence("; ".join(part for part in said if part))


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
    """What became of one device: ("done", singular, plural, ...) or ("failed", words)."""
    failed = [r for r in receipts if not r.verified]
    if failed:
        return ("failed", _failure(failed[0], fahrenheit))
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
    return type(asked).model_construct(**fields)


def _group(
    leader: str, device: str, devices: Mapping[str, Device], alone: frozenset[str]
) -> tuple[str, str]:
    """Singular and plural; who joined one that then left has its music."""
    if leader == device:
        return "is on its own", "are on their own"
    name = devices[leader].name
    if leader in alone:
        return f"has the music of {name}", f"have the music of {name}"
    return f"plays with {name}", f"play with {name}"


def _failure(receipt: Receipt, fahrenheit: bool) -> str:
    match receipt.outcome:
        case Outcome.UNREACHABLE:
            return "did not answer"
        case Outcome.MOVING:
            now = predicate(receipt.after, False, fahrenheit) if receipt.after else ""
            so_far = f" ({now.removeprefix('is ')} so far)" if now else ""
            return f"is still moving{so_far}"
        case Outcome.CONTRADICTED:
            now = f"; it {predicate(receipt.after, False, fahrenheit)}" if receipt.after else ""
            return f"took the command but does not show it{now}"
        case _:
            return f"said no: {receipt.reason.rstrip('.')}"


def _say(fate: tuple[str, ...], devices: Sequence[Device]) -> str:
    if not devices:
        return ""
    subject, plural = _subject(devices)
    if fate[0] == "failed":
        return f"{subject} {fate[1]}"
    words = fate[2::2] if plural else fate[1::2]
    return f"{subject} {' and '.join(_join(words))}"


def _join(words: Sequence[str]) -> list[str]:
    """ "is on", "is at 40%" -> "is on", "at 40%": the verb is said once."""
    said: list[str] = []
    verb = ""
    for word in words:
        head, _, rest = word.partition(" ")
        said.append(rest if head == verb else word)
        verb = head
    return said


def _subject(devices: Sequence[Device]) -> tuple[str, bool]:
    if len(devices) <= MANY:
        return names([_the(d.name) for d in devices]), len(devices) > 1
    kinds = {d.kind for d in devices}
    noun = kinds.pop() if len(kinds) == 1 else "device"
    plural = PLURALS.get(noun, f"{noun}s")
    rooms = {d.room for d in devices}
    where = f" in {rooms.pop()}" if len(rooms) == 1 and None not in rooms else ""
    return f"{len(devices)} {plural}{where}", True


def _the(name: str) -> str:
    """Names are said as they are; those that start small read better with an article."""
    return f"the {name}" if name[:1].islower() else name
