"""The page's FastAPI application."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware

from dobby.web import api, cameras, demo, events, pages
from dobby.web.parts import WebParts
from dobby.web.shield import Shield
from memory.errors import StoreError

STATIC = Path(__file__).parent / "static"


def create_app(parts: WebParts) -> FastAPI:
    """The page, its API and the channels' webhooks, on one application."""
    app = FastAPI(title="Dobby", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(parts.trusted_hosts))
    app.add_middleware(Shield)  # the outermost: its headers are on refusals too
    app.add_exception_handler(StoreError, _not_kept)
    own = (m.router(parts) for m in (pages, api, cameras, events))
    for router in (*own, *parts.routers):
        app.include_router(router)
    if parts.demo_control:
        app.include_router(demo.router(parts))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


async def _not_kept(request: Request, error: Exception) -> JSONResponse:
    """Nothing was taken on: whoever asked may try again."""
    return JSONResponse({"detail": str(error)}, 503)
