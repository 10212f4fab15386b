"""The detector's model: found in the home folder, or fetched from its publisher on first use."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path

from devices import published
from devices.published import NotFetched, Published
from dobby.eyes.frames import NoWeights
from dobby.settings import VisionSettings

log = logging.getLogger(__name__)

DEADLINE_S = 300.0
FETCH_AGAIN_S = 600.0
LOOK_S = 5.0


@dataclass(frozen=True)
class Model:
    """The same model, from whoever has it; under its name no other file is loaded."""

    name: str
    published: tuple[Published, ...]


YOLOX_NANO = Model(  # Megvii's, Apache-2.0
    "yolox_nano.onnx",
    (
        Published(
            "https://github.com/Megvii-BaseDetection/YOLOX/releases/download/0.1.1rc0/"
            "yolox_nano.onnx",
            "c789161ed43c8269fcd4e67c67eeeb4e80c622da2eb296a20bc6007bd18a0b7d",
            at_most=3_659_407,
        ),
        Published(  # exported once more from Megvii's weights
            "https://raw.githubusercontent.com/Kazuhito00/YOLOX-ONNX-TFLite-Sample/"
            "ac07155e3ac8a531d89d24204e50f364d3444275/model/yolox_nano.onnx",
            "695e750a5d5754bb5a8d5325643b59282191a7e7a564e435a415fd3c578eab14",
            at_most=3_660_092,
        ),
    ),
)
YOLO11_NANO = Model(  # Ultralytics', AGPL-3.0 as the package that runs it
    "yolo11n.pt",
    (
        Published(
            "https://github.com/ultralytics/assets/releases/download/v8.3.0/yolo11n.pt",
            "0ebbc80d4a7680d14987a577cd21342b65ecfd94632bd9a8da63ae6417644ee1",
            at_most=8 * 1024 * 1024,
        ),
    ),
)
OWN = {"onnx": YOLOX_NANO, "openvino": YOLOX_NANO, "ultralytics": YOLO11_NANO}
"""The model of each backend where the owner names none."""


async def ready(settings: VisionSettings, home: Path) -> Path:
    """The model's file or folder, fetched if need be. Raises NoWeights, which says how to mend."""
    own = OWN[settings.backend]
    missing = not await asyncio.to_thread((_folder(home) / own.name).exists)
    if missing and not settings.model:
        return await fetch(own, _folder(home))
    return await find(settings, home)


async def find(settings: VisionSettings, home: Path) -> Path:
    """As ``ready``, and nothing is fetched."""
    return await asyncio.to_thread(_find, settings, home)


async def appeared(settings: VisionSettings, home: Path) -> None:
    """Wait until a missing model may be had: it lies there now, or fetching is worth a try."""
    for _ in range(int(FETCH_AGAIN_S / LOOK_S)):
        await asyncio.sleep(LOOK_S)
        try:
            await find(settings, home)
        except NoWeights:
            continue
        return


async def fetch(model: Model, folder: Path, deadline_s: float = DEADLINE_S) -> Path:
    """Into the folder, whole and checked or not at all. Raises NoWeights."""
    why = ""
    for one in model.published:
        try:
            await published.fetch(one, folder / model.name, deadline_s)
        except NotFetched as error:
            why = str(error)
            log.warning("not fetched from %s: %s", one.url, why)
        else:
            return folder / model.name
    raise NoWeights(
        f"the detector's model could not be fetched ({why}). Put {model.name} into"
        f" {folder}; it is at {model.published[0].url}."
    )


def _folder(home: Path) -> Path:
    return home / "models"


def _find(settings: VisionSettings, home: Path) -> Path:
    folder = _folder(home)
    if settings.model:
        path = folder / Path(settings.model).expanduser()  # an absolute one stays itself
        if path.exists():
            return path
        raise NoWeights(f"there is no model {path}. Put it there, or name another as vision.model.")
    own = OWN[settings.backend]
    path = folder / own.name
    if not path.exists():
        raise NoWeights(f"{path} is missing.")
    if _sha256(path) not in {one.sha256 for one in own.published}:
        raise NoWeights(
            f"{path} is not the file that was published. Remove it, and I fetch it"
            " again; a model of your own needs another name, told as vision.model."
        )
    return path


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise NoWeights(f"{path} cannot be read ({error.strerror}).") from error
