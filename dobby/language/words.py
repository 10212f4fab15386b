"""What a person is told, in their language: messages of one folder a language, put into words.

``dobby/language/<language>/*.ftl`` are Fluent files; numbers, units, lists and dates are CLDR's, by
Babel. A language is read when it is first spoken. What a language lacks is said in English.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_number

log = logging.getLogger(__name__)

HOME = Path(__file__).parent
ENGLISH = "en"
_SPACES = re.compile(r"[\u00a0\u202f]")  # one of these makes a text message twice as long


@dataclass(frozen=True)
class Celsius:
    """A temperature that is to be said in a person's own degrees."""

    degrees: float


@dataclass(frozen=True)
class Several:
    """Things that are told one after the other; ``choice``: one of them is asked for."""

    items: tuple[str | Message, ...]
    choice: bool = False


@dataclass(frozen=True)
class Message:
    """Something to be said, in no language yet: what code carries until it is known to whom."""

    id: str
    args: Mapping[str, Argument] = field(default_factory=dict[str, "Argument"])


Argument = str | int | float | Celsius | Several | Message


def message(id: str, **args: Argument) -> Message:
    return Message(id, args)


@cache
def languages() -> tuple[str, ...]:
    """The languages there are messages in: a folder each."""
    return tuple(sorted(path.name for path in HOME.iterdir() if any(path.glob("*.ftl"))))


@dataclass(frozen=True)
class Words:
    """How one person is spoken to: their language and their degrees."""

    language: str = ENGLISH
    fahrenheit: bool = False

    def say(self, id: str, **args: Argument) -> str:
        """The message with these arguments. Raises KeyError where there is none of that id."""
        return _language(self.language).say(id, {k: self._put(v) for k, v in args.items()})

    def warm(self) -> None:
        """Read the language now, so that the first message is as fast as the next."""
        _language(self.language)

    def put(self, message: Message | str) -> str:
        """A message in words; text stays as it is."""
        return message if isinstance(message, str) else self.say(message.id, **message.args)

    def _put(self, value: Argument) -> str | int:
        match value:
            case Celsius(degrees):
                return self.temperature(degrees)
            case Several(items, choice):
                said = [self.put(item) for item in items]
                return self.choice(said) if choice else self.names(said)
            case Message():
                return self.put(value)
            case float():
                return self.number(value, 2)
            case _:
                return value

    def names(self, items: Sequence[str]) -> str:
        """ "a", "a and b", "a, b and c"."""
        return format_list(items, "standard", _language(self.language).locale)

    def choice(self, items: Sequence[str]) -> str:
        """ "a, b or c"."""
        return format_list(items, "or", _language(self.language).locale)

    def number(self, value: float, digits: int = 0) -> str:
        """Rounded to so many digits behind the point, without needless noughts."""
        shape = f"0.{'#' * digits}" if digits else "0"
        rounded = round(value, digits) + 0.0  # and no "-0"
        return _plain(format_decimal(rounded, shape, _language(self.language).locale))

    def percent(self, value: float, digits: int = 0) -> str:
        return self.say("percent", n=self.number(value, digits))

    def temperature(self, celsius: float) -> str:
        """In this person's degrees, with the unit."""
        if self.fahrenheit:
            return self.say("fahrenheit", degrees=self.number(celsius * 9 / 5 + 32))
        return self.say("celsius", degrees=self.number(celsius, 1))

    def duration(self, seconds: float) -> str:
        """ "1 hour 5 minutes", "1 minute 30 seconds"."""
        whole = round(seconds)
        parts = {"hour": whole // 3600, "minute": whole % 3600 // 60, "second": whole % 60}
        said = {unit: count for unit, count in parts.items() if count} or {"second": 0}
        return " ".join(self._unit(count, unit) for unit, count in said.items())

    def _unit(self, count: int, unit: str) -> str:
        locale = _language(self.language).locale
        return _plain(format_unit(count, f"duration-{unit}", locale=locale))

    def date(self, day: date) -> str:
        """A day in full: "Monday, 30 November 2026"."""
        return format_date(day, self.say("date-pattern"), _language(self.language).locale)

    def day(self, day: date, year: bool = False) -> str:
        """ "3 May", "3 May 2025"."""
        pattern = self.say("day-year-pattern" if year else "day-pattern")
        return format_date(day, pattern, _language(self.language).locale)

    def time(self, moment: datetime) -> str:
        """The time of day: "18:05"."""
        return f"{moment:%H:%M}"


class _Language:
    """One language, read from its folder."""

    def __init__(self, language: str) -> None:
        self._bundle = FluentBundle([language], use_isolating=False)
        for path in sorted((HOME / language).glob("*.ftl")):
            self._bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
        self.language = language
        self.locale = Locale.parse(self.say("locale", {}))

    def say(self, name: str, args: Mapping[str, str | int]) -> str:
        if not self._bundle.has_message(name):
            if self.language == ENGLISH:
                raise KeyError(name)
            log.error("%s has no message %s", self.language, name)
            return _language(ENGLISH).say(name, args)
        pattern = self._bundle.get_message(name).value
        if pattern is None:
            raise KeyError(name)
        said, errors = self._bundle.format_pattern(pattern, _numbers(args))
        for error in errors:
            log.error("%s in %s: %s", name, self.language, error)
        return str(said)


@cache
def _language(language: str) -> _Language:
    return _Language(language if language in languages() else ENGLISH)


def _numbers(args: Mapping[str, str | int]) -> dict[str, Any]:
    """Numbers are written without marks between thousands."""
    return {
        name: fluent_number(value, useGrouping=False) if isinstance(value, int) else value
        for name, value in args.items()
    }


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text)
