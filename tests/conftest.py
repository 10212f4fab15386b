"""Every process that runs tests has a loopback of its own, so that several may run at once."""

from __future__ import annotations

import os

import pytest

from tests.loopback import can_isolate, isolate

PRIVATE = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[PRIVATE] = isolate()


def pytest_xdist_auto_num_workers() -> int:
    """Much of a test is waiting, so more than there are cores; one where houses would meet."""
    return (os.cpu_count() or 1) + 1 if can_isolate() else 0


@pytest.fixture(scope="session")
def private_network(pytestconfig: pytest.Config) -> bool:
    """Whether no other house is on this loopback."""
    return pytestconfig.stash[PRIVATE]
