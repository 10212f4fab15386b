"""The page in a real Chromium: the demo as a newcomer meets it, and the page in bad weather."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from devices.capabilities import Power
from devices.device import Device, NeedsPairing
from devices.driver import Update
from devices.virtual.camera import Clip, VirtualCamera
from devices.virtual.hue import HueBridge
from dobby.delivery.types import Outgoing
from dobby.web.guard import TOKEN_FILE
from tests.dobby.web.conftest import Page, running
from tests.peers.cameras import PEOPLE, footage
from tests.peers.packages import PLAYWRIGHT, folder, program

START_S = 40.0
EVIL = "<img src=x onerror=\"document.title='owned'\"> \u202eevil"
PAIRED = "page.locator('#lines > .dobby', { hasText: 'Paired' })"
LINES = "return page.$$eval('#lines > li', all => all.map(li => [li.className, li.lastChild.data]))"


class Browser:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def do(self, deeds: str) -> Any:
        """Run statements of JavaScript beside the page; what they return."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(deeds)}\n".encode())
        async with asyncio.timeout(60):
            told = json.loads(await self._process.stdout.readline())
        assert "error" not in told, told["error"]
        return told["value"]

    async def log_in(self, token: str) -> None:
        await self.do(
            f"await page.goto('/login#token={token}'); await page.waitForURL('**/');"
            "await page.waitForFunction(() => document.querySelector('#link').textContent === '')"
        )

    async def say(self, text: str) -> str:
        """Type it; the reply."""
        return await self.do(
            "const mine = '#lines > .me'; const before = await page.locator(mine).count();"
            f"await page.fill('#text', {json.dumps(text)}); await page.press('#text', 'Enter');"
            "const reply = await page.waitForFunction(([mine, before]) => {"
            "  const said = [...document.querySelectorAll(mine)];"
            "  const after = said.length > before && said.at(-1).nextElementSibling;"
            "  return after && after.matches('.dobby:not(.dots, .draft)') && after.lastChild.data;"
            "}, [mine, before]);"
            "return reply.jsonValue()"
        )


@contextlib.asynccontextmanager
async def chromium(url: str) -> AsyncGenerator[Browser]:
    node, executable, playwright = program("node"), program("chromium"), folder(PLAYWRIGHT)
    script = Path(__file__).with_name("browser.mjs")
    process = await asyncio.create_subprocess_exec(
        *(node, str(script), str(playwright), executable, url),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        limit=2**22,
    )
    browser = Browser(process)
    try:
        yield browser
        assert await browser.do("return errors") == []
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


