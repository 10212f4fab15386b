"""The driver against a virtual household, over real sockets."""

from __future__ import annotations

import asyncio

import pytest
import soco

from devices.capabilities import (
    Group,
    Lock,
    Media,
    Mute,
    Playback,
    PlayMode,
    Skip,
    Volume,
)
from devices.device import Announcement, Refused, UnknownDevice, Unsupported
from devices.driver import Found
from devices.drivers.sonos.driver import Sonos
from devices.virtual.sonos import Playlist, SonosHousehold, Station, Track, Zone

from .conftest import Home, RecordingHub, fresh_block, introduce

KITCHEN, LIVING, BATH = "Kitchen", "Living Room", "Bathroom"


async def test_every_player_tells_of_those_that_announced_themselves(
    household: SonosHousehold, driver: Sonos
) -> None:
    first, *_, last = household.announcements()
    assert {d.name for d in await driver.identify(first)} < {KITCHEN, LIVING, BATH}
    await introduce(driver, household)
    devices = await driver.identify(last)

    assert {d.name for d in devices} == {KITCHEN, LIVING, BATH}
    assert {d.id for d in devices} == set(household.devices)
    kitchen = next(d for d in devices if d.name == KITCHEN)
    assert (kitchen.kind, kitchen.room, kitchen.maker) == ("speaker", KITCHEN, "Sonos")
    assert kitchen.model == "Sonos One"
    volume, media = kitchen.ability("volume"), kitchen.ability("media")
    assert volume is not None
    assert (volume.min, volume.max) == (0, 100)
    assert media is not None
    assert {"Blue Lantern Jazz", "Sunday Dinner"} <= set(media.choices)
    assert len(set(media.choices)) == len(media.choices)


async def test_identifying_again_asks_little_and_changes_nothing(home: Home) -> None:
    before = await home.driver.identify(home.household.announcements()[0])
    again = await asyncio.gather(
        *(home.driver.identify(heard) for heard in home.household.announcements())
    )
    assert all({d.id for d in devices} == {d.id for d in before} for devices in again)


async def test_a_stereo_pair_is_one_speaker(driver: Sonos) -> None:
    zones = (Zone("Den", "Den"), Zone("Den", "Den", bonded="Den"), Zone("Hall", "Hall"))
    async with SonosHousehold(zones, block=fresh_block(), id="Sonos_pair") as household:
        assert await introduce(driver, household) == set(household.devices)
        devices = await driver.identify(household.announcements()[1])  # the invisible half
        assert sorted(d.name for d in devices) == ["Den", "Hall"]


async def test_volume_and_mute(home: Home) -> None:
    await home.apply(KITCHEN, Volume(percent=37.4))
    await home.apply(KITCHEN, Mute(muted=True))

    state = await home.read(KITCHEN)
    assert state["volume"] == Volume(percent=37)
    assert state["mute"] == Mute(muted=True)
    assert home.household.player(KITCHEN).sound.volume == 37
    assert (await home.read(LIVING))["mute"] == Mute(muted=False)


async def test_a_radio_station_plays_and_says_what(home: Home) -> None:
    await home.apply(KITCHEN, Media(item="Blue Lantern Jazz"))

    state = await home.read(KITCHEN)
    assert state["playback"] == Playback(state="playing")
    assert state["media"] == Media(
        item="Blue Lantern Jazz", title="Midnight Ferry", artist="Dexter Vale"
    )


@pytest.mark.parametrize(
    ("asked", "plays"),
    [
        ("blue lantern jazz", "Blue Lantern Jazz"),
        ("jazz", "Blue Lantern Jazz"),
        ("some jaz", "Blue Lantern Jazz"),
        ("the clasical station", "Meridian Classical"),
        ("rcok", "Granite Rock"),
        ("harbor news", "Harbour News"),
        ("sunday diner", "Sunday Dinner"),
    ],
)
async def test_a_favourite_is_known_by_half_a_name_or_a_typo(
    home: Home, asked: str, plays: str
) -> None:
    await home.apply(KITCHEN, Media(item=asked))

    transport = home.household.player(KITCHEN).transport
    assert transport.state == "PLAYING"
    assert plays in {transport.loaded.title, transport.enqueued.title}
    shown = (await home.read(KITCHEN))["media"]
    assert Media(item=asked).shown_by(shown)  # verifiable in the owner's own word


async def test_an_unknown_favourite_is_refused_with_the_nearest(home: Home) -> None:
    with pytest.raises(Refused, match=r"nearest are: .*Sunday Dinner") as refused:
        await home.apply(KITCHEN, Media(item="sunday polka\u202e party"))
    assert "\u202e" not in str(refused.value)
    assert home.household.player(KITCHEN).transport.state == "STOPPED"


async def test_a_playlist_goes_through_the_queue(home: Home) -> None:
    await home.apply(LIVING, Media(item="Slow Morning"))

    state = await home.read(LIVING)
    assert state["media"] == Media(
        item="Slow Morning", title="First Light", artist="Juno Albright", album="Slow Kettle"
    )
    await home.apply(LIVING, Skip(to="next"))
    assert (await home.shows(LIVING, Media(title="Porch Weather"))).said()["item"] == "Slow Morning"
    await home.apply(LIVING, Skip(to="previous"))
    await home.shows(LIVING, Media(title="First Light"))


