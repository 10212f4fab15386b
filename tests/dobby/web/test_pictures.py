"""Pictures by address: whoever has a good one sees it, for a while; and in the chat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import cv2
import numpy as np
import pytest

from dobby.settings import VisionSettings
from dobby.vision.pictures import ROUND_S, Pictures
from memory.records import Draft
from tests.dobby.web.conftest import Page
from tests.dobby.web.test_browser import chromium

JPEG = cv2.imencode(".jpg", np.full((90, 160, 3), (40, 120, 200), np.uint8))[1].tobytes()


@pytest.fixture
def pictures(page: Page) -> Pictures:
    return Pictures(page.home, page.daemon.store, VisionSettings())


async def kept(pictures: Pictures) -> str:
    return await pictures.keep(JPEG, "onvif:1", datetime.now(UTC))


async def get(page: Page, path: str, method: str = "GET") -> tuple[int, bytes, Mapping[str, str]]:
    """Without a cookie or a token."""
    async with page.session.request(method, page.url + path) as answer:
        return answer.status, await answer.read(), answer.headers


async def test_a_good_address_shows_it(page: Page, pictures: Pictures) -> None:
    address = pictures.sign(await kept(pictures), 60)
    status, body, headers = await get(page, address)
    assert (status, body) == (200, JPEG)
    assert headers["content-type"] == "image/jpeg"
    assert headers["cache-control"] == "private, max-age=600"
    assert headers["x-content-type-options"] == "nosniff"
    status, body, headers = await get(page, address, "HEAD")
    assert (status, body, headers["content-length"]) == (200, b"", str(len(JPEG)))


async def test_attack_51_any_other_does_not(page: Page, pictures: Pictures) -> None:
    one, other = await kept(pictures), await kept(pictures)
    good = pictures.sign(one, 60)
    query = good.partition("?")[2]
    for bad in (
        f"/pictures/{one}.jpg",
        f"/pictures/{other}.jpg?{query}",
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        good.replace("e=", "e=1"),
        pictures.sign(one, -ROUND_S - 1),
        f"/pictures/..%2f..%2fdobby.db.jpg?{query}",
        f"/pictures/{one}.jpg?e=%D9%A3&s=%ED%B3%BF",
    ):
        status, body, _ = await get(page, bad)
        assert status in (403, 404), bad
        assert JPEG not in body
    assert (await get(page, f"/pictures/{other}.jpg?{query}"))[0] == 403
    assert (await get(page, pictures.sign(one, -ROUND_S - 1)))[0] == 403


async def test_one_that_is_not_kept_any_more(page: Page, pictures: Pictures) -> None:
    assert (await get(page, pictures.sign("a" * 32, 60)))[0] == 404
    assert (await get(page, pictures.sign("../dobby.db", 60)))[0] == 404


async def alert(page: Page, text: str, media: tuple[str, ...] = ()) -> None:
    owner = await page.daemon.store.identity("web", "page")
    assert owner is not None
    await page.daemon.outbox.post(Draft("web", owner.id, "page", text, "alert:1", media))


async def test_a_line_s_pictures_are_on_the_stream_and_in_the_history(
    page: Page, pictures: Pictures
) -> None:
    async with page.stream() as stream:
        await stream.next("hello")
        await alert(page, "A van.", (f"picture:{await kept(pictures)}", "https://elsewhere/x.jpg"))
        line = await stream.line("dobby")
        (address,) = line["pictures"]
        assert (await get(page, address))[1] == JPEG
        await page.daemon.outbox.revise("alert:1", "It is gone.", ())
        changed = await stream.line("dobby")
    assert (changed["id"], changed["text"], changed["changed"]) == (
        line["id"],
        "It is gone.",
        True,
    )
    (told,) = await page.history()
    assert (told["id"], told["text"], told["pictures"]) == (line["id"], "It is gone.", [])


SHOWN = (
    "return page.$$eval('#lines > .dobby', all => all.map(li => [li.childNodes[1].data,"
    " [...li.querySelectorAll('img')].map(i => [i.alt, i.naturalWidth])]))"
)


@pytest.mark.timeout(120)
async def test_the_page_shows_them_and_changes_them_in_place(
    page: Page, pictures: Pictures
) -> None:
    async with chromium(page.url) as browser:
        await browser.log_in(page.token)
        await alert(page, "A van stopped.", (f"picture:{await kept(pictures)}",))
        seen = "() => document.querySelector('#lines > .dobby img')?.naturalWidth"
        there = f"await page.waitForFunction({seen})"
        await browser.do(there)
        assert (await browser.do(SHOWN)) == [["A van stopped.", [["Picture from a camera", 160]]]]
        await browser.do(
            "page.evaluate(() => { document.querySelector('#lines > .dobby').mark = 7 })"
        )
        await page.daemon.outbox.revise("alert:1", "It left <b>a parcel</b>.", ())
        await browser.do("await page.locator('#lines > .dobby', { hasText: 'parcel' }).waitFor()")
        assert (await browser.do(SHOWN)) == [["It left <b>a parcel</b>.", []]]
        same = "return page.evaluate(() => document.querySelector('#lines > .dobby').mark)"
        assert await browser.do(same) == 7, "the same line, changed"
        await page.daemon.outbox.revise("alert:1", "Gone.", (f"picture:{await kept(pictures)}",))
        await browser.do(there)
        await browser.do(f"await page.reload(); {there}")
        assert (await browser.do(SHOWN)) == [["Gone.", [["Picture from a camera", 160]]]]
