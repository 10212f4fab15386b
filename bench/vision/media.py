"""Where pictures, clips and models lie for the figures; and what a figure does without them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).parents[3] / "shared"


class Missing(Exception):
    """What a section needs is not on this machine; the message says what."""


@dataclass(frozen=True)
class Media:
    root: Path = SHARED

    def clip(self, name: str) -> Path:
        """A clip or a picture. Raises Missing."""
        return _there(self.root / "media" / name)

    def model(self, name: str) -> Path:
        """Raises Missing."""
        return _there(self.root / "models" / name)


def _there(path: Path) -> Path:
    if not path.exists():
        raise Missing(f"{path} is missing")
    return path
