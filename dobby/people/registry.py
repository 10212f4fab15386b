"""Who is who: roles, and how a new number is let in.

Nobody is let in by what they say of themselves. The first owner sends the code that ``dobby pair``
prints at the server; everyone else sends a code that the owner asked for ("invite Anna as adult").
A stranger is told so once, by fixed words: no brain sees a stranger's text.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

from devices.device import clean_name
from dobby.language.words import Message, Several, message
from dobby.people.addresses import masked
from dobby.people.invitations import Invitation, Invitations, code_in
from dobby.people.roles import RESIDENTS_ONLY, Person, Role
from dobby.people.sayings import saying
from memory import records
from memory.errors import LastOwner
from memory.store import Store

NEW_FOR = timedelta(days=1)  # an address is, and what is risky waits for an owner's word
NOTICE_LIVES = timedelta(days=1)  # a stranger is told once in this time
MAX_WRONG = 20  # codes from one address within LOCKED_S: then it is locked out for as long
MAX_WRONG_ALL = 100  # codes from everyone within an hour: then every open invitation is void
LOCKED_S = 86_400.0
SERVER = "the server"  # who invites by `dobby pair`, and at the page

NOTICE = message("stranger")
WRONG = message("code-too-old")
LOCKED = message("codes-too-many")
OWNER_ONLY = message("owners-let-in")
TOO_NEW = message("too-new-to-let-in")


class StillOwner(ValueError):
    """An owner would be one no longer, by a code; ``said`` tells what to do."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is an owner, and a code does not change that")
        self.said = message("still-owner", name=name)


