"""Many lamps at once: one request for a whole group of the bridge's, a receipt for each lamp."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from devices.capabilities import Brightness, Capability, Color, ColorTemperature, Power
from devices.device import Command, Outcome, Receipt
from devices.drivers.hue.driver import Hue
from devices.drivers.hue.home import HueHome
from devices.house import House
from devices.virtual.hue import HueBridge
from devices.virtual.hue.api import MAX_AT_ONCE
from devices.virtual.hue.furnishing import Furnishing, Lamp
from devices.virtual.hue.shapes import Resource

if TYPE_CHECKING:
    from .conftest import RecordingHub

BARN = [f"Barn {number}" for number in range(1, 31)]
LOFT = ["Loft 1", "Loft 2", "Loft 3"]
PORCH = ["Porch 1", "Porch 2"]
UPSTAIRS = ["Loft 1", "Loft 2", "Barn 1"]
FARM = Furnishing(
    rooms={"Barn": "other", "Loft": "attic", "Porch": "porch"},
    lamps=(
        *(Lamp(name, "Barn", "ambiance") for name in BARN),
        *(Lamp(name, "Loft", "color") for name in LOFT),
        *(Lamp(name, "Porch", "white") for name in PORCH),
        Lamp("Porch freezer", "Porch", "plug", "plug", on=True),
    ),
    zones={"Upstairs": tuple(UPSTAIRS)},
)


class Counted:
    """A bridge, and how many writes of each kind it was sent."""

    def __init__(self, bridge: HueBridge) -> None:
        self.bridge = bridge
        self.writes: Counter[str] = Counter()
        carry_out = bridge.clip.put

        def put(resource: Resource, body: Mapping[str, Any]) -> list[str]:
            self.writes[resource["type"]] += 1
            return carry_out(resource, body)

        bridge.clip.put = put  # type: ignore[method-assign]

    def lamp(self, name: str) -> str:
        return self.bridge.device_id(name)

    def is_on(self, name: str) -> bool:
        return self.bridge.resource(self.lamp(name))["on"]["on"]


@pytest.fixture
async def farm(bridge_id: str) -> AsyncGenerator[Counted]:
    async with HueBridge(bridge_id=bridge_id, furnishing=FARM) as up:
        yield Counted(up)


@pytest.fixture
async def house(farm: Counted, hub: RecordingHub) -> AsyncGenerator[House]:
    async with House([Hue], hub.vault) as house, asyncio.timeout(30), house.events() as events:
        house.hear(farm.bridge.announcements()[0])
        while (event := await events.get()).what != "stranger":
            pass
        farm.bridge.press_button()
        await house.pair(event.device)
        yield house


async def set_all(
    house: House, farm: Counted, names: Iterable[str], wanted: Capability
) -> dict[str, Receipt]:
    names = list(names)
    receipts = await house.apply([Command(device=farm.lamp(n), set=wanted) for n in names])
    return dict(zip(names, receipts, strict=True))


@pytest.mark.parametrize(
    ("names", "wanted", "writes"),
    [
        (BARN, Power(on=True), {"grouped_light": 1}),
        (BARN, Brightness(percent=40), {"grouped_light": 1}),
        (BARN, ColorTemperature(kelvin=2700), {"grouped_light": 1}),
        (LOFT, Color(hue=0, saturation=100), {"grouped_light": 1}),
        (UPSTAIRS, Power(on=True), {"grouped_light": 1}),
        (BARN + LOFT, Power(on=True), {"grouped_light": 2}),
        ([*BARN, *LOFT, *PORCH, "Porch freezer"], Power(on=False), {"grouped_light": 1}),
        (["Loft 1"], Power(on=True), {"light": 1}),
        (LOFT[:2], Power(on=True), {"light": 2}),
        ([*BARN, *LOFT[:2]], Power(on=True), {"grouped_light": 1, "light": 2}),
    ],
    ids=["power", "brightness", "white", "colour", "zone", "rooms", "home", "one", "part", "both"],
)
async def test_as_few_requests_as_the_groups_allow(
    house: House, farm: Counted, names: list[str], wanted: Capability, writes: dict[str, int]
) -> None:
    receipts = await set_all(house, farm, names, wanted)
    assert {r.outcome for r in receipts.values()} == {Outcome.VERIFIED}
    assert farm.writes == writes
    others = {*BARN, *LOFT, *PORCH} - set(names)
    assert not any(farm.is_on(other) for other in others)


async def test_a_group_that_holds_what_was_not_asked_for_is_left_alone(
    house: House, farm: Counted
) -> None:
    """The freezer hangs on a plug of the porch."""
    farm.bridge.set_light(farm.lamp("Porch 1"), on={"on": True})
    receipts = await set_all(house, farm, PORCH, Power(on=False))
    assert {r.outcome for r in receipts.values()} == {Outcome.VERIFIED}
    assert farm.writes == {"light": 2}
    assert farm.is_on("Porch freezer")


async def test_who_is_asked_for_something_else_is_asked_alone(house: House, farm: Counted) -> None:
    wanted = [Brightness(percent=20), Brightness(percent=20), Brightness(percent=80)]
    commands = [
        Command(device=farm.lamp(name), set=what) for name, what in zip(LOFT, wanted, strict=True)
    ]
    receipts = await house.apply(commands)
    assert [r.outcome for r in receipts] == [Outcome.VERIFIED] * 3
    assert farm.writes == {"light": 3}


async def test_a_lamp_added_to_the_room_since_is_of_its_group(house: House, farm: Counted) -> None:
    async with house.events() as events:
        new = farm.bridge.add_lamp(Lamp("Loft 4", "Loft", "color"))
        while new not in house.devices or house.devices[new].room != "Loft":
            await events.get()
    await set_all(house, farm, LOFT, Power(on=True))
    assert not farm.is_on("Loft 4")
    farm.writes.clear()
    await set_all(house, farm, [*LOFT, "Loft 4"], Power(on=False))
    assert farm.writes == {"grouped_light": 1}


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("lie", Outcome.CONTRADICTED),
        ("gone", Outcome.UNREACHABLE),
        ("refuse", Outcome.REFUSED),
    ],
)
async def test_one_of_them_has_its_own_receipt(
    house: House, farm: Counted, fault: str, outcome: Outcome
) -> None:
    setattr(farm.bridge.devices[farm.lamp("Barn 7")].fault, fault, True)
    receipts = await set_all(house, farm, BARN, Power(on=True))
    assert receipts.pop("Barn 7").outcome is outcome
    assert {r.outcome for r in receipts.values()} == {Outcome.VERIFIED}
    assert all(farm.is_on(name) for name in BARN if name != "Barn 7")


async def test_a_lamp_known_to_be_dead_costs_its_own_room_alone(
    house: House, farm: Counted
) -> None:
    async with house.events() as events:
        farm.bridge.devices[farm.lamp("Loft 2")].fault.gone = True
        while farm.lamp("Loft 2") not in house.away:
            await events.get()
    receipts = await set_all(house, farm, BARN + LOFT, Power(on=True))
    assert receipts.pop("Loft 2").outcome is Outcome.UNREACHABLE
    assert {r.outcome for r in receipts.values()} == {Outcome.VERIFIED}
    assert farm.writes["grouped_light"] == 1


@contextlib.asynccontextmanager
async def busy(farm: Counted) -> AsyncGenerator[None]:
    """The bridge answers somebody else as much as it can at once; whoever comes has a 429."""
    farm.bridge.flash.add_key("other app")
    slow = farm.lamp("Porch freezer")
    farm.bridge.devices[slow].fault.slow_s = 1.2
    url = f"https://{farm.bridge.host}:{farm.bridge.port}/clip/v2/resource/light"
    headers = {"hue-application-key": "other app"}
    async with aiohttp.ClientSession(headers=headers) as session, asyncio.TaskGroup() as others:

        async def look() -> None:
            async with session.get(f"{url}/{slow.partition('/')[2]}", ssl=False) as answer:
                assert answer.status == 200

        for _ in range(MAX_AT_ONCE):
            others.create_task(look())
        await asyncio.sleep(0.4)
        yield


async def test_a_bridge_that_is_too_busy_is_asked_again_and_then_obeys(
    house: House, farm: Counted
) -> None:
    async with busy(farm):
        receipts = await set_all(house, farm, BARN, Power(on=True))
    assert {r.outcome for r in receipts.values()} == {Outcome.VERIFIED}
    assert min(r.seconds for r in receipts.values()) > 0.4  # it did not get in at once
    assert farm.writes == {"grouped_light": 1}


async def test_what_was_given_up_does_not_come_after_what_is_wished_now(
    house: House, farm: Counted
) -> None:
    commands = [Command(device=farm.lamp(name), set=Power(on=True)) for name in LOFT]
    async with busy(farm):
        given_up = await house.apply(commands, deadline_s=0.2)
        assert {r.outcome for r in given_up} == {Outcome.UNREACHABLE}
    await asyncio.sleep(1.5)
    assert farm.writes == {}
    receipts = await set_all(house, farm, LOFT, Brightness(percent=30))
    assert {r.outcome for r in receipts.values()} == {Outcome.VERIFIED}


async def test_who_gave_up_while_others_wait_has_the_last_word(house: House, farm: Counted) -> None:
    """The group is still asked for the others, and its lamp's new wish comes after that."""
    hue = house.driver_of(farm.lamp("Loft 1"))
    async with busy(farm):
        asked = [asyncio.create_task(hue.apply(farm.lamp(n), Power(on=True))) for n in LOFT]
        await asyncio.sleep(0.1)
        asked[0].cancel()
    assert farm.writes == {}  # the bridge is free, and the group waits for its next turn
    await hue.apply(farm.lamp("Loft 1"), Power(on=False))
    await asyncio.gather(*asked[1:])
    assert farm.writes == {"grouped_light": 1, "light": 1}
    assert [farm.is_on(name) for name in LOFT] == [False, True, True]


