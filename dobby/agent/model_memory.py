"""What the model brain reads of memory."""

from __future__ import annotations

from collections.abc import Sequence

from dobby.agent.facts import Told
from dobby.agent.prose import own_words
from dobby.llm.ledger import Spending
from dobby.people.invitations import code_in
from memory.records import DOBBY, Fact, Turn

PRIVATE = "(This was about a code: it is between the house and the person.)"


class ModelMemory(Spending):
    """``dobby.agent.model.Ledger`` over the store."""

    async def lines(self, person: str, limit: int) -> Sequence[tuple[bool, str]]:
        """(said by Dobby, text), oldest first, without what is being answered or waits for it,
        and without codes; of what a model said, its words alone."""
        turns = await self._store.history(person, limit, answered=True)
        return [
            (turn.who == DOBBY, _readable(turn, turns[at + 1 : at + 2]))
            for at, turn in enumerate(turns)
        ]

    async def facts(self, text: str, person: str, limit: int) -> Sequence[Told]:
        found = [f for f in await self._store.recall(text, limit, person) if isinstance(f, Fact)]
        known = {known.id: known.name for known in await self._store.people()}
        return [Told(f.text, known.get(f.person, "Somebody"), f.person == person) for f in found]


def _readable(turn: Turn, answer: Sequence[Turn]) -> str:
    """A line without the code that is in it, or that what was answered to it is about."""
    if turn.who == DOBBY:
        return PRIVATE if turn.private else own_words(turn.text)
    private = code_in(turn.text) or any(one.private for one in answer)
    return PRIVATE if private else turn.text
