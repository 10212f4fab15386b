"""Clauses about sound: what plays, where, together with whom, and how loud it may be."""

from __future__ import annotations

from devices.device import Device
from dobby.agent.calls import Abstention
from dobby.agent.reflex.clauses import Clause, Noun
from dobby.agent.reflex.ground import Ground, not_understood, only
from dobby.agent.reflex.reader import ClauseReader
from dobby.agent.reflex.targets import Unresolved, Wanted
from dobby.agent.reflex.wishes import Change, able_to

_MUSIC = Noun(kinds=["music"], words=["the music"])
_STATES = {"pause": "paused", "stop": "stopped", "resume": "playing", "play": "playing"}


def plays(ground: Ground, device: str) -> bool:
    state = ground.context.house.state(device).get("playback")
    return getattr(state, "state", None) == "playing"


def leader(ground: Ground, device: str) -> str:
    """The speaker whose music this one plays."""
    group = getattr(ground.context.house.state(device).get("group"), "leader", None)
    return group if isinstance(group, str) and group in ground.index.devices else device


def audible(ground: Ground, clause: Clause, things: list[Device]) -> list[Device]:
    """Of a bare room's sound, what can be heard now: what plays, else its speakers, not its TV."""
    if not any(n.place_only for n in clause.nouns) and clause.nouns:
        return things
    loud = [d for d in things if plays(ground, d.id) or (d.kind == "tv" and _shows(ground, d.id))]
    return loud or [d for d in things if d.kind == "speaker"] or things


def _shows(ground: Ground, device: str) -> bool:
    state = ground.context.house.state(device)
    return getattr(state.get("power"), "on", False) is True


# -- play, pause, stop, resume; next and previous


def transports(ground: Ground, clause: Clause) -> bool:
    return bool(clause.verbs & {"pause", "stop", "resume", "play"}) and not clause.valued


def transport(ground: Ground, clause: Clause) -> list[Change]:
    only(clause)
    _drop_pointing(ground, clause)
    state = next(s for v, s in _STATES.items() if v in clause.verbs)
    if clause.attrs:
        raise not_understood(clause)
    wanted = Wanted(able_to("playback"), f"be {state}", ("speaker", "tv"))
    swept = any("everything" in n.quants or "everywhere" in n.quants for n in clause.nouns)
    if state == "playing" and swept:
        raise Unresolved(Abstention.NOT_UNDERSTOOD, "What shall play everywhere?")
    things = ground.things(
        clause, wanted, _MUSIC, lambda d: plays(ground, d.id) or state == "playing"
    )
    if swept:
        things = [d for d in things if plays(ground, d.id)]
    elif any(n.place_only for n in clause.nouns):
        things = audible(ground, clause, things)
    if state == "playing" and all(plays(ground, d.id) for d in things):
        raise Unresolved(Abstention.NOT_UNDERSTOOD, "It is playing already. What shall I play?")
    return [Change(d.id, "playback", {"state": state}) for d in things]


def _drop_pointing(ground: Ground, clause: Clause) -> None:
    """ "Pause that", "skip this one": what plays, when nothing else was spoken of."""
    spoken = [d for d in ground.context.dialogue.devices if plays(ground, d)]
    if not spoken:
        clause.nouns = [n for n in clause.nouns if not n.prons & {"it", "that", "one"} or n.kinds]


def skips(ground: Ground, clause: Clause) -> bool:
    return bool(clause.verbs & {"next", "previous"})


def skip(ground: Ground, clause: Clause) -> list[Change]:
    only(clause)
    _drop_pointing(ground, clause)
    to = "next" if "next" in clause.verbs else "previous"
    things = ground.things(
        clause, Wanted(able_to("skip"), "skip", ("speaker", "tv")), _MUSIC,
        lambda d: plays(ground, d.id),
    )  # fmt: skip
    leaders = dict.fromkeys(leader(ground, d.id) for d in things)
    if len(leaders) > 1:  # "skip in the den": what plays there
        leaders = {d: None for d in leaders if plays(ground, d)} or leaders
    if len(leaders) > 1:
        names = " or ".join(ground.index.label(d) for d in leaders)
        raise Unresolved(Abstention.AMBIGUOUS, f"Which one: {names}?", tuple(leaders))
    return [Change(d, "skip", {"to": to}) for d in leaders]


# -- mute, shuffle, repeat


def mutes(ground: Ground, clause: Clause) -> bool:
    return bool((clause.verbs | set(clause.ways)) & {"mute", "unmute", "muted"})


def mute(ground: Ground, clause: Clause) -> list[Change]:
    only(clause, "ways", "attrs")
    if set(clause.attrs) - {"volume"} or set(clause.ways) - {
        "mute",
        "unmute",
        "muted",
        "off",
        "on",
    }:
        raise not_understood(clause)
    muted = (
        "unmute" not in clause.verbs and "unmute" not in clause.ways and "off" not in clause.ways
    )
    things = ground.things(clause, Wanted(able_to("mute"), "be muted", ("speaker", "tv")), _MUSIC)
    things = audible(ground, clause, things)
    return [Change(d.id, "mute", {"muted": muted}) for d in things]


def orders(ground: Ground, clause: Clause) -> bool:
    return bool(clause.verbs & {"shuffle", "repeat"}) or "play_mode" in clause.attrs


