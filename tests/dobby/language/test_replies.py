"""What people are told of their own house, in six languages: real commands, real receipts."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from fluent.syntax import ast as ftl

from devices.capabilities import (
    Alarm,
    Brightness,
    Capability,
    Chore,
    Climate,
    Color,
    ColorTemperature,
    FanSpeed,
    Group,
    Lock,
    Media,
    Mute,
    Playback,
    PlayMode,
    Position,
    Power,
    Scene,
    Source,
    Tilt,
    TimerEntry,
    Timers,
    Todo,
    TodoItem,
    Volume,
)
from devices.device import Command
from dobby.agent.answers import answer
from dobby.agent.builtins import built_in
from dobby.agent.calls import ToolCall
from dobby.agent.reply import compose
from dobby.agent.states import STATES
from dobby.agent.tool import Caller
from dobby.agent.tools import Toolbox
from dobby.agent.turn import Agent, Said, Talk
from dobby.commands.try_house import PREFIX, Trial
from dobby.language.words import Words
from dobby.people.roles import Person, Role
from tests.dobby.language.test_messages import SIX, messages, nodes
from tests.dobby.plain_reflex import PlainReflex

HOUSE = """
zone: Europe/Berlin
devices:
  lamp: {name: Xylo, kind: light, room: Yuro,
         can: [power, brightness, color, color_temperature]}
  second: {name: Zelda, kind: light, room: Yuro}
  third: {name: Ulmo, kind: light, room: Yuro}
  fourth: {name: Umbra, kind: light, room: Yuro}
  fifth: {name: Ursa, kind: light, room: Yuro}
  dead: {name: Dodo, kind: light, room: Yuro, fault: gone}
  liar: {name: Lugo, kind: light, room: Yuro, state: {power: false}, fault: lie}
  no: {name: Nono, kind: light, room: Yuro, fault: refuse}
  door: {name: Porto, kind: lock, room: Yuro, state: {lock: locked}}
  shade: {name: Rolo, kind: shade, room: Yuro, can: [position, tilt]}
  heat: {name: Termo, kind: thermostat, room: Yuro,
         can: [{climate: {min: 5, max: 30, choices: ["off", heat]}}],
         state: {climate: {mode: heat, target: 20, current: 19.5}}}
  fan: {name: Vento, kind: fan, room: Yuro}
  robot: {name: Robo, kind: vacuum, room: Yuro, state: {chore: docked}}
  alarm: {name: Larmo, kind: alarm, room: Yuro, state: {alarm: night}}
  scene: {name: Sceno, kind: scene, room: Yuro}
  list: {name: Listo, kind: list, room: Yuro, can: [todo]}
  clock: {name: Timo, kind: timer, room: Yuro, can: [timers]}
  tv: {name: Tivo, kind: tv, room: Yuro}
  box: {name: Boxo, kind: speaker, room: Yuro, state: {volume: 20}}
  box2: {name: Buxo, kind: speaker, room: Yuro}
  eye: {name: Senso, kind: sensor, room: Yuro,
        state: {reading: {temperature: 21.5, humidity: 40, battery: 12, motion: true, leak: false}}}
