"""Sound and pictures: what plays, where, together with whom; inputs of a television."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from devices.device import Device
from dobby.abilities.change import Ability, Change, able_to
from dobby.agent.calls import Abstention
from dobby.language.declining import Unclear
from dobby.language.grounding import Able, Ground, Need
from dobby.language.meaning import Do, Ref, Wish

MUSIC = Ref(kinds=("music",))
_STATES = {"pause": "paused", "stop": "stopped", "resume": "playing", "play": "playing"}
_SOUNDING = ("speaker", "tv")


def leader(ground: Ground, device: str) -> str:
    """The speaker whose music this one plays."""
    group = getattr(ground.context.house.state(device).get("group"), "leader", None)
    return group if isinstance(group, str) and group in ground.names.devices else device


def _pointed(ground: Ground, wish: Wish) -> Sequence[Ref]:
    """ "Pause that": what plays, when nothing else was spoken of."""
    if any(ground.plays(d) for d in ground.context.dialogue.devices):
        return wish.things
    return [r for r in wish.things if not r.prons & {"it", "that", "one"} or r.kinds]


def _players(do: Do, ground: Ground, ability: str, recent: Able | None = None) -> list[Device]:
    need = Need(able_to(ability), do.act, _SOUNDING, unsaid=MUSIC, recent=recent)
    things = ground.things(_pointed(ground, do.wish), need, do.wish.but)
    return ground.audible(do.wish.things, things)


# Play, pause, stop, resume; next and previous ------------------------------------------------


def transports(do: Do, _: Ground) -> bool:
    music = do.wish.things and all(ref.kinds[-1:] == ("music",) for ref in do.wish.things)
    return do.act in _STATES or bool(do.act == "off" and music)


def transport(do: Do, ground: Ground) -> list[Change]:
    state = _STATES.get(do.act, "paused")  # "music off": the television stays on
    playing = state == "playing"
    if playing and (places := _joining(do.wish, ground)):
        return _join_what_plays(ground, places)
    things = _players(do, ground, "playback", lambda d: playing or ground.plays(d.id))
    if any(r.quants & {"all", "everything", "everywhere"} for r in do.wish.things):
        if playing:
            raise Unclear(Abstention.NOT_UNDERSTOOD, "play-what")
        things = [d for d in things if ground.plays(d.id)] or things
    heads = list(dict.fromkeys(leader(ground, d.id) for d in things)) if playing else []
    if playing and all(ground.plays(head) for head in heads):
        raise Unclear(Abstention.NOT_UNDERSTOOD, "playing-already")
    if len(heads) > 1:
        raise _which(ground, heads)
    ids = heads or [d.id for d in things]
    return [Change(i, "playback", {"state": state}) for i in ids]


def _joining(wish: Wish, ground: Ground) -> list[Ref]:
    """Where "play this in the bedroom too" shall be heard: what plays elsewhere."""
    pointing = [r for r in wish.things if r.prons & {"it", "that"}]
    places = [*(r for r in wish.things if r not in pointing), *wish.goal]
    places += [replace(r, prons=frozenset(), kinds=()) for r in pointing if r.placed]
    players = ground.names.with_ability.get("group", ())
    return places if pointing and any(map(ground.plays, players)) else []


def _join_what_plays(ground: Ground, places: Sequence[Ref]) -> list[Change]:
    whole = any("everywhere" in r.quants for r in places)
    refs = [Ref(kinds=("speaker",), quants=frozenset({"all"}))] if whole else places
    things = _speakers(ground, refs)
    ids = {d.id for d in things}
    grouped = ground.names.with_ability.get("group", ())
    heads = {leader(ground, i) for i in grouped if ground.plays(i) and (whole or i not in ids)}
    if len(heads) != 1:
        raise Unclear(Abstention.AMBIGUOUS, "move-whence")
    head = ground.names.devices[heads.pop()]
    return together(ground, [head, *(d for d in things if d is not head)])


def _which(ground: Ground, ids: Sequence[str]) -> Unclear:
    names = [ground.names.label(i) for i in ids]
    return Unclear(Abstention.AMBIGUOUS, "which-one", ids, options=names)


def skips(do: Do, _: Ground) -> bool:
    return do.act in {"next", "previous"}


def skip(do: Do, ground: Ground) -> list[Change]:
    things = _players(do, ground, "skip", lambda d: ground.plays(d.id))
    heads = list(dict.fromkeys(leader(ground, d.id) for d in things))
    if len(heads) > 1:  # "skip in the den": what plays there
        heads = [d for d in heads if ground.plays(d)] or heads
    if len(heads) > 1:
        raise _which(ground, heads)
    return [Change(i, "skip", {"to": do.act}) for i in heads]


def mutes(do: Do, _: Ground) -> bool:
    return do.act in {"mute", "unmute"}


def mute(do: Do, ground: Ground) -> list[Change]:
    muted = do.act == "mute"
    return [Change(d.id, "mute", {"muted": muted}) for d in _players(do, ground, "mute")]


def orders(do: Do, _: Ground) -> bool:
    return do.act in {"shuffle", "unshuffle", "repeat", "unrepeat", "repeat-one"}


_ORDERS: dict[str, dict[str, object]] = {
    "shuffle": {"shuffle": True}, "unshuffle": {"shuffle": False}, "repeat": {"repeat": "all"},
    "repeat-one": {"repeat": "one"}, "unrepeat": {"repeat": "off"},
}  # fmt: skip


def order(do: Do, ground: Ground) -> list[Change]:
    return [Change(d.id, "play_mode", _ORDERS[do.act]) for d in _players(do, ground, "play_mode")]


# Together -------------------------------------------------------------------------------------


def _speakers(ground: Ground, refs: Sequence[Ref]) -> list[Device]:
    return ground.things(refs, Need(able_to("group"), "join", ("speaker",)))


def groups(do: Do, ground: Ground) -> bool:
    there = do.act in {"", "send"} and bool(do.wish.goal)  # "the music to the bathroom"
    there = there and bool(do.wish.things) and all(r.kinds == ("music",) for r in do.wish.things)
    able = bool(ground.names.with_ability.get("group"))
    return able and (there or do.act in {"join", "leave", "move"})


def group(do: Do, ground: Ground) -> list[Change]:
    wish = do.wish
    others = [*wish.goal, *wish.partner]
    if do.act in {"move", "send", ""}:
        return _move(ground, wish)
    if do.act == "leave":
        return [Change(d.id, "group", {"leader": d.id}) for d in _speakers(ground, wish.things)]
    things = _speakers(ground, wish.things)
    behind = _speakers(ground, others) if others else []
    return together(ground, [*behind, *(d for d in things if d not in behind)])


def together(ground: Ground, things: Sequence[Device]) -> list[Change]:
    """Groups behind the one that plays; else behind the first. Raises Unclear."""
    if len(things) < 2:
        raise Unclear(Abstention.AMBIGUOUS, "join-whom")
    playing = [d for d in things if ground.plays(d.id)]
    if len({leader(ground, d.id) for d in playing}) > 1:
        raise _which(ground, [d.id for d in playing])
    first = playing[0] if playing else things[0]
    head = leader(ground, first.id)
    head = head if head in {d.id for d in things} else first.id
    return [Change(d.id, "group", {"leader": head}) for d in things if d.id != head]


def _move(ground: Ground, wish: Wish) -> list[Change]:
    """The target joins what plays; then the source leaves it."""
    places = () if wish.goal else tuple(
        r for r in wish.things if r.placed and (r.bare or r.kinds == ("music",))
    )  # fmt: skip  # "move the music (in)to the kitchen"
    targets = _speakers(ground, [*wish.goal, *(replace(r, kinds=()) for r in places)])
    named = [r for r in (*wish.things, *wish.source)
             if r.kinds[-1:] != ("music",) and not r.prons and r not in places]  # fmt: skip
    if len(targets) != 1 or len(named) > 1:
        raise Unclear(Abstention.NOT_UNDERSTOOD, "join-whom")
    if named:
        sources = [d.id for d in _speakers(ground, named)]
    else:
        grouped = ground.names.with_ability["group"]
        heads = (leader(ground, d) for d in grouped if ground.plays(d))
        sources = [d for d in dict.fromkeys(heads) if d != targets[0].id]
    if len(sources) != 1 or sources[0] == targets[0].id:
        raise Unclear(Abstention.AMBIGUOUS, "move-whence")
    return [
        Change(targets[0].id, "group", {"leader": leader(ground, sources[0])}),
        Change(sources[0], "group", {"leader": sources[0]}),
        Change(sources[0], "playback", {"state": "paused"}),
    ]


# Titles and inputs ----------------------------------------------------------------------------


def plays_title(do: Do, _: Ground) -> bool:
    wish = do.wish
    if _titles(wish):
        return do.act in {"play", "on", "set"} and not wish.text
    return do.act == "play" and bool(wish.text)


def _titles(wish: Wish) -> list[str]:
    return [c.name for c in wish.choices if c.of in {"media", "genre"}]


def play_title(do: Do, ground: Ground) -> list[Change]:
    wish = do.wish
    named = _titles(wish)
    item = named[0] if named else ground.names.plain(wish.text)
    if not item or (not named and ground.names.named(ground.names.stems(item))):
        raise Unclear(Abstention.NOT_UNDERSTOOD, "play-what")
    elsewhere = ground.names.begins_choice(item) or ground.names.tells_place(item)
    if not named and elsewhere:  # "jazz in the sauna"
        raise Unclear(Abstention.UNKNOWN_ROOM, "which-room", rooms=ground.room_names())
    refs = [*wish.things, *wish.goal]
    targets = _targets(ground, refs, item)
    head = targets[0]
    changes: list[Change] = []
    if len(targets) > 1:
        if not all(d.ability("group") for d in targets):
            raise _which(ground, [d.id for d in targets])
        changes += [Change(d.id, "group", {"leader": head.id}) for d in targets[1:]]
    elif refs and _along(ground, head):
        changes.append(Change(head.id, "group", {"leader": head.id}))
    return [*changes, Change(head.id, "media", {"item": item})]


def _along(ground: Ground, head: Device) -> bool:
    """Whether others play along that were not named."""
    grouped = ground.names.with_ability.get("group", ())
    return any(leader(ground, i) == leader(ground, head.id) for i in grouped if i != head.id)


def _targets(ground: Ground, refs: Sequence[Ref], item: str) -> list[Device]:
    if refs:
        everywhere = any("everywhere" in r.quants for r in refs)
        refs = [Ref(kinds=("speaker",), quants=frozenset({"all"}))] if everywhere else refs
        things = ground.things(refs, Need(able_to("media"), "play", ("speaker",)))
        things = [d for d in things if d.kind == "speaker"] or things
        first = [d for d in things if ground.plays(d.id) and leader(ground, d.id) == d.id][:1]
        return sorted(things, key=lambda d: d not in first)
    able = [ground.names.devices[i] for i in ground.names.with_ability.get("media", ())]
    speakers = [d for d in able if d.kind == "speaker"] or able
    here = [d for d in speakers if d.room and d.room == ground.context.room]
    playing = [d for d in speakers if ground.plays(d.id) and leader(ground, d.id) == d.id]
    having = [d for d in speakers if (a := d.ability("media")) and item in a.choices]
    spoken = [d for d in speakers if d.id in ground.context.dialogue.devices]
    for found in (here, speakers, spoken, playing, having):
        if len(found) == 1:
            ground.touched.append(found[0].id)
            return found
    if not speakers:
        raise Unclear(Abstention.UNABLE, "no-player")
    raise _which(ground, [d.id for d in here or speakers])


def tunes(do: Do, _: Ground) -> bool:
    return any(c.of == "source" for c in do.wish.choices)


def tune(do: Do, ground: Ground) -> list[Change]:
    """ "Switch the TV to HDMI 2"."""
    wish = do.wish
    name = next(c.name for c in wish.choices if c.of == "source")
    if do.act not in {"set", "on", "play", "open", ""} or len(wish.choices) != 1:
        raise Unclear(Abstention.NOT_UNDERSTOOD, "not-understood", what=name)

    def able(device: Device) -> bool:
        ability = device.ability("source")
        return ability is not None and name in ability.choices

    owners = [d for d in ground.names.devices.values() if able(d)]
    refs = [*wish.things, *wish.goal]
    if not refs and len(owners) == 1:
        things = owners
        ground.touched.append(owners[0].id)
    else:
        need = Need(able, "source", _SOUNDING, unsaid=Ref(kinds=("tv",)))
        things = ground.things(refs, need)
    changes: list[Change] = []
    for device in things:
        power = ground.context.house.state(device.id).get("power")
        if device.ability("power") and getattr(power, "on", True) is False:
            changes.append(Change(device.id, "power", {"on": True}))
        changes.append(Change(device.id, "source", {"name": name}))
    return changes


ABILITIES = (
    Ability("group", groups, group, frozenset({"goal", "partner", "source"})),
    Ability("source", tunes, tune, frozenset({"choices", "attribute", "goal"})),
    Ability("media", plays_title, play_title, frozenset({"choices", "text", "goal"})),
    Ability("skip", skips, skip),
    Ability("mute", mutes, mute, frozenset({"attribute"})),
    Ability("play mode", orders, order),
    Ability("playback", transports, transport),
)
