"""What a conversation lends a sentence: an answer to "which one?", "and the bedroom", "again"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from devices.capabilities import CAPABILITIES
from devices.device import Device
from dobby.agent.calls import Abstention, ToolCall
from dobby.language.clause import Clause
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground, Need
from dobby.language.meaning import Ref

_REPEATABLE = frozenset(
    {"power", "brightness", "color", "color_temperature", "volume", "mute", "playback", "media",
     "climate", "fan_speed", "position", "tilt"}
)  # fmt: skip
_NAMING = frozenset({"things", "but", "also", ""})


def only_things(clauses: Sequence[Clause]) -> tuple[Ref, ...]:
    """The references of a sentence that does nothing but name things; none for any other."""
    clauses = [c for c in clauses if c.has != {"talk": ("thanks",)}]  # courtesy, behind the name
    bare = [c.has for c in clauses if c.has.get("act") != ("do",) or len(set(c.has) - {"also"}) > 2]
    if any(
        not set(has) <= _NAMING for has in bare
    ):  # "do the lamp, too" says no more than its name
        return ()
    return tuple(ref for c in clauses for ref in c.has.get("things", ()))


def chosen(refs: Sequence[Ref], ground: Ground) -> frozenset[str]:
    """The devices among the options of a question that a short answer picks; none if unclear."""
    options = [o for o in ground.context.dialogue.options if o in ground.names.devices]
    picked: set[str] = set()
    for ref in refs:
        if ref.quants & {"all", "both", "everything"} and ref.bare:
            picked |= set(options)
            continue
        plain = replace(ref, prons=ref.prons - {"one", "it", "that", "them"}, quants=frozenset())
        found = (
            set(options) & ground.pool(plain) if not plain.bare or plain.placed else set(options)
        )
        called = {i for i in found if _called_after(ref, i, ground)}
        found = called if len(called) == 1 else found
        if plain.orders and not found:
            found = set(options)
        for order in plain.orders:
            ranked = {"first": 0, "second": 1, "third": 2, "last": -1}
            if order in ranked and -1 <= ranked[order] < len(options):
                found &= {options[ranked[order]]}
        if not found or (len(found) > 1 and not ref.plural):
            return frozenset()
        picked |= found
    return frozenset(picked)


def _called_after(ref: Ref, device: str, ground: Ground) -> bool:
    """Whether a device carries the room that was said in its name: "the bedroom one"."""
    keys = [frozenset(ground.names.stems(room)) for group in ref.rooms for room in group]
    return any(key <= label for key in keys for label in ground.names.labels[device])


def again(refs: Sequence[Ref], ground: Ground) -> list[ToolCall]:
    """The last calls, for other things: "and the bedroom". Raises Unclear where there are none."""
    last = ground.context.dialogue.calls
    last = tuple(call for call in last if call.name == "media") or last  # how it played is past
    names = {call.name for call in last}
    if not last or not names <= _REPEATABLE | {"read_state"}:
        raise Unclear(Abstention.NOT_UNDERSTOOD, "what-shall-i-do", what=refs[0].words)

    def able(device: Device) -> bool:
        kinds = names & set(CAPABILITIES)
        return all(device.ability(kind) for kind in kinds)

    kinds = {ground.names.devices[i].kind for i in ground.context.dialogue.devices
             if i in ground.names.devices}  # fmt: skip
    things = ground.things(refs, Need(able, "do", tuple(kinds)))
    ids = [d.id for d in things]
    if "media" in names and len(ids) > 1:
        raise Unclear(Abstention.NOT_UNDERSTOOD, "what-shall-i-do", what=refs[0].words)
    return [call.model_copy(update={"arguments": {**call.arguments, "devices": ids}})
            for call in last]  # fmt: skip
