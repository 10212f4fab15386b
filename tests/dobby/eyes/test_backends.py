"""Each backend on real pictures: what is seen, where, and what becomes of a model that is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from dobby.eyes.backends import Kind, load
from dobby.eyes.backends.coco import LABELS
from dobby.eyes.backends.families import Yolo11, Yolox, family
from dobby.eyes.frames import Backend, Detection, DetectorError
from dobby.vision.reports import KINDS
from tests.dobby.eyes.detector_models import YOLO11, YOLOX, model, picture

RUNNABLE: list[tuple[Kind, str]] = [
    ("onnx", YOLOX),
    ("openvino", YOLOX),
    ("openvino", YOLO11),
    ("ultralytics", YOLO11),
]


@pytest.fixture(params=RUNNABLE, ids="-".join, scope="module")
def backend(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Backend:
    kind, name = request.param
    if kind == "ultralytics":
        pytest.importorskip("ultralytics", reason="the extra yolo is not installed")
    return load(kind, model(name), tmp_path_factory.mktemp("home"))


def test_two_persons_where_they_are(backend: Backend) -> None:
    [found] = backend.detect([picture("zidane.jpg")], least=0.5)
    persons = sorted(found, key=lambda one: one.box.right)
    assert [one.label for one in persons] == ["person", "person"]
    assert persons[0].box.left == pytest.approx(0.12, abs=0.03)
    assert persons[1].box.left == pytest.approx(0.57, abs=0.03)
    assert persons[1].box.top == pytest.approx(0.06, abs=0.03)
    assert persons[1].box.right == pytest.approx(0.9, abs=0.03)


def test_upright_picture(backend: Backend) -> None:
    [found] = backend.detect([picture("bus.jpg")], least=0.5)
    assert sorted(one.label for one in found) == ["bus", "person", "person", "person"]
    bus = next(one.box for one in found if one.label == "bus")
    assert (bus.left, bus.right) == pytest.approx((0.01, 0.99), abs=0.03)
    assert (bus.top, bus.bottom) == pytest.approx((0.21, 0.68), abs=0.03)


def test_dog_and_vehicle(backend: Backend) -> None:
    [found] = backend.detect([picture("darknet_dog.jpg")], least=0.5)
    assert {KINDS[one.label] for one in found} == {"animal", "vehicle"}
    assert [one.label for one in found].count("dog") == 1


def test_batch_says_what_each_alone_says(backend: Backend) -> None:
    images = [picture("zidane.jpg"), picture("bus.jpg"), picture("darknet_dog.jpg")] * 2
    together = backend.detect(images, least=0.3)
    for image, found in zip(images, together, strict=True):
        assert _told(found) == _told(backend.detect([image], least=0.3)[0])
    assert backend.detect([]) == []


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (900, 2), (416, 416), (2160, 3840)])
def test_any_size(backend: Backend, size: tuple[int, int]) -> None:
    [found] = backend.detect([np.zeros((*size, 3), np.uint8)], least=0.3)
    assert found == []


def test_box_at_the_edge_stays_inside(backend: Backend) -> None:
    cut = np.ascontiguousarray(picture("zidane.jpg")[100:500, 250:1200])
    [found] = backend.detect([cut], least=0.05)
    assert found
    for one in found:
        assert 0 <= one.box.left < one.box.right <= 1
        assert 0 <= one.box.top < one.box.bottom <= 1
        assert one.label in KINDS


def test_read_only_pixels(backend: Backend) -> None:
    image = picture("zidane.jpg")
    image.setflags(write=False)
    assert len(backend.detect([image], least=0.5)[0]) == 2


@pytest.mark.parametrize(("kind", "name"), [("onnx", "m.onnx"), ("openvino", "m.xml")])
@pytest.mark.parametrize("content", [b"", b"not a model", b"\x08\x07" * 500])
def test_corrupt_model(kind: Kind, name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DetectorError, match=f"{name} cannot be loaded"):
        load(kind, tmp_path / name, tmp_path)


def test_truncated_model(tmp_path: Path) -> None:
    whole = model(YOLOX).read_bytes()
    (tmp_path / "half.onnx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DetectorError, match=r"half.onnx cannot be loaded"):
        load("onnx", tmp_path / "half.onnx", tmp_path)


def test_folder_without_a_model(tmp_path: Path) -> None:
    pytest.importorskip("openvino", reason="the extra openvino is not installed")
    with pytest.raises(DetectorError, match="cannot be loaded"):
        load("openvino", tmp_path, tmp_path)


def test_family_is_told_by_the_output() -> None:
    assert isinstance(family((416, 416), (3549, 85)), Yolox)
    assert isinstance(family((640, 640), (84, 8400)), Yolo11)
    for other in [(300, 6), (3549, 84), (85, 3549), (8400, 85), (1000,)]:
        with pytest.raises(DetectorError, match="cannot read"):
            family((416, 416), other)


def test_picture_lies_as_in_training() -> None:
    image = np.zeros((50, 100, 3), np.uint8)
    image[:, :] = (10, 20, 30)  # BGR
    canvas, _ = Yolox((416, 416)).fit(image)
    assert canvas[:, 0, 0].tolist() == [10, 20, 30]
    assert canvas[:, 207, 415].tolist() == [10, 20, 30]
    assert canvas[:, 208, 0].tolist() == [114, 114, 114]
    canvas, _ = Yolo11((640, 640)).fit(image)
    assert (canvas[:, 320, 0] * 255).round().tolist() == [30, 20, 10]
    assert (canvas[:, 159, 0] * 255).round().tolist() == [114, 114, 114]
    assert (canvas[:, 160, 0] * 255).round().tolist() == [30, 20, 10]


def test_only_one_box_stays_for_one_thing_and_only_known_kinds() -> None:
    output = np.zeros((84, 8400), np.float32)
    things = [
        (100, 100, 50, 80, "person", 0.9),
        (102, 100, 50, 80, "person", 0.8),  # the same again
        (102, 100, 50, 80, "backpack", 0.7),  # of another class: another thing
        (300, 300, 50, 80, "person", 0.6),
        (300, 500, 90, 80, "airplane", 0.9),  # noise
        (500, 300, 50, 80, "dog", 0.05),  # unsure
    ]
    for row, (x, y, width, height, label, score) in enumerate(things):
        output[:4, row] = x, y, width, height
        output[4 + LABELS.index(label), row] = score
    reader = Yolo11((640, 640))
    _, fit = reader.fit(np.zeros((640, 640, 3), np.uint8))
    found = reader.read(output, fit, 0.1)
    assert sorted((one.label, round(one.score, 2)) for one in found) == [
        ("backpack", 0.7),
        ("person", 0.6),
        ("person", 0.9),
    ]


LISTENING = """
import sys
def tell(event, told):
    if event in ("socket.connect", "socket.getaddrinfo", "urllib.Request"):
        print(event, told)
