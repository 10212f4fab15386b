"""Letting in what waits on the network, and giving it up again: which is meant, what came of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

import yaml

from devices.bridges import Bridge
from devices.device import Device, DeviceError, Proof, UnknownDevice, clean_name
from devices.house import House, Stranger
from dobby.agent.tool import Caller, CallError
from dobby.language.words import ENGLISH, HOME, Words, message

FEW = 12

Waiting = Mapping[str, Stranger]


@cache
def _telling(language: str) -> Mapping[str, Sequence[str]]:
    """What tells nothing beside a name, and what the things of a family are called."""
    path = HOME / language / "pairing.yaml"
    if not path.exists():
        return _telling(ENGLISH)
    return cast("Mapping[str, Sequence[str]]", yaml.safe_load(path.read_text(encoding="utf-8")))


class Pairing:
    """The tools that pair and forget. A name is obeyed exactly or not at all: nothing that was not
    named is paired for being the only one that waits."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def pair(self, arguments: dict[str, Any], caller: Caller) -> str:
        what = str(arguments.get("what") or "")
        pin = caller.secret or str(arguments.get("pin") or "")
        words = caller.wording
        waiting = {key: s for key, s in self._house.strangers.items() if s.needs}
        if not waiting:
            return words.say("pairing-nothing")
        called = _called(waiting, words)
        meant = _meant(what, waiting, called, words.language)
        if len(meant) > 1 and (pin or not what):  # who gives no code has pressed a button
            meant = [key for key in meant if waiting[key].needs == _proof(pin)]
        if not meant:
            return _none_such(what, list(called.values()), words)
        if len(meant) > 1:
            which = [called[key] for key in meant]
            return words.say("pairing-which", waiting=words.choice(which), first=which[0])
        (key,) = meant
        try:
            devices = await self._house.pair(key, pin or None)
        except DeviceError as error:
            return str(error)
        return paired(devices, words)

    def deed(self, arguments: dict[str, Any], caller: Caller) -> str:
        """A code is the person's to give: for a model it is a guess, or was read somewhere.

        Raises CallError."""
        if caller.by_model and (arguments.get("pin") or caller.secret):
            raise CallError(message("pairing-plainly"))
        what = clean_name(str(arguments.get("what") or caller.wording.say("what-waits")))
        return caller.wording.say("do-pair", what=what)

    async def forget(self, arguments: dict[str, Any], caller: Caller) -> str:
        what, words = str(arguments.get("what") or ""), caller.wording
        try:
            bridge = self._one(what, words)
            left = await self._house.forget(bridge.id)
        except DeviceError as error:
            return str(error)
        kept = words.say("names-stay") if bridge.devices else ""
        said = [words.say("unpaired", whole=_whole(bridge, words)), kept, left]
        return " ".join(part for part in said if part)

    def forgetting(self, arguments: dict[str, Any], caller: Caller) -> str:
        """What forgetting would do, in words; as it was said where nothing is called so.

        Raises CallError for a camera."""
        what, words = str(arguments.get("what") or "that"), caller.wording
        try:
            bridge = self._one(what, words)
        except DeviceError:
            return words.say("do-unpair", what=what)
        if _is_camera(bridge):
            raise CallError(message("not-unpaired", name=bridge.name))
        return words.say("do-unpair", what=_whole(bridge, words))

    def _one(self, what: str, words: Words) -> Bridge:
        """The bridge or single accessory that is meant. Raises UnknownDevice."""
        known = self._house.bridges
        strangers = {k: Stranger(b.heard, b.id.partition(":")[0]) for k, b in known.items()}
        called = {key: bridge.name for key, bridge in known.items()}
        said = _words(what, words.language)
        meant = _meant(what, strangers, called, words.language) if said else []
        own = [key for key in meant if len(known[key].devices) != 1] or meant  # a bridge, if any
        if not own:
            raise UnknownDevice(words.say("paired-with-none", what=what[:64]))
        if len(own) > 1:
            names = words.choice([called[key] for key in own])
            raise UnknownDevice(words.say("unpair-which", names=names))
        return known[own[0]]


