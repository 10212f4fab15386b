"""Each clip through the whole of the eyes, against what was written down by watching it."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from rich.table import Table

from bench.vision.engines import there
from bench.vision.media import Media
from dobby.eyes.replay import replay
from dobby.settings import Settings, VisionSettings
from dobby.vision.replay import Line

TRUTH = Path(__file__).parents[2] / "tests" / "dobby" / "eyes" / "truth.yaml"
SLACK_S = 3.0  # an incident may begin before, or end after, what it is of, by this


def rows(media: Media) -> Table:
    table = Table(title="Incidents, against the truth by watching", title_justify="left")
    for name in ("clip", "backend"):
        table.add_column(name)
    for name in ("told", "should be", "right", "missed", "wrong", "seen, not told"):
        table.add_column(name, justify="right")
    truth: dict[str, Any] = yaml.safe_load(TRUTH.read_text())
    for name, known in truth.items():
        for engine, model in there(media):
            if isinstance(model, str):
                table.add_row(name, engine.title, model)
                continue
            with tempfile.TemporaryDirectory() as home:
                vision = VisionSettings(backend=engine.kind, model=str(model))
                lines = replay(media.clip(name), Settings(home=Path(home), vision=vision))
            told = [line for line in lines if line.told]
            hits = min(_hits(told, known["happens"]), known["told"])
            others = Counter(line.incident.label for line in lines if not line.told)
            table.add_row(
                name, engine.title, str(len(told)), str(known["told"]), str(hits),
                str(known["told"] - hits), str(len(told) - hits),
                ", ".join(f"{count} {label}" for label, count in others.items()),
            )  # fmt: skip
    return table


def _hits(told: Iterable[Line], events: Iterable[dict[str, Any]]) -> int:
    """How many of the events are told, each once, of the right kind and at the right time."""
    open_events = list(events)
    hits = 0
    for line in told:
        start = _seconds(line)
        for event in open_events:
            in_time = event["from"] - SLACK_S <= start <= event["to"] + SLACK_S
            if event["kind"] == line.incident.kind and in_time:
                open_events.remove(event)
                hits += 1
                break
    return hits


def _seconds(line: Line) -> float:
    at = line.incident.started
    return (at - at.replace(hour=0, minute=0, second=0, microsecond=0)) / timedelta(seconds=1)
