"""The chat and the house on the stream: nothing lost, nothing doubled, nobody kept waiting."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from typing import Any
from urllib.parse import urlsplit

from devices.capabilities import Brightness, Power, Reading
from devices.device import Device
from devices.driver import Away, Update
from dobby.agent.pairing import paired
from dobby.channels.local import MAX_WAITING
from dobby.delivery.types import Message, Outgoing
from dobby.language.words import Words
from dobby.web.app import create_app
from memory.errors import DiskFull
from tests.dobby.web.conftest import Page, running, served

HELP = "what can you do?"


def lamp(number: int, room: str = "Hall") -> Device:
    return Device(id=f"hue:{number}", name=f"Lamp {number}", kind="light", room=room)


def names(house: dict[str, Any]) -> dict[str, list[str]]:
    return {r["name"]: [device["name"] for device in r["devices"]] for r in house["rooms"]}


async def test_a_line_has_one_id_on_the_stream_and_in_the_history(page: Page) -> None:
    async with page.stream() as stream, page.stream() as second_tab:
        assert (await stream.next("hello"))["lines"] == []
        await second_tab.next("hello")
        assert (await page.post("/api/chat", {"text": HELP, "id": "a1"})).status == 202
        mine, reply = await stream.line("me"), await stream.line("dobby")
        assert mine["id"] == "a1"
        assert [(await second_tab.line("me"))["id"], (await second_tab.line("dobby"))["id"]] == [
            "a1",
            reply["id"],
        ]
    assert [line["id"] for line in await page.history()] == ["a1", reply["id"]]
    async with page.stream() as again:
        told = (await again.next("hello"))["lines"]
    assert [(line["id"], line["text"]) for line in told] == [
        ("a1", HELP),
        (reply["id"], reply["text"]),
    ]


async def test_a_retry_under_the_same_id_is_obeyed_once(page: Page) -> None:
    async with page.stream() as stream:
        await stream.next("hello")
        sent = [page.post("/api/chat", {"text": HELP, "id": "once"}) for _ in range(20)]
        answers = await asyncio.gather(*sent)
        assert {answer.status for answer in answers} == {202}
        await stream.line("dobby")
        await page.post("/api/chat", {"text": "thank you", "id": "after"})
        assert (await stream.next("line"))["id"] == "after", "no second line came between"
        await stream.line("dobby")
    assert [line["who"] for line in await page.history()] == ["me", "dobby", "me", "dobby"]


async def test_a_restart_loses_and_doubles_nothing(page: Page, tmp_path: object) -> None:
    await page.post("/api/say", {"text": HELP, "id": "before"})
    before = await page.history()
    # The page's process goes while its home stays: a new daemon on the same database.
    home = page.home.with_name("other")
    async with running(home) as first:
        await first.post("/api/say", {"text": HELP, "id": "one"})
        lines = await first.history()
    async with running(home) as second:
        await second.post("/api/chat", {"text": HELP, "id": "one"})  # the page tries again
        async with second.stream() as stream:
            assert (await stream.next("hello"))["lines"] == lines
    assert len(before) == len(lines) == 2


async def test_what_was_written_long_ago_is_asked_about(page: Page) -> None:
    answer = await page.post("/api/say", {"text": "turn on the hall light", "age_s": 2 * 3600})
    assert "I have not done it" in (await answer.json())["reply"]


async def test_drafts_come_in_pieces_and_a_late_page_gets_the_whole(page: Page) -> None:
    channel = page.daemon.web.channel
    async with page.stream() as stream:
        await stream.next("hello")
        channel.draft("page", "The kitchen ")
        assert (await stream.next("draft"))["text"] == "The kitchen "
        channel.draft("page", "is ")
        channel.draft("page", "lit")
        assert (await stream.next("draft"))["text"] == "is lit"
        async with page.stream() as late:
            assert (await late.next("hello"))["draft"] == "The kitchen is lit"
        await channel.send(Outgoing("k", "page", "The kitchen is lit."))
        assert (await stream.next("line"))["text"] == "The kitchen is lit."
    async with page.stream() as later:
        assert (await later.next("hello"))["draft"] == ""


async def test_who_listens_to_nothing_keeps_nobody_waiting(page: Page) -> None:
    host, port = urlsplit(page.url).hostname, urlsplit(page.url).port
    request = (
        f"GET /api/events HTTP/1.1\r\nHost: {host}:{port}\r\n"
        f"Authorization: Bearer {page.token}\r\n\r\n"
    )
    asleep = [await asyncio.open_connection(host, port, limit=1024) for _ in range(5)]
    for reader, writer in asleep:
        writer.write(request.encode())
        await reader.readline()
        writer.transport.pause_reading()  # type: ignore[attr-defined]
    async with page.stream() as stream:
        await stream.next("hello")
        channel = page.daemon.web.channel
        for number in range(4 * MAX_WAITING):
            channel.line(f"k{number}", "dobby", "x" * 10_000)
            if number % 50 == 0:
                started = time.monotonic()
                while (await stream.line("dobby"))["id"] != f"k{number}":
                    pass
                assert time.monotonic() - started < 2
    for _, writer in asleep:
        writer.transport.abort()


async def test_a_page_that_fell_behind_looks_at_the_history_anew(page: Page) -> None:
    await page.post("/api/say", {"text": HELP, "id": "known"})
    async with page.stream() as stream:
        await stream.next("hello")
        for number in range(MAX_WAITING + 10):  # at once: the stream has no chance to take them
            page.daemon.web.channel.line(f"k{number}", "dobby", "x")
        told = await stream.next("lines")
        assert told["lines"][0]["id"] == "known"


async def test_other_channels_of_the_person_are_in_the_history(page: Page) -> None:
    store = page.daemon.store
    owner = await store.identity("web", "page")
    assert owner is not None
    await store.receive("sms", "SM1", owner.id, "+48600100200", "good night")
    lines = await page.history()
    assert [(line["text"], line["via"]) for line in lines] == [("good night", "sms")]


async def test_what_was_paired_on_the_page_is_a_line_that_stays(page: Page) -> None:
    async def pair(key: str, pin: str | None) -> str:
        return paired([lamp(1)], Words())

    app = create_app(dataclasses.replace(page.daemon.web, pair=pair))
    async with served(app) as url, page.stream() as stream:
        await stream.next("hello")
        asked = page.session.post(f"{url}/api/pair", json={"key": "k"}, headers=page.bearer)
        async with asked as answer:
            words = (await answer.json())["words"]
        assert words.startswith("Paired.")
        told = await stream.line("dobby")
    assert told["text"] == words
    assert [(line["id"], line["text"]) for line in await page.history()] == [(told["id"], words)]


async def test_tiles_follow_the_house(page: Page) -> None:
    house = page.daemon.house
    async with page.stream() as stream:
        assert "Hall" not in names((await stream.next("hello"))["house"])
        page.settle(lamp(1), lamp(2))
        assert names(await stream.next("house"))["Hall"] == ["Lamp 1", "Lamp 2"]
        house.publish(
            Update("hue:1", {"power": Power(on=True), "brightness": Brightness(percent=40)})
        )
        (now,) = (await stream.next("devices"))["devices"]
        assert (now["id"], now["says"], now["active"], now["level"]) == ("hue:1", "40%", True, 40)
        house.publish(Away(("hue:1",)))
        (now,) = (await stream.next("devices"))["devices"]
        assert (now["says"], now["away"], now["active"]) == ("away", True, False)
        house.publish(Update("hue:1", {"power": Power(on=False)}))
        (now,) = (await stream.next("devices"))["devices"]
        assert (now["says"], now["away"]) == ("off", False)
        house.rename("hue:2", room="Attic")
        rooms = names(await stream.next("house"))
        assert (rooms["Hall"], rooms["Attic"]) == (["Lamp 1"], ["Lamp 2"])


async def test_a_thousand_devices_come_in_batches(page: Page) -> None:
    house = page.daemon.house
    page.settle(*(lamp(n, f"Room {n % 40}") for n in range(1000)))
    async with page.stream() as stream:
        await stream.next("hello")
        started = time.monotonic()
        for percent in range(5):
            for n in range(1000):
                house.publish(Update(f"hue:{n}", {"brightness": Brightness(percent=percent + 1)}))
        told: dict[str, float] = {}
        batches = 0
        while sum(level == "5%" for level in told.values()) < 1000:
            news = await stream.next("devices", "house")
            devices = news.get("devices") or [d for r in news["rooms"] for d in r["devices"]]
            told |= {device["id"]: device["says"] for device in devices}
            batches += 1
        assert batches <= 12, f"{batches} events"
        assert time.monotonic() - started < 3


async def test_a_full_disk_is_said_and_may_be_tried_again(page: Page) -> None:
    async def full(message: Message) -> bool:
        raise DiskFull

    app = create_app(dataclasses.replace(page.daemon.web, receive=full))
    async with served(app) as url:
        body = {"text": "hello", "id": "later"}
        async with page.session.post(f"{url}/api/chat", json=body, headers=page.bearer) as answer:
            assert answer.status == 503
            assert "disk" in (await answer.json())["detail"]
    assert await page.history() == []


async def test_an_ending_daemon_lets_its_pages_go(page: Page) -> None:
    async with page.stream() as stream:
        await stream.next("hello")
        page.daemon.web.channel.close()
        assert await stream.ended(within_s=1)


async def test_what_is_only_measured_is_told_now_and_then(page: Page) -> None:
    """A temperature that drifts each second wakes no page each second; a switch does at once."""
    house = page.daemon.house
    page.settle(lamp(1))
    async with page.stream() as stream:
        await stream.next("hello")
        house.publish(Update("hue:1", {"power": Power(on=True), "reading": Reading(power=1)}))
        assert "1 W" in (await stream.next("devices"))["devices"][0]["says"]
        for watts in range(2, 30):
            house.publish(Update("hue:1", {"reading": Reading(power=watts)}))
            await asyncio.sleep(0.02)
        house.publish(Update("hue:1", {"power": Power(on=False)}))
        told = 0
        while "off" not in (await stream.next("devices"))["devices"][0]["says"]:
            told += 1
        assert told <= 1