"""
NAMES = set(re.findall(r"name: (\w+)|room: (\w+)", HOUSE))
OLGA = Person("olga", "Olga", Role.OWNER)
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)

COMMANDS: tuple[tuple[str, Capability], ...] = (
    ("lamp", Power(on=True)), ("lamp", Brightness(percent=40)),
    ("lamp", Color(hue=0, saturation=90)), ("lamp", ColorTemperature(kelvin=2700)),
    ("door", Lock(locked=False)), ("shade", Position(percent=40)), ("shade", Tilt(percent=30)),
    ("heat", Climate(target=21.5)), ("heat", Climate(mode="off")), ("heat", Climate(target=40)),
    ("heat", Climate(mode="cool")), ("fan", FanSpeed(percent=50)),
    ("robot", Chore(activity="working")), ("alarm", Alarm(mode="away")),
    ("scene", Scene(active=True)), ("list", Todo(items=(TodoItem(text="Xylo"),))),
    ("clock", Timers(entries=(TimerEntry(seconds=90, name="Xylo"),))),
    ("tv", Source(name="Xylo")), ("box", Volume(percent=30)), ("box", Mute(muted=True)),
    ("box", Playback(state="playing")), ("box", Media(item="Xylo")),
    ("box", PlayMode(shuffle=True, repeat="one")), ("box2", Group(leader=f"{PREFIX}box")),
    ("door", Brightness(percent=3)), ("dead", Power(on=True)), ("liar", Power(on=True)),
)  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def trial(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Trial]:
    path: Path = tmp_path_factory.mktemp("house") / "house.yaml"
    path.write_text(HOUSE)
    async with Trial(path) as trial:
        yield trial


async def told(trial: Trial, language: str, *asked: tuple[str, Capability]) -> str:
    receipts = await trial.house.apply([Command(device=PREFIX + d, set=c) for d, c in asked])
    return compose(receipts, trial.house.devices, Words(language))


def vocabulary(language: str) -> set[str]:
    """Every word that the messages of a language are made of."""
    texts = [
        node.value if isinstance(node, ftl.TextElement) else str(getattr(node, "value", ""))
        for message in messages(language).values()
        for node in nodes(message)
        if isinstance(node, (ftl.TextElement, ftl.StringLiteral))
    ]
    return set(words_of(" ".join(texts)))


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def foreign_words(text: str, language: str, *also: str) -> set[str]:
    """The words of a reply that are no words of its language, names and units apart."""
    names = {part.casefold() for pair in NAMES for part in pair if part}
    units = words_of(" ".join(Words(language).duration(s) for s in (1, 2, 5, 60, 120, 300, 3600)))
    listed = words_of(Words(language).names(["", "", ""]))
    own = vocabulary(language) | names | {*units, *listed, "lux", *map(str.casefold, also)}
    return set(words_of(text)) - own


@pytest.mark.parametrize("language", SIX)
@pytest.mark.asyncio(loop_scope="module")
async def test_every_receipt_is_said_in_words_of_that_language(trial: Trial, language: str) -> None:
    for command in COMMANDS:
        said = await told(trial, language, command)
        assert said.endswith("."), said
        assert foreign_words(said, language) == set(), said


@pytest.mark.parametrize("language", SIX)
@pytest.mark.asyncio(loop_scope="module")
async def test_every_answer_is_said_in_words_of_that_language(trial: Trial, language: str) -> None:
    words, house = Words(language), trial.house
    devices = list(house.devices)
    questions = [{"form": form, "value": value} for value in STATES
                 for form in ("which", "any", "whether", "count", "all")]  # fmt: skip
    questions += [{"form": "what"}, {"form": "where"}, {"about": "media"},
                  {"about": "climate", "field": "target"}, {"about": "climate", "field": "current"},
                  {"about": "reading", "field": "humidity"}]  # fmt: skip
    for asked in questions:
        for meant in (devices, devices[:1], devices[:2]):
            said = answer(ToolCall(name="read_state", arguments={**asked, "devices": meant}),
                          house, words)  # fmt: skip
            assert foreign_words(said, language) == set(), (asked, said)


EXPECTED: dict[str, Sequence[str]] = {
    "en": (
        "Xylo is on and at 40%.",
        "Xylo and Zelda are off.",
        "5 lights in Yuro are on.",
        "Zelda is on; Dodo did not answer.",
        "Termo takes at most 30 °C, not 40 °C.",
        "Porto cannot do that (brightness).",
    ),
    "de": (
        "Xylo ist an und auf 40 %.",
        "Xylo und Zelda sind aus.",
        "5 Lichter (Yuro) sind an.",
        "Zelda ist an; Dodo hat nicht geantwortet.",
        "Termo kann nur höchstens 30 °C, nicht 40 °C.",
        "Porto kann das nicht (Helligkeit).",
    ),
    "fr": (
        "Xylo : c'est allumé et à 40 %.",
        "Xylo et Zelda : c'est éteint.",
        "5 lumières (Yuro) : c'est allumé.",
        "Zelda : c'est allumé; Dodo : pas de réponse.",
        "Termo : seulement 30 °C au plus, pas 40 °C.",
        "Porto : ce n'est pas possible (luminosité).",
    ),
    "es": (
        "Xylo: encendido y al 40 %.",
        "Xylo y Zelda: apagado.",
        "5 luces (Yuro): encendido.",
        "Zelda: encendido; Dodo: sin respuesta.",
        "Termo: solo 30 °C como máximo, no 40 °C.",
        "Porto: eso no es posible (brillo).",
    ),
    "nl": (
        "Xylo staat aan en op 40%.",
        "Xylo en Zelda staan uit.",
        "5 lampen (Yuro) staan aan.",
        "Zelda staat aan; Dodo heeft niet geantwoord.",
        "Termo kan alleen hoogstens 30 °C, niet 40 °C.",
        "Porto kan dat niet (helderheid).",
    ),
    "pl": (
        "Xylo: włączone i jasność 40%.",
        "Xylo i Zelda: wyłączone.",
        "5 świateł (Yuro): włączone.",
        "Zelda: włączone; Dodo: brak odpowiedzi.",
        "Termo: tylko najwyżej 30 °C, nie 40 °C.",
        "Porto: to niemożliwe (jasność).",
    ),
}


@pytest.mark.parametrize("language", SIX)
@pytest.mark.asyncio(loop_scope="module")
async def test_receipts(trial: Trial, language: str) -> None:
    on, off = Power(on=True), Power(on=False)
    said = [
        await told(trial, language, ("lamp", on), ("lamp", Brightness(percent=40))),
        await told(trial, language, ("lamp", off), ("second", off)),
        await told(trial, language, *((d, on) for d in ("lamp", "second", "third", "fourth",
                                                        "fifth"))),
        await told(trial, language, ("dead", on), ("second", on)),
        await told(trial, language, ("heat", Climate(target=40))),
        await told(trial, language, ("door", Brightness(percent=3))),
    ]  # fmt: skip
    assert said == list(EXPECTED[language])


CODES = {
    "en": (
        "To unlock the lock in “Yuro”, called “Porto”, send {} within two minutes.",
        "Porto is unlocked.",
    ),
    "de": (
        "Wenn ich das tun soll (Schloss „Porto“ (Raum: Yuro) aufschließen), sende {} "
        "innerhalb von zwei Minuten.",
        "Porto ist aufgeschlossen.",
    ),
    "fr": (
        "Pour déverrouiller serrure « Porto » (pièce : Yuro), envoie {} dans les deux minutes.",
        "Porto : c'est déverrouillé.",
    ),
    "es": (
        "Para quitar la llave: cerradura «Porto» (lugar: Yuro), envía {} "
        "en los próximos dos minutos.",
        "Porto: sin la llave echada.",
    ),
    "nl": (
        "Als ik dat moet doen (slot “Porto” (kamer: Yuro) van het slot halen), "
        "stuur dan binnen twee minuten {}.",
        "Porto is van het slot.",
    ),
    "pl": (
        "Żeby otworzyć z klucza: zamek o nazwie „Porto” (miejsce: Yuro), "
        "wyślij {} w ciągu dwóch minut.",
        "Porto: otwarte z klucza.",
    ),
}


@pytest.mark.parametrize("language", SIX)
@pytest.mark.asyncio(loop_scope="module")
async def test_a_code_is_asked_for_and_obeyed(trial: Trial, language: str) -> None:
    await told(trial, language, ("door", Lock(locked=True)))
    agent = Agent(trial.house, Toolbox(trial.house, built_in(trial.house)), PlainReflex())
    caller = Caller(OLGA, NOON, language=language)
    asked = await agent.turn(Said("unlock the porto", caller), Talk())
    (code,) = asked.codes
    question, done = CODES[language]
    assert asked.reply == question.format(code)
    wrong = await agent.turn(Said("0000", caller), asked.talk)
    assert wrong.reply == Words(language).say("wrong-code")
    assert (await agent.turn(Said(code, caller), asked.talk)).reply == done


@pytest.mark.parametrize("language", SIX)
@pytest.mark.asyncio(loop_scope="module")
async def test_who_may_not_is_told_so_in_their_language(trial: Trial, language: str) -> None:
    agent = Agent(trial.house, Toolbox(trial.house, built_in(trial.house)), PlainReflex())
    ben = Caller(Person("ben", "Ben", Role.CHILD), NOON, language=language)
    refused = (await agent.turn(Said("unlock the porto", ben), Talk())).reply
    assert refused == Words(language).say("may-not", role="child", name="Porto")
    assert foreign_words(refused, language) == set()