async def test_there_is_no_track_after_the_last(home: Home) -> None:
    await home.apply(LIVING, Media(item="Piano for Reading"))
    await home.apply(LIVING, Skip(to="next"))
    await home.apply(LIVING, Skip(to="next"))
    with pytest.raises(Refused, match="no next track"):
        await home.apply(LIVING, Skip(to="next"))
    await home.apply(KITCHEN, Media(item="jazz"))
    with pytest.raises(Refused, match="no previous track"):
        await home.apply(KITCHEN, Skip(to="previous"))


async def test_a_uri_plays(home: Home) -> None:
    uri = "https://archive.example/talks/evening.mp3"
    await home.apply(KITCHEN, Media(item=uri))
    assert Media(item=uri).shown_by((await home.read(KITCHEN))["media"])
    assert home.household.player(KITCHEN).transport.loaded.uri == uri


async def test_an_endless_web_stream_is_asked_for_as_radio(home: Home) -> None:
    uri = "https://radio.example/live"
    await home.apply(KITCHEN, Media(item=uri))
    transport = home.household.player(KITCHEN).transport
    assert transport.loaded.uri == "x-rincon-mp3radio://radio.example/live"
    assert Media(item=uri).shown_by((await home.read(KITCHEN))["media"])


@pytest.mark.parametrize(
    "uri", ["file:///etc/passwd", "ftp://a.example/x.mp3", "x-rincon:RINCON_1"]
)
async def test_other_addresses_are_not_played(home: Home, uri: str) -> None:
    with pytest.raises(Refused):
        await home.apply(KITCHEN, Media(item=uri))
    assert home.household.player(KITCHEN).transport.loaded.uri == ""


async def test_pause_play_stop(home: Home) -> None:
    with pytest.raises(Refused, match="nothing to play"):
        await home.apply(KITCHEN, Playback(state="playing"))
    await home.apply(KITCHEN, Playback(state="paused"))  # silent already: no harm

    await home.apply(KITCHEN, Media(item="Sunday Dinner"))
    for state in ("paused", "playing", "stopped"):
        await home.apply(KITCHEN, Playback(state=state))
        assert (await home.read(KITCHEN))["playback"] == Playback(state=state)


async def test_a_radio_that_pauses_is_silent(home: Home) -> None:
    await home.apply(KITCHEN, Media(item="jazz"))
    await home.apply(KITCHEN, Playback(state="paused"))
    assert Playback(state="paused").shown_by((await home.read(KITCHEN))["playback"])
    assert home.household.player(KITCHEN).transport.state == "STOPPED"


async def test_shuffle_and_repeat_are_set_apart(home: Home) -> None:
    await home.apply(KITCHEN, Media(item="Sunday Dinner"))
    await home.apply(KITCHEN, PlayMode(shuffle=True))
    await home.apply(KITCHEN, PlayMode(repeat="all"))
    assert (await home.read(KITCHEN))["play_mode"] == PlayMode(shuffle=True, repeat="all")
    await home.apply(KITCHEN, PlayMode(shuffle=False))
    assert (await home.read(KITCHEN))["play_mode"] == PlayMode(shuffle=False, repeat="all")

    await home.apply(KITCHEN, Media(item="jazz"))
    with pytest.raises(Refused, match="neither shuffled nor repeated"):
        await home.apply(KITCHEN, PlayMode(shuffle=True))


async def test_group_and_ungroup(home: Home) -> None:
    kitchen, living = home.id(KITCHEN), home.id(LIVING)
    await home.apply(KITCHEN, Media(item="jazz"))
    await home.apply(LIVING, Group(leader=kitchen))

    await home.shows(LIVING, Group(leader=kitchen))
    member = await home.read(LIVING)
    assert member["playback"] == Playback(state="playing")
    assert member["media"] == (await home.read(KITCHEN))["media"]
    await home.apply(LIVING, Playback(state="stopped"))  # goes to the coordinator
    assert home.household.player(KITCHEN).transport.state == "STOPPED"

    await home.apply(LIVING, Group(leader=living))
    assert (await home.read(LIVING))["group"] == Group(leader=living)
    assert (await home.read(KITCHEN))["group"] == Group(leader=kitchen)


async def test_grouping_twice_is_grouping_once(home: Home) -> None:
    for _ in range(2):
        await home.apply(LIVING, Group(leader=home.id(KITCHEN)))
    generation = home.household.generation
    await home.apply(LIVING, Group(leader=home.id(KITCHEN)))
    assert home.household.generation == generation
    await home.apply(BATH, Group(leader=home.id(BATH)))  # alone already
    assert home.household.generation == generation


async def test_the_music_goes_on_when_its_coordinator_leaves(home: Home) -> None:
    await home.apply(KITCHEN, Media(item="Sunday Dinner"))
    await home.apply(LIVING, Group(leader=home.id(KITCHEN)))
    await home.apply(KITCHEN, Group(leader=home.id(KITCHEN)))

    living = await home.shows(LIVING, Group(leader=home.id(LIVING)))
    assert living == Group(leader=home.id(LIVING))
    assert (await home.read(LIVING))["playback"] == Playback(state="playing")
    assert (await home.read(KITCHEN))["playback"] == Playback(state="stopped")


