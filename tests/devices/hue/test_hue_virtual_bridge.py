"""The virtual bridge against the recordings, and against a client of its protocol."""

from __future__ import annotations

import asyncio
import hashlib
import json
import ssl
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohue.v2 import HueBridgeV2
from aiohue.v2.controllers.events import EventType
from cryptography import x509
from cryptography.x509.oid import NameOID

from devices.virtual.hue import HueBridge


def kind_of(value: Any) -> str:
    """JSON's name of a leaf's type."""
    if isinstance(value, bool):
        return "bool"
    return "number" if isinstance(value, (int, float)) else type(value).__name__


def differences(ours: Any, theirs: Any, path: str = "") -> list[str]:
    """What the recorded shape has that ours lacks or has otherwise."""
    if isinstance(theirs, dict):
        if not isinstance(ours, dict):
            return [f"{path}: not an object"]
        return [
            problem
            for key, inner in theirs.items()
            for problem in (
                differences(ours[key], inner, f"{path}.{key}")
                if key in ours
                else [f"{path}.{key}: missing"]
            )
        ]
    if isinstance(theirs, list):
        if not theirs or not ours:
            return [] if isinstance(ours, list) else [f"{path}: not a list"]
        closest = [differences(ours[0], element, f"{path}[]") for element in theirs]
        return min(closest, key=len)
    return [] if kind_of(ours) == kind_of(theirs) else [f"{path}: {ours!r} is not like {theirs!r}"]


@pytest.fixture
async def client(bridge: HueBridge) -> AsyncGenerator[aiohttp.ClientSession]:
    base = f"https://{bridge.host}:{bridge.port}"
    bridge.flash.keys.add("test-key")
    async with aiohttp.ClientSession(
        base,
        connector=aiohttp.TCPConnector(ssl=False),
        headers={"hue-application-key": "test-key"},
    ) as session:
        yield session


async def put(client: aiohttp.ClientSession, path: str, body: Any) -> tuple[int, dict[str, Any]]:
    async with client.put(f"/clip/v2/resource/{path}", json=body) as answer:
        return answer.status, await answer.json()


async def next_events(content: aiohttp.StreamReader, kind: str) -> list[dict[str, Any]]:
    """Items of the next event that holds that type of resource."""
    async with asyncio.timeout(5):
        while True:
            line = await content.readline()
            assert line, "the stream ended"
            if line.startswith(b"data: "):
                items = [i for event in json.loads(line[6:]) for i in event["data"]]
                if found := [i for i in items if i["type"] == kind]:
                    return found


class TestShapes:
    @pytest.mark.parametrize(
        "kind",
        [
            "device", "zigbee_connectivity", "light", "grouped_light", "bridge", "bridge_home",
            "motion", "light_level", "temperature", "device_power", "button",
        ],
    )  # fmt: skip
    def test_resources_are_like_the_recorded_ones(
        self, bridge: HueBridge, recorded: dict[str, Any], kind: str
    ) -> None:
        ours = list(bridge.clip.of(kind))
        assert ours
        for theirs in recorded["resources"][kind]:
            theirs.pop("channel", None)  # of the bridge's own radio only
            theirs.pop("service_id", None) if kind == "device" else None
            theirs.get("product_data", {}).pop("hardware_platform_type", None)  # switches only
            problems = [differences(resource, theirs) for resource in ours]
            assert min(problems, key=len) == [], theirs["id"]

    def test_ours_have_nothing_that_a_recorded_one_lacks(
        self, bridge: HueBridge, recorded: dict[str, Any]
    ) -> None:
        for kind in ("light", "device", "motion", "temperature", "light_level", "button"):
            for ours in bridge.clip.of(kind):
                if kind == "light" and "dimming" not in ours:
                    continue  # no plug was recorded
                problems = [differences(theirs, ours) for theirs in recorded["resources"][kind]]
                assert min(problems, key=len) == [], ours.get("metadata", kind)

    def test_the_configuration_is_like_the_recorded_one(
        self, bridge: HueBridge, recorded: dict[str, Any]
    ) -> None:
        assert differences(bridge.config, recorded["config"]) == []
        assert differences(recorded["config"], bridge.config) == []

    async def test_events_are_like_the_recorded_ones(
        self, bridge: HueBridge, client: aiohttp.ClientSession, recorded: dict[str, Any]
    ) -> None:
        lamp = bridge.device_id("Living room lamp").partition("/")[2]
        steps = [m for m in recorded["messages"] if m[0]["data"][0]["type"] == "light"]
        assert len(steps) == 4
        async with client.get("/eventstream/clip/v2") as stream:
            assert (await stream.content.readline()).strip() == b": hi"
            for theirs in steps:
                item = theirs[0]["data"][0]
                features = ("on", "dimming", "color", "color_temperature")
                body = {name: item[name] for name in features if name in item}
                assert (await put(client, f"light/{lamp}", {"on": {"on": True}, **body}))[0] == 200
                ours = (await next_events(stream.content, "light"))[0]
                assert differences(ours, item) == []
                extra = ours.keys() - item.keys()
                assert extra <= {"color", "color_temperature"}  # one ends when the other begins