@contextlib.asynccontextmanager
async def demo(home: Path, port: int = 0) -> AsyncGenerator[tuple[str, str]]:
    """``dobby demo`` as a process of its own; the page's address and token."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from dobby.commands.cli import main; main()"),
        *("demo", "--home", str(home), "--port", str(port)),
        stderr=subprocess.PIPE,
        env={k: v for k, v in os.environ.items() if not k.startswith("DOBBY_")},
    )
    assert process.stderr is not None
    said = ""
    try:
        async with asyncio.timeout(START_S):
            while not (found := re.search(r"(http://\S+)/login#token=(\S+)", said)):
                line = await process.stderr.readline()
                assert line, f"the demo ended: {said}"
                said += line.decode()
        yield found[1], found[2]
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        rest = (await process.communicate())[1].decode()
        assert process.returncode == 0, rest
        assert "Traceback" not in said + rest
        assert "WARNING" not in said, said


async def test_the_link_logs_in_where_the_login_is_open_already(page: Page) -> None:
    async with chromium(page.url) as browser:
        await browser.do("await page.goto('/login')")
        await browser.do(
            f"await page.goto('/login#token={page.token}'); await page.waitForURL('**/')"
        )
        assert page.token not in await browser.do("return page.url()")


async def test_times_are_the_owners_wherever_the_page_is(tmp_path: Path) -> None:
    """In twenty-four hours, as Dobby says them, and in the zone of the house."""
    for zone in ("Asia/Tokyo", "America/Los_Angeles"):
        home = tmp_path / zone.partition("/")[2]
        async with running(home, zone=zone) as page, chromium(page.url) as browser:
            await browser.log_in(page.token)
            told = re.search(r"It is (\d\d:\d\d)", await browser.say("what time is it?"))
            assert told
            hour, minute = map(int, told[1].split(":"))
            shown = await browser.do("return page.getAttribute('#lines > .dobby', 'title')")
            assert re.fullmatch(r"\w+,? \d+ \w+, \d\d:\d\d", shown), shown
            at = int(shown[-5:-3]) * 60 + int(shown[-2:])
            assert (at - hour * 60 - minute) % 1440 in (0, 1)
    static = Path(__file__).parents[3] / "dobby/web/static"
    assert not [s.name for s in static.glob("*.js") if "toLocale" in s.read_text()], "one way only"


@pytest.mark.timeout(180)
async def test_a_newcomer_meets_the_demo(tmp_path: Path) -> None:
    async with demo(tmp_path / "demo") as (url, token), chromium(url) as browser:
        await browser.log_in(token)
        assert token not in await browser.do("return page.url()")
        kitchen = (
            "page.locator('section[aria-label=Kitchen] .tile', { hasText: /^Kitchen/ }).first()"
        )
        await browser.do(f"await {kitchen}.waitFor()")
        assert "silent" in await browser.do(f"return {kitchen}.innerText()")

        reply = await browser.say("play jazz in the kitchen")
        assert reply.startswith("The kitchen speaker plays")
        title = re.search(r"plays (.+?) by ", reply)
        assert title is not None
        await browser.do(
            f"await {kitchen}.filter({{ hasText: {json.dumps(title[1])} }}).waitFor();"
            "await page.locator('section[aria-label=Kitchen] .tile.active').waitFor()"
        )

        await browser.do("await page.click('[data-family=hue] button')")
        await browser.do(f"await {PAIRED}.first().waitFor()")
        await browser.do("await page.locator('.tile', { hasText: 'Hall lamp' }).waitFor()")
        await browser.do(
            "await page.locator('[data-family=hue]').waitFor({ state: 'detached' });"
            "await page.click('[data-family=homekit] button');"
            "await page.locator('.tile', { hasText: 'Thermostat' }).waitFor();"
            f"await {PAIRED}.nth(1).waitFor()"
        )
        assert "on" in await browser.say("turn on the hall lamp")

        await browser.do(
            "await page.click('#demo summary');"
            "await page.selectOption('#fault-device', { label: 'Hall lamp' });"
            "await page.selectOption('#fault', 'gone'); await page.locator('#mend').waitFor()"
        )
        reply = await browser.say("turn off the hall lamp")
        assert "hall lamp" in reply
        assert "did not answer" in reply
        await browser.do("await page.locator('.tile.away', { hasText: 'Hall lamp' }).waitFor()")
        await browser.do(
            "await page.click('#mend'); await page.locator('#mend').waitFor({ state: 'hidden' })"
        )

        # A reload shows the same conversation, once, and that something was paired.
        before = await browser.do(LINES)
        assert sum("Paired" in line[1] for line in before) == 2
        await browser.do("await page.reload(); await page.locator('#lines .me').first().waitFor()")
        assert await browser.do(LINES) == before


async def test_a_taken_port_makes_the_demo_take_the_next(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with demo(tmp_path / "demo", port) as (url, _):
            assert port < (urlsplit(url).port or 0) < port + 20


async def test_strangers_names_are_text_and_a_thousand_tiles_move(page: Page) -> None:
    house = page.daemon.house
    page.settle(
        Device(id="hue:evil", name=EVIL, kind="light", room=EVIL),
        *(
            Device(id=f"hue:{n}", name=f"Lamp {n}", kind="light", room=f"Room {n % 50}")
            for n in range(1000)
        ),
    )
    async with chromium(page.url) as browser:
        await browser.log_in(page.token)
        await browser.do("await page.locator('.tile').nth(1000).waitFor({ state: 'attached' })")
        assert await browser.do("return page.title()") == "Dobby"
        assert await browser.do("return page.locator('#rooms img').count()") == 0
        names = await browser.do(
            "return page.$$eval('.tile b', all => all.map(b => b.textContent))"
        )
        assert any(name.startswith("<img src=x") for name in names)
        await browser.do(
            "await page.evaluate(() => { window.rebuilt = 0;"
            " new MutationObserver(all => { for (const change of all)"
            " for (const node of change.addedNodes)"
            " window.rebuilt += node.matches?.('li, section') ? 1 : 0; })"
            ".observe(document.querySelector('#rooms'), { childList: true, subtree: true }); })"
        )
        for on in (True, False, True):
            for n in range(1000):
                house.publish(Update(f"hue:{n}", {"power": Power(on=on)}))
            await asyncio.sleep(0.2)
        await browser.do(
            "await page.waitForFunction(() => document.querySelectorAll('.tile.active').length"
            " === 1000)"
        )
        assert await browser.do("return page.evaluate(() => window.rebuilt)") == 0  # in place
        await browser.do("await page.setViewportSize({ width: 390, height: 800 })")
        for _ in range(2):  # the chat, then the house
            wide = "return page.evaluate(() => document.documentElement.scrollWidth)"
            assert await browser.do(wide) <= 390
            await browser.do("await page.click('#show-house')")


async def test_a_reply_is_read_while_it_is_made(page: Page) -> None:
    channel = page.daemon.web.channel
    async with chromium(page.url) as browser:
        await browser.log_in(page.token)
        for piece in ("The hall ", "is ", "lit"):
            channel.draft("page", piece)
        await browser.do("await page.locator('.draft', { hasText: 'The hall is lit' }).waitFor()")
        await channel.send(Outgoing("k1", "page", "The hall is lit."))
        await browser.do("await page.locator('.draft').waitFor({ state: 'detached' })")
        assert [text for _, text in await browser.do(LINES)][-1] == "The hall is lit."
        # Long texts wrap, and everything that can be pressed says what it is.
        channel.line("k2", "dobby", "endless" * 2000)
        await browser.do("await page.locator('.dobby', { hasText: 'endless' }).waitFor()")
        assert await browser.do(
            "return page.$eval('#lines', list => list.scrollWidth <= list.clientWidth)"
        )
        assert await browser.do(
            "return page.$$eval('button, input, select, textarea', all => all.filter(e =>"
            " !(e.getAttribute('aria-label') || e.innerText || e.labels?.length || e.hidden"
            " || e.closest('details, [hidden]'))).map(e => e.outerHTML))"
        ) in ([], None)


async def test_words_typed_while_it_is_down_are_obeyed_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    async with contextlib.AsyncExitStack() as stack:
        async with running(home) as page:
            port = urlsplit(page.url).port or 0
            browser = await stack.enter_async_context(chromium(page.url))
            await browser.log_in(page.token)
            assert "kitchen light" in await browser.say("what can you do?")
            # A second tab of the same browser hears the same lines.
            await browser.do(
                "const tab = await context.newPage(); await tab.goto('/');"
                "await tab.locator('#lines .dobby', { hasText: 'kitchen light' }).waitFor()"
            )
        await browser.do(
            "await page.locator('#link', { hasText: 'not connected' }).waitFor();"
            "await page.fill('#text', 'first line'); await page.press('#text', 'Shift+Enter');"
            "await page.type('#text', 'and another'); await page.press('#text', 'Enter');"
            "await page.locator('#lines .unsent').waitFor();"
        )
        async with running(home, port) as page:
            for tab in (0, 1):
                shown = await browser.do(
                    f"page = context.pages()[{tab}];"
                    "await page.waitForFunction(() => document.querySelectorAll("
                    "'#lines > .dobby:not(.dots)').length === 2"
                    " && !document.querySelector('.unsent, .lost'));"
                    f"{LINES}"
                )
                assert shown[2] == ["me", "first line\nand another"]
                assert len(shown) == 4, shown
            assert [line["who"] for line in await page.history()] == ["me", "dobby"] * 2
            # A new token shuts the page at once.
            (home / TOKEN_FILE).write_text("another-token-of-this-house\n")
            await browser.do("await page.waitForURL('**/login')")
            await browser.do(
                "await page.fill('#token', 'wrong'); await page.press('#token', 'Enter');"
                "await page.locator('[role=alert]', { hasText: 'not the token' }).waitFor();"
                "await page.fill('#token', 'another-token-of-this-house');"
                "await page.press('#token', 'Enter');"
                "await page.locator('#lines .me').nth(1).waitFor();"
                "await page.click('#logout button'); await page.waitForURL('**/login');"
                "await page.goto('/'); await page.waitForURL('**/login')"
            )


async def test_a_bridge_is_paired_while_its_owner_walks_to_it(page: Page, tmp_path: Path) -> None:
    """One click: the card tries until the button is pressed."""
    async with (
        HueBridge(bridge_id="001788fffe5a17ab", home=tmp_path / "hue") as bridge,
        chromium(page.url) as browser,
    ):
        for heard in bridge.announcements():
            page.daemon.house.hear(dataclasses.replace(heard, name=f"{EVIL}.{heard.service}"))
        await browser.log_in(page.token)
        await browser.do(
            "await page.click('.stranger button');"
            "await page.locator('.stranger p', { hasText: 'I try for' }).waitFor()"
        )
        bridge.press_button()
        await browser.do(
            "await page.locator('.tile', { hasText: 'Hall lamp' }).waitFor();"
            "await page.locator('.stranger').waitFor({ state: 'detached' })"
        )
        assert await browser.do("return page.title()") == "Dobby"
    paired = (await page.daemon.store.audited(1))[0]
    assert paired.action == "paired devices"


async def test_a_camera_is_paired_by_its_user_and_password(page: Page) -> None:
    clip = Clip.load(footage(PEOPLE))
    async with (
        VirtualCamera(clip, user="admin", password="hun:ter2") as camera,
        chromium(page.url) as browser,
    ):
        with pytest.raises(NeedsPairing):
            await page.daemon.house.add(camera.http_address("/still.jpg"), name="Porch")
        await browser.log_in(page.token)
        await browser.do(
            "await page.fill('.stranger [aria-label=\"User of Porch\"]', 'admin');"
            "await page.fill('.stranger [aria-label=\"Password of Porch\"]', 'wrong');"
            "await page.click('.stranger button');"
            "await page.locator('.stranger p', { hasText: 'does not take' }).waitFor();"
            "await page.fill('.stranger input[type=password]', 'hun:ter2');"
            "await page.click('.stranger button');"
            "await page.locator('.stranger').waitFor({ state: 'detached' })"
        )
    assert [
        device.name for device in page.daemon.house.devices.values() if device.kind == "camera"
    ] == ["Porch"]
