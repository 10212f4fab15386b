"""What reaches the log: one line each, plain, without secrets."""

from __future__ import annotations

import logging

import pytest

from dobby.logs import FORMAT, LEVELS, OFTEN, WITHIN_S, Dam, PlainFormatter


def logged(message: str, *values: object, error: BaseException | None = None) -> str:
    info = (type(error), error, None) if error else None
    record = logging.LogRecord("dobby", logging.WARNING, "", 0, message, values, info)
    return PlainFormatter(FORMAT).format(record)


@pytest.mark.parametrize(
    "name", ["a\r\nWARNING forged", "\x1b[2J\x1b[31mred", "a\u202eb", "\x9b1m"]
)
def test_a_name_forges_no_line_and_no_colour(name: str) -> None:
    line = logged("%s is new", name)
    assert len(line.splitlines()) == 1
    assert line.isprintable()
    assert "is new" in line


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Authorization: Bearer abcDEF123-_456", "abcDEF123"),
        ("GET /login#token=qaKhMLUatQAgQliM", "qaKhMLUatQAgQliM"),
        ("http://tok3n-of-demo@127.0.0.1:99/devices", "tok3n"),
        ("Authorization: Basic QUMwMDE6c2VjcmV0", "QUMwMDE6"),
        ("invalid x-api-key: sk-ant-api03-abc_DEF-123", "api03-abc"),
        ("whatsapp:+48600100200 wrote", "600100"),
        ("no answer from +1 and +48600100200", "600100"),
    ],
)
def test_secrets_are_cut(text: str, secret: str) -> None:
    assert secret not in logged("%s", text)
    assert secret not in logged("failed", error=ValueError(text))


def test_ordinary_numbers_stay() -> None:
    assert "12345678901" in logged("row 12345678901 of 20.5 C at 127.0.0.1:8765")
    assert "127.0.0.1:8765" in logged("row at 127.0.0.1:8765")


def test_a_traceback_keeps_its_lines() -> None:
    assert len(logged("failed", error=ValueError("x")).splitlines()) == 2


def from_place(line: int, words: str) -> logging.LogRecord:
    return logging.LogRecord(
        "dobby", logging.WARNING, "house.py", line, "%s knocks", (words,), None
    )


def test_a_flood_from_one_place_is_cut_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("dobby.logs.time.monotonic", lambda: now[0])
    dam = Dam()
    shown = [dam.filter(from_place(1, f"stranger {n}")) for n in range(5000)]
    assert shown == [True] * OFTEN + [False] * (5000 - OFTEN), "their words differ, the place not"
    assert dam.filter(from_place(2, "the owner")), "what is said elsewhere is not held back"
    now[0] += WITHIN_S
    later = from_place(1, "a later one")
    assert dam.filter(later)
    assert later.getMessage() == f"a later one knocks ({5000 - OFTEN} more like it were not shown)"
    assert dam.filter(after := from_place(1, "after it"))
    assert after.getMessage() == "after it knocks"


def test_noisy_neighbours_are_named() -> None:
    assert LEVELS["soco"] > logging.WARNING
