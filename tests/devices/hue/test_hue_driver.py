"""The driver against the virtual bridge, over TLS sockets: pairing, abilities, states, pushes."""

from __future__ import annotations

import asyncio
import itertools
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from devices.capabilities import (
    Brightness,
    Capability,
    Color,
    ColorTemperature,
    Power,
    Reading,
    Scene,
    Volume,
)
from devices.device import (
    Announcement,
    NeedsPairing,
    Refused,
    UnknownDevice,
    Unreachable,
    Unsupported,
)
from devices.drivers.hue.driver import Hue
from devices.drivers.hue.home import HueHome
from devices.virtual.hue import HueBridge
from devices.virtual.hue.furnishing import Lamp

if TYPE_CHECKING:
    from .conftest import RecordingHub

BULBS = [
    "Kitchen ceiling", "Kitchen counter", "Living room lamp", "Reading lamp",
    "Hall lamp", "Bedroom lamp", "Bath mirror",
]  # fmt: skip


async def shown(hue: Hue, device: str, command: Capability) -> bool:
    """Carry a command out, and read it back."""
    await hue.apply(device, command)
    return command.shown_by((await hue.read(device)).get(command.kind))


class TestRecognising:
    def test_by_mdns_and_by_ssdp(self, bridge: HueBridge) -> None:
        hue = Hue(None)  # type: ignore[arg-type]
        assert hue.recognises(bridge.announcements()[0])
        headers = bridge.ssdp_reply()
        ssdp = Announcement("ssdp", headers["ST"], "hue", "127.0.0.1", 80, headers)
        assert hue.recognises(ssdp)

    @pytest.mark.parametrize(
        ("service", "properties"),
        [
            ("_hap._tcp.local.", {"bridgeid": "001788fffe000000"}),
            ("_hue._tcp.local.", {}),
            ("_hue._tcp.local.", {"bridgeid": "../../etc/passwd"}),
            ("urn:schemas-upnp-org:device:basic:1", {"server": "Hue/1.0"}),
        ],
    )
    def test_not_what_is_none(self, service: str, properties: dict[str, str]) -> None:
        hue = Hue(None)  # type: ignore[arg-type]
        assert not hue.recognises(Announcement("mdns", service, "x", "10.0.0.9", 443, properties))


class TestPairing:
    async def test_asks_for_the_button_until_it_is_pressed(
        self, unpaired: Hue, bridge: HueBridge, heard: Announcement, hub: RecordingHub
    ) -> None:
        with pytest.raises(NeedsPairing, match="button") as need:
            await unpaired.identify(heard)
        assert need.value.how == "button"
        with pytest.raises(NeedsPairing):
            await unpaired.pair(heard, None)
        assert hub.vault.kept == {}

        bridge.press_button()
        devices = await unpaired.pair(heard, None)
        assert {d.name for d in devices} >= {*BULBS, "Christmas tree", "Relax", "Hall motion"}
        kept = hub.vault.kept[f"hue:{bridge.bridge_id}"]
        assert kept["app_key"] in bridge.flash.keys
        assert len(bytes.fromhex(str(kept["certificate"]))) == 32
        assert list(await unpaired.identify(heard)) == list(devices)

    async def test_a_later_run_needs_no_button(
        self, hue: Hue, heard: Announcement, hub: RecordingHub
    ) -> None:
        async with Hue(hub) as later:
            assert len(await later.identify(heard)) == len(await hue.identify(heard))

    async def test_a_reset_bridge_asks_for_the_button_again(
        self, hue: Hue, bridge: HueBridge, heard: Announcement, hub: RecordingHub
    ) -> None:
        hall = bridge.device_id("Hall lamp")
        since = len(hub.events)
        bridge.reset()
        with pytest.raises(Refused, match="paired again"):
            await hue.apply(hall, Power(on=True))
        await hub.away(hall, since)
        with pytest.raises(NeedsPairing, match="no longer accepts"):
            await hue.identify(heard)
        bridge.press_button()
        await hue.pair(heard, None)
        assert await shown(hue, hall, Power(on=False))

    async def test_a_changed_certificate_is_refused_and_never_sees_the_key(
        self, hue: Hue, bridge: HueBridge, hub: RecordingHub
    ) -> None:
        hall = bridge.device_id("Hall lamp")
        asked: list[str] = []
        async with HueBridge(bridge_id=bridge.bridge_id) as impostor:
            impostor.flash.keys = _Watched(bridge.flash.keys, asked)
            async with Hue(hub) as later:
                with pytest.raises(NeedsPairing, match="another certificate"):
                    await later.identify(impostor.announcements()[0])
            # The good link is not given up for it either.
            await hue.identify(impostor.announcements()[0])
            assert await shown(hue, hall, Power(on=False))
        assert asked == []
        assert not bridge.resource(hall)["on"]["on"]

    async def test_pairing_with_a_bridge_that_is_not_the_announced_one(
        self, unpaired: Hue, bridge: HueBridge, hub: RecordingHub
    ) -> None:
        other = f"001788fffe{uuid.uuid4().hex[:6]}"
        bridge.press_button()
        heard = Announcement(
            "mdns", "_hue._tcp.local.", "x", bridge.host, bridge.port, {"bridgeid": other}
        )
        with pytest.raises(Refused, match="another bridge"):
            await unpaired.pair(heard, None)
        assert hub.vault.kept == {}
        assert bridge.flash.keys == set()

    async def test_nobody_there(self, unpaired: Hue, bridge: HueBridge) -> None:
        heard = bridge.announcements()[0]
        await bridge.__aexit__(None, None, None)
        with pytest.raises(Unreachable, match="does not answer"):
            await unpaired.pair(heard, None)


