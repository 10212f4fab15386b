"""Clauses about robots, alarms, scenes, heating modes, inputs and what is opened by a tap."""

from __future__ import annotations

from dataclasses import replace

from devices.device import Device
from dobby.agent.calls import Abstention
from dobby.agent.reflex.clauses import Clause, Noun
from dobby.agent.reflex.ground import Ground, not_understood, only
from dobby.agent.reflex.targets import Unresolved, Wanted
from dobby.agent.reflex.text import words
from dobby.agent.reflex.wishes import LEVELS, Change, able_to, absolute

_CHORES = {"start": "working", "pause": "paused", "stop": "stopped", "resume": "working",
           "dock": "docked", "vacuum": "working", "mow": "working", "on": "working",
           "off": "stopped", "send": "docked", "play": "working", "cancel": "stopped"}  # fmt: skip


def _robots(ground: Ground, clause: Clause) -> list[Noun]:
    """The phrases that mean a robot."""
    robots = set(ground.index.with_ability.get("chore", ()))
    return [n for n in clause.nouns if _may_mean(n, robots)]


def _may_mean(noun: Noun, ids: set[str]) -> bool:
    named = {n.ref for group in noun.names for n in group}
    return bool(named & ids) or bool(
        {k.partition("/")[0] for k in noun.kinds} & {"vacuum", "mower"}
    )


def sends_robot(ground: Ground, clause: Clause) -> bool:
    if not ground.index.with_ability.get("chore"):
        return False
    if clause.verbs & {"vacuum", "mow", "dock"} and not clause.ways:
        return True
    if clause.verbs & {"dock"}:
        return True
    return bool(_robots(ground, clause))


def send_robot(ground: Ground, clause: Clause) -> list[Change]:
    areas = [c.ref for c in clause.choices if c.of == "area"]
    if len(areas) == len(clause.choices) == 1:  # "the back lawn", which is no room
        clause.choices = []
    only(clause, "ways", "armed", "states")
    out = clause.ways == ["off"] and "out" in clause.text.split()
    if out and clause.verbs & {"send", "mow", "vacuum"}:  # "send Rosie out"
        clause.verbs, clause.ways = (clause.verbs - {"send"}) or frozenset({"on"}), []
    said_of_it = [*clause.armed, *clause.states]
    if said_of_it == ["docked"] or (said_of_it == ["home"] and clause.verbs):
        clause.verbs, clause.armed, clause.states = frozenset({"dock"}), [], []
    only(clause, "ways")
    said = [_CHORES[w] for w in (*clause.verbs, *clause.ways) if w in _CHORES]
    if "dock" in clause.verbs:
        said = ["docked"]
    elif (clause.verbs & {"vacuum", "mow"} and not clause.ways) or (
        "send" in clause.verbs and any(n.rooms for n in clause.nouns)
    ):
        said = ["working"]
    elif clause.verbs & {"set"} and clause.ways == ["off"]:
        raise not_understood(clause)
    robots = _robots(ground, clause)
    if "do" in clause.verbs or (clause.verb_text == "go" and robots and not clause.ways):
        said = ["working"]
    if len(set(said)) != 1 or set(clause.ways) - {"on", "off"}:
        raise not_understood(clause)
    places = [n for n in clause.nouns if n not in robots]
    places = [n for n in places if not (n.prons and said[0] != "working")]
    ground.heed(*robots[:1], *places)
    kind = "mower" if "mow" in clause.verbs else "vacuum"
    spoken = Noun(kinds=[kind], words=[f"the {kind}"])
    wanted = Wanted(able_to("chore"), "be sent to work")
    area = areas[0] if areas and said[0] == "working" else None
    if areas and (places or area is None):
        raise not_understood(clause)
    if places and said[0] == "working":
        area = _area(ground, places)
    elif places:
        raise not_understood(clause)
    target = robots[0] if robots else spoken
    if said[0] == "working":
        target = _thing(target)
    if robots and robots[0].rooms and places:
        raise not_understood(clause)
    if robots and robots[0].rooms and said[0] == "working" and area is None:
        area = _area(ground, [Noun(rooms=robots[0].rooms)])
    (device, *others) = ground.things(Clause(nouns=[target]), wanted)
    if others and area:
        raise not_understood(clause)
    if area is None:
        return [Change(d.id, "chore", {"activity": said[0]}) for d in (device, *others)]
    mows = device.kind == "mower"  # a lawn is no room
    ability = device.ability("chore")
    choices = ability.choices if ability else ()
    match = next((c for c in choices if words(c) == words(area)), None if choices or mows else area)
    if mows and device.room == area:
        return [Change(device.id, "chore", {"activity": "working"})]
    if match is None and mows:
        raise Unresolved(Abstention.UNABLE, f"{device.name} mows where it stands. Shall it start?")
    if match is None:
        raise Unresolved(
            Abstention.UNABLE, f"{device.name} can go to: {', '.join(choices)}. Where?"
        )
    return [Change(device.id, "chore", {"activity": "working", "area": match})]


