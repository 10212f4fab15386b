"""Every example of the documents runs, and answers as they say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from devices.virtual.declared import load
from dobby.commands.try_house import Trial

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
TRY = re.compile(r"^\$ echo '(?P<line>.+)' \| dobby try (?P<house>\S+)\n(?P<told>\{.*)$", re.M)
HOUSE_FILE = (ROOT / "docs/house-file.md").read_text()


def blocks(kind: str) -> list[tuple[str, str]]:
    """Blocks of that kind, with the page that they are on."""
    fence = re.compile(rf"^```{kind}\n(.*?)^```$", re.M | re.S)
    return [(page.name, text) for page in PAGES for text in fence.findall(page.read_text())]


def houses() -> dict[str, str]:
    return {text.partition("\n")[0][:20]: text for _, text in blocks("yaml") if "devices:" in text}


def test_there_are_examples() -> None:
    assert houses()
    assert [page for page, text in blocks("console") if TRY.search(text)] == ["house-file.md"]
    every = sum(text.count("dobby try") for _, text in blocks("console"))
    assert every == sum(len(TRY.findall(text)) for _, text in blocks("console")), "one is not run"


@pytest.mark.parametrize("house", houses())
def test_every_line_that_is_shown_gets_the_answer_that_is_shown(tmp_path: Path, house: str) -> None:
    """By the command itself, as somebody would type it."""
    (tmp_path / "house.yaml").write_text(houses()[house])
    for _, text in blocks("console"):
        for found in TRY.finditer(text):
            told = subprocess.run(
                [sys.executable, "-m", "dobby", "try", found["house"]],
                input=found["line"] + "\n", capture_output=True, text=True, check=True,
                cwd=tmp_path,
            ).stdout  # fmt: skip
            assert "error" not in json.loads(told)
            assert told.startswith(found["told"].removesuffix(" ..."))


@pytest.mark.parametrize("house", houses())
async def test_what_the_house_shows_is_there_and_answers(tmp_path: Path, house: str) -> None:
    (tmp_path / "house.yaml").write_text(houses()[house])
    async with Trial(tmp_path / "house.yaml") as trial:
        for key, declared in trial.file.devices.items():
            name = trial.house.devices[f"declared:{key}"].name
            told = await trial.say(f"turn on the {name}", state={})
            silent = declared.away or declared.fault == "gone"
            if "power" in told.state[key] or silent:
                assert ("did not answer" in told.reply) == silent, told.reply
            for alias in declared.aliases:
                assert (await trial.say(f"turn off the {alias}", state={})).receipts


def test_every_bare_value_that_is_shown_is_one(tmp_path: Path) -> None:
    (shown,) = re.findall(r"^A bare value stands.*?need no quotes\.$", HOUSE_FILE, re.M | re.S)
    values: dict[str, Any] = {}
    for text in re.findall(r"`([^`]*: [^`]*)`", shown):
        values |= yaml.safe_load(text)
    assert len(values) > 3
    devices = {f"d{number}": {"state": {k: v}} for number, (k, v) in enumerate(values.items())}
    (tmp_path / "house.yaml").write_text(yaml.safe_dump({"devices": devices}))
    assert len(load(tmp_path / "house.yaml").devices) == len(values)


ORDERS = (
    "turn on the desk lamp",
    "dim the desk lamp to 30%",
    "set the thermostat to 21",
    "close the blinds",
    "pause the music",
    "mute the speaker",
)
FILE = """
rooms: [Hall]
devices:
  desk_lamp: {kind: light, room: Hall, state: {power: off}}
  thermostat: {kind: thermostat, room: Hall, state: {climate: 18}}
  blinds: {kind: shade, room: Hall, state: {position: open}}
  speaker: {kind: speaker, room: Hall, state: {playback: playing}}
"""
LOCKS = """  front_door: {kind: lock, room: Hall, state: {lock: unlocked}}
  back_door: {kind: lock, room: Hall, state: {lock: unlocked}}
"""


@pytest.mark.parametrize("order", ORDERS)
async def test_lock_up_is_about_the_locks_after_any_order(tmp_path: Path, order: str) -> None:
    (tmp_path / "house.yaml").write_text(FILE + LOCKS)
    async with Trial(tmp_path / "house.yaml") as trial:
        alone = (await trial.say(order, state={})).calls
        both = (await trial.say(f"{order} and lock up", state={})).calls
        locked = {"locked": True, "devices": ["front_door", "back_door"]}
        assert both == [*alone, {"name": "lock", "arguments": locked}]
        assert (await trial.say(f"lock up and {order}", state={})).calls == [both[-1], *alone]
    (tmp_path / "open.yaml").write_text(FILE)
    async with Trial(tmp_path / "open.yaml") as trial:
        for words in ("lock up", f"{order} and lock up"):
            told = await trial.say(words, state={})
            assert (told.calls, told.reply) == ([], "I know no locks here.")