class _Watched(set[str]):
    """Keys of an impostor that notes whether anybody's key was ever compared."""

    def __init__(self, keys: set[str], asked: list[str]) -> None:
        super().__init__(keys)
        self._asked = asked

    def __iter__(self) -> Any:
        self._asked.append("asked")
        return super().__iter__()


class TestDevices:
    async def test_each_kind_has_its_abilities_room_and_limits(
        self, hue: Hue, bridge: HueBridge, heard: Announcement
    ) -> None:
        by_id = {d.id: d for d in await hue.identify(heard)}

        def abilities(name: str) -> set[str]:
            return {a.kind for a in by_id[bridge.device_id(name)].abilities}

        assert abilities("Hall lamp") == {"power", "brightness"}
        assert abilities("Kitchen ceiling") == {"power", "brightness", "color_temperature"}
        assert abilities("Bedroom lamp") == {"power", "brightness", "color_temperature", "color"}
        assert abilities("Christmas tree") == {"power"}
        assert abilities("Hall motion") == {"reading"}
        assert abilities("Bedroom/Relax") == {"scene"}

        ceiling = by_id[bridge.device_id("Kitchen ceiling")]
        assert (ceiling.kind, ceiling.room) == ("light", "Kitchen")
        assert ceiling.id.startswith(f"hue:{bridge.bridge_id}/")
        white = ceiling.ability("color_temperature")
        assert white
        assert (white.min, white.max) == (2200, 6500)
        plug = by_id[bridge.device_id("Christmas tree")]
        assert (plug.kind, plug.room) == ("outlet", "Living Room")
        relax = by_id[bridge.device_id("Bedroom/Relax")]
        assert (relax.name, relax.kind, relax.room) == ("Relax", "scene", "Bedroom")
        assert {d.room for d in by_id.values()} == {
            "Kitchen", "Living Room", "Hall", "Bedroom", "Bath",
        }  # fmt: skip
        assert len({*by_id}) == len(by_id)

    async def test_the_virtual_devices_have_the_ids_that_the_driver_gives(
        self, hue: Hue, bridge: HueBridge, heard: Announcement
    ) -> None:
        ours = {d.id for d in await hue.identify(heard)}
        assert ours == bridge.devices.keys() - {f"hue:{bridge.bridge_id}"}

    async def test_an_unreadable_light_does_not_hide_the_others(
        self, unpaired: Hue, bridge: HueBridge, heard: Announcement
    ) -> None:
        broken = bridge.device_id("Hall lamp")
        bridge.resource(broken)["on"] = "certainly"
        bridge.press_button()
        devices = {d.id for d in await unpaired.pair(heard, None)}
        assert broken not in devices
        assert bridge.device_id("Bath mirror") in devices

    async def test_names_are_cleaned_and_zones_told_apart(
        self, unpaired: Hue, bridge: HueBridge, heard: Announcement
    ) -> None:
        lamp, scene = bridge.device_id("Hall lamp"), bridge.device_id("Kitchen/Relax")
        owner = bridge.resource(lamp)["owner"]["rid"]
        hostile = "Hall\r\nlamp\u202e " + "x" * 10_000
        bridge.clip.resources[owner]["metadata"]["name"] = hostile
        bridge.clip.resources["zone-id"] = {
            "id": "zone-id", "type": "zone", "children": [], "services": [],
            "metadata": {"name": "Upstairs", "archetype": "upstairs"},
        }  # fmt: skip
        bridge.resource(scene)["group"] = {"rid": "zone-id", "rtype": "zone"}
        bridge.press_button()
        by_id = {d.id: d for d in await unpaired.pair(heard, None)}
        assert by_id[lamp].name.startswith("Hall lamp x")
        assert len(by_id[lamp].name) <= 64
        assert (by_id[scene].name, by_id[scene].room) == ("Upstairs Relax", None)

    def test_a_recorded_bridge_is_understood(self, recorded: dict[str, Any]) -> None:
        home = HueHome("027700fffe000010", itertools.chain(*recorded["resources"].values()))
        assert home.bridge_id == recorded["config"]["bridgeid"].lower()
        lights = [d for d in home.devices if d.kind == "light"]
        assert sorted(d.name for d in lights) == sorted(
            light["metadata"]["name"] for light in recorded["resources"]["light"]
        )
        for device in home.devices:
            assert home.reachable(device.id)
            state = home.state(device.id)
            assert state.keys() <= {a.kind for a in device.abilities}
        sofa = next(d for d in lights if d.name == "Sofa-lamp")
        assert home.state(sofa.id)["color_temperature"] == ColorTemperature(kelvin=2169)
        assert [d.name for d in home.devices if d.kind == "sensor"] == [
            "Hue motion Hue Motion Sensor"
        ]