def _is_camera(bridge: Bridge) -> bool:
    return bool(bridge.devices) and all(d.kind == "camera" for d in bridge.devices)


def _whole(bridge: Bridge, words: Words) -> str:
    count = len(bridge.devices)
    return words.say("with-all", name=bridge.name, n=count) if count > 1 else bridge.name


def paired(devices: Sequence[Device], words: Words) -> str:
    """What a pairing came to, in words."""
    if not devices:
        return words.say("pairing-empty")
    return words.say("paired", devices=inventory(devices, words))


def _meant(what: str, waiting: Waiting, called: Mapping[str, str], language: str) -> list[str]:
    """The keys of those that these words name: by the whole name, or else by every word."""
    words = _words(what, language)
    if not words:
        return list(waiting)
    exact = [k for k, name in called.items() if _squeezed(what, *words) & _squeezed(name)]
    return exact or [
        k for k, s in waiting.items() if all(_says(word, s, language) for word in words)
    ]


def _called(waiting: Waiting, words: Words) -> dict[str, str]:
    """What each is called here; where two bear one name, with the address that tells them apart."""
    of_name = Counter(s.name.casefold() for s in waiting.values())
    of_host = Counter((s.name.casefold(), s.heard.host) for s in waiting.values())
    called: dict[str, str] = {}
    for key, s in waiting.items():
        name, host = s.name.casefold(), s.heard.host
        at = host if of_host[name, host] == 1 else f"{host}:{s.heard.port}"
        apart = words.say("pairing-at", name=s.name, address=at)
        called[key] = s.name if of_name[name] == 1 else apart
    return called


def _says(word: str, stranger: Stranger, language: str) -> bool:
    """Whether a word is one of those that a stranger goes by."""
    heard, family = stranger.heard, stranger.family or ""
    if word in (heard.host, f"{heard.host}:{heard.port}"):
        return True
    made = _telling(language).get(family, (family,))
    told = " ".join((stranger.name, *made, *heard.properties.values()))
    singular = word.removesuffix("s")
    squeezed = _squeeze(stranger.name)
    own = set(_words(told, language))
    return {word, singular} & own != set() or (len(word) > 3 and word in squeezed)


def _words(text: str, language: str) -> list[str]:
    said = re.findall(r"[^\W_]+(?:[.:'-][^\W_]+)*", text.casefold())
    return [word for word in said if word not in _telling(language)["empty"]]


def _squeezed(text: str, *words: str) -> set[str]:
    """A name as it is compared whole: without its spaces and marks, and without words like "my"."""
    return {_squeeze(text), _squeeze("".join(words))} - {""}


def _squeeze(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text.casefold()))


def _none_such(what: str, waiting: Sequence[str], words: Words) -> str:
    if not what:
        return words.say("pairing-nothing")
    named = words.names(waiting)
    return words.say(
        "pairing-none-such", what=what[:64], waiting=named, count=len(waiting), first=waiting[0]
    )


def _proof(pin: str) -> Proof:
    """What somebody shows who gives this for a PIN."""
    if not pin:
        return "button"
    return "password" if any(c.isalpha() for c in pin) else "pin"


def inventory(devices: Sequence[Device], words: Words) -> str:
    """A few by name; more by kind, with how many of each."""
    if len(devices) <= FEW:
        return words.names([told(d, words) for d in devices])
    kinds = Counter(d.kind for d in devices)
    return words.names([words.say("kinds-counted", n=n, kind=kind) for kind, n in kinds.items()])


def told(device: Device, words: Words) -> str:
    """The name, with what it is where a name like "Kitchen" or "Relax" does not tell."""
    if device.kind == "scene" or device.name == device.room:
        return f"{device.name} ({words.say('kind', kind=device.kind)})"
    return device.name
