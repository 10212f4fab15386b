"""What Dobby is installed with is written down: versions and hashes, whole, and as it is wanted."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINNED = dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\\n    --hash=sha256:[0-9a-f]{64}$", LOCK, re.M))


def wanted() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*map(Requirement, project["dependencies"] + project["optional-dependencies"]["vision"])]


def unmet(requirement: Requirement) -> str:
    version = PINNED.get(canonicalize_name(requirement.name))
    if version and requirement.specifier.contains(version, prereleases=True):
        return ""
    return f"{requirement} (pinned: {version})"


def test_all_that_the_project_wants_is_pinned_as_it_wants_it() -> None:
    assert [told for one in wanted() if (told := unmet(one))] == [], "run: make lock"


def test_what_those_want_is_pinned_too() -> None:
    """As far as the same versions are installed here, and can be asked."""
    asked, missing = 0, []
    for name, version in PINNED.items():
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue
        if installed.version != version:
            continue
        asked += 1
        for said in installed.requires or ():
            one = Requirement(said)
            if (one.marker is None or one.marker.evaluate({"extra": ""})) and unmet(one):
                missing.append(f"{name} wants {unmet(one)}")
    assert missing == [], "run: make lock"
    assert asked > len(PINNED) / 2


def test_it_holds_versions_and_hashes_and_nothing_else() -> None:
    lines = [line for line in LOCK.splitlines() if not line.startswith("#")]
    assert len(lines) == 2 * len(PINNED)
    assert not re.search(r"://|file:|--index|--find|@ ", LOCK)
