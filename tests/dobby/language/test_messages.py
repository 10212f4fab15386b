"""The messages of all languages against each other, and against the code that says them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

import dobby
from dobby.language.words import HOME, Words, languages

SIX = ("de", "en", "es", "fr", "nl", "pl")
OF_LOCALE = {
    "locale",
    "date-pattern",
    "day-pattern",
    "day-year-pattern",
}  # said by the module of words itself


@cache
def messages(language: str) -> dict[str, ftl.Message]:
    found: dict[str, ftl.Message] = {}
    for path in sorted((HOME / language).glob("*.ftl")):
        resource = FluentParser().parse(path.read_text(encoding="utf-8"))
        for entry in resource.body:
            assert not isinstance(entry, ftl.Junk), f"{path.name}: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{entry.id.name} is there twice in {language}"
                found[entry.id.name] = entry
    return found


def nodes(node: object) -> Iterator[object]:
    yield node
    if isinstance(node, ftl.BaseNode):
        for name, value in vars(node).items():
            if name != "span":
                for one in value if isinstance(value, list) else [value]:
                    yield from nodes(one)


def references(language: str, name: str) -> set[str]:
    """The messages that a message is made of."""
    return {n.id.name for n in nodes(messages(language)[name])
            if isinstance(n, ftl.MessageReference)}  # fmt: skip


def shown(language: str, name: str) -> set[str]:
    """The arguments that stand in the text, through whatever message; those that only choose
    between forms are a language's own affair."""
    found: set[str] = set()
    for node in nodes(messages(language)[name]):
        match node:
            case ftl.Placeable(expression=ftl.VariableReference(id=own)):
                found.add(own.name)
            case ftl.MessageReference(id=own):
                found |= shown(language, own.name)
            case _:
                pass
    return found


def all_arguments(language: str, name: str) -> set[str]:
    own = {n.id.name for n in nodes(messages(language)[name])
           if isinstance(n, ftl.VariableReference)}  # fmt: skip
    return own.union(*(all_arguments(language, other) for other in references(language, name)))


@cache
def code() -> list[ast.AST]:
    root = Path(dobby.__file__).parent
    return [node for path in sorted(root.rglob("*.py"))
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]  # fmt: skip


@cache
def constants() -> frozenset[str]:
    return frozenset(
        n.value for n in code() if isinstance(n, ast.Constant) and isinstance(n.value, str)
    )


def calls() -> Iterator[tuple[str, set[str]]]:
    """Every message that the code says by its id, with the names of the arguments."""
    for node in code():
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        if name not in {"say", "message", "Message", "Unclear"}:
            continue
        if name == "Unclear":  # its arguments are put into the message by ``declined``
            match node.args[1]:
                case ast.Constant(value=str(said)):
                    yield said, all_arguments("en", said)
                case _:
                    pass
            continue
        given = {k.arg for k in node.keywords if k.arg}
        for more in node.args[1:]:
            if isinstance(more, ast.Dict):
                given |= {k.value for k in more.keys if isinstance(k, ast.Constant)}
        match node.args[0]:
            case ast.Constant(value=str(said)):
                yield said, given
            case ast.IfExp(body=ast.Constant(value=str(one)), orelse=ast.Constant(value=str(two))):
                for said in (one, two):
                    yield said, given
            case _:
                pass


def test_there_are_six_languages() -> None:
    assert languages() == SIX


@pytest.mark.parametrize("language", SIX)
def test_every_message_that_is_said_is_there_with_its_arguments(language: str) -> None:
    said = list(calls())
    assert len({name for name, _ in said}) > 150
    for name, given in said:
        assert name in messages(language), f"{language} lacks {name}"
        missing = all_arguments(language, name) - given
        assert not missing, f"{name} in {language} wants {missing}"


@pytest.mark.parametrize("language", SIX)
def test_a_language_says_what_the_others_say(language: str) -> None:
    for name in messages("en").keys() & constants() - OF_LOCALE:
        assert name in messages(language), f"{language} lacks {name}"
        assert shown(language, name) == shown("en", name), f"{name} in {language}"


@pytest.mark.parametrize("language", SIX)
def test_no_message_is_there_for_nothing(language: str) -> None:
    used = set[str]().union(*(references(language, name) for name in messages(language)))
    assert messages(language).keys() - constants() - used - OF_LOCALE == set()


@pytest.mark.parametrize("language", SIX)
def test_a_selection_offers_the_same_choices(language: str) -> None:
    """A state, a kind or a mode that a language forgot would be called by the last of its list."""
    for name in messages("en").keys() & messages(language).keys():
        theirs, ours = choices(language, name), choices("en", name)
        for argument in theirs.keys() & ours.keys():
            assert theirs[argument] == ours[argument], f"{name}, ${argument} in {language}"


def choices(language: str, name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for node in nodes(messages(language)[name]):
        match node:
            case ftl.SelectExpression(selector=ftl.VariableReference(id=own), variants=variants):
                keys = {v.key.name for v in variants if isinstance(v.key, ftl.Identifier)}
                if not keys & {"one", "few", "many", "other"}:
                    found.setdefault(own.name, set()).update(keys)
            case _:
                pass
    return found


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "a, b and c|a or b|1.5|40%|21.5 °C|1 hour 5 minutes|Monday, 30 November 2026"),
        ("de", "a, b und c|a oder b|1,5|40 %|21,5 °C|1 Stunde 5 Minuten|Montag, 30. November 2026"),
        ("fr", "a, b et c|a ou b|1,5|40 %|21,5 °C|1 heure 5 minutes|lundi 30 novembre 2026"),
        ("es", "a, b y c|a o b|1,5|40 %|21,5 °C|1 hora 5 minutos|lunes, 30 de noviembre de 2026"),
        ("nl", "a, b en c|a of b|1,5|40%|21,5 °C|1 uur 5 minuten|maandag 30 november 2026"),
        (
            "pl",
            "a, b i c|a lub b|1,5|40%|21,5 °C|1 godzina 5 minut|poniedziałek, 30 listopada 2026",
        ),
    ],
)
def test_numbers_units_lists_and_dates_are_the_language_s(language: str, expected: str) -> None:
    words = Words(language)
    said = (
        words.names(["a", "b", "c"]),
        words.choice(["a", "b"]),
        words.number(1.5, 1),
        words.percent(40),
        words.temperature(21.5),
        words.duration(3900),
        words.date(date(2026, 11, 30)),
    )
    assert "|".join(said) == expected


def test_a_language_that_is_not_there_is_answered_in_english() -> None:
    assert Words("tlh").say("hello") == Words().say("hello")


@pytest.mark.parametrize("count", [1, 2, 5, 22])
def test_polish_counts_in_three_ways(count: int) -> None:
    said = {1: "1 lista", 2: "2 listy", 5: "5 list", 22: "22 listy"}
    assert Words("pl").say("kinds-counted", n=count, kind="list") == said[count]