class TestProtocol:
    async def test_the_certificate_carries_the_bridge_id(self, bridge: HueBridge) -> None:
        pem = await asyncio.to_thread(ssl.get_server_certificate, (bridge.host, bridge.port))
        subject = x509.load_pem_x509_certificate(pem.encode()).subject
        assert subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == bridge.bridge_id

    async def test_a_key_is_given_only_while_the_button_is_fresh(
        self, bridge: HueBridge, client: aiohttp.ClientSession
    ) -> None:
        async def ask(body: Any) -> dict[str, Any]:
            async with client.post("/api", json=body) as answer:
                return (await answer.json())[0]

        wish = {"devicetype": "test#test"}
        error = (await ask(wish))["error"]
        assert (error["type"], error["description"]) == (101, "link button not pressed")
        bridge.press_button()
        assert (await ask({}))["error"]["type"] == 5
        assert (await ask(wish))["success"]["username"] in bridge.flash.keys
        bridge.button_s = 0.0
        bridge.press_button()
        assert (await ask(wish))["error"]["type"] == 101

    @pytest.mark.parametrize("path", ["/clip/v2/resource", "/eventstream/clip/v2"])
    async def test_without_a_key_it_says_nothing(
        self, client: aiohttp.ClientSession, path: str
    ) -> None:
        async with client.get(path, headers={"hue-application-key": "guess"}) as answer:
            assert answer.status == 403
        async with client.get("/api/0/config") as answer:
            assert answer.status == 200  # this is for everybody

    async def test_bad_commands_are_refused_with_words(
        self, bridge: HueBridge, client: aiohttp.ClientSession
    ) -> None:
        hall = f"light/{bridge.device_id('Hall lamp').partition('/')[2]}"
        for body in (
            {"dimming": {"brightness": 140}},
            {"dimming": {}},
            {"on": {"on": "yes"}},
            {"color": {"xy": {"x": 0.3, "y": 0.3}}},  # the hall lamp is white
            {"colour": {}},
        ):
            status, answer = await put(client, hall, body)
            assert status == 400
            assert answer["errors"][0]["description"]
        assert (await put(client, "light/no-such-id", {"on": {"on": True}}))[0] == 404
        async with client.put(f"/clip/v2/resource/{hall}", data=b"{") as answer:
            assert answer.status == 400

    async def test_a_dark_lamp_ignores_all_but_the_switch(
        self, bridge: HueBridge, client: aiohttp.ClientSession
    ) -> None:
        lamp = bridge.device_id("Bedroom lamp")
        status, answer = await put(
            client, f"light/{lamp.partition('/')[2]}", {"dimming": {"brightness": 70}}
        )
        assert status == 207
        assert "soft off" in answer["errors"][0]["description"]
        assert bridge.resource(lamp)["dimming"]["brightness"] < 40

    async def test_a_room_is_switched_as_one_and_counts_as_lit(
        self, bridge: HueBridge, client: aiohttp.ClientSession
    ) -> None:
        kitchen = next(r for r in bridge.clip.of("room") if r["metadata"]["name"] == "Kitchen")
        group = bridge.clip.resources[kitchen["services"][0]["rid"]]
        body = {"on": {"on": True}, "dimming": {"brightness": 50}}
        assert (await put(client, f"grouped_light/{group['id']}", body))[0] == 200
        for name in ("Kitchen ceiling", "Kitchen counter"):
            assert bridge.resource(bridge.device_id(name))["on"]["on"]
        assert group["on"]["on"]
        assert group["dimming"]["brightness"] == pytest.approx(50, abs=0.5)

    async def test_aiohue_itself_reads_all_of_it_and_follows(self, bridge: HueBridge) -> None:
        bridge.flash.keys.add("aiohue")
        theirs = HueBridgeV2(f"{bridge.host}:{bridge.port}", "aiohue")
        connected, changed = asyncio.Event(), asyncio.Event()
        theirs.events.subscribe(lambda *_: connected.set(), EventType.CONNECTED)
        async with theirs, asyncio.timeout(5):
            assert theirs.bridge_id == bridge.bridge_id
            assert len(theirs.lights.items) == 8
            assert {r.metadata.name for r in theirs.groups.room} >= {"Kitchen", "Bath"}
            theirs.lights.subscribe(lambda *_: changed.set())
            await connected.wait()
            lamp = bridge.device_id("Hall lamp")
            bridge.set_light(lamp, on={"on": False})
            await changed.wait()
            assert not theirs.lights[lamp.partition("/")[2]].on.on

    async def test_it_keeps_its_identity_and_keys_in_its_home(
        self, tmp_path: Path, bridge_id: str
    ) -> None:
        async def fingerprint(bridge: HueBridge) -> str:
            pem = await asyncio.to_thread(ssl.get_server_certificate, (bridge.host, bridge.port))
            return hashlib.sha256(pem.encode()).hexdigest()

        async with HueBridge(bridge_id=bridge_id, home=tmp_path) as first:
            before = await fingerprint(first)
            first.flash.add_key("kept")
            lamp = first.device_id("Hall lamp")
        async with HueBridge(bridge_id=bridge_id, home=tmp_path) as second:
            assert await fingerprint(second) == before
            assert second.flash.keys == {"kept"}
            assert second.device_id("Hall lamp") == lamp

    def test_it_can_be_found(self, bridge: HueBridge) -> None:
        (info,) = bridge.services()
        assert info.type == "_hue._tcp.local."
        assert info.port == bridge.port
        assert info.decoded_properties["bridgeid"] == bridge.bridge_id
        assert bridge.ssdp_reply()["hue-bridgeid"] == bridge.bridge_id.upper()
