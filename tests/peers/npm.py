"""npm packages as test peers, installed once into a cache folder outside the checkout."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

import pytest

CACHE = Path(os.environ.get("DOBBY_TEST_CACHE", "~/.cache/dobby-tests")).expanduser()
INSTALL_S = 180


def npm_package(name: str, version: str) -> Path:
    """The folder that holds ``node_modules`` with that package; skips the test without npm."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    folder = CACHE / f"{name.replace('/', '-').lstrip('@')}-{version}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "node_modules" / name).is_dir():
            command = ["npm", "install", "--no-fund", "--no-audit", "--prefix", str(folder)]
            try:
                subprocess.run(
                    [*command, f"{name}@{version}"],
                    check=True,
                    capture_output=True,
                    timeout=INSTALL_S,
                )
            except (subprocess.SubprocessError, OSError) as error:
                pytest.skip(f"{name} cannot be installed from npm: {error}")
    return folder
