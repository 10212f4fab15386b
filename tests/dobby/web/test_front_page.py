"""The conversation on the front page is the demo's own, word for word."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.dobby.web.test_browser import demo

README = Path(__file__).parents[3] / "README.md"
TURN = re.compile(r"^\*\*You:\*\* (.+?) \*\*Dobby:\*\* (.+?)$", re.MULTILINE)


def conversation() -> list[tuple[str, str]]:
    """What is said and answered there, with whatever is done in between as a turn of its own."""
    quoted = re.findall(r"^>(.*)$", README.read_text(), re.MULTILINE)
    text = "\n".join(line.strip().removesuffix("\\").strip() for line in quoted)
    turns: list[tuple[str, str]] = []
    for paragraph in text.split("\n\n"):
        line = " ".join(paragraph.split())
        aside, _, rest = line.partition(")* ") if line.startswith("*(") else ("", "", line)
        found = TURN.match(rest)
        assert found, line
        turns += [(aside, ""), (found[1], found[2])] if aside else [(found[1], found[2])]
    return turns


@pytest.mark.timeout(120)
def parts(reply: str) -> list[str]:
    """What it says of each: in the order in which the demo's devices were heard first."""
    return sorted(part.casefold() for part in re.split(r"; |\. |\.$", reply))


async def test_the_demo_answers_as_the_front_page_says(tmp_path: Path) -> None:
    async with (
        demo(tmp_path / "demo") as (url, token),
        aiohttp.ClientSession(url, headers={"Authorization": f"Bearer {token}"}) as page,
    ):

        async def post(path: str, **body: Any) -> Any:
            async with page.post(path, json=body) as answer:
                assert answer.status == 200, await answer.text()
                return await answer.json()

        async with page.get("/api/demo/devices") as answer:
            virtual = await answer.json()

        async def waiting(family: str) -> str:
            """Its key, once it was heard."""
            async with asyncio.timeout(20):
                while True:
                    async with page.get("/api/house") as answer:
                        heard = (await answer.json())["strangers"]
                    if keys := [s["key"] for s in heard if s["family"] == family]:
                        return keys[0]
                    await asyncio.sleep(0.1)

        await waiting("hue")
        told = conversation()
        assert len(told) > 5
        for said, expected in told:
            if said.startswith("*("):
                lamp = next(d["id"] for d in virtual["devices"] if d["name"] == "Reading lamp")
                await post("/api/demo/faults", id=lamp, gone=True)
                continue
            if "pressed the button" in said:
                await post("/api/demo/hue-button")
            reply = (await post("/api/say", text=said))["reply"]
            assert parts(re.sub(r"\d{4}", "8684", reply)) == parts(expected), said
            if "pressed the button" in said:
                await post("/api/pair", key=await waiting("homekit"), pin=virtual["pin"])
