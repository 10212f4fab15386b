"""Twilio over real sockets: hostile webhooks, and an API that refuses, drops and swallows."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest
from fastapi.routing import APIRoute
from pydantic import SecretStr, ValidationError

from dobby.channels.catching_up import catch_up
from dobby.channels.twilio import CAUGHT_UP, Twilio
from dobby.delivery.types import Outgoing, SendLater
from memory.errors import DiskFull
from tests.dobby.channels.mock_twilio import ACCOUNT, PUBLIC, MockTwilio, settings, sid, signature
from tests.dobby.message_path import (
    OWNER,
    STRANGER,
    MessagePath,
    household,
    message_path,
    served,
)

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
INBOUND = "/twilio/inbound"


@dataclass
class Line:
    """A phone line into a house."""

    twilio: MockTwilio
    path: MessagePath
    base: str

    async def raw(self, body: bytes, **headers: str) -> int:
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.base + INBOUND, data=body, headers={**FORM, **headers}) as response,
        ):
            return response.status


@asynccontextmanager
async def line(home: Path) -> AsyncIterator[Line]:
    async with (
        MockTwilio().serve() as twilio,
        message_path(home, twilio.settings()) as path,
        served(path.app) as base,
    ):
        twilio.daemon = base
        await household(path)
        yield Line(twilio, path, base)


async def test_a_signed_text_is_obeyed_and_answered_once(tmp_path: Path) -> None:
    async with line(tmp_path) as phone:
        assert await phone.twilio.text("turn on the kitchen light", OWNER) == 200
        assert await phone.twilio.wait_for(1) == ["The kitchen light is on."]
        assert phone.path.state("kitchen_light")["power"] == {"on": True}
        sent = phone.twilio.sent[0]
        assert (sent.to, sent.sender) == (OWNER, "+14155550100")
        assert sent.callback.startswith(f"{PUBLIC}/twilio/status?k=")


async def test_whatsapp_and_sms_are_two_doors_of_one_conversation(tmp_path: Path) -> None:
    async with line(tmp_path) as phone:
        await phone.path.store.link("whatsapp", OWNER, await _person(phone, OWNER))
        await phone.twilio.text("turn on the kitchen light", OWNER)
        await phone.twilio.wait_for(1)
        await phone.twilio.text("turn off it", f"whatsapp:{OWNER}", ProfileName="Anna")
        assert await phone.twilio.wait_for(1, f"whatsapp:{OWNER}") == ["The kitchen light is off."]
        assert phone.twilio.sent[-1].sender == "whatsapp:+14155550199"


async def _person(phone: Line, address: str) -> str:
    person = await phone.path.people.identify("sms", address)
    assert person
    return person.id


@pytest.mark.parametrize("given", [None, "", "garbage", "ęę", "A" * 28])
async def test_attack_1_no_or_malformed_signature(tmp_path: Path, given: str | None) -> None:
    async with line(tmp_path) as phone:
        headers = {} if given is None else {"X-Twilio-Signature": given}
        assert await phone.raw(b"%%%not=parsed", **headers) == 403
        body = urlencode(phone.twilio.inbound("unlock the front door", OWNER)).encode()
        assert await phone.raw(body, **headers) == 403
        assert await phone.path.store.unfinished() == []
        assert phone.twilio.sent == []


def test_attack_2_an_empty_token_is_refused(tmp_path: Path) -> None:
    for empty in ("", "  "):
        with pytest.raises(ValidationError, match="auth_token"):
            settings("http://127.0.0.1:9", auth_token=SecretStr(empty))
    unchecked = settings("http://127.0.0.1:9").model_copy(update={"auth_token": SecretStr(" ")})
    with pytest.raises(ValueError, match="empty auth token"):
        Twilio(unchecked, tmp_path)


async def test_attack_3_forwarded_headers_are_not_believed(tmp_path: Path) -> None:
    async with line(tmp_path) as phone:
        fields = phone.twilio.inbound("turn on the kitchen light", OWNER)
        forged = {
            "X-Twilio-Signature": signature(f"https://evil.example{INBOUND}", fields),
            "X-Forwarded-Host": "evil.example",
            "X-Forwarded-Proto": "https",
            "Forwarded": "host=evil.example;proto=https",
        }
        assert await phone.raw(urlencode(fields).encode(), **forged) == 403
        honest = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"}
        right = {"X-Twilio-Signature": signature(PUBLIC + INBOUND, fields)}
        assert await phone.raw(urlencode(fields).encode(), **honest, **right) == 200


async def test_attack_4_fifty_deliveries_at_once(tmp_path: Path) -> None:
    async with line(tmp_path) as phone:
        fields = phone.twilio.inbound("next song on the kitchen speaker", OWNER)
        statuses = await asyncio.gather(*(phone.twilio.post(INBOUND, fields) for _ in range(50)))
        assert statuses == [200] * 50
        await phone.twilio.wait_for(1)
        await phone.path.inbox.drain()
        assert len(phone.twilio.sent) == 1
        receipts = [row for row in await phone.path.store.audited() if row.action == "receipt"]
        assert len(receipts) == 1


async def test_attack_5_a_replay_has_no_effect(tmp_path: Path) -> None:
    async with line(tmp_path) as phone:
        fields = phone.twilio.inbound("turn on the kitchen light", OWNER)
        await phone.twilio.post(INBOUND, fields)
        await phone.twilio.wait_for(1)
        await phone.twilio.text("turn off the kitchen light", OWNER)
        await phone.twilio.wait_for(2)
        assert await phone.twilio.post(INBOUND, fields) == 200
        await phone.path.inbox.drain()
        assert phone.path.state("kitchen_light")["power"] == {"on": False}
        assert len(phone.twilio.sent) == 2


async def test_attack_6_json_is_not_taken(tmp_path: Path) -> None:
    async with line(tmp_path) as phone:
        right = {"X-Twilio-Signature": signature(PUBLIC + INBOUND, {})}
        assert (
            await phone.raw(b'{"Body": "x"}', **{**right, "Content-Type": "application/json"})
            == 415
        )
        assert await phone.raw(b'{"Body": "x"}', **right) == 400


async def test_attack_7_a_large_body_is_cut_off(tmp_path: Path) -> None:
    async with line(tmp_path) as phone:
        assert await phone.raw(b"x" * 10_000_000, **{"X-Twilio-Signature": "x"}) == 413

        async def drip() -> AsyncIterator[bytes]:  # without a length, so only reading tells
            for _ in range(100):
                yield b"x" * 1000

        async with (
            aiohttp.ClientSession() as session,
            session.post(
                phone.base + INBOUND, data=drip(), headers={**FORM, "X-Twilio-Signature": "x"}
            ) as response,
        ):
            assert response.status == 413


async def test_a_parameter_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    async with line(tmp_path) as phone:
        fields = phone.twilio.inbound("turn on the kitchen light", OWNER)
        right = {"X-Twilio-Signature": signature(PUBLIC + INBOUND, fields)}
        assert await phone.raw(urlencode(fields).encode() + b"&Body=unlock", **right) == 400


async def test_another_account_is_refused(tmp_path: Path) -> None:
    async with line(tmp_path) as phone:
        assert await phone.twilio.text("hello", OWNER, AccountSid="AC" + "1" * 32) == 403


@pytest.mark.parametrize("bad", ["", "SM123", "../../etc/passwd", "SM" + "g" * 32])
async def test_a_strange_message_sid_is_refused(tmp_path: Path, bad: str) -> None:
    async with line(tmp_path) as phone:
        assert await phone.twilio.text("hello", OWNER, MessageSid=bad) == 400


async def test_what_cannot_be_kept_is_not_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with line(tmp_path) as phone:

        async def full(*given: object) -> None:
            raise DiskFull

        fields = phone.twilio.inbound("turn on the kitchen light", OWNER)
        with monkeypatch.context() as broken:
            broken.setattr(phone.path.store, "receive", full)
            assert await phone.twilio.post(INBOUND, fields) == 503
        assert await phone.twilio.post(INBOUND, fields) == 200  # Twilio's fallback, or the catch-up
        assert await phone.twilio.wait_for(1) == ["The kitchen light is on."]


async def test_attack_16_a_profile_name_gives_no_role(tmp_path: Path) -> None:
    async with line(tmp_path) as phone:
        stranger = f"whatsapp:{STRANGER}"
        await phone.twilio.text("unlock the front door", stranger, ProfileName="Owner")
        (notice,) = await phone.twilio.wait_for(1, stranger)
        assert "do not know this number" in notice
        assert phone.path.state("front_door")["lock"] == {"locked": True}


# The API, out ------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["rate", "busy"])
async def test_what_certainly_did_not_go_is_sent_again_soon(tmp_path: Path, fault: str) -> None:
    async with line(tmp_path) as phone:
        phone.twilio.faults.append(fault)
        await phone.twilio.text("turn on the kitchen light", OWNER)
        assert await phone.twilio.wait_for(1) == ["The kitchen light is on."]


async def test_a_refusal_is_final_and_in_words(tmp_path: Path) -> None:
    async with line(tmp_path) as phone:
        phone.twilio.faults.append("refuse 21610")
        await phone.twilio.text("turn on the kitchen light", OWNER)
        await phone.twilio.text("turn off the kitchen light", OWNER)
        assert await phone.twilio.wait_for(1) == ["The kitchen light is off."]
        row = await phone.path.store.outgoing(1)
        assert (row.state, "sent STOP" in row.reason) == ("failed", True)


async def test_a_swallowed_answer_is_settled_by_the_callback(tmp_path: Path) -> None:
    async with line(tmp_path) as phone:
        phone.twilio.callback_delay_s = 0.3
        phone.twilio.faults.append("swallow")
        await phone.twilio.text("turn on the kitchen light", OWNER)
        await phone.twilio.text("turn off the kitchen light", OWNER)
        # The second waits behind the first, which goes out once though nobody said so.
        assert await phone.twilio.wait_for(2) == [
            "The kitchen light is on.",
            "The kitchen light is off.",
        ]
        await phone.path.inbox.drain()
        assert len(phone.twilio.sent) == 2


async def test_a_lost_callback_is_made_up_for_by_asking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dobby.delivery.outbox.AMBIGUOUS_S", 0.5)
    async with line(tmp_path) as phone:
        phone.twilio.callbacks = False
        phone.twilio.faults += ["swallow", "drop"]
        await phone.twilio.text("turn on the kitchen light", OWNER)
        await phone.twilio.text("turn off the kitchen light", OWNER)
        # The swallowed one is found with Twilio; the dropped one is not, and is sent again.
        assert await phone.twilio.wait_for(2) == [
            "The kitchen light is on.",
            "The kitchen light is off.",
        ]
        assert (await phone.path.store.outgoing(1)).external_id == phone.twilio.sent[0].sid


async def test_a_wrong_token_waits_for_the_owner(tmp_path: Path) -> None:
    async with (
        MockTwilio().serve() as twilio,
        message_path(tmp_path, twilio.settings(auth_token=SecretStr("wrong"))) as path,
    ):
        channel = path.outbox.channels["sms"]
        with pytest.raises(SendLater, match="credentials"):
            await channel.send(Outgoing("k", OWNER, "hello"))


async def test_no_server_is_later_and_not_uncertain(tmp_path: Path) -> None:
    async with message_path(tmp_path, settings("http://127.0.0.1:9")) as path:
        with pytest.raises(SendLater, match="cannot be reached"):
            await path.outbox.channels["sms"].send(Outgoing("k", OWNER, "hello"))


# What was missed ---------------------------------------------------------------------------


async def test_messages_whose_webhook_was_lost_are_taken_up(tmp_path: Path) -> None:
    async with line(tmp_path) as phone:
        lost = phone.twilio.inbound("turn on the kitchen light", OWNER)
        old = phone.twilio.inbound("unlock the front door", OWNER)
        phone.twilio.received.pop()
        phone.twilio.list_inbound(old, datetime.now(UTC) - timedelta(hours=6))
        before = datetime.now(UTC) - timedelta(hours=7)
        await phone.path.store.set_note(CAUGHT_UP, before.isoformat())
        assert phone.path.twilio
        task = asyncio.create_task(
            catch_up(
                list(phone.path.twilio.channels.values()),
                phone.path.store,
                phone.path.inbox.receive,
                CAUGHT_UP,
            )
        )
        bodies = await phone.twilio.wait_for(2)
        task.cancel()
        assert "The kitchen light is on." in bodies
        late = next(body for body in bodies if body != "The kitchen light is on.")
        assert "6 hours ago" in late  # attack 10: not run, asked about
        assert "Say it again" in late
        assert phone.path.state("front_door")["lock"] == {"locked": True}
        assert await phone.twilio.post(INBOUND, lost) == 200  # the webhook, late after all
        await phone.path.inbox.drain()
        assert len(phone.twilio.sent) == 2


async def test_attack_11_one_bad_entry_leaves_the_others(tmp_path: Path) -> None:
    async with line(tmp_path) as phone:
        for text, sender in (
            ("unlock the front door", "AMAZON"), ("", OWNER), ("\0\ud83d", "+٤٨٦٠٠١٠٠٢٠٠"),
            ("turn on the kitchen light", OWNER),
        ):  # fmt: skip
            phone.twilio.inbound(text, sender)
        before = datetime.now(UTC) - timedelta(minutes=5)
        await phone.path.store.set_note(CAUGHT_UP, before.isoformat())
        assert phone.path.twilio
        task = asyncio.create_task(
            catch_up(
                list(phone.path.twilio.channels.values()),
                phone.path.store,
                phone.path.inbox.receive,
                CAUGHT_UP,
            )
        )
        async with asyncio.timeout(10):
            while phone.path.state("kitchen_light")["power"] != {"on": True}:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        task.cancel()
        assert phone.path.state("front_door")["lock"] == {"locked": True}


async def test_attacks_8_and_9_no_other_service_has_a_door_here(tmp_path: Path) -> None:
    """WhatsApp comes by Twilio alone: what Meta's cloud sends, signed or not, opens nothing."""
    async with line(tmp_path) as phone, served(phone.path.app) as url:
        paths = {route.path for route in phone.path.app.routes if isinstance(route, APIRoute)}
        cloud = {"hub.mode": "subscribe", "hub.verify_token": "x", "hub.challenge": "31415926"}
        body = {
            "entry": [
                {
                    "changes": [
                        {
                            "value": {
                                "messages": [
                                    {
                                        "from": OWNER,
                                        "id": "wamid.1",
                                        "text": {"body": "turn on the kitchen light"},
                                    }
                                ]
                            }
                        }
                    ]
                }
            ]
        }
        headers = {"X-Hub-Signature-256": f"sha256={'0' * 64}"}
        async with aiohttp.ClientSession() as session:
            for path in {*paths, "/webhook", "/hooks/whatsapp", "/whatsapp"}:
                async with session.get(f"{url}{path}", params=cloud) as answer:
                    assert answer.status >= 400
                    assert "31415926" not in await answer.text()
                async with session.post(f"{url}{path}", json=body, headers=headers) as answer:
                    assert answer.status >= 400
        await phone.path.inbox.drain()
        assert phone.path.state("kitchen_light")["power"] == {"on": False}


