"""What shall be told, and what not: "not again for cats", "only at night", "leave me alone"."""

from __future__ import annotations

from typing import Any

from dobby.agent.calls import Abstention, ToolCall
from dobby.agent.reflex.eyes.sentence import Sentence
from dobby.agent.reflex.targets import Unresolved

OPPOSITE = {"home": "away", "away": "home"}
FOREVER = Unresolved(
    Abstention.NOT_UNDERSTOOD,
    "For how long shall I tell you nothing? Say, for instance: no alerts for an hour.",
)


def again(said: Sentence) -> list[ToolCall] | None:
    """ "Not again", "not again for cats": about the last alert, unless it says about what."""
    if said.things().each() != [{}]:
        return _rules(said, "quiet")
    return _of_the_last(said, "quiet") if said.told else None


def near(said: Sentence) -> list[ToolCall] | None:
    """ "The neighbour's car": what stood where the last one stood."""
    short = not said.reading.has("inform") and not said.reading.has("ignore")
    if short and not said.told:
        return None
    return [said.call("alert_rule", verdict="quiet", near_last=True, devices=said.cameras())]


def snooze(said: Sentence) -> list[ToolCall] | None:
    return _rules(said, "quiet") if said.times() else _none_at_all(said)


def unsnooze(said: Sentence) -> list[ToolCall] | None:
    return [said.call("drop_alert_rule", which="snooze")]


def quiet(said: Sentence) -> list[ToolCall] | None:
    things, placed = said.things(), said.reading.has("place") or said.reading.has("zone")
    if things.each() == [{}] and not placed and not said.times():
        return _none_at_all(said)
    whole = said.reading.has("inform") or said.reading.has("ignore")
    return _rules(said, "quiet") if whole or said.told else None


def only(said: Sentence) -> list[ToolCall] | None:
    """ "Only people at the front door": nothing else there."""
    whole = said.reading.has("inform")
    things = said.things().each()
    if things == [{}]:
        elsewhere = [c for c in said.places.cameras if c not in said.cameras()]
        if whole or not said.told or not elsewhere or len(elsewhere) == len(said.places.cameras):
            return None
        return _of_the_last(said, "quiet", devices=elsewhere)
    if len(things) > 1 or not (whole or said.told or said.reading.has("place")):
        return None
    return [_rule(said, "only", things[0])]


def only_then(said: Sentence) -> list[ToolCall] | None:
    """ "Only at night", "tell me about cars when I'm away", "about people but not at night"."""
    short = not (said.reading.has("inform") or said.reading.has("always"))
    limited = {before for before, _, _ in said.times() if before}
    if said.reading.has("only") and not limited & {"not", "except"}:
        limited = {"only"}
    if len(limited) > 1 or (limited and any(tag == "until" for _, tag, _ in said.times())):
        return None
    when = [(next(iter(limited), ""), tag, value) for _, tag, value in said.times()]
    times = _merged(when)
    if times is None:
        return None
    verdict = "quiet" if limited else "tell"
    if short and said.things().each() == [{}]:
        return _of_the_last(said, verdict, **times) if said.told else None
    if said.things().each() == [{}] and not said.reading.has("place"):
        return _whole(said, verdict, times) if limited else None
    return [_rule(said, verdict, things, **times) for things in said.things().each()]


def not_then(said: Sentence) -> list[ToolCall] | None:
    """ "Not while I'm home"."""
    times = _merged([("", tag, value) for _, tag, value in said.times()])
    return _of_the_last(said, "quiet", **(times or {})) if said.told else None


def tell(said: Sentence) -> list[ToolCall] | None:
    things = said.things().each()
    if things == [{}] and not said.reading.has("place"):
        return _of_the_last(said, "tell") if said.told else None
    whole = said.reading.has("inform") or said.reading.has("always")
    return _rules(said, "tell") if whole else None


def why(said: Sentence) -> list[ToolCall] | None:
    return [said.call("explain_alert", untold=said.reading.first("why") == "untold" or None)]


def rules(said: Sentence) -> list[ToolCall] | None:
    return [said.call("list_alert_rules", devices=said.cameras())]


def drop(said: Sentence) -> list[ToolCall] | None:
    """ "Forget the rule about cats", "delete rule 2", "forget all rules"."""
    if (number := said.reading.first("number")) is not None:
        return [said.call("drop_alert_rule", rule=int(number))] if number == int(number) else None
    if said.reading.has("all"):
        return [said.call("drop_alert_rule", which="all")]
    things = said.things().each()
    about = {**things[0], "devices": said.cameras(), "zones": said.reading.all("zone")}
    times = _merged(said.times())
    if len(things) > 1 or times is None:
        return None
    about |= times
    if not any(about.values()):
        plain = said.reading.has("last") or not said.reading.text("rule").endswith("s")
        return [said.call("drop_alert_rule", which="last")] if plain else None
    return [said.call("drop_alert_rule", **about)]


# ----------------------------------------------------------------------------------------------


def _none_at_all(said: Sentence) -> list[ToolCall] | None:
    if said.reading.has("place"):
        return _rules(said, "quiet")
    if said.reading.has("snooze") or said.reading.text("inform") in ("alerts", "notifications"):
        raise FOREVER
    return None


def _rules(said: Sentence, verdict: str) -> list[ToolCall] | None:
    times = _merged(said.times())
    if times is None:
        return None
    return [_rule(said, verdict, things, **times) for things in said.things().each()]


def _rule(said: Sentence, verdict: str, things: dict[str, Any], **times: Any) -> ToolCall:
    zones = said.reading.all("zone")
    return said.call(
        "alert_rule", verdict=verdict, **things, devices=said.cameras(), zones=zones, **times
    )


def _whole(said: Sentence, verdict: str, times: dict[str, Any]) -> list[ToolCall]:
    """Of everything: "only tell me when I'm away"."""
    return [said.call("alert_rule", verdict=verdict, **times)]


def _of_the_last(said: Sentence, verdict: str, **more: Any) -> list[ToolCall]:
    devices = more.pop("devices", None) or said.cameras()
    zones = said.reading.all("zone")
    return [
        said.call(
            "alert_rule", verdict=verdict, like_last=True, devices=devices, zones=zones, **more
        )
    ]


def _merged(times: list[tuple[str, str, Any]]) -> dict[str, Any] | None:
    """The arguments for when a rule holds; None where they contradict each other."""
    found: dict[str, Any] = {}
    for before, tag, value in times:
        name, said = tag, value
        if tag == "hours" and before in ("only", "except"):
            name = "except_hours"
        elif tag == "presence" and before in ("only", "except"):
            said = OPPOSITE[value]
        elif tag == "until":
            said = value.isoformat(timespec="minutes")
        if found.get(name, said) != said:
            return None
        found[name] = said
    return found


READERS = {
    "again": again, "near": near, "snooze": snooze, "unsnooze": unsnooze, "quiet": quiet,
    "only": only, "only_then": only_then, "not_then": not_then, "tell": tell, "why": why,
    "rules": rules, "drop": drop,
}  # fmt: skip
