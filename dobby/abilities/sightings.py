"""What is seen, and what was: "who's at the door?", "what happened while I was out?"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dobby.abilities.alerts import Reader
from dobby.abilities.watched import LEFT, Said, Things
from dobby.agent.calls import ToolCall

_AGAIN = frozenset({"snapshot", "who_is_there", "what_happened"})


def live(said: Said) -> list[ToolCall] | None:
    if said.watch.sights and set(said.watch.sights) != {"person"}:
        return None
    return [said.call("who_is_there", devices=said.cameras())]


def live_thing(said: Said) -> list[ToolCall] | None:
    """ "Is there a car in the drive?"; of a package, it is known only whether one was left."""
    things = said.things()
    if things.what == LEFT and not (things.kinds or things.labels):
        return _record(said, what=list(LEFT))
    if things.what or len(things.kinds + things.labels) != 1:
        return None
    thing = (things.kinds + things.labels)[0]
    cameras = said.cameras()
    if thing == "person":
        return [said.call("who_is_there", devices=cameras)]
    return [said.call("who_is_there", devices=cameras, thing=thing)]


def show(said: Said) -> list[ToolCall] | None:
    pictured = said.has("picture") or said.says_camera()
    shown = said.has("show") or said.has("picture") or said.has("whatdoes")
    named = said.watch.views or said.has("cameras")
    in_a_room = any(view.room for view in said.watch.views)
    if not (named and (shown or said.says_camera())) or (in_a_room and not pictured):
        return None
    return [said.call("snapshot", devices=said.cameras())]


def happened(said: Said) -> list[ToolCall] | None:
    if said.has("anything") and not said.watch.times:
        return [said.call("who_is_there", devices=said.cameras())]
    return _record(said)


def came(said: Said) -> list[ToolCall] | None:
    if said.watch.sights and set(said.watch.sights) != {"person"}:
        return None
    return _record(said, kinds=["person"], form="any")


def who_came(said: Said) -> list[ToolCall] | None:
    return _record(said, kinds=["person"])


def count(said: Said) -> list[ToolCall] | None:
    return _of_things(said, "count")


def when(said: Said) -> list[ToolCall] | None:
    return _of_things(said, "when")


def whether(said: Said) -> list[ToolCall] | None:
    if not (said.has("did") or said.things().what or said.watch.times):
        return None
    return _of_things(said, "any")


def taken(said: Said) -> list[ToolCall] | None:
    """ "Did anyone take the parcel?"."""
    parcel = said.things() == Things(what=LEFT)
    return _record(said, what=["took_something"], form="any") if parcel else None


def too(said: Said) -> list[ToolCall] | None:
    """ "And the back door?": the last question again, of another camera."""
    last = said.ground.context.dialogue.calls
    if len(last) != 1 or last[0].name not in _AGAIN or not said.watch.views:
        return None
    return [said.call(last[0].name, **{**last[0].arguments, "devices": said.cameras()})]


def _of_things(said: Said, form: str) -> list[ToolCall] | None:
    things = said.things()
    if things.what == LEFT:
        things = replace(things, what=("left_something",))  # whether it came, not whether it went
    each = things.each()
    return _record(said, form=form, **each[0]) if len(each) == 1 and each[0] else None


def _record(said: Said, **more: Any) -> list[ToolCall] | None:
    asked = said.window()
    if asked is None:
        return None
    since, until = asked[0] or (None, None)
    return [
        said.call(
            "what_happened",
            devices=said.cameras(),
            since=since.isoformat(timespec="minutes") if since else None,
            until=until.isoformat(timespec="minutes") if until else None,
            while_out=asked[1] or None,
            **more,
        )
    ]


READERS: Mapping[str, Reader] = {
    "live": live, "live_thing": live_thing, "show": show, "happened": happened, "came": came,
    "who_came": who_came, "count": count, "when": when, "whether": whether,
    "taken": taken, "too": too,
}  # fmt: skip
