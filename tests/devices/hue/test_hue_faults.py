"""What goes wrong between the driver and a bridge, and how it mends."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from devices.capabilities import Brightness, Power, Scene
from devices.device import Announcement, DeviceError, NeedsPairing, Refused, Unreachable
from devices.driver import Away
from devices.drivers.hue import connection, link
from devices.drivers.hue.driver import Hue
from devices.virtual.hue import HueBridge
from devices.virtual.hue.certificate import make_identity, tls_context

if TYPE_CHECKING:
    from .conftest import RecordingHub

Act = Callable[[Hue, str], Awaitable[object]]
ACTS: dict[str, Act] = {
    "read": lambda hue, device: hue.read(device),
    "apply": lambda hue, device: hue.apply(device, Power(on=True)),
}


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "REQUEST_S", 0.6)
    monkeypatch.setattr(link, "REQUEST_S", 0.6)
    monkeypatch.setattr(link, "DOUBT_S", 0.2)
    monkeypatch.setattr(link, "PING_S", 1.0)


class TestOneLamp:
    async def test_slow_is_waited_for(self, hue: Hue, bridge: HueBridge) -> None:
        lamp = bridge.device_id("Hall lamp")
        bridge.devices[lamp].fault.slow_s = 0.2
        await hue.apply(lamp, Brightness(percent=30))
        assert Brightness(percent=30).shown_by((await hue.read(lamp))["brightness"])

    @pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
    async def test_too_slow_holds_up_nobody_else_and_is_looked_at_again(
        self, hue: Hue, bridge: HueBridge, hub: RecordingHub, act: Act
    ) -> None:
        lamp, other = bridge.device_id("Hall lamp"), bridge.device_id("Bath mirror")
        bridge.devices[lamp].fault.slow_s = 2.0

        async def slow() -> None:
            with pytest.raises(Unreachable, match="in time"):
                await act(hue, lamp)

        async with asyncio.timeout(1.5):
            await asyncio.gather(slow(), act(hue, other))
        since = len(hub.events)
        bridge.devices[lamp].fault.slow_s = 0.0
        await hub.found(lamp, since)

    @pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
    async def test_without_mains_it_is_away_until_it_has_power_again(
        self, hue: Hue, bridge: HueBridge, hub: RecordingHub, act: Act
    ) -> None:
        lamp = bridge.device_id("Hall lamp")
        bridge.devices[lamp].fault.gone = True
        await hub.away(lamp)
        with pytest.raises(Unreachable, match="Hall lamp does not answer the bridge"):
            await act(hue, lamp)
        since = len(hub.events)
        bridge.devices[lamp].fault.gone = False
        await hub.found(lamp, since)
        await hub.state(lamp, lambda s: "power" in s, since)
        await act(hue, lamp)

    async def test_a_lamp_that_was_dark_at_the_start_is_away_from_the_start(
        self, hue: Hue, bridge: HueBridge, hub: RecordingHub, heard: Announcement
    ) -> None:
        lamp = bridge.device_id("Hall lamp")
        bridge.devices[lamp].fault.gone = True
        await hub.away(lamp)
        since = len(hub.events)
        async with Hue(hub) as later:
            assert lamp in {d.id for d in await later.identify(heard)}
            await hub.away(lamp, since)

    async def test_a_dead_lamp_is_told_again_when_its_bridge_is_heard_again(
        self, hue: Hue, bridge: HueBridge, hub: RecordingHub, heard: Announcement
    ) -> None:
        lamp = bridge.device_id("Hall lamp")
        bridge.devices[lamp].fault.gone = True
        await hub.away(lamp)
        since = len(hub.events)
        assert lamp in {d.id for d in await hue.identify(heard)}  # the house: "it is back"
        assert len(hub.events) == since
        await hub.away(lamp, since)

    async def test_refusing_is_told_in_the_bridges_words(self, hue: Hue, bridge: HueBridge) -> None:
        lamp = bridge.device_id("Hall lamp")
        bridge.devices[lamp].fault.refuse = True
        with pytest.raises(Refused, match="refused the command"):
            await hue.apply(lamp, Power(on=False))
        assert (await hue.read(lamp))["power"] == Power(on=True)

    async def test_a_lie_shows_when_it_is_read_back(self, hue: Hue, bridge: HueBridge) -> None:
        lamp, scene = bridge.device_id("Hall lamp"), bridge.device_id("Bedroom/Relax")
        bridge.devices[lamp].fault.lie = bridge.devices[scene].fault.lie = True
        await hue.apply(lamp, Power(on=False))
        await hue.apply(scene, Scene(active=True))
        assert (await hue.read(lamp))["power"] == Power(on=True)
        assert (await hue.read(scene))["scene"] == Scene(active=False)


class TestWholeBridge:
    async def test_gone_and_back(self, hue: Hue, bridge: HueBridge, hub: RecordingHub) -> None:
        lamp, itself = bridge.device_id("Hall lamp"), bridge.devices[f"hue:{bridge.bridge_id}"]
        itself.fault.gone = True
        await hub.hears(lambda e: isinstance(e, Away) and len(e.devices) > 10)
        for act in ACTS.values():
            with pytest.raises(Unreachable):
                await act(hue, lamp)
        bridge.set_light(lamp, on={"on": False})  # while nobody listens
        since = len(hub.events)
        itself.fault.gone = False
        await hub.found(lamp, since)
        await hub.state(lamp, lambda s: s["power"] == Power(on=False), since)

    async def test_silent_is_noticed_without_being_asked(
        self, hue: Hue, bridge: HueBridge, hub: RecordingHub
    ) -> None:
        bridge.devices[f"hue:{bridge.bridge_id}"].fault.slow_s = 5.0
        await hub.away(bridge.device_id("Hall lamp"))

    async def test_refusing_and_lying(self, hue: Hue, bridge: HueBridge) -> None:
        lamp, itself = bridge.device_id("Hall lamp"), bridge.devices[f"hue:{bridge.bridge_id}"]
        itself.fault.refuse = True
        with pytest.raises(Refused, match="internal error"):
            await hue.apply(lamp, Power(on=False))
        itself.fault.refuse, itself.fault.lie = False, True
        await hue.apply(lamp, Power(on=False))
        assert (await hue.read(lamp))["power"] == Power(on=True)

    async def test_back_at_another_address_with_the_same_id(
        self, unpaired: Hue, hub: RecordingHub, bridge_id: str
    ) -> None:
        bridge = HueBridge(bridge_id=bridge_id)
        async with bridge:
            bridge.press_button()
            first = await unpaired.pair(bridge.announcements()[0], None)
            old_port = bridge.port
        lamp = bridge.device_id("Hall lamp")
        await hub.away(lamp)
        async with occupied(old_port), bridge:
            assert bridge.port != old_port
            since = len(hub.events)
            moved = await unpaired.identify(bridge.announcements()[0])
            assert {d.id for d in moved} == {d.id for d in first}
            await hub.state(lamp, lambda s: "power" in s, since)
            await unpaired.apply(lamp, Power(on=False))
            assert (await unpaired.read(lamp))["power"] == Power(on=False)

    async def test_back_at_the_same_address_by_itself(
        self, unpaired: Hue, hub: RecordingHub, bridge_id: str
    ) -> None:
        bridge = HueBridge(bridge_id=bridge_id)
        async with bridge:
            bridge.press_button()
            await unpaired.pair(bridge.announcements()[0], None)
            port = bridge.port
        lamp = bridge.device_id("Hall lamp")
        await hub.away(lamp)
        since = len(hub.events)
        bridge._wanted_port = port
        async with bridge:
            await hub.found(lamp, since)
            assert (await unpaired.read(lamp))["power"] == Power(on=True)

    async def test_back_with_another_certificate(
        self, unpaired: Hue, hub: RecordingHub, bridge_id: str
    ) -> None:
        bridge = HueBridge(bridge_id=bridge_id)
        async with bridge:
            bridge.press_button()
            await unpaired.pair(bridge.announcements()[0], None)
        lamp = bridge.device_id("Hall lamp")
        bridge.flash.renew_identity()
        bridge._wanted_port = bridge.port
        async with bridge:
            for act in ACTS.values():
                with pytest.raises(Unreachable, match="another certificate"):
                    await act(unpaired, lamp)
            with pytest.raises(NeedsPairing, match=r"another certificate .* reset.* button"):
                await unpaired.identify(bridge.announcements()[0])
            bridge.press_button()
            await unpaired.pair(bridge.announcements()[0], None)  # the owner's own act
            await unpaired.apply(lamp, Power(on=False))

    @pytest.mark.parametrize(
        "babble",
        [
            b"data: {not json\n\n",
            b"data: [1, 2]\n\n",
            b'data: [{"type": "update"}]\n\n',
            b'data: [{"type": "update", "data": [{"id": []}]}]\n\n',
            b"data: \xff\xfe\n\n",
        ],
    )
    async def test_events_that_make_no_sense_are_survived(
        self, hue: Hue, bridge: HueBridge, hub: RecordingHub, babble: bytes
    ) -> None:
        lamp = bridge.device_id("Hall lamp")
        bridge.babble(babble)
        bridge.set_light(lamp, on={"on": False})
        await hub.state(lamp, lambda s: s["power"] == Power(on=False))
        since = len(hub.events)
        bridge.set_light(lamp, on={"on": True})
        await hub.state(lamp, lambda s: s["power"] == Power(on=True), since)

    async def test_an_event_in_pieces_and_unknown_kinds(
        self, hue: Hue, bridge: HueBridge, hub: RecordingHub
    ) -> None:
        lamp = bridge.device_id("Hall lamp")
        rid = lamp.partition("/")[2]
        bridge.babble(b'id: 1:0\ndata: [{"type":"error","data":[]},{"type":"update","data":[')
        bridge.babble(b'{"id":"unheard-of","type":"light","on":{"on":true}},{"type":"future"},')
        bridge.babble(b'{"id":"%s","type":"light","on":{"on":false}}]}]\n\n' % rid.encode())
        since = len(hub.events)
        await hub.state(lamp, lambda s: s["power"] == Power(on=False), since)
        assert not any(isinstance(e, Away) for e in hub.events)


class TestNonsense:
    """A server that has the pinned certificate and speaks HTTP, but not Hue."""

    @pytest.mark.parametrize(
        "body",
        [
            b"<html>", b"{", b"[]", b"null", b'"x"', b"{}", b'{"data": 5}', b'{"data": [1]}',
            b'{"data": null, "errors": []}', b'{"errors": "all of them"}', b'{"errors": [{}]}',
            b'{"data": [], "errors": []}', b'{"data": [{"id": 7}]}', b"\xff\xfe\x00",
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("status", [b"200 OK", b"400 Bad Request", b"500 Oops"])
    async def test_ends_in_a_device_error(
        self, hub: RecordingHub, bridge_id: str, body: bytes, status: bytes
    ) -> None:
        async with nonsense(body, status) as (port, certificate):
            hub.vault.kept[f"hue:{bridge_id}"] = {"app_key": "k", "certificate": certificate}
            heard = Announcement(
                "mdns", "_hue._tcp.local.", "x", "127.0.0.1", port, {"bridgeid": bridge_id}
            )
            async with Hue(hub) as hue:
                with pytest.raises(DeviceError):
                    await hue.identify(heard)
                with pytest.raises(DeviceError):
                    await hue.pair(heard, None)

    async def test_a_damaged_vault_asks_for_the_button(
        self, unpaired: Hue, heard: Announcement, hub: RecordingHub, bridge: HueBridge
    ) -> None:
        hub.vault.kept[f"hue:{bridge.bridge_id}"] = {"app_key": "k", "certificate": "zz"}
        with pytest.raises(DeviceError, match="unreadable"):
            await unpaired.identify(heard)


@asynccontextmanager
async def nonsense(body: bytes, status: bytes) -> AsyncGenerator[tuple[int, str]]:
    identity = make_identity("nonsense")

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(4096)
        head = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        writer.write(head % (status, len(body)) + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=tls_context(identity))
    der = ssl.PEM_cert_to_DER_cert(identity.decode().partition("-----END PRIVATE KEY-----\n")[2])
    async with server:
        yield server.sockets[0].getsockname()[1], hashlib.sha256(der).hexdigest()


@asynccontextmanager
async def occupied(port: int) -> AsyncGenerator[None]:
    """Keep a port from being handed out again."""
    server = await asyncio.start_server(lambda _, w: w.close(), "127.0.0.1", port)
    async with server:
        yield


async def test_what_no_event_told_of_is_learned_all_the_same(
    unpaired: Hue, hub: RecordingHub, bridge: HueBridge, heard: Announcement,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("devices.drivers.hue.link.PING_S", 0.2)
    bridge.press_button()
    await unpaired.pair(heard, None)
    lamp = bridge.device_id("Hall lamp")
    await hub.state(lamp, lambda s: s["power"] == Power(on=True))
    since = len(hub.events)
    monkeypatch.setattr(bridge, "_emit", lambda *_: None)
    bridge.set_light(lamp, on={"on": False})
    await hub.state(lamp, lambda s: s["power"] == Power(on=False), since)
