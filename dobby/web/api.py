"""What the page and the command line ask of the daemon."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel, ConfigDict, Field

from devices.device import DeviceError, NeedsPairing
from dobby.channels.local import PAGE, Event
from dobby.delivery.types import Message
from dobby.web.parts import WebParts
from dobby.web.view import house_view

ANSWER_S = 110.0
LOOK_S = 1.0  # a turn may end without a word to anyone
PAIR_S = 45.0
HISTORY = 60
MAX_AGE_S = 30 * 24 * 3600


class Words(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(max_length=20_000)]
    id: Annotated[str, Field(max_length=64, pattern=r"^[\w-]*$")] = ""  # a retry is no repeat
    room: Annotated[str | None, Field(max_length=64)] = None
    age_s: Annotated[float, Field(ge=0, le=MAX_AGE_S)] = 0.0  # since it was written


class Invite(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(min_length=1, max_length=40)]
    role: Literal["owner", "adult", "child", "guest"] = "guest"


class Pairing(BaseModel):
    model_config = ConfigDict(extra="forbid")
    key: Annotated[str, Field(max_length=1000)]
    pin: Annotated[str | None, Field(max_length=200)] = None  # or user:password


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter(prefix="/api", dependencies=[Depends(parts.access.let_in)])

    async def take(words: Words) -> str:
        message = Message(
            id=words.id or uuid.uuid4().hex,
            channel=parts.channel.name,
            address=PAGE,
            text=words.text,
            at=datetime.now(UTC) - timedelta(seconds=words.age_s),
            room=words.room,
        )
        if await parts.receive(message):
            parts.channel.line(message.id, "me", message.text)
        return message.id

    @routes.get("/house")
    async def house() -> dict[str, Any]:
        return house_view(parts.house, parts.fahrenheit)

    @routes.get("/history")
    async def history(limit: Annotated[int, Field(ge=1, le=500)] = HISTORY) -> dict[str, Any]:
        return {"lines": list(await parts.history(limit))}

    @routes.post("/chat", status_code=202)
    async def chat(words: Words) -> dict[str, str]:
        return {"id": await take(words)}

    @routes.post("/say")
    async def say(words: Words) -> dict[str, str]:
        """Say it and wait for the answer."""
        async with parts.channel.listening() as told:
            message = await take(words)
            try:
                async with asyncio.timeout(ANSWER_S):
                    while (replies := await parts.answers(message)) is None:
                        await _line(told)
            except TimeoutError:
                raise HTTPException(504, "No answer in time; it will be in the chat.") from None
        return {"reply": "\n".join(replies)}

    @routes.post("/pair")
    async def pair(asked: Pairing) -> dict[str, str]:
        """Pair what waits on the doorstep; 409 while what it needs is not there."""
        try:
            async with asyncio.timeout(PAIR_S):
                words = await parts.pair(asked.key, asked.pin)
        except NeedsPairing as error:
            raise HTTPException(409, str(error)) from error
        except DeviceError as error:
            raise HTTPException(422, str(error)) from error
        except TimeoutError:
            raise HTTPException(504, "It did not answer in time. Try again.") from None
        await parts.remark(words)
        return {"words": words}

    @routes.post("/invite")
    async def invite(asked: Invite) -> dict[str, str]:
        return {"words": await parts.invite(asked.name, asked.role)}

    return routes


async def _line(told: asyncio.Queue[Event]) -> None:
    """Until a line is told, or a moment has passed."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LOOK_S):
            while (await told.get())["type"] == "draft":
                pass
