"""The door of the eyes: they fetch what to watch, and tell what they see (``vision/reports.py``).

A token of their own opens it (``eyes.token`` in the home folder): it gives addresses and
credentials of cameras away, and takes pictures in, and opens nothing else.
"""

from __future__ import annotations

from collections.abc import Awaitable
from pathlib import Path
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from pydantic import ValidationError
from starlette.requests import HTTPConnection

from dobby.settings import EYES_TOKEN
from dobby.vision.reports import Plan, Reports
from dobby.web.guard import KeyFile

WAIT_S = 25.0  # a plan that does not change is told again after this


class EyesService(Protocol):
    """Who takes the reports and makes the plan."""

    def plan_after(self, known: str, wait_s: float) -> Awaitable[Plan]: ...
    def take(self, told: Reports, /) -> Awaitable[None]: ...


def key(home: Path) -> KeyFile:
    return KeyFile(home / EYES_TOKEN)


def router(service: EyesService, key_file: KeyFile) -> APIRouter:
    """``GET /eyes/plan?known=VERSION`` and ``POST /eyes/reports``."""

    async def let_in(connection: HTTPConnection) -> None:
        if not key_file.let_in(connection):
            raise HTTPException(401, "The eyes' token is missing or wrong.")

    routes = APIRouter(prefix="/eyes", dependencies=[Depends(let_in)])

    @routes.get("/plan")
    async def plan(known: Annotated[str, Query(max_length=64)] = "") -> Plan:
        """The plan as soon as it is another than the known one, or after a while."""
        return await service.plan_after(known, WAIT_S)

    @routes.post("/reports")
    async def reports(request: Request) -> Response:
        """204 once they are kept; 422 for what is no report, which is not to be sent again."""
        try:
            told = Reports.model_validate_json(await request.body())
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise HTTPException(422, f"{where}: {first['msg']}") from error
        await service.take(told)
        return Response(status_code=204)

    return routes
