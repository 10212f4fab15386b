"""A house declared in a file: what it means, and the words for a file that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.capabilities import (
    CAPABILITIES,
    Brightness,
    Climate,
    Color,
    FanSpeed,
    Lock,
    Media,
    Playback,
    Power,
    Skip,
    parse,
)
from devices.device import KINDS, Command, Device, Outcome
from devices.virtual.declared import (
    USUAL,
    HouseFile,
    HouseFileError,
    changed,
    devices_of,
    follow,
    load,
    read_state,
)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "house.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def declared(**device: object) -> Device:
    return devices_of(HouseFile.model_validate({"devices": {"front_door": device}}))[0]


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    file = load(
        written(
            tmp_path,
            """
            zone: Europe/Berlin
            units: fahrenheit
            people: {ann: owner, guest1: guest}
            rooms:
              - Kitchen
              - {name: Bedroom, floor: Upstairs, aliases: [master]}
            devices:
              lamp:
                name: Küchenlampe
                kind: light
                room: Kitchen
                aliases: [counter]
                can: [power, {color_temperature: {min: 2200, max: 6500}}]
                state: {power: true}
                fault: slow
            """,
        )
    )
    assert (file.zone, file.units, file.people["ann"]) == ("Europe/Berlin", "fahrenheit", "owner")
    (lamp,) = devices_of(file)
    assert (lamp.id, lamp.name, lamp.room) == ("declared:lamp", "Küchenlampe", "Kitchen")
    assert lamp.aliases == ("counter",)
    white = lamp.ability("color_temperature")
    assert white is not None
    assert (white.min, white.max) == (2200, 6500)
    assert lamp.ability("brightness") is None


def test_what_is_not_said_is_usual() -> None:
    device = declared(kind="light", state={"color": {"hue": 10, "saturation": 50}})
    assert device.name == "front door"
    assert [a.kind for a in device.abilities] == ["power", "brightness", "color"]
    assert set(USUAL) <= set(KINDS)
    assert {kind for kinds in USUAL.values() for kind in kinds} <= set(CAPABILITIES)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("devices: [", "is not YAML"),
        ("rooms: []", "devices: Field required"),
        ("devices: {x: {kind: lamp}}", "there is no kind 'lamp'; kinds are light"),
        ("devices: {x: {knid: light}}", "devices.x.knid: Extra inputs"),
        ("people: {bob: boss}\ndevices: {}", "people.bob"),
        ("devices: {x: {fault: broken}}", "devices.x.fault"),
        ("- a\n- b", "the file"),
        ("", "the file"),
    ],
)
def test_a_wrong_file_is_told_where_and_what(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(HouseFileError) as error:
        load(written(tmp_path, text))
    assert words in str(error.value)
    assert "house.yaml" in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(HouseFileError, match="No such file"):
        load(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("device", "words"),
    [
        ({"can": ["dance"]}, "there is no ability 'dance'; there are power"),
        ({"can": [{"brightness": {"least": 3}}]}, "front_door: brightness: "),
    ],
)
def test_a_wrong_ability_is_told(device: dict[str, object], words: str) -> None:
    with pytest.raises(HouseFileError) as error:
        declared(**device)
    assert words in str(error.value)


@pytest.mark.parametrize("state", [{"dance": 1}, {"brightness": 140}, {"climate": {"warm": 3}}])
def test_a_wrong_state_is_told(state: dict[str, object]) -> None:
    with pytest.raises(HouseFileError):
        read_state(state)


def test_a_state_may_be_written_short_or_long() -> None:
    assert read_state({"brightness": 40, "climate": {"target": 21}, "power": True}) == {
        "brightness": Brightness(percent=40),
        "climate": Climate(target=21),
        "power": Power(on=True),
    }


def test_what_comes_along_with_a_command() -> None:
    off = {"power": Power(on=False)}
    assert follow(off, Brightness(percent=30))["power"] == Power(on=True)
    assert follow(off, Brightness(percent=0))["power"] == Power(on=False)
    assert follow(off, FanSpeed(percent=50))["power"] == Power(on=True)
    assert follow(off, Color(hue=1, saturation=90))["power"] == Power(on=True)
    assert follow({}, Media(item="jazz")) == {
        "media": Media(item="jazz"),
        "playback": Playback(state="playing"),
    }
    warm = {"climate": Climate(mode="heat", current=19)}
    assert follow(warm, Climate(target=22))["climate"] == Climate(
        mode="heat", target=22, current=19
    )
    assert off == {"power": Power(on=False)}  # the state before is left as it was


@pytest.mark.parametrize("way", [["next"] * 10, ["previous"] * 3, ["next", "previous"]])
async def test_every_skip_is_another_track(declare, way: list[str]) -> None:
    radio = {"kind": "speaker", "state": {"media": {"item": "Jazz Radio"}}}
    skips = [Command(device="declared:radio", set=Skip(to=to)) for to in way]
    async with declare({"radio": radio}) as house:
        receipts = await house.apply(skips)
        assert all(r.verified for r in receipts)
        state = house.state("declared:radio")
    assert "skip" not in state
    assert state["media"].item == "Jazz Radio"


COMMANDS = {
    "power": {"on": True}, "brightness": {"percent": 40}, "color": {"hue": 120, "saturation": 80},
    "color_temperature": {"kelvin": 2700}, "volume": {"percent": 30}, "mute": {"muted": True},
    "playback": {"state": "playing"}, "media": {"item": "Jazz Radio"},
    "play_mode": {"shuffle": True}, "source": {"name": "Netflix"}, "preset": {"name": "Gate"},
    "group": {"leader": "declared:other"}, "climate": {"mode": "heat", "target": 21.5},
    "fan_speed": {"percent": 66}, "position": {"percent": 25}, "tilt": {"percent": 50},
    "movement": {"moving": False},
    "lock": {"locked": True}, "alarm": {"mode": "night"}, "chore": {"activity": "working"},
    "scene": {"active": True}, "todo": {"items": [{"text": "milk"}]},
    "skip": {"to": "next"}, "timers": {"entries": [{"seconds": 300, "name": "tea"}]},
}  # fmt: skip
UNSETTABLE = {"snapshot", "reading"}


@pytest.mark.parametrize("kind", sorted(CAPABILITIES))
async def test_every_ability_can_be_commanded_and_is_verified(declare, kind: str) -> None:
    if kind in UNSETTABLE:
        assert CAPABILITIES[kind].readonly
        return
    wanted = parse(kind, COMMANDS[kind])
    async with declare({"thing": {"can": [kind]}}) as house:
        (receipt,) = await house.apply([Command(device="declared:thing", set=wanted)])
    assert receipt.outcome is Outcome.VERIFIED, receipt


def test_words_and_bare_values_mean_what_they_say(tmp_path: Path) -> None:
    path = tmp_path / "house.yaml"
    path.write_text(
        "devices:\n"
        "  heat: {kind: thermostat, can: [climate: {choices: [off, heat]}],"
        " state: {climate: {mode: off, target: 20}}}\n"
        "  door: {kind: lock, state: {lock: unlocked}}\n"
        "  lamp: {kind: light, state: {power: on}}\n"
    )
    file = load(path)
    heat, _, _ = devices_of(file)
    ability = heat.ability("climate")
    assert ability is not None
    assert ability.choices == ("off", "heat")
    states = {key: read_state(declared.state) for key, declared in file.devices.items()}
    assert states["heat"]["climate"] == Climate(mode="off", target=20)
    assert states["door"]["lock"] == Lock(locked=False)
    assert states["lamp"]["power"] == Power(on=True)
    warmer = read_state(changed(file.devices["heat"].state, {"climate": 23}))
    assert warmer["climate"] == Climate(mode="off", target=23)
