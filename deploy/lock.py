"""Writes what Dobby is installed with, by name, version and hash, to standard output.

As pip resolves it on this machine; the wheels are those of this Python and this kind of computer.
"""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys

WHAT = ".[vision]"
RESOLVE = ("-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-")


def main() -> None:
    asked = subprocess.run([sys.executable, *RESOLVE, WHAT], capture_output=True, text=True)  # noqa: S603
    if asked.returncode:
        sys.exit(asked.stderr)
    lines = [
        f"{_name(one['metadata']['name'])}=={one['metadata']['version']} \\\n"
        f"    --hash=sha256:{one['download_info']['archive_info']['hashes']['sha256']}"
        for one in json.loads(asked.stdout)["install"]
        if "archive_info" in one["download_info"]  # all but Dobby itself
    ]
    print(f"# {WHAT} for Python {platform.python_version_tuple()[0]}.", end="")  # noqa: T201
    print(f"{platform.python_version_tuple()[1]} on {platform.machine()}; made by: make lock")  # noqa: T201
    print("\n".join(sorted(lines)))  # noqa: T201


def _name(said: str) -> str:
    return re.sub(r"[-_.]+", "-", said).lower()


if __name__ == "__main__":
    main()
