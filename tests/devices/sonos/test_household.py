"""The virtual household's own protocol, where SoCo's suite does not look."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
import soco
from aiohttp import ClientError, ClientSession, web
from soco.exceptions import (
    FavoritesAlreadyAddedError,
    FavoritesFullError,
    SoCoUPnPException,
)

from devices.untrusted_xml import parse
from devices.virtual.sonos import Playlist, SonosHousehold, Track
from devices.virtual.sonos.player import Player
from devices.virtual.sonos.ssdp import search_target
from devices.virtual.sonos.transport import Loaded

from .conftest import DEADLINE_S, fresh_block


def speak(player: Player) -> soco.SoCo:
    soco.soco_reset()
    return soco.SoCo(player.host, player.port)


def queue(household: SonosHousehold, name: str, playlist: str = "SQ:1") -> Player:
    player = household.player(name)
    player.transport.enqueue(household.content.saved_queue(playlist).tracks, 0, Loaded())
    player.transport.load(Loaded(player.queue_uri))
    return player


# Events ------------------------------------------------------------------------------------


@dataclass
class Listener:
    url: str
    heard: asyncio.Queue[tuple[dict[str, str], str]] = field(default_factory=asyncio.Queue)

    async def next(self) -> tuple[dict[str, str], str]:
        async with asyncio.timeout(DEADLINE_S):
            return await self.heard.get()


@asynccontextmanager
async def listening() -> AsyncIterator[Listener]:
    async def notify(request: web.Request) -> web.Response:
        await listener.heard.put((dict(request.headers), await request.text()))
        return web.Response()

    app = web.Application()
    app.router.add_route("NOTIFY", "/", notify)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listener = Listener(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    try:
        yield listener
    finally:
        await runner.cleanup()


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


def events_of(player: Player, service: str = "MediaRenderer/RenderingControl") -> str:
    return f"http://{player.host}:{player.port}/{service}/Event"


async def test_a_subscription_from_first_event_to_last(
    household: SonosHousehold, session: ClientSession
) -> None:
    player = household.player("Kitchen")
    url = events_of(player)
    async with listening() as listener:
        ask = {"CALLBACK": f"<{listener.url}>", "NT": "upnp:event", "TIMEOUT": "Second-120"}
        async with session.request("SUBSCRIBE", url, headers=ask) as granted:
            assert granted.status == 200
            assert granted.headers["TIMEOUT"] == "Second-120"
            sid = granted.headers["SID"]
        headers, first = await listener.next()
        assert (headers["SID"], headers["SEQ"], headers["NTS"]) == (sid, "0", "upnp:propchange")
        assert '&lt;Volume channel="Master" val="24"/&gt;' in first.replace("&quot;", '"')
        assert 'channel="RF"' in first.replace("&quot;", '"')

        player.set_volume(40)
        headers, second = await listener.next()
        assert headers["SEQ"] == "1"
        assert 'val="40"' in second.replace("&quot;", '"')

        async with session.request("SUBSCRIBE", url, headers={"SID": sid}) as renewed:
            assert (renewed.status, renewed.headers["SID"]) == (200, sid)
        async with session.request("UNSUBSCRIBE", url, headers={"SID": sid}) as ended:
            assert ended.status == 200
        async with session.request("SUBSCRIBE", url, headers={"SID": sid}) as late:
            assert late.status == 412
        player.set_volume(41)
        await asyncio.sleep(0.05)
        assert listener.heard.empty()


async def test_topology_is_told_to_every_player_and_whole(
    household: SonosHousehold, session: ClientSession
) -> None:
    bath = household.player("Bathroom")
    async with listening() as listener:
        ask = {"CALLBACK": f"<{listener.url}>", "NT": "upnp:event"}
        url = events_of(bath, "ZoneGroupTopology")
        async with session.request("SUBSCRIBE", url, headers=ask) as granted:
            assert granted.status == 200
        await listener.next()
        household.join(household.player("Living Room"), household.player("Kitchen").uid)
        _, body = await listener.next()
    told = parse(body).findtext(".//ZoneGroupState") or ""
    groups = parse(told).findall(".//ZoneGroup")
    assert sorted(len(group) for group in groups) == [1, 2]


@pytest.mark.parametrize("callback", ["<http://192.168.1.5:3400/>", "<http://localhost/>", ""])
async def test_events_go_nowhere_but_loopback(
    household: SonosHousehold, session: ClientSession, callback: str
) -> None:
    ask = {"CALLBACK": callback, "NT": "upnp:event"}
    url = events_of(household.player("Kitchen"))
    async with session.request("SUBSCRIBE", url, headers=ask) as refused:
        assert refused.status == 412


# Control -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 500, "402"),
        (b"<a>" * 500, 500, "402"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 500, "402"),
        (b"<a>" + b" " * (1 << 19) + b"</a>", 413, ""),
    ],
    ids=["empty", "deep", "entities", "huge"],
)
async def test_malformed_requests_are_refused(
    household: SonosHousehold, session: ClientSession, body: bytes, status: int, code: str
) -> None:
    player = household.player("Kitchen")
    url = f"http://{player.host}:{player.port}/MediaRenderer/AVTransport/Control"
    async with session.post(url, data=body) as response:
        assert response.status == status
        assert f"<errorCode>{code}</errorCode>" in await response.text() or not code


async def test_each_error_has_the_code_of_its_specification(household: SonosHousehold) -> None:
    kitchen = speak(queue(household, "Kitchen"))
    member = household.player("Living Room")
    household.join(member, household.player("Kitchen").uid)
    living = soco.SoCo(member.host)
    refused: dict[str, Callable[[], object]] = {
        "401": lambda: kitchen.avTransport.Fly([("InstanceID", 0)]),
        "402": lambda: kitchen.renderingControl.SetVolume(
            [("InstanceID", 0), ("Channel", "Master"), ("DesiredVolume", 101)]
        ),
        "701": kitchen.pause,
        "711": lambda: kitchen.seek(track=99),
        "712": lambda: kitchen.avTransport.SetPlayMode(
            [("InstanceID", 0), ("NewPlayMode", "BACKWARDS")]
        ),
        "714": lambda: kitchen.play_uri("https://radio.example/live"),
        "800": lambda: living.avTransport.Play([("InstanceID", 0), ("Speed", 1)]),
    }
    for code, call in refused.items():
        with pytest.raises(SoCoUPnPException) as error:
            await asyncio.to_thread(call)
        assert error.value.error_code == code


async def test_group_volume_keeps_the_balance(household: SonosHousehold) -> None:
    kitchen, living, _ = household.players
    kitchen.set_volume(20)
    living.set_volume(40)
    household.join(living, kitchen.uid)

    def turn_up() -> int:
        group = speak(kitchen).group
        assert group is not None
        group.volume = 60
        return group.volume

    assert await asyncio.to_thread(turn_up) == 60
    assert (kitchen.sound.volume, living.sound.volume) == (40, 80)


async def test_a_sleep_timer_stops_the_music(household: SonosHousehold) -> None:
    player = queue(household, "Kitchen")
    player.transport.play()
    stopped = asyncio.Event()
    player.transport.changed = lambda: player.transport.state == "STOPPED" and stopped.set()
    await asyncio.to_thread(speak(player).set_sleep_timer, 1)
    async with asyncio.timeout(DEADLINE_S):
        await stopped.wait()
    assert player.transport.sleeps_at is None


async def test_tracks_follow_one_another_and_end() -> None:
    tracks = tuple(Track(t, "", "", 0.15, f"x-file-cifs://attic/{t}.flac") for t in "abc")
    async with SonosHousehold(
        favourites=[Playlist("Short", tracks)], block=fresh_block()
    ) as household:
        player = queue(household, "Kitchen")
        heard: list[str] = []
        ended = asyncio.Event()

        def changed() -> None:
            track = player.transport.track
            heard.append(track.title if track else "")
            if player.transport.state == "STOPPED":
                ended.set()

        player.transport.changed = changed
        player.transport.play()
        async with asyncio.timeout(DEADLINE_S):
            await ended.wait()
        assert heard == ["a", "b", "c", "a"]  # stopped before the first again

        player.transport.set_play_mode("REPEAT_ALL")
        player.transport.seek_track(3)
        player.transport.next()
        assert player.transport.current == 0


async def test_the_queue_is_reordered_around_what_plays(household: SonosHousehold) -> None:
    player = queue(household, "Kitchen")
    player.transport.seek_track(2)
    titles = [track.title for track in player.transport.queue]
    playing = player.transport.track

    def reorder() -> None:
        app = speak(player)
        app.reorder_queue(0, 2, 4)
        app.remove_from_queue(0)

    await asyncio.to_thread(reorder)
    assert [t.title for t in player.transport.queue] == [titles[3], titles[0], titles[1]]
    assert player.transport.track is playing


async def test_favourites_are_not_kept_twice_nor_without_end(household: SonosHousehold) -> None:
    def fill() -> int:
        app = speak(queue(household, "Kitchen"))
        first, second, *_ = app.get_queue()
        app.favorites.add(first)
        with pytest.raises(FavoritesAlreadyAddedError):
            app.favorites.add(first)
        for n in range(100):
            second.resources[0].uri = f"x-file-cifs://attic/{n}.flac"
            try:
                app.favorites.add(second)
            except FavoritesFullError:
                break
        return len(app.music_library.get_sonos_favorites())

    assert await asyncio.to_thread(fill) == 70


async def test_the_services_that_only_tell(household: SonosHousehold) -> None:
    player = household.player("Kitchen")

    def ask() -> None:
        app = speak(player)
        assert app.household_id == household.id
        assert app.get_speaker_info()["model_name"] == "Sonos One"
        assert app.alarmClock.ListAlarms()["CurrentAlarmList"] == "<Alarms></Alarms>"
        services = app.musicServices.ListAvailableServices()["AvailableServiceDescriptorList"]
        assert parse(services).find("Service") is not None
        serial = app.systemProperties.GetString([("VariableName", "R_TrialZPSerial")])
        assert serial["StringValue"] == player.serial
        app.status_light = False
        assert app.status_light is False
        assert {zone.player_name for zone in app.visible_zones} == {
            "Kitchen", "Living Room", "Bathroom",
        }  # fmt: skip

    await asyncio.to_thread(ask)


async def test_a_player_that_is_gone_drops_the_connection(
    household: SonosHousehold, session: ClientSession
) -> None:
    player = household.player("Kitchen")
    player.fault.gone = True
    with pytest.raises(ClientError):
        await session.get(player.location)
    player.fault.gone = False
    async with session.get(player.location) as back:
        assert back.status == 200


def test_a_search_with_bare_line_feeds_is_understood() -> None:
    lines = ("M-SEARCH * HTTP/1.1", 'MAN: "ssdp:discover"', "ST: ssdp:all", "", "")
    for end in ("\n", "\r\n"):
        assert search_target(end.join(lines).encode()) == "ssdp:all"
    for other in (b"", b"NOTIFY * HTTP/1.1\r\nST: ssdp:all\r\n\r\n", b"\xff" * 4000):
        assert search_target(other) == ""
