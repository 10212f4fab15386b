"""What tests meet is installed before them, and its absence is never hidden."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.peers import packages
from tests.peers.packages import Package, install, missing, program


@dataclass(frozen=True)
class Moody(Package):
    """Fails as often as ``moods`` says, as a registry that hiccups does."""

    moods: int = 0
    attempts: Path = Path()

    def commands(self) -> list[list[str]]:
        count = f'echo >> {self.attempts}; test "$(wc -l < {self.attempts})" -gt {self.moods}'
        return [["sh", "-c", f"{count} || {{ echo the registry hiccups >&2; exit 1; }}"]]


@pytest.fixture
def moody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packages, "PAUSES_S", (0, 0, 0))
    monkeypatch.setattr(packages, "CACHE", tmp_path)
    return lambda moods: Moody("moody", "1", "npm", moods, tmp_path / "attempts")


def test_a_hiccup_of_a_registry_is_tried_again(moody) -> None:
    package = moody(2)
    assert install(package) == ""
    assert package.here


def test_what_cannot_be_had_says_why_and_is_not_there(moody) -> None:
    package = moody(9)
    assert "the registry hiccups" in install(package)
    assert not package.here


@pytest.mark.parametrize(
    ("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)]
)
def test_what_is_missing_fails_in_ci_and_is_named_elsewhere(
    ci: str, outcome: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    assert isinstance(missing("a peer is not installed"), outcome)
    with pytest.raises(outcome, match="no-such-program is not installed"):
        program("no-such-program")
