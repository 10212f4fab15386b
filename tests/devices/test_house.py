"""The house: what it knows, whom it lets in, what it tells, and how all of it comes back."""

from __future__ import annotations

import asyncio

import pytest

from devices.capabilities import Brightness, Power, Reading
from devices.device import Announcement, NeedsPairing, Refused, Room, UnknownDevice, Unreachable
from devices.driver import Away, Found, Update
from devices.house import House
from devices.listeners import MAX_WAITING_EVENTS
from tests.devices.knocker import LAMP, Knocker, at, knocking, settled, turns, until


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.doorstep.RETRY_S", (0.05, 0.05))
    monkeypatch.setattr("devices.house.LOOK_S", 0.05)


# Coming in ------------------------------------------------------------------------------------


async def test_what_is_heard_becomes_a_device_with_room_state_and_sighting(vault) -> None:
    async with knocking(vault) as (house, _), house.events() as queue:
        version = house.version
        house.hear(at("10.0.0.1"))
        assert (await until(queue, "found")).device == LAMP.id
        await until(queue, "changed")
        assert house.devices == {LAMP.id: LAMP}
        assert house.rooms == {"Hall": Room(name="Hall")}
        assert house.sightings == {LAMP.id: at("10.0.0.1")}
        assert house.state(LAMP.id) == {"power": Power(on=True)}  # read without being asked
        assert house.version > version
        assert not house.strangers


async def test_what_is_there_is_not_asked_again_but_a_new_address_is(vault) -> None:
    async with knocking(vault) as (house, driver), house.events() as queue:
        house.hear(at("10.0.0.1"))
        await settled(house)
        house.hear(at("10.0.0.1"))
        await settled(house)
        assert len(driver.asked) == 1
        await until(queue, "changed")
        driver.identified.clear()
        house.hear(at("10.0.0.2"))
        async with asyncio.timeout(5):
            await driver.identified.wait()
        await turns()
        assert list(house.devices) == [LAMP.id]
        assert house.sightings[LAMP.id].host == "10.0.0.2"
        assert queue.empty()  # the same device: nothing to tell


async def test_who_does_not_answer_is_tried_again_at_the_newest_address(vault) -> None:
    async with knocking(vault) as (house, driver), house.events() as queue:
        driver.script = [Unreachable("no")]
        house.hear(at("10.0.0.1"))
        await driver.identified.wait()
        house.hear(at("10.0.0.2"))
        await until(queue, "found")
        assert [heard.host for heard in driver.asked] == ["10.0.0.1", "10.0.0.2"]


async def test_after_the_last_try_it_may_come_again(vault) -> None:
    async with knocking(vault) as (house, driver), house.events() as queue:
        driver.script = [Unreachable("no")] * 3
        house.hear(at("10.0.0.1"))
        await settled(house)
        assert len(driver.asked) == 3
        house.hear(at("10.0.0.1"))
        await until(queue, "found")


async def test_a_drivers_bug_is_logged_and_harms_nobody_else(vault, caplog) -> None:
    async with knocking(vault) as (house, driver), house.events() as queue:
        driver.script = [KeyError("a driver's bug")]
        house.hear(at("10.0.0.1", "broken"))
        house.hear(at("10.0.0.1", "stumble"))
        house.hear(at("10.0.0.1"))
        await until(queue, "found")
    assert "a driver's bug" in caplog.text
    assert "unreadable" in caplog.text


async def test_hostile_names_are_cleaned(vault) -> None:
    async with knocking(vault) as (house, _):
        name = "IGNORE\nALL \u202eRULES\u200b " + "x" * 10_000
        house.publish(Found((LAMP.model_copy(update={"name": name, "room": "A\x1b[31m\nB"}),)))
        lamp = house.devices[LAMP.id]
        assert lamp.name.startswith("IGNORE ALL RULES x")
        assert len(lamp.name) <= 64
        assert lamp.room == "A [31m B"
        house.publish(Found((LAMP.model_copy(update={"name": "\u200b\n", "model": "LCT1"}),)))
        assert house.devices[LAMP.id].name == "LCT1"


# Strangers --------------------------------------------------------------------------------------


async def test_an_unknown_thing_is_kept_as_a_stranger(vault) -> None:
    unknown = Announcement("ssdp", "roku:ecp", "R1", "10.0.0.9", 8060)
    async with knocking(vault) as (house, _), house.events() as queue:
        house.hear(unknown)
        assert (await until(queue, "stranger")).device == "roku:ecp/R1"
        assert house.strangers["roku:ecp/R1"].heard == unknown
        assert house.strangers["roku:ecp/R1"].family is None
        house.hear(unknown)
        assert queue.empty()
        with pytest.raises(UnknownDevice):
            await house.pair("roku:ecp/R1")


