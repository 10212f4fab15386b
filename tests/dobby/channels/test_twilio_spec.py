"""What is sent to Twilio, held against the vendor's own API description by Prism."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from dobby.channels.twilio import Twilio
from dobby.delivery.types import Outgoing
from tests.dobby.channels.mock_twilio import ACCOUNT, TOKEN, settings
from tests.peers.packages import PRISM, folder

SPEC = Path(__file__).parents[3].parent / "shared" / "specs" / "twilio_patched.json"
START_S = 60


@pytest.fixture
async def prism() -> AsyncIterator[str]:
    """Prism, which answers 422 to a request that does not fit the description."""
    if not SPEC.exists():
        pytest.skip(f"the API description is not at {SPEC}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        str(folder(PRISM) / "node_modules/.bin/prism"), "mock", "-h", "127.0.0.1",
        "-p", str(port), str(SPEC),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout
    try:
        async with asyncio.timeout(START_S):
            async for line in process.stdout:
                if b"Prism is listening" in line:
                    break
            else:
                pytest.fail("prism ended by itself")
        drain = asyncio.create_task(process.stdout.read())
        yield f"http://127.0.0.1:{port}"
        drain.cancel()
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


@pytest.mark.timeout(300)
async def test_every_request_fits_the_description(prism: str, tmp_path: Path) -> None:
    async with Twilio(settings(prism), tmp_path) as twilio:
        for channel in twilio.channels.values():
            out = Outgoing("k-1_A", "+48600100200", "Kitchen light is on.")
            assert (await channel.send(out)).startswith(("SM", "MM"))
            picture = Outgoing("k-2", "+48600100200", "Look.", ("https://dobby.example/s/1.jpg",))
            assert await channel.send(picture)
            template = "HX" + "0" * 32
            assert await channel.send(Outgoing("k-3", "+48600100200", "A van.", (), template))
            since = datetime(2015, 1, 1, tzinfo=UTC)
            assert await channel.sent_before(out, since, frozenset()) is None
            listed, _ = await channel.received_since(since)  # the vendor's own examples
            assert listed
            assert all(message.address and message.at > since for message in listed)
            assert any(message.attachments for message in listed)
    # And Prism does refuse what does not fit: without a recipient, without credentials.
    url = f"{prism}/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    authorization = {"Authorization": aiohttp.encode_basic_auth(ACCOUNT, TOKEN)}
    async with aiohttp.ClientSession() as session:
        async with session.post(url, data={"Body": "x"}, headers=authorization) as response:
            assert response.status in (400, 422)
        async with session.post(url, data={"To": "+48600100200", "Body": "x"}) as response:
            assert response.status == 401


def test_a_token_is_not_shown(tmp_path: Path) -> None:
    told = repr(settings("http://127.0.0.1:9", auth_token=SecretStr("deep secret")))
    assert "deep secret" not in told
