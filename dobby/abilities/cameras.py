"""Cameras: what is seen and was, what shall be told, and what they may do: be watched, be private,
keep pictures, show them to a model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dobby.abilities import alerts, sightings
from dobby.abilities.alerts import Reader
from dobby.abilities.watched import Said, looks_at, which
from dobby.agent.calls import Abstention, ToolCall
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground
from dobby.language.instants import hours
from dobby.language.meaning import Watch


def camera_calls(said: Iterable[Watch], ground: Ground, cameras: tuple[str, ...]) -> list[ToolCall]:
    """The calls of the first reading that makes sense; none where none does.

    Raises Unclear where it is not clear which camera is meant.
    """
    for watch in said:
        ground.touched.clear()
        if calls := READERS[watch.form](Said(watch, ground, cameras)):
            return calls
    ground.touched.clear()
    return []


def privacy(said: Said) -> list[ToolCall] | None:
    """ "Privacy mode on the bedroom camera", "no camera in the living room from 8 to 22"."""
    named, off = said.has("privacy"), said.has("switch_off")
    if not named and not said.says_camera():
        return None  # "turn off the drive" is about its lights
    on = not off if named else not said.has("switch_on")
    cameras = said.cameras()
    if not cameras and (off or said.has("switch_on") or said.has("mode")):
        cameras = list(said.all_cameras)
        if len(cameras) > 1:
            raise which(said.ground, said.all_cameras)
    within = [hours(timed.when) for timed in said.watch.times]
    if not cameras or None in within:
        return None
    return [said.call("camera_settings", devices=cameras, private=on, private_hours=within)]


def watch(said: Said) -> list[ToolCall] | None:
    return _set(said, watched=True)


def unwatch(said: Said) -> list[ToolCall] | None:
    """ "Stop watching the drive"; a part of a picture is only no longer told of."""
    if zones := list(said.watch.zones):
        return [said.call("alert_rule", verdict="quiet", zones=zones)]
    return _set(said, watched=False)


def remove(said: Said) -> list[ToolCall] | None:
    """ "Delete the drive camera". Raises Unclear: that cannot be done, something near it can."""
    if not said.says_camera() or not (seen := said.cameras()):
        return None
    places = [looks_at(said.ground, camera) for camera in seen]
    raise Unclear(Abstention.UNABLE, "camera-kept", places=places)


def record(said: Said) -> list[ToolCall] | None:
    return _set(said, record=True)


def unrecord(said: Said) -> list[ToolCall] | None:
    return _set(said, record=False)


def describe(said: Said) -> list[ToolCall] | None:
    return _set(said, describe=True)


def undescribe(said: Said) -> list[ToolCall] | None:
    return _set(said, describe=False)


def same(said: Said) -> list[ToolCall] | None:
    """ "The drive and the front door see the same"."""
    seen = said.cameras()
    return [said.call("camera_settings", devices=seen, overlaps=True)] if len(seen) == 2 else None


def leaving(said: Said) -> list[ToolCall] | None:
    return [said.call("set_presence", home=False)]


def coming(said: Said) -> list[ToolCall] | None:
    return [said.call("set_presence", home=True)]


def state(said: Said) -> list[ToolCall] | None:
    """ "Is the drive camera on?", "which cameras do you have?"."""
    if said.watch.views and not said.says_camera():
        return None
    return [said.call("camera_state", devices=said.cameras())]


def _set(said: Said, **settings: Any) -> list[ToolCall] | None:
    cameras = said.cameras()
    return [said.call("camera_settings", devices=cameras, **settings)] if cameras else None


READERS: Mapping[str, Reader] = {
    **alerts.READERS, **sightings.READERS, "privacy": privacy, "watch": watch, "unwatch": unwatch,
    "remove": remove, "record": record, "unrecord": unrecord, "describe": describe,
    "undescribe": undescribe, "same": same, "leaving": leaving, "coming": coming, "state": state,
}  # fmt: skip