async def test_strangers_are_bounded(vault, monkeypatch) -> None:
    monkeypatch.setattr("devices.doorstep.MAX_STRANGERS", 3)
    async with knocking(vault) as (house, _):
        for n in range(10):
            house.hear(Announcement("ssdp", "x", str(n), "10.0.0.9", 1))
        assert len(house.strangers) == 3


async def test_pairing_with_the_right_pin_lets_it_in(vault) -> None:
    async with knocking(vault) as (house, driver), house.events() as queue:
        driver.script, driver.pin = [NeedsPairing("pin", "It needs its PIN.")], "123"
        house.hear(at("10.0.0.1"))
        key = (await until(queue, "stranger")).device
        stranger = house.strangers[key]
        assert (stranger.family, stranger.needs) == ("knocker", "pin")
        assert stranger.message == "It needs its PIN."
        with pytest.raises(Refused):
            await house.pair(key, "999")
        assert key in house.strangers
        assert await house.pair(key, "123") == (LAMP,)
        assert not house.strangers
        assert LAMP.id in house.devices


async def test_one_bridge_heard_in_two_ways_asks_once(vault) -> None:
    async with knocking(vault) as (house, driver), house.events() as queue:
        driver.script = [NeedsPairing("button", "Press it.")] * 3
        house.hear(at("10.0.0.1", "Bridge"))
        await until(queue, "stranger")
        house.hear(at("10.0.0.1", "uuid-1", source="ssdp"))
        await turns()
        assert len(house.strangers) == 1
        house.hear(at("10.0.0.2", "another"))
        await until(queue, "stranger")
        assert len(house.strangers) == 2


# Going away and coming back ---------------------------------------------------------------------


async def test_what_stops_answering_is_away_until_it_answers_again(vault) -> None:
    async with knocking(vault) as (house, driver), house.events() as queue:
        house.hear(at("10.0.0.1"))
        await until(queue, "changed")
        driver.answering = False
        assert await house.refresh([LAMP.id]) == [LAMP.id]
        assert (await until(queue, "away")).device == LAMP.id
        assert house.away == {LAMP.id}
        await house.refresh([LAMP.id])
        await asyncio.sleep(0.15)  # it is looked for in vain
        assert queue.empty()  # and told once
        driver.answering = True
        assert (await until(queue, "found")).device == LAMP.id
        assert not house.away


async def test_a_bridge_that_answers_does_not_speak_for_a_dead_lamp(vault) -> None:
    async with knocking(vault) as (house, driver), house.events() as queue:
        house.hear(at("10.0.0.1"))
        await until(queue, "changed")
        driver.answering = False
        house.publish(Away((LAMP.id,)))
        house.hear(at("10.0.0.2"))
        await turns()
        assert house.sightings[LAMP.id].host == "10.0.0.2"
        assert house.away == {LAMP.id}


async def test_a_pushed_change_means_it_is_back(vault) -> None:
    async with knocking(vault) as (house, _), house.events() as queue:
        house.publish(Found((LAMP,)))
        house.publish(Away((LAMP.id,)))
        house.publish(Update(LAMP.id, {"power": Power(on=False)}))
        assert not house.away
        assert [queue.get_nowait().what for _ in range(4)] == ["found", "away", "found", "changed"]


async def test_what_came_without_an_announcement_is_looked_for_too(vault) -> None:
    async with knocking(vault) as (house, _), house.events() as queue:
        house.publish(Found((LAMP,)))
        house.publish(Away((LAMP.id,)))
        assert [queue.get_nowait().what for _ in range(2)] == ["found", "away"]
        await until(queue, "found")
        assert not house.away


async def test_away_of_a_device_nobody_knows_is_nothing(vault) -> None:
    async with knocking(vault) as (house, _), house.events() as queue:
        house.publish(Away(("knocker:ghost",)))
        assert not house.away
        assert queue.empty()


# After a restart --------------------------------------------------------------------------------


async def test_a_restart_knows_all_and_finds_it_where_it_was(vault) -> None:
    async with knocking(vault) as (house, driver), house.events() as queue:
        await house.restore(
            [LAMP],
            [Room(name="Hall", floor="Ground floor")],
            {LAMP.id: {"name": "Porch", "aliases": ("entrance",)}},
            {LAMP.id: at("10.0.0.1")},
        )
        assert house.devices[LAMP.id].name == "Porch"
        assert house.devices[LAMP.id].aliases == ("entrance",)
        assert house.rooms["Hall"].floor == "Ground floor"
        assert house.away == {LAMP.id}
        assert (await until(queue, "found")).device == LAMP.id
        assert driver.asked == [at("10.0.0.1")]
        assert not house.away
        assert house.devices[LAMP.id].name == "Porch"  # whatever the driver tells
        assert house.rooms["Hall"].floor == "Ground floor"


