"""The page itself, and logging in to it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from dobby.web.guard import COOKIE
from dobby.web.parts import WebParts

TEMPLATES = Jinja2Templates(Path(__file__).parent / "templates")
MONTH_S = 30 * 24 * 3600


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter()

    @routes.get("/")
    async def index(request: Request) -> Response:
        if request.cookies.get(COOKIE) != parts.door.session():
            return RedirectResponse("/login", status_code=303)
        return TEMPLATES.TemplateResponse(request, "index.html", {"demo": bool(parts.demo_control)})

    @routes.get("/login")
    async def login_page(request: Request) -> HTMLResponse:
        return TEMPLATES.TemplateResponse(request, "login.html", {"wrong": False})

    @routes.post("/login")
    async def login(request: Request, token: Annotated[str, Form(max_length=200)]) -> Response:
        if not parts.door.opens(token.strip()):
            context = {"wrong": True}
            return TEMPLATES.TemplateResponse(request, "login.html", context, status_code=401)
        response = RedirectResponse("/", status_code=303)
        secure = request.url.scheme == "https"
        response.set_cookie(
            COOKIE, parts.door.session(), MONTH_S, httponly=True, samesite="strict", secure=secure
        )
        return response

    @routes.post("/logout")
    async def logout() -> Response:
        response = RedirectResponse("/login", status_code=303)
        response.delete_cookie(COOKIE)
        return response

    @routes.get("/health")
    async def health() -> JSONResponse:
        return JSONResponse({"well": True, "devices": len(parts.house.devices)})

    return routes
