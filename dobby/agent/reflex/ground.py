"""What every reading of a clause stands on: the house's words, the context, the resolver."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from devices.device import Device
from dobby.agent.calls import Abstention, Context
from dobby.agent.reflex.clauses import Clause, Noun
from dobby.agent.reflex.index import HouseIndex
from dobby.agent.reflex.numbers import Measure
from dobby.agent.reflex.targets import Able, Resolver, Unresolved, Wanted

SLOTS = (
    "ways", "more", "amounts", "attrs", "levels", "whites", "colors", "modes", "armed", "measures",
    "choices", "states",
)  # fmt: skip


@dataclass
class Ground:
    index: HouseIndex
    context: Context
    resolver: Resolver
    touched: list[str] = field(default_factory=list[str])
    asides: list[str] = field(default_factory=list[str])  # said beside what is done
    heeded: list[Noun] = field(default_factory=list[Noun])  # phrases that came to something

    def __post_init__(self) -> None:
        self.resolver.touched = self.touched

    def things(
        self, clause: Clause, wanted: Wanted, unsaid: Noun | None = None, recent: Able | None = None
    ) -> list[Device]:
        """The devices a clause is about.

        Where it names none, those last spoken of stand in if they are ``recent``, else ``unsaid``.

        Raises Unresolved.
        """
        self.heed(*clause.nouns, *clause.excepts)
        nouns = [n for n in map(self._plain, clause.nouns) if n is not None] if (
            clause.valued and not set(clause.ways) & {"on", "off"}
        ) else clause.nouns  # fmt: skip
        nouns = nouns or self._implied(clause, recent or wanted.able, wanted, unsaid)
        ids = self.resolver.resolve(nouns, wanted)
        if clause.excepts:
            sweep = any("everything" in n.quants for n in nouns)
            out = self.resolver.excluded(clause.excepts, ids, sweep)
            ids = [i for i in ids if i not in out]
        self.touched.extend(ids)
        return [self.index.devices[i] for i in ids]

    def heed(self, *nouns: Noun) -> None:
        """Marks phrases as accounted for. What an order leaves unheeded, vetoes it."""
        self.heeded += nouns

    def unheeded(self, nouns: Iterable[Noun]) -> bool:
        """Whether one of these, or of what was made of them, came to nothing."""
        words = {id(noun.words) for noun in self.heeded}  # a changed copy keeps the words
        return any(id(n.words) not in words for n in nouns if not n.pointing)

    def _plain(self, noun: Noun) -> Noun | None:
        """ "It" that stands for nothing: "make it warmer in the hall"."""
        placed = noun.rooms or noun.floors or noun.prons & {"here"}
        if noun.prons - {"here"} != {"it"} or (self.spoken_of() and not placed):
            return noun
        return replace(noun, prons=noun.prons - {"it"}) if placed else None

    def spoken_of(self) -> bool:
        """Whether there is something that "it" may stand for."""
        return bool(self.touched or self.context.dialogue.devices)

    def celsius(self, measure: Measure) -> float:
        """A temperature as it was said, in the speaker's unit unless one was named."""
        fahrenheit = measure.unit == "F" or (measure.unit != "C" and self.context.fahrenheit)
        return (measure.number - 32) * 5 / 9 if fahrenheit else measure.number

    def _implied(
        self, clause: Clause, recent: Able, wanted: Wanted, unsaid: Noun | None
    ) -> list[Noun]:
        spoken = [self.index.devices[d] for d in self.context.dialogue.devices
                  if d in self.index.devices]  # fmt: skip
        room = self.context.room
        elsewhere = room is not None and any(d.room != room for d in spoken)
        able = bool(spoken) and all(wanted.able(d) and recent(d) for d in spoken)
        if able and not elsewhere and not clause.excepts:
            return [Noun(prons={"them"}, words=["them"])]
        if unsaid and not (room and wanted.fallback == ("light",)):
            return [unsaid]
        if room and wanted.fallback:
            return [Noun(prons={"here"}, words=["here"])]
        raise Unresolved(Abstention.AMBIGUOUS, f"What shall {wanted.doing}?")


def only(clause: Clause, *slots: str) -> None:
    """Raises Unresolved if any other slot is filled: more was said than was understood."""
    if any(getattr(clause, slot) for slot in SLOTS if slot not in slots):
        raise not_understood(clause)


def not_understood(clause: Clause) -> Unresolved:
    return Unresolved(
        Abstention.NOT_UNDERSTOOD,
        f"I did nothing: I am not sure what you want with \u201c{clause.text}\u201d. "
        "Can you say it another way?",
    )
