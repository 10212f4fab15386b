"""The house and its memory kept in step: restored at the start, saved as it is learned."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import asdict

from devices.device import Announcement, Device, Room
from devices.house import House
from memory.store import Store

MUSTER_S = 0.6  # before the first turn; whoever takes longer is found meanwhile
SAVE_S = 0.5  # devices arrive in crowds: one write for the crowd


async def restore(house: House, store: Store) -> None:
    """Give the house what was known before the restart."""
    rows = await store.devices()
    names = await store.given_names()
    sightings = {
        row["id"]: Announcement(**row["heard"]) for row in rows if row.get("heard") is not None
    }
    devices = [Device.model_validate(row["device"]) for row in rows]
    rooms = [Room.model_validate(row) for row in await store.rooms()]
    await house.restore(devices, rooms, names, sightings)


async def muster(house: House) -> None:
    """Wait a moment for the known devices to answer, so that the first turn need not."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(MUSTER_S), house.events() as events:
            while house.away:
                await events.get()


async def save_changes(house: House, store: Store) -> None:
    """Save devices as they are found, for ever."""
    async with house.events() as events:
        while True:
            event = await events.get()
            if event.what not in ("found", "resync"):
                continue
            await asyncio.sleep(SAVE_S)
            changed = {event.device}
            while not events.empty():
                later = events.get_nowait()
                if later.what in ("found", "resync"):
                    changed.add(later.device)
            if "" in changed:  # a resync: which ones is not known
                changed = set(house.devices)
            await _save(house, store, changed)


async def _save(house: House, store: Store, ids: set[str]) -> None:
    rows = [
        {
            "id": device.id,
            "device": device.model_dump(mode="json"),
            "heard": asdict(house.sightings[device.id]) if device.id in house.sightings else None,
        }
        for device in (house.told(i) for i in sorted(ids) if i in house.devices)
    ]
    await store.save_devices(rows)
    await store.save_rooms([room.model_dump(mode="json") for room in house.rooms.values()])
