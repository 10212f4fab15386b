"""What the model brain is told of the conversation."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from dobby.agent.model_memory import ModelMemory
from memory.records import Draft
from memory.store import Store


async def heard(store: Store, text: str, person: str = "ann") -> int:
    kept = await store.receive("sms", text, person, "+48600100200", text, at=datetime.now(UTC))
    assert kept
    return kept.id


async def test_only_what_was_answered_is_history(tmp_path: Path) -> None:
    async with Store(tmp_path / "dobby.db") as store:
        first = await heard(store, "play jazz")
        reply = Draft("sms", "ann", "+48600100200", "Kitchen plays jazz.", "r1", in_reply_to=first)
        await store.finish(first, [reply])
        await heard(store, "next song")  # is being answered
        await heard(store, "unlock the door")  # waits behind it: its turn comes
        await heard(store, "hello", "ben")
        lines = await ModelMemory(store).lines("ann", 12)
    assert lines == [(False, "play jazz"), (True, "Kitchen plays jazz.")]
