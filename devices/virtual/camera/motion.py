"""Whether something moves in a clip, by what its pictures cost: a still scene is cheap to code."""

from __future__ import annotations

from collections.abc import Sequence

from devices.virtual.camera.clip import Clip

_BUSY = 3.0  # times what the quietest tenth of the clip costs
_LEAST = 2000  # bytes a second


def movement(clip: Clip) -> Sequence[bool]:
    """Second by second of the clip. Key pictures do not count: those cost the same at all times."""
    costs = [0] * (int(clip.duration) + 1)
    for unit in clip.units:
        if not unit.key:
            costs[int(unit.sent)] += sum(len(nal) for nal in unit.nals)
    quiet = sorted(costs)[len(costs) // 10]
    return [cost > max(_LEAST, _BUSY * quiet) for cost in costs]