class TestCommands:
    @pytest.mark.parametrize("name", [*BULBS, "Christmas tree"])
    async def test_power(self, hue: Hue, bridge: HueBridge, name: str) -> None:
        device = bridge.device_id(name)
        for on in (True, False, True):
            assert await shown(hue, device, Power(on=on))
            assert bridge.resource(device)["on"]["on"] is on

    @pytest.mark.parametrize("percent", [1, 10, 33, 50, 99, 100])
    async def test_brightness_switches_a_dark_lamp_on(
        self, hue: Hue, bridge: HueBridge, percent: int
    ) -> None:
        lamp = bridge.device_id("Kitchen counter")
        assert await shown(hue, lamp, Brightness(percent=percent))
        state = await hue.read(lamp)
        assert state["power"] == Power(on=True)

    async def test_brightness_zero_is_off_and_off_is_brightness_zero(
        self, hue: Hue, bridge: HueBridge
    ) -> None:
        lamp = bridge.device_id("Living room lamp")
        assert await shown(hue, lamp, Brightness(percent=70))
        assert await shown(hue, lamp, Brightness(percent=0))
        assert (await hue.read(lamp))["power"] == Power(on=False)
        await hue.apply(lamp, Power(on=True))
        back = (await hue.read(lamp))["brightness"]
        assert Brightness(percent=70).shown_by(back)  # the lamp remembers its level

    @pytest.mark.parametrize("kelvin", [2200, 2700, 3456, 4000, 5500, 6500])
    @pytest.mark.parametrize("name", ["Kitchen ceiling", "Bedroom lamp"])
    async def test_white(self, hue: Hue, bridge: HueBridge, name: str, kelvin: int) -> None:
        lamp = bridge.device_id(name)
        assert await shown(hue, lamp, ColorTemperature(kelvin=kelvin))
        assert (await hue.read(lamp))["power"] == Power(on=True)

    async def test_white_outside_the_lamps_own_limits(self, hue: Hue, bridge: HueBridge) -> None:
        with pytest.raises(Unsupported, match="2200 to 6500"):
            await hue.apply(bridge.device_id("Kitchen ceiling"), ColorTemperature(kelvin=2000))
        assert await shown(hue, bridge.device_id("Bedroom lamp"), ColorTemperature(kelvin=2000))

    @pytest.mark.parametrize("saturation", [0, 40, 100])
    @pytest.mark.parametrize("hue_degrees", [0, 30, 60, 120, 180, 240, 280, 330])
    async def test_colour(
        self, hue: Hue, bridge: HueBridge, hue_degrees: int, saturation: int
    ) -> None:
        lamp = bridge.device_id("Bedroom lamp")
        assert await shown(hue, lamp, Color(hue=hue_degrees, saturation=saturation))
        state = await hue.read(lamp)
        assert state["power"] == Power(on=True)
        assert "color_temperature" not in state

    async def test_white_ends_a_colour_and_a_colour_ends_white(
        self, hue: Hue, bridge: HueBridge
    ) -> None:
        lamp = bridge.device_id("Bedroom lamp")
        assert await shown(hue, lamp, Color(hue=240, saturation=100))
        assert await shown(hue, lamp, ColorTemperature(kelvin=2700))
        assert (await hue.read(lamp))["color"] == Color(hue=0, saturation=0)

    async def test_what_a_device_cannot_do(self, hue: Hue, bridge: HueBridge) -> None:
        for name, command in (
            ("Hall lamp", Color(hue=0, saturation=100)),
            ("Hall lamp", ColorTemperature(kelvin=2700)),
            ("Christmas tree", Brightness(percent=50)),
            ("Bedroom lamp", Volume(percent=50)),
            ("Hall motion", Power(on=True)),
            ("Bedroom/Relax", Scene(active=False)),
        ):
            with pytest.raises(Unsupported):
                await hue.apply(bridge.device_id(name), command)

    @pytest.mark.parametrize("device", ["hue:{}/no-such-thing", "hue:ffffffffffffffff/x", "hue:"])
    async def test_unknown_devices(self, hue: Hue, bridge: HueBridge, device: str) -> None:
        device = device.format(bridge.bridge_id)
        with pytest.raises(UnknownDevice):
            await hue.read(device)
        with pytest.raises(UnknownDevice):
            await hue.apply(device, Power(on=True))

    async def test_a_whole_house_at_once(self, hue: Hue, bridge: HueBridge) -> None:
        lamps = [bridge.device_id(name) for name in BULBS]
        for command in (Brightness(percent=25), Power(on=False), Brightness(percent=80)):
            assert all(await asyncio.gather(*(shown(hue, lamp, command) for lamp in lamps)))


