"""Robots: to work, where; paused, stopped, home. And the alarm, scenes, pictures of cameras."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from devices.device import Device
from dobby.abilities.change import Ability, Change, able_to, of_kinds
from dobby.agent.calls import Abstention
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground, Need
from dobby.language.meaning import Do, Ref, Wish

_ACTIVITIES = {
    "clean": "working", "mow": "working", "on": "working", "start": "working", "play": "working",
    "resume": "working", "send": "working", "do": "working", "pause": "paused", "stop": "stopped",
    "off": "stopped", "cancel": "stopped", "dock": "docked",
    "stop-clean": "stopped", "stop-mow": "stopped",
}  # fmt: skip
_ROBOTS = ("vacuum", "mower")
_WORKERS = {"mow": ("mower",), "clean": ("vacuum",)}


def sends(do: Do, ground: Ground) -> bool:
    if not ground.names.with_ability.get("chore"):
        return False
    if do.act in {"clean", "mow", "dock", "stop-clean", "stop-mow"}:
        return True
    there = bool(do.wish.goal) and not do.act  # "Robby to the kitchen"
    return (there or do.act in _ACTIVITIES) and _has_robot(do, ground)


def _has_robot(do: Do, ground: Ground) -> bool:
    return any(_is_robot(r, ground, _ROBOTS) for r in do.wish.things)


def _is_robot(ref: Ref, ground: Ground, kinds: Sequence[str]) -> bool:
    return of_kinds(Do("", Wish(things=(ref,))), ground, *kinds)


def send(do: Do, ground: Ground) -> list[Change]:
    wish, activity = do.wish, _ACTIVITIES.get(do.act, "working")
    every = [r for r in (*wish.things, *wish.partner) if _is_robot(r, ground, _ROBOTS)]
    kinds = _WORKERS.get(do.act, _ROBOTS)  # nobody mows with a vacuum: "start Robbie and mow"
    robots = [r for r in every if _is_robot(r, ground, kinds)]
    places = [r for r in (*wish.things, *wish.goal) if r not in every and not r.prons - {"here"}]
    areas = [c.name for c in wish.choices if c.of == "area"]
    working = activity == "working"
    if (places or areas) and not working and not (activity == "docked" and not areas):
        raise Unclear(Abstention.NOT_UNDERSTOOD, "one-room")
    kind = "mower" if do.act in {"mow", "stop-mow"} else "vacuum"
    if len(robots) > 1:
        if places or areas or any(r.placed for r in robots):
            raise Unclear(Abstention.NOT_UNDERSTOOD, "one-room")
        things = ground.things(robots, Need(able_to("chore"), "chore"))
        return [Change(d.id, "chore", {"activity": activity}) for d in things]
    target = robots[0] if robots else Ref(kinds=(kind,))
    if working and target.placed and not places:
        places = [replace(target, names=(), kinds=(), parts=())]
    if working:
        target = replace(target, rooms=(), floors=(), prons=frozenset())
    (device, *others) = ground.things([target], Need(able_to("chore"), "chore"))
    rooms = [*areas, *(room for place in places for room in _rooms(ground, place))]
    if not working or not rooms:
        return [Change(d.id, "chore", {"activity": activity}) for d in (device, *others)]
    if others or len(rooms) > 1:
        raise Unclear(Abstention.NOT_UNDERSTOOD, "one-room")
    return [Change(device.id, "chore", {"activity": activity, **_area(ground, device, rooms[0])})]


def _rooms(ground: Ground, place: Ref) -> list[str]:
    if place.quants & {"everywhere", "everything", "all"} and not place.rooms:
        return []
    rooms = ground.rooms(place)
    if not place.bare or not rooms:
        raise Unclear(Abstention.UNKNOWN_ROOM, "which-room", rooms=ground.room_names())
    return sorted(rooms)


def _area(ground: Ground, device: Device, room: str) -> dict[str, str]:
    """The robot's own name for a room; a lawn is none. Raises Unclear where it knows none such."""
    ability = device.ability("chore")
    choices = ability.choices if ability else ()
    if device.kind == "mower" and device.room == room:
        return {}
    key = ground.names.stems(room)
    match = next((c for c in choices if ground.names.stems(c) == key), None)
    if match is None and not choices and device.kind != "mower":
        match = room
    if match is None:
        raise Unclear(Abstention.UNABLE, "goes-to", name=device.name, options=list(choices))
    return {"area": match}


# The alarm -----------------------------------------------------------------------------------


def arms(do: Do, ground: Ground) -> bool:
    return do.act in {"arm", "disarm"} or of_kinds(do, ground, "alarm")


def arm(do: Do, ground: Ground) -> list[Change]:
    wish, off = do.wish, do.act in {"disarm", "off"}
    if off == bool(wish.armed) or do.act not in {"arm", "disarm", "on", "off", "set"}:
        raise Unclear(Abstention.NOT_UNDERSTOOD, "how-armed")
    if len(set(wish.armed)) > 1:
        raise Unclear(Abstention.NOT_UNDERSTOOD, "how-armed")
    mode = "disarmed" if off else wish.armed[0]
    refs = [r for r in wish.things if r.kinds or r.names] or [Ref(kinds=("alarm",))]
    things = ground.things(refs, Need(able_to("alarm"), "arm"), wish.but)
    return [Change(d.id, "alarm", {"mode": mode}) for d in things]


# Scenes --------------------------------------------------------------------------------------


def stages(do: Do, ground: Ground) -> bool:
    scenes = set(ground.names.with_ability.get("scene", ()))
    named = [r for r in do.wish.things if r.names]
    if do.act not in {"", "on", "off", "start", "set", "do", "play", "stop"} or not scenes:
        return False
    if named:
        return all(set(ids) & scenes for r in named for ids in r.names)
    return of_kinds(do, ground, "scene")


def stage(do: Do, ground: Ground) -> list[Change]:
    refs = [r for r in do.wish.things if r.names] or do.wish.things
    refs = [replace(r, kinds=tuple(k for k in r.kinds if k != "scene") if r.names else r.kinds)
            for r in refs]  # fmt: skip
    things = ground.things(refs, Need(able_to("scene"), "scene"), do.wish.but)
    active = do.act not in {"off", "stop"}
    return [Change(d.id, "scene", {"active": active}) for d in things]


# Pictures ------------------------------------------------------------------------------------


def looks(do: Do, ground: Ground) -> bool:
    if not ground.names.with_ability.get("snapshot"):
        return False
    if do.wish.attribute == "snapshot" or (do.act == "show" and _places(do)):
        return True
    return do.act in {"show", ""} and of_kinds(do, ground, "camera")


def _places(do: Do) -> bool:
    return bool(do.wish.things) and all(r.bare and r.placed for r in do.wish.things)


def look(do: Do, ground: Ground) -> list[Change]:
    need = Need(able_to("snapshot"), "snapshot", ("camera",), unsaid=Ref(kinds=("camera",)))
    return [Change(d.id, "snapshot", {}) for d in ground.things(do.wish.things, need)]


ABILITIES = (
    Ability("snapshot", looks, look, frozenset({"attribute"})),
    Ability("alarm", arms, arm, frozenset({"armed"})),
    Ability("scene", stages, stage),
    Ability("chore", sends, send, frozenset({"goal", "choices", "partner"})),
)
