"""Names, listings and descriptions, without a player: what they come to, and what nonsense does."""

from __future__ import annotations

import pytest

from devices.capabilities import Media
from devices.device import Refused
from devices.drivers.sonos.media import MAX_CHOICES, Asked, Choice, choices, playing, resolve
from devices.virtual.sonos import didl

OFFERED = tuple(
    Choice(name, f"x-rincon-mp3radio://radio.example/{n}", "", queued=False)
    for n, name in enumerate(
        ("Jazz FM", "Blue Lantern Jazz", "Klassik Zürich", "The News Hour", "80s & 90s Rock")
    )
)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("JAZZ FM", "Jazz FM"),
        ("jazz", "Jazz FM"),  # the first in the owner's own order
        ("lantern", "Blue Lantern Jazz"),
        ("jazz lantern", "Blue Lantern Jazz"),
        ("klassik zurich", "Klassik Zürich"),
        ("the news", "The News Hour"),
        ("80s rock", "80s & 90s Rock"),
        ("nwes hour", "The News Hour"),
    ],
)
def test_a_name_is_found(asked: str, name: str) -> None:
    assert resolve(asked, OFFERED).name == name


@pytest.mark.parametrize(
    "asked",
    ["polka", "jazz polka", "x", "", "   ", "the", "🎷", "javascript://alert", "a" * 10_000],
)
def test_what_is_not_there_is_refused_in_plain_words(asked: str) -> None:
    with pytest.raises(Refused) as refused:
        resolve(asked, OFFERED)
    assert len(str(refused.value)) < 300


def test_nothing_to_choose_from() -> None:
    with pytest.raises(Refused, match="no favourites"):
        resolve("jazz", ())


def test_listings_are_cleaned_cut_and_told_apart() -> None:
    def item(title: str, uri: str, metadata: str = "") -> str:
        return (
            f'<item id="FV:2/1" parentID="FV:2"><dc:title>{title}</dc:title><res>{uri}</res>'
            f"<r:resMD>{metadata}</r:resMD></item>"
        )

    favourites = didl.document(
        [
            item("Jazz\u202e\nFM" + "!" * 500, "x-rincon-mp3radio://a"),
            item(
                "A Record",
                "x-file:1",
                "&lt;upnp:class&gt;object.container.album&lt;/upnp:class&gt;",
            ),
            item("An artist to browse, not to play", ""),
            item("Dinner", "x-rincon-mp3radio://dinner"),
        ]
    )
    playlists = didl.document(
        didl.container(f"SQ:{n}", "SQ:", title, f"file:///jffs/settings/savedqueues.rsq#{n}", 1)
        for n, title in enumerate(("DINNER", "Reading", *(str(x) for x in range(300))))
    )
    found = choices(favourites, playlists)

    assert [c.name for c in found[1:4]] == ["A Record", "Dinner", "Reading"]
    assert found[0].name.startswith("Jazz FM!")
    assert len(found[0].name) == 128
    assert [c.queued for c in found[:4]] == [False, True, False, True]
    assert found[2].uri == "x-rincon-mp3radio://dinner"
    assert len(found) == MAX_CHOICES
    assert choices("<nonsense", "NOT_IMPLEMENTED") == ()


def radio(stream: str) -> dict[str, str]:
    uri = "x-rincon-mp3radio://radio.example/live.mp3"
    described = (
        f'<item id="-1"><res>{uri}</res><r:streamContent>{stream}</r:streamContent>'
        "<dc:title>live.mp3</dc:title></item>"
    )
    return {
        "TrackURI": uri, "TrackDuration": "0:00:00", "TrackMetaData": didl.document([described]),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("stream", "title", "artist", "album"),
    [
        ("M83 - Couleurs", "Couleurs", "M83", None),
        ("BR P|TYPE=SNG|TITLE Couleurs|ARTIST M83|ALBUM Saturdays", "Couleurs", "M83", "Saturdays"),
        ("Traffic and weather", "Traffic and weather", None, None),
        ("", None, None, None),
    ],
)
def test_what_stations_say(
    stream: str, title: str | None, artist: str | None, album: str | None
) -> None:
    media = {"CurrentURI": OFFERED[0].uri}
    told = playing(media, radio(stream), OFFERED, None, "")
    assert told == Media(item="Jazz FM", title=title, artist=artist, album=album)


@pytest.mark.parametrize(
    ("uri", "item"),
    [
        ("x-sonos-htastream:RINCON_1:spdif", "TV"),
        ("x-rincon-stream:RINCON_1", "Line in"),
        ("https://a.example/b.mp3", "https://a.example/b.mp3"),
        ("x-rincon-queue:RINCON_1#0", None),
        ("", None),
    ],
)
def test_what_has_no_name_of_its_own(uri: str, item: str | None) -> None:
    none = {"TrackMetaData": "NOT_IMPLEMENTED"}
    assert playing({"CurrentURI": uri}, none, OFFERED, None, "").item == item


def test_what_was_asked_counts_only_while_it_plays() -> None:
    asked = Asked("jzz", "Jazz FM", "x-rincon-queue:RINCON_1#0", tracks=3)
    same = {"CurrentURI": asked.uri, "NrTracks": "3"}
    assert playing(same, {}, (), asked, "").item == "jzz"
    assert playing({**same, "NrTracks": "4"}, {}, (), asked, "Dinner").item == "Dinner"
    assert playing({"CurrentURI": "x-rincon-mp3radio://b"}, {}, (), asked, "").item != "jzz"
