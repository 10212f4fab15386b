"""How a method of the store becomes one transaction.

A method is written as plain synchronous SQL over an open connection and marked ``@write`` or
``@read``; its callers see a coroutine without the connection. Each call is one transaction: when
an awaited write returns, it is on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from memory.database import Database
from memory.lanes import Reader, Writer

P = ParamSpec("P")
T = TypeVar("T")
D = TypeVar("D", bound="StorePart")


class StorePart:
    """What the parts of the store share: the way to the one writer, and to the reader."""

    _database: Database
    _writer: Writer
    _reader: Reader


def write(
    method: Callable[Concatenate[D, Connection, P], T],
) -> Callable[Concatenate[D, P], Coroutine[Any, Any, T]]:
    @wraps(method)
    async def call(self: D, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._writer.run(lambda db: method(self, db, *args, **kwargs))  # pyright: ignore[reportPrivateUsage]

    return call


def read(
    method: Callable[Concatenate[D, Connection, P], T],
) -> Callable[Concatenate[D, P], Coroutine[Any, Any, T]]:
    @wraps(method)
    async def call(self: D, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._reader.run(lambda db: method(self, db, *args, **kwargs))  # pyright: ignore[reportPrivateUsage]

    return call
