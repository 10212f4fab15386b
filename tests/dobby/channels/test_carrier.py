"""Whatever the carrier tells, of whatever kind: one bad entry never stops the others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from dobby.channels.catching_up import catch_up, fetch_missed
from dobby.channels.twilio import CAUGHT_UP, Twilio, TwilioChannel
from dobby.channels.twilio_api import read_listed
from dobby.delivery.types import Message, Outgoing
from memory.records import Draft
from tests.dobby.channels.mock_twilio import SMS, MockTwilio, sid
from tests.dobby.message_path import OWNER, STRANGER, household, message_path, served

GARBAGE: tuple[Any, ...] = (
    None, "", 0, -1, 1e300, True, [], {}, [[]], {"a": {}}, "\x00\ud800", "x" * 5000, "-0000",
    "Mon, 01 Jan 2024 00:00:00 -0000", "Mon, 99 Foo 2024 25:61:61 +9999", "0", "99999999999999999",
    "Sat, 01 Jan 0001 00:00:00 +0000", "Fri, 31 Dec 9999 23:59:59 -2359",
)  # fmt: skip
FIELDS = ("sid", "from", "body", "direction", "status", "num_media", "date_created", "date_sent")


def entry(**changes: Any) -> dict[str, Any]:
    stamp = format_datetime(datetime.now(UTC))
    told = {
        "sid": sid(), "from": OWNER, "to": SMS, "body": "help", "direction": "inbound",
        "status": "received", "num_media": "0", "date_created": stamp, "date_sent": stamp,
    }  # fmt: skip
    return {**told, **changes}


@asynccontextmanager
async def channel_to(answer: Any) -> AsyncIterator[tuple[TwilioChannel, list[str]]]:
    """A channel of a carrier that answers each GET with what ``answer`` makes of its path."""
    asked: list[str] = []

    async def told(request: web.Request) -> web.Response:
        asked.append(request.path)
        said = answer(request)
        return said if isinstance(said, web.Response) else web.json_response(said)

    mock = MockTwilio()
    mock._list = mock._media = mock._file = told  # type: ignore[method-assign]
    async with mock.serve(), Twilio(mock.settings(), Path("/nowhere")) as twilio:
        yield twilio.channels["sms"], asked


async def missed(channel: TwilioChannel) -> tuple[list[Message], bool]:
    taken: list[Message] = []

    async def receive(message: Message) -> bool:
        if message.address != OWNER:
            raise AttributeError("what a strange value may lead to")
        taken.append(message)
        return True

    since = datetime.now(UTC) - timedelta(hours=1)
    return taken, await fetch_missed([channel], since, receive)


async def test_one_bad_value_in_each_field_and_the_others_are_taken() -> None:
    bad = [entry(**{field: value}) for field in FIELDS for value in GARBAGE]
    good = [entry(body=f"good {n}") for n in range(3)]
    listed = [good[0], *bad, good[1], None, 7, "x", [], {}, good[2]]

    def answer(request: web.Request) -> Any:
        return {"media_list": None} if "Media" in request.path else {"messages": listed}

    async with channel_to(answer) as (channel, _):
        taken, whole = await missed(channel)
        assert whole
        assert [m.text for m in taken if m.text.startswith("good")] == [
            "good 0",
            "good 1",
            "good 2",
        ]
        assert all(m.at.tzinfo and isinstance(m.text, str) for m in taken)
        out = Outgoing("k", OWNER, "help")
        await channel.sent_before(out, datetime.now(UTC), set())


@pytest.mark.parametrize("page", [None, [], 5, "x", {"messages": 5}, {"messages": {}}, {}])
async def test_a_page_of_another_kind_is_an_empty_one(page: Any) -> None:
    async with channel_to(lambda _: page) as (channel, _):
        assert await missed(channel) == ([], True)


async def test_json_without_an_end_is_no_answer_and_no_crash() -> None:
    deep = web.Response(text="[" * 100_000, content_type="application/json")
    async with channel_to(lambda _: deep) as (channel, _):
        assert (await missed(channel))[0] == []


@pytest.mark.parametrize(
    "following", ["@evil.example/x", "//evil.example/x", "http://e", 5, "x", {}]
)
async def test_the_next_page_is_the_carriers_own_or_none(following: Any) -> None:
    page = {"messages": [entry()], "next_page_uri": following}
    async with channel_to(lambda _: page) as (channel, asked):
        taken, _ = await missed(channel)
        assert len(taken) == 1
        assert len(asked) == 1


@pytest.mark.parametrize(
    ("media", "files", "whole"),
    [
        (404, 1, True),
        ([{"uri": "/2010/x.json", "content_type": "image/png"}], 1, True),
        ([None, {"uri": 5}, {"uri": "@evil.example/", "content_type": []}, {}], 4, True),
        (503, None, False),
    ],
)
async def test_a_message_whose_files_cannot_be_had_stops_no_other(
    media: Any, files: int | None, whole: bool
) -> None:
    listed = [entry(body="with", num_media="1"), entry(body="without")]

    def answer(request: web.Request) -> Any:
        if "Media" not in request.path:
            return {"messages": listed}
        return web.Response(status=media) if isinstance(media, int) else {"media_list": media}

    async with channel_to(answer) as (channel, _):
        taken, complete = await missed(channel)
        assert complete == whole
        held = {message.text: len(message.attachments) for message in taken}
        assert held == ({"without": 0} if files is None else {"with": files, "without": 0})


def test_a_time_without_a_zone_is_of_the_carriers_clock() -> None:
    told = read_listed(entry(date_created="Mon, 30 Nov 2026 12:00:00 -0000"))
    assert told
    assert told.at == datetime(2026, 11, 30, 12, tzinfo=UTC)


async def test_an_uncertain_send_and_a_bad_date_do_not_end_the_sender(tmp_path: Path) -> None:
    async with MockTwilio(callbacks=False).serve() as twilio:
        settings = twilio.settings()
        twilio.received = [entry(date_created="-0000", **{"from": SMS, "to": OWNER}),
                           entry(date_created=None, **{"from": SMS, "to": OWNER})]  # fmt: skip
        async with message_path(tmp_path, settings) as path, served(path.app):
            await household(path)
            row = await path.store.post(Draft("sms", "c", OWNER, "uncertain", "one"))
            await path.store.sending(row.id)
        async with message_path(tmp_path, settings) as path, served(path.app):  # now it is asked
            await path.outbox.post(Draft("sms", "c", "+48600100201", "to another", "two"))
            assert await twilio.wait_for(1, "+48600100201") == ["to another"]
            async with asyncio.timeout(40):
                while len(twilio.sent) < 2:  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
            assert sorted(one.body for one in twilio.sent) == ["to another", "uncertain"]


@pytest.mark.parametrize(
    "mark", ["", "yesterday", "2026-01-01T00:00:00", "9999-12-31T00:00:00+00:00"]
)
async def test_a_strange_mark_does_not_end_the_catching_up(tmp_path: Path, mark: str) -> None:
    async with MockTwilio().serve() as twilio, message_path(tmp_path, twilio.settings()) as path:
        await household(path)
        assert path.twilio
        await path.store.set_note(CAUGHT_UP, mark)
        if mark.startswith("9"):  # of a wrong clock: what was just written is found all the same
            twilio.inbound("help", OWNER)
            twilio.inbound("help", STRANGER)
        channels = list(path.twilio.channels.values())
        task = asyncio.create_task(catch_up(channels, path.store, path.inbox.receive, CAUGHT_UP))
        async with asyncio.timeout(10):
            while await path.store.note(CAUGHT_UP) == mark:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert not task.done()
        task.cancel()
        if mark.startswith("9"):
            await twilio.wait_for(2)


def test_what_cannot_be_read_never_raises() -> None:
    for value in (*GARBAGE, object(), b"", float("nan")):
        read_listed(value)
        for field in FIELDS:
            read_listed(entry(**{field: value}))
