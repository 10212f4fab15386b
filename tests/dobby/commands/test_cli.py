"""The command line as its users meet it: processes, exit codes, and one line for every mistake."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.dobby.endtoend.processes import DOBBY, free_port

HOUSE = """
zone: Europe/Berlin
people: {ann: owner, tom: guest}
rooms: [Kitchen, Hall]
devices:
  lamp: {name: Kitchen lamp, kind: light, room: Kitchen, state: {power: false, brightness: 10}}
  door: {name: Front door, kind: lock, room: Hall, state: {lock: true}}
"""


NO_NETWORK = "[]"  # interfaces: all there are, and in a private namespace there are none


@pytest.fixture
def no_network(private_network: bool) -> None:
    if not private_network:
        pytest.skip("this machine does not let an ordinary user have a network of his own")


def environment(home: Path, **settings: object) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DOBBY_", "ANTHROPIC_"))}
    loopback = {"INTERFACES": '["127.0.0.1"]'}
    given = {"HOME": home, "PORT": free_port(), **loopback, **settings}
    return kept | {f"DOBBY_{name}": str(value) for name, value in given.items()}


def dobby(
    home: Path, *arguments: str, stdin: str = "", **settings: object
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(DOBBY), *arguments],
        env=environment(home, **settings),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def only_line(run: subprocess.CompletedProcess[str]) -> str:
    """The one line that says what is wrong."""
    assert run.returncode == 2, (run.stdout, run.stderr)
    assert "Traceback" not in run.stderr
    said = [line for line in run.stderr.splitlines() if line.startswith("dobby: ")]
    assert len(said) == 1, run.stderr
    assert run.stderr.splitlines()[-1] == said[0]
    return said[0]


# dobby try -------------------------------------------------------------------------------------


def test_try_answers_line_by_line(tmp_path: Path) -> None:
    house = tmp_path / "house.yaml"
    house.write_text(HOUSE)
    asked = [
        '{"text": "turn on the kitchen lamp"}',
        "not json",
        "",
        '{"text": "unlock the front door", "person": "tom"}',
        '{"txt": "turn it off"}',
        '{"text": "turn it off", "state": {"attic": {"power": true}}}',
        '{"text": "turn it off", "state": {"lamp": {"power": "maybe"}}}',
        '{"text": "is the kitchen lamp on?", "state": {"lamp": {"power": true}}}',
    ]
    run = dobby(tmp_path, "try", str(house), stdin="\n".join(asked) + "\n")
    assert (run.returncode, run.stderr) == (0, "")
    lit, nonsense, refused, unknown, attic, maybe, true = map(json.loads, run.stdout.splitlines())

    assert lit["reply"] == "The kitchen lamp is on."
    assert lit["brain"] == "reflex"
    assert lit["calls"] == [{"name": "power", "arguments": {"devices": ["lamp"], "on": True}}]
    assert lit["receipts"][0]["outcome"] == "verified"
    assert lit["receipts"][0]["command"] == {"device": "lamp", "power": {"on": True}}
    assert lit["state"]["lamp"]["power"] == {"on": True}
    assert lit["milliseconds"] > 0
    assert "guest may not" in refused["reply"]
    assert refused["state"]["door"]["lock"] == {"locked": True}
    assert "JSON" in nonsense["error"]
    assert "text: Field required" in unknown["error"]
    assert "no device 'attic'" in attic["error"]
    assert "power" in maybe["error"]
    assert true["reply"] == "Yes. The kitchen lamp is on."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "No such file or directory"),
        ("devices: [", "is not YAML"),
        ("devices: {lamp: {kind: lantern}}", "there is no kind 'lantern'"),
        ("devices: {lamp: {kind: light, can: [fly]}}", "there is no ability 'fly'"),
        ("rooms: [Kitchen]", "devices: Field required"),
        ("zone: Mars/Olympus\ndevices: {}", "Mars/Olympus"),
        ("42", "the file: Input should be a valid dictionary"),
    ],
)
def test_try_names_what_is_wrong_with_a_file(tmp_path: Path, text, words) -> None:
    house = tmp_path / "house.yaml"
    if text is not None:
        house.write_text(text)
    assert words in only_line(dobby(tmp_path, "try", str(house)))


# What keeps the daemon from starting -------------------------------------------------------------


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = only_line(dobby(tmp_path, "run", PORT=port))
    assert f"127.0.0.1:{port} cannot be used" in said
    assert "DOBBY_PORT" in said


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert str(tmp_path / "file") in only_line(dobby(tmp_path / "file" / "home", "run"))


def test_wrong_settings(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("prot = 1")
    assert "prot: Extra inputs" in only_line(dobby(tmp_path, "run"))


def test_an_empty_token_is_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("[twilio]\naccount_sid = 'AC1'\nauth_token = ' '")
    assert "auth_token is empty" in only_line(dobby(tmp_path, "run"))


def test_a_database_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "dobby.db").write_bytes(b"this is no database" * 500)
    assert str(tmp_path / "dobby.db") in only_line(dobby(tmp_path, "run"))


def test_a_database_from_the_future(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "dobby.db") as db:
        db.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        db.execute("INSERT INTO alembic_version VALUES ('9999')")
    assert "newer" in only_line(dobby(tmp_path, "run"))


@pytest.mark.parametrize("command", ["run", "scan"])
def test_an_interface_that_is_not_there(tmp_path: Path, command: str) -> None:
    run = dobby(tmp_path, command, INTERFACES='["203.0.113.9"]')
    assert "203.0.113.9" in only_line(run)


# A daemon that runs --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def running(
    private_network: bool, tmp_path_factory: pytest.TempPathFactory
) -> Generator[tuple[Path, int]]:
    """A daemon; on a machine with no network at all, where that can be had."""
    home, port = tmp_path_factory.mktemp("home"), free_port()
    without = {"INTERFACES": NO_NETWORK} if private_network else {}
    with (home.parent / "daemon.log").open("w") as log:
        process = subprocess.Popen(
            [str(DOBBY), "run"], env=environment(home, PORT=port, **without), stdout=log, stderr=log
        )
    try:
        ends = time.monotonic() + 20
        while dobby(home, "health", PORT=port).returncode:
            assert time.monotonic() < ends
            assert process.poll() is None, (home.parent / "daemon.log").read_text()
        yield home, port
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
        assert "Traceback" not in (home.parent / "daemon.log").read_text()
    finally:
        process.kill()
        process.wait()


def test_it_can_be_talked_to(running: tuple[Path, int]) -> None:
    home, port = running
    run = dobby(home, "say", "turn", "on", "the", "light", PORT=port)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip()
    assert "Traceback" not in run.stderr


def test_its_token_is_its_owners_alone(running: tuple[Path, int]) -> None:
    home, _ = running
    assert (home / "web.token").stat().st_mode & 0o077 == 0


def test_it_invites(running: tuple[Path, int]) -> None:
    home, port = running
    run = dobby(home, "pair", "Anna", "--role", "adult", PORT=port)
    assert run.returncode == 0, run.stderr
    assert "Anna sends me this code to be let in as adult" in run.stdout
    assert "said no (422)" in only_line(dobby(home, "pair", "Anna", "--role", "king", PORT=port))


def test_a_second_one_is_told_of_the_first(running: tuple[Path, int]) -> None:
    home, port = running
    assert "Is Dobby running already?" in only_line(dobby(home, "run", PORT=port))


def test_the_doctor_finds_it_running(running: tuple[Path, int]) -> None:
    home, port = running
    run = dobby(home, "doctor", PORT=port)
    assert run.returncode == 0, run.stdout
    assert "Fine if the daemon runs" in run.stdout
    assert "audit chain whole" in run.stdout
    raw = sqlite3.connect(home / "dobby.db")  # by hand, beside the daemon
    head = raw.execute("SELECT hash FROM audit_head").fetchone()[0]
    for changed in ("0" * 64, head):
        raw.execute("UPDATE audit_head SET hash = ?", (changed,))
        raw.commit()
        run = dobby(home, "doctor", PORT=port)
        assert ("does not hold: broken at row" in run.stdout) == (changed != head), run.stdout
    raw.close()


def test_without_a_daemon_the_others_say_so(tmp_path: Path) -> None:
    assert "Has the daemon ever run?" in only_line(dobby(tmp_path, "say", "hello"))
    (tmp_path / "web.token").write_text("token")
    assert "Start it: dobby run" in only_line(dobby(tmp_path, "say", "hello"))
    assert dobby(tmp_path, "health").returncode == 1


# dobby doctor, dobby scan --------------------------------------------------------------------


def test_the_doctor_finds_all_well(tmp_path: Path) -> None:
    run = dobby(tmp_path, "doctor")
    assert run.returncode == 0, run.stdout + run.stderr
    for line in ("ok   settings", "ok   home folder", "ok   database", "ok   page", "ok   clock"):
        assert line in run.stdout
    assert "ANTHROPIC_API_KEY" in run.stdout


def test_the_doctor_misses_the_network(tmp_path: Path, no_network: None) -> None:
    run = dobby(tmp_path, "doctor", INTERFACES=NO_NETWORK)
    assert run.returncode == 0
    assert "note network" in run.stdout


@pytest.mark.parametrize(
    ("mode", "secret", "mark"),
    [(0o777, 0o600, "bad "), (0o770, 0o600, "bad "), (0o755, 0o644, "bad "), (0o755, 0o600, "note"),
     (0o700, 0o644, "ok  ")],
)  # fmt: skip
def test_the_doctor_finds_a_home_that_others_get_at(
    tmp_path: Path, mode: int, secret: int, mark: str
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.toml").write_text("")
    (home / "settings.toml").chmod(secret)
    home.chmod(mode)
    run = dobby(home, "doctor")
    assert f"{mark} home folder" in run.stdout
    assert ("chmod 700" in run.stdout) == (mark != "ok  ")
    assert run.returncode == (1 if mark == "bad " else 0)


def test_the_doctor_makes_a_home_for_its_owner_alone(tmp_path: Path) -> None:
    assert dobby(tmp_path / "home", "doctor").returncode == 0
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("ill", ["settings", "database"])
def test_the_doctor_finds_what_is_ill(tmp_path: Path, ill: str) -> None:
    if ill == "settings":
        (tmp_path / "settings.toml").write_text("prot = 1")
    else:
        (tmp_path / "dobby.db").write_bytes(b"this is no database" * 500)
    run = dobby(tmp_path, "doctor")
    assert run.returncode == 1
    assert f"bad  {ill}" in run.stdout
    assert "Traceback" not in run.stderr


def test_a_scan_without_a_network_finds_nothing(tmp_path: Path, no_network: None) -> None:
    run = dobby(tmp_path, "scan", "--seconds", "0.2", INTERFACES=NO_NETWORK)
    assert "Nothing answered." in run.stdout
    assert (run.returncode, run.stderr) == (0, "")
    run = dobby(tmp_path, "scan", "--seconds", "0.2", "--json", INTERFACES=NO_NETWORK)
    assert json.loads(run.stdout) == []


# dobby backup, dobby restore -----------------------------------------------------------------


def test_a_backup_beside_the_daemon_and_a_memory_that_is_lost_and_found(
    running: tuple[Path, int], tmp_path: Path
) -> None:
    home, port = running
    say = dobby(home, "say", "remember that the spare key is with Anna", PORT=port)
    assert say.returncode == 0
    run = dobby(home, "backup", str(tmp_path), PORT=port)
    assert run.returncode == 0, run.stderr
    assert "1 fact" in run.stdout
    [made] = tmp_path.glob("dobby-*.tar")
    assert "Stop that one first" in only_line(dobby(home, "restore", str(made), "--yes"))
    new = tmp_path / "new"
    run = dobby(new, "restore", str(made), stdin="n\n")
    assert run.returncode == 1
    assert not (new / "dobby.db").exists()
    run = dobby(new, "restore", str(made), "--yes")
    assert "is restored, and opens" in run.stdout, run.stderr
    assert (new / "web.token").read_text() == (home / "web.token").read_text()
    assert dobby(new, "backup").returncode == 0
    (new / "dobby.db").unlink()
    assert "dobby restore" in only_line(dobby(new, "run"))
    run = dobby(new, "restore", "--yes")  # the newest good one
    assert "is restored" in run.stdout
    raw = sqlite3.connect(new / "dobby.db")
    assert raw.execute("SELECT text FROM facts").fetchone() == ("the spare key is with Anna",)
    raw.close()
    (tmp_path / "no.tar").write_bytes(b"no backup")
    assert "Nothing was changed" in only_line(
        dobby(new, "restore", str(tmp_path / "no.tar"), "--yes")
    )
