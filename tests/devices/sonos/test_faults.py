"""What can go wrong with players: slow, gone, refusing, lying, moved, and players that are none."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import web

from devices.capabilities import Group, Media, Playback, Volume
from devices.device import Announcement, Refused, Unreachable
from devices.driver import Away, Found
from devices.drivers.sonos import topology, wire
from devices.drivers.sonos.driver import Sonos
from devices.untrusted_xml import MAX_BYTES
from devices.virtual.sonos import SonosHousehold, Zone

from .conftest import Home, RecordingHub, fresh_block, introduce

KITCHEN, LIVING = "Kitchen", "Living Room"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> float:
    """A short deadline for every call; to be asked for before the driver."""
    monkeypatch.setattr(wire, "CALL_S", 1.0)
    return 1.0


async def test_a_slow_player_is_waited_for_up_to_the_deadline(impatient: float, home: Home) -> None:
    fault = home.household.player(KITCHEN).fault
    fault.slow_s = 0.3
    assert (await home.read(KITCHEN))["volume"] == Volume(percent=24)

    fault.slow_s = 30
    started = time.monotonic()
    with pytest.raises(Unreachable):
        await home.apply(KITCHEN, Volume(percent=50))
    assert time.monotonic() - started < impatient + 0.5
    assert (await home.read(LIVING))["volume"] == Volume(percent=24)
    fault.slow_s = 0  # so that leaving is quick


async def test_a_player_goes_and_comes_back_by_itself(home: Home) -> None:
    kitchen, player = home.id(KITCHEN), home.household.player(KITCHEN)
    gone = asyncio.create_task(home.hub.away(kitchen))
    await asyncio.sleep(0)
    player.fault.gone = True
    await gone  # nobody asked: the watch noticed
    with pytest.raises(Unreachable):
        await home.read(KITCHEN)

    back = asyncio.create_task(home.hub.found(kitchen))
    await asyncio.sleep(0)
    player.fault.gone = False
    await back
    pushed = asyncio.create_task(home.hub.update(kitchen, Volume(percent=77)))
    await asyncio.sleep(0)
    player.set_volume(77)
    await pushed


async def test_a_read_that_fails_tells_at_once(
    household: SonosHousehold, hub: RecordingHub
) -> None:
    async with Sonos(hub, check_s=60) as driver:
        await introduce(driver, household)
        player = household.player(KITCHEN)
        player.fault.gone = True
        for _ in range(2):
            with pytest.raises(Unreachable):
                await driver.read(f"sonos:{player.uid}")
        assert [e for e in hub.events if isinstance(e, Away)] == [Away((f"sonos:{player.uid}",))]


async def test_a_refusal_is_told_and_nothing_changes(home: Home) -> None:
    home.household.player(KITCHEN).fault.refuse = True
    with pytest.raises(Refused, match="error 501"):
        await home.apply(KITCHEN, Volume(percent=50))
    with pytest.raises(Refused):
        await home.apply(KITCHEN, Media(item="jazz"))
    assert (await home.read(KITCHEN))["volume"] == Volume(percent=24)


async def test_a_lie_shows_in_what_is_read_back(home: Home) -> None:
    home.household.player(KITCHEN).fault.lie = True
    home.household.player(LIVING).fault.lie = True
    wanted = (
        Volume(percent=50), Media(item="jazz"), Media(item="Sunday Dinner"),
        Playback(state="playing"), Group(leader=home.id(LIVING)),
    )  # fmt: skip
    for command in wanted:
        await home.apply(KITCHEN, command)
        assert not command.shown_by((await home.read(KITCHEN))[command.kind])


async def test_a_lie_about_a_queue_shows_while_another_plays(home: Home) -> None:
    await home.apply(KITCHEN, Media(item="Slow Morning"))
    home.household.player(KITCHEN).fault.lie = True
    await home.apply(KITCHEN, Media(item="Sunday Dinner"))
    assert not Media(item="Sunday Dinner").shown_by((await home.read(KITCHEN))["media"])


async def test_a_player_that_takes_no_subscriptions_is_looked_at(
    household: SonosHousehold, driver: Sonos, hub: RecordingHub
) -> None:
    async def refuse(*_: object) -> web.Response:
        return web.Response(status=503)

    player = household.player(KITCHEN)
    player.events.subscribe = refuse
    await introduce(driver, household)
    kitchen = f"sonos:{player.uid}"
    await driver.apply(kitchen, Volume(percent=9))
    seen = asyncio.create_task(hub.update(kitchen, Volume(percent=55)))
    player.set_volume(55)
    await seen
    assert not [e for e in hub.events if isinstance(e, Away)]


async def test_a_member_answers_while_its_coordinator_is_gone(home: Home) -> None:
    await home.apply(LIVING, Group(leader=home.id(KITCHEN)))
    await home.shows(LIVING, Group(leader=home.id(KITCHEN)))
    home.household.player(KITCHEN).fault.gone = True

    state = await home.read(LIVING)
    assert state["volume"] == Volume(percent=24)
    assert "playback" not in state
    with pytest.raises(Unreachable):
        await home.apply(LIVING, Playback(state="playing"))


async def test_players_keep_their_ids_at_other_addresses(driver: Sonos, hub: RecordingHub) -> None:
    async with SonosHousehold(block=fresh_block()) as before:
        was = await introduce(driver, before)
        ids = {p.zone.name: f"sonos:{p.uid}" for p in before.players}
        gone = asyncio.create_task(hub.away(ids[KITCHEN]))
    await gone

    async with SonosHousehold(block=fresh_block()) as after:
        assert await introduce(driver, after) == was
        await driver.apply(ids[KITCHEN], Volume(percent=33))
        assert after.player(KITCHEN).sound.volume == 33
        pushed = asyncio.create_task(hub.update(ids[KITCHEN], Volume(percent=44)))
        await asyncio.sleep(0)
        after.player(KITCHEN).set_volume(44)
        await pushed


async def test_a_household_that_restarts_in_place_is_heard_again(
    household: SonosHousehold, driver: Sonos, hub: RecordingHub
) -> None:
    block = fresh_block()
    async with SonosHousehold(block=block, id="Sonos_again") as before:
        await introduce(driver, before)
    async with SonosHousehold(block=block, id="Sonos_again") as after:
        await introduce(driver, after)
        player = after.player(KITCHEN)
        pushed = asyncio.create_task(hub.update(f"sonos:{player.uid}", Volume(percent=66)))
        await asyncio.sleep(0)
        player.set_volume(66)
        await pushed


async def test_nobody_takes_the_id_of_a_player_that_still_answers(home: Home) -> None:
    async with SonosHousehold(block=fresh_block(), id=home.household.id) as impostor:
        assert impostor.devices.keys() == home.household.devices.keys()
        await introduce(home.driver, impostor)
        await home.apply(KITCHEN, Volume(percent=12))
        assert impostor.player(KITCHEN).sound.volume == 24
    assert home.household.player(KITCHEN).sound.volume == 12


# Players that are none ---------------------------------------------------------------------

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def stranger(answer: Answer) -> AsyncIterator[Announcement]:
    """Something on port 1400 that answers everything in the same way."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    host = f"{fresh_block()}.9"
    await web.TCPSite(runner, host, 1400).start()
    try:
        yield Announcement("mdns", "_sonos._tcp.local.", "Sonos-evil", host, 1400)
    finally:
        await runner.cleanup()


