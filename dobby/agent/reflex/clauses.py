"""What a sentence asks for, as data: clauses, and the phrases in them that name things."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from dobby.agent.reflex.index import Name
from dobby.agent.reflex.numbers import Measure
from dobby.agent.reflex.spans import Span


@dataclass
class Noun:
    """One phrase for things: "the two lamps in the hall", "it", "everything upstairs"."""

    names: list[tuple[Name, ...]] = field(default_factory=list[tuple[Name, ...]])
    rooms: list[frozenset[str]] = field(default_factory=list[frozenset[str]])
    floors: list[str] = field(default_factory=list[str])
    kinds: list[str] = field(default_factory=list[str])  # in the order said; the last is the head
    parts: list[str] = field(default_factory=list[str])
    orders: list[str] = field(default_factory=list[str])
    quants: set[str] = field(default_factory=set[str])
    prons: set[str] = field(default_factory=set[str])
    plural: bool = False
    count: int | None = None
    prep: str = ""
    mine: bool = False
    nested: bool = False  # "the kitchen light in the hall": in both rooms, and so in none
    words: list[str] = field(default_factory=list[str])
    twins: list[tuple[Name, ...]] = field(default_factory=list[tuple[Name, ...]])  # named as a room
    exact: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def place_only(self) -> bool:
        placed = bool(self.rooms or self.floors) or bool(self.prons & {"here", "there"})
        return (
            placed
            and not (self.names or self.kinds or self.parts or self.orders)
            and not (self.prons - {"here", "there"} or self.quants)
        )

    @property
    def headless_quant(self) -> bool:
        """ "Everywhere", "both": says how many, not what."""
        return bool(self.quants & {"everywhere", "both"}) and not (
            self.kinds or self.names or self.parts or self.rooms or self.floors
        )

    @property
    def pointing(self) -> bool:
        """ "It", "that": says nothing of its own."""
        return not (
            self.names or self.rooms or self.floors or self.kinds or self.parts or self.orders
            or self.quants
        ) and bool(self.prons)  # fmt: skip

    @property
    def thing(self) -> bool:
        return not self.place_only

    @property
    def headless(self) -> bool:
        return not (self.kinds or self.names or self.prons or self.quants)

    def absorb(self, other: Noun) -> None:
        for name in ("names", "rooms", "floors", "kinds", "parts", "orders", "words", "exact",
                     "twins"):  # fmt: skip
            getattr(self, name).extend(getattr(other, name))
        self.quants |= other.quants
        self.prons |= other.prons
        self.plural |= other.plural


_HEATING = frozenset({"heating", "heat", "radiator", "radiators"})


def heating(noun: Noun) -> bool:
    """Whether a thing is called by what it shall do: "the heating", "hall radiator"."""
    return noun.kinds[-1:] == ["heating"] or bool(noun.words and noun.words[-1] in _HEATING)


@dataclass
class Clause:
    """One wish. ``loose`` holds the words that found no place: any of them vetoes the clause."""

    verbs: frozenset[str] = frozenset()
    verb_text: str = ""
    ways: list[str] = field(default_factory=list[str])
    more: list[str] = field(default_factory=list[str])
    amounts: list[str] = field(default_factory=list[str])
    attrs: list[str] = field(default_factory=list[str])
    levels: list[str] = field(default_factory=list[str])
    whites: list[str] = field(default_factory=list[str])
    colors: list[str] = field(default_factory=list[str])
    modes: list[str] = field(default_factory=list[str])
    armed: list[str] = field(default_factory=list[str])
    measures: list[Measure] = field(default_factory=list[Measure])
    states: list[str] = field(default_factory=list[str])
    choices: list[Name] = field(default_factory=list[Name])
    nouns: list[Noun] = field(default_factory=list[Noun])
    excepts: list[Noun] = field(default_factory=list[Noun])
    guards: list[str] = field(default_factory=list[str])
    loose: list[str] = field(default_factory=list[str])
    spans: list[Span] = field(default_factory=list[Span])
    excepting: bool = False
    kept: list[str] = field(default_factory=list[str])  # "except leave the hall on": on

    @property
    def valued(self) -> bool:
        return bool(
            self.ways or self.more or self.levels or self.whites or self.colors or self.modes
            or self.armed or self.measures or self.choices or self.amounts
        )  # fmt: skip

    @property
    def acts(self) -> bool:
        return bool(self.verbs) or self.valued

    @property
    def text(self) -> str:
        return " ".join(s.text for s in self.spans)

    def says(self) -> set[str]:
        """The names of all slots that something was said for."""
        return {f.name for f in fields(self) if getattr(self, f.name)} - {"spans", "verb_text"}

    def absorb(self, other: Clause) -> None:
        """Takes over all that ``other`` says, slot by slot; a second verb finds no place."""
        for slot in other.says() - {"verbs", "excepting"}:
            getattr(self, slot).extend(getattr(other, slot))
        self.spans += other.spans
        self.excepting |= other.excepting
        if other.verbs and self.verbs:
            self.loose.append(other.verb_text)
        elif other.verbs:
            self.verbs, self.verb_text = other.verbs, other.verb_text


def wants(clause: Clause) -> bool:
    """Whether the sentence opens by asking for a thing: "I need the desk lamp"."""
    start = clause.text.removeprefix("please ")
    return start.startswith(
        (
            "i need",
            "we need",
            "i want",
            "can i have",
            "could i have",
            "can i get",
            "can we have",
            "let there be",
            "may i have",
            "i would like",
        )
    )
