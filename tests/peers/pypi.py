"""Packages from PyPI as test peers, installed once into a cache folder outside the checkout."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path

import pytest

from tests.peers.npm import CACHE, INSTALL_S


def pypi_package(name: str, version: str) -> Path:
    """A folder for PYTHONPATH that holds that package alone; skips the test without it."""
    folder = CACHE / f"pypi-{name}-{version}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not any(folder.glob("*.dist-info")):
            command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target"]
            try:
                subprocess.run(
                    [*command, str(folder), f"{name}=={version}"],
                    check=True,
                    capture_output=True,
                    timeout=INSTALL_S,
                )
            except (subprocess.SubprocessError, OSError) as error:
                pytest.skip(f"{name} cannot be installed from PyPI: {error}")
    return folder