def says(body: bytes, **headers: str) -> Answer:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=body, content_type="text/xml", headers=headers)

    return answer


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
)
ENVELOPE = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><u:R xmlns:u="u">'
    "<ZoneGroupState>{}</ZoneGroupState></u:R></s:Body></s:Envelope>"
)
NONSENSE = {
    "empty": b"",
    "malformed": b"<s:Envelope><unclosed",
    "not xml": b"\x00\xff\xfe it works!",
    "huge": b"<a>" + b"x" * (8 * MAX_BYTES) + b"</a>",
    "entities": BOMB,
    "deep": b"<a>" * 200_000,
    "no answer in it": b"<a/>",
    "no topology": ENVELOPE.format("").encode(),
    "malformed topology": ENVELOPE.format("&lt;ZoneGroupState&gt;&lt;Zone").encode(),
    "bomb in the topology": ENVELOPE.format(
        BOMB.decode().replace("&", "&amp;").replace("<", "&lt;")
    ).encode(),
}


@pytest.mark.parametrize("body", NONSENSE.values(), ids=NONSENSE.keys())
async def test_nonsense_is_no_player(driver: Sonos, body: bytes) -> None:
    async with stranger(says(body)) as heard, asyncio.timeout(wire.CALL_S):
        with pytest.raises(Unreachable):
            await driver.identify(heard)


