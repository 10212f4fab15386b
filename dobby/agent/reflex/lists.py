"""Shopping and task lists: what is added or done becomes the whole new list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from devices.capabilities import Todo, TodoItem
from devices.device import Device
from dobby.agent.calls import Abstention, ToolCall
from dobby.agent.reflex.ground import Ground
from dobby.agent.reflex.lexicon import Lexicon, english
from dobby.agent.reflex.targets import Unresolved
from dobby.agent.reflex.text import Token, tokenise, words

_SENTENCES = dict(english().sentences("lists"))
_FIXED_PAIRS = {
    "mac and cheese",
    "fish and chips",
    "salt and pepper",
    "bread and butter",
    "peanut butter and jelly",
    "salt and vinegar",
    "gin and tonic",
    "macaroni and cheese",
    "half and half",
    "sweet and sour sauce",
    "cookies and cream",
}
_FILLER = re.compile(
    r"^(?:the|a|an|my|our|some|any|please|also|more|in|on)\s+"
    r"|\s+(?:please|too|as well|thanks|again)$"
)


class Listing:
    """Reads sentences about lists and timers. Returns None for any other sentence."""

    def __init__(self, ground: Ground, lexicon: Lexicon) -> None:
        self._ground, self._lexicon = ground, lexicon
        index = ground.index
        self._lists = [index.devices[i] for i in index.with_ability.get("todo", ())]

    def read(self, tokens: Sequence[Token]) -> ToolCall | None:
        if not self._lists:
            return None
        text = " ".join(t.text for t in _stripped(tokens, self._lexicon))
        raw = " ".join("," if t.raw == "," else t.text for t in _comma(tokens))
        for name, deed in (
            ("clear", self._clear),
            ("add", self._add),
            ("remove", self._remove),
            ("check", self._check),
            ("bought", self._check),
            ("need", self._need),
            ("has", self._has),
            ("read", self._show),
            ("plain_off", self._remove),
            ("headed", self._headed),
            ("plain_add", self._plainly),
            ("and", self._and),
        ):
            match = _SENTENCES[name].match(text if deed != self._need else raw)
            if match:
                call = deed({k: v for k, v in match.groupdict().items() if v})
                if call:
                    return call
        device = self._list(text) if _is_list(text) else None
        return self._told(device) if device else None

    def _plainly(self, said: dict[str, str]) -> ToolCall | None:
        """ "Bread on the shopping list"."""
        if set(said["items"].split()) & _NO_ITEM or len(said["items"].split()) > 6:
            return None
        return self._add(said)

    def _headed(self, said: dict[str, str]) -> ToolCall | None:
        """ "Shopping list: bread and butter"."""
        words_ = set(words(said["list"]))
        if not words_ & ({"list"} | _LIST_KINDS["shopping"] | _LIST_KINDS["tasks"]):
            return None
        device = self._list(said["list"])
        return self._with(device, split_items(said["items"])) if device else None

    def _and(self, said: dict[str, str]) -> ToolCall | None:
        """ "And butter", straight after something went on a list."""
        last = self._ground.context.dialogue.calls
        spoken = [d for d in self._lists if d.id in self._ground.context.dialogue.devices]
        text = said.get("items") or said["too"]
        if len(spoken) != 1 or [c.name for c in last] != ["todo"] or len(text.split()) > 4:
            return None
        known = {w for t in words(text) for w in (t,)}
        if known & self._ground.index.words or known & self._lexicon.words:
            return None
        return self._with(spoken[0], split_items(text))

    # -- which list

    def _list(self, said: str | None) -> Device | None:
        if said is None:
            return self._lists[0] if len(self._lists) == 1 else None
        name = _trimmed(said)
        wanted = set(words(name)) - {"the", "my", "our"}
        for device in self._lists:
            labels = [set(words(n)) for n in (device.name, *device.aliases)]
            if any(wanted == label or wanted == label | {"list"} for label in labels):
                return device
        core = wanted - {"list"}
        if not core and "list" in wanted:
            return self._lists[0] if len(self._lists) == 1 else self._usual()
        near = [d for d in self._lists if core and any(
            core <= set(words(n)) | {"list"} for n in (d.name, *d.aliases))]  # fmt: skip
        if len(near) == 1:
            return near[0]
        kind = next((k for k, group in _LIST_KINDS.items() if core and core <= group), None)
        found = [d for d in self._lists if kind and set(words(d.name)) & _LIST_KINDS[kind]]
        return found[0] if len(found) == 1 else None

    def _usual(self) -> Device | None:
        """ "The list" among several is the shopping list, if there is one."""
        found = [d for d in self._lists if set(words(d.name)) & _LIST_KINDS["shopping"]]
        if len(found) == 1:
            return found[0]
        names = " or ".join(d.name for d in self._lists)
        raise Unresolved(Abstention.AMBIGUOUS, f"Which list: {names}?")

    def _items(self, device: Device) -> list[TodoItem]:
        todo = self._ground.context.house.state(device.id).get("todo")
        return list(todo.items) if isinstance(todo, Todo) else []

    def _whole(self, device: Device, items: Sequence[TodoItem]) -> ToolCall:
        self._ground.touched.append(device.id)
        return ToolCall(
            name="todo",
            arguments={"devices": [device.id], "items": [i.model_dump() for i in items]},
        )

    # -- deeds

    def _add(self, said: dict[str, str]) -> ToolCall | None:
        device = self._list(said["list"])
        if device is None:
            if re.search(r"\blists?$", said["list"]):
                names = ", ".join(d.name for d in self._lists)
                raise Unresolved(Abstention.UNKNOWN_NAME, f"Which list? I know: {names}.")
            return None
        return self._with(device, split_items(said["items"]))

    def _need(self, said: dict[str, str]) -> ToolCall | None:
        shopping = [d for d in self._lists if set(words(d.name)) & _LIST_KINDS["shopping"]]
        if len(shopping) != 1:
            return None
        text = said.get("items") or said.get("bought") or said["added"]
        if "added" in said and not self._are_goods(text):
            return None
        if re.search(r"\b(?:light|lights|lamp|heating|music|help|you|it|to|off|on)\b", text):
            return None
        tokens = tokenise(text)
        if set(text.split()) & {
            "luck",
            "time",
            "patience",
            "space",
            "room",
            "power",
            "hope",
            "love",
        }:
            return None
        for at in range(len(tokens)):
            phrase = self._lexicon.match(tokens, at)
            if phrase and {"guard", "way"} & set(phrase[1]):
                return None
        for at in range(len(tokens)):  # "I need the kettle" is about a thing of the house
            if any(
                n.of == "device" for n in (self._ground.index.longest(tokens, at) or (0, []))[1]
            ):
                return None
        return self._with(shopping[0], split_items(text))

    def _are_goods(self, text: str) -> bool:
        """Whether "add ..." names nothing of the house, so that it can only be shopping."""
        if [c.name for c in self._ground.context.dialogue.calls] == ["todo"]:
            return False  # it goes where the last went
        said = {w for item in split_items(text) for w in words(item)}
        known = said & (self._ground.index.words | self._lexicon.words)
        return not known and not any(w.isdigit() for w in said)

    def _with(self, device: Device, texts: list[str]) -> ToolCall:
        if {w for t in texts for w in t.split()} & {
            "nothing",
            "no",
            "not",
            "none",
            "at",
            "if",
            "when",
        }:
            raise Unresolved(
                Abstention.NOT_UNDERSTOOD, f"I put nothing on {device.name}. What shall I?"
            )
        if set(texts) & _POINTING:
            raise Unresolved(Abstention.AMBIGUOUS, f"What shall I put on {device.name}?")
        items = self._items(device)
        for text in texts:
            open_already = any(i.text.casefold() == text.casefold() and not i.done for i in items)
            if not open_already:
                items.append(TodoItem(text=text))
        return self._whole(device, items)

    def _matching(self, device: Device, texts: list[str]) -> set[int]:
        items = self._items(device)
        found: set[int] = set()
        for text in texts:
            wanted = words(text)
            exact = [i for i, item in enumerate(items) if words(item.text) == wanted]
            near = [i for i, item in enumerate(items) if set(wanted) <= set(words(item.text))]
            hit = exact or near
            hit = [i for i in hit if not items[i].done] or hit
            if len(hit) != 1:
                left = ", ".join(i.text for i in items if not i.done) or "nothing"
                raise Unresolved(
                    Abstention.UNKNOWN_NAME, f"{device.name} has: {left}. Which one do you mean?"
                )
            found.add(hit[0])
        return found

    def _remove(self, said: dict[str, str]) -> ToolCall | None:
        device = self._list(said["list"])
        if device is None:
            return None
        if said["items"] in {"everything", "all", "all items", "all the items"}:
            return self._whole(device, [])
        out = self._matching(device, split_items(said["items"]))
        return self._whole(device, [x for i, x in enumerate(self._items(device)) if i not in out])

    def _check(self, said: dict[str, str]) -> ToolCall | None:
        device = self._list(said.get("list"))
        texts = split_items(said["items"])
        if device is None and "list" not in said:
            having = [d for d in self._lists if all(
                any(words(t) == words(i.text) for i in self._items(d)) for t in texts)]  # fmt: skip
            device = having[0] if len(having) == 1 else None
        if device is None:
            return None
        if "list" not in said and not any(
            words(t) == words(i.text) for t in texts for i in self._items(device)
        ):
            return None
        done = self._matching(device, texts)
        items = [
            x.model_copy(update={"done": True}) if i in done else x
            for i, x in enumerate(self._items(device))
        ]
        return self._whole(device, items)

    def _clear(self, said: dict[str, str]) -> ToolCall | None:
        device = self._list(said["list"])
        if device and len(self._lists) > 1 and not set(words(said["list"])) - {"list", "the", "my"}:
            names = " or ".join(d.name for d in self._lists)
            raise Unresolved(Abstention.AMBIGUOUS, f"Which list: {names}?")
        return self._whole(device, []) if device else None

    def _has(self, said: dict[str, str]) -> ToolCall | None:
        device = self._list(said["list"])
        return self._told(device) if device else None

    def _show(self, said: dict[str, str]) -> ToolCall | None:
        if verb := said.get("verb") or said.get("verb2"):
            group = _LIST_KINDS["tasks" if verb == "do" else "shopping"]
            found = [d for d in self._lists if set(words(d.name)) & group]
            return self._told(found[0]) if len(found) == 1 else None
        device = self._list(said["list"])
        return self._told(device) if device else None

    def _told(self, device: Device) -> ToolCall:
        return ToolCall(
            name="read_state", arguments={"devices": [device.id], "form": "what", "about": "todo"}
        )


_NO_ITEM = {
    "no",
    "have",
    "is",
    "are",
    "was",
    "what",
    "do",
    "did",
    "does",
    "we",
    "i",
    "you",
    "it",
    "them",
    "that",
    "add",
    "read",
    "show",
    "remove",
    "take",
    "put",
    "not",
    "check",
    "clear",
    "done",
    "how",
    "who",
    "when",
    "if",
    "should",
    "would",
    "could",
    "can",
    "remind",
    "tell",
    ",",
    "call",
    "never",
    "please",
    "got",
    "need",
    "off",
}
_POINTING = {"it", "them", "that", "this", "those", "these"}
_LIST_KINDS = {
    "shopping": {"shopping", "grocery", "groceries", "shop", "food", "supermarket"},
    "tasks": {"task", "todo", "chore", "do", "to", "job"},
}


def split_items(text: str) -> list[str]:
    """ "milk, eggs and bread" as its items; pairs that are one thing stay together."""
    text = _trimmed(text)
    for pair in _FIXED_PAIRS:
        text = re.sub(rf"\b{pair}\b", pair.replace(" and ", " & "), text)
    parts = re.split(r"\s*,\s*(?:and\s+)?|\s+(?:and|plus)\s+", text)
    return [_trimmed(p).replace(" & ", " and ") for p in parts if _trimmed(p)]


def _trimmed(text: str) -> str:
    while (shorter := _FILLER.sub("", text.strip())) != text:
        text = shorter
    return text


def _is_list(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:the |my |our |what are |what is |show |what are my |what is my )*[\w ]*?"
            r"\b(?:list|groceries|tasks|todos|chores)",
            text,
        )
    )


def _comma(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    for i, token in enumerate(tokens):
        if token.gap and i:
            kept.append(Token(",", ",", ","))
        kept.append(token)
    while kept and kept[-1].text in {"please", "thanks", "pls", ","}:
        kept.pop()
    return kept


def _stripped(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """``tokens`` without leading and trailing politeness; breaks become commas."""
    start = 0
    while start < len(tokens):
        match = lexicon.match(tokens, start)
        if not match or "filler" not in match[1] or set(match[1]) - {"filler", "talk", "det"}:
            break
        start += match[0]
    return _comma(tokens[start:])
