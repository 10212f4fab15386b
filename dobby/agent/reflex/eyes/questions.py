"""What is seen, and what was: "who's at the door?", "what happened while I was out?"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dobby.agent.calls import ToolCall
from dobby.agent.reflex.eyes.sentence import LEFT, Sentence, Things

BARE = frozenset({"who is", "who are"})  # these need a place: "who is Ben?" is another question
FOR_PICTURES = frozenset({"take", "get", "get me", "give me", "send me"})


def live(said: Sentence) -> list[ToolCall] | None:
    placed = said.reading.has("place") or said.reading.has("everywhere")
    needs_place = said.reading.text("who") in BARE or said.reading.text("look") not in (
        "", "what do you see", "what can you see",
    )  # fmt: skip
    if needs_place and not placed:
        return None
    return [said.call("who_is_there", devices=said.cameras())]


def live_thing(said: Sentence) -> list[ToolCall] | None:
    """ "Is there a car in the drive?"; of a package, it is known only whether one was left."""
    things = said.things()
    if things.what == LEFT and not (things.kinds or things.labels):
        return [_record(said, what=list(LEFT))]
    if things.what or len(things.kinds + things.labels) != 1:
        return None
    return [
        said.call("who_is_there", devices=said.cameras(), thing=(things.kinds + things.labels)[0])
    ]


def show(said: Sentence) -> list[ToolCall] | None:
    reading = said.reading
    pictured = reading.has("picture") or said.says_camera()
    if reading.text("show") in FOR_PICTURES and not pictured:
        return None
    shown = reading.has("show") or reading.has("picture") or reading.has("whatdoes")
    if not (shown or said.says_camera()) or (reading.has("room") and not pictured):
        return None
    return [said.call("snapshot", devices=said.cameras())]


def happened(said: Sentence) -> list[ToolCall] | None:
    timed = said.reading.has("window")
    if said.reading.has("anything") and not timed:
        return [said.call("who_is_there", devices=said.cameras())]
    return [_record(said)]


def came(said: Sentence) -> list[ToolCall] | None:
    return [_record(said, kinds=["person"], form="any")]


def who_came(said: Sentence) -> list[ToolCall] | None:
    return [_record(said, kinds=["person"])]


def count(said: Sentence) -> list[ToolCall] | None:
    return _of_things(said, "count")


def when(said: Sentence) -> list[ToolCall] | None:
    return _of_things(said, "when")


def whether(said: Sentence) -> list[ToolCall] | None:
    plain = not said.reading.has("did")
    if plain and said.things().what == () and not said.reading.has("window"):
        return None
    return _of_things(said, "any")


def taken(said: Sentence) -> list[ToolCall] | None:
    """ "Did anyone take the parcel?"."""
    parcel = said.things() == Things(what=LEFT)
    return [_record(said, what=["took_something"], form="any")] if parcel else None


def too(said: Sentence) -> list[ToolCall] | None:
    """ "And the back door?": the last question again, of another camera."""
    last = said.ground.context.dialogue.calls
    if len(last) != 1 or last[0].name not in ("snapshot", "who_is_there", "what_happened"):
        return None
    arguments = {**last[0].arguments, "devices": said.cameras()}
    return [said.call(last[0].name, **arguments)]


def _of_things(said: Sentence, form: str) -> list[ToolCall] | None:
    things = said.things()
    if things.what == LEFT:
        things = replace(things, what=("left_something",))  # whether it came, not whether it went
    each = things.each()
    return [_record(said, form=form, **each[0])] if len(each) == 1 and each[0] else None


def _record(said: Sentence, **more: Any) -> ToolCall:
    since, until = said.window() or (None, None)
    return said.call(
        "what_happened",
        devices=said.cameras(),
        since=since.isoformat(timespec="minutes") if since else None,
        until=until.isoformat(timespec="minutes") if until else None,
        while_out="out" in said.reading.all("window") or None,
        **more,
    )


READERS = {
    "live": live, "live_thing": live_thing, "show": show, "happened": happened, "came": came,
    "who_came": who_came, "count": count, "when": when, "whether": whether,
    "taken": taken, "too": too,
}  # fmt: skip