class People:
    """The people of the house, over the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._invitations = Invitations(store)

    async def identify(self, channel: str, address: str) -> Person | None:
        """Whose canonical address this is; None for a stranger."""
        known = await self._store.identity(channel, address)
        return _person(known) if known else None

    async def everyone(self) -> list[Person]:
        """Who can be heard; who was shut out is not among them."""
        heard = {identity.person for identity in await self._store.identities()}
        return [person for person in await self._known() if person.id in heard]

    async def owners(self) -> list[Person]:
        return [person for person in await self.everyone() if person.role is Role.OWNER]

    async def ensure(self, channel: str, address: str, name: str, role: Role) -> Person:
        """The person at this address, with this role, made if missing: for doors that are locked
        otherwise, such as the web page and the command line."""
        person = await self.identify(channel, address)
        if person is None or person.role is not role:
            person = await self._named(name, role) or _new(name, role)
            await self._let_in(channel, address, person, trusted=True)
        return person

    # Letting in ----------------------------------------------------------------------------

    async def invite(self, name: str, role: Role, by: str) -> str:
        """A code for ``name`` to send: works once, within an hour; an older one of theirs is void.

        ``by`` is who asked, for the audit. Somebody known by that name keeps their identity: the
        code adds an address, and may give another role. Raises StillOwner.
        """
        name = clean_name(name, 40) or "Somebody"
        invited = await self._named(name, role) or _new(name, role)
        if await self._would_lose(invited.id, role):
            raise StillOwner(invited.name)
        return await self._invitations.make(invited, by)

    async def try_code(self, channel: str, address: str, code: str) -> Person | None:
        """Let a stranger's address in if the code is an open one, and use it up."""
        async with self._invitations.lock:
            invitation = await self._open_to(code)
            if invitation is None:
                return None
            person = Person(invitation.person, invitation.name, invitation.role)
            first = invitation.by == SERVER and person.role is Role.OWNER
            await self._let_in(channel, address, person, trusted=first)
            await self._invitations.use_up(invitation)
            return person

    async def show_code(
        self, person: Person, channel: str, address: str, code: str
    ) -> Message | None:
        """What somebody known is answered who sends a code; None if it is none.

        It may make more of them than they were, since an owner said so. It never makes them
        somebody else, and takes nothing from anybody.
        """
        async with self._invitations.lock:
            invitation = await self._open_to(code)
            if invitation is None:
                return None
            if invitation.person != person.id:
                return message("code-of-another", invited=invitation.name, name=person.name)
            if invitation.role is person.role:
                return message("known-here", name=person.name)
            changed = Person(person.id, person.name, invitation.role)
            await self._let_in(channel, address, changed)
            await self._invitations.use_up(invitation)
            return welcome(changed)

    async def greet(self, channel: str, address: str, text: str) -> Message | str:
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

    async def command(self, person: Person, text: str, language: str) -> Message | None:
        """Answer words about who may talk to Dobby; None when the text is about something else.

        These never reach a model: nothing that a model reads can let anybody in.
        """
        said = saying(text, language)
        if said is None:
            return None
        if said.wish == "who":
            return RESIDENTS_ONLY if person.role is Role.GUEST else await self._all_told()
        about = None
        if said.wish in {"remove", "trust"}:
            # Whom there is to be shut out or trusted is told to nobody who may not do it.
            known = person.role is not Role.GUEST
            about = await self._by_name(said.name) if known else None
            if about is None:
                return None
        if person.role is not Role.OWNER or person.new:
            why = TOO_NEW if person.role is Role.OWNER else OWNER_ONLY
            await self._store.audit(person.id, "refused", {"text": text, "why": why.id})
            return why
        if about:
            change = self._shut_out if said.wish == "remove" else self._trust
            return await change(person, about)
        if said.wish == "invite":
            try:
                return await self._invited(person, said.name, said.role)
            except StillOwner as error:
                return error.said
        code = await self._invitations.make(person, person.id)
        return message("number-code", code=code)

    # ---------------------------------------------------------------------------------------

    async def _all_told(self) -> Message:
        told = [_with_role(person) for person in await self.everyone()]
        return message("people-known", people=Several(tuple(told)))

    async def _invited(self, owner: Person, name: str, said: Role | None) -> Message:
        known = await self._by_name(name)
        role = said or (known.role if known else Role.GUEST)
        code = await self.invite(name, role, owner.id)
        if known and known.role is not role:
            was = message("role", role=known.role)
            return message("invited-anew", name=name, role=role, was=was, code=code)
        return message("invited", name=name, role=role, code=code)

    async def _let_in(
        self, channel: str, address: str, person: Person, trusted: bool = False
    ) -> None:
        """Raises LastOwner."""
        row = records.PersonRecord(person.id, person.name, person.role)
        trusted_from = None if trusted else datetime.now(UTC) + NEW_FOR
        await self._store.admit(channel, address, row, trusted_from)
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
            await self._invitations.void()
        return wrong

    async def _known(self) -> list[Person]:
        return [_person(known) for known in await self._store.people()]

    async def _named(self, name: str, role: Role) -> Person | None:
        """Somebody known by that name; with another role it is the same person, changed."""
        for known in await self._known():
            if _same(known.name, name):
                return Person(known.id, known.name, role)
        return None

    async def _open_to(self, code: str) -> Invitation | None:
        """The invitation of this code; none that would take ownership away by now."""
        found = await self._invitations.open_to(code)
        lost = found is not None and await self._would_lose(found.person, found.role)
        return None if lost else found

    async def _would_lose(self, person: str, role: Role) -> bool:
        """Whether an owner would be one no longer."""
        return role is not Role.OWNER and any(o.id == person for o in await self.owners())

    async def _by_name(self, name: str) -> Person | None:
        return next((p for p in await self.everyone() if _same(p.name, name)), None)

    async def _shut_out(self, owner: Person, leaving: Person) -> Message:
        if leaving.id == owner.id:
            return message("not-yourself")
        try:
            await self._store.shut_out(leaving.id)
        except LastOwner:
            return message("last-owner")
        await self._store.audit(owner.id, "shut out", {"person": leaving.name})
        return message("shut-out", name=leaving.name)

    # Who is too new ------------------------------------------------------------------------

    async def vouchers(
        self, person: Person, address: str, wish: str
    ) -> tuple[list[Person], Message]:
        """Who is asked whether this new person may do what they wished, and with which words."""
        text = message(
            "is-it-right", name=person.name, role=person.role, address=masked(address), wish=wish
        )
        return await self.owners(), text

    async def _trust(self, owner: Person, trusted: Person) -> Message:
        await self._store.trust(trusted.id)
        await self._store.audit(owner.id, "trusted", {"person": trusted.name})
        return message("trusted-now", name=trusted.name)


def welcome(person: Person) -> Message:
    return message("welcome", name=person.name, role=person.role)


def _with_role(person: Person) -> Message:
    return message("person-with-role", name=person.name, role=person.role)


def _same(name: str, other: str) -> bool:
    return name.casefold() == other.casefold()


def _person(known: records.PersonRecord) -> Person:
    """A role that this version does not know grants the least."""
    role = Role(known.role) if known.role in Role.__members__.values() else Role.GUEST
    new = known.trusted_from is not None and known.trusted_from > datetime.now(UTC)
    return Person(known.id, known.name, role, new)


def _new(name: str, role: Role) -> Person:
    return Person(f"person-{secrets.token_hex(4)}", name, role)
