"""Kill -9 in the middle of writing: what was acknowledged is there, and whole."""

from __future__ import annotations

import asyncio
import random
import sys
from pathlib import Path

from memory.records import SendState
from memory.store import Store

WRITER = """
import asyncio, sys
from memory.records import Draft
from memory.store import Store

async def lane(store, run, name):
    for n in range(100_000):
        key = f"{run}-{name}-{n}"
        message = await store.receive("web", key, name, "ann", "turn on the light")
        await store.begin(message.id)
        await store.journal(message.id, {"plan": key})
        print("received", key, message.id, flush=True)
        await store.finish(message.id, [Draft("web", name, "ann", "ok", key)], [{"key": key}])
        print("finished", key, message.id, flush=True)

async def main():
    async with Store(sys.argv[1]) as store:
        await asyncio.gather(*(lane(store, sys.argv[2], name) for name in "abcd"))
asyncio.run(main())
"""


async def write_until_killed(path: Path, run: int, lines: int) -> list[list[str]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITER, str(path), str(run), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    heard = [await process.stdout.readline() for _ in range(lines)]
    process.kill()
    heard += (await process.stdout.read()).splitlines(keepends=True)
    await process.wait()
    return [line.decode().split() for line in heard if line.endswith(b"\n")]


async def test_what_was_acknowledged_survives_kills(path: Path) -> None:
    told: list[list[str]] = []
    for run in range(6):
        told += await write_until_killed(path, run, random.Random(run).randint(1, 120))
    finished = {int(line[2]) for line in told if line[0] == "finished"}
    received = {int(line[2]): line[1] for line in told if line[0] == "received"}
    assert finished
    async with Store(path) as store:
        waiting = {message.id for message in await store.unfinished()}
        assert finished.isdisjoint(waiting)
        for message_id, key in received.items():
            kept = await store.message(message_id)
            assert kept is not None
            assert kept.external_id == key
            assert await store.steps(message_id) == [{"plan": key}]
            # All of a finish, or none of it.
            assert await store.receipts(message_id) == (
                [] if message_id in waiting else [{"key": key}]
            )
        replies = {out.draft.dedupe for out in await store.due("web")}
        assert {received[message_id] for message_id in finished} <= replies
        assert await store.check_audit() == []
        assert len(await store.audited(100_000)) == len(replies)


async def test_a_kill_in_the_middle_of_a_send(path: Path) -> None:
    script = """
import asyncio, sys
from memory.records import Draft
from memory.store import Store
async def main():
    async with Store(sys.argv[1]) as store:
        message = await store.post(Draft("sms", "c", "ann", "hi", "d"))
        await store.sending(message.id)
        print(message.id, flush=True)
        await asyncio.Event().wait()
asyncio.run(main())
"""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, str(path), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    message_id = int(await process.stdout.readline())
    process.kill()
    await process.wait()
    async with Store(path) as store:
        assert (await store.outgoing(message_id)).state is SendState.AMBIGUOUS
        assert await store.due("sms") == []