async def test_a_member_can_be_made_the_leader(home: Home) -> None:
    await home.apply(KITCHEN, Media(item="jazz"))
    await home.apply(LIVING, Group(leader=home.id(KITCHEN)))
    await home.apply(KITCHEN, Group(leader=home.id(LIVING)))

    assert (await home.read(KITCHEN))["group"] == Group(leader=home.id(LIVING))
    assert home.household.player(LIVING).transport.state == "PLAYING"
    await home.apply(BATH, Group(leader=home.id(KITCHEN)))  # a member again: it takes the lead
    for name in (KITCHEN, LIVING, BATH):
        assert (await home.read(name))["group"] == Group(leader=home.id(KITCHEN))


async def test_what_speakers_cannot_do(home: Home) -> None:
    with pytest.raises(Unsupported):
        await home.apply(KITCHEN, Lock(locked=True))
    with pytest.raises(UnknownDevice):
        await home.driver.read("sonos:RINCON_NOBODY")
    with pytest.raises(UnknownDevice):
        await home.apply(KITCHEN, Group(leader="sonos:RINCON_NOBODY"))


async def test_a_change_by_another_app_is_pushed(home: Home) -> None:
    kitchen = home.household.player(KITCHEN)
    app = soco.SoCo(kitchen.host, kitchen.port)
    pushed = asyncio.create_task(home.hub.update(home.id(KITCHEN), Volume(percent=61)))

    def turn_up() -> None:
        app.volume = 61

    await asyncio.gather(asyncio.to_thread(turn_up), pushed)


async def test_a_change_of_group_by_another_app_is_pushed(home: Home) -> None:
    waiting = asyncio.create_task(home.hub.update(home.id(BATH), Group(leader=home.id(KITCHEN))))
    await asyncio.sleep(0)
    home.household.join(home.household.player(BATH), home.household.player(KITCHEN).uid)
    await waiting


async def test_what_a_coordinator_starts_is_pushed_for_its_members(home: Home) -> None:
    await home.apply(LIVING, Group(leader=home.id(KITCHEN)))
    waiting = asyncio.create_task(home.hub.update(home.id(LIVING), Media(item="Blue Lantern Jazz")))
    await home.apply(KITCHEN, Media(item="Blue Lantern Jazz"))
    await waiting


async def test_the_next_song_of_a_station_is_pushed(driver: Sonos, hub: RecordingHub) -> None:
    songs = (Track("One", "A", "", 0.4), Track("Two", "B", "", 600))
    stations = [Station("Short Songs", "x-rincon-mp3radio://radio.example/short", songs)]
    async with SonosHousehold(favourites=stations, block=fresh_block(), id="Sonos_fm") as house:
        await introduce(driver, house)
        home = Home(house, driver, hub)
        waiting = asyncio.create_task(
            hub.update(home.id(KITCHEN), Media(item="Short Songs", title="Two", artist="B"))
        )
        await home.apply(KITCHEN, Media(item="short songs"))
        await waiting


async def test_the_end_of_the_queue_is_pushed(driver: Sonos, hub: RecordingHub) -> None:
    tracks = tuple(Track(t, "A", "B", 1, f"x-file-cifs://attic/{t}.flac") for t in "ab")
    async with SonosHousehold(
        favourites=[Playlist("Two Tunes", tracks)], block=fresh_block(), id="Sonos_end"
    ) as house:
        await introduce(driver, house)
        home = Home(house, driver, hub)
        second = asyncio.create_task(hub.update(home.id(KITCHEN), Media(title="b")))
        ended = asyncio.create_task(hub.update(home.id(KITCHEN), Playback(state="stopped")))
        await home.apply(KITCHEN, Media(item="two tunes"))
        await asyncio.gather(second, ended)


async def test_a_new_favourite_is_offered_by_itself(home: Home) -> None:
    def offered(event: object) -> bool:
        return isinstance(event, Found) and all(
            "Porch Radio" in (d.ability("media") or d.abilities[0]).choices for d in event.devices
        )

    waiting = asyncio.create_task(home.hub.wait(offered))
    await asyncio.sleep(0)
    home.household.content.add_favourite(
        '<DIDL-Lite xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns="urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/"><item id="" parentID="FV:2">'
        "<dc:title>Porch Radio</dc:title><res>x-rincon-mp3radio://radio.example/porch</res>"
        "</item></DIDL-Lite>"
    )
    await waiting
    await home.apply(KITCHEN, Media(item="porch radio"))


async def test_announcements_are_judged_alone(driver: Sonos) -> None:
    def heard(service: str) -> Announcement:
        return Announcement("mdns", service, "x", "192.168.1.9", 1400)

    assert driver.recognises(heard("_sonos._tcp.local."))
    assert driver.recognises(heard("urn:schemas-upnp-org:device:ZonePlayer:1"))
    assert not driver.recognises(heard("_hap._tcp.local."))
