"""A change of one device, and calls made of equal changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any

from devices.device import Device
from dobby.agent.calls import ToolCall
from dobby.language.grounding import Ground
from dobby.language.meaning import Do, Wish


@dataclass(frozen=True)
class Change:
    """One capability of one device, set to ``fields``."""

    device: str
    kind: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class Ability:
    """One thing that can be wished for.

    ``takes`` tells whether a wish is meant so; ``uses`` are the slots that ``plan`` understands: a
    wish that says more is not understood. ``plan`` raises Unclear.
    """

    name: str
    takes: Callable[[Do, Ground], bool]
    plan: Callable[[Do, Ground], list[Change]]
    uses: frozenset[str] = frozenset()

    def understands(self, do: Do) -> bool:
        return said(do.wish) <= self.uses


_ALWAYS = frozenset({"things", "also"})


def said(wish: Wish) -> frozenset[str]:
    """The slots that something was said for, beside the things."""
    return frozenset(f.name for f in fields(wish) if getattr(wish, f.name)) - _ALWAYS


def calls(changes: Iterable[Change]) -> list[ToolCall]:
    """One call for all devices that get the same; leaving a group is not joining it."""
    grouped: dict[tuple[str, str, bool], tuple[Change, list[str]]] = {}
    for change in changes:
        alone = change.fields.get("leader") == change.device
        key = change.kind, json.dumps(change.fields, sort_keys=True), alone
        grouped.setdefault(key, (change, []))[1].append(change.device)
    return [
        ToolCall(name=first.kind, arguments={"devices": ids, **first.fields})
        for first, ids in grouped.values()
    ]


def able_to(*kinds: str) -> Callable[[Device], bool]:
    """A predicate: the device has one of these abilities."""
    return lambda device: any(device.ability(k) for k in kinds)


def of_kinds(do: Do, ground: Ground, *kinds: str) -> bool:
    """Whether what is named is of these kinds of devices: by its noun, or by its name."""
    named = {k.partition("/")[0] for ref in do.wish.things for k in ref.kinds[-1:]}
    devices = ground.names.devices
    named |= {devices[i].kind for ref in do.wish.things for ids in ref.names for i in ids}
    return bool(named) and named <= set(kinds)
