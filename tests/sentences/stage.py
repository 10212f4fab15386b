"""Says the book's sentences to a declared house on the production path, and watches what comes."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from devices.capabilities import CAPABILITIES
from devices.device import Outcome, Room
from devices.virtual.declared import changed, devices_of, read_state
from dobby.commands.try_house import PREFIX, Brain, Trial, TrialResult, warmed
from tests.sentences.book import HOUSES, Sentence
from tests.sentences.verdict import EVENTS, KEEPING, Changes, Observation, Scene, Verdict, judge


@dataclass(frozen=True)
class Judged:
    """A sentence with what came of it."""

    sentence: Sentence
    seen: Observation
    verdict: Verdict
    why: str

    def __str__(self) -> str:
        s = self.sentence
        trap = " TRAP" if s.trap else ""
        said = " | ".join([*s.before, s.text])
        where = f"@{s.room}" if s.room else ""
        return (
            f"{self.verdict.upper()}{trap} [{s.where}]{where} {said!r}\n"
            f"    {self.why}\n    reply: {self.seen.reply!r}"
        )


class Stage:
    """One declared house. Every sentence finds it as its file has it, in a new conversation."""

    def __init__(self, house: str, houses: Path = HOUSES, brain: Brain = warmed) -> None:
        self._trial = Trial(houses / f"{house}.yaml", brain)
        file = self._trial.file
        self.language = file.language
        self._kept = False
        rooms = [r if isinstance(r, Room) else Room(name=r) for r in file.rooms]
        self.scene = Scene(
            devices={d.id.removeprefix(PREFIX): d for d in devices_of(file)},
            rooms={room.name: room for room in rooms},
        )

    async def __aenter__(self) -> Self:
        await self._trial.__aenter__()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._trial.__aexit__(exc_type, exc, tb)

    async def hear(self, sentence: Sentence) -> Observation:
        self._trial._talks.clear()  # a new conversation
        start = sentence.state or {}
        before = self._declared(start)
        overlay: dict[str, dict[str, Any]] | None = start
        for earlier in sentence.before:
            result = await self._trial.say(earlier, sentence.person, sentence.room, overlay)
            before, overlay = _bare(result.state), None
        result = await self._trial.say(sentence.text, sentence.person, sentence.room, overlay)
        seen = _observe(before, result)
        self._kept = self._kept or any(name in KEEPING for name, _ in seen.did)
        for key, described in self._redescribed().items():
            seen.changes.setdefault(key, {})["name"] = described
        return seen

    async def judge(self, sentence: Sentence) -> Judged:
        try:
            seen = await self.hear(sentence)
        except Exception as error:  # noqa: BLE001 - one sentence failed, not the whole book
            silence = Observation({}, {}, obeyed=False, reply="")
            return Judged(sentence, silence, Verdict.WRONG, f"raised {error!r}")
        verdict, why = judge(sentence, seen, self.scene)
        return Judged(sentence, seen, verdict, why)

    @property
    def spoilt(self) -> bool:
        """Whether the next sentence would find another house: with a device renamed or moved, a
        camera set otherwise, a rule."""
        return self._kept or bool(self._redescribed())

    def _redescribed(self) -> dict[str, dict[str, Any]]:
        known = self._trial.house.devices
        return {
            key: {"name": new.name, "room": new.room, "aliases": new.aliases}
            for key, old in self.scene.devices.items()
            if (new := known[PREFIX + key]) != old
        }

    def _declared(self, overlay: dict[str, dict[str, Any]]) -> Changes:
        return _bare({
            key: {
                kind: ability.said()
                for kind, ability in read_state(
                    changed(device.state, overlay.get(key, {}))
                ).items()
            }
            for key, device in self._trial.file.devices.items()
        })  # fmt: skip


async def run(
    sentences: Iterable[Sentence], houses: Path = HOUSES, brain: Brain = warmed
) -> list[Judged]:
    """Every sentence judged, in the order given; a house is set up again if it is spoilt."""
    judged: list[Judged] = []
    stages: dict[str, Stage] = {}
    async with contextlib.AsyncExitStack() as stack:
        for sentence in sentences:
            if sentence.house not in stages:
                stages[sentence.house] = await stack.enter_async_context(
                    Stage(sentence.house, houses, brain)
                )
            judged.append(await stages[sentence.house].judge(sentence))
            if stages[sentence.house].spoilt:
                del stages[sentence.house]
    return judged


def _observe(before: Changes, result: TrialResult) -> Observation:
    after = _bare(result.state)
    changes: Changes = {}
    for device, abilities in after.items():
        for kind, fields in abilities.items():
            old = before.get(device, {}).get(kind, {})
            if changed := {n: v for n, v in fields.items() if old.get(n) != v}:
                changes.setdefault(device, {})[kind] = changed
    obeyed = False
    done = {Outcome.VERIFIED, Outcome.MOVING, Outcome.CONTRADICTED}
    for receipt in result.receipts:
        command = dict(receipt["command"])
        device = command.pop("device")
        obeyed |= receipt["outcome"] in done
        for kind, fields in command.items():
            if kind in EVENTS and receipt["outcome"] in done:
                changes.setdefault(device, {})[kind] = fields
    for call in result.calls:
        if call["name"] == "snapshot":
            for device in call["arguments"].get("devices", ()):
                changes.setdefault(device, {})["snapshot"] = {}
    return Observation(
        changes, after, obeyed, result.reply, bool(result.confirm), result.milliseconds,
        did=[(c["name"], c["arguments"]) for c in result.calls if c["name"] not in CAPABILITIES],
    )  # fmt: skip


def _bare(state: Changes) -> Changes:
    """As JSON has it, and without the marks of states that are out of reach."""
    return {
        device: {kind: fields for kind, fields in abilities.items() if kind in CAPABILITIES}
        for device, abilities in json.loads(json.dumps(state)).items()
    }
