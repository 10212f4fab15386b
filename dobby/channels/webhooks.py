"""Reading a request of nobody knows whom: a cap, a deadline, and one reading of its parameters."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl

from fastapi import HTTPException, Request

LARGEST_BODY = 64 * 1024
BODY_DEADLINE_S = 10.0
FIELDS = 200


def refuse_large(request: Request) -> None:
    """By what it says of its own length. Raises HTTPException 413."""
    told = request.headers.get("Content-Length", "0")
    if told.isascii() and told.isdigit() and int(told) > LARGEST_BODY:
        raise HTTPException(413)


async def body_of(request: Request) -> bytes:
    """The raw body, never more than the cap of it in memory. Raises HTTPException."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_DEADLINE_S):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LARGEST_BODY:
                    raise HTTPException(413)
    except TimeoutError as error:
        raise HTTPException(408) from error
    return bytes(body)


def form_of(request: Request, body: bytes) -> dict[str, str]:
    """The parameters of a form. Raises HTTPException 415 or 400.

    Each name once: a second value could be signed the same and be read another way.
    """
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            errors="strict",
            max_num_fields=FIELDS,
        )
    except ValueError as error:
        raise HTTPException(400) from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise HTTPException(400)
    return fields
