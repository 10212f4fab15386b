"""Strangers and pairings: nobody is shut out by a crowd, and no key is lost."""

from __future__ import annotations

import asyncio

import pytest

from devices.device import Announcement, NeedsPairing, Refused
from devices.house import House
from tests.devices.knocker import LAMP, Knocker, at, knocking, until


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.doorstep.RETRY_S", (0.05, 0.05))


def unknown(n: int) -> Announcement:
    return Announcement("mdns", "_airplay._tcp.local.", f"phone {n}", "10.0.0.9", 1)


async def test_a_full_doorstep_has_room_for_who_can_be_paired(vault, monkeypatch) -> None:
    """Phones come under new names for years; the bridge bought today must still be seen."""
    monkeypatch.setattr("devices.doorstep.MAX_STRANGERS", 3)
    async with knocking(vault) as (house, driver), house.events() as queue:
        driver.script = [NeedsPairing("button", "Press it.")]
        house.hear(unknown(0))
        house.hear(unknown(1))
        house.hear(at("10.0.0.1"))
        while (await until(queue, "stranger")).device != "_knock._tcp.local./lamp":
            pass
        house.hear(unknown(0))  # still here
        house.hear(unknown(2))
        house.hear(unknown(3))
        assert [s.heard.name for s in house.strangers.values()] == ["lamp", "phone 2", "phone 3"]


class Bridge(Knocker):
    """Makes its keys, and takes its time to answer with them."""

    def __init__(self, hub) -> None:
        super().__init__(hub)
        self.made, self.answer = asyncio.Event(), asyncio.Event()
        self.script = [NeedsPairing("button", "Press it.")]

    async def pair(self, heard, pin):
        self.made.set()
        await self.answer.wait()
        await self.hub.vault.save("bridge", {"key": "secret"})
        return (LAMP,)


async def test_a_pairing_is_finished_though_nobody_waits_for_it_any_more(vault) -> None:
    """The page was closed: the accessory has made its keys, and will make no others."""
    async with House((Bridge,), vault) as house, house.events() as queue:
        driver = house._drivers["knocker"]
        assert isinstance(driver, Bridge)
        house.hear(at("10.0.0.1"))
        key = (await until(queue, "stranger")).device
        asking = asyncio.create_task(house.pair(key))
        await driver.made.wait()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        driver.answer.set()
        await until(queue, "found")
        assert vault.kept["bridge"] == {"key": "secret"}
        assert LAMP.id in house.devices


async def test_a_house_that_closes_lets_a_pairing_end(vault) -> None:
    async with House((Bridge,), vault) as house, house.events() as queue:
        driver = house._drivers["knocker"]
        assert isinstance(driver, Bridge)
        house.hear(at("10.0.0.1"))
        key = (await until(queue, "stranger")).device
        asking = asyncio.create_task(house.pair(key))
        await driver.made.wait()
        asyncio.get_running_loop().call_later(0.05, driver.answer.set)
    assert vault.kept["bridge"] == {"key": "secret"}
    await asking


async def test_a_driver_that_hangs_is_asked_again(vault, monkeypatch) -> None:
    monkeypatch.setattr("devices.doorstep.VISIT_S", 0.05)

    class Hanging(Knocker):
        async def identify(self, heard):
            if not self.asked:
                self.asked.append(heard)
                await asyncio.Event().wait()
            return await super().identify(heard)

    async with House((Hanging,), vault) as house, house.events() as queue:
        house.hear(at("10.0.0.1"))
        assert (await until(queue, "found")).device == LAMP.id


class Sealed:
    """A vault whose key file is gone."""

    async def load(self, key: str) -> None:
        raise OSError(f"{key} was sealed with another key.")


async def test_a_pairing_that_cannot_be_opened_is_told_to_the_owner(vault, monkeypatch) -> None:
    monkeypatch.setattr(vault, "load", Sealed().load)

    class Keyed(Knocker):
        async def identify(self, heard):
            await self.hub.vault.load("knocker:1")
            return (LAMP,)

    async with House((Keyed,), vault) as house, house.events() as queue:
        house.hear(at("10.0.0.1"))
        key = (await until(queue, "stranger")).device
        assert house.strangers[key].message == "knocker:1 was sealed with another key."
        with pytest.raises(Refused):
            await house.pair(key, "wrong")  # it can be paired anew
