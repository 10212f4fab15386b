"""Names that would make one thing pass for another."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from devices.device import KINDS, Device
from dobby.agent.calls import ToolCall
from dobby.agent.disguise import contradiction, in_full
from dobby.agent.subjects import subject
from dobby.agent.tool import Caller
from dobby.agent.tools import Toolbox
from dobby.language.words import Words
from dobby.people.roles import Person, Role
from tests.dobby.message_path import MessagePath, message_path

OLGA = Person("olga", "Olga", Role.OWNER)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
async def path(tmp_path: Path) -> AsyncIterator[MessagePath]:
    async with message_path(tmp_path, answer=False) as path:
        yield path


def toolbox(path: MessagePath) -> Toolbox:
    return path.agent._toolbox  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize("kind", ["lock", "garage", "gate", "door", "alarm", "valve", "boiler"])
def test_what_is_guarded_passes_for_nothing_harmless(kind: str) -> None:
    device = Device(id="x:1", name="It", kind=kind, room="Hall")
    for name in ("Hall night light", "Reading lamp", "Kitchen speaker", "The bedroom blind",
                 "Desk fan", "Living room TV", "Nice chandelier"):  # fmt: skip
        assert contradiction(device, name, ["Hall", "Kitchen"]), name


@pytest.mark.parametrize("kind", ["light", "speaker", "shade", "fan", "tv", "thermostat"])
def test_nothing_harmless_passes_for_what_is_guarded(kind: str) -> None:
    device = Device(id="x:1", name="It", kind=kind, room="Hall")
    for name in ("Front door lock", "Garage door", "Burglar alarm", "Garden gate"):
        assert contradiction(device, name, ["Hall", "Garage"]), name


@pytest.mark.parametrize(
    ("kind", "name"),
    [("lock", "Front door"), ("garage", "Garage door"), ("light", "Garage light"),
     ("light", "Door lamp"), ("speaker", "Garage"), ("outlet", "Desk lamp"), ("switch", "Gate"),
     ("sensor", "Back door"), ("camera", "Garden gate"), ("lock", "Sesame"), ("light", "Bob"),
     ("shade", "Bedroom window"), ("garage", "Sesam"), ("thermostat", "Heating"),
     ("tv", "Big speaker")],
)  # fmt: skip
def test_what_people_call_things_is_let_be(kind: str, name: str) -> None:
    device = Device(id="x:1", name="It", kind=kind, room="Hall")
    assert contradiction(device, name, ["Hall", "Garage"]) == ""


def test_its_own_kind_is_never_against_it() -> None:
    for kind in KINDS:
        assert contradiction(Device(id="x:1", name="It", kind=kind), f"My {kind}", []) == ""


async def test_a_name_that_hides_the_kind_is_refused_and_kept_from_the_house(
    path: MessagePath,
) -> None:
    for field in ("name", "alias"):
        call = ToolCall(
            name="name_device", arguments={"device": "Front door", field: "Hall night light"}
        )
        (result,) = await toolbox(path).run([call], Caller(OLGA, NOW))
        assert "would be taken for a light" in result.refused
    front = path.house.devices["declared:front_door"]
    assert (front.name, front.aliases) == ("Front door", ())


@pytest.mark.parametrize("name", ["Sesame", "Willkommen", "Hall night light", "Anna's", "X1"])
async def test_who_is_asked_for_a_code_hears_what_it_is(path: MessagePath, name: str) -> None:
    """Whatever it is called by now: by an older version, by its driver, in another language."""
    path.house.rename("declared:front_door", name=name, room="Attic")
    call = ToolCall(name="lock", arguments={"devices": ["declared:front_door"], "locked": False})
    (result,) = await toolbox(path).run([call], Caller(OLGA, NOW))
    assert result.asks
    asked = toolbox(path).doing(result.asks, Caller(OLGA, NOW))
    assert asked == f"unlock the lock in “Hall”, called “{name}”".replace(
        " in “Hall”", "" if name.startswith("Hall") else " in “Hall”"
    )


def test_a_plain_name_is_said_plainly() -> None:
    words = Words()
    for kind, name in (("lock", "Front door"), ("garage", "Garage door"), ("alarm", "House alarm")):
        device = Device(id="x:1", name=name, kind=kind, room="Hall")
        assert in_full(device, device, subject([device], words), words) == subject([device], words)
