"""``python -m tests.peers [--debian]``: install what the tests meet, before they run.

Ends with 1 in CI when something could not be had; elsewhere the tests name what they skip.
"""

from __future__ import annotations

import fcntl
import os
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.peers.packages import CACHE, PACKAGES, install, install_debian


def main() -> int:
    failed: list[str] = []
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / ".lock").open("w") as lock, ThreadPoolExecutor(4) as together:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = [package for package in PACKAGES if not package.here]
        if wanted:
            names = ", ".join(package.name for package in wanted)
            print(f"Installing the tests' peers (once): {names} ...", flush=True)  # noqa: T201
        if "--debian" in sys.argv[1:] and (why := install_debian()):
            failed.append(why)
        failed += filter(None, together.map(install, wanted))
    for why in failed:
        print(f"Could not be had: {why}", file=sys.stderr)  # noqa: T201
    return 1 if failed and os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
