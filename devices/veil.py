"""What is not to be known through a device that shall look at nothing: who moves before it."""

from __future__ import annotations

from collections.abc import Callable

from devices.capabilities import Reading, State

IsVeiled = Callable[[str], bool]


def nothing_is(device: str) -> bool:
    return False


def unmoved(state: State) -> State:
    """The same, without a word on who moves there."""
    reading = state.get(Reading.kind)
    if not isinstance(reading, Reading) or (reading.motion is None and reading.occupancy is None):
        return state
    rest = {kind: value for kind, value in state.items() if kind != Reading.kind}
    still = reading.model_copy(update={"motion": None, "occupancy": None})
    return {**rest, Reading.kind: still} if still.said() else rest
