"""Robots: to work, where; paused, stopped, home."""

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
    "resume": "working", "send": "working", "do": "working", "extend": "working",
    "pause": "paused", "stop": "stopped", "off": "stopped", "cancel": "stopped", "dock": "docked",
    "stop-clean": "stopped", "stop-mow": "stopped",
}  # fmt: skip
_ROBOTS = ("vacuum", "mower")
_WORKERS = {"mow": ("mower",), "clean": ("vacuum",)}


def sends(do: Do, ground: Ground) -> bool:
    if not ground.names.with_ability.get("chore"):
        return False
    if do.act in {"clean", "mow", "dock", "stop-clean", "stop-mow"}:
        return True
    there = not do.act and (do.wish.goal or list(map(_is_place, do.wish.things)) == [False, True])
    return (bool(there) or do.act in _ACTIVITIES) and _has_robot(do, ground)  # "Robby: kitchen"


def _is_place(ref: Ref) -> bool:
    return ref.bare and ref.placed


def _has_robot(do: Do, ground: Ground) -> bool:
    return any(_is_robot(r, ground, _ROBOTS) for r in do.wish.things)


def _is_robot(ref: Ref, ground: Ground, kinds: Sequence[str]) -> bool:
    return of_kinds(Do("", Wish(things=(ref,))), ground, *kinds)


def send(do: Do, ground: Ground) -> list[Change]:
    wish, activity = do.wish, _ACTIVITIES.get(do.act, "working")
    said = (*wish.things, *wish.partner, *wish.goal)  # "get Robby to hoover" names one twice
    every = [r for r in said if _is_robot(r, ground, _ROBOTS)]
    kinds = _WORKERS.get(do.act, _ROBOTS)  # nobody mows with a vacuum: "start Robbie and mow"
    robots = [r for r in every if _is_robot(r, ground, kinds)]
    places = [r for r in (*wish.things, *wish.goal) if r not in every and not r.prons - {"here"}]
    areas = [c.name for c in wish.choices if c.of == "area"]
    if len(areas) < len(wish.choices) or not _spares(wish.but, [*places, *areas], ground):
        raise Unclear(Abstention.NOT_UNDERSTOOD, "not-understood")
    working = activity == "working"
    if wish.partner and not working:
        raise Unclear(Abstention.NOT_UNDERSTOOD, "not-understood")
    if (places or areas) and not working and (areas or activity != "docked"):
        raise Unclear(Abstention.NOT_UNDERSTOOD, "one-room")
    elsewhere = any(not r.bare or r in wish.goal for r in places) or (places and not robots)
    elsewhere = elsewhere or any(r.placed for r in robots) or bool(wish.partner)
    if activity == "docked" and elsewhere:
        raise Unclear(Abstention.NOT_UNDERSTOOD, "not-understood")
    kind = "mower" if do.act in {"mow", "stop-mow"} else "vacuum"
    if len(robots) > 1:
        if places or areas or any(r.placed for r in robots):
            raise Unclear(Abstention.NOT_UNDERSTOOD, "one-room")
        things = ground.things(robots, Need(able_to("chore"), "chore"))
        return [Change(d.id, "chore", {"activity": activity}) for d in things]
    target = robots[0] if robots else Ref(kinds=(kind,))
    if working and target.placed:
        if places:
            raise Unclear(Abstention.NOT_UNDERSTOOD, "one-room")
        places = [replace(target, names=(), kinds=(), parts=())]
    if working:
        target = replace(target, rooms=(), floors=(), prons=frozenset())
    if not working or not (places or areas):
        things = ground.things([_busy(ground, target, activity)], _CHORE)
        return [Change(d.id, "chore", {"activity": activity}) for d in things]
    spots = [*((a,) for a in areas), *(spot for place in places for spot in _spots(ground, place))]
    changes = [_at_work(ground, target, spot) for spot in spots or [()]]
    if len({change.device for change in changes}) < len(changes):
        raise Unclear(Abstention.NOT_UNDERSTOOD, "one-room")
    return changes


def _spares(but: Sequence[Ref], said: Sequence[Ref | str], ground: Ground) -> bool:
    """Whether what is left out is out of the way in any case: "the hall, not the den"."""
    rooms: set[str] = set()
    for place in said:
        rooms |= {place} if isinstance(place, str) else ground.rooms(place) or set()
    left_out = [ground.rooms(ref) or set() for ref in but if ref.bare]
    return len(left_out) == len(but) and all(out and rooms and not out & rooms for out in left_out)


_CHORE = Need(able_to("chore"), "chore")


def _spots(ground: Ground, place: Ref) -> list[tuple[str, ...]]:
    """The rooms of each place said; none for the whole house. Raises Unclear."""
    if place.quants & {"everywhere", "everything", "all"} and not place.rooms:
        return []
    rooms = ground.rooms(place)
    if not place.bare or not rooms:
        raise Unclear(Abstention.UNKNOWN_ROOM, "which-room", rooms=ground.room_names())
    return [tuple(sorted(rooms))]


def _at_work(ground: Ground, target: Ref, rooms: Sequence[str]) -> Change:
    """Who knows the place works there; a storey is what one of several robots is for."""
    pool = _robots(ground, target)
    fit = [d for d in pool if _knows(ground, d, rooms)]
    if len(pool) > 1 and len(fit) == 1:
        target = _exactly(fit[0], target)
    (device, *others) = ground.things([target], _CHORE)
    if len(rooms) == 1 and not others:
        area = _area(ground, device, rooms[0])
        return Change(device.id, "chore", {"activity": "working", **area})
    if rooms and (others or len(pool) < 2 or not _knows(ground, device, rooms)):
        raise Unclear(Abstention.NOT_UNDERSTOOD, "one-room")
    return Change(device.id, "chore", {"activity": "working"})


def _knows(ground: Ground, device: Device, rooms: Sequence[str]) -> bool:
    """Whether a robot goes to the one room, or to nowhere but these."""
    ability, stems = device.ability("chore"), ground.names.stems
    known = [stems(choice) for choice in ability.choices] if ability else []
    meant = [stems(room) for room in rooms]
    if len(rooms) == 1:
        return meant[0] in known
    return bool(known) and all(room in meant for room in known)


def _busy(ground: Ground, target: Ref, activity: str) -> Ref:
    """Of several robots, the one that the order is news to: who works is paused."""
    before = {"paused": ("working",), "stopped": ("working", "paused"),
              "docked": ("working", "paused", "stopped")}.get(activity, ())  # fmt: skip
    busy = [
        d for d in _robots(ground, target)
        if getattr(ground.context.house.state(d.id).get("chore"), "activity", "") in before
    ]  # fmt: skip
    return _exactly(busy[0], target) if len(busy) == 1 else target


def _robots(ground: Ground, target: Ref) -> list[Device]:
    """Who may be meant by one noun; nobody for a pronoun, or for many."""
    if target.prons or target.quants or target.plural or target.placed:
        return []
    devices = ground.names.devices
    return [devices[i] for i in sorted(ground.pool(target)) if devices[i].ability("chore")]


def _exactly(device: Device, said: Ref) -> Ref:
    return Ref(names=(frozenset({device.id}),), exact=True, words=said.words)


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


ABILITIES = (Ability("chore", sends, send, frozenset({"but", "goal", "choices", "partner"})),)
