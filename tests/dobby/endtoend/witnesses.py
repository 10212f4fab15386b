"""What the devices themselves say, to clients that share no code with Dobby's drivers."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

import aiohttp
import soco
from aiohomekit.characteristic_cache import CharacteristicCacheMemory
from aiohomekit.controller.ip.controller import IpController
from aiohomekit.controller.ip.pairing import IpPairing
from aiohomekit.model.characteristics import CharacteristicsTypes
from cryptography.fernet import Fernet
from zeroconf.asyncio import AsyncZeroconf

from tests.dobby.endtoend.processes import VirtualHouseProcess


class Speakers:
    """The Sonos household through SoCo, by zone."""

    def __init__(self, host: str) -> None:
        self._host = host

    async def zone(self, name: str) -> dict[str, Any]:
        return await asyncio.to_thread(self._look, name)

    def _look(self, name: str) -> dict[str, Any]:
        first = soco.SoCo(self._host)
        first.zone_group_state.clear_cache()
        player = next(p for p in first.all_zones if p.player_name == name)
        group = player.group
        return {
            "volume": player.volume,
            "mute": player.mute,
            "state": group.coordinator.get_current_transport_info()["current_transport_state"],
            "group": {p.player_name for p in group.members},
            "title": group.coordinator.get_current_media_info()["channel"],
            "uri": group.coordinator.get_current_media_info()["uri"],
        }


class Lamps:
    """The Hue bridge over plain HTTP, with a key of its own."""

    def __init__(self, house: VirtualHouseProcess) -> None:
        self._house = house
        self._key = ""

    async def pair(self) -> None:
        told = await self._ask("POST", "/api", {"devicetype": "test#witness"})
        self._key = told[0]["success"]["username"]

    async def lamp(self, name: str) -> dict[str, Any]:
        """Its ``light`` resource; scenes by ``scene``."""
        found = await self._ask("GET", "/clip/v2/resource/light")
        return next(r for r in found["data"] if r["metadata"]["name"] == name)

    async def _ask(self, method: str, path: str, body: object = None) -> Any:
        headers = {"hue-application-key": self._key}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.request(
                method, f"https://{self._house.bridge}{path}", json=body, ssl=False
            ) as answer,
        ):
            return json.loads(await answer.text())


class Accessories:
    """The HomeKit bridge through aiohomekit, with the keys that Dobby was given."""

    def __init__(self, house: VirtualHouseProcess, home: Path) -> None:
        self._house = house
        self._home = home

    async def open(self, zeroconf: AsyncZeroconf) -> None:
        record = self._record()
        self._pairing = IpPairing(IpController(CharacteristicCacheMemory(), zeroconf), record)
        found = await self._pairing.list_accessories_and_characteristics()
        self._places = {
            (accessory["aid"], c["type"].upper()): c["iid"]
            for accessory in found
            for service in accessory["services"]
            for c in service["characteristics"]
        }

    async def close(self) -> None:
        await self._pairing.shutdown()

    async def value(self, name: str, characteristic: str) -> Any:
        aid = int(self._house.ids[name].partition("/")[2])
        where = (aid, self._places[aid, getattr(CharacteristicsTypes, characteristic).upper()])
        return (await self._pairing.get_characteristics([where]))[where]["value"]

    def _record(self) -> Any:
        seal = Fernet((self._home / "vault.key").read_bytes().strip())
        with sqlite3.connect(f"file:{self._home}/dobby.db?mode=ro", uri=True) as db:
            row = db.execute("SELECT sealed FROM vault WHERE key LIKE 'homekit:%'").fetchone()
        return json.loads(seal.decrypt(row[0].encode()))