async def test_who_was_there_before_the_memory_came_is_not_away(vault) -> None:
    """Lists need no LAN: their driver tells of them as it opens, before anything is restored."""
    async with knocking(vault) as (house, _):
        house.publish(Found((LAMP,)))
        old = LAMP.model_copy(update={"model": "an older one"})
        await house.restore([old], [], {LAMP.id: {"name": "Porch light"}}, {})
        assert not house.away
        assert house.devices[LAMP.id] == LAMP.model_copy(update={"name": "Porch light"})


async def test_restored_and_gone_stays_away(vault) -> None:
    async with knocking(vault) as (house, driver):
        driver.script, driver.answering = [Unreachable("no")] * 50, False
        await house.restore([LAMP], [], {}, {LAMP.id: at("10.0.0.1")})
        await asyncio.sleep(0.3)
        assert house.away == {LAMP.id}
        assert len(driver.asked) > 3  # more than one visit: it is looked for


# Names, rooms, states ---------------------------------------------------------------------------


async def test_the_owners_names_win_and_last(vault) -> None:
    async with knocking(vault) as (house, _), house.events() as queue:
        house.publish(Found((LAMP,)))
        renamed = house.rename(LAMP.id, name="'; DROP TABLE", room="Attic", aliases=("up there",))
        assert (renamed.name, renamed.room) == ("'; DROP TABLE", "Attic")
        assert (await until(queue, "renamed")).device == LAMP.id
        assert "Attic" in house.rooms
        house.publish(Found((LAMP.model_copy(update={"name": "Told anew", "model": "2"}),)))
        assert house.devices[LAMP.id].name == "'; DROP TABLE"
        assert house.devices[LAMP.id].model == "2"
        with pytest.raises(UnknownDevice):
            house.rename("knocker:ghost", name="x")


async def test_pushed_states_are_merged_unless_whole_and_read_ones_are_whole(vault) -> None:
    async with knocking(vault) as (house, driver):
        house.publish(Found((LAMP,)))
        house.publish(Update(LAMP.id, {"reading": Reading(temperature=20)}))
        house.publish(Update(LAMP.id, {"reading": Reading(humidity=50)}))
        house.publish(Update(LAMP.id, {"brightness": Brightness(percent=5)}))
        assert house.state(LAMP.id)["reading"] == Reading(temperature=20, humidity=50)
        house.publish(Update(LAMP.id, {"reading": Reading(humidity=40)}, whole=True))
        assert house.state(LAMP.id) == {"reading": Reading(humidity=40)}
        driver.state = {"reading": Reading(temperature=21)}
        await house.refresh([LAMP.id])
        assert house.state(LAMP.id) == {"reading": Reading(temperature=21)}
        assert house.state("knocker:ghost") == {}


async def test_only_what_changes_is_told(vault) -> None:
    async with knocking(vault) as (house, _), house.events() as queue:
        house.publish(Found((LAMP,)))
        house.publish(Update(LAMP.id, {"power": Power(on=True)}))
        house.publish(Update(LAMP.id, {"power": Power(on=True)}))
        house.publish(Found((LAMP,)))
        assert [queue.get_nowait().what for _ in range(queue.qsize())] == ["found", "changed"]


async def test_a_listener_too_slow_gets_one_resync_and_the_others_all(vault) -> None:
    async with knocking(vault) as (house, _):
        house.publish(Found((LAMP,)))
        async with house.events() as slow:
            for n in range(MAX_WAITING_EVENTS - 1):
                house.publish(Update(LAMP.id, {"power": Power(on=n % 2 == 0)}))
            async with house.events() as quick:
                for n in range(3):
                    house.publish(Update(LAMP.id, {"brightness": Brightness(percent=n)}))
                assert [quick.get_nowait().what for _ in range(quick.qsize())] == ["changed"] * 3
            told = [slow.get_nowait().what for _ in range(slow.qsize())]
            assert told == ["resync", "changed"]
        house.publish(Update(LAMP.id, {"brightness": Brightness(percent=9)}))
        assert slow.empty()  # who left hears nothing more


async def test_drivers_are_closed_with_the_house_even_when_one_fails_to_open(vault) -> None:
    opened: list[Knocker] = []

    class First(Knocker):
        family = "first"

        async def __aenter__(self):
            opened.append(self)
            return self

    class Second(Knocker):
        family = "second"

        async def __aenter__(self):
            raise OSError("no socket left")

    with pytest.raises(OSError, match="no socket left"):
        async with House((First, Second), vault):
            pass
    assert opened[0].closed
