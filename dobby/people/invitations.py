"""Codes that let somebody in: each works once, within an hour; they are kept as hashes."""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, ConfigDict, TypeAdapter

from dobby.people.roles import Person, Role
from memory.store import Store

CODE_DIGITS = 8
CODE_LIVES = timedelta(hours=1)
INVITATIONS = "invitations"  # the note that holds the open ones

_CODE = re.compile(r"\D{0,40}?([0-9](?:[\s-]?[0-9]){3,11})\D{0,40}")


class Invitation(BaseModel):
    """A code that somebody may send once to be let in."""

    model_config = ConfigDict(frozen=True)
    code_hash: str
    person: str
    name: str
    role: Role
    by: str
    expires: datetime


_INVITED = TypeAdapter(tuple[Invitation, ...])


class Invitations:
    """The open ones, over the store. Hold ``lock`` from reading one until it is used up."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.lock = asyncio.Lock()

    async def make(self, person: Person, by: str) -> str:
        """A code for this person to send; an older one of theirs is void. ``by``: who asked."""
        code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
        fresh = Invitation(
            code_hash=_hash(code),
            person=person.id,
            name=person.name,
            role=person.role,
            by=by,
            expires=datetime.now(UTC) + CODE_LIVES,
        )
        async with self.lock:
            others = [i for i in await self._open() if i.name != person.name]
            await self._keep([*others, fresh])
        await self._store.audit(by, "invited", {"person": person.name, "role": person.role})
        return f"{code[:4]} {code[4:]}"

    async def open_to(self, code: str) -> Invitation | None:
        """The invitation that this is the code of."""
        tried, found = _hash(code), None
        for invitation in await self._open():
            if secrets.compare_digest(invitation.code_hash, tried):
                found = invitation
        return found

    async def use_up(self, invitation: Invitation) -> None:
        await self._keep([i for i in await self._open() if i != invitation])

    async def void(self) -> None:
        """Forget them all."""
        async with self.lock:
            await self._keep(())

    async def _open(self) -> list[Invitation]:
        kept = await self._store.noted(INVITATIONS, _INVITED.validate_json, ())
        now = datetime.now(UTC)
        # One that has far too long to live was made by a clock that has been put right since.
        return [i for i in kept if timedelta(0) < i.expires - now < 2 * CODE_LIVES]

    async def _keep(self, invited: Sequence[Invitation]) -> None:
        text = _INVITED.dump_json(tuple(invited)).decode() if invited else None
        await self._store.set_note(INVITATIONS, text)


def codes_in(text: str) -> list[str]:
    """All that may be an invitation's code in a text, whatever is around it."""
    found = re.findall(r"(?<![0-9])[0-9](?:[\s-]?[0-9]){7}(?![0-9])", text)
    return [re.sub(r"[^0-9]", "", code) for code in found]


def code_in(text: str) -> str:
    """The digits of a text that is nothing but a code, with a few words around it; or empty."""
    found = _CODE.fullmatch(text)
    return re.sub(r"[^0-9]", "", found[1]) if found else ""


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
