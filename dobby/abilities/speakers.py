"""Speakers that play together: who joins whom, who leaves, where the music moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from devices.device import Device
from dobby.abilities.change import Ability, Change, able_to, of_kinds
from dobby.agent.calls import Abstention
from dobby.language.grounding import Ground, Need, Unclear
from dobby.language.meaning import Do, Ref, Wish

_JOINING = frozenset({"join", "joins", "add"})
ALL = Ref(kinds=("speaker",), quants=frozenset({"all"}))


def leader(ground: Ground, device: str) -> str:
    """The speaker whose music this one plays."""
    group = getattr(ground.context.house.state(device).get("group"), "leader", None)
    return group if isinstance(group, str) and group in ground.names.devices else device


def which(ground: Ground, ids: Sequence[str]) -> Unclear:
    names = [ground.names.label(i) for i in ids]
    return Unclear(Abstention.AMBIGUOUS, "which-one", ids, options=names)


def speakers(ground: Ground, refs: Sequence[Ref], but: Sequence[Ref] = ()) -> list[Device]:
    return ground.things(refs, Need(able_to("group"), "join", ("speaker",)), but)


def everywhere(refs: Sequence[Ref]) -> bool:
    return any("everywhere" in ref.quants for ref in refs)


def groups(do: Do, ground: Ground) -> bool:
    if not ground.names.with_ability.get("group"):
        return False
    if do.act in {"join", "joins", "leave", "move"}:
        return True
    if do.act in {"", "send"}:  # "the music to the bathroom"
        music = all(ref.kinds == ("music",) for ref in do.wish.things)
        return bool(do.wish.goal) and bool(do.wish.things) and music and not do.wish.also
    added = do.act == "add" and bool(do.wish.goal or do.wish.partner)
    return added and of_kinds(do, ground, "speaker")


def group(do: Do, ground: Ground) -> list[Change]:
    wish = do.wish
    if wish.but and do.act not in _JOINING:
        raise Unclear(Abstention.NOT_UNDERSTOOD, "not-understood")
    if do.act in {"move", "send", ""}:
        return _move(ground, wish)
    if do.act == "leave":
        return [Change(d.id, "group", {"leader": d.id}) for d in speakers(ground, wish.things)]
    refs, others = list(wish.things), [*wish.goal, *wish.partner]
    if do.act == "joins" and not others and len(refs) > 1:  # "the den joins the hall"
        others = [refs.pop()]
    things = speakers(ground, refs, wish.but)
    behind = speakers(ground, others) if others else []
    return together(ground, [*behind, *(d for d in things if d not in behind)])


def together(ground: Ground, things: Sequence[Device]) -> list[Change]:
    """Groups behind the one that plays; else behind the first. Raises Unclear."""
    if len(things) < 2:
        raise Unclear(Abstention.AMBIGUOUS, "join-whom")
    playing = [d for d in things if ground.plays(d.id)]
    if len({leader(ground, d.id) for d in playing}) > 1:
        raise which(ground, [d.id for d in playing])
    first = playing[0] if playing else things[0]
    head = leader(ground, first.id)
    head = head if head in {d.id for d in things} else first.id
    return [Change(d.id, "group", {"leader": head}) for d in things if d.id != head]


def hears(wish: Wish, ground: Ground) -> bool:
    """Whether "play this in the bedroom too" is said: what plays elsewhere shall be heard."""
    wish = _apart(wish)
    refs = [*wish.things, *wish.goal]
    heard = [r for r in wish.things if _is_music(r, bool(wish.goal))]
    pointing = any(r.prons & {"it", "that"} for r in heard)
    elsewhere = len(heard) < len(refs) or any(r.placed for r in heard if r.prons)
    named = any(r.placed or r.names or r.parts for r in heard)
    whole = everywhere(refs)
    playing = any(map(ground.plays, ground.names.with_ability.get("group", ())))
    if not (playing and (heard or wish.also)):
        return False
    return whole or wish.also or (elsewhere and (pointing or named))


def _apart(wish: Wish) -> Wish:
    """ "The den's music in the kitchen": from where, and where."""
    things: list[Ref] = []
    for ref in wish.things:
        first, rest = ref.rooms[:1], ref.rooms[1:]
        if ref.kinds[-1:] == ("music",) and rest and rest[0].isdisjoint(first[0]):
            things += [replace(ref, rooms=first), Ref(rooms=rest, words=ref.words)]
        else:
            things.append(ref)
    return replace(wish, things=tuple(things))


def _is_music(ref: Ref, elsewhere: bool) -> bool:
    """ "It", "the music", "the living room's music"; or a speaker that is heard elsewhere."""
    if ref.prons & {"it", "that"} or ref.kinds[-1:] == ("music",):
        return True
    return elsewhere and bool(ref.names or ref.kinds)


def hear(wish: Wish, ground: Ground) -> list[Change]:
    """The named speakers join what plays. Raises Unclear."""
    wish = _apart(wish)
    heard = [r for r in wish.things if _is_music(r, bool(wish.goal))]
    places = [*(r for r in wish.things if r not in heard), *wish.goal]
    there = [r for r in heard if r.placed and (r.prons or (wish.also and not places))]
    heard = [r for r in heard if r.prons or r not in there]
    places += [replace(r, prons=frozenset(), kinds=()) for r in there]
    whole = everywhere([*wish.things, *wish.goal])
    things = speakers(ground, [ALL] if whole else places, wish.but)
    ids = {d.id for d in things}
    grouped = ground.names.with_ability.get("group", ())
    named = [r for r in heard if (r.placed or r.names or r.parts) and not (r.prons or whole)]
    among = {d.id for d in speakers(ground, [_source(r) for r in named])} if named else grouped
    heads = {leader(ground, i) for i in among
             if ground.plays(leader(ground, i)) and (whole or i not in ids)}  # fmt: skip
    if len(heads) != 1:
        raise Unclear(Abstention.AMBIGUOUS, "move-whence")
    head = ground.names.devices[heads.pop()]
    return together(ground, [head, *(d for d in things if d is not head)])


def _source(ref: Ref) -> Ref:
    """The speakers of "the living room's music"."""
    return replace(ref, kinds=tuple(kind for kind in ref.kinds if kind != "music"))


def _move(ground: Ground, wish: Wish) -> list[Change]:
    """The target joins what plays; then the source leaves it."""
    places = () if wish.goal else tuple(
        r for r in wish.things if r.placed and (r.bare or r.kinds == ("music",))
    )  # fmt: skip  # "move the music (in)to the kitchen"
    targets = speakers(ground, [*wish.goal, *(replace(r, kinds=()) for r in places)])
    named = [r for r in (*wish.things, *wish.source)
             if r.kinds[-1:] != ("music",) and not r.prons and r not in places]  # fmt: skip
    if len(targets) != 1 or len(named) > 1:
        raise Unclear(Abstention.NOT_UNDERSTOOD, "join-whom")
    if named:
        sources = [d.id for d in speakers(ground, named)]
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


ABILITIES = (Ability("group", groups, group, frozenset({"but", "goal", "partner", "source"})),)
