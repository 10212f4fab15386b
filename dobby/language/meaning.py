"""What a sentence says, in no language: frozen data that grounding and planning go on from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["", "%", "degree", "C", "F", "K", "s", "clock"]
How = Literal["", "to", "by", "at"]
PLACES = frozenset({"here", "there", "outside"})  # pronouns that are places


@dataclass(frozen=True, slots=True)
class Measure:
    """A number and what it counts; ``how`` it was said: "to 20", "by 20"."""

    number: float
    unit: Unit = ""
    how: How = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things that a device offers: a favourite, an input, an area, a view."""

    of: str  # media | source | area | genre
    name: str


@dataclass(frozen=True, slots=True)
class Ref:
    """What a phrase picks out: "the two lamps in the hall", "it", "everything upstairs"."""

    names: tuple[frozenset[str], ...] = ()  # per full name said: the devices that have it
    kinds: tuple[str, ...] = ()  # nouns for kinds, in the order said
    rooms: tuple[frozenset[str], ...] = ()  # per place said: the rooms it may be
    floors: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()  # words of names, as they are compared
    orders: tuple[str, ...] = ()  # left, right, first ... last
    quants: frozenset[str] = frozenset()  # all, both, everything, everywhere, other, any, none
    prons: frozenset[str] = frozenset()  # it, them, one, here, there
    plural: bool = False
    count: int | None = None
    exact: bool = False  # a name was said as it is written
    like: bool = False  # its place was called by a word that only stands in for the name
    words: str = ""  # as said, to quote

    @property
    def placed(self) -> bool:
        return bool(self.rooms or self.floors or self.prons & PLACES)

    @property
    def bare(self) -> bool:
        """Only a place, or only how many."""
        return not (self.names or self.kinds or self.parts or self.orders or self.prons - PLACES)


@dataclass(frozen=True, slots=True)
class Wish:
    """What acts and questions share: the things, what of them, and how much."""

    things: tuple[Ref, ...] = ()
    but: tuple[Ref, ...] = ()
    attribute: str = ""  # brightness, volume, climate ...: what of them, where it was said
    measures: tuple[Measure, ...] = ()
    levels: tuple[str, ...] = ()  # a share in percent, or max min low medium high
    how: How = ""  # "to a third", "by a third"
    colors: tuple[str, ...] = ()  # "hue saturation"
    whites: tuple[str, ...] = ()  # kelvin
    modes: tuple[str, ...] = ()  # of heating and cooling
    armed: tuple[str, ...] = ()  # of an alarm
    more: tuple[str, ...] = ()  # "brightness+", "any-", "volume*2"
    degree: str = ""  # bit, step, lot
    choices: tuple[Choice, ...] = ()
    goal: tuple[Ref, ...] = ()  # to where
    source: tuple[Ref, ...] = ()  # from where
    partner: tuple[Ref, ...] = ()  # with what
    also: bool = False  # "in the kitchen, too": what plays goes on where it is
    seconds: float = 0.0  # of a timer
    text: str = ""  # a title, an item, a name: as it was written


@dataclass(frozen=True, slots=True)
class Do:
    """Something shall be so: ``act`` is a plain verb (on, off, set, more, open, play ...)."""

    act: str
    wish: Wish


@dataclass(frozen=True, slots=True)
class Ask:
    """What is so? ``form``: whether, which, count, what, how, any, all, where, who; most, least of
    a value; there: what there is."""

    form: str
    wish: Wish
    state: str = ""  # on, open, locked ...: that is asked about
    about: str = (
        ""  # or an ability and its field: "climate.current"; of what there is: names, rooms
    )


@dataclass(frozen=True, slots=True)
class Held:
    """A wish that is not one for now: negated, later, on a condition, in the past, reported."""

    why: Literal[
        "negation", "future", "condition", "past", "reported", "either", "asked-later", "asked-past"
    ]
    wish: Do | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """Words to Dobby that are about no device: hello, thanks, help, time ..."""

    about: str


Meaning = Do | Ask | Held | Talk


# Times -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Time:
    """A moment or a day as it was said; ``instants`` reckons when that is. Without a day, a part
    of a day is one of every day: "at night"."""

    days: int | None = None  # from today: -1 is yesterday
    weekday: int | None = None  # 0 is Monday
    part: str = ""  # morning, afternoon, evening, night, day
    clock: tuple[int, int] | None = None  # hour and minute
    either: bool = False  # the hour may as well be twelve hours later
    ago: float | None = None  # seconds before now


@dataclass(frozen=True, slots=True)
class Window:
    """From when, until when: "since 8", "between two and four"; None: it was not said."""

    start: Time | None = None
    end: Time | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """ "For an hour"."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Presence:
    """ "While I'm home", "when we are away"."""

    home: bool


When = Time | Window | Duration | Presence


@dataclass(frozen=True, slots=True)
class Timed:
    """When something is meant; ``how``: only then, not then, or always except then."""

    when: When
    how: Literal["", "only", "not", "except"] = ""


# Cameras ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class View:
    """What a place that cameras look at may mean; several where it does not say which."""

    cameras: tuple[str, ...]
    many: bool = False  # "the doors": all of them
    camera: bool = False  # "the door camera", which is nothing but a camera
    room: bool = False  # only the room that it stands in
    unknown: str = ""  # the words for a place where no camera looks


@dataclass(frozen=True, slots=True)
class Watch:
    """What is asked or told of the cameras. ``form`` is the frame that the sentence fits, ``said``
    the categories of its phrases."""

    form: str
    said: frozenset[str] = frozenset()
    sights: tuple[str, ...] = ()  # "person", "animal/cat"
    views: tuple[View, ...] = ()
    zones: tuple[str, ...] = ()  # parts of pictures, by their names
    times: tuple[Timed, ...] = ()
    number: int | None = None
