"""Sentences to Dobby itself: greetings, help, memory, names, pairing, the clock."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dobby.agent.calls import Abstention, ToolCall, Understanding
from dobby.agent.reflex.ground import Ground
from dobby.agent.reflex.lexicon import Lexicon, english
from dobby.agent.reflex.reader import ClauseReader
from dobby.agent.reflex.spans import spans
from dobby.agent.reflex.targets import Unresolved, Wanted
from dobby.agent.reflex.text import Token, cleaned, tokenise
from dobby.language.words import Message

_REPLIES = {
    "hello": Message("hello"),
    "thanks": Message("thanks"),
    "bye": Message("bye"),
    "who": Message("who-am-i"),
}
_CALLS: dict[str, tuple[str, dict[str, object]]] = {
    "help": ("help", {}),
    "cancel": ("cancel", {}),
    "undo": ("undo", {}),
    "time": ("tell_time", {"what": "time"}),
    "date": ("tell_time", {"what": "date"}),
    "press": ("pair_device", {"what": ""}),
}
_TRAILING = {"please", "dobby", "thanks", "now", "pls", "love", "mate", "buddy", "all"}
_TALK = english().sentences("talk")
_PATTERNS = [(n, p) for n, p in _TALK if n not in {"polite", "rename", "alias", "place"}]
_POLITE, _RENAME, _ALIAS, _PLACE = (dict(_TALK)[n] for n in ("polite", "rename", "alias", "place"))


_NO_NAMES = {"again", "back", "it", "that", "this", "now", "please", "something", "anything"}


def small_talk(tokens: Sequence[Token], lexicon: Lexicon) -> Understanding | None:
    """The answer to a sentence that is, but for politeness, one set phrase."""
    for start, end in _trims(tokens, lexicon):
        for name, (tool, arguments) in _CALLS.items():
            if lexicon.whole(tokens[start:end], "talk", name):
                return Understanding(calls=(ToolCall(name=tool, arguments=dict(arguments)),))
        for name, reply in _REPLIES.items():
            if lexicon.whole(tokens[start:end], "talk", name):
                return Understanding(reply=reply)
    return None


def _trims(tokens: Sequence[Token], lexicon: Lexicon) -> list[tuple[int, int]]:
    start, end = 0, len(tokens)
    found = [(start, end)]
    while start < end:
        size = next((n for n, tags in lexicon.matches(tokens[start:end], 0) if "filler" in tags), 0)
        if not size:
            break
        start += size
        found.append((start, end))
    for a, b in list(found):
        while b - a > 1 and tokens[b - 1].text in _TRAILING:
            b -= 1
            found.append((a, b))
    return [(a, b) for a, b in found if a < b]


def to_dobby(ground: Ground, text: str, lexicon: Lexicon) -> list[ToolCall] | None:
    """Calls of Dobby's own tools; None if the sentence is no such thing."""
    plain = _polished(text)
    for tool, pattern in _PATTERNS:
        match = pattern.match(plain)
        if match:
            call = _built_in(
                ground, tool, {k.rstrip("234"): v for k, v in match.groupdict().items() if v}
            )
            if call:
                return [call]
    return _naming(ground, plain, lexicon)


def _polished(text: str) -> str:
    plain = " ".join(cleaned(text).split())
    plain = re.sub(r"\bwhat's\b", "what is", plain, flags=re.IGNORECASE)
    while (shorter := _POLITE.sub("", plain).strip()) != plain:
        plain = shorter
    return plain


