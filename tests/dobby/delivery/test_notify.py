"""Alerts to people: the page and the best way to their phone, once, in time, and to nobody else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from fastapi import FastAPI
from pydantic import ValidationError

from dobby.channels.local import LocalChannel
from dobby.channels.twilio import Twilio
from dobby.delivery.notify import NO_WAY, Notifier
from dobby.delivery.outbox import TOO_LATE, Outbox
from dobby.settings import VisionSettings
from dobby.vision.pictures import Pictures
from dobby.web.pictures import router
from memory.records import Outgoing, PersonRecord, SendState
from memory.store import Store
from tests.dobby.channels.mock_twilio import PUBLIC, MockTwilio, settings
from tests.dobby.message_path import served

PHONE = "+48600100200"
ON_WHATSAPP = f"whatsapp:{PHONE}"
TEMPLATE = "HX" + "a" * 32
JPEG = b"\xff\xd8\xff" + b"a van" * 100
TEXT = "A van stopped at the front door."


@dataclass
class House:
    """A daemon's ways out, with Anna, who owns it and has a phone."""

    store: Store
    outbox: Outbox
    pictures: Pictures
    page: LocalChannel
    notifier: Notifier
    twilio: MockTwilio
    url: str

    async def picture(self) -> str:
        return "picture:" + await self.pictures.keep(JPEG, "onvif:1", datetime.now(UTC))

    async def heard(self, hours_ago: float, sender: str = PHONE) -> None:
        at = datetime.now(UTC) - timedelta(hours=hours_ago)
        await self.store.receive("whatsapp", f"{sender}{at}", "anna", sender, "hi", at=at)

    async def row(self, number: int, state: SendState) -> Outgoing:
        """The outbox's row, as soon as it has come that far."""
        async with asyncio.timeout(10):
            while (row := await self.store.outgoing(number)).state is not state:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        return row

    async def fetch(self, address: str) -> tuple[int, bytes]:
        async with (
            aiohttp.ClientSession() as session,
            session.get(self.url + address) as answer,
        ):
            return answer.status, await answer.read()


@asynccontextmanager
async def living(home: Path, twilio: MockTwilio, **changes: Any) -> AsyncIterator[House]:
    """The daemon's part: it can be ended, and begun anew on the same home."""
    given = twilio.settings(**changes)
    async with Store(home / "dobby.db") as store:
        await store.save_person(PersonRecord("anna", "Anna", "owner"))
        await store.link("web", "page", "anna")
        await store.link("whatsapp", PHONE, "anna")
        pictures = Pictures(home, store, VisionSettings())
        page = LocalChannel("web", pictures.link)
        async with Twilio(given, home, pictures.link) as line:
            outbox = Outbox(store, [page, *line.channels.values()])
            app = FastAPI(openapi_url=None)
            app.include_router(router(pictures))

            async def nobody(message: object) -> bool:
                return False

            app.include_router(line.router(nobody, outbox.told))
            async with served(app) as url:
                twilio.daemon = url
                notifier = Notifier(store, outbox)
                task = asyncio.create_task(outbox.run())
                yield House(store, outbox, pictures, page, notifier, twilio, url)
                await outbox.drain()
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def house(home: Path, **changes: Any) -> AsyncIterator[House]:
    async with MockTwilio().serve() as twilio, living(home, twilio, **changes) as one:
        yield one


async def test_within_a_day_of_her_words_she_is_told_by_whatsapp(tmp_path: Path) -> None:
    async with house(tmp_path) as anna:
        await anna.heard(23)
        picture = await anna.picture()
        async with anna.page.listening() as told:
            for _ in range(3):
                await anna.notifier.alert("anna", TEXT, [picture], "a")
            assert await anna.twilio.wait_for(1, ON_WHATSAPP) == [TEXT]
            line = await told.get()
        assert (line["text"], len(line["pictures"])) == (TEXT, 1)
        assert await anna.fetch(line["pictures"][0]) == (200, JPEG)
        (url,) = anna.twilio.sent[0].media
        assert url.startswith(f"{PUBLIC}/pictures/")
        assert await anna.fetch(url.removeprefix(PUBLIC)) == (200, JPEG)
        await anna.row(2, SendState.DELIVERED)
        assert len(anna.twilio.sent) == 1
        assert told.empty(), "the page was told once"
        lines = await anna.store.history("anna")
        assert [turn.text for turn in lines] == ["hi", TEXT], "and the phone's copy is not a line"


async def test_after_a_day_by_a_template_with_the_words_in_one_line(tmp_path: Path) -> None:
    async with house(tmp_path, alert_template=TEMPLATE) as anna:
        await anna.heard(25)
        await anna.notifier.alert("anna", "A van.\nIt   left.", [await anna.picture()], "a")
        await anna.twilio.wait_for(1)
        (sent,) = anna.twilio.sent
        assert (sent.to, sent.template, sent.media) == (ON_WHATSAPP, TEMPLATE, [])
        assert json.loads(sent.variables) == {"1": "A van. It left."}


