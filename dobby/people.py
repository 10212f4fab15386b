"""Who is who: one form for every address, roles, and how a new number is let in.

Nobody is let in by what they say of themselves. The first owner sends the code that ``dobby pair``
prints at the server; everyone else sends a code that the owner asked for ("invite Anna as adult").
A stranger is told so once, by fixed words: no brain sees a stranger's text.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, ConfigDict, TypeAdapter

from devices.device import clean_name
from dobby.agent.phrases import names
from dobby.agent.policy import Person, Role
from memory import records
from memory.store import Store

PHONES = frozenset({"sms", "whatsapp"})
CODE_DIGITS = 8
CODE_LIVES = timedelta(hours=1)
NOTICE_LIVES = timedelta(days=1)  # a stranger is told once in this time
MAX_WRONG = 20  # codes from one address within LOCKED_S: then it is locked out for as long
MAX_WRONG_ALL = 100  # codes from everyone within an hour: then every open invitation is void
LOCKED_S = 86_400.0
INVITATIONS = "invitations"  # the note that holds the open ones

NOTICE = (
    "I look after a house, and I do not know this number. Ask the owner of the house for a code, "
    "and send it to me here. (An owner finds one with `dobby pair`, on my server.)"
)
WRONG = "That code is not right, or it is too old."
LOCKED = "That was one wrong code too many. I take no more codes from this number today."
OWNER_ONLY = "Only an owner can let people in or shut them out."

_CODE = re.compile(r"\D{0,40}?([0-9](?:[\s-]?[0-9]){3,11})\D{0,40}")
_INVITE = re.compile(
    r"(?:please\s+)?invite\s+(?P<name>\w[\w'.-]*(?:\s+[\w'.-]+){0,2}?)"
    r"(?:\s+as\s+(?:an?\s+|the\s+)?(?P<role>owner|adult|child|guest))?[\s.!]*",
    re.I,
)
_NEW_NUMBER = re.compile(
    r"(?:please\s+)?(?:pair|add)\s+(?:a|my|another)?\s*(?:new\s+|other\s+)?"
    r"(?:number|phone(?:\s+number)?)[\s.!]*",
    re.I,
)
_REMOVE = re.compile(r"(?:please\s+)?(?:remove|uninvite|unpair)\s+(?P<name>.{1,40}?)[\s.!]*", re.I)
_WHO = re.compile(r"who\s+(?:do\s+you\s+(?:know|obey)|may\s+(?:text|write\s+to)\s+you)\W*", re.I)


class AddressError(ValueError):
    """Not an address that a person could have on that channel."""


def canonical(channel: str, address: str) -> str:
    """The one form of an address: E.164 for phones. Raises AddressError.

    ``0048 600-100-200`` and ``whatsapp:+48600100200`` are one; digits of other scripts, short
    codes and sender names are none.
    """
    if channel not in PHONES:
        if not address or address != clean_name(address, 128):
            raise AddressError("not an address")
        return address
    bare = re.sub(r"^whatsapp:", "", address.strip(), flags=re.I)
    number = re.sub(r"[\s().-]", "", bare)
    if number.startswith("00"):
        number = "+" + number[2:]
    if not re.fullmatch(r"\+[1-9][0-9]{6,14}", number):
        raise AddressError("not a phone number")
    return number


def masked(address: str) -> str:
    """An address for logs: enough to tell two apart, too little to call."""
    shown = clean_name(address)
    return f"{shown[:3]}…{shown[-2:]}" if len(shown) > 6 else "…"


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


class People:
    """The people of the house, over the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._inviting = asyncio.Lock()  # the open invitations are read, changed and written back

    async def identify(self, channel: str, address: str) -> Person | None:
        """Whose canonical address this is; None for a stranger."""
        known = await self._store.identity(channel, address)
        return _person(known) if known else None

    async def everyone(self) -> list[Person]:
        return [_person(known) for known in await self._store.people()]

    async def owners(self) -> list[Person]:
        return [person for person in await self.everyone() if person.role is Role.OWNER]

    async def ensure(self, channel: str, address: str, name: str, role: Role) -> Person:
        """The person at this address, made if missing: for doors that are locked otherwise,
        such as the web page and the command line."""
        person = await self.identify(channel, address)
        if person is None:
            person = await self._named(name, role) or _new(name, role)
            await self._let_in(channel, address, person)
        return person

    # Letting in ----------------------------------------------------------------------------

    async def invite(self, name: str, role: Role, by: str) -> str:
        """A code for ``name`` to send: works once, within an hour; an older one of theirs is void.

        ``by`` is who asked, for the audit. Somebody known by that name and role keeps their
        identity: the code then adds an address.
        """
        name = clean_name(name, 40) or "Somebody"
        return await self._invite(await self._named(name, role) or _new(name, role), by)

    async def try_code(self, channel: str, address: str, code: str) -> Person | None:
        """Let this address in if the code is an open one, and use it up."""
        async with self._inviting:
            invited = await self._invitations()
            tried = _hash(code)
            for invitation in invited:
                if secrets.compare_digest(invitation.code_hash, tried):
                    person = Person(invitation.person, invitation.name, invitation.role)
                    # Used up last: a crash in between repeats the message, and it still works.
                    await self._let_in(channel, address, person)
                    await self._keep([i for i in invited if i is not invitation])
                    return person
        return None

    async def greet(self, channel: str, address: str, text: str) -> str:
        """What a stranger is answered; empty for nothing, so that strangers cost nothing."""
        code = code_in(text)
        lane = f"pairing:{channel}:{address}"
        if code and not await self._locked(lane):
            if person := await self.try_code(channel, address, code):
                await self._store.clear_failures(lane)
                return welcome(person)
            if await self._count_wrong(lane, address) == MAX_WRONG:
                return LOCKED
        elif code:
            return ""
        until = datetime.now(UTC) + NOTICE_LIVES
        if await self._store.request_pairing(channel, address, "", "", until):
            return NOTICE
        waiting = {(p.channel, p.address) for p in await self._store.pending_pairings()}
        return WRONG if code and (channel, address) in waiting else ""

    async def command(self, person: Person, text: str) -> str | None:
        """Answer words about who may talk to Dobby; None when the text is about something else.

        These never reach a model: nothing that a model reads can let anybody in.
        """
        text = text.strip()
        if _WHO.fullmatch(text):
            return f"I know {names([f'{p.name} ({p.role})' for p in await self.everyone()])}."
        invite, new_number = _INVITE.fullmatch(text), _NEW_NUMBER.fullmatch(text)
        leaving = await self._leaving(text)
        if not (invite or new_number or leaving):
            return None
        if person.role is not Role.OWNER:
            await self._store.audit(person.id, "refused", {"text": text, "why": OWNER_ONLY})
            return OWNER_ONLY
        if leaving:
            return await self._shut_out(person, leaving)
        if invite:
            name = invite["name"]
            known = next((p for p in await self.everyone() if _same(p.name, name)), None)
            usual = known.role if known else Role.GUEST
            role = Role(invite["role"].lower()) if invite["role"] else usual
            code = await self.invite(name, role, person.id)
            return f"{name} sends me this code to be let in as {role}: {code}. {_ONCE}"
        code = await self._invite(person, person.id)
        return f"Send me this code from your other number: {code}. {_ONCE}"

    # ---------------------------------------------------------------------------------------

    async def _invite(self, person: Person, by: str) -> str:
        code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
        fresh = Invitation(
            code_hash=_hash(code),
            person=person.id,
            name=person.name,
            role=person.role,
            by=by,
            expires=datetime.now(UTC) + CODE_LIVES,
        )
        async with self._inviting:
            others = [i for i in await self._invitations() if i.name != person.name]
            await self._keep([*others, fresh])
        await self._store.audit(by, "invited", {"person": person.name, "role": person.role})
        return f"{code[:4]} {code[4:]}"

    async def _invitations(self) -> list[Invitation]:
        kept = _INVITED.validate_json(await self._store.note(INVITATIONS) or "[]")
        return [i for i in kept if i.expires > datetime.now(UTC)]

    async def _keep(self, invited: Sequence[Invitation]) -> None:
        text = _INVITED.dump_json(tuple(invited)).decode() if invited else None
        await self._store.set_note(INVITATIONS, text)

    async def _let_in(self, channel: str, address: str, person: Person) -> None:
        await self._store.save_person(records.Person(person.id, person.name, person.role))
        await self._store.link(channel, address, person.id)
        await self._store.settle_pairing(channel, address, None)
        detail = {"person": person.name, "role": person.role, "channel": channel}
        await self._store.audit(person.id, "paired", detail)

    async def _locked(self, lane: str) -> bool:
        since = datetime.now(UTC) - timedelta(seconds=LOCKED_S)
        return await self._store.failures(lane, since) >= MAX_WRONG

    async def _count_wrong(self, lane: str, address: str) -> int:
        wrong = await self._store.note_failure(lane, LOCKED_S)
        if wrong == MAX_WRONG:
            await self._store.audit(masked(address), "locked out", {"wrong codes": wrong})
        if await self._store.note_failure("pairing") >= MAX_WRONG_ALL:
            async with self._inviting:
                await self._keep(())
        return wrong

    async def _named(self, name: str, role: Role) -> Person | None:
        """Somebody known by that name; with another role it is the same person, changed."""
        for known in await self.everyone():
            if _same(known.name, name):
                return Person(known.id, known.name, role)
        return None

    async def _leaving(self, text: str) -> Person | None:
        asked = _REMOVE.fullmatch(text)
        if asked is None:
            return None
        return next((p for p in await self.everyone() if _same(p.name, asked["name"])), None)

    async def _shut_out(self, owner: Person, leaving: Person) -> str:
        if leaving.id == owner.id:
            return "You are the owner; I do not shut you out on your own word."
        for identity in await self._store.identities(leaving.id):
            await self._store.unlink(identity.channel, identity.address)
        await self._store.audit(owner.id, "shut out", {"person": leaving.name})
        return f"{leaving.name} can no longer talk to me."


_ONCE = "It works once, within an hour."


def code_in(text: str) -> str:
    """The digits of a text that is nothing but a code, with a few words around it; or empty."""
    found = _CODE.fullmatch(text)
    return re.sub(r"[^0-9]", "", found[1]) if found else ""


def welcome(person: Person) -> str:
    return f"Welcome, {person.name}. I know you as {person.role} from now on. Say help any time."


def _same(name: str, other: str) -> bool:
    return name.casefold() == other.casefold()


def _person(known: records.Person) -> Person:
    """A role that this version does not know grants the least."""
    role = Role(known.role) if known.role in Role.__members__.values() else Role.GUEST
    return Person(known.id, known.name, role)


def _new(name: str, role: Role) -> Person:
    return Person(f"person-{secrets.token_hex(4)}", name, role)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
