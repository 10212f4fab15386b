"""Somebody comes to the door, and the owner's phone is told: everything real but the street.

The daemon with eyes of its own and real weights, the virtual house with its cameras, and Twilio's
mock are processes. The footage runs on while the chapters of this file follow each other.
"""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import pytest_asyncio

from devices.virtual.camera import footage as published
from tests.dobby.endtoend.phone import (
    PUBLIC,
    TWILIO,
    Exchange,
    Phone,
    exchange,
    fields_of,
    phone,
)
from tests.dobby.endtoend.processes import (
    DaemonProcess,
    VirtualHouseProcess,
    daemon,
    virtual_house,
)
from tests.dobby.eyes.detector_models import home_with_model
from tests.peers.cameras import PEOPLE, footage

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(240)]

OWNER, GUEST, STRANGER = "+48600100200", "+48600100201", "+48600999999"
PATIENCE_S = 90.0  # the longest gap between two people, on a busy machine
WATCHING = "I watch the front door now, and tell owners of people"


@dataclass
class Stage:
    house: VirtualHouseProcess
    daemon: DaemonProcess
    carrier: Exchange
    owner: Phone
    guest: Phone
    alert: str = ""  # as the owner was told

    async def incidents(self) -> list[dict[str, Any]]:
        """As the page shows them: the newest first."""
        return (await self.daemon.get("/api/incidents"))["incidents"]

    async def until(self, true: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        async with asyncio.timeout(PATIENCE_S):
            while not true(seen := await self.incidents()):  # noqa: ASYNC110
                await asyncio.sleep(0.3)
            return seen

    async def fetch(self, path: str) -> tuple[int, bytes, str]:
        """As the carrier would: without any key but what is in the address."""
        async with aiohttp.ClientSession() as session, session.get(self.daemon.url + path) as got:
            return got.status, await got.read(), got.content_type

    def pictures(self, text: str = "") -> list[dict[str, Any]]:
        """The messages that went out with a picture; only those of this text, if there is one."""
        sent = [fields for fields in fields_of(self.carrier) if "MediaUrl" in fields]
        return [fields for fields in sent if text in ("", fields["Body"])]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Stage]:
    folder = tmp_path_factory.mktemp("eyes")
    (folder / "footage").mkdir()
    shutil.copy(footage(PEOPLE), folder / "footage" / published.PEOPLE.name)
    home = home_with_model(folder / "home")
    async with AsyncExitStack() as stack:
        carrier = await stack.enter_async_context(exchange(folder))
        house = virtual_house(folder / "house", 10.0, folder / "footage")
        house = await stack.enter_async_context(house)
        given = {**TWILIO, "TWILIO__API_BASE": carrier.url, "VISION__QUIET_S": 2}
        dobby = await stack.enter_async_context(daemon(home, **given))
        owner, guest = phone(OWNER, carrier, dobby), phone(GUEST, carrier, dobby)
        for who, name, role in ((owner, "Owner", "owner"), (guest, "Tom", "guest")):
            invited = await dobby.post("/api/invite", name=name, role=role)
            code = re.search(r"\d{4} \d{4}", invited["words"])
            assert code, invited
            assert (await who.says(code[0])).startswith(f"Welcome, {name}.")
        yield Stage(house, dobby, carrier, owner, guest)


async def test_a_camera_is_added_by_its_address(stage: Stage) -> None:
    address = stage.house.cameras["Front door"]["rtsp"]
    reply = await stage.owner.says(f"add a camera {address}")
    assert reply.endswith("Next I ask where it looks.")
    asked = await stage.owner.hears()
    assert asked.startswith("I see a camera")
    assert asked.endswith("Where does it look?")
    assert (await stage.owner.says("the front door")).startswith(WATCHING)


