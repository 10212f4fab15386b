"""Shopping and task lists: what is added or done becomes the whole new list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from devices.capabilities import Todo, TodoItem
from devices.device import Device
from dobby.abilities.change import Ability, Change, able_to, calls, of_kinds
from dobby.agent.calls import Abstention, ToolCall
from dobby.language import free_text
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground, Need
from dobby.language.hearing import things_in
from dobby.language.meaning import Do, Ref, Wish
from dobby.language.sentences import Sentence

_DEEDS = frozenset({"add", "set", "need", "remove", "tick", "clear", "send", ""})
SHOPPING, TASKS = "list/shopping", "list/tasks"
_LONGEST = 3  # words that are one thing more: "and butter"
_ASKED = {"ask": "", "buy": SHOPPING, "do": TASKS}  # and the list that is meant


def _refs(wish: Wish) -> list[Ref]:
    return [*wish.things, *wish.goal, *wish.source]


def _names_list(do: Do, ground: Ground) -> bool:
    lists = set(ground.names.with_ability.get("todo", ()))
    return any(
        of_kinds(Do("", Wish(things=(ref,))), ground, "list")
        or any(ids & lists for ids in ref.names)
        for ref in _refs(do.wish)
    )


def lists(do: Do, ground: Ground) -> bool:
    if do.act not in _DEEDS or not ground.names.with_ability.get("todo"):
        return False
    if _names_list(do, ground):
        text, names = do.wish.text, ground.names
        goods = free_text.is_strange(text, names) or free_text.denies(text, names)
        goods = goods and not do.wish.source  # "milk off the list" is not put there
        spoken = goods if not do.act else do.act != "send" or not free_text.acts(text, names)
        return (spoken and bool(text)) or do.act == "clear"
    if _refs(do.wish) or not do.wish.text:
        return False
    return do.act in {"need", "tick"} or (
        do.act == "add" and free_text.is_strange(do.wish.text, ground.names)
    )


def change_list(do: Do, ground: Ground) -> list[Change]:
    device = _list(do, ground)
    items = _items(ground, device)
    texts = ground.names.items(do.wish.text)
    match do.act:
        case "clear" if not texts:
            items = []
        case "clear":
            raise Unclear(Abstention.NOT_UNDERSTOOD, "not-understood", what=do.wish.text)
        case "remove":
            gone = _matching(device, items, texts, ground.names.stems)
            items = [item for i, item in enumerate(items) if i not in gone]
        case "tick":
            done = _matching(device, items, texts, ground.names.stems)
            items = [item.model_copy(update={"done": True}) if i in done else item
                     for i, item in enumerate(items)]  # fmt: skip
        case _ if any(free_text.asks(text, ground.names) for text in texts):
            raise Unclear(Abstention.NOT_UNDERSTOOD, "not-understood", what=do.wish.text)
        case _ if any(free_text.denies(text, ground.names) for text in texts):
            raise Unclear(Abstention.NEGATION, "negation")
        case _:
            known = {item.text.casefold() for item in items if not item.done}
            items = items + [TodoItem(text=t) for t in texts if t.casefold() not in known]
    ground.touched.append(device.id)
    return [Change(device.id, "todo", {"items": [item.model_dump() for item in items]})]


def _list(do: Do, ground: Ground) -> Device:
    if refs := _refs(do.wish):
        usual = [r for r in refs if not (r.kinds == ("list",) and not (r.names or r.parts))]
        if usual:
            (device, *others) = ground.things(usual, Need(able_to("todo"), "list"))
            if others:
                raise _which(ground)
            return device
    having = ground.names.with_ability["todo"]
    shopping = [i for i in having if SHOPPING in ground.names.sorts.get(i, ())]
    found = having if len(having) == 1 else shopping
    if do.act in {"tick", "remove"} and len(having) > 1:
        found = [i for i in having if _on(ground, i, do.wish.text)]
    elif do.act == "add":
        found = _went_on(ground) or found
    if len(found) != 1 or (do.act == "clear" and len(having) > 1):
        raise _which(ground)
    return ground.names.devices[found[0]]


def _which(ground: Ground) -> Unclear:
    ids = ground.names.with_ability["todo"]
    return Unclear(
        Abstention.AMBIGUOUS, "which-one", ids, options=[ground.names.label(i) for i in ids]
    )


def _items(ground: Ground, device: Device) -> list[TodoItem]:
    todo = ground.context.house.state(device.id).get("todo")
    return list(todo.items) if isinstance(todo, Todo) else []


def _matching(
    device: Device,
    items: Sequence[TodoItem],
    texts: Sequence[str],
    stems: Callable[[str], tuple[str, ...]],
) -> set[int]:
    found: set[int] = set()
    for text in texts:
        hit = [i for i, item in enumerate(items) if item.text.casefold() == text.casefold()]
        hit = hit or [i for i, item in enumerate(items) if text.casefold() in item.text.casefold()]
        hit = hit or [i for i, item in enumerate(items) if stems(item.text) == stems(text)]
        hit = [i for i in hit if not items[i].done] or hit
        if len(hit) != 1:
            left = [item.text for item in items if not item.done]
            raise Unclear(Abstention.UNKNOWN_NAME, "not-on-list", name=device.name, items=left)
        found.add(hit[0])
    return found


# Whole sentences ------------------------------------------------------------------------------


def listed(sentence: Sentence, ground: Ground) -> ToolCall | None:
    """What a sentence says to a list, or asks of it; None where it is about no list of this house.

    Raises Unclear.
    """
    of, _, act = sentence.of.partition(".")
    if of != "todo" or not ground.names.with_ability.get("todo"):
        return None
    items = ", ".join(sentence.said[key] for key in ("items", "also") if key in sentence.said)
    refs: tuple[Ref, ...] = ()
    if told := sentence.said.get("list", ""):
        refs = things_in(told, ground.names) if free_text.tells_list(told, ground.names) else ()
        if not _names_list(Do("", Wish(things=refs)), ground):
            return None
    if act in _ASKED:
        return _told(refs, _ASKED[act], sentence.said.get("x", ""), ground)
    also = sentence.said.get("also", "")
    if free_text.acts(also, ground.names) or len(also.split()) > _LONGEST:
        return None  # another order
    if not _fits(act, items, bool(refs), ground):
        return None
    act = "add" if act in {"more", "plain"} else act
    (change,) = change_list(Do(act, Wish(text=items, goal=refs)), ground)
    (call,) = calls([change])
    return call


def _fits(act: str, items: str, named: bool, ground: Ground) -> bool:
    """Whether these words can be items: those of no list that is named have to be goods, or on a
    list already."""
    names = ground.names
    if act == "clear":
        return True
    if not items or free_text.guarded(items, names):
        return False
    if act == "plain" and free_text.acts(items, names):
        return False
    if named:
        return not free_text.points(items, names)
    if act in {"remove", "tick"}:
        return any(_on(ground, i, items) for i in names.with_ability["todo"])
    if act == "more" and not _went_on(ground):
        return False
    return free_text.is_strange(items, names)


def _on(ground: Ground, device: str, text: str) -> bool:
    """Whether everything that a text lists is on a list, by its whole name."""
    stems = ground.names.stems
    keys = {stems(item.text) for item in _items(ground, ground.names.devices[device])}
    return all(stems(said) in keys for said in ground.names.items(text))


def _went_on(ground: Ground) -> list[str]:
    """The list that something went on just before."""
    last = ground.context.dialogue.calls
    spoken = [i for i in ground.names.with_ability["todo"] if i in ground.context.dialogue.devices]
    return spoken if [c.name for c in last] == ["todo"] and len(spoken) == 1 else []


def _told(refs: Sequence[Ref], kind: str, item: str, ground: Ground) -> ToolCall | None:
    """What is on a list; of one ``item``, whether it is on any list of that kind."""
    item = "" if _counts(item, ground) else ground.names.plain(item)
    having = ground.names.with_ability["todo"]
    found = [i for i in having if kind in ground.names.sorts.get(i, ())] if kind else []
    if refs:
        found = [_list(Do("", Wish(goal=tuple(refs))), ground).id]
    if not found or (len(found) > 1 and not item):
        return None
    ground.touched += found
    asked = {"form": "whether", "text": item} if item else {"form": "what"}
    return ToolCall(name="read_state", arguments={"devices": found, "about": "todo", **asked})


def _counts(text: str, ground: Ground) -> bool:
    """Whether a word is no item: "anything"."""
    words = ground.names.lexicon.tokenise(text)
    return all(
        any(e.category == "quantity" for e in ground.names.lexicon.word(word.text))
        for word in words
    )


ABILITIES = (Ability("todo", lists, change_list, frozenset({"text", "goal", "source"})),)
