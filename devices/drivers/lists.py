"""The household's own lists. No wire behind them: they live in the vault, and survive there."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import ClassVar, Self

from pydantic import TypeAdapter

from devices.capabilities import Capability, State, Todo, TodoItem
from devices.device import Ability, Announcement, Device, Refused, UnknownDevice, Unsupported
from devices.driver import Found, Hub, Update

LISTS = (
    Device(
        id="lists:shopping",
        name="Shopping list",
        kind="list",
        aliases=("groceries", "grocery list"),
        abilities=(Ability(kind="todo"),),
    ),
    Device(
        id="lists:tasks",
        name="To-do list",
        kind="list",
        aliases=("tasks", "task list", "todo list"),
        abilities=(Ability(kind="todo"),),
    ),
)
LONGEST = 500
ITEMS = TypeAdapter(tuple[TodoItem, ...])


class Lists:
    """A Driver of what nobody announces: the lists are there as soon as it is open."""

    family: ClassVar[str] = "lists"
    services: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def __aenter__(self) -> Self:
        self._hub.publish(Found(LISTS))
        for known in LISTS:
            self._hub.publish(Update(known.id, await self.read(known.id)))
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        pass

    def recognises(self, heard: Announcement) -> bool:
        return False

    async def identify(self, heard: Announcement) -> Sequence[Device]:
        return ()

    async def pair(self, heard: Announcement, pin: str | None) -> Sequence[Device]:
        raise Refused("Lists need no pairing.")

    async def read(self, device: str) -> State:
        if device not in {known.id for known in LISTS}:
            raise UnknownDevice(f"There is no list {device!r}.")
        kept = await self._hub.vault.load(device) or {}
        return {"todo": Todo(items=ITEMS.validate_python(kept.get("items", ())))}

    async def apply(self, device: str, command: Capability) -> None:
        if not isinstance(command, Todo):
            raise Unsupported("A list takes items, and nothing else.")
        if len(command.items) > LONGEST:
            raise Refused(f"It is full: {LONGEST} items.")
        await self.read(device)  # raises for a list that is not one
        await self._hub.vault.save(device, command.model_dump(mode="json"))
