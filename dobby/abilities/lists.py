"""Shopping and task lists: what is added or done becomes the whole new list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from devices.capabilities import Todo, TodoItem
from devices.device import Device
from dobby.abilities.change import Ability, Change, able_to, of_kinds
from dobby.agent.calls import Abstention
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground, Need
from dobby.language.meaning import Do, Ref, Wish

_DEEDS = frozenset({"add", "set", "need", "remove", "off", "tick", "clear", "send", ""})
SHOPPING = "list/shopping"


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
        return bool(do.wish.text) or do.act == "clear"
    if _refs(do.wish) or not do.wish.text:
        return False
    return do.act in {"need", "tick"} or (do.act == "add" and ground.names.is_strange(do.wish.text))


def change_list(do: Do, ground: Ground) -> list[Change]:
    device = _list(do, ground)
    items = _items(ground, device)
    texts = ground.names.items(do.wish.text)
    match do.act:
        case "clear":
            items = []
        case "remove" | "off":
            gone = _matching(device, items, texts, ground.names.stems)
            items = [item for i, item in enumerate(items) if i not in gone]
        case "tick":
            done = _matching(device, items, texts, ground.names.stems)
            items = [item.model_copy(update={"done": True}) if i in done else item
                     for i, item in enumerate(items)]  # fmt: skip
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
    if do.act == "tick" and len(having) > 1:
        keys = [ground.names.stems(t) for t in ground.names.items(do.wish.text)]
        found = [i for i in having if all(
            any(ground.names.stems(item.text) == key
                for item in _items(ground, ground.names.devices[i])) for key in keys)]  # fmt: skip
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


ABILITIES = (Ability("todo", lists, change_list, frozenset({"text", "goal", "source"})),)
