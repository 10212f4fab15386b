"""Every third party's package that tests meet, and how it comes onto this machine.

``python -m tests.peers`` installs them all before the tests, into a cache folder outside the
checkout, trying again after a hiccup; the tests themselves only look. What is missing skips a test
by name, and in CI it fails it: there all of them can be had.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pytest

CACHE = Path(os.environ.get("DOBBY_TEST_CACHE", "~/.cache/dobby-tests")).expanduser()
INSTALL_S = 300
PAUSES_S = (0, 5, 20, 60)  # before each attempt


@dataclass(frozen=True)
class Package:
    """One package in a folder of its own; ``proof`` is there once it is installed."""

    name: str
    version: str
    registry: str  # npm | pypi (alone, for PYTHONPATH) | source (a PyPI project's own archive)

    @property
    def folder(self) -> Path:
        name = self.name.replace("/", "-").lstrip("@")
        return CACHE / f"{self.registry}-{name}-{self.version}"

    @property
    def here(self) -> bool:
        return (self.folder / ".complete").exists()

    def commands(self) -> list[list[str]]:
        """What installs it, one after the other."""
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
        wanted, there = f"{self.name}=={self.version}", str(self.folder)
        if self.registry == "npm":
            npm = ["npm", "install", "--no-fund", "--no-audit", "--prefix", there]
            return [[*npm, f"{self.name}@{self.version}"]]
        if self.registry == "pypi":
            return [[*pip, "install", "--no-deps", "--target", there, wanted]]
        archive = f"{there}/{self.name}-{self.version}.tar.gz"
        fetch = ["download", "--no-deps", "--no-binary", ":all:", "--dest", there, wanted]
        return [[*pip, *fetch], ["tar", "-xzf", archive, "-C", there]]


AIMOCK = Package("@copilotkit/aimock", "1.43", "npm")
HAP_NODEJS = Package("hap-nodejs", "1.2.0", "npm")
PLAYWRIGHT = Package("playwright-core", "1.64.1", "npm")
PRISM = Package("@stoplight/prism-cli", "5.16.0", "npm")
SVROOIJ = Package("@svrooij/sonos", "2.5.0", "npm")
IPYCAM = Package("ipycam", "1.3.0", "pypi")
WS_DISCOVERY = Package("WSDiscovery", "2.1.2", "pypi")
SOCO = Package("soco", version("soco"), "source")
PACKAGES = (AIMOCK, HAP_NODEJS, PLAYWRIGHT, PRISM, SVROOIJ, IPYCAM, WS_DISCOVERY, SOCO)

DEBIAN = (
    "chromium", "ffmpeg", "fonts-dejavu-core", "gir1.2-gst-rtsp-server-1.0",
    "gstreamer1.0-plugins-bad", "gstreamer1.0-plugins-good", "gstreamer1.0-tools",
    "iproute2", "motion", "python3-gi",
)  # fmt: skip


def folder(package: Package) -> Path:
    """Where that package is; without it the test is not run."""
    if not package.here:
        raise missing(f"{package.name} is not installed: python -m tests.peers")
    return package.folder


def module(package: Package) -> Path:
    """The folder of an npm package itself."""
    return folder(package) / "node_modules" / package.name


def program(name: str) -> str:
    """The path of a program of this machine's; without it the test is not run."""
    path = shutil.which(name)
    if path is None:
        raise missing(f"{name} is not installed")
    return path


def missing(what: str) -> Exception:
    """What to raise where something that can be had is not there: a skip; in CI a failure."""
    if os.environ.get("CI"):
        return pytest.fail.Exception(what, pytrace=False)
    return pytest.skip.Exception(what)


def install(package: Package) -> str:
    """Get it, trying again after a hiccup. Why not, if it cannot be had."""
    why = ""
    for pause in PAUSES_S:
        time.sleep(pause)
        shutil.rmtree(package.folder, ignore_errors=True)  # half of the last attempt
        package.folder.mkdir(parents=True)
        why = next((error for c in package.commands() if (error := _run(c))), "")
        if not why:
            (package.folder / ".complete").touch()
            break
        print(f"  {package.name}: {why}; trying again", flush=True)  # noqa: T201
    return why


def install_debian() -> str:
    """Debian's part, for root; why not, if it cannot be had."""
    get = ["apt-get", "-q", "-y", "--no-install-recommends", "install", *DEBIAN]
    why = ""
    for pause in PAUSES_S:
        time.sleep(pause)
        why = _run(["apt-get", "-q", "update"]) or _run(get)
        if not why:
            break
    return why


def _run(command: Sequence[str]) -> str:
    """Run it; the end of what it complained of when it failed."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=INSTALL_S, env=quiet
        )
    except (subprocess.SubprocessError, OSError) as error:
        return f"{command[0]}: {error}"
    return "" if done.returncode == 0 else f"{command[0]}: {(done.stderr or done.stdout)[-300:]}"
