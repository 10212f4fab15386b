"""The cameras on the page, in a real Chromium: the demo's footage through real eyes and weights."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.dobby.web.test_browser import Browser, chromium, demo
from tests.peers.cameras import CARS, PEOPLE, footage

SHARED = Path(__file__).parents[4] / "shared"
WEIGHTS = SHARED / "models" / "yolox_nano.onnx"
ALERT = "#lines > .dobby:has(img)"  # beside it, where the camera looks may be asked
CARD = ".camera[data-camera]"
PLACE = '.camera [aria-label="Where it looks"]'
PAINTED = (  # a canvas that shows something else than one colour
    "page.waitForFunction(() => { const c = document.querySelector('.camera canvas');"
    "  const { data } = c.getContext('2d').getImageData(0, 0, c.width, c.height);"
    "  return new Set(new Uint32Array(data.buffer)).size > 500; })"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A demo's home with footage and weights in it."""
    if not WEIGHTS.is_file():
        pytest.skip("the detector's weights are not here")
    home = tmp_path / "demo"
    (home / "footage").mkdir(parents=True)
    (home / "models").mkdir()
    shutil.copy(footage(PEOPLE), home / "footage" / "one-by-one-person-detection.mp4")
    shutil.copy(footage(CARS), home / "footage" / "car-detection.mp4")
    shutil.copy(WEIGHTS, home / "models")
    return home


async def camera(browser: Browser) -> dict[str, Any]:
    deed = "return (await (await page.request.get('/api/cameras')).json()).cameras[0]"
    return await browser.do(deed)


@pytest.mark.timeout(240)
async def test_somebody_comes_to_the_front_door(home: Path) -> None:
    async with demo(home) as (url, token), chromium(url) as browser:
        await browser.log_in(token)
        alert = f"page.locator({json.dumps(ALERT)}, {{ hasText: 'at the front door' }}).first()"
        await browser.do(f"await {alert}.waitFor({{ timeout: 90_000 }})")
        picture = f"await {alert}.locator('img').first().elementHandle()"
        await browser.do(f"await page.waitForFunction(img => img.naturalWidth > 300, {picture})")

        await browser.do("await page.click('#show-eyes')")
        await browser.do(f"await {PAINTED}")
        assert await browser.do("return page.textContent('.caption b')") == "front door"
        await browser.do("await page.waitForSelector('#timeline li.told img')")
        assert "at the front door" in await browser.do("return page.textContent('#timeline .told')")

        await typing_is_left_alone(browser)
        await draw_a_zone(browser)
        (zone,) = (await camera(browser))["zones"]
        assert (zone["name"], zone["use"]) == ("street", "ignore")
        assert zone["points"][2] == pytest.approx([0.5, 0.5], abs=0.02)

        await browser.do(
            "await page.waitForResponse('**/api/cameras'); await page.click('.zones button');"
            "await page.waitForFunction(() => !document.querySelector('.zones li'))"
        )
        assert (await camera(browser))["zones"] == []

        await browser.do("await page.locator('.settings label', { hasText: 'Privacy' }).click()")
        await browser.do("await page.waitForSelector('.camera.dark')")
        assert (await camera(browser))["private"]
        blank = "const c = document.querySelector('.camera canvas');"
        blank += "return [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data]"
        assert not any(await browser.do(f"return page.evaluate(() => {{ {blank} }})"))
        reply = "(await page.request.get('/api/cameras/frame?camera=' + encodeURIComponent(id)))"
        found = (await camera(browser))["id"]
        assert await browser.do(f"const id = {json.dumps(found)}; return {reply}.status()") == 403


async def typing_is_left_alone(browser: Browser) -> None:
    """While the page follows what is in view; and a camera that looks nowhere is not watched."""
    await browser.do(
        f"await page.click('{CARD} summary'); await page.fill('{PLACE}', ' ');"
        "for (let n = 0; n < 2; n++) await page.waitForResponse('**/api/cameras')"
    )
    assert await browser.do(f"return page.inputValue('{PLACE}')") == " "
    await browser.do(
        "await page.getByText('Save').click();"
        "await page.getByText('Where does it look? Say that first.').waitFor()"
    )
    assert await browser.do(f"return page.inputValue('{PLACE}')") == "front door"
    assert (await camera(browser))["looks_at"] == "front door"


async def draw_a_zone(browser: Browser) -> None:
    await browser.do(
        "await page.getByText('Draw a zone').click();"
        "await page.getByText('Keep', { exact: true }).waitFor();"
        "const canvas = page.locator('.camera canvas').first();"
        "const b = await canvas.boundingBox();"
        "for (const [x, y] of [[.1, .1], [.5, .1], [.5, .5], [.1, .5]])"
        "  await canvas.click({ position: { x: x * b.width, y: y * b.height } });"
        "await page.fill('[aria-label=\"Zone\\'s name\"]', 'street');"
        "await page.getByText('Keep', { exact: true }).click();"
        "await page.waitForSelector('.zones li')"
    )
