"""The eyes' figures, side by side: ``python -m bench.vision [section ...]``."""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
from pathlib import Path
from typing import Protocol, cast

from rich.console import Console, RenderableType

from bench.vision.media import SHARED, Media, Missing

SECTIONS = ("accuracy", "detector", "capture")
"""Modules of this folder, in the order in which they are printed; each has ``rows(media)``."""


class Section(Protocol):
    def rows(self, media: Media) -> RenderableType:
        """A table. Raises Missing."""
        ...


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.vision", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="section", help=", ".join(SECTIONS))
    parser.add_argument(
        "--shared", type=Path, default=SHARED, help="the folder with media/ and models/"
    )
    asked = parser.parse_args()
    logging.disable(logging.INFO)
    console = Console(width=120)
    failed = 0
    for name in asked.sections or SECTIONS:
        try:
            section = cast(Section, importlib.import_module(f"bench.vision.{name}"))
            console.print(section.rows(Media(asked.shared)))
        except (Missing, ImportError) as missing:
            console.print(f"{name}: not measured, {missing}")
        except Exception:  # noqa: BLE001 - the other figures are of use all the same
            console.print_exception()
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