sys.addaudithook(tell)
from pathlib import Path
from dobby.eyes.backends import load
import numpy as np, time
load(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])).detect([np.zeros((90, 90, 3), np.uint8)])
time.sleep(0.5)
print("seen")
"""


@pytest.mark.parametrize(("kind", "name"), RUNNABLE)
def test_nobody_is_told_of_it(kind: Kind, name: str, tmp_path: Path) -> None:
    if kind == "ultralytics":
        pytest.importorskip("ultralytics", reason="the extra yolo is not installed")
    told = subprocess.run(
        [sys.executable, "-c", LISTENING, kind, str(model(name)), str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.split() == ["seen"]


def test_ultralytics_with_weights_of_its_own(tmp_path: Path) -> None:
    """Untrained ones, made to see a person everywhere: a .pt file, loaded safely."""
    pytest.importorskip("ultralytics", reason="the extra yolo is not installed")
    load("ultralytics", model(YOLO11), tmp_path)  # first: it keeps the package quiet
    import torch
    import ultralytics

    made = ultralytics.YOLO("yolo11n.yaml")
    for head in made.model.model[-1].cv3:
        torch.nn.init.constant_(head[-1].bias[:1], 3.0)
    made.save(tmp_path / "nameless.pt")
    with pytest.raises(DetectorError, match="knows no person"):
        load("ultralytics", tmp_path / "nameless.pt", tmp_path)
    made.model.names = dict(enumerate(LABELS))
    made.save(tmp_path / "sure.pt")
    backend = load("ultralytics", tmp_path / "sure.pt", tmp_path)
    found = backend.detect([cv2.resize(picture("bus.jpg"), (320, 240))] * 3, least=0.5)
    assert [len(each) > 10 for each in found] == [True] * 3
    assert {one.label for each in found for one in each} == {"person"}
    (tmp_path / "bad.pt").write_bytes(b"not a model" * 99)
    with pytest.raises(DetectorError, match=r"bad.pt cannot be loaded"):
        load("ultralytics", tmp_path / "bad.pt", tmp_path)


def test_what_is_missing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dobby.eyes.backends.openvino", None)
    with pytest.raises(DetectorError, match=r"pip install 'dobby\[openvino\]'"):
        load("openvino", tmp_path, tmp_path)


def _told(found: list[Detection]) -> list[tuple[str, float]]:
    return sorted((one.label, round(one.score, 3)) for one in found)
