"""The household in a real house: found by mDNS, commanded with receipts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from zeroconf import ServiceStateChange
from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf

from devices.capabilities import Capability, Group, Media, Playback, Volume
from devices.device import Command, Outcome, Receipt
from devices.drivers.sonos.driver import Sonos
from devices.house import House
from devices.virtual.sonos import SonosHousehold
from devices.virtual.sonos.household import MDNS_TYPE

from .conftest import DEADLINE_S, fresh_block


class NoVault:
    """Players need no pairing, so nothing is kept."""

    async def load(self, key: str) -> dict[str, object] | None:
        return None

    async def save(self, key: str, value: dict[str, object]) -> None: ...

    async def drop(self, key: str) -> None: ...

    async def keys(self, prefix: str) -> list[str]:
        return []


@pytest.fixture
async def house(household: SonosHousehold) -> AsyncIterator[House]:
    async with House([Sonos], NoVault()) as house, asyncio.timeout(DEADLINE_S):
        async with house.events() as events:
            for heard in household.announcements():
                house.hear(heard)
            while len(house.devices) < 3:
                await events.get()
        yield house


async def say(house: House, *commands: tuple[str, Capability]) -> list[Receipt]:
    return await house.apply([Command(device=d, set=c) for d, c in commands])


async def test_play_jazz_in_the_kitchen(household: SonosHousehold, house: House) -> None:
    kitchen = f"sonos:{household.player('Kitchen').uid}"
    (receipt,) = await say(house, (kitchen, Media(item="jazz")))

    assert receipt.outcome is Outcome.VERIFIED
    assert isinstance(receipt.after, Media)
    assert receipt.after.item == "Blue Lantern Jazz"
    assert house.devices[kitchen].room == "Kitchen"


async def test_a_group_and_its_music_are_verified(household: SonosHousehold, house: House) -> None:
    kitchen, living, bath = (f"sonos:{p.uid}" for p in household.players)
    receipts = await say(
        house,
        (kitchen, Media(item="sunday diner")),
        (living, Group(leader=kitchen)),
        (bath, Group(leader=kitchen)),
        (bath, Volume(percent=15)),
    )
    assert [r.outcome for r in receipts] == [Outcome.VERIFIED] * 4
    (paused,) = await say(house, (living, Playback(state="paused")))
    assert paused.outcome is Outcome.VERIFIED
    assert household.player("Kitchen").transport.state == "PAUSED_PLAYBACK"


async def test_receipts_tell_faults_apart(household: SonosHousehold, house: House) -> None:
    kitchen, living, bath = household.players
    kitchen.fault.gone = living.fault.refuse = bath.fault.lie = True
    receipts = await say(
        house, *((f"sonos:{p.uid}", Volume(percent=50)) for p in household.players)
    )
    assert [r.outcome for r in receipts] == [
        Outcome.UNREACHABLE, Outcome.REFUSED, Outcome.CONTRADICTED,
    ]  # fmt: skip
    assert house.away == {f"sonos:{kitchen.uid}"}


async def test_players_are_found_by_multicast_dns() -> None:
    """The records that the virtual house registers lead a browser to the players."""
    id = f"Sonos_mdns{fresh_block()}"
    wanted = {info.name for info in SonosHousehold(id=id).mdns()}
    found: set[str] = set()
    complete = asyncio.Event()

    def heard(name: str, state_change: ServiceStateChange, **_: object) -> None:
        found.add(name)
        if wanted <= found:
            complete.set()

    async with SonosHousehold(block=fresh_block(), id=id) as household:
        zeroconf = AsyncZeroconf(interfaces=["127.0.0.1"])
        try:
            browser = AsyncServiceBrowser(zeroconf.zeroconf, MDNS_TYPE, handlers=[heard])
            announcing = map(zeroconf.async_register_service, household.mdns())
            await asyncio.gather(*announcing)
            async with asyncio.timeout(DEADLINE_S):
                await complete.wait()
            player, info = household.players[0], household.mdns()[0]
            told = AsyncServiceInfo(MDNS_TYPE, info.name)
            assert await told.async_request(zeroconf.zeroconf, 3000)
            assert (told.parsed_addresses(), told.port) == ([player.host], player.port)
            assert told.decoded_properties["location"] == player.location
            await browser.async_cancel()
        finally:
            await zeroconf.async_close()
