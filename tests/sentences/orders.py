"""The orders of the book that the reflex brain understands, as it alone reads them.

No house is driven: what a sentence says is compared with what another says, call by call.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from devices.capabilities import CAPABILITIES
from devices.virtual.declared import HouseFile, changed, load, read_state
from dobby.agent.calls import Context, Dialogue, ToolCall, Understanding
from dobby.language.brain import Language
from dobby.language.lexicon import lexicon
from tests.dobby.language.conftest import View, declared
from tests.sentences import book

NOW = datetime(2026, 3, 1, 20, 15)


@dataclass(frozen=True)
class Order:
    """A sentence that is obeyed, and in what it was said."""

    sentence: book.Sentence
    context: Context
    reflex: Language
    meant: Understanding

    @property
    def text(self) -> str:
        """The order without the mark at its end."""
        return self.sentence.text.strip().rstrip(" .!?")

    @property
    def begins_with_a_verb(self) -> bool:
        words = lexicon("en")
        starts = words.at(words.tokenise(self.text), 0)
        return any(entry.category == "act" for _, entries in starts for entry in entries)

    def reworded(self, text: str) -> Understanding:
        """What another sentence comes to, said in place of this one."""
        return self.reflex.understand(text, self.context)


def orders() -> Iterator[Order]:
    """Every sentence of the book that is to change a device, and does."""
    reflex = Language()
    for sentence in book.load():
        if not any(outcome.expect for outcome in sentence.outcomes):
            continue
        context = _context(sentence, reflex)
        meant = reflex.understand(sentence.text, context)
        if acts(meant):
            yield Order(sentence, context, reflex, meant)


def acts(understood: Understanding) -> bool:
    """Whether a device is to change."""
    return not understood.abstained and any(c.name in CAPABILITIES for c in understood.calls)


def deed(calls: Sequence[ToolCall]) -> list[str]:
    """Calls as they compare: in any order, of devices in any order."""
    return sorted(json.dumps(_plain(call), sort_keys=True, default=str) for call in calls)


def _plain(call: ToolCall) -> dict[str, object]:
    devices = {"devices": sorted(call.arguments.get("devices", ()))}
    return {"tool": call.name, **call.arguments, **devices}


@cache
def _file(house: str) -> tuple[HouseFile, View]:
    path = book.HOUSES / f"{house}.yaml"
    return load(path), declared(path)


def _context(sentence: book.Sentence, reflex: Language) -> Context:
    """The house as its file has it, after what was said before (which is not done)."""
    file, view = _file(sentence.house)
    overlay = sentence.state or {}
    view.states = {
        key: read_state(changed(device.state, overlay.get(key, {})))
        for key, device in file.devices.items()
    }
    dialogue = Dialogue()
    for earlier in sentence.before:
        dialogue = reflex.understand(earlier, _in(file, view, sentence, dialogue)).dialogue
    return _in(file, view, sentence, dialogue)


def _in(file: HouseFile, view: View, sentence: book.Sentence, dialogue: Dialogue) -> Context:
    fahrenheit = file.units == "fahrenheit"
    return Context(view, NOW, sentence.room, dialogue, fahrenheit, file.language)
