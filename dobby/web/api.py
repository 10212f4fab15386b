"""What the page and the command line ask of the daemon."""

from __future__ import annotations

import asyncio
import uuid
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel, ConfigDict, Field

from dobby.events import Message
from dobby.web.parts import PAGE, WebParts
from dobby.web.view import house_view

ANSWER_S = 110.0
HISTORY = 60


class Words(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(max_length=20_000)]
    id: Annotated[str, Field(max_length=64)] = ""  # the page's own, so that a retry is no repeat
    room: Annotated[str | None, Field(max_length=64)] = None


class Invite(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(min_length=1, max_length=40)]
    role: Literal["owner", "adult", "child", "guest"] = "guest"


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter(prefix="/api", dependencies=[Depends(parts.door.let_in)])

    async def take(words: Words) -> str:
        message = Message(
            id=words.id or uuid.uuid4().hex,
            channel=parts.channel.name,
            address=PAGE,
            text=words.text,
            at=datetime.now(UTC),
            room=words.room,
        )
        parts.channel.tell({"type": "message", "who": "me", "text": words.text, "id": message.id})
        await parts.receive(message)
        return message.id

    @routes.get("/house")
    async def house() -> dict[str, Any]:
        return house_view(parts.house, parts.fahrenheit)

    @routes.get("/history")
    async def history() -> dict[str, Any]:
        return {"lines": list(await parts.history(HISTORY))}

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
                        await told.get()
            except TimeoutError:
                raise HTTPException(504, "No answer in time; it will be in the chat.") from None
        return {"reply": "\n".join(replies)}

    @routes.post("/invite")
    async def invite(asked: Invite) -> dict[str, str]:
        return {"words": await parts.invite(asked.name, asked.role)}

    return routes
