"""What is behind which name: the public one is for carriers, and for nobody's page."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from twilio.request_validator import RequestValidator  # pyright: ignore[reportMissingTypeStubs]

from dobby.settings import TwilioSettings
from tests.dobby.web.conftest import Page, running
from tests.dobby.web.test_door import api_routes

PUBLIC = "dobby.example"
ACCOUNT = "AC" + "0" * 32
SECRET = "carrier's"
FIELDS = {
    "MessageSid": "SM" + "1" * 32,
    "AccountSid": ACCOUNT,
    "From": "+48600100200",
    "To": "+14155550100",
    "Body": "hello",
    "NumMedia": "0",
}
OUTSIDE = {"/twilio/inbound", "/twilio/status", "/pictures/{picture}.jpg"}


@contextlib.asynccontextmanager
async def house(home: Path, **settings: Any) -> AsyncGenerator[Page]:
    twilio = TwilioSettings(
        account_sid=ACCOUNT,
        auth_token=SECRET,  # type: ignore[arg-type]
        sms_from="+14155550100",
        public_url=f"https://{PUBLIC}",  # type: ignore[arg-type]
        api_base="http://127.0.0.1:9",  # type: ignore[arg-type]
    )
    async with running(home, twilio=twilio, **settings) as page:
        yield page


async def status(page: Page, method: str, path: str, **headers: str) -> int:
    headers = page.bearer | {"Accept": "*/*"} | headers
    asked = page.session.request(method, page.url + path, headers=headers, allow_redirects=False)
    async with asked as answer:
        return answer.status


@pytest.mark.parametrize(
    "named",
    [
        {"Host": PUBLIC},
        {"Host": "DOBBY.example.:443"},
        {"Host": f"{PUBLIC}:8765"},
        {"X-Forwarded-Host": PUBLIC},  # of a proxy that puts its own address in the name's place
        {"X-Forwarded-Host": f"proxy.lan, {PUBLIC}:443"},
    ],
)
async def test_the_public_name_leads_to_webhooks_and_pictures_alone(
    tmp_path: Path, named: dict[str, str]
) -> None:
    async with house(tmp_path) as page:
        routes = api_routes(page)
        assert {path for _, path in routes} >= OUTSIDE | {"/", "/login", "/health", "/eyes/plan"}
        for method, path in [*routes, ("GET", "/static/app.js"), ("GET", "/static/login.js")]:
            told = await status(page, method, path.replace("{picture}", "x"), **named)
            assert (told == 404) == (path not in OUTSIDE), (method, path, told)
        assert await status(page, "POST", "/twilio/inbound", **named) == 403, "unsigned"
        headers, url = named | _signed(FIELDS), f"{page.url}/twilio/inbound"
        async with page.session.post(url, data=FIELDS, headers=headers) as answer:
            assert answer.status == 200


async def test_the_houses_own_names_lead_to_all_of_it(tmp_path: Path) -> None:
    async with house(tmp_path) as page:
        for name in ("127.0.0.1", "localhost:8765", "[::1]:8765", "LOCALHOST."):
            assert await status(page, "GET", "/api/house", Host=name) == 200
            assert await status(page, "POST", "/twilio/inbound", Host=name) == 403
        for name in ("evil.example", "", "127.0.0.1@evil.example", f"x.{PUBLIC}", "127.0.0.1/x"):
            assert await status(page, "GET", "/api/house", Host=name) == 400, name
        forged = {"Host": "evil.example", "X-Forwarded-Host": "127.0.0.1"}
        assert await status(page, "GET", "/api/house", **forged) == 400, "it can only narrow"


async def test_unless_the_owner_says_otherwise(tmp_path: Path) -> None:
    async with house(tmp_path / "one", trusted_hosts=["127.0.0.1", PUBLIC]) as page:
        assert await status(page, "GET", "/api/house", Host=PUBLIC) == 200
    async with house(tmp_path / "any", trusted_hosts=["*.example", "*"]) as page:
        assert await status(page, "GET", "/api/house", Host="other.lan") == 200
        assert await status(page, "GET", "/api/house", Host=PUBLIC) == 404, "it has to be named"


def _signed(fields: dict[str, str]) -> dict[str, str]:
    url = f"https://{PUBLIC}/twilio/inbound"
    return {"X-Twilio-Signature": str(RequestValidator(SECRET).compute_signature(url, fields))}  # pyright: ignore[reportUnknownMemberType]
