"""Persons found on labelled pictures, by each backend and by its runtime alone (COCO's AP)."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import cv2
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from rich.table import Table

from bench.vision.engines import Engine, there
from bench.vision.media import Media
from bench.vision.raw import Array, Found
from dobby.eyes.backends import load

LEAST = 0.001  # as AP is measured: every guess counts, at its score
MAY_LOSE = 0.005


def rows(media: Media) -> Table:
    pictures = media.clip("people30")
    title = "Persons on 30 labelled pictures: the product, and the runtime alone"
    table = Table(title=title, title_justify="left")
    table.add_column("backend")
    for name in ("AP", "raw", "lost", "may lose", "AP50", "raw AP50"):
        table.add_column(name, justify="right")
    for engine, model in there(media):
        if isinstance(model, str):
            table.add_row(engine.title, model)
            continue
        ours, ours50 = _scored(pictures, _ours(engine, model))
        raw, raw50 = _scored(pictures, engine.raw(model, 0).persons)
        table.add_row(
            engine.title, f"{ours:.3f}", f"{raw:.3f}", f"{raw - ours:+.4f}", f"{MAY_LOSE:g}",
            f"{ours50:.3f}", f"{raw50:.3f}",
        )  # fmt: skip
    return table


def _ours(engine: Engine, model: Path) -> Callable[[Array, float], Found]:
    with tempfile.TemporaryDirectory() as home:
        backend = load(engine.kind, model, Path(home))

    def persons(image: Array, least: float) -> Found:
        height, width = image.shape[:2]
        return [
            ([b.left * width, b.top * height, b.right * width, b.bottom * height], one.score)
            for one in backend.detect([image], least)[0]
            if one.label == "person" and (b := one.box)
        ]

    return persons


def _scored(pictures: Path, persons: Callable[[Array, float], Found]) -> tuple[float, float]:
    """AP over overlaps of 0.5 to 0.95, and at 0.5."""
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO(pictures / "person.json")
        found = [
            {
                "image_id": number,
                "category_id": 1,
                "bbox": [left, top, right - left, bottom - top],
                "score": score,
            }
            for number, about in truth.imgs.items()
            for (left, top, right, bottom), score in persons(
                _read(pictures / "images" / about["file_name"]), LEAST
            )
        ]
        judge = COCOeval(truth, truth.loadRes(found), "bbox")  # pyright: ignore[reportArgumentType]
        judge.evaluate()
        judge.accumulate()
        judge.summarize()
    return float(judge.stats[0]), float(judge.stats[1])


def _read(path: Path) -> Array:
    image = cv2.imread(str(path))
    assert image is not None, path
    return image
