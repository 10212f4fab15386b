"""Commands to receipts: in parallel, in order, in time, and never believed without a look."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

import pytest

from devices.capabilities import (
    Brightness,
    Capability,
    Climate,
    Lock,
    Playback,
    Position,
    Power,
    Reading,
    Source,
    State,
)
from devices.device import Command, Outcome, Receipt
from devices.driver import Update
from devices.house import House
from devices.virtual.declared import Declared


def on(device: str) -> Command:
    return Command(device=f"declared:{device}", set=Power(on=True))


async def one(house: House, device: str, wanted: Capability, deadline_s: float = 40.0) -> Receipt:
    command = Command(device=f"declared:{device}", set=wanted)
    return (await house.apply([command], deadline_s))[0]


async def test_a_receipt_tells_before_after_and_that_it_was_read_back(declare) -> None:
    async with declare({"lamp": {"kind": "light", "state": {"brightness": 10}}}) as house:
        receipt = await one(house, "lamp", Brightness(percent=40))
    assert receipt.outcome is Outcome.VERIFIED
    assert receipt.verified
    assert receipt.before == Brightness(percent=10)
    assert receipt.after == Brightness(percent=40)
    assert 0 <= receipt.seconds < 1


async def test_each_fault_has_its_outcome_and_none_spoils_the_next(declare, monkeypatch) -> None:
    monkeypatch.setattr(Power, "settles_s", 1.0)
    state = {"power": False}
    lamps = {
        name: {"kind": "light", "state": state, "fault": fault}
        for name, fault in {
            "good": None, "gone": "gone", "refuse": "refuse", "lie": "lie", "slow": "slow",
        }.items()
    }  # fmt: skip
    async with declare(lamps) as house:
        receipts = await house.apply([on(name) for name in lamps])
        away = house.away
    told = {r.command.device.removeprefix("declared:"): (r.outcome, r.reason) for r in receipts}
    assert told["good"] == (Outcome.VERIFIED, "")
    assert told["slow"] == (Outcome.VERIFIED, "")
    assert told["gone"] == (Outcome.UNREACHABLE, "It does not answer.")
    assert told["refuse"] == (Outcome.REFUSED, "It refused.")
    assert told["lie"][0] is Outcome.CONTRADICTED
    assert away == {"declared:gone"}
    assert [r.command for r in receipts] == [on(name) for name in lamps]


async def test_devices_go_in_parallel(declare) -> None:
    lamps = {f"lamp{n}": {"kind": "light", "fault": "slow"} for n in range(20)}
    async with declare(lamps) as house:
        started = time.monotonic()
        receipts = await house.apply([on(name) for name in lamps])
    assert all(r.verified for r in receipts)
    assert time.monotonic() - started < 3  # each takes 1 s: the command and the look


class Recording(Declared):
    """Remembers who was served when."""

    log: list[tuple[str, str, Capability]]

    async def apply(self, device: str, command: Capability) -> None:
        log = self.__dict__.setdefault("log", [])
        log.append(("in", device, command))
        await asyncio.sleep(0.01)
        await super().apply(device, command)
        log.append(("out", device, command))


async def test_one_device_is_served_in_order_and_one_at_a_time(declare) -> None:
    wishes = [Brightness(percent=p) for p in (10, 90, 30)]
    async with declare({"lamp": {"kind": "light"}}, driver=Recording) as house:
        first = house.apply([Command(device="declared:lamp", set=w) for w in wishes])
        second = house.apply([Command(device="declared:lamp", set=Brightness(percent=55))])
        (receipts, _) = await asyncio.gather(first, second)
        log = house.driver_of("declared:lamp").log
    assert all(r.verified for r in receipts)
    assert [direction for direction, _, _ in log] == ["in", "out"] * 4
    served = [command for direction, _, command in log if direction == "in"]
    assert [w for w in served if w in wishes] == wishes


@pytest.mark.parametrize(
    ("device", "wanted", "words"),
    [
        ("lamp", Lock(locked=True), "Lamp cannot do that (lock)."),
        ("lamp", Brightness(percent=1), "Lamp takes 5 to 80, not 1."),
        ("lamp", Brightness(percent=81), "Lamp takes 5 to 80, not 81."),
        ("boiler", Climate(target=80), "Boiler takes at most 60, not 80."),
        ("boiler", Climate(current=20), "current is measured, not set."),
        ("boiler", Climate(mode="cool"), "Boiler has off, heat; not cool."),
        ("tv", Source(name="Radio"), "TV has Netflix, HDMI 1; not Radio."),
        ("sensor", Reading(temperature=3), "Sensor cannot do that (reading)."),
    ],
)
async def test_what_a_device_cannot_is_refused_in_words(declare, device, wanted, words) -> None:
    house_file = {
        "lamp": {"name": "Lamp", "kind": "light", "can": [{"brightness": {"min": 5, "max": 80}}]},
        "boiler": {
            "name": "Boiler",
            "kind": "boiler",
            "can": [{"climate": {"max": 60, "choices": ["off", "heat"]}}],
        },
        "tv": {"name": "TV", "kind": "tv", "can": [{"source": {"choices": ["Netflix", "HDMI 1"]}}]},
        "sensor": {"name": "Sensor", "kind": "sensor", "can": ["reading"]},
    }
    async with declare(house_file) as house:
        receipt = await one(house, device, wanted)
    assert (receipt.outcome, receipt.reason) == (Outcome.REFUSED, words)


async def test_a_device_remembered_but_not_met_yet_did_not_answer(declare) -> None:
    async with declare({"lamp": {"kind": "light"}}) as house:
        remembered = house.devices["declared:lamp"].model_copy(update={"id": "declared:old"})
        await house.restore([remembered], [], {}, {})
        receipt = await one(house, "old", Power(on=True))
    assert receipt.outcome is Outcome.UNREACHABLE
    assert "declared:" not in receipt.reason


async def test_an_unknown_device_is_refused_and_the_rest_is_done(declare) -> None:
    async with declare({"lamp": {"kind": "light"}}) as house:
        receipts = await house.apply([on("ghost"), on("lamp")])
    assert [r.outcome for r in receipts] == [Outcome.REFUSED, Outcome.VERIFIED]


class Deaf(Declared):
    """Takes any time at all."""

    async def apply(self, device: str, command: Capability) -> None:
        await asyncio.sleep(3600)


async def test_the_deadline_holds_and_too_little_time_makes_nobody_away(declare) -> None:
    async with declare({"lamp": {"kind": "light"}}, driver=Deaf) as house:
        started = time.monotonic()
        receipts = await house.apply([on("lamp"), on("lamp")], deadline_s=0.3)
        assert time.monotonic() - started < 1
        assert [r.outcome for r in receipts] == [Outcome.UNREACHABLE] * 2
        assert not house.away


async def test_who_never_answers_is_away(declare, monkeypatch) -> None:
    monkeypatch.setattr("devices.actuation.ANSWER_S", 0.3)
    monkeypatch.setattr("devices.actuation.PATIENCE_S", 0.2)
    async with declare({"lamp": {"kind": "light"}}, driver=Deaf) as house:
        receipt = await one(house, "lamp", Power(on=True))
        assert (receipt.outcome, receipt.reason) == (Outcome.UNREACHABLE, "It did not answer.")
        assert house.away == {"declared:lamp"}


async def test_one_waits_no_longer_for_another_than_its_deadline(declare) -> None:
    async with declare({"lamp": {"kind": "light"}}, driver=Deaf) as house:
        busy = asyncio.create_task(house.apply([on("lamp")], deadline_s=5))
        await asyncio.sleep(0)
        receipt = (await house.apply([on("lamp")], deadline_s=0.2))[0]
        busy.cancel()
        assert receipt.outcome is Outcome.UNREACHABLE
        assert "busy" in receipt.reason


class Buggy(Declared):
    async def apply(self, device: str, command: Capability) -> None:
        if device.endswith("bad"):
            raise KeyError("a driver's bug")
        await super().apply(device, command)


async def test_a_drivers_bug_is_one_receipt_and_a_log_entry(declare, caplog) -> None:
    lamps = {"bad": {"kind": "light"}, "good": {"kind": "light"}}
    async with declare(lamps, driver=Buggy) as house:
        receipts = await house.apply([on("bad"), on("good")])
    assert [r.outcome for r in receipts] == [Outcome.REFUSED, Outcome.VERIFIED]
    assert "a driver's bug" in caplog.text


class Moving(Declared):
    """Shades that travel 100 % a second; a jammed one stops half-way, a stuck one never starts."""

    def __init__(self, hub) -> None:
        super().__init__(hub)
        self._from: dict[str, tuple[float, float, float]] = {}

    async def apply(self, device: str, command: Capability) -> None:
        assert isinstance(command, Position)
        self._from[device] = (time.monotonic(), await self._at(device), command.percent)

    async def read(self, device: str) -> State:
        return {"position": Position(percent=await self._at(device))}

    async def _at(self, device: str) -> float:
        if device not in self._from or device.endswith("stuck"):
            return 0.0
        began, start, target = self._from[device]
        way = min((time.monotonic() - began) * 100, abs(target - start))
        if device.endswith("jammed"):
            way = min(way, 50)
        return start + way if target > start else start - way


async def test_what_moves_is_waited_for(declare, monkeypatch) -> None:
    monkeypatch.setattr(Position, "settles_s", 0.4)  # less than its way takes
    shades = {name: {"kind": "shade"} for name in ("good", "jammed", "stuck")}
    async with declare(shades, driver=Moving) as house:
        receipts = await house.apply(
            [Command(device=f"declared:{name}", set=Position(percent=100)) for name in shades]
        )
    assert [r.outcome for r in receipts] == [
        Outcome.VERIFIED,
        Outcome.CONTRADICTED,
        Outcome.CONTRADICTED,
    ]
    assert receipts[0].seconds >= 0.9
    assert receipts[1].after == Position(percent=50)


async def test_at_the_deadline_it_is_still_on_its_way(declare) -> None:
    async with declare({"shade": {"kind": "shade"}}, driver=Moving) as house:
        house.learn("declared:shade", {"position": Position(percent=0)})
        receipt = await one(house, "shade", Position(percent=100), deadline_s=0.4)
    assert receipt.outcome is Outcome.MOVING
    assert receipt.seconds < 1


async def test_a_first_sight_is_no_movement(declare) -> None:
    async with declare({"stuck": {"kind": "shade"}}, driver=Moving) as house:
        receipt = await one(house, "stuck", Position(percent=100), deadline_s=0.4)
    assert receipt.outcome is Outcome.CONTRADICTED


class Pushing(Declared):
    """Shows a command only after a while, and says so unasked."""

    reads = 0

    async def apply(self, device: str, command: Capability) -> None:
        async def later() -> None:
            await asyncio.sleep(0.3)
            await Declared.apply(self, device, command)
            self._hub.publish(Update(device, {command.kind: command}))

        self._task = asyncio.create_task(later())

    async def read(self, device: str) -> State:
        self.reads += 1
        return await super().read(device)


async def test_a_pushed_change_is_looked_at_at_once(declare, monkeypatch) -> None:
    monkeypatch.setattr("devices.actuation.POLL_S", (30.0,))  # no polling: the push alone
    async with declare({"lamp": {"kind": "light"}}, driver=Pushing) as house:
        receipt = await one(house, "lamp", Power(on=True))
        reads = house.driver_of("declared:lamp").reads
    assert receipt.verified
    assert 0.25 < receipt.seconds < 2
    assert reads == 2  # what is pushed is read back all the same


async def test_paused_and_stopped_are_both_silence(declare) -> None:
    speaker = {"kind": "speaker", "state": {"playback": "stopped"}, "fault": "lie"}
    async with declare({"radio": speaker}) as house:
        assert (await one(house, "radio", Playback(state="paused"))).verified


async def test_a_thousand_devices_go_off_quickly(declare) -> None:
    lamps = {f"lamp{n}": {"kind": "light", "state": {"power": True}} for n in range(1000)}
    off: Sequence[Command] = [
        Command(device=f"declared:{name}", set=Power(on=False)) for name in lamps
    ]
    async with declare(lamps) as house:
        started = time.monotonic()
        receipts = await house.apply(off)
        took = time.monotonic() - started
    assert all(r.verified for r in receipts)
    assert took < 2, f"{took:.2f} s"


async def test_commands_to_devices_that_are_none_leave_nothing_behind(declare) -> None:
    async with declare({"lamp": {"kind": "light"}}) as house:
        ghosts = [Command(device=f"declared:ghost {n}", set=Power(on=True)) for n in range(50)]
        receipts = await house.apply(ghosts)
        assert {r.outcome for r in receipts} == {Outcome.REFUSED}
        assert not house._actuator._locks