def _built_in(ground: Ground, tool: str, said: dict[str, str]) -> ToolCall | None:
    said = {k: v.strip(" .!?") for k, v in said.items()}
    match tool:
        case "find_devices":
            what = said.get("scan") or said.get("what") or ""
            what = re.sub(
                r"^(?:new|any|all|my|the)\b\s*|\b(?:things?|devices?)\b", "", what
            ).strip()
            if what and _playable(what):
                return None
            arguments: dict[str, object] = {"what": what or None}
        case "list_devices":
            room = _room(ground, said.get("room", ""))
            if said.get("room") and room is None:
                return None
            arguments = {"room": room}
        case "pair_device":
            if " and " in said.get("what", ""):
                return None
            arguments = {"what": said.get("what", "")}
        case "give_up":
            bridge = _bridge(ground, said["what"])
            if bridge is None:
                return None
            tool, arguments = "forget_device", {"what": bridge}
        case "forget" if said.get("what", "").casefold() in {"it", "that", "about it"}:
            return None
        case _:
            arguments = dict(said) if tool != "recall" else {"query": said.get("query", "")}
    return ToolCall(name=tool, arguments=arguments)


def _bridge(ground: Ground, what: str) -> str | None:
    """The name of the bridge or single accessory that is called so, word for word."""
    words = _plain_words(what)
    house = ground.context.house
    if any(_plain_words(room) == words for room in house.rooms):
        return None  # what is remembered of the kitchen, and not the speaker of that name
    called = (bridge.name for bridge in house.bridges.values())
    return next((name for name in called if _plain_words(name) == words), None)


def _plain_words(text: str) -> list[str]:
    words = re.findall(r"[^\W_]+", cleaned(text).casefold())
    return words[1:] if words[:1] in (["the"], ["my"], ["our"]) else words


def _playable(what: str) -> bool:
    return bool(re.search(r"\b(?:phone|keys|song|music|out|recipe|restaurant)\b", what))


def _room(ground: Ground, said: str) -> str | None:
    named = ground.index.named([t.stem for t in tokenise(said)]) if said else []
    return next((n.ref for n in named if n.of == "room"), None)


def _naming(ground: Ground, plain: str, lexicon: Lexicon) -> list[ToolCall] | None:
    if match := _RENAME.match(plain):
        return _renamed(ground, match["rest"], lexicon)
    for pattern, key in ((_ALIAS, "alias"), (_PLACE, "room")):
        match = pattern.match(plain)
        if not match or re.match(
            r"(?:what|which|who|where|is|are|if|when)\b", plain, re.IGNORECASE
        ):
            continue
        device = _device(ground, match["thing"], lexicon)
        value = match[key].strip(" .!")
        room = _room(ground, value) if key == "room" else value
        if key == "room" and device and ground.index.room.get(device):
            continue  # it has its place: "the iron is in the bedroom" is news, no order
        if device and room:
            return [ToolCall(name="name_device", arguments={"device": device, key: room})]
    return None


def _renamed(ground: Ground, rest: str, lexicon: Lexicon) -> list[ToolCall] | None:
    """ "the hall lamp (to|as) Bob": the longest start that names one device, then its new name."""
    parts = rest.split()
    for cut in range(len(parts) - 1, 0, -1):
        name = parts[cut:]
        if name[0].casefold() in {"to", "as", "into"}:
            name = name[1:]
        if parts[cut - 1].casefold() in {"to", "as"}:
            continue
        device = _device(ground, " ".join(parts[:cut]), lexicon)
        if (
            device
            and name
            and name[0].casefold() not in {"home", "back", "off", "on", "in", "over"}
        ):
            new = " ".join(name).strip(" .!\"'")
            new = re.sub(r"(?i)\s+again$", "", new)
            if new.casefold() in _NO_NAMES:
                return None
            return [ToolCall(name="name_device", arguments={"device": device, "name": new})]
    return None


def _device(ground: Ground, text: str, lexicon: Lexicon) -> str | None:
    clause = ClauseReader(spans(tokenise(text), ground.index, lexicon)).read()
    if clause.says() != {"nouns"} or len(clause.nouns) != 1:
        return None
    noun = clause.nouns[0]
    if noun.kinds and noun.parts and noun.words[-1] in noun.parts:
        return None  # "the camera pond": no thing is called so, it begins with another
    try:
        things = ground.things(clause, Wanted(lambda _: True))
    except Unresolved as problem:
        if problem.why is Abstention.AMBIGUOUS:
            raise
        return None
    return things[0].id if len(things) == 1 else None