def order(ground: Ground, clause: Clause) -> list[Change]:
    only(clause, "ways", "attrs")
    if set(clause.ways) - {"on", "off"} or set(clause.attrs) - {"play_mode"}:
        raise not_understood(clause)
    on = "off" not in clause.ways and not clause.verbs & {"off", "stop"}
    text = clause.text
    pointed = any(n.prons & {"it", "that", "one"} for n in clause.nouns)
    _drop_pointing(ground, clause)
    if "shuffle" in text:
        fields: dict[str, object] = {"shuffle": on}
    else:
        one = on and (pointed or any(w in text for w in ("song", "track", "tune")))
        fields = {"repeat": ("one" if one else "all") if on else "off"}
    things = ground.things(
        clause, Wanted(able_to("play_mode"), "shuffle or repeat", ("speaker",)), _MUSIC
    )
    return [Change(d.id, "play_mode", fields) for d in things]


# -- groups


def _speakers(ground: Ground, nouns: list[Noun], doing: str = "play music") -> list[Device]:
    wanted = Wanted(able_to("group"), doing, ("speaker",))
    return ground.things(Clause(nouns=nouns), wanted)


def groups(ground: Ground, clause: Clause) -> bool:
    if not ground.index.with_ability.get("group") or clause.measures:
        return False
    adds = "add" in clause.verbs and any(n.prep in {"to", "with"} for n in clause.nouns)
    return bool(clause.verbs & {"group", "ungroup", "moveto"}) or (adds and len(clause.nouns) == 2)


def group(ground: Ground, clause: Clause) -> list[Change]:
    only(clause)
    if "moveto" in clause.verbs and "group" not in clause.verbs:
        return _move(ground, clause)
    if not clause.nouns:
        raise Unresolved(Abstention.AMBIGUOUS, "Which speakers?")
    if "ungroup" in clause.verbs:
        nouns = [n for n in clause.nouns if n.prep != "from"]
        ground.heed(*(n for n in clause.nouns if n.prep == "from"))
        return [Change(d.id, "group", {"leader": d.id}) for d in _speakers(ground, nouns)]
    things = _speakers(ground, clause.nouns, "be grouped")
    target = _joined(clause)
    return together(ground, things, _speakers(ground, [target])[0] if target else things[0])


def _joined(clause: Clause) -> Noun | None:
    """Whom the others shall join: "the terrace to the snug", "the terrace joins the snug"."""
    named = next((n for n in clause.nouns if n.prep in {"to", "with"}), None)
    if named or len(clause.nouns) != 2 or clause.verb_text not in {"join", "joins"}:
        return named
    verb = next(i for i, s in enumerate(clause.spans) if s.text == clause.verb_text)
    before = ClauseReader(clause.spans[:verb]).read()
    return clause.nouns[1] if before.nouns else None


def together(ground: Ground, things: list[Device], behind: Device | None = None) -> list[Change]:
    """Groups behind the one that plays; else behind who is to be joined, or the first."""
    if len(things) < 2:
        raise Unresolved(Abstention.AMBIGUOUS, "With which other speaker?")
    playing = [d for d in things if plays(ground, d.id)]
    if len({leader(ground, d.id) for d in playing}) > 1:
        names = " or ".join(d.name for d in playing)
        raise Unresolved(Abstention.AMBIGUOUS, f"Whose music: {names}?")
    first = playing[0] if playing else behind or things[0]
    head = leader(ground, first.id)
    head = head if head in {d.id for d in things} else first.id
    return [Change(d.id, "group", {"leader": head}) for d in things if d.id != head]


def _move(ground: Ground, clause: Clause) -> list[Change]:
    """The target joins what plays; then the source leaves it."""
    targets = [n for n in clause.nouns if n.prep in {"to", "in", "on"}]
    others = [n for n in clause.nouns if n not in targets and not _is_music(n)]
    ground.heed(*(n for n in clause.nouns if n not in targets and _is_music(n)))
    if (
        len(targets) != 1
        or len(others) > 1
        or any(n.prep not in {"from", "of", ""} for n in others)
    ):
        raise not_understood(clause)
    (target,) = one_of(_speakers(ground, targets))
    if others:
        (source,) = one_of(_speakers(ground, others))
    else:
        playing = [d for d in ground.index.with_ability["group"] if plays(ground, d)]
        leaders = {leader(ground, d) for d in playing} - {target.id}
        if len(leaders) != 1:
            raise Unresolved(Abstention.AMBIGUOUS, "From which speaker shall the music move?")
        source = ground.index.devices[leaders.pop()]
    if source.id == target.id:
        raise Unresolved(Abstention.NOT_UNDERSTOOD, f"The music is on {source.name} already.")
    return [
        Change(target.id, "group", {"leader": leader(ground, source.id)}),
        Change(source.id, "group", {"leader": source.id}),
        Change(source.id, "playback", {"state": "paused"}),
    ]


def one_of(things: list[Device]) -> list[Device]:
    if len(things) != 1:
        names = " or ".join(d.name for d in things)
        raise Unresolved(Abstention.AMBIGUOUS, f"Which one: {names}?", tuple(d.id for d in things))
    return things


def _is_music(noun: Noun) -> bool:
    return (bool(noun.kinds) and noun.kinds[-1] == "music") or bool(noun.prons & {"it", "that"})


WISHES = (
    (groups, group), (skips, skip), (orders, order), (mutes, mute), (transports, transport),
)  # fmt: skip
