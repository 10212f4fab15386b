"""The page's cameras: what each sees now, what the owner wants of it, and what happened."""

from __future__ import annotations

import asyncio
import json
import time
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from devices.device import DeviceError
from dobby.vision.reports import Live, Zone
from dobby.web.parts import WebParts

FRAME_S = 10.0  # for the next frame; then the page asks again
LOOK_S = 0.05
MAX_ZONES = 20
MAX_POINTS = 40

Name = Annotated[str, Field(max_length=40)]


class CameraChange(BaseModel):
    """What is to be another way with a camera; None leaves a thing as it is."""

    model_config = ConfigDict(extra="forbid")
    camera: Annotated[str, Field(max_length=200)]
    looks_at: Name | None = None
    watched: bool | None = None
    private: bool | None = None
    record: bool | None = None
    describe: bool | None = None
    zones: Annotated[tuple[Zone, ...], Field(max_length=MAX_ZONES)] | None = None


class NewCamera(BaseModel):
    model_config = ConfigDict(extra="forbid")
    url: Annotated[str, Field(min_length=1, max_length=500)]
    name: Name = ""
    user: Annotated[str, Field(max_length=100)] = ""
    password: Annotated[str, Field(max_length=200)] = ""


def router(parts: WebParts) -> APIRouter:
    seen = parts.sightings
    routes = APIRouter(prefix="/api", dependencies=[Depends(parts.access.let_in)])

    def known(camera: str) -> str:
        if camera not in seen.cameras():
            raise HTTPException(404, "There is no such camera.")
        return camera

    @routes.get("/cameras")
    async def cameras() -> dict[str, Any]:
        own = [seen.camera(one) for one in seen.cameras()]
        return {"cameras": own, "problem": seen.problem()}

    @routes.get("/cameras/frame")
    async def frame(camera: str, after: Annotated[float, Query(ge=0)] = 0.0) -> Response:
        """What it sees now, as soon as it is newer than ``after``; 204 if nothing came."""
        if seen.is_private(known(camera)):
            raise HTTPException(403, "This camera looks at nothing: it is in privacy mode.")
        if not seen.is_watched(camera):
            return await _picture(parts, camera)
        ends = time.monotonic() + FRAME_S
        while (live := seen.live(camera)) is None or live.at.timestamp() <= after:
            if time.monotonic() > ends:
                return Response(status_code=204)
            await asyncio.sleep(LOOK_S)
        return _frame(live)

    @routes.post("/cameras/settings")
    async def settings(asked: CameraChange) -> dict[str, Any]:
        if any(not 3 <= len(zone.points) <= MAX_POINTS for zone in asked.zones or ()):
            raise HTTPException(422, f"A zone has 3 to {MAX_POINTS} corners.")
        changes = asked.model_dump(exclude={"camera"}, exclude_none=True)
        try:
            await seen.change(known(asked.camera), **changes)
        except ValueError as error:
            raise HTTPException(422, str(error)) from error
        return seen.camera(asked.camera)

    @routes.post("/cameras/add")
    async def add(asked: NewCamera) -> dict[str, str]:
        secret = f"{asked.user}:{asked.password}" if asked.user or asked.password else None
        try:
            words = await seen.add(asked.url.strip(), secret, asked.name.strip())
        except DeviceError as error:
            raise HTTPException(422, str(error)) from error
        await parts.remark(words)
        return {"words": words}

    @routes.get("/incidents")
    async def incidents(
        limit: Annotated[int, Query(ge=1, le=200)] = 30, before: AwareDatetime | None = None
    ) -> dict[str, Any]:
        """The newest first."""
        return {"incidents": await seen.incidents(before or datetime.now(UTC), limit)}

    return routes


async def _picture(parts: WebParts, camera: str) -> Response:
    """One picture of a camera that nobody watches."""
    try:
        jpeg = await parts.house.picture(camera)
    except DeviceError as error:
        raise HTTPException(502, str(error)) from error
    return Response(jpeg, media_type="image/jpeg", headers=_headers(datetime.now(UTC), []))


def _frame(live: Live) -> Response:
    tracks = [
        {
            "label": track.label,
            "box": [track.box.left, track.box.top, track.box.right, track.box.bottom],
            "still": track.still,
        }
        for track in live.tracks
    ]
    return Response(live.jpeg, media_type="image/jpeg", headers=_headers(live.at, tracks))


def _headers(at: datetime, tracks: list[dict[str, Any]]) -> dict[str, str]:
    return {
        "Cache-Control": "no-store",
        "X-Number": f"{at.timestamp():.3f}",
        "X-Tracks": json.dumps(tracks),
    }
