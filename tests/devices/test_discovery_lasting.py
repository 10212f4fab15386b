"""Discovery over years, and how it ends: nothing grows, nothing is given up, nothing is left."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from zeroconf.asyncio import AsyncZeroconf

from devices import discovery
from devices.device import Announcement
from devices.discovery import Discovery, mdns, probes, ssdp


def upnp(location: str, service: str = "roku:ecp", name: str = "R1") -> Announcement:
    return Announcement("ssdp", service, name, "127.0.0.1", 80, {"location": location})


@pytest.fixture
def described(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The locations asked for a description; one with "dead" in it does not answer at first."""
    asked: list[str] = []

    async def describe(location: str) -> dict[str, str]:
        asked.append(location)
        if "dead" in location and asked.count(location) == 1:
            return {}
        return {"friendly_name": location}

    monkeypatch.setattr(probes, "describe", describe)
    return asked


async def quiet(hearing: Discovery) -> None:
    async with asyncio.timeout(5):
        while hearing._tasks:
            await asyncio.gather(*hearing._tasks)


async def test_a_device_that_was_still_booting_is_asked_for_its_name_again(
    described: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "REPEAT_S", 0)
    told: list[Announcement] = []
    hearing = Discovery(None, ["127.0.0.1"], told.append)
    for _ in range(2):
        hearing._on_ssdp(upnp("http://127.0.0.1/dead"))
        await quiet(hearing)
    assert told[-1].properties["friendly_name"] == "http://127.0.0.1/dead"


async def test_names_are_still_learnt_after_years_of_changing_addresses(
    described: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "MAX_KNOWN", 3)
    told: list[Announcement] = []
    hearing = Discovery(None, ["127.0.0.1"], told.append)
    for n in range(10):
        hearing._on_ssdp(upnp(f"http://127.0.0.1/{n}"))
        await quiet(hearing)
        assert told[-1].properties["friendly_name"] == f"http://127.0.0.1/{n}"
    assert len(hearing._described) <= 3


async def test_nothing_is_told_after_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "ROOT_WAIT_S", 0.1)
    told: list[Announcement] = []
    async with Discovery(None, ["127.0.0.1"], told.append) as hearing:
        hearing._on_ssdp(upnp("", ssdp.ROOT_DEVICE, "a bare root"))
    told.clear()
    await asyncio.sleep(0.2)
    assert not told


async def test_what_was_opened_is_closed_when_the_rest_cannot_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fail(self: object) -> None:
        raise OSError("no socket left")

    closed: list[AsyncZeroconf] = []
    close = AsyncZeroconf.async_close

    async def closing(self: AsyncZeroconf) -> None:
        closed.append(self)
        await close(self)

    monkeypatch.setattr(mdns.MdnsBrowser, "__aenter__", fail)
    monkeypatch.setattr(AsyncZeroconf, "async_close", closing)
    with pytest.raises(OSError, match="no socket left"):
        async with Discovery(None, ["127.0.0.1"]):
            pass
    assert len(closed) == 1
