"""What plays: on and off, forth and back, silent, in which order."""

from __future__ import annotations

from collections.abc import Sequence

from devices.device import Device
from dobby.abilities.change import Ability, Change, able_to
from dobby.abilities.speakers import hear, hears, leader, which
from dobby.agent.calls import Abstention
from dobby.language.declining import Unclear
from dobby.language.grounding import Able, Ground, Need
from dobby.language.meaning import Do, Ref, Wish

MUSIC = Ref(kinds=("music",))
_STATES = {"pause": "paused", "stop": "stopped", "resume": "playing", "play": "playing"}
SOUNDING = ("speaker", "tv")


def _pointed(ground: Ground, wish: Wish) -> Sequence[Ref]:
    """ "Pause that": what plays, when nothing else was spoken of."""
    if any(ground.plays(d) for d in ground.context.dialogue.devices):
        return wish.things
    return [r for r in wish.things if not r.prons & {"it", "that", "one"} or r.kinds]


def _players(do: Do, ground: Ground, ability: str, recent: Able | None = None) -> list[Device]:
    need = Need(able_to(ability), do.act, SOUNDING, unsaid=MUSIC, recent=recent)
    things = ground.things(_pointed(ground, do.wish), need, do.wish.but)
    return ground.audible(do.wish.things, things)


# Play, pause, stop, resume; next and previous ------------------------------------------------


def transports(do: Do, _: Ground) -> bool:
    wish = do.wish
    music = bool(wish.things) and all(ref.kinds[-1:] == ("music",) for ref in wish.things)
    if wish.choices:  # "stop the jazz"
        return do.act in {"pause", "stop", "off"} and _titles(wish)
    placed = music and any(ref.placed or wish.also for ref in wish.things)
    return (
        do.act in _STATES
        or (do.act in {"on", "off"} and music)
        or (do.act in {"", "set", "send"} and placed)
    )


def _titles(wish: Wish) -> bool:
    return all(c.of in {"media", "genre"} for c in wish.choices)


def transport(do: Do, ground: Ground) -> list[Change]:
    if do.act in {"", "on", "set", "send"}:  # "music in the kitchen"
        do = Do("play", do.wish)
    state = _STATES.get(do.act, "paused")  # "music off": the television stays on
    playing = state == "playing"
    if playing and hears(do.wish, ground):
        return hear(do.wish, ground)
    if do.wish.goal or (playing and do.wish.choices):
        raise Unclear(Abstention.NOT_UNDERSTOOD, "play-what")
    things = _players(do, ground, "playback", lambda d: playing or ground.plays(d.id))
    things = _playing_title(do.wish, ground, things)
    if any(r.quants & {"all", "everything", "everywhere"} for r in do.wish.things):
        if playing:
            raise Unclear(Abstention.NOT_UNDERSTOOD, "play-what")
        things = [d for d in things if ground.plays(d.id)] or things
    heads = list(dict.fromkeys(leader(ground, d.id) for d in things)) if playing else []
    if playing and all(ground.plays(head) for head in heads):
        raise Unclear(Abstention.AMBIGUOUS, "playing-already")
    if len(heads) > 1:
        raise which(ground, heads)
    ids = heads or [d.id for d in things]
    return [Change(i, "playback", {"state": state}) for i in ids]


def _playing_title(wish: Wish, ground: Ground, things: list[Device]) -> list[Device]:
    """Of ``things``, those that play the title that shall be silent. Raises Unclear for none."""
    titles = {c.name for c in wish.choices if c.of == "media"}

    def item(device: Device) -> object:
        return getattr(ground.context.house.state(device.id).get("media"), "item", None)

    found = [d for d in things if item(d) in titles and ground.plays(d.id)] if titles else things
    if not found:
        raise Unclear(Abstention.NOT_UNDERSTOOD, "plays-not", what=", ".join(sorted(titles)))
    return found


def skips(do: Do, _: Ground) -> bool:
    return do.act in {"next", "previous"}


def skip(do: Do, ground: Ground) -> list[Change]:
    things = _players(do, ground, "skip", lambda d: ground.plays(d.id))
    heads = list(dict.fromkeys(leader(ground, d.id) for d in things))
    if len(heads) > 1:  # "skip in the den": what plays there
        heads = [d for d in heads if ground.plays(d)] or heads
    if len(heads) > 1:
        raise which(ground, heads)
    return [Change(i, "skip", {"to": do.act}) for i in heads]


def mutes(do: Do, _: Ground) -> bool:
    return do.act in {"mute", "unmute"}


def mute(do: Do, ground: Ground) -> list[Change]:
    muted = do.act == "mute"
    return [Change(d.id, "mute", {"muted": muted}) for d in _players(do, ground, "mute")]


def orders(do: Do, _: Ground) -> bool:
    return do.act in _ORDERS


_ORDERS: dict[str, dict[str, object]] = {
    "shuffle": {"shuffle": True}, "unshuffle": {"shuffle": False}, "repeat": {"repeat": "all"},
    "repeat-one": {"repeat": "one"}, "unrepeat": {"repeat": "off"},
}  # fmt: skip


def order(do: Do, ground: Ground) -> list[Change]:
    pointed = any(ref.prons & {"it", "that", "one"} for ref in do.wish.things)
    if do.act == "repeat" and pointed:  # "put this one on repeat"
        do = Do("repeat-one", do.wish)
    return [Change(d.id, "play_mode", _ORDERS[do.act]) for d in _players(do, ground, "play_mode")]


ABILITIES = (
    Ability("skip", skips, skip, frozenset({"but"})),
    Ability("mute", mutes, mute, frozenset({"attribute", "but"})),
    Ability("play mode", orders, order, frozenset({"but"})),
    Ability("playback", transports, transport, frozenset({"but", "goal", "choices", "degree"})),
)
