"""What a tile says, for every kind of ability."""

from __future__ import annotations

import pytest

from devices.capabilities import CAPABILITIES, parse
from devices.device import Device
from devices.driver import Away, Found, Update
from devices.house import House
from dobby.web.view import device_view, house_view

TILES: list[tuple[str, dict[str, dict[str, object]], str, bool]] = [
    ("light", {"power": {"on": False}, "brightness": {"percent": 40}}, "off", False),
    ("outlet", {"power": {"on": True}}, "on", True),
    ("light", {"power": {"on": True}, "brightness": {"percent": 40}}, "40%", True),
    ("light", {"power": {"on": True}, "color": {"hue": 240, "saturation": 90},
               "color_temperature": {"kelvin": 2700}}, "on · blue", True),
    ("light", {"power": {"on": True}, "brightness": {"percent": 5}, "color": {"hue": 30,
               "saturation": 10}, "color_temperature": {"kelvin": 2700}}, "5% · warm white", True),
    ("speaker", {"playback": {"state": "playing"}, "volume": {"percent": 24},
                 "media": {"title": "So What", "artist": "Miles Davis"},
                 "mute": {"muted": False}, "group": {"leader": "hue:1"}},
     "So What by Miles Davis · volume 24", True),
    ("speaker", {"playback": {"state": "paused"}, "media": {"item": "Jazz FM"},
                 "mute": {"muted": True}}, "paused: Jazz FM · muted", False),
    ("speaker", {"playback": {"state": "stopped"}, "media": {"title": "Old"}}, "silent", False),
    ("speaker", {"playback": {"state": "playing"}, "group": {"leader": "hue:2"}},
     "playing · with Kitchen", True),
    ("speaker", {"play_mode": {"shuffle": True}}, "", False),
    ("tv", {"power": {"on": True}, "source": {"name": "HDMI 1"}}, "on · shows HDMI 1", True),
    ("thermostat", {"climate": {"mode": "heat", "target": 21, "current": 19.5}},
     "19.5 °C · heating to 21 °C", True),
    ("aircon", {"climate": {"mode": "off", "target": 21, "current": 19.5}}, "19.5 °C · off", False),
    ("aircon", {"climate": {"mode": "dry"}}, "dry", True),
    ("fan", {"power": {"on": True}, "fan_speed": {"percent": 60}}, "runs at 60%", True),
    ("garage", {"position": {"percent": 0}}, "closed", False),
    ("garage", {"position": {"percent": 100}}, "open", True),
    ("shade", {"position": {"percent": 70}, "tilt": {"percent": 20}},
     "70% open · tilted to 20%", False),
    ("lock", {"lock": {"locked": True}}, "locked", False),
    ("lock", {"lock": {"locked": False}}, "unlocked", True),
    ("alarm", {"alarm": {"mode": "night"}}, "armed (night)", True),
    ("vacuum", {"chore": {"activity": "working", "area": "Hall"}}, "at work in Hall", True),
    ("scene", {"scene": {"active": False}}, "", False),
    ("scene", {"scene": {"active": True}}, "set", True),
    ("list", {"todo": {"items": [{"text": "milk"}, {"text": "eggs", "done": True}]}},
     "milk", False),
    ("list", {"todo": {"items": []}}, "nothing left to do", False),
    ("timer", {"timers": {"entries": [{"seconds": 90, "name": "tea"}]}},
     "tea with 1 minute 30 seconds left", True),
    ("sensor", {"reading": {"temperature": 21.04, "humidity": 48, "battery": 90, "motion": True}},
     "motion · 21 °C · 48% humid", True),
    ("sensor", {"reading": {"leak": True, "battery": 12}}, "leak · battery 12%", True),
    ("sensor", {"reading": {"contact": False, "co2": 810}}, "closed · 810 ppm CO₂", False),
    ("shade", {"position": {"percent": 40}, "movement": {"moving": True}},
     "40% open · moving", False),
    ("shade", {"position": {"percent": 40}, "movement": {"moving": False}}, "40% open", False),
    ("camera", {"snapshot": {}}, "", False),
    ("camera", {"preset": {"name": "Gate"}}, "looks at Gate", False),
    ("speaker", {"skip": {"to": "next"}}, "", False),
]  # fmt: skip


class NoVault:
    """Nothing is paired here."""


@pytest.fixture
def house() -> House:
    house = House([], NoVault())  # type: ignore[arg-type]
    house.publish(Found((Device(id="hue:2", name="Kitchen", kind="speaker"),)))
    return house


@pytest.mark.parametrize(("kind", "state", "says", "active"), TILES)
def test_a_tile_reads_well(
    house: House, kind: str, state: dict[str, dict[str, object]], says: str, active: bool
) -> None:
    house.publish(Found((Device(id="hue:1", name="It", kind=kind),)))
    house.publish(Update("hue:1", {k: parse(k, v) for k, v in state.items()}))
    view = device_view(house, "hue:1", False)
    assert (view["says"], view["active"]) == (says, active)
    house.publish(Away(("hue:1",)))
    view = device_view(house, "hue:1", False)
    assert (view["says"], view["active"], view["level"], view["color"]) == (
        "away",
        False,
        None,
        None,
    )


def test_every_kind_is_among_them() -> None:
    assert {kind for _, state, _, _ in TILES for kind in state} == set(CAPABILITIES)


def test_fahrenheit(house: House) -> None:
    house.publish(Found((Device(id="hue:1", name="It", kind="sensor"),)))
    house.publish(Update("hue:1", {"reading": parse("reading", {"temperature": 20})}))
    assert device_view(house, "hue:1", True)["says"] == "68 °F"


def test_rooms_hold_lights_first_and_scenes_last(house: House) -> None:
    kinds = ("scene", "sensor", "light", "lock", "speaker", "odd")
    house.publish(Found(tuple(Device(id=f"hue:{k}", name=k, kind=k, room="Hall") for k in kinds)))
    hall = next(room for room in house_view(house, False)["rooms"] if room["name"] == "Hall")
    assert [d["kind"] for d in hall["devices"]] == [
        "light", "speaker", "lock", "sensor", "scene", "odd",
    ]  # fmt: skip
