"""Who gets in, and what a stranger's page, a foreign host or a long body comes to."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import re
import secrets
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
from fastapi.routing import APIRoute

from devices.device import Device
from dobby.daemon.app import opened
from dobby.settings import Settings, SettingsError
from dobby.web.guard import SHORTEST, TOKEN_FILE, WRONG_ALLOWED
from dobby.web.shield import MAX_BODY
from tests.dobby.web.conftest import Page

SCRIPT = "<script>document.title='owned'</script>"


async def login(page: Page, token: str) -> aiohttp.ClientResponse:
    return await page.session.post(
        f"{page.url}/login", data={"token": token}, allow_redirects=False
    )


def cookie_of(answer: aiohttp.ClientResponse, page: Page) -> dict[str, str]:
    return {
        "Cookie": f"{page.daemon.access.cookie}={answer.cookies[page.daemon.access.cookie].value}"
    }


async def status(page: Page, method: str, path: str, **more: object) -> int:
    async with page.session.request(method, f"{page.url}{path}", **more) as answer:  # type: ignore[arg-type]
        return answer.status


def api_routes(page: Page) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    def walk(routes: list[object], prefix: str = "") -> None:
        for route in routes:
            if isinstance(route, APIRoute):
                found.extend((method, route.path) for method in route.methods)
            else:  # an included router, in releases that keep it whole
                inner = getattr(route, "original_router", None) or getattr(route, "router", None)
                walk(getattr(inner, "routes", []))

    walk(page.app.routes)
    return found


async def test_every_api_route_wants_a_session(page: Page) -> None:
    routes = [(m, p) for m, p in api_routes(page) if p.startswith("/api")]
    assert {p for _, p in routes} >= {"/api/house", "/api/events", "/api/chat", "/api/demo/faults"}
    wrong = f"{page.daemon.access.cookie}={'0' * 64}"
    for method, path in routes:
        assert await status(page, method, path) == 401, path
        assert await status(page, method, path, headers={"Cookie": wrong}) == 401, path
    others = {p for _, p in api_routes(page)} - {p for _, p in routes}
    signed, keyed = {"/pictures/{picture}.jpg"}, {"/eyes/plan", "/eyes/reports"}
    assert others == {"/", "/login", "/logout", "/health"} | signed | keyed


@pytest.mark.parametrize("scheme", ["Bearer ", "Bearer x", "Basic eDp4", "bearer \u00e9"])
async def test_no_other_authorization_will_do(page: Page, scheme: str) -> None:
    headers = {"Authorization": scheme}
    assert await status(page, "GET", "/api/house", headers=headers) == 401
    assert await status(page, "POST", "/api/say", headers=headers, json={"text": "hi"}) == 401


async def test_login_by_hand(page: Page) -> None:
    wrong = await login(page, "wrong")
    assert wrong.status == 401
    assert "not the token" in await wrong.text()
    right = await login(page, f" {page.token}\n")
    assert (right.status, right.headers["Location"]) == (303, "/")
    morsel = right.cookies[page.daemon.access.cookie]
    assert morsel["httponly"]
    assert morsel["samesite"].lower() == "strict"
    assert page.token not in morsel.value
    cookie = cookie_of(right, page)
    assert await status(page, "GET", "/api/house", headers=cookie) == 200
    async with page.session.get(page.url, headers=cookie) as index:
        assert 'id="lines"' in await index.text()


async def test_logout_takes_the_cookie_back(page: Page) -> None:
    async with page.session.post(f"{page.url}/logout", allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/login"
        assert answer.cookies[page.daemon.access.cookie]["max-age"] == "0"
    async with page.session.get(page.url, allow_redirects=False) as index:
        assert (index.status, index.headers["Location"]) == (303, "/login")


async def test_token_file_is_the_owners_alone(page: Page) -> None:
    assert (page.home / TOKEN_FILE).stat().st_mode & 0o077 == 0


async def test_many_wrong_tokens_are_told_so_and_lock_nobody_out(page: Page) -> None:
    """Behind a reverse proxy the guesser and the owner have one address."""
    cookie = cookie_of(await login(page, page.token), page)
    for number in range(WRONG_ALLOWED):
        assert (await login(page, f"wrong {number}")).status == 401
    for number in range(3 * WRONG_ALLOWED):
        refused = await login(page, f"{page.token[:8]}{number}")
        assert (refused.status, 0 < int(refused.headers["Retry-After"]) <= 60) == (429, True)
        assert "Wait" not in await refused.text(), "the right one would be let in at once"
        guess = {"Authorization": f"Bearer {number}"}
        assert await status(page, "GET", "/api/house", headers=guess) == 429
        assert (await login(page, page.token)).status == 303
        assert await status(page, "GET", "/api/house", headers=page.bearer) == 200
        assert await status(page, "GET", "/api/house", headers=cookie) == 200, "who is in stays in"


@pytest.mark.parametrize("weak", ["1", "hunter2", "dobby-dobby-123"])
async def test_a_token_that_could_be_guessed_opens_nothing(page: Page, weak: str) -> None:
    assert len(weak) < SHORTEST
    (page.home / TOKEN_FILE).write_text(weak + "\n")
    refused = await login(page, weak)
    assert refused.status == 503
    assert "too short" in await refused.text()
    of_weak = hmac.new(weak.encode(), b"session", hashlib.sha256).hexdigest()
    for headers in (
        {"Authorization": f"Bearer {weak}"},
        {"Cookie": f"{page.daemon.access.cookie}={of_weak}"},
    ):
        assert await status(page, "GET", "/api/house", headers=headers) == 503
    assert (page.home / TOKEN_FILE).read_text() == weak + "\n", "the owner's file stays as it is"


async def test_no_start_with_a_token_that_could_be_guessed(tmp_path: Path) -> None:
    (tmp_path / TOKEN_FILE).write_text("hunter2")
    with pytest.raises(SettingsError, match=r"web\.token is too short"):
        async with opened(Settings(home=tmp_path, interfaces=["127.0.0.1"])):
            pass


async def test_a_rotated_token_shuts_sessions_and_streams_at_once(page: Page) -> None:
    cookie = cookie_of(await login(page, page.token), page)
    async with page.stream() as stream:
        await stream.next("hello")
        (page.home / TOKEN_FILE).write_text(secrets.token_urlsafe(24))
        assert await status(page, "GET", "/api/house", headers=cookie) == 401
        assert await status(page, "GET", "/api/house", headers=page.bearer) == 401
        assert await stream.ended(within_s=3)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_another_sites_page_is_refused(page: Page, headers: dict[str, str]) -> None:
    for path in ("/api/chat", "/api/say", "/login", "/logout"):
        body = {"json": {"text": "hello"}, "headers": page.bearer | headers}
        assert await status(page, "POST", path, **body) == 403, path
    assert await page.history() == []


async def test_the_own_page_is_not(page: Page) -> None:
    headers = page.bearer | {"Origin": page.url}
    body = {"json": {"text": "hello"}, "headers": headers}
    assert await status(page, "POST", "/api/chat", **body) == 202


async def test_websockets_are_refused(page: Page) -> None:
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(secrets.token_bytes(16)).decode(),
        "Origin": "https://evil.example",
    }
    for path in ("/api/events", "/", "/anything"):
        assert await status(page, "GET", path, headers=page.bearer | upgrade) == 403


async def test_a_foreign_host_is_refused(page: Page) -> None:
    for host in ("evil.example", "evil.example:8765", "127.0.0.1.evil.example", ""):
        for path in ("/", "/api/house", "/static/app.js", "/health"):
            assert await status(page, "GET", path, headers=page.bearer | {"Host": host}) == 400


async def test_long_bodies_are_refused_before_they_are_parsed(page: Page) -> None:
    async def drip() -> object:
        for _ in range(MAX_BODY // 1024 + 2):
            yield b"x" * 1024  # type: ignore[misc]

    for path in ("/api/chat", "/api/say", "/api/invite", "/api/pair", "/api/demo/faults", "/login"):
        kind = "x-www-form-urlencoded" if path == "/login" else "json"
        headers = page.bearer | {"Content-Type": f"application/{kind}"}
        assert await status(page, "POST", path, data=b"x" * 10_000_000, headers=headers) == 413
        assert await status(page, "POST", path, data=drip(), headers=headers) == 413, "no length"
    assert await status(page, "POST", "/api/chat", json={"text": "x" * 20_001}) == 401
    assert (await page.post("/api/chat", {"text": "x" * 20_001})).status == 422


async def test_every_answer_carries_the_policy(page: Page) -> None:
    asked = [
        ("GET", "/login", {}),
        ("GET", "/static/app.js", {}),
        ("GET", "/api/house", page.bearer),
        ("GET", "/api/house", {}),
        ("GET", "/nowhere", {}),
        ("POST", "/api/chat", {"Origin": "https://evil.example"}),
        ("GET", "/", {"Host": "evil.example"}),
    ]
    for method, path, headers in asked:
        async with page.session.request(method, f"{page.url}{path}", headers=headers) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "script-src 'self';" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_pages_need_nothing_inline_and_nothing_from_elsewhere(page: Page) -> None:
    cookie = cookie_of(await login(page, page.token), page)
    for path in ("/", "/login"):
        async with page.session.get(f"{page.url}{path}", headers=cookie) as answer:
            text = await answer.text()
        assert not re.search(r"<script(?![^>]*src=)", text)
        assert not re.search(r"\son\w+=|style=|https?://", text)


async def test_health_tells_nothing_of_the_house(page: Page) -> None:
    async with page.session.get(f"{page.url}/health") as answer:
        assert await answer.json() == {"well": True, "ailing": []}


async def test_a_devices_name_is_data(page: Page) -> None:
    page.settle(Device(id="hue:x", name=SCRIPT, kind="light", room=SCRIPT))
    async with page.session.get(f"{page.url}/api/house", headers=page.bearer) as answer:
        assert answer.content_type == "application/json"
        assert (await answer.json())["rooms"][0]["devices"][0]["name"] == SCRIPT
    async with page.session.get(page.url, headers=page.bearer) as answer:
        assert SCRIPT not in await answer.text()


def test_scripts_make_no_markup_of_text() -> None:
    static = Path(__file__).parents[3] / "dobby/web/static"
    for script in static.glob("*.js"):
        text = script.read_text()
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text)


async def test_nonsense_is_answered_with_words(page: Page) -> None:
    for body in ({}, {"text": 5}, {"text": "x", "id": "../.."}, {"text": "x", "more": 1}, [], "x"):
        assert (await page.post("/api/chat", body)).status == 422
    assert (await page.post("/api/pair", {"key": "nobody"})).status == 422
    headers = page.bearer | {"Content-Type": "application/json"}
    assert await status(page, "POST", "/api/chat", data=b"\xff{", headers=headers) in (400, 422)


async def test_the_command_line_talks_to_it(page: Page) -> None:
    environment = {
        "DOBBY_HOME": str(page.home),
        "DOBBY_PORT": str(urlsplit(page.url).port),
        "PATH": "",
    }
    dobby = Path(__file__).parents[3] / ".venv/bin/dobby"
    if not dobby.exists():
        pytest.skip("no .venv/bin/dobby here")

    async def run(*words: str) -> tuple[int, str]:
        process = await asyncio.create_subprocess_exec(
            dobby, *words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        said, _ = await process.communicate()
        return process.returncode or 0, said.decode()

    (said, invited, health) = await asyncio.gather(
        run("say", "what", "can", "you", "do?"),
        run("pair", "Anna", "--role", "adult"),
        run("health"),
    )
    assert said[0] == 0
    assert "kitchen light on" in said[1]
    assert re.search(r"adult: \d{4} \d{4}", invited[1])
    assert health == (0, "")
    (page.home / TOKEN_FILE).write_text(secrets.token_urlsafe(24))
    page.daemon.access.token()
    code, refused = await run("say", "hello")
    assert code == 0, refused  # it reads the file anew
