"""Who has gone away is searched for: it may be back at another address before it says so."""

from __future__ import annotations

from devices.bridges import bridge_of
from devices.discovery import Discovery
from devices.house import House


async def seek_the_away(house: House, discovery: Discovery) -> None:
    """For ever. A lamp that only its bridge misses is not to be found on the network."""
    async with house.events() as events:
        while True:
            event = await events.get()
            if event.what == "resync" or (event.what == "away" and _is_lost(house, event.device)):
                discovery.miss()


def _is_lost(house: House, device: str) -> bool:
    """Whether all that is behind the same bridge is away with it."""
    beside = (d for d in house.devices if bridge_of(d) == bridge_of(device))
    return house.away.issuperset(beside)
