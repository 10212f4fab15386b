"""Every ability, in the order in which they are asked whether a wish is theirs."""

from __future__ import annotations

from collections.abc import Sequence

from dobby.abilities import (
    chores,
    climate,
    colors,
    house,
    levels,
    lists,
    movement,
    music,
    openings,
    power,
    speakers,
    steps,
    timers,
    titles,
    valves,
)
from dobby.abilities.change import Ability, Change
from dobby.agent.calls import Abstention
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground
from dobby.language.meaning import Do

ABILITIES: tuple[Ability, ...] = (
    *timers.ABILITIES,
    *lists.ABILITIES,
    *house.ABILITIES,
    *chores.ABILITIES,
    *movement.ABILITIES,
    *speakers.ABILITIES,
    *titles.ABILITIES,
    *music.ABILITIES,
    *climate.ABILITIES,
    *colors.ABILITIES,
    *levels.ABILITIES,
    *valves.ABILITIES,
    *steps.ABILITIES,
    *openings.ABILITIES,
    *power.ABILITIES,
)


def consistent(changes: Sequence[Change]) -> list[Change]:
    """The changes of one sentence. Raises Unclear where one thing is to become two things."""
    seen: dict[tuple[str, str], dict[str, object]] = {}
    for change in changes:
        before = seen.setdefault((change.device, change.kind), {})
        if any(before.get(name, value) != value for name, value in change.fields.items()):
            raise Unclear(Abstention.NOT_UNDERSTOOD, "two-things-at-once", device=change.device)
        before |= change.fields
    return list(changes)


def plan(do: Do, ground: Ground) -> list[Change]:
    """What a wish comes to. Raises Unclear."""
    problem: Unclear | None = None
    for ability in ABILITIES:
        if not ability.takes(do, ground):
            continue
        if not ability.understands(do):
            continue
        try:
            return ability.plan(do, ground)
        except Unclear as failed:
            if failed.why is not Abstention.UNABLE:
                raise
            problem = problem or failed  # another ability may be meant: "stop the fan"
    raise problem or Unclear(Abstention.NOT_UNDERSTOOD, "not-understood")
