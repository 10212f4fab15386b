"""What is about more than one thing: the alarm, scenes, pictures of cameras."""

from __future__ import annotations

from dataclasses import replace

from dobby.abilities.change import Ability, Change, able_to, of_kinds
from dobby.agent.calls import Abstention
from dobby.language.clause import LIGHT
from dobby.language.grounding import Ground, Need, Unclear
from dobby.language.meaning import Do, Ref

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
    goes = {"send"} if do.wish.goal and not do.wish.things else set[str]()  # "over to dinner"
    named = [r for r in (*do.wish.things, *do.wish.goal) if r.names]
    if do.act not in {"", "on", "off", "start", "set", "do", "play", "stop"} | goes or not scenes:
        return False
    if named:
        return all(set(ids) & scenes for r in named for ids in r.names)
    return of_kinds(do, ground, "scene")


def stage(do: Do, ground: Ground) -> list[Change]:
    said = [*do.wish.things, *do.wish.goal]
    refs = [r for r in said if r.names] or said
    if any(not (r.bare or r.kinds[-1:] == ("scene",)) for r in said if r not in refs):
        raise Unclear(Abstention.NOT_UNDERSTOOD, "not-understood")  # "dinner and the lamp"
    refs = [replace(r, kinds=tuple(k for k in r.kinds if k != "scene") if r.names else r.kinds)
            for r in refs]  # fmt: skip
    things = ground.things(refs, Need(able_to("scene"), "scene"))
    active = do.act not in {"off", "stop"}
    return [Change(d.id, "scene", {"active": active}) for d in things]


# Pictures ------------------------------------------------------------------------------------


def looks(do: Do, ground: Ground) -> bool:
    if not ground.names.with_ability.get("snapshot"):
        return False
    if do.wish.attribute == "snapshot":
        return do.act in _SHOWING | LIGHT
    if do.act == "show" and _places(do):
        return True
    return do.act in {"show", ""} and of_kinds(do, ground, "camera")


_SHOWING = frozenset({"show", "read", "add", "find", ""})


def _places(do: Do) -> bool:
    return bool(do.wish.things) and all(r.bare and r.placed for r in do.wish.things)


def look(do: Do, ground: Ground) -> list[Change]:
    need = Need(able_to("snapshot"), "snapshot", ("camera",), unsaid=Ref(kinds=("camera",)))
    return [Change(d.id, "snapshot", {}) for d in ground.things(do.wish.things, need)]


ABILITIES = (
    Ability("snapshot", looks, look, frozenset({"attribute"})),
    Ability("alarm", arms, arm, frozenset({"armed", "but"})),
    Ability("scene", stages, stage, frozenset({"goal"})),
)
