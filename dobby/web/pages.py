"""The page itself, and logging in to it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from dobby.web.guard import address_of
from dobby.web.parts import WebParts

TEMPLATES = Jinja2Templates(Path(__file__).parent / "templates")
MONTH_S = 30 * 24 * 3600


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter()
    door = parts.door

    def login_form(request: Request, problem: str = "", status: int = 200) -> HTMLResponse:
        context = {"problem": problem}
        return TEMPLATES.TemplateResponse(request, "login.html", context, status_code=status)

    @routes.get("/")
    async def index(request: Request) -> Response:
        if not door.knows(request):
            return RedirectResponse("/login", status_code=303)
        return TEMPLATES.TemplateResponse(request, "index.html", {"demo": bool(parts.demo_control)})

    @routes.get("/login")
    async def login_page(request: Request) -> HTMLResponse:
        return login_form(request)

    @routes.post("/login")
    async def login(request: Request, token: Annotated[str, Form(max_length=200)] = "") -> Response:
        try:
            right = door.opens(token.strip(), address_of(request))
        except HTTPException as error:
            return login_form(request, str(error.detail), error.status_code)
        if not right:
            return login_form(request, "That is not the token of this house.", 401)
        response = RedirectResponse("/", status_code=303)
        response.set_cookie(
            door.cookie,
            door.session(),
            MONTH_S,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return response

    @routes.post("/logout")
    async def logout() -> Response:
        response = RedirectResponse("/login", status_code=303)
        response.delete_cookie(door.cookie, httponly=True, samesite="strict")
        return response

    @routes.get("/health")
    async def health() -> JSONResponse:
        return JSONResponse({"well": True})

    return routes
