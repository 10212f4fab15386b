"""Titles and inputs: what shall be heard or seen, where, and how loud."""

from __future__ import annotations

from collections.abc import Sequence

from devices.device import Device
from dobby.abilities.change import Ability, Change, able_to
from dobby.abilities.levels import LEVELS, absolute
from dobby.abilities.music import SOUNDING
from dobby.abilities.speakers import ALL, everywhere, leader, which
from dobby.agent.calls import Abstention
from dobby.language.grounding import Ground, Need, Unclear
from dobby.language.meaning import Do, Measure, Ref, Wish


def plays_title(do: Do, _: Ground) -> bool:
    wish = do.wish
    if wish.attribute not in {"", "volume"} or not all(map(_loud, wish.measures)):
        return False
    if wish.choices:  # titles and nothing else: "jazz and Netflix"
        return (
            len(_titles(wish)) == len(wish.choices)
            and do.act in {"play", "on", "set"}
            and not wish.text
        )
    counts = any(not (m.unit or m.how) for m in wish.measures)  # the 2 of "NDR 2"
    return do.act == "play" and bool(wish.text) and not (counts and not wish.attribute)


def _loud(measure: Measure) -> bool:
    return measure.unit in {"", "%"} and measure.how != "by"


def _titles(wish: Wish) -> list[str]:
    return [c.name for c in wish.choices if c.of in {"media", "genre"}]


def play_title(do: Do, ground: Ground) -> list[Change]:
    wish = do.wish
    item = _item(wish, ground)
    refs = [*wish.things, *wish.goal]
    targets = _targets(ground, refs, wish.but, item)
    if not targets:  # "in the den, but not the den"
        raise Unclear(Abstention.NOT_UNDERSTOOD, "play-what")
    head = targets[0]
    changes: list[Change] = []
    if len(targets) > 1:
        if not all(d.ability("group") for d in targets):
            raise which(ground, [d.id for d in targets])
        changes += [Change(d.id, "group", {"leader": head.id}) for d in targets[1:]]
    elif refs and _along(ground, head):
        changes.append(Change(head.id, "group", {"leader": head.id}))
    changes.append(Change(head.id, "media", {"item": item}))
    for measure in wish.measures[:1]:
        for device in targets:
            changes += absolute(ground.context, device, LEVELS["volume"], measure.number)
    return changes


def _item(wish: Wish, ground: Ground) -> str:
    """The title as it is to be played. Raises Unclear where there is none."""
    if named := _titles(wish):
        if len(set(named)) > 1:
            raise Unclear(Abstention.NOT_UNDERSTOOD, "play-what")
        return named[0]
    names = ground.names
    if favourite := names.favourites.meant(wish.text):
        return favourite
    if names.favourites.begun(wish.text) or names.tells_place(wish.text):  # "jazz in the sauna"
        raise Unclear(Abstention.UNKNOWN_ROOM, "which-room", rooms=ground.room_names())
    item = names.favourites.title(wish.text)
    if not item or names.favourites.tells(item) or names.named(names.stems(item)):
        raise Unclear(Abstention.NOT_UNDERSTOOD, "play-what")
    return item


def _along(ground: Ground, head: Device) -> bool:
    """Whether others play along that were not named."""
    grouped = ground.names.with_ability.get("group", ())
    return any(leader(ground, i) == leader(ground, head.id) for i in grouped if i != head.id)


def _targets(ground: Ground, refs: Sequence[Ref], but: Sequence[Ref], item: str) -> list[Device]:
    if refs or but:
        refs = [ALL] if everywhere(refs) or not refs else refs
        things = ground.things(refs, Need(able_to("media"), "play", SOUNDING), but)
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
    raise which(ground, [d.id for d in here or speakers])


# Inputs ---------------------------------------------------------------------------------------


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
        need = Need(able, "source", SOUNDING, unsaid=Ref(kinds=("tv",)))
        things = ground.things(refs, need)
    changes: list[Change] = []
    for device in things:
        power = ground.context.house.state(device.id).get("power")
        if device.ability("power") and getattr(power, "on", True) is False:
            changes.append(Change(device.id, "power", {"on": True}))
        changes.append(Change(device.id, "source", {"name": name}))
    return changes


ABILITIES = (
    Ability("source", tunes, tune, frozenset({"choices", "attribute", "goal"})),
    Ability("media", plays_title, play_title,
            frozenset({"but", "choices", "text", "goal", "degree", "measures", "attribute"})),
)  # fmt: skip
