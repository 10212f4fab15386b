"""The two threads that touch the database: one that writes, one that reads."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import StatementError

from memory.database import Database
from memory.errors import Corrupt, DiskFull, StoreError

T = TypeVar("T")
Work = Callable[[Connection], T]

Settled = Callable[[Connection], None]
"""Run after each commit, which it may not fail."""

Mend = Callable[[Connection], bool]
"""Run when something stumbled over what is in the database: whether a second try makes sense."""

BATCH = 64  # writes that may share one commit


@dataclass(frozen=True)
class _Job:
    work: Work[Any]
    alone: bool = False  # in no transaction
    future: Future[Any] = field(default_factory=Future[Any])


class Writer:
    """The one writer. Writes that arrive while a commit is under way share the next one.

    A write is a function over the connection and may run more than once, so it does nothing
    but SQL: a group in which one write fails is rolled back and each is run by itself.
    """

    def __init__(self, database: Database, db: Connection, mend: Mend, settled: Settled) -> None:
        self._database = database
        self._db = db
        self._mend = mend
        self._settled = settled
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._gate = Lock()  # nothing is queued behind the end mark
        self._closed = False
        self._thread = Thread(target=self._serve, name="store-writer", daemon=True)
        self._thread.start()

    async def run(self, work: Work[T]) -> T:
        """The result of ``work``, once its transaction is on the disk. Raises StoreError.

        Cancelling stops the waiting; a write that was begun is still made.
        """
        return await self._queued(_Job(work))

    async def run_outside(self, work: Work[T]) -> T:
        """As ``run``, in no transaction of ours."""
        return await self._queued(_Job(work, alone=True))

    async def mend(self) -> bool:
        """Look for what a reader may have stumbled over."""
        return await self.run_outside(self._mend)

    async def _queued(self, job: _Job) -> Any:
        with self._gate:
            if self._closed:
                raise StoreError("The store is closed.")
            self._queue.put(job)
        return await asyncio.wrap_future(job.future)

    def close(self) -> None:
        """Finish what is queued, then end the thread. Blocks."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _serve(self) -> None:
        more = True
        while more:
            batch, more = self._take()
            self._settle([job for job in batch if job.future.set_running_or_notify_cancel()])

    def _take(self) -> tuple[list[_Job], bool]:
        job = self._queue.get()
        batch: list[_Job] = []
        while job is not None:
            batch.append(job)
            if len(batch) == BATCH:
                return batch, True
            try:
                job = self._queue.get_nowait()
            except Empty:
                return batch, True
        return batch, False

    def _settle(self, batch: list[_Job]) -> None:
        if len(batch) > 1 and not any(job.alone for job in batch):
            try:
                results = self._transaction(batch)
            except Exception:  # noqa: BLE001 - whose fault it was shows when each runs alone
                results = None
            if results is not None:
                for job, result in zip(batch, results, strict=True):
                    job.future.set_result(result)
                return
        for job in batch:
            try:
                job.future.set_result(self._alone(job))
            except BaseException as error:  # noqa: BLE001 - handed to whoever awaits it
                job.future.set_exception(error)

    def _alone(self, job: _Job) -> Any:
        if job.alone:
            return job.work(self._db)
        try:
            return self._transaction([job])[0]
        except DiskFull:
            if not self._database.make_room():
                raise
        except Exception as error:
            if not stumbled(error) or not self._mend(self._db):
                raise
        return self._transaction([job])[0]

    def _transaction(self, jobs: list[_Job]) -> list[Any]:
        try:
            with self._db.begin():
                results = [job.work(self._db) for job in jobs]
        except StatementError as error:
            raise self._database.explain(error) from error
        self._settled(self._db)
        return results


class Reader:
    """Reads see the last commit, and never make a write wait."""

    def __init__(
        self, database: Database, db: Connection, mend: Callable[[], Awaitable[bool]]
    ) -> None:
        self._database = database
        self._db = db
        self._mend = mend
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store-reader")

    async def run(self, work: Work[T]) -> T:
        """The result of ``work`` over one snapshot. Raises StoreError."""
        try:
            return await self._queued(work)
        except Exception as error:
            if not stumbled(error) or not await self._mend():
                raise
        return await self._queued(work)

    async def _queued(self, work: Work[T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._read, work)
        except RuntimeError as error:
            if "shutdown" in str(error):
                raise StoreError("The store is closed.") from error
            raise

    def close(self) -> None:
        self._thread.shutdown()

    def _read(self, work: Work[T]) -> T:
        try:
            with self._db.begin():
                return work(self._db)
        except StatementError as error:
            raise self._database.explain(error) from error


def stumbled(error: Exception) -> bool:
    """Whether it may come from what is in the database: a value that cannot be read, or an index
    that does not fit its table."""
    return isinstance(error, Corrupt) or not isinstance(error, StoreError)
