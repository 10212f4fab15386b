"""How fast is the store? ``python -m bench.store`` prints a table; a minute at most.

The ratios are against bare ``sqlite3``, one insert and commit a row into a table of the same
columns and constraint, with the same durability, on the same disk in the same run.
"""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from memory.store import Store

ROWS = 3000
AGED = 100_000  # messages: years of a talkative household
TEXT = "turn on the light in the kitchen and play some jazz"
WORDS = (
    *("boiler", "plumber", "garden", "kitchen", "window"),
    *("paint", "invoice", "battery", "birthday", "filter"),
)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="dobby-bench-") as folder:
        home = Path(folder)
        bare = bare_sqlite(home / "bare.db")
        asyncio.run(measure(home, bare))


async def measure(home: Path, bare: list[float]) -> None:
    row("bare sqlite3: insert + commit", bare)
    async with Store(home / "new" / "dobby.db") as store:
        one = await one_by_one(store)
        row("receive, one by one", one, f"{p50(one) / p50(bare):.1f} x bare")
        began = time.perf_counter()
        many = await crowd(store)
        rate = ROWS / (time.perf_counter() - began)
        row("receive, 64 at a time", many, f"{rate:,.0f}/s = {rate * mean(bare):.1f} x bare")
        row("receive, 50/s for 10 s", await steady(store))
        row("a whole turn: receive to finish", await turns(store))
    row("start, warm: open to first read", opening(home / "new" / "dobby.db"))
    await age(home / "aged" / "dobby.db")
    megabytes = (home / "aged" / "dobby.db").stat().st_size / 1e6
    note = f"{AGED:,} messages, {megabytes:.0f} MB"
    row("start, aged", opening(home / "aged" / "dobby.db"), note)
    async with Store(home / "aged" / "dobby.db") as store:
        row("recall, aged", await recalls(store), note)
        row("history of 20, aged", await timed(200, lambda n: store.history("c7", 20)), note)


def bare_sqlite(path: Path) -> list[float]:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute(
        "CREATE TABLE inbound (id INTEGER PRIMARY KEY, channel, external_id, conversation, sender, "
        "text, attachments, at, received, attempts, done, UNIQUE (channel, external_id))"
    )
    spent: list[float] = []
    for n in range(ROWS):
        began = time.perf_counter()
        now = str(datetime.now(UTC))
        db.execute("BEGIN IMMEDIATE")
        db.execute(
            "INSERT INTO inbound VALUES (NULL, ?, ?, ?, ?, ?, '[]', ?, ?, 0, 0)",
            ("web", str(n), "c", "ann", TEXT, now, now),
        )
        db.execute("COMMIT")
        spent.append(time.perf_counter() - began)
    db.close()
    return spent


async def one_by_one(store: Store) -> list[float]:
    return await timed(ROWS, lambda n: store.receive("one", str(n), "c", "ann", TEXT))


async def crowd(store: Store) -> list[float]:
    spent: list[float] = []

    async def sender(name: int) -> None:
        for n in range(ROWS // 64 + 1):
            began = time.perf_counter()
            await store.receive("crowd", f"{name}-{n}", "c", "ann", TEXT)
            spent.append(time.perf_counter() - began)

    await asyncio.gather(*(sender(name) for name in range(64)))
    return spent


async def steady(store: Store) -> list[float]:
    """Messages arrive on the clock, however long the ones before them take."""
    spent: list[float] = []

    async def deliver(n: int) -> None:
        await asyncio.sleep(n / 50)
        began = time.perf_counter()
        await store.receive("steady", str(n), "c", "ann", TEXT)
        spent.append(time.perf_counter() - began)

    await asyncio.gather(*(deliver(n) for n in range(500)))
    return spent


async def turns(store: Store) -> list[float]:
    async def turn(n: int) -> None:
        message = await store.receive("turn", str(n), "t", "ann", TEXT)
        assert message is not None
        await store.begin(message.id)
        await store.journal(message.id, {"plan": ["power"]})
        await store.finish(message.id, [], [{"device": "hue:1"}], {"devices": ["hue:1"]})

    return await timed(300, turn)


async def age(path: Path) -> None:
    async with Store(path) as store:
        for start in range(0, AGED, 500):
            received = await asyncio.gather(
                *(
                    store.receive("web", str(n), f"c{n % 50}", "ann", f"{TEXT} {said(n)}")
                    for n in range(start, start + 500)
                )
            )
            await asyncio.gather(*(store.finish(message.id) for message in received if message))
        await asyncio.gather(*(store.remember(f"the {said(n)}", "ann") for n in range(1000)))


async def recalls(store: Store) -> list[float]:
    return await timed(50, lambda n: store.recall(f"what did I say about the {said(n * 7)}?"))


def said(n: int) -> str:
    return f"{WORDS[n % 10]} {WORDS[n // 10 % 10]} {n}"


def opening(path: Path) -> list[float]:
    """Each in a process of its own; imports are not counted."""
    script = """
import asyncio, sys, time
from memory.store import Store
async def main():
    began = time.perf_counter()
    async with Store(sys.argv[1]) as store:
        await store.history("c")
        print(time.perf_counter() - began)
asyncio.run(main())
"""
    return [
        float(subprocess.check_output([sys.executable, "-c", script, str(path)])) for _ in range(5)
    ]


async def timed(times: int, call: Callable[[int], Awaitable[object]]) -> list[float]:
    spent: list[float] = []
    for n in range(times):
        began = time.perf_counter()
        await call(n)
        spent.append(time.perf_counter() - began)
    return spent


def row(what: str, spent: list[float], note: str = "") -> None:
    ordered = sorted(spent)
    p99 = ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    print(
        f"{what:34} p50 {p50(spent) * 1e3:8.2f} ms   p99 {p99 * 1e3:8.2f} ms"
        f"   max {ordered[-1] * 1e3:8.2f} ms   {note}",
        flush=True,
    )


def p50(spent: list[float]) -> float:
    return statistics.median(spent)


def mean(spent: list[float]) -> float:
    return statistics.fmean(spent)


if __name__ == "__main__":
    main()