def _thing(noun: Noun) -> Noun:
    """The robot without the room it is sent to: its own name or kind suffices."""
    return replace(noun, rooms=[], twins=[], prons=noun.prons - {"here", "there"})


def _area(ground: Ground, places: list[Noun]) -> str | None:
    if len(places) != 1:
        raise Unresolved(Abstention.NOT_UNDERSTOOD, "One room at a time, please. Which first?")
    noun = places[0]
    if noun.quants & {"everywhere", "everything", "all"} and not (noun.rooms or noun.kinds):
        return None
    rooms = ground.resolver.rooms(noun)
    if not noun.place_only or not rooms or len(rooms) != 1:
        raise Unresolved(
            Abstention.UNKNOWN_ROOM, f"Which room is that? {ground.resolver.room_list()}"
        )
    return next(iter(rooms))


# -- alarm


def arms(ground: Ground, clause: Clause) -> bool:
    if clause.verbs & {"arm", "disarm"}:
        return True
    return any(n.kinds and n.kinds[-1] == "alarm" for n in clause.nouns)


def arm(ground: Ground, clause: Clause) -> list[Change]:
    only(clause, "armed", "ways")
    if clause.verb_text.startswith("wake"):
        raise not_understood(clause)  # an alarm clock
    off = "disarm" in clause.verbs or "off" in clause.ways or "off" in clause.verbs
    if off == ("arm" in clause.verbs or bool(clause.armed)):
        raise Unresolved(
            Abstention.NOT_UNDERSTOOD, "How shall I arm the alarm: home, away or night?"
        )
    if not off and len(clause.armed) > 1:
        raise not_understood(clause)
    mode = "disarmed" if off else (clause.armed or ["away"])[0]
    wanted = Wanted(able_to("alarm"), "be armed")
    nouns = clause.nouns or [Noun(kinds=["alarm"], words=["the alarm"])]
    nouns = [
        n if not (n.quants and not n.kinds) else replace(n, kinds=["alarm"], quants=set[str]())
        for n in nouns
    ]
    return [
        Change(d.id, "alarm", {"mode": mode})
        for d in ground.things(Clause(nouns=nouns, excepts=clause.excepts), wanted)
    ]


# -- scenes


def stages(ground: Ground, clause: Clause) -> bool:
    """Whether every phrase of the clause is a scene's name."""
    scenes = set(ground.index.with_ability.get("scene", ()))
    if not clause.nouns or not scenes:
        return False
    return all(
        (
            n.names
            and all({x.ref for x in g} & scenes for g in n.names)
            and n.kinds[-1:] in ([], ["scene"])
        )
        or (n.kinds and n.kinds[-1] == "scene")
        for n in clause.nouns
    )


def stage(ground: Ground, clause: Clause) -> list[Change]:
    only(clause, "ways", "attrs")
    if set(clause.attrs) - {"mode"} or set(clause.ways) - {"on", "off"}:
        raise not_understood(clause)
    clause.attrs = []
    off = "off" in clause.ways or clause.verbs & {"off", "stop", "cancel"}
    starts = {"on", "activate", "switch", "set", "play", "show", "vacuum"} & clause.verbs
    if not off and clause.verbs and not starts:
        raise not_understood(clause)
    wanted = Wanted(able_to("scene"), "be brought up")
    for noun in clause.nouns:
        if noun.names:
            noun.kinds = [k for k in noun.kinds if k != "scene"]
    if any(n.names for n in clause.nouns):  # "set the scene for movie night"
        ground.heed(*(n for n in clause.nouns if not n.names))
        clause.nouns = [n for n in clause.nouns if n.names]
    return [Change(d.id, "scene", {"active": not off}) for d in ground.things(clause, wanted)]


# -- heating modes and inputs


def sets_mode(ground: Ground, clause: Clause) -> bool:
    return bool(clause.modes) and not clause.whites and not clause.verbs & {"play"}


