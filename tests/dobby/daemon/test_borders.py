"""What the daemon must not carry: pixels are for its eyes, a process of their own."""

from __future__ import annotations

import subprocess
import sys

import pytest

EYES = ("numpy", "cv2", "av", "onnxruntime", "openvino", "supervision", "trackers", "ray")
WHEN_A_CAMERA_IS_MET = ("zeep", "onvif")
LOADED = "import sys, dobby.daemon.server, dobby.daemon.app; print(*sys.modules, sep='\\n')"


@pytest.fixture(scope="module")
def loaded() -> frozenset[str]:
    """The modules of a fresh interpreter that has imported all of the daemon."""
    ran = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    return frozenset(ran.stdout.split())


@pytest.mark.parametrize("library", [*EYES, *WHEN_A_CAMERA_IS_MET])
def test_the_daemon_starts_without_the_libraries_of_the_eyes(
    loaded: frozenset[str], library: str
) -> None:
    assert "dobby.vision.watch" in loaded
    assert library not in loaded


def test_the_daemon_starts_without_its_eyes(loaded: frozenset[str]) -> None:
    assert not [name for name in loaded if name.startswith("dobby.eyes")]
