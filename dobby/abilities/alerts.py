"""What shall be told, and what not: "not again for cats", "only at night", "leave me alone"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dobby.abilities.watched import Said
from dobby.agent.calls import Abstention, ToolCall
from dobby.language.declining import Unclear

Reader = Callable[[Said], list[ToolCall] | None]


def again(said: Said) -> list[ToolCall] | None:
    """ "Not again", "not again for cats": about the last alert, unless it says about what."""
    if said.things().each() != [{}]:
        return _rules(said, "quiet")
    return _of_the_last(said, "quiet") if said.told else None


def near(said: Said) -> list[ToolCall] | None:
    """ "The neighbour's car": what stood where the last one stood."""
    whole = said.has("inform") or said.has("ignore")
    if not (whole or said.told):
        return None
    return [said.call("alert_rule", verdict="quiet", near_last=True, devices=said.cameras())]


def snooze(said: Said) -> list[ToolCall] | None:
    if said.watch.times or said.placed:
        return _rules(said, "quiet")
    return endless(said)


def endless(_: Said) -> list[ToolCall] | None:
    raise Unclear(Abstention.NOT_UNDERSTOOD, "alerts-how-long")


def unsnooze(said: Said) -> list[ToolCall] | None:
    return [said.call("drop_alert_rule", which="snooze")]


def quiet(said: Said) -> list[ToolCall] | None:
    about = said.things().each() != [{}] or said.placed or said.watch.zones
    if not (about or said.watch.times):
        return None
    whole = said.has("inform") or said.has("ignore")
    return _rules(said, "quiet") if whole or said.told else None


def only(said: Said) -> list[ToolCall] | None:
    """ "Only people at the front door": nothing else there."""
    whole = said.has("inform")
    things = said.things().each()
    if things == [{}]:
        seen = said.cameras()
        elsewhere = [c for c in said.all_cameras if c not in seen]
        if whole or not said.told or not elsewhere or len(elsewhere) == len(said.all_cameras):
            return None
        return _of_the_last(said, "quiet", devices=elsewhere)
    if len(things) > 1 or not (whole or said.told or said.placed):
        return None
    return [_rule(said, "only", things[0])]


def only_then(said: Said) -> list[ToolCall] | None:
    """ "Only at night", "tell me about cars when I'm away", "about people but not at night"."""
    limits = {timed.how for timed in said.watch.times if timed.how}
    if said.has("solely") and not limits & {"not", "except"}:
        limits = {"only"}
    if len(limits) > 1:
        return None
    limit = next(iter(limits), "")
    # "tell me, except at night": then it is quiet, as with "not at night"
    held = said.holds("not" if limit == "except" else limit)
    if held is None or (limit and "until" in held):
        return None
    verdict = "quiet" if limit else "tell"
    things = said.things().each()
    whole = said.has("inform") or said.has("always")
    if things == [{}] and not whole:
        return _of_the_last(said, verdict, **held) if said.told and limit else None
    if things == [{}] and not said.placed:  # of everything: "only tell me when I'm away"
        return [said.call("alert_rule", verdict=verdict, **held)] if limit else None
    return [_rule(said, verdict, thing, **held) for thing in things]


def tell(said: Said) -> list[ToolCall] | None:
    if said.things().each() == [{}] and not said.placed:
        short = said.has("always") and not said.has("inform")
        return _of_the_last(said, "tell") if said.told and short else None
    return _rules(said, "tell")


def why(said: Said) -> list[ToolCall] | None:
    return [said.call("explain_alert", untold=said.has("untold") or None)]


def rules(said: Said) -> list[ToolCall] | None:
    return [said.call("list_alert_rules", devices=said.cameras())]


def drop(said: Said) -> list[ToolCall] | None:
    """ "Forget the rule about cats", "delete rule 2", "forget all rules"."""
    if said.watch.number is not None:
        return [said.call("drop_alert_rule", rule=said.watch.number)]
    if said.has("every"):
        return [said.call("drop_alert_rule", which="all")]
    things, held = said.things().each(), said.holds()
    if len(things) > 1 or held is None:
        return None
    about = {**things[0], "devices": said.cameras(), "zones": list(said.watch.zones), **held}
    if any(about.values()):
        return [said.call("drop_alert_rule", **about)]
    plain = said.has("latest") or not said.has("plural")
    return [said.call("drop_alert_rule", which="last")] if plain else None


# -------------------------------------------------------------------------------------------------


def _rules(said: Said, verdict: str) -> list[ToolCall] | None:
    held = said.holds()
    if held is None:
        return None
    return [_rule(said, verdict, things, **held) for things in said.things().each()]


def _rule(said: Said, verdict: str, things: dict[str, Any], **held: Any) -> ToolCall:
    return said.call(
        "alert_rule", verdict=verdict, **things, devices=said.cameras(),
        zones=list(said.watch.zones), **held,
    )  # fmt: skip


def _of_the_last(said: Said, verdict: str, **more: Any) -> list[ToolCall]:
    devices = more.pop("devices", None) or said.cameras()
    return [
        said.call(
            "alert_rule", verdict=verdict, like_last=True, devices=devices,
            zones=list(said.watch.zones), **more,
        )
    ]  # fmt: skip


READERS: Mapping[str, Reader] = {
    "again": again, "near": near, "snooze": snooze, "endless": endless, "unsnooze": unsnooze,
    "quiet": quiet, "only": only, "only_then": only_then, "tell": tell, "why": why,
    "rules": rules, "drop": drop,
}  # fmt: skip
