"""What cameras may do: be watched, be private, keep pictures, show them to a model."""

from __future__ import annotations

from typing import Any

from dobby.agent.calls import Abstention, ToolCall
from dobby.agent.phrases import names
from dobby.agent.reflex.eyes.sentence import Sentence, looks_at, which
from dobby.agent.reflex.targets import Unresolved


def privacy(said: Sentence) -> list[ToolCall] | None:
    """ "Privacy mode on the bedroom camera", "no camera in the living room from 8 to 22"."""
    reading = said.reading
    named = reading.has("privacy")
    if not named and not said.says_camera():
        return None  # "turn off the drive" is about its lights
    on = not reading.has("off") if named else not reading.has("on")
    cameras = said.cameras()
    if not cameras and (
        reading.has("on") or reading.has("off") or "mode" in reading.text("privacy")
    ):
        cameras = list(said.places.cameras)
        if len(cameras) > 1:
            raise which(said.ground, said.places.cameras)
    if not cameras:
        return None
    hours = [value for _, tag, value in said.times() if tag == "hours"]
    return [said.call("camera_settings", devices=cameras, private=on, private_hours=hours)]


def watch(said: Sentence) -> list[ToolCall] | None:
    return _set(said, watched=True)


def unwatch(said: Sentence) -> list[ToolCall] | None:
    """ "Stop watching the drive"; a part of a picture is only no longer told of."""
    if zones := said.reading.all("zone"):
        return [said.call("alert_rule", verdict="quiet", zones=zones)]
    return _set(said, watched=False)


def remove(said: Sentence) -> list[ToolCall] | None:
    """ "Delete the drive camera". Raises Unresolved: that cannot be done, something near it can."""
    if not said.says_camera() or not (seen := said.cameras()):
        return None
    places = names([looks_at(said.ground, camera) for camera in seen])
    raise Unresolved(
        Abstention.UNABLE,
        f"I cannot forget a camera. I can leave it alone: stop watching {places}.",
    )


def record(said: Sentence) -> list[ToolCall] | None:
    return _set(said, record=True)


def unrecord(said: Sentence) -> list[ToolCall] | None:
    return _set(said, record=False)


def describe(said: Sentence) -> list[ToolCall] | None:
    return _set(said, describe=True)


def undescribe(said: Sentence) -> list[ToolCall] | None:
    return _set(said, describe=False)


def same(said: Sentence) -> list[ToolCall] | None:
    """ "The drive and the front door see the same"."""
    seen = said.cameras()
    return [said.call("camera_settings", devices=seen, overlaps=True)] if len(seen) == 2 else None


def leaving(said: Sentence) -> list[ToolCall] | None:
    return [said.call("set_presence", home=False)]


def coming(said: Sentence) -> list[ToolCall] | None:
    return [said.call("set_presence", home=True)]


def _set(said: Sentence, **settings: Any) -> list[ToolCall] | None:
    cameras = said.cameras()
    return [said.call("camera_settings", devices=cameras, **settings)] if cameras else None


def state(said: Sentence) -> list[ToolCall] | None:
    """ "Is the drive camera on?", "which cameras do you have?"."""
    if said.reading.has("place") and not said.says_camera():
        return None
    return [said.call("camera_state", devices=said.cameras())]


READERS = {
    "privacy": privacy, "watch": watch, "unwatch": unwatch, "remove": remove, "record": record,
    "unrecord": unrecord, "describe": describe, "undescribe": undescribe, "same": same,
    "leaving": leaving, "coming": coming, "state": state,
}  # fmt: skip
