"""How soon does Dobby answer, and what does it cost to keep? ``python -m bench.start``, a minute.

``dobby run`` against the virtual house in a process of its own, both in a network namespace where
the kernel allows one, so that nothing else on loopback joins in. Three starts: nothing compiled and
an empty home; an empty home; the same home again, its devices paired and known.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PORT = 8797
START_S = 60.0
SETTLE_S = 8.0
IDLE_S = 20.0
SENTENCE = "turn on the hall lamp"
ISOLATED = "DOBBY_BENCH_ISOLATED"


@dataclass(frozen=True)
class Started:
    ready_s: float  # from the start of the process until /health answers
    answered_s: float  # until the first sentence is answered
    turn_ms: float  # that sentence alone
    later_ms: float  # the same a little later, the lamp turned the other way


def main() -> None:
    if ISOLATED not in os.environ and shutil.which("unshare"):
        inside = f"ip link set lo up && exec {sys.executable} -m bench.start"
        command = ["unshare", "-rn", "sh", "-c", inside]
        if (
            subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode
            == 0
        ):
            sys.exit(subprocess.call(command, env=os.environ | {ISOLATED: "1"}, cwd=ROOT))
    with tempfile.TemporaryDirectory(prefix="dobby-bench-") as folder:
        measure(Path(folder))


def measure(folder: Path) -> None:
    with virtual_house(folder / "house") as control:
        compiled = {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}
        with daemon(folder / "first", **compiled) as (_, began):
            row("first start ever: nothing compiled, empty home", first(folder / "first", began))
        with daemon(folder / "home") as (process, began):
            row("cold start: empty home", first(folder / "home", began))
            memory(process)
            pair(folder / "home", control)
        times: list[Started] = []
        for _ in range(3):
            with daemon(folder / "home") as (_, began):
                times.append(first(folder / "home", began, SENTENCE))
        row("warm start: 25 devices known", sorted(times, key=lambda t: t.answered_s)[1], "2 s")
        with daemon(folder / "home") as (process, began):
            first(folder / "home", began, SENTENCE)
            memory(process)
            idle(process)


def memory(process: subprocess.Popen[bytes]) -> None:
    time.sleep(SETTLE_S)
    print(f"{'  idle memory (RSS)':48} {memory_mb(process.pid, 'VmRSS'):8.1f} MB     aim 120 MB")
    print(f"{'  most so far':48} {memory_mb(process.pid, 'VmHWM'):8.1f} MB", flush=True)


def idle(process: subprocess.Popen[bytes]) -> None:
    before = cpu_s(process.pid)
    time.sleep(IDLE_S)
    share = (cpu_s(process.pid) - before) / IDLE_S
    what = f"  idle CPU over {IDLE_S:.0f} s, an event each second"
    print(f"{what:48} {share * 100:8.2f} %      aim 0.2 %")


def row(what: str, started: Started, aim: str = "") -> None:
    print(
        f"{what:48} ready {started.ready_s:5.2f} s   first answer {started.answered_s:5.2f} s"
        f"{f' (aim {aim})' if aim else '':12}"
        f" first turn {started.turn_ms:6.1f} ms (aim 100)   later {started.later_ms:6.1f} ms",
        flush=True,
    )


def first(home: Path, began: float, sentence: str = "what can you do?") -> Started:
    """Wait until it is ready, and say something at once."""
    while True:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health", timeout=2).read()
            break
        if time.perf_counter() - began > START_S:
            sys.exit("the daemon does not start")
        time.sleep(0.005)
    ready = time.perf_counter()
    reply = ask(home, "/api/say", {"text": sentence})["reply"]
    done = time.perf_counter()
    if sentence == SENTENCE:
        assert "is on" in reply, reply
        ask(home, "/api/say", {"text": sentence.replace("on", "off")})
    again = time.perf_counter()
    ask(home, "/api/say", {"text": sentence})
    later = time.perf_counter() - again
    return Started(ready - began, done - began, (done - ready) * 1e3, later * 1e3)


def pair(home: Path, control: str) -> None:
    """Let everything in that waits on the doorstep."""
    told = call(f"{control}/devices", None, "bench")
    deadline = time.perf_counter() + START_S
    while (house := ask(home, "/api/house")) and time.perf_counter() < deadline:
        devices = sum(len(room["devices"]) for room in house["rooms"])
        if devices >= len(told["devices"]):
            time.sleep(2)  # what was learned is saved
            return
        call(f"{control}/hue-button", {}, "bench")
        for stranger in house["strangers"]:
            pin = told["pin"] if stranger["needs"] == "pin" else None
            with contextlib.suppress(urllib.error.HTTPError):
                ask(home, "/api/pair", {"key": stranger["key"], "pin": pin})
        time.sleep(0.3)
    sys.exit("the virtual house could not be paired")


def ask(home: Path, path: str, body: Any = None) -> Any:
    token = (home / "web.token").read_text(encoding="utf-8").strip()
    return call(f"http://127.0.0.1:{PORT}{path}", body, token)


def call(url: str, body: Any, token: str) -> Any:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return json.load(answer)


@contextlib.contextmanager
def daemon(home: Path, **environment: str) -> Generator[tuple[subprocess.Popen[bytes], float]]:
    own = {"DOBBY_HOME": str(home), "DOBBY_PORT": str(PORT), "DOBBY_INTERFACES": '["127.0.0.1"]'}
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DOBBY_")}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", "from dobby.commands.cli import main; main()", "run"],
        env=kept | own | {"DOBBY_LOG_LEVEL": "warning"} | environment,
        cwd=ROOT,
    )
    try:
        yield process, began
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


@contextlib.contextmanager
def virtual_house(home: Path) -> Generator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "devices.virtual", "--home", str(home), "--until-eof"],
        env=os.environ | {"DOBBY_VIRTUAL_TOKEN": "bench"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    control = ""
    try:
        for line in process.stdout:
            word, *rest = line.decode().split()
            control = rest[0] if word == "control" else control
            if word == "ready":
                break
        yield control
    finally:
        process.terminate()
        process.wait(20)


def cpu_s(pid: int) -> float:
    """Time on a CPU so far, of all threads, from the scheduler's own count in nanoseconds."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


def memory_mb(pid: int, what: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise LookupError(what)


if __name__ == "__main__":
    main()