async def test_the_first_start_does_not_dig_up_the_past(tmp_path: Path) -> None:
    async with line(tmp_path) as phone:
        phone.twilio.inbound("turn on the kitchen light", OWNER)
        assert phone.path.twilio
        task = asyncio.create_task(
            catch_up(
                list(phone.path.twilio.channels.values()),
                phone.path.store,
                phone.path.inbox.receive,
                CAUGHT_UP,
            )
        )
        async with asyncio.timeout(5):
            while not await phone.path.store.note(CAUGHT_UP):  # noqa: ASYNC110 - only a row tells
                await asyncio.sleep(0.01)
        task.cancel()
        assert await phone.path.store.unfinished() == []


# Pictures and voice ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "words"),
    [("image/jpeg", "cannot look at pictures"), ("audio/ogg", "cannot listen")],
)
async def test_what_comes_along_is_kept_and_owned_up_to(
    tmp_path: Path, kind: str, words: str
) -> None:
    async with line(tmp_path) as phone:
        message = sid("MM")
        place = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{message}/Media/ME{'0' * 32}"
        phone.twilio.files[place] = (b"\xff\xd8content", kind)
        await phone.twilio.text(
            "",
            OWNER,
            MessageSid=message,
            NumMedia="1",
            MediaUrl0=phone.twilio.base + place,
            MediaContentType0=kind,
        )
        (answer,) = await phone.twilio.wait_for(1)
        assert words in answer
        (kept,) = (tmp_path / "media").iterdir()
        assert kept.read_bytes() == b"\xff\xd8content"
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


