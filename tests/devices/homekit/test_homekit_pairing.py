from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from devices.capabilities import Power
from devices.device import Announcement, NeedsPairing, Refused, UnknownDevice, Unreachable
from devices.drivers.homekit.driver import HomeKit
from devices.drivers.homekit.link import Link
from devices.virtual.homekit import HomeKitHouse
from devices.virtual.homekit.house import PIN
from tests.devices.homekit.conftest import ListeningHub


async def test_an_unpaired_accessory_asks_for_its_pin(
    hub: ListeningHub, heard: Announcement
) -> None:
    async with HomeKit(hub) as driver:
        with pytest.raises(NeedsPairing, match="PIN") as asked:
            await driver.identify(heard)
        assert asked.value.how == "pin"
        with pytest.raises(NeedsPairing):
            await driver.pair(heard, None)


@pytest.mark.parametrize(
    ("pin", "words"),
    [("111-22-333", "not its PIN"), ("1234", "eight digits"), ("٠٣١-٤٥-١٥٤", "eight digits")],
)
async def test_a_wrong_pin_is_refused_in_plain_words(
    hub: ListeningHub, heard: Announcement, pin: str, words: str
) -> None:
    async with HomeKit(hub) as driver:
        with pytest.raises(Refused, match=words):
            await driver.pair(heard, pin)
        assert not hub.vault.kept


@pytest.mark.parametrize("pin", [PIN, "03145154", " 031 45 154"])
async def test_the_right_pin_pairs_however_it_is_written(
    hub: ListeningHub, heard: Announcement, house: HomeKitHouse, pin: str
) -> None:
    async with HomeKit(hub) as driver:
        devices = await driver.pair(heard, pin)
        assert {d.id for d in devices} == set(house.devices)
        assert list(hub.vault.kept) == [f"homekit:{house.hap_id}"]


async def test_a_right_pin_works_after_a_wrong_one(hub: ListeningHub, heard: Announcement) -> None:
    async with HomeKit(hub) as driver:
        with pytest.raises(Refused):
            await driver.pair(heard, "999-88-777")
        assert await driver.pair(heard, PIN)


async def test_an_accessory_paired_elsewhere_says_so(driver: HomeKit, house: HomeKitHouse) -> None:
    stranger = ListeningHub()
    async with HomeKit(stranger) as other:
        with pytest.raises(Refused, match="already paired"):
            await other.pair(house.announcements()[0], PIN)
        paired = replace(house.announcements()[0], properties={"id": house.hap_id, "sf": "0"})
        with pytest.raises(NeedsPairing, match="another controller"):
            await other.identify(paired)


async def test_a_pairing_outlives_the_driver_without_an_announcement(
    hub: ListeningHub, heard: Announcement, ids: dict[str, str]
) -> None:
    async with HomeKit(hub) as driver:
        await driver.pair(heard, PIN)
    hub.events.clear()
    async with HomeKit(hub) as driver:
        await hub.found(ids["Coffee machine"])
        assert await driver.read(ids["Coffee machine"]) == {"power": Power(on=False)}
        again = await driver.identify(heard)
        assert {d.id for d in again} == set(ids.values())


async def test_both_sides_may_restart_and_the_port_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Link, "connect_s", 0.5)
    monkeypatch.setattr("devices.drivers.homekit.session.GRACE_S", 0.5)
    hub = ListeningHub()
    async with HomeKit(hub, pulse_s=1.0) as driver:
        async with HomeKitHouse(tmp_path) as house:
            first = house.announcements()[0]
            await driver.pair(first, PIN)
            lamp = next(i for i, thing in house.devices.items() if thing.name == "Desk lamp")
        await hub.away(lamp)
        with pytest.raises(Unreachable):
            await driver.read(lamp)
        async with HomeKitHouse(tmp_path) as house:
            second = house.announcements()[0]
            assert second.port != first.port
            await driver.identify(second)
            await hub.found(lamp)
            await driver.apply(lamp, Power(on=True))
            assert (await driver.read(lamp))["power"] == Power(on=True)
            async with HomeKit(hub) as restarted:  # the new port was kept with the keys
                async with asyncio.timeout(5):
                    await hub.found(lamp)
                assert (await restarted.read(lamp))["power"] == Power(on=True)


