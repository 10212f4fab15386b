"""Serving HTTP to whoever comes: how long a far side is waited for, and how many may be.

A connection *waits* while its turn is the far side's: no request yet, half of one, or an answer
that nobody reads. Each wait has its time. All waits together have their number, and so have all
connections, for each may take up two of the files that the process may open: beyond it the address
that has the most loses its oldest. So whoever holds connections holds up nobody else, and their own
good requests, which take milliseconds, go through between.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import resource
from typing import Any, cast

import h11
import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

log = logging.getLogger(__name__)

HEAD_S = 10.0  # from the connection, or the last answer, to a whole head
BODY_S = 60.0  # from the head to the end of the body
READ_S = 30.0  # for an answer that fills the buffers to be read on
MOST_WAITING = 256  # for longer than a moment
FRESH_S = 1.0  # hundreds of pages may come in one moment, after a restart: none has waited yet
AT_ONCE = 64  # connections accepted in one go; some goes are under way before one is counted


class Server(uvicorn.Server):
    """Signals are the daemon's, so that it can drain; uvicorn would end the process itself. And
    it waits to be told to end, where uvicorn looks ten times a second."""

    def __init__(self, app: FastAPI, port: int = 0) -> None:
        config = uvicorn.Config(
            app, port=port, http=Connection, log_config=None, access_log=False, lifespan="off",
            backlog=AT_ONCE, timeout_graceful_shutdown=2, server_header=False, date_header=False,
        )  # fmt: skip
        config.load()  # now, while nobody is served yet: it imports, and holds up the loop
        super().__init__(config)
        self.server_state = _State()
        self._end = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield

    async def main_loop(self) -> None:
        await self._end.wait()

    def end(self) -> None:
        self._end.set()


class _State(ServerState):
    def __init__(self) -> None:
        super().__init__()
        files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        self.open = _Held(files // 3)  # an answer may be a file
        self.waiting = _Held(files // 4, MOST_WAITING)


class Connection(H11Protocol):
    """HTTP/1.1 on one connection, by uvicorn; dropped when its far side takes too long."""

    _patience_s: float | None = None  # of the present wait; None while the turn is ours
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._state.open.add(self)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        self._leave()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._look()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._look()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._look()

    @property
    def address(self) -> str:
        return self.client[0] if self.client else ""

    @property
    def _state(self) -> _State:
        return cast(_State, self.server_state)

    def drop(self) -> None:
        self._leave()
        self.transport.abort()

    def _leave(self) -> None:
        self._wait(None)
        self._state.open.discard(self)

    def _look(self) -> None:
        """Whose turn is it now?"""
        if self.transport.is_closing():
            return
        if self.flow.write_paused:
            self._wait(READ_S)
        elif self.conn.their_state is h11.IDLE:
            self._wait(HEAD_S)
        else:
            self._wait(BODY_S if self.conn.their_state is h11.SEND_BODY else None)

    def _wait(self, patience_s: float | None) -> None:
        if patience_s == self._patience_s:
            return  # the same wait goes on
        waiting = self._state.waiting
        if self._timer:
            self._timer.cancel()
            self._timer = None
        self._patience_s = patience_s
        if patience_s is None:
            waiting.discard(self)
        else:
            self._timer = self.loop.call_later(patience_s, self.drop)
            waiting.add(self)


class _Held:
    """By address, the oldest of each first, and since when. `most` is their number at any time;
    of those that are here for longer than a moment, `most_stale`."""

    def __init__(self, most: int, most_stale: int | None = None) -> None:
        self._of: dict[str, dict[Connection, float]] = {}
        self._most = most
        self._most_stale = most if most_stale is None else most_stale

    def add(self, connection: Connection) -> None:
        now = connection.loop.time()
        self._of.setdefault(connection.address, {}).setdefault(connection, now)
        held = sum(map(len, self._of.values()))
        if held <= self._most_stale:
            return
        most = max(self._of, key=lambda address: len(self._of[address]))
        oldest, since = next(iter(self._of[most].items()))
        if now - since > FRESH_S or held > self._most:
            log.warning("%s holds too many connections; its oldest is dropped", most)
            oldest.drop()

    def discard(self, connection: Connection) -> None:
        own = self._of.get(connection.address, {})
        own.pop(connection, None)
        if not own:
            self._of.pop(connection.address, None)