class TestWhichLampsAGroupSets:
    """Only a group of which all is known is one."""

    @pytest.fixture
    def resources(self, farm: Counted) -> dict[str, Resource]:
        return farm.bridge.clip.resources

    def named(self, resources: dict[str, Resource], name: str) -> Resource:
        owners = (r for r in resources.values() if r["type"] in ("room", "zone"))
        return next(r for r in owners if r["metadata"]["name"] == name)

    def lamps(self, farm: Counted, resources: dict[str, Resource], name: str) -> set[str] | None:
        home = HueHome(farm.bridge.bridge_id, resources.values())
        (setter,) = (s["rid"] for s in self.named(resources, name)["services"])
        found = home.groups.get(setter)
        return None if found is None else set(found)

    def test_rooms_zones_and_the_home(self, farm: Counted, resources: dict[str, Resource]) -> None:
        assert self.lamps(farm, resources, "Loft") == {farm.lamp(name) for name in LOFT}
        assert self.lamps(farm, resources, "Upstairs") == {farm.lamp(name) for name in UPSTAIRS}
        home = HueHome(farm.bridge.bridge_id, resources.values())
        assert next(iter(home.groups.values())) == {d.id for d in home.devices}

    @pytest.mark.parametrize("kind", ["light", "device", "hologram"])
    def test_not_with_a_part_that_is_not_known(
        self, farm: Counted, resources: dict[str, Resource], kind: str
    ) -> None:
        self.named(resources, "Loft")["children"].append({"rid": "nobody", "rtype": kind})
        assert self.lamps(farm, resources, "Loft") is None

    def test_not_with_a_lamp_that_cannot_be_read(
        self, farm: Counted, resources: dict[str, Resource]
    ) -> None:
        del farm.bridge.resource(farm.lamp("Loft 3"))["on"]
        assert self.lamps(farm, resources, "Loft") is None
        assert self.lamps(farm, resources, "Upstairs") is not None

    def test_the_recorded_bridge_has_its_home(self, recorded: dict[str, Any]) -> None:
        every = [raw for raws in recorded["resources"].values() for raw in raws]
        (group,) = recorded["resources"]["grouped_light"]
        home = HueHome("001788fffe5d0bb1", every)
        assert home.groups[group["id"]] == {
            d.id for d in home.devices if d.kind in ("light", "outlet")
        }