async def test_a_reset_accessory_has_to_be_paired_again(tmp_path: Path) -> None:
    hub = ListeningHub()
    async with HomeKit(hub) as driver, HomeKitHouse(tmp_path) as house:
        await driver.pair(house.announcements()[0], PIN)
        lamp = next(iter(house.devices))
        assert await driver.forget(house.announcements()[0]) == ""
        assert not hub.vault.kept
        with pytest.raises(UnknownDevice):
            await driver.read(lamp)
        heard = house.announcements()[0]
        await driver.pair(heard, PIN)
        house.reset()
        with pytest.raises(NeedsPairing):
            await driver.identify(heard)
        await driver.pair(heard, PIN)
        assert await driver.read(lamp)


async def test_keys_that_make_no_sense_do_not_stop_the_driver(
    hub: ListeningHub, heard: Announcement, house: HomeKitHouse
) -> None:
    hub.vault.kept[f"homekit:{house.hap_id}"] = {"AccessoryPairingID": 5}
    async with HomeKit(hub) as driver:
        with pytest.raises(NeedsPairing):
            await driver.identify(heard)
        assert await driver.pair(heard, PIN)


@pytest.mark.parametrize(
    "heard",
    [
        Announcement("mdns", "_hap._tcp.local.", "x", "127.0.0.1", 1, {"id": "not an id"}),
        Announcement("mdns", "_hap._tcp.local.", "x", "127.0.0.1", 1, {}),
        Announcement("mdns", "_hue._tcp.local.", "x", "127.0.0.1", 1, {"id": "aa:bb:cc:dd:ee:ff"}),
    ],
)
def test_only_accessories_are_recognised(hub: ListeningHub, heard: Announcement) -> None:
    assert not HomeKit(hub).recognises(heard)
    good = replace(heard, service="_hap._tcp.local.", properties={"id": "AA:BB:CC:DD:EE:FF"})
    assert HomeKit(hub).recognises(good)


async def test_an_announcement_full_of_nonsense_is_survived(hub: ListeningHub) -> None:
    heard = Announcement(
        "mdns", "_hap._tcp.local.", "\x00\u202e" * 500, "127.0.0.1", 9,
        {"id": "aa:bb:cc:dd:ee:ff", "c#": "-9" * 400, "sf": "²", "ff": "nan", "ci": "900"},
    )  # fmt: skip
    async with HomeKit(hub) as driver:
        with pytest.raises(NeedsPairing):
            await driver.identify(heard)


async def test_an_announcement_during_the_pairing_makes_no_second_session(
    hub: ListeningHub, heard: Announcement, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The accessory announces at once that it is paired now, while the keys are being kept."""
    load, save = hub.vault.load, hub.vault.save
    kept = asyncio.Event()

    async def slow_load(key: str) -> dict[str, object] | None:
        record = await load(key)
        if record is not None:
            await asyncio.sleep(0.1)
        return record

    async def saved(key: str, value: dict[str, object]) -> None:
        await save(key, value)
        kept.set()
        await asyncio.sleep(0.05)

    monkeypatch.setattr(hub.vault, "load", slow_load)
    monkeypatch.setattr(hub.vault, "save", saved)
    async with HomeKit(hub) as driver:
        pairing = asyncio.create_task(driver.pair(heard, PIN))
        await kept.wait()
        assert await driver.identify(heard)
        assert await pairing
        watches = [t for t in asyncio.all_tasks() if t.get_name().startswith("homekit ")]
        assert len(watches) == 1
    assert not [t for t in asyncio.all_tasks() if t.get_name().startswith("homekit ")]


async def test_one_pairing_that_cannot_be_opened_spares_the_others(
    hub: ListeningHub, heard: Announcement
) -> None:
    load, lost = hub.vault.load, "homekit:00:00:00:00:00:01"
    async with HomeKit(hub) as driver:
        devices = await driver.pair(heard, PIN)
    hub.vault.kept = {lost: {}, **hub.vault.kept}

    async def load_or_refuse(key: str) -> dict[str, object] | None:
        if key == lost:
            raise Refused("It was sealed with another key.")
        return await load(key)

    hub.vault.load = load_or_refuse  # type: ignore[method-assign]
    async with HomeKit(hub) as driver:
        assert await driver.identify(heard) == devices
