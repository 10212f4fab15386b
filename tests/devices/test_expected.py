"""After a start: devices that are known and not met yet are waited for, and none for ever."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import ClassVar, Self

import pytest

from devices.capabilities import Capability, Lock, Power, Skip, State
from devices.device import (
    Ability,
    Announcement,
    Command,
    Device,
    Outcome,
    Refused,
    UnknownDevice,
    Unreachable,
)
from devices.driver import Hub
from devices.house import House
from tests.devices.knocker import until


def device(key: str, kind: str = "light", *abilities: str) -> Device:
    can = tuple(Ability(kind=each) for each in abilities or ("power",))
    return Device(id=f"late:{key}", name=key, kind=kind, abilities=can)


NEAR, FAR = device("near"), device("far")
DOOR, RADIO = device("door", "lock", "lock"), device("radio", "speaker", "skip")
SIGHTINGS = {each.id: Announcement("mdns", "_late._tcp.local.", each.name, "10.0.0.1", 1)
             for each in (NEAR, FAR, DOOR, RADIO)}  # fmt: skip


class Late:
    """Reaches a device when the test says so; one whose line is cut does not answer so often."""

    family: ClassVar[str] = "late"
    services: ClassVar[frozenset[str]] = frozenset({"_late._tcp.local."})

    def __init__(self, hub: Hub) -> None:
        self.reached = {each.name: asyncio.Event() for each in (NEAR, FAR, DOOR, RADIO)}
        self.known: dict[str, State] = {}
        self.asked: list[str] = []
        self.cuts = 0
        self.hangs = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None: ...

    def recognises(self, heard: Announcement) -> bool:
        return True

    async def identify(self, heard: Announcement) -> Sequence[Device]:
        await self.reached[heard.name].wait()
        found = next(each for each in (NEAR, FAR, DOOR, RADIO) if each.name == heard.name)
        self.known[found.id] = {}
        return [found]

    async def pair(self, heard: Announcement, pin: str | None) -> Sequence[Device]:
        raise Refused("It needs no pairing.")

    async def read(self, device: str) -> State:
        return dict(self._state(device))

    async def apply(self, device: str, command: Capability) -> None:
        state = self._state(device)
        self.asked.append(device)
        if self.hangs:
            await asyncio.sleep(60)
        if self.cuts:
            self.cuts -= 1
            raise Unreachable("The line was cut.")
        state[command.kind] = command

    def _state(self, device: str) -> State:
        if device not in self.known:
            raise UnknownDevice("Not met.")
        return self.known[device]


@asynccontextmanager
async def restarted(vault) -> AsyncGenerator[tuple[House, Late]]:
    async with House((Late,), vault) as house:
        await house.restore([NEAR, FAR, DOOR, RADIO], [], {}, SIGHTINGS)
        driver = house.driver_of(NEAR.id)
        assert isinstance(driver, Late)
        yield house, driver


def on(wanted: Device) -> Command:
    return Command(device=wanted.id, set=Power(on=True))


async def met(house: House, driver: Late, which: Device) -> None:
    async with house.events() as events:
        driver.reached[which.name].set()
        await until(events, "found")
    assert which.id not in house.away


async def test_a_wish_right_after_the_start_waits_until_its_device_is_reached(vault) -> None:
    async with restarted(vault) as (house, driver):
        wish = asyncio.create_task(house.apply([on(NEAR)]))
        look = asyncio.create_task(house.refresh([NEAR.id]))
        await asyncio.sleep(0.2)
        assert not wish.done()
        assert not look.done()
        driver.reached["near"].set()
        assert (await wish)[0].outcome is Outcome.VERIFIED
        assert await look == []


async def test_one_that_is_gone_for_good_holds_up_the_first_wish_alone(vault, monkeypatch) -> None:
    """And no other device's at all."""
    monkeypatch.setattr("devices.expected.PATIENCE_S", 0.5)
    async with restarted(vault) as (house, driver):
        driver.reached["near"].set()
        wishes = [asyncio.create_task(house.apply([on(FAR)])) for _ in range(3)]
        assert (await house.apply([on(NEAR)]))[0].verified
        assert not any(wish.done() for wish in wishes)
        outcomes = [(await wish)[0].outcome for wish in wishes]
        assert outcomes == [Outcome.UNREACHABLE] * 3
        with pytest.raises(StopIteration):
            house.met(FAR.id).send(None)  # it does not wait at all any more


async def test_long_after_the_start_nobody_is_waited_for(vault, monkeypatch) -> None:
    monkeypatch.setattr("devices.expected.START_S", 0.0)
    async with restarted(vault) as (house, _):
        async with asyncio.timeout(2):
            assert (await house.apply([on(FAR)]))[0].outcome is Outcome.UNREACHABLE
            assert await house.refresh([FAR.id]) == [FAR.id]


async def test_one_whose_line_was_cut_is_asked_again_before_it_is_said_not_to_answer(vault) -> None:
    async with restarted(vault) as (house, driver):
        await met(house, driver, NEAR)
        driver.cuts = 1
        assert (await house.apply([on(NEAR)]))[0].verified
        assert driver.asked == [NEAR.id] * 2


@pytest.mark.parametrize(
    ("which", "wanted"),
    [(DOOR, Lock(locked=False)), (RADIO, Skip(to="next"))],
    ids=["risky", "step"],
)
async def test_what_may_not_be_done_twice_is_asked_once(vault, which, wanted) -> None:
    async with restarted(vault) as (house, driver):
        await met(house, driver, which)
        driver.cuts = 1
        receipt = (await house.apply([Command(device=which.id, set=wanted)]))[0]
        assert receipt.outcome is Outcome.UNREACHABLE
        assert driver.asked == [which.id]


async def test_whoever_waits_behind_one_that_hangs_is_not_held_up_as_long(
    vault, monkeypatch
) -> None:
    """The first takes all the patience; those behind it a fraction, until it answers again."""
    monkeypatch.setattr("devices.actuation.ANSWER_S", 2.0)
    monkeypatch.setattr("devices.actuation.BRIEF_S", 0.01)
    async with restarted(vault) as (house, driver):
        await met(house, driver, NEAR)
        driver.hangs = True
        began = time.monotonic()
        wishes = await asyncio.gather(*(house.apply([on(NEAR)]) for _ in range(5)))
        assert all(receipt.outcome is Outcome.UNREACHABLE for (receipt,) in wishes)
        assert time.monotonic() - began < 4  # five times two seconds otherwise
        driver.hangs = False
        assert (await house.apply([on(NEAR)]))[0].verified
        assert NEAR.id not in house.away