class TestScenes:
    async def test_a_scene_really_sets_its_lamps(self, hue: Hue, bridge: HueBridge) -> None:
        movie = bridge.device_id("Living Room/Movie night")
        assert (await hue.read(movie))["scene"] == Scene(active=False)
        assert await shown(hue, movie, Scene(active=True))
        lamp = await hue.read(bridge.device_id("Living room lamp"))
        assert Brightness(percent=18).shown_by(lamp["brightness"])
        assert isinstance(lamp["color"], Color)
        assert lamp["color"].saturation > 50
        reading = await hue.read(bridge.device_id("Reading lamp"))
        assert reading["power"] == Power(on=True)
        plug = await hue.read(bridge.device_id("Christmas tree"))
        assert plug["power"] == Power(on=False)

    async def test_it_is_over_when_a_lamp_or_another_scene_changes(
        self, hue: Hue, bridge: HueBridge, hub: RecordingHub
    ) -> None:
        relax, bright = (bridge.device_id(f"Bedroom/{name}") for name in ("Relax", "Bright"))
        await hue.apply(relax, Scene(active=True))
        await hue.apply(bright, Scene(active=True))
        assert (await hue.read(relax))["scene"] == Scene(active=False)
        since = len(hub.events)
        await hue.apply(bridge.device_id("Bedroom lamp"), Brightness(percent=5))
        await hub.state(bright, lambda s: s["scene"] == Scene(active=False), since)