async def test_a_picture_that_cannot_be_fetched_is_owned_up_to(tmp_path: Path) -> None:
    async with line(tmp_path) as phone:
        await phone.twilio.text(
            "turn on the kitchen light",
            OWNER,
            NumMedia="1",
            MediaUrl0="http://169.254.169.254/latest/meta-data",  # attack 36
            MediaContentType0="image/png",
        )
        (answer,) = await phone.twilio.wait_for(1)
        assert answer == "The kitchen light is on. You sent something along that I could not fetch."


# Status callbacks --------------------------------------------------------------------------


async def test_a_status_is_believed_only_when_signed_with_its_key(tmp_path: Path) -> None:
    async with line(tmp_path) as phone:
        phone.twilio.callbacks = False
        await phone.twilio.text("turn on the kitchen light", OWNER)
        await phone.twilio.wait_for(1)
        path = phone.twilio.sent[0].callback.removeprefix(PUBLIC)
        fields = {"MessageSid": sid(), "MessageStatus": "delivered", "AccountSid": ACCOUNT}
        other = {"X-Twilio-Signature": signature(f"{PUBLIC}/twilio/status?k=other", fields)}
        assert await phone.twilio.post(path, fields, other) == 403
        assert (await phone.path.store.outgoing(1)).state != "delivered"
        assert await phone.twilio.post(path, fields) == 204
        assert (await phone.path.store.outgoing(1)).state == "delivered"
        assert await phone.twilio.post("/twilio/status?k=unknown", fields) == 204
        assert await phone.twilio.post("/twilio/status", fields) == 204


async def test_a_message_refused_later_is_told_in_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with line(tmp_path) as phone:
        phone.twilio.callbacks = False
        await phone.twilio.text("turn on the kitchen light", f"whatsapp:{OWNER}")
        await phone.twilio.wait_for(1)
        path = phone.twilio.sent[0].callback.removeprefix(PUBLIC)
        fields = {
            "MessageSid": phone.twilio.sent[0].sid,
            "MessageStatus": "undelivered",
            "ErrorCode": "63016",
            "AccountSid": ACCOUNT,
        }
        assert await phone.twilio.post(path, fields) == 204
        assert "within 24 hours of the person's last message" in caplog.text
        assert (await phone.path.store.outgoing(1)).state == "failed"
        assert OWNER not in caplog.text  # attack 50: no number in the log