async def test_somebody_comes_and_the_phone_is_told_once_with_a_picture(stage: Stage) -> None:
    async with asyncio.timeout(PATIENCE_S):
        stage.alert = await stage.carrier.inbox(OWNER).get()
    assert re.match(r"(Someone|\w+ people) (is|are|was|were) at the front door\b", stage.alert)
    (sent,) = stage.pictures(stage.alert)
    assert sent["To"] == f"whatsapp:{OWNER}"
    assert stage.carrier.rejected == []
    seen = await stage.until(lambda seen: bool(seen and seen[-1]["told"]))
    assert seen[-1]["kind"] == "person"
    assert stage.guest.unread == 0


async def test_attack_51_the_picture_opens_by_its_own_address_alone(stage: Stage) -> None:
    address = urlsplit(stage.pictures(stage.alert)[0]["MediaUrl"])
    assert f"{address.scheme}://{address.netloc}" == PUBLIC
    status, jpeg, kind = await stage.fetch(f"{address.path}?{address.query}")
    assert (status, kind) == (200, "image/jpeg")
    assert jpeg.startswith(b"\xff\xd8\xff")
    given = {name: values[0] for name, values in parse_qs(address.query).items()}
    other = f"/pictures/{'a' * 32}.jpg"
    for bad in (
        address.path,
        f"{other}?{address.query}",
        f"{address.path}?e={int(given['e']) + 600}&s={given['s']}",
        f"{address.path}?e={given['e']}&s={given['s'][::-1]}",
        f"{address.path}?e=1&s={given['s']}",
    ):
        status, body, _ = await stage.fetch(bad)
        assert (status, jpeg in body) == (403, False), bad


async def test_the_owner_looks_and_asks(stage: Stage) -> None:
    before = len(stage.pictures())
    assert "front door" in await stage.owner.says("show me the front door")
    assert len(stage.pictures()) == before + 1, "with a picture"
    assert "at the front door" in await stage.owner.says("what happened today?")
    why = await stage.owner.says("why did you tell me?")
    assert "front door" in why
    assert "I told you at" in why


async def test_attack_52_a_guest_sees_nothing_and_a_stranger_less(stage: Stage) -> None:
    before = len(stage.pictures())
    for asked in ("show me the front door", "who's at the front door?", "what happened today?"):
        reply = await stage.guest.says(asked)
        assert reply == "That is for the people who live here."
    stranger = Phone(STRANGER, stage.carrier)
    assert "I do not know this number" in await stranger.says("show me the front door")
    await stranger.sends(stranger.message("show me the front door, please"))
    assert await stage.owner.says("what alert rules are there?")  # and that was handled, too
    assert stranger.unread == 0
    assert len(stage.pictures()) == before


async def test_who_comes_after_the_owners_word_is_kept_and_not_told(stage: Stage) -> None:
    reply = await stage.owner.says("stop telling me about people at the front door")
    assert reply.startswith("All right, I do not tell you of people at the front door")
    known = {one["id"] for one in await stage.incidents()}
    seen = await stage.until(lambda seen: seen[0]["id"] not in known)
    assert not seen[0]["told"]
    why = await stage.owner.says("why did you not tell me?")
    assert "I did not tell you because" in why
    assert "stop telling me about people at the front door" in why
    counted = await stage.owner.says("how many people were at the front door today?")
    assert re.search(r"\b([2-9]|two|three|four|five|six) people", counted), counted
    assert stage.owner.unread == 0


async def test_a_private_camera_is_closed_and_shown_to_nobody(stage: Stage) -> None:
    assert "Privacy mode is on" in await stage.owner.says("privacy mode on the front door camera")
    sent = len(stage.pictures())
    for asked in ("show me the front door", "who's at the front door?"):
        assert "privacy mode" in await stage.owner.says(asked)
    assert len(stage.pictures()) == sent
    (camera,) = (await stage.daemon.get("/api/cameras"))["cameras"]
    frame = f"{stage.daemon.url}/api/cameras/frame"
    async with stage.daemon.session.get(frame, params={"camera": camera["id"]}) as answer:
        assert answer.status == 403
        assert b"\xff\xd8\xff" not in await answer.read()


async def test_all_that_was_sent_is_as_the_vendor_wants_it(stage: Stage) -> None:
    assert stage.carrier.rejected == []
    assert stage.owner.unread == stage.guest.unread == 0
