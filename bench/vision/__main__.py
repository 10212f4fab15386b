"""The eyes' figures, side by side: ``python -m bench.vision [section ...]``."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from rich.console import Console, RenderableType
from rich.table import Table

from bench.vision.media import SHARED, Media, Missing
from tests.peers.cameras import PEOPLE


def accuracy(media: Media) -> RenderableType:
    from bench.vision import accuracy

    return accuracy.rows(media)


def detector(media: Media) -> RenderableType:
    from bench.vision import detector

    return detector.rows(media)


def capture(media: Media) -> RenderableType:
    from bench.vision import capture

    rows = asyncio.run(capture.rows(media.clip(PEOPLE)))
    return _table("Capture", capture.HEADINGS, rows)


def clips(media: Media) -> RenderableType:
    from bench.vision import clips

    return clips.rows(media)


def delay(media: Media) -> RenderableType:
    from bench.vision import delay

    rows = asyncio.run(delay.rows(media))
    return _table("From the first sight of somebody to the daemon", delay.HEADINGS, rows)


def false_alerts(media: Media) -> RenderableType:
    from bench.vision import false_alerts

    rows = asyncio.run(false_alerts.rows(media))
    return _table("Told of hours in which nothing happens", false_alerts.HEADINGS, rows)


SECTIONS: dict[str, Callable[[Media], RenderableType]] = {
    "accuracy": accuracy,
    "detector": detector,
    "capture": capture,
    "clips": clips,
    "delay": delay,
    "false-alerts": false_alerts,
}
"""In the order in which they are printed. One raises Missing or ImportError where it cannot be
measured on this machine; what it needs is imported only then."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.vision", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="section", help=", ".join(SECTIONS))
    parser.add_argument(
        "--shared", type=Path, default=SHARED, help="the folder with media/ and models/"
    )
    asked = parser.parse_args()
    if unknown := set(asked.sections) - SECTIONS.keys():
        parser.error(f"there is no section {', '.join(unknown)}")
    logging.disable(logging.INFO)
    console = Console(width=120)
    failed = 0
    for name in asked.sections or SECTIONS:
        try:
            console.print(SECTIONS[name](Media(asked.shared)))
        except (Missing, ImportError) as missing:
            console.print(f"{name}: not measured, {missing}")
        except Exception:  # noqa: BLE001 - the other figures are of use all the same
            console.print_exception()
            failed = 1
    return failed


def _table(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(title=title, title_justify="left")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place else "left")
    for row in rows:
        table.add_row(*row)
    return table


if __name__ == "__main__":
    sys.exit(main())