async def test_without_a_template_by_sms_to_the_same_number(tmp_path: Path) -> None:
    async with house(tmp_path) as anna:
        await anna.notifier.alert("anna", TEXT, [await anna.picture()], "a")
        assert await anna.twilio.wait_for(1, PHONE) == [TEXT]
        (url,) = anna.twilio.sent[0].media
        assert (await anna.fetch(url.removeprefix(PUBLIC)))[0] == 200


async def test_without_any_way_on_the_page_alone_and_on_record(tmp_path: Path) -> None:
    async with house(tmp_path, sms_from="") as anna:
        async with anna.page.listening() as told:
            await anna.notifier.alert("anna", TEXT, [], "a")
            await anna.notifier.alert("anna", TEXT, [], "a")
            assert (await told.get())["text"] == TEXT
        row = await anna.row(2, SendState.FAILED)
        assert (row.reason, row.draft.recipient) == (NO_WAY, PHONE)
        with pytest.raises(Exception, match="no outgoing message"):
            await anna.store.outgoing(3)
        assert anna.twilio.sent == []


async def test_the_number_she_wrote_from_last_is_taken(tmp_path: Path) -> None:
    async with house(tmp_path) as anna:
        await anna.store.link("whatsapp", "+48600100999", "anna")
        await anna.store.link("whatsapp", "+48600100111", "anna")
        await anna.heard(3)
        await anna.heard(2, "+48600100111")
        await anna.notifier.alert("anna", TEXT, [], "a")
        await anna.twilio.wait_for(1)
        assert anna.twilio.sent[0].to == "whatsapp:+48600100111"


# Ways that fail ----------------------------------------------------------------------------


async def test_a_63016_that_is_told_late_goes_the_next_way_once(tmp_path: Path) -> None:
    async with MockTwilio().serve() as twilio:
        twilio.undelivered[ON_WHATSAPP] = "63016"
        async with living(tmp_path, twilio, alert_template=TEMPLATE) as anna:
            await anna.heard(1)  # as we believe: WhatsApp counts otherwise
            await anna.notifier.alert("anna", TEXT, [], "a")
            # Freely, refused; by template, refused; by SMS.
            assert await twilio.wait_for(1, PHONE) == [TEXT]
            assert [(s.to, bool(s.template)) for s in twilio.sent] == [
                (ON_WHATSAPP, False),
                (ON_WHATSAPP, True),
                (PHONE, False),
            ]
            assert "24 hours" in (await anna.row(2, SendState.FAILED)).reason
            await anna.row(4, SendState.DELIVERED)
            first = await anna.store.outgoing(2)
        async with living(tmp_path, twilio, alert_template=TEMPLATE) as anna:
            await anna.outbox.told(first.key, "failed", first.external_id)  # Twilio repeats it
            await anna.notifier.alert("anna", TEXT, [], "a")
            await anna.notifier.alert("anna", "Another.", [], "b")
            await twilio.wait_for(2, PHONE)
        assert twilio.bodies(PHONE) == [TEXT, "Another."]
        assert len(twilio.bodies()) == 6


async def test_a_refusal_at_once_goes_the_next_way(tmp_path: Path) -> None:
    async with house(tmp_path) as anna:
        await anna.heard(1)
        anna.twilio.faults.append("refuse 63016")
        await anna.notifier.alert("anna", TEXT, [], "a")
        assert await anna.twilio.wait_for(1) == [TEXT]
        assert anna.twilio.sent[0].to == PHONE


async def test_a_carrier_that_takes_no_pictures_gets_the_words(tmp_path: Path) -> None:
    async with house(tmp_path) as anna:
        anna.twilio.faults.append("refuse 21612")
        await anna.notifier.alert("anna", TEXT, [await anna.picture()], "a")
        assert await anna.twilio.wait_for(1) == [TEXT]
        assert anna.twilio.sent[0].media == []


async def test_a_restart_between_a_failure_and_the_next_way(tmp_path: Path) -> None:
    """Killed right after Twilio's word was taken: what goes instead is on the disk with it."""
    async with MockTwilio().serve() as twilio:
        twilio.callbacks = False
        async with living(tmp_path, twilio) as anna:
            await anna.heard(1)
            await anna.notifier.alert("anna", TEXT, [], "a")
            await twilio.wait_for(1, ON_WHATSAPP)
            row = await anna.row(2, SendState.SENT)
            await anna.outbox.drain()  # nothing is sent any more
            await anna.outbox.told(row.key, "undelivered", row.external_id, "63016")
        assert twilio.bodies(PHONE) == []
        async with living(tmp_path, twilio) as anna:
            assert await twilio.wait_for(1, PHONE) == [TEXT]
            await anna.row(3, SendState.SENT)
        assert len(twilio.sent) == 2


