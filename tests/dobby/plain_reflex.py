"""A brain of a few fixed sentences, for tests of what stands before and behind a brain."""

from __future__ import annotations

import re
from typing import Any

from dobby.agent.calls import Abstention, Context, Dialogue, ToolCall, Understanding

SENTENCES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (r"(unlock|lock) the (.+)", "lock", {"unlock": {"locked": False}, "lock": {"locked": True}}),
    (r"turn (on|off) (?:the )?(.+)", "power", {"on": {"on": True}, "off": {"on": False}}),
    (r"(next) song on the (.+)", "skip", {"next": {"to": "next"}}),
)


class PlainReflex:
    def understand(self, text: str, context: Context) -> Understanding:
        text = text.strip().casefold()
        call = self._fixed(text, context) or self._level(text, context) or self._fact(text)
        if call is None:
            return Understanding(abstained=Abstention.NOT_UNDERSTOOD, reply="I did not get that.")
        touched = tuple(call.arguments.get("devices", ()))
        return Understanding(calls=(call,), dialogue=Dialogue(devices=touched))

    def _fixed(self, text: str, context: Context) -> ToolCall | None:
        for pattern, kind, values in SENTENCES:
            if said := re.fullmatch(pattern, text):
                devices = self._devices(said[2], context)
                return ToolCall(name=kind, arguments={"devices": devices, **values[said[1]]})
        return None

    def _level(self, text: str, context: Context) -> ToolCall | None:
        said = re.fullmatch(r"set the (.+) to ([\d.]+) (%|degrees)", text)
        if not said:
            return None
        kind, field = ("brightness", "percent") if said[3] == "%" else ("climate", "target")
        devices = self._devices(said[1], context)
        return ToolCall(name=kind, arguments={"devices": devices, field: float(said[2])})

    def _fact(self, text: str) -> ToolCall | None:
        for verb, field in (("remember", "text"), ("recall", "query"), ("forget", "what")):
            if text.startswith(verb + " "):
                rest = text.removeprefix(verb + " ")
                return ToolCall(name=verb, arguments={field: rest})
        return ToolCall(name="undo", arguments={}) if text == "undo" else None

    def _devices(self, name: str, context: Context) -> list[str]:
        if name == "it":
            return list(context.dialogue.devices)
        known = context.house.devices.values()
        return [device.id for device in known if device.name.casefold() == name]
