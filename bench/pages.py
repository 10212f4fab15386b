"""What do open pages cost while nothing happens? ``python -m bench.pages``, a minute.

``dobby run`` on an empty home in a process of its own, in a network namespace where the kernel
allows one. Each page is a connection that listens to the live stream, as a browser does.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.start import ISOLATED, PORT, ROOT, cpu_s, daemon, first, memory_mb

SETTLE_S = 5.0
IDLE_S = 60.0
AIM = 2.0  # percent of a core, for all of them


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=IDLE_S)
    given = parser.parse_args()
    if ISOLATED not in os.environ and shutil.which("unshare"):
        own = f"{sys.executable} -m bench.pages --pages {given.pages} --seconds {given.seconds}"
        isolated = ["unshare", "-rn", "sh", "-c", f"ip link set lo up && exec {own}"]
        tried = subprocess.run([*isolated[:2], "true"], check=False, capture_output=True)
        if tried.returncode == 0:
            sys.exit(subprocess.call(isolated, env=os.environ | {ISOLATED: "1"}, cwd=ROOT))
    with tempfile.TemporaryDirectory(prefix="dobby-bench-") as folder:
        asyncio.run(measure(Path(folder), given.pages, given.seconds))


async def measure(home: Path, pages: int, seconds: float) -> None:
    with daemon(home) as (process, began):
        first(home, began)
        await asyncio.sleep(SETTLE_S)
        none = await share(process.pid, seconds / 3)
        held = memory_mb(process.pid, "VmRSS")
        token = (home / "web.token").read_text(encoding="utf-8").strip()
        listening = [asyncio.create_task(listen(token)) for _ in range(pages)]
        await asyncio.sleep(SETTLE_S)
        lost = sum(task.done() for task in listening)
        open_ = await share(process.pid, seconds)
        each = (memory_mb(process.pid, "VmRSS") - held) * 1000 / pages
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
    print(f"{'no page, CPU':32} {none:6.2f} %")
    print(f"{f'{pages} idle pages, CPU':32} {open_:6.2f} %   aim {AIM} %   ({lost} lost)")
    print(f"{'memory of each':32} {each:6.0f} KB")


async def share(pid: int, seconds: float) -> float:
    """Percent of a core."""
    before = cpu_s(pid)
    await asyncio.sleep(seconds)
    return (cpu_s(pid) - before) / seconds * 100


async def listen(token: str) -> None:
    """A page's stream, until it ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    head = f"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n"
    writer.write(head.encode())
    try:
        while await reader.read(65536):
            pass
    finally:
        writer.close()


if __name__ == "__main__":
    main()
