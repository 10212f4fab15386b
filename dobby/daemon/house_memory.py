"""The house and its memory kept in step: restored at the start, saved as it is learned."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import asdict

from pydantic import TypeAdapter, ValidationError

from devices.device import Announcement, Device, Room
from devices.house import House
from memory.records import Json
from memory.store import Store

_HEARD = TypeAdapter(Announcement | None)

KNOWN_S = 0.6  # before the first turn; whoever takes longer is found meanwhile
NEWS = ("found", "forgotten", "resync")
SAVE_S = 0.5  # devices arrive in crowds: one write for the crowd


async def restore(house: House, store: Store) -> None:
    """Give the house what was known before the restart, without what cannot be read."""
    known = [one for row in await store.devices() if (one := await _device(store, row))]
    rooms = [one for row in await store.rooms() if (one := await _room(store, row))]
    sightings = {device.id: heard for device, heard in known if heard is not None}
    lost = [await _device(store, row) for row in await store.forgotten_devices()]
    gone = [one[0] for one in lost if one]
    devices = [device for device, _ in known]
    await house.restore(devices, rooms, await store.given_names(), sightings, gone)


async def _device(store: Store, row: Json) -> tuple[Device, Announcement | None] | None:
    try:
        heard = _HEARD.validate_python(row.get("heard"))
        return Device.model_validate(row.get("device")), heard
    except ValidationError as error:  # found anew when it is heard
        await store.left_out("devices", row, _why(error))
        return None


async def _room(store: Store, row: Json) -> Room | None:
    try:
        return Room.model_validate(row)
    except ValidationError as error:
        await store.left_out("rooms", row, _why(error))
        return None


def _why(error: ValidationError) -> str:
    where = error.errors(include_input=False, include_url=False)[0]["loc"]
    return f"unreadable: {'.'.join(map(str, where))}"


async def wait_for_known(house: House) -> None:
    """Wait a moment for the known devices to answer, so that the first turn need not."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(KNOWN_S), house.events() as events:
            while house.away:
                await events.get()


async def save_changes(house: House, store: Store) -> None:
    """Save devices as they are found and forgotten, for ever; first those that were found before
    anybody listened."""
    async with house.events() as events:
        kept = {row.get("id") for row in await store.devices()}
        await _save(house, store, house.devices.keys() - kept)
        while True:
            event = await events.get()
            if event.what not in NEWS:
                continue
            await asyncio.sleep(SAVE_S)
            changed = {event.device}
            while not events.empty():
                later = events.get_nowait()
                if later.what in NEWS:
                    changed.add(later.device)
            if "" in changed:  # a resync: which ones is not known
                changed = {*house.devices, *(row["id"] for row in await store.devices())}
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
    await store.forget_devices([i for i in ids if i not in house.devices])
    await _save_inherited(house, store, [str(row["id"]) for row in rows])
    await store.save_rooms([room.model_dump(mode="json") for room in house.rooms.values()])


async def _save_inherited(house: House, store: Store, ids: Sequence[str]) -> None:
    """Keep the names that devices took over from those in whose place they came."""
    kept = await store.given_names()
    for device in ids:
        if device in kept or device not in house.devices or not (given := house.given(device)):
            continue
        name, room = (str(given[key]) if key in given else None for key in ("name", "room"))
        await store.rename(device, name=name, room=room)
        for alias in given.get("aliases", ()):
            await store.rename(device, alias=alias)