class TestPushes:
    async def test_first_states_come_by_themselves(
        self, hue: Hue, bridge: HueBridge, hub: RecordingHub
    ) -> None:
        state = await hub.state(bridge.device_id("Living room lamp"), lambda s: "power" in s)
        assert state["power"] == Power(on=True)

    async def test_another_apps_change(
        self, hue: Hue, bridge: HueBridge, hub: RecordingHub
    ) -> None:
        lamp = bridge.device_id("Bedroom lamp")
        since = len(hub.events)
        bridge.set_light(lamp, on={"on": True}, dimming={"brightness": 66})
        state = await hub.state(lamp, lambda s: s["power"] == Power(on=True), since)
        assert Brightness(percent=66).shown_by(state["brightness"])
        since = len(hub.events)
        bridge.set_light(lamp, color={"xy": {"x": 0.1532, "y": 0.0475}})
        state = await hub.state(lamp, lambda s: "color" in s, since)
        assert Color(hue=240, saturation=100).shown_by(state["color"])
        assert "color_temperature" not in state

    async def test_sensors(self, hue: Hue, bridge: HueBridge, hub: RecordingHub) -> None:
        motion, window = bridge.device_id("Hall motion"), bridge.device_id("Bath window")

        def reads(field: str, value: object) -> Any:
            return lambda s: getattr(s["reading"], field) == value

        bridge.sense(motion, motion=True)
        await hub.state(motion, reads("motion", True))
        bridge.sense(motion, celsius=23.5, light_level=20001)
        state = await hub.state(motion, reads("temperature", 23.5))
        assert state["reading"] == Reading(
            motion=True, temperature=23.5, illuminance=100.0, battery=100
        )
        bridge.sense(window, is_open=True)
        await hub.state(window, reads("contact", True))
        assert (await hue.read(motion)) == state

    async def test_a_new_bulb(self, hue: Hue, bridge: HueBridge, hub: RecordingHub) -> None:
        lamp = bridge.add_lamp(Lamp("Desk lamp", "Bedroom", "color"))
        await hub.found(lamp)
        assert await shown(hue, lamp, Brightness(percent=40))
        devices = {d.id: d for d in await hue.identify(bridge.announcements()[0])}
        assert devices[lamp].room == "Bedroom"

    async def test_events_of_a_bridge_that_says_only_the_new_value(
        self, hue: Hue, bridge: HueBridge, hub: RecordingHub, recorded: dict[str, Any]
    ) -> None:
        """The recorded bridge never says whether a lamp is in white or in colour mode."""
        lamp = bridge.device_id("Bedroom lamp")
        says = {}
        for message in recorded["messages"]:
            item = message[0]["data"][0]
            if item["type"] == "light":
                says.update({k: item[k] for k in ("color", "color_temperature") if k in item})
        states = {}
        for feature in ("color", "color_temperature"):
            since = len(hub.events)
            item = {"id": lamp.partition("/")[2], "type": "light", feature: says[feature]}
            bridge.clip._emit("update", [item])
            states[feature] = await hub.state(lamp, lambda _: True, since)
        assert "color_temperature" not in states["color"]
        assert Color(hue=0, saturation=100).shown_by(states["color"]["color"])
        assert states["color_temperature"]["color"] == Color(hue=0, saturation=0)
        assert states["color_temperature"]["color_temperature"] == ColorTemperature(kelvin=3333)
