"""The page itself, and logging in to it."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from dobby.web.guard import address_of
from dobby.web.parts import WebParts

TEMPLATES = Path(__file__).parent / "templates"
MONTH_S = 30 * 24 * 3600


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter()
    access = parts.access
    corner = _template("demo").template if parts.demo_control else ""
    page = _template("index").substitute(demo=corner, zone=parts.zone)
    form = _template("login")

    def login_form(problem: str = "", status: int = 200) -> HTMLResponse:
        return HTMLResponse(form.substitute(problem=escape(problem)), status)

    @routes.get("/")
    async def index(request: Request) -> Response:
        if not access.knows(request):
            return RedirectResponse("/login", status_code=303)
        return HTMLResponse(page)

    @routes.get("/login")
    async def login_page() -> HTMLResponse:
        return login_form()

    @routes.post("/login")
    async def login(request: Request, token: Annotated[str, Form(max_length=200)] = "") -> Response:
        try:
            right = access.opens(token.strip(), address_of(request))
        except HTTPException as error:
            refused = login_form(str(error.detail), error.status_code)
            refused.headers.update(error.headers or {})
            return refused
        if not right:
            return login_form("That is not the token of this house.", 401)
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(
            access.cookie,
            access.session(),
            MONTH_S,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return response

    @routes.post("/logout")
    async def logout() -> Response:
        response = RedirectResponse("/login", status_code=303)
        response.delete_cookie(access.cookie, httponly=True, samesite="strict")
        return response

    @routes.get("/health")
    async def health() -> JSONResponse:
        """503 when a message would not be kept, answered or sent."""
        ailing = await parts.ailing()
        return JSONResponse({"well": not ailing, "ailing": list(ailing)}, 503 if ailing else 200)

    return routes


def _template(name: str) -> Template:
    return Template((TEMPLATES / f"{name}.html").read_text(encoding="utf-8"))
