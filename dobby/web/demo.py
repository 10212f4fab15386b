"""The demo's own corner of the page: make things go wrong, press the bridge's button."""

from __future__ import annotations

from typing import Any

import aiohttp
from fastapi import APIRouter, Depends, HTTPException, Request
from yarl import URL

from dobby.web.parts import WebParts

ANSWER = aiohttp.ClientTimeout(total=5)


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter(prefix="/api/demo", dependencies=[Depends(parts.access.let_in)])
    control = URL(parts.demo_control)
    headers = {"Authorization": f"Bearer {control.user or ''}"}
    base = control.with_user(None)

    async def ask(method: str, path: str, body: bytes | None = None) -> Any:
        try:
            async with (
                aiohttp.ClientSession(timeout=ANSWER, headers=headers) as session,
                session.request(method, base / path, data=body) as answer,
            ):
                if answer.status != 200:
                    raise HTTPException(answer.status, await answer.text())
                return await answer.json()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise HTTPException(502, "The virtual house does not answer.") from error

    @routes.get("/devices")
    async def devices() -> Any:
        return await ask("GET", "devices")

    @routes.post("/faults")
    async def faults(request: Request) -> Any:
        return await ask("POST", "faults", await request.body())

    @routes.post("/hue-button")
    async def hue_button() -> Any:
        return await ask("POST", "hue-button")

    return routes
