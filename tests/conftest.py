"""Every process that runs tests has a loopback of its own, so that several may run at once."""

from __future__ import annotations

import os

import pytest

from tests.loopback import can_isolate, isolate

PRIVATE = pytest.StashKey[bool]()
LONG = (  # files that take a minute or more are begun first, or all would wait for them at the end
    "killloop/test_killloop.py", "eyes/test_composed_clips.py", "endtoend/test_eyes_elsewhere.py",
    "eyes/test_process.py", "eyes/test_clips.py", "language/test_every_word.py",
    "test_sentences.py", "web/test_cameras_browser.py", "web/test_browser.py",
)  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    config.stash[PRIVATE] = isolate()


def pytest_xdist_auto_num_workers() -> int:
    """Much of a test is waiting, so more than there are cores; one where houses would meet."""
    return (os.cpu_count() or 1) + 1 if can_isolate() else 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = {f"tests/dobby/{name}": at for at, name in enumerate(LONG)}
    items.sort(key=lambda item: order.get(item.nodeid.partition("::")[0], len(LONG)))


@pytest.fixture(scope="session")
def private_network(pytestconfig: pytest.Config) -> bool:
    """Whether no other house is on this loopback."""
    return pytestconfig.stash[PRIVATE]
