"""Why a device refused: it lacks the ability, the value is outside its limits, or it said so."""

from __future__ import annotations

from devices.actuation import check
from devices.capabilities import Capability, Climate
from devices.device import Ability, Device, Outcome, Receipt, Unsupported
from dobby.agent.phrases import ability
from dobby.language.words import Words


def refusal(receipt: Receipt, device: Device | None, words: Words, count: int) -> str:
    """What is said of ``count`` devices that refused alike."""
    if device and _is_unfit(receipt, device):
        return _unfit(receipt.command.set, device, words, count)
    reason = receipt.reason.rstrip(".")
    if device and reason.startswith(f"{device.name} "):
        return reason.removeprefix(f"{device.name} ")
    return (
        reason if speaks_for_itself(receipt) else words.say("said-no", count=count, reason=reason)
    )


def speaks_for_itself(receipt: Receipt) -> bool:
    """Whether its reason has a subject of its own."""
    return receipt.outcome is Outcome.REFUSED and receipt.reason.startswith("I ")


def _is_unfit(receipt: Receipt, device: Device) -> bool:
    """Whether the house refused, and not the device: that can be said in any language."""
    try:
        check(device, receipt.command.set)
    except Unsupported as why:
        return str(why) == receipt.reason
    return False


def _unfit(wanted: Capability, device: Device, words: Words, count: int) -> str:
    own = device.ability(wanted.kind)
    if own is None and wanted.overtakes:
        return words.say("cannot-be-stopped", count=count)
    if own is None or wanted.readonly:
        return words.say("cannot-do", count=count, ability=ability(wanted.kind, words))
    said = wanted.said()
    if (value := said.get(wanted.measure)) is not None and (limits := _limits(value, own, words)):
        return words.say("takes", count=count, limits=limits)
    chosen = said.get(wanted.choice)
    if chosen is not None and own.choices and chosen not in own.choices:
        has = ", ".join(_choice(wanted, name, words) for name in own.choices)
        asked = _choice(wanted, chosen, words)
        return words.say("has-choices", count=count, choices=has, asked=asked)
    return words.say("measured-only", count=count)


def _limits(value: float, own: Ability, words: Words) -> str:
    """What it takes instead of a value beyond its limits, in the owner's unit; or empty."""
    low, high = own.min, own.max
    asked, least, most = (_measure(v, own, words) for v in (value, low, high))
    if low is not None and value < low:
        if high is not None and own.kind != Climate.kind:
            return words.say("limit-between", least=least, most=most, asked=asked)
        return words.say("limit-least", least=least, asked=asked)
    if high is not None and value > high:
        if low is not None and own.kind != Climate.kind:
            return words.say("limit-between", least=least, most=most, asked=asked)
        return words.say("limit-most", most=most, asked=asked)
    return ""


def _measure(value: float | None, own: Ability, words: Words) -> str:
    if value is None:
        return ""
    return words.temperature(value) if own.kind == Climate.kind else words.number(value, 2)


def _choice(wanted: Capability, name: str, words: Words) -> str:
    return words.say("climate-word", mode=name) if isinstance(wanted, Climate) else name