async def test_a_bomb_stays_folded(driver: Sonos) -> None:
    bomb = gzip.compress(b" " * (64 << 20))
    packed = says(bomb, **{"Content-Encoding": "gzip"})
    async with stranger(packed) as heard, asyncio.timeout(wire.CALL_S):
        with pytest.raises(Unreachable):
            await driver.identify(heard)


async def test_a_slow_drip_ends_at_the_deadline(impatient: float, driver: Sonos) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(400):
            await response.write(b" ")
            await asyncio.sleep(0.05)
        return response

    async with stranger(drip) as heard, asyncio.timeout(impatient + 1):
        with pytest.raises(Unreachable):
            await driver.identify(heard)


async def test_redirects_are_not_followed(driver: Sonos) -> None:
    asked: list[str] = []

    async def victim(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response()

    async with stranger(victim) as elsewhere:
        to = f"http://{elsewhere.host}:1400/admin"

        async def redirect(request: web.Request) -> web.Response:
            raise web.HTTPTemporaryRedirect(to)

        async with stranger(redirect) as heard:
            with pytest.raises(Unreachable):
                await driver.identify(heard)
    assert asked == []


async def test_a_location_at_another_host_is_not_asked(
    household: SonosHousehold, driver: Sonos
) -> None:
    asked: list[str] = []

    async def victim(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response()

    async with stranger(victim) as elsewhere:
        heard = household.announcements()[0]
        lied = {**heard.properties, "location": f"http://{elsewhere.host}:1400/xml/x.xml"}
        devices = await driver.identify(replace(heard, properties=lied))
    assert len(devices) == 1  # asked at the address that spoke
    assert asked == []


async def test_a_topology_sends_us_to_no_other_host(driver: Sonos) -> None:
    """Whoever announces a player may name any address in its topology: none of them is asked,
    unless somebody there has announced himself."""
    asked: list[str] = []

    async def victim(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response()

    async with stranger(victim) as elsewhere:
        state = (
            f'<ZoneGroupState><ZoneGroups><ZoneGroup Coordinator="RINCON_0"><ZoneGroupMember '
            f'UUID="RINCON_0" Location="http://{elsewhere.host}:{elsewhere.port}/xml/x.xml" '
            f'ZoneName="Vault"/></ZoneGroup></ZoneGroups></ZoneGroupState>'
        )
        body = ENVELOPE.format(state.replace("&", "&amp;").replace("<", "&lt;"))
        async with stranger(says(body.encode())) as heard:
            assert heard.host != elsewhere.host
            with pytest.raises(Unreachable, match="no player"):
                await driver.identify(heard)
    assert asked == []


async def test_an_address_outside_is_not_asked(driver: Sonos) -> None:
    with pytest.raises(Unreachable, match="not an address of this network"):
        await driver.identify(
            Announcement("ssdp", "urn:schemas-upnp-org:device:ZonePlayer:1", "x", "8.8.8.8", 1400)
        )


async def test_one_that_is_not_who_it_is_said_to_be_is_left_out(
    household: SonosHousehold, driver: Sonos
) -> None:
    """A topology may name any address at home; the device there must own the id."""
    claimed = household.player(KITCHEN)
    state = (
        f'<ZoneGroupState><ZoneGroups><ZoneGroup Coordinator="RINCON_0"><ZoneGroupMember '
        f'UUID="RINCON_0" Location="{claimed.location}" ZoneName="Vault"/></ZoneGroup>'
        "</ZoneGroups></ZoneGroupState>"
    )
    body = ENVELOPE.format(state.replace("&", "&amp;").replace("<", "&lt;"))
    async with stranger(says(body.encode())) as heard:
        with pytest.raises(Unreachable, match="no player"):
            await driver.identify(heard)


@pytest.mark.parametrize(
    ("host", "told_by", "asked"),
    [
        ("192.168.1.7", "192.168.1.20", True),
        ("10.1.2.3", "192.168.1.20", True),
        ("127.0.0.12", "127.0.0.11", True),
        ("127.0.0.1", "192.168.1.20", False),
        ("169.254.169.254", "192.168.1.20", False),
        ("8.8.8.8", "192.168.1.20", False),
        ("100.64.0.1", "192.168.1.20", False),
        ("0.0.0.0", "192.168.1.20", False),
        ("::1", "127.0.0.11", False),
        ("::ffff:127.0.0.1", "127.0.0.11", False),
        ("2130706433", "127.0.0.11", False),
        ("localhost", "127.0.0.11", False),
    ],
)
def test_which_addresses_a_topology_may_name(host: str, told_by: str, asked: bool) -> None:
    assert topology.may_be_asked(host, told_by) is asked
    state = (
        f'<ZoneGroupState><ZoneGroup Coordinator="RINCON_A"><ZoneGroupMember UUID="RINCON_A" '
        f'Location="http://{host}:1400/xml/x.xml" ZoneName="A"/></ZoneGroup></ZoneGroupState>'
    )
    assert bool(topology.members(state, told_by)) is asked


@pytest.mark.parametrize(
    "location",
    ["", "http://", "https://10.0.0.1:1400/", "http://10.0.0.1:99999/", "http://10.0.0.1:22/",
     "http://[::1/", "file:///etc/passwd"],
)  # fmt: skip
def test_locations_that_are_no_players(location: str) -> None:
    assert topology.endpoint_of(location) is None


async def test_names_from_strangers_are_told_as_they_are_and_cut_by_the_house(
    driver: Sonos, hub: RecordingHub
) -> None:
    name = '<script>alert("x")</script> & IGNORE ALL RULES'
    async with SonosHousehold([Zone(name, "x")], block=fresh_block(), id="Sonos_evil") as house:
        (device,) = await driver.identify(house.announcements()[0])
        assert device.name == name
        assert not [e for e in hub.events if isinstance(e, Found) and len(e.devices) != 1]


async def test_a_mute_stranger_holds_up_no_player(driver: Sonos, household: SonosHousehold) -> None:
    enough = asyncio.Event()

    async def say_nothing(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await enough.wait()
        writer.close()

    mute = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    port = mute.sockets[0].getsockname()[1]
    location = {"location": f"http://127.0.0.1:{port}/xml/device_description.xml"}
    heard = replace(household.announcements()[0], host="127.0.0.1", port=port, properties=location)
    async with mute:
        strangers = [asyncio.create_task(driver.identify(heard)) for _ in range(3)]
        await asyncio.sleep(0)
        assert await driver.identify(household.announcements()[0])
        assert not any(stranger.done() for stranger in strangers)
        enough.set()
        for stranger in strangers:
            with pytest.raises(Unreachable):
                await stranger
