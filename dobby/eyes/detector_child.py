"""The detector's own process: it loads the model, then answers each line with a line.

In:   ``[["psm_4f2a", 432, 768], ...]``, the slots of a batch: name, height, width
Out:  ``{"ready": "onnx yolox_nano", "batch": 2}`` or ``{"failed": "..."}`` once, then for each
      line ``{"found": [[["person", 0.9, 0.1, 0.2, 0.3, 0.4], ...], null, ...], "seconds": 0.02}``;
      null where the slot is gone.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, cast

from dobby.eyes.backends import Kind, load
from dobby.eyes.frames import Backend, Detection, DetectorError, Image, Slot
from dobby.eyes.slots import Slots


def main() -> None:
    kind, model, home = sys.argv[1:]
    out = _own_stdout()
    try:
        backend = load(cast(Kind, kind), Path(model), Path(home))
    except DetectorError as error:
        _say(out, {"failed": str(error)})
        raise SystemExit(1) from error
    _say(out, {"ready": backend.name, "batch": backend.batch})
    slots = Slots()
    for line in sys.stdin.buffer:  # its end is ours
        started = time.perf_counter()
        found = _found(backend, slots, [Slot(*slot) for slot in json.loads(line)])
        _say(out, {"found": found, "seconds": time.perf_counter() - started})


def _found(backend: Backend, slots: Slots, asked: Sequence[Slot]) -> list[object]:
    images = [_image(slots, slot) for slot in asked]
    answers = iter(backend.detect([image for image in images if image is not None]))
    return [None if image is None else [_flat(each) for each in next(answers)] for image in images]


def _image(slots: Slots, slot: Slot) -> Image | None:
    try:
        return slots.image(slot)
    except (FileNotFoundError, ValueError):  # its camera's process has ended
        return None


def _flat(one: Detection) -> tuple[str, float, float, float, float, float]:
    return one.label, one.score, one.box.left, one.box.top, one.box.right, one.box.bottom


def _own_stdout() -> BinaryIO:
    """Whatever a runtime prints goes to stderr: it would be taken for an answer."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


def _say(out: BinaryIO, what: dict[str, object]) -> None:
    out.write(json.dumps(what).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    main()
