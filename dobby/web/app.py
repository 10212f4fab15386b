"""The page's FastAPI application."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from dobby.web import api, cameras, demo, events, pages
from dobby.web.guard import WeakToken
from dobby.web.hosts import Hosts
from dobby.web.parts import WebParts
from dobby.web.shield import Shield
from memory.errors import StoreError

STATIC = Path(__file__).parent / "static"


def create_app(parts: WebParts) -> FastAPI:
    """The page, its API and the channels' webhooks, on one application; under the public name
    only what has to be reached from outside."""
    outside = _serving(parts.outside)
    own = (m.router(parts) for m in (pages, api, cameras, events))
    app = _serving((*own, *parts.routers, *parts.outside))
    app.add_middleware(
        Hosts, trusted=parts.trusted_hosts, public=parts.public_host, outside=outside
    )
    app.add_middleware(Shield)  # the outermost: its headers are on refusals too
    if parts.demo_control:
        app.include_router(demo.router(parts))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


def _serving(routers: Iterable[APIRouter]) -> FastAPI:
    app = FastAPI(title="Dobby", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_exception_handler(StoreError, _not_now)
    app.add_exception_handler(WeakToken, _not_now)
    for router in routers:
        app.include_router(router)
    return app


async def _not_now(request: Request, error: Exception) -> JSONResponse:
    """Nothing was taken on: whoever asked may try again."""
    return JSONResponse({"detail": str(error)}, 503)
