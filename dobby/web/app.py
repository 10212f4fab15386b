"""The page's FastAPI application."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware

from dobby.web import api, demo, events, pages
from dobby.web.guard import same_origin
from dobby.web.parts import WebParts

STATIC = Path(__file__).parent / "static"


def create_app(parts: WebParts) -> FastAPI:
    """The page, its API and the channels' webhooks, on one application."""
    app = FastAPI(title="Dobby", docs_url=None, redoc_url=None, openapi_url=None)
    app.middleware("http")(same_origin)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(parts.trusted_hosts))
    for router in (pages.router(parts), api.router(parts), events.router(parts), *parts.routers):
        app.include_router(router)
    if parts.demo_control:
        app.include_router(demo.router(parts))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app