def set_mode(ground: Ground, clause: Clause) -> list[Change]:
    """ "Set the AC to cool at 22"."""
    only(clause, "modes", "measures", "attrs", "ways")
    ways = set(clause.ways) - {"on"}
    if set(clause.attrs) - {"climate", "mode"}:
        raise not_understood(clause)
    if len(set(clause.modes)) != 1 or len(clause.measures) > 1 or ways:
        raise not_understood(clause)
    if not clause.verbs & {"set", "switch", "on", "activate"} and clause.verbs:
        raise not_understood(clause)
    mode = clause.modes[0]
    wanted = Wanted(able_to("climate"), "heat or cool", LEVELS["climate"].kinds)
    unsaid = Noun(kinds=["aircon" if mode in {"cool", "dry"} else "heating"], words=["heating"])
    changes: list[Change] = []
    for device in ground.things(clause, wanted, unsaid):
        ability = device.ability("climate")
        if ability and ability.choices and mode not in ability.choices:
            raise Unresolved(
                Abstention.UNABLE, f"{device.name} knows: {', '.join(ability.choices)}. Which?"
            )
        fields: dict[str, object] = {"mode": mode}
        for measure in clause.measures:
            target = ground.celsius(measure)
            fields |= absolute(ground.context, device, LEVELS["climate"], target)[-1].fields
        changes.append(Change(device.id, "climate", fields))
    return changes


def tunes(ground: Ground, clause: Clause) -> bool:
    return any(c.of == "source" for c in clause.choices)


def tune(ground: Ground, clause: Clause) -> list[Change]:
    """ "Switch the TV to HDMI 2"."""
    only(clause, "choices", "attrs", "ways")
    names = {c.ref for c in clause.choices if c.of == "source"}
    if len(names) != 1 or set(clause.ways) - {"on"} or set(clause.attrs) - {"source"}:
        raise not_understood(clause)
    if clause.verbs and not clause.verbs & {
        "set",
        "switch",
        "play",
        "show",
        "activate",
        "on",
        "open",
    }:
        raise not_understood(clause)
    (name,) = names

    def able(device: Device) -> bool:
        ability = device.ability("source")
        return ability is not None and name in ability.choices

    unsaid = Noun(quants={"any"}, words=["the TV"])
    owners = [d for d in ground.index.devices.values() if able(d)]
    nouns = clause.nouns or ([unsaid] if len(owners) == 1 else [])
    wanted = Wanted(able, f"show {name}", ("tv", "speaker"))
    if not clause.nouns and len(owners) == 1:
        things = owners
        ground.touched.append(owners[0].id)
    else:
        things = ground.things(Clause(nouns=nouns), wanted, Noun(kinds=["tv"], words=["the TV"]))
    changes: list[Change] = []
    for device in things:
        if device.ability("power") and getattr(
            ground.context.house.state(device.id).get("power"), "on", True
        ) is False:  # fmt: skip
            changes.append(Change(device.id, "power", {"on": True}))
        changes.append(Change(device.id, "source", {"name": name}))
    return changes


def looks(ground: Ground, clause: Clause) -> bool:
    if not ground.index.with_ability.get("snapshot"):
        return False
    seen = any(n.kinds and n.kinds[-1] == "camera" for n in clause.nouns) or _cameras(
        ground, clause
    )
    return "snapshot" in clause.attrs or (("show" in clause.verbs or not clause.acts) and seen)


def _cameras(ground: Ground, clause: Clause) -> bool:
    cameras = set(ground.index.with_ability.get("snapshot", ()))
    return bool(clause.nouns) and all(
        n.names and any(x.ref in cameras for g in n.names for x in g) for n in clause.nouns
    )


def look(ground: Ground, clause: Clause) -> list[Change]:
    """A picture from a camera: "show me the porch camera", "a photo of the garden"."""
    only(clause, "attrs")
    if set(clause.attrs) - {"snapshot"} or clause.verbs - {
        "show",
        "set",
        "get",
        "moveto",
        "switch",
        "remove",
    }:
        raise not_understood(clause)
    wanted = Wanted(able_to("snapshot"), "take a picture", ("camera",))
    for noun in clause.nouns:  # "of the front door": the camera that is called after it
        named = {w for group in noun.names for w in group[0].key}
        if named and not any(
            able_to("snapshot")(ground.index.devices[x.ref]) for g in noun.names for x in g
        ):
            noun.parts, noun.names, noun.exact, noun.kinds = [*noun.parts, *named], [], [], []
    return [
        Change(d.id, "snapshot", {})
        for d in ground.things(clause, wanted, Noun(kinds=["camera"], words=["camera"]))
    ]


WISHES = (
    (looks, look), (arms, arm), (stages, stage), (sends_robot, send_robot), (tunes, tune),
    (sets_mode, set_mode),
)  # fmt: skip
