"""Letting in what waits on the network, and giving it up again: which is meant, what came of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from devices.bridges import Bridge
from devices.device import Device, DeviceError, Proof, UnknownDevice, clean_name
from devices.house import House, Stranger
from dobby.agent.phrases import names
from dobby.agent.tool import Caller, CallError
from dobby.language.words import Words

FEW = 12
SAY_IT_PLAINLY = "Give me a code in plain words: pair the hall lock with 123-45-678, for instance."
NOTHING = "Nothing here is waiting to be paired. Say scan, and I look again."
UNFORGOTTEN = (
    "I cannot forget a camera. I can leave it alone: say, for instance, stop watching {name}."
)

Waiting = Mapping[str, Stranger]

_SAYING_NOTHING = {
    "the", "my", "our", "a", "an", "new", "this", "that", "these", "those", "it", "its", "device",
    "devices", "thing", "please", "at", "with", "to", "for", "called", "named", "one", "up",
}  # fmt: skip
_MADE = {
    "hue": "philips hue signify bridge hub light lamp bulb",
    "homekit": "homekit home kit apple accessory bridge hub",
    "onvif": "onvif camera cam",
    "camera": "camera cam",
}


class Pairing:
    """The tools that pair and forget. A name is obeyed exactly or not at all: nothing that was not
    named is paired for being the only one that waits."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def pair(self, arguments: dict[str, Any], caller: Caller) -> str:
        what = str(arguments.get("what") or "")
        pin = caller.secret or str(arguments.get("pin") or "")
        waiting = {key: s for key, s in self._house.strangers.items() if s.needs}
        if not waiting:
            return NOTHING
        called = _called(waiting)
        meant = _meant(what, waiting, called)
        if len(meant) > 1 and (pin or not what):  # who gives no code has pressed a button
            meant = [key for key in meant if waiting[key].needs == _proof(pin)]
        if not meant:
            return _none_such(what, list(called.values())) if what else NOTHING
        if len(meant) > 1:
            which = [called[key] for key in meant]
            return f"Which one: {' or '.join(which)}? Say, for instance: pair {which[0]}"
        (key,) = meant
        try:
            devices = await self._house.pair(key, pin or None)
        except DeviceError as error:
            return str(error)
        return paired(devices)

    def deed(self, arguments: dict[str, Any], caller: Caller) -> str:
        """A code is the person's to give: for a model it is a guess, or was read somewhere.

        Raises CallError."""
        if caller.by_model and (arguments.get("pin") or caller.secret):
            raise CallError(SAY_IT_PLAINLY)
        return (
            f"let “{clean_name(str(arguments.get('what') or 'what waits here'))}” into this house"
        )

    async def forget(self, arguments: dict[str, Any], caller: Caller) -> str:
        what = str(arguments.get("what") or "")
        try:
            bridge = self._one(what)
            left = await self._house.forget(bridge.id)
        except DeviceError as error:
            return str(error)
        kept = "What you called them is kept for when they are paired again."
        said = [f"I have forgotten {_whole(bridge)}.", kept if bridge.devices else "", left]
        return " ".join(part for part in said if part)

    def forgetting(self, arguments: dict[str, Any], caller: Caller) -> str:
        """What forgetting would do, in words; as it was said where nothing is called so.

        Raises CallError for a camera."""
        what = str(arguments.get("what") or "that")
        try:
            bridge = self._one(what)
        except DeviceError:
            return f"forget {what}"
        if _is_camera(bridge):
            raise CallError(UNFORGOTTEN.format(name=bridge.name))
        return f"forget {_whole(bridge)}"

    def _one(self, what: str) -> Bridge:
        """The bridge or single accessory that is meant. Raises UnknownDevice."""
        known = self._house.bridges
        strangers = {k: Stranger(b.heard, b.id.partition(":")[0]) for k, b in known.items()}
        called = {key: bridge.name for key, bridge in known.items()}
        meant = _meant(what, strangers, called) if _words(what) else []
        own = [key for key in meant if len(known[key].devices) != 1] or meant  # a bridge, if any
        if not own:
            raise UnknownDevice(f"I am paired with nothing that is called “{what[:64]}”.")
        if len(own) > 1:
            raise UnknownDevice(f"Which one: {' or '.join(called[key] for key in own)}?")
        return known[own[0]]


def _is_camera(bridge: Bridge) -> bool:
    return bool(bridge.devices) and all(d.kind == "camera" for d in bridge.devices)


def _whole(bridge: Bridge) -> str:
    many = len(bridge.devices) > 1
    return f"{bridge.name} and its {len(bridge.devices)} devices" if many else bridge.name


def paired(devices: Sequence[Device]) -> str:
    """What a pairing came to, in words."""
    if not devices:
        return "It is paired, but there is nothing in it that I can use yet."
    return f"Paired. I can now use {inventory(devices, Words())}."


def _meant(what: str, waiting: Waiting, called: Mapping[str, str]) -> list[str]:
    """The keys of those that these words name: by the whole name, or else by every word."""
    words = _words(what)
    if not words:
        return list(waiting)
    exact = [k for k, name in called.items() if _squeezed(what, *words) & _squeezed(name)]
    return exact or [k for k, s in waiting.items() if all(_says(word, s) for word in words)]


def _called(waiting: Waiting) -> dict[str, str]:
    """What each is called here; where two bear one name, with the address that tells them apart."""
    of_name = Counter(s.name.casefold() for s in waiting.values())
    of_host = Counter((s.name.casefold(), s.heard.host) for s in waiting.values())
    called: dict[str, str] = {}
    for key, s in waiting.items():
        name, host = s.name.casefold(), s.heard.host
        at = host if of_host[name, host] == 1 else f"{host}:{s.heard.port}"
        called[key] = s.name if of_name[name] == 1 else f"{s.name} at {at}"
    return called


def _says(word: str, stranger: Stranger) -> bool:
    """Whether a word is one of those that a stranger goes by."""
    heard = stranger.heard
    if word in (heard.host, f"{heard.host}:{heard.port}"):
        return True
    made = _MADE.get(stranger.family or "", stranger.family or "")
    told = " ".join((stranger.name, made, *heard.properties.values()))
    singular = word.removesuffix("s")
    squeezed = _squeeze(stranger.name)
    return {word, singular} & set(_words(told)) != set() or (len(word) > 3 and word in squeezed)


def _words(text: str) -> list[str]:
    said = re.findall(r"[^\W_]+(?:[.:'-][^\W_]+)*", text.casefold())
    return [word for word in said if word not in _SAYING_NOTHING]


def _squeezed(text: str, *words: str) -> set[str]:
    """A name as it is compared whole: without its spaces and marks, and without words like "my"."""
    return {_squeeze(text), _squeeze("".join(words))} - {""}


def _squeeze(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text.casefold()))


def _none_such(what: str, waiting: Sequence[str]) -> str:
    be = "waits" if len(waiting) == 1 else "wait"
    return (
        f"Nothing that waits to be paired is called “{what[:64]}”. {names(waiting)} {be}. "
        f"Say, for instance: pair {waiting[0]}"
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
