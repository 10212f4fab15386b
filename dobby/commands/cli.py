"""The command line: argument parsing only."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

cli = typer.Typer(
    help="Dobby: text the house, and it obeys.", no_args_is_help=True, add_completion=False
)


@cli.command()
def run(
    anew: Annotated[
        bool, typer.Option("--anew", help="With an empty memory, though old backups are there.")
    ] = False,
) -> None:
    """Run the daemon on the real network."""
    from dobby.daemon.server import announce, serve  # each command pays only for what it uses
    from dobby.settings import load

    settings = load()
    if anew:
        from dobby.commands.backup import begin_anew

        typer.echo(begin_anew(settings))
    asyncio.run(serve(settings, ready=announce))


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the page.")] = 8765,
    home: Annotated[
        Path | None, typer.Option(help="Where the demo keeps its things: DOBBY_HOME, else .demo.")
    ] = None,
) -> None:
    """Run the daemon against a virtual house, on loopback alone."""
    from dobby.commands.demo import home_of, serve_demo

    asyncio.run(serve_demo(home_of(home), port))


@cli.command()
def scan(
    seconds: Annotated[float, typer.Option(help="How long to listen.")] = 5.0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON list.")] = False,
) -> None:
    """Print what is on the network."""
    from dobby.commands.scan import print_scan
    from dobby.settings import load

    asyncio.run(print_scan(load(), seconds, as_json))


@cli.command()
def say(
    words: Annotated[list[str], typer.Argument(help="What to tell the house.")],
    room: Annotated[str | None, typer.Option(help="Where you are.")] = None,
) -> None:
    """Talk to the running daemon."""
    from dobby.commands.remote import RunningDaemon, meant

    typer.echo(RunningDaemon(meant()).say(" ".join(words), room))


@cli.command()
def pair(
    name: Annotated[str, typer.Argument(help="Who is invited.")] = "Owner",
    role: Annotated[str, typer.Option(help="owner, adult, child or guest.")] = "owner",
) -> None:
    """Print a code; whoever texts it to Dobby is paired."""
    from dobby.commands.remote import RunningDaemon, meant

    typer.echo(RunningDaemon(meant()).invite(name, role))


@cli.command()
def doctor() -> None:
    """Check settings, ports, database, keys and clock, and say what to do."""
    from dobby.commands.doctor import examine

    if not asyncio.run(examine()):
        raise typer.Exit(1)


@cli.command()
def backup(
    target: Annotated[Path | None, typer.Argument(help="A file or a folder.")] = None,
) -> None:
    """Keep the memory and its keys in one file, also while the daemon runs."""
    from dobby.commands.backup import back_up_now
    from dobby.settings import load

    typer.echo(back_up_now(load(), target))


@cli.command()
def restore(
    backup: Annotated[Path | None, typer.Argument(help="Empty: the newest good one.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Bring back a backup, with its keys. What is there now is set aside."""
    from dobby.commands.backup import chosen, put_back
    from dobby.settings import load

    settings = load()
    path, words = chosen(settings, backup)
    if not yes:
        typer.confirm(f"{words} Restore it?", abort=True)
    typer.echo(asyncio.run(put_back(settings, path)))


@cli.command()
def health() -> None:
    """Exit with 0 if the daemon answers; for health checks."""
    from dobby.commands.remote import RunningDaemon
    from dobby.settings import load

    if not RunningDaemon(load()).healthy():
        raise typer.Exit(1)


eyes = typer.Typer(help="Watch cameras for a daemon, on this machine or on another.")
cli.add_typer(eyes, name="eyes")


@eyes.callback(invoke_without_command=True)
def watch(
    context: typer.Context,
    daemon: Annotated[str, typer.Option(help="Where the daemon is: http://dobby.lan:8765")] = "",
    token_file: Annotated[
        Path | None, typer.Option(help="A copy of eyes.token from the daemon's home folder.")
    ] = None,
    token: Annotated[str, typer.Option(envvar="DOBBY_EYES_TOKEN", hidden=True)] = "",
    until_eof: Annotated[bool, typer.Option("--until-eof", hidden=True)] = False,
) -> None:
    """Watch what the daemon wants watched, until stopped."""
    if context.invoked_subcommand is not None:
        return
    from dobby.settings import load

    _check_eyes()
    from dobby.eyes.process import serve

    asyncio.run(serve(load(), daemon, token, token_file, until_eof))


@eyes.command("replay")
def replay_file(
    file: Annotated[Path, typer.Argument(help="A video, or a recording (.jsonl).")],
    save: Annotated[Path | None, typer.Option(help="Write what was seen as a recording.")] = None,
    rules: Annotated[Path | None, typer.Option(help="The owner's rules, in YAML.")] = None,
    backend: Annotated[str, typer.Option(help="onnx, openvino or ultralytics.")] = "",
    fps: Annotated[float, typer.Option(help="Frames a second that are looked at.")] = 0.0,
) -> None:
    """Print what would have been told of a video or a recording."""
    from dobby.settings import load, with_vision

    _check_eyes()
    from dobby.eyes.frames import EyesError
    from dobby.eyes.replay import read_rules, replay

    chosen = {"backend": backend, "fps": fps}
    settings = with_vision(load(), {name: value for name, value in chosen.items() if value})
    try:
        known = read_rules(rules) if rules else []
        lines = replay(file, settings, known, save)
    except EyesError as error:
        typer.echo(f"dobby: {error}", err=True)
        raise typer.Exit(2) from None
    for line in lines:
        typer.echo(line)
    if not lines:
        typer.echo("Nothing happened in it.")


def _check_eyes() -> None:
    """What eyes are made of is an extra."""
    from dobby.language.words import Words
    from dobby.vision.local import MISSING, installed

    if not installed():
        typer.echo(f"dobby: {Words().put(MISSING)}", err=True)
        raise typer.Exit(2)


@cli.command("try")
def try_house(
    house: Annotated[Path, typer.Argument(help="A house file; see docs/house-file.md.")],
) -> None:
    """Answer sentences, one JSON object a line, against a house declared in a file."""
    from dobby.commands.try_house import answer_lines

    asyncio.run(answer_lines(house, sys.stdin, sys.stdout))


def main() -> None:
    """Entry point. Errors that a person can mend are one line, with no traceback."""
    from devices.device import DeviceError
    from dobby.settings import SettingsError
    from memory.errors import StoreError

    try:
        cli()
    except KeyboardInterrupt:
        sys.exit(130)
    except (SettingsError, StoreError, DeviceError) as error:
        typer.echo(f"dobby: {error}", err=True)
        sys.exit(2)