async def test_what_comes_too_late_is_dropped_and_on_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house(tmp_path) as anna:
        await anna.heard(1)
        anna.twilio.faults += ["busy", "busy"]  # for a second or more
        with monkeypatch.context() as impatient:
            impatient.setattr("dobby.delivery.notify.FRESH", timedelta(seconds=0.3))
            await anna.notifier.alert("anna", TEXT, [], "a")
        row = await anna.row(2, SendState.FAILED)
        assert row.reason == TOO_LATE
        assert anna.twilio.sent == [], "nor by SMS"
        await anna.notifier.alert("anna", "News.", [], "b")
        assert await anna.twilio.wait_for(1) == ["News."]


# In place ----------------------------------------------------------------------------------


async def test_the_page_s_line_is_changed_in_its_place(tmp_path: Path) -> None:
    async with house(tmp_path) as anna:
        await anna.heard(1)
        async with anna.page.listening() as told:
            await anna.notifier.alert("anna", TEXT, [], "a")
            first = await told.get()
            await anna.notifier.revise("a", "It left a parcel.", [await anna.picture()])
            second = await told.get()
        assert (first["id"], first["pictures"]) == (second["id"], [])
        assert second["text"] == "It left a parcel."
        assert (await anna.fetch(second["pictures"][0]))[1] == JPEG
        assert [turn.text for turn in await anna.store.history("anna")] == [
            "hi",
            "It left a parcel.",
        ]
        await anna.twilio.wait_for(1)
        await anna.notifier.follow_up("anna", "It left a parcel.", [], "a:left")
        assert await anna.twilio.wait_for(2) == [TEXT, "It left a parcel."]
        assert told.empty()
        await anna.notifier.revise("nothing", "x", [])


async def test_an_old_line_is_changed_after_a_restart(tmp_path: Path) -> None:
    async with MockTwilio().serve() as twilio:
        async with living(tmp_path, twilio) as anna, anna.page.listening() as told:
            await anna.notifier.alert("anna", TEXT, [], "a")
            line = await told.get()
            await anna.row(1, SendState.SENT)
        async with living(tmp_path, twilio) as anna, anna.page.listening() as told:
            await anna.notifier.revise("a", "Gone.", [])
            assert (await told.get())["id"] == line["id"]


# Who -------------------------------------------------------------------------------------


async def test_attack_31_guests_and_strangers_are_told_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as anna:
        await anna.store.save_person(PersonRecord("gus", "Gus", "guest"))
        await anna.store.save_person(PersonRecord("odd", "Odd", "emperor"))
        for number, person in enumerate(("gus", "odd")):
            await anna.store.link("sms", f"+4860010030{number}", person)
        for person in ("gus", "odd", "nobody", ""):
            await anna.notifier.alert(person, TEXT, [await anna.picture()], f"a:{person}")
            await anna.notifier.follow_up(person, TEXT, [], f"b:{person}")
        assert await anna.store.due("sms") == [] == await anna.store.due("whatsapp")
        with pytest.raises(Exception, match="no outgoing message"):
            await anna.store.outgoing(1)


async def test_a_child_hears_of_it_and_sees_no_picture(tmp_path: Path) -> None:
    async with house(tmp_path) as anna:
        await anna.store.save_person(PersonRecord("ben", "Ben", "child"))
        await anna.store.link("sms", "+48600100201", "ben")
        await anna.notifier.alert("ben", TEXT, [await anna.picture()], "a")
        assert await anna.twilio.wait_for(1, "+48600100201") == [TEXT]
        assert anna.twilio.sent[0].media == []
        assert [turn.text for turn in await anna.store.history("ben")] == [TEXT]


async def test_who_was_shut_out_meanwhile_gets_no_other_way(tmp_path: Path) -> None:
    async with house(tmp_path) as anna:
        anna.twilio.callbacks = False
        await anna.heard(1)
        await anna.notifier.alert("anna", TEXT, [], "a")
        await anna.twilio.wait_for(1)
        row = await anna.row(2, SendState.SENT)
        await anna.store.unlink("whatsapp", PHONE)
        await anna.outbox.told(row.key, "undelivered")
        assert await anna.store.due("sms") == []


async def test_a_very_long_alert_is_one_message(tmp_path: Path) -> None:
    async with house(tmp_path) as anna:
        await anna.notifier.alert("anna", "A van came. " * 500, [], "a")
        (body,) = await anna.twilio.wait_for(1)
        assert len(body) < 1600
        assert body.endswith("…")


@pytest.mark.parametrize("bad", ["alert", "HX123", "MM" + "a" * 32, TEMPLATE + "\n"])
def test_a_template_that_twilio_cannot_have_is_refused(bad: str) -> None:
    with pytest.raises(ValidationError, match="alert_template"):
        settings("http://127.0.0.1:9", alert_template=bad)
