"""Who is who: roles, and how a new number is let in.

Nobody is let in by what they say of themselves. The first owner sends the code that ``dobby pair``
prints at the server; everyone else sends a code that the owner asked for ("invite Anna as adult").
A stranger is told so once, by fixed words: no brain sees a stranger's text.
"""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime, timedelta

from devices.device import clean_name
from dobby.agent.phrases import names
from dobby.language.words import Words
from dobby.people.addresses import masked
from dobby.people.invitations import Invitation, Invitations, code_in
from dobby.people.roles import RESIDENTS_ONLY, Person, Role
from memory import records
from memory.errors import LastOwner
from memory.store import Store

NEW_FOR = timedelta(days=1)  # an address is, and what is risky waits for an owner's word
NOTICE_LIVES = timedelta(days=1)  # a stranger is told once in this time
MAX_WRONG = 20  # codes from one address within LOCKED_S: then it is locked out for as long
MAX_WRONG_ALL = 100  # codes from everyone within an hour: then every open invitation is void
LOCKED_S = 86_400.0
SERVER = "the server"  # who invites by `dobby pair`, and at the page

NOTICE = (
    "I look after a house, and I do not know this number. Ask the owner of the house for a code, "
    "and send it to me here. (An owner finds one with `dobby pair`, on my server.)"
)
WRONG = "That code is not right, or it is too old."
LOCKED = "That was one wrong code too many. I take no more codes from this number today."
OWNER_ONLY = "Only an owner can let people in or shut them out."
TOO_NEW = (
    "I know this number for less than a day, and that is about who may come in: say it from the "
    "page, or have another owner say it."
)

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
_TRUST = re.compile(r"(?:yes\W+)?(?:please\s+)?trust\s+(?P<name>.{1,40}?)[\s.!]*", re.I)
_WHO = re.compile(r"who\s+(?:do\s+you\s+(?:know|obey)|may\s+(?:text|write\s+to)\s+you)\W*", re.I)


class StillOwner(ValueError):
    """An owner would be one no longer, by a code; the message says what to do."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is an owner, and a code does not change that. An owner can say: remove "
            f"{name}; then invite {name} anew."
        )


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

    async def show_code(self, person: Person, channel: str, address: str, code: str) -> str | None:
        """What somebody known is answered who sends a code; None if it is none.

        It may make more of them than they were, since an owner said so. It never makes them
        somebody else, and takes nothing from anybody.
        """
        async with self._invitations.lock:
            invitation = await self._open_to(code)
            if invitation is None:
                return None
            if invitation.person != person.id:
                return (
                    f"That code lets {invitation.name} in. I know you as {person.name}, and a "
                    f"code does not change that: {invitation.name} has to send it to me."
                )
            if invitation.role is person.role:
                return (
                    f"I know you here already, {person.name}. Send that code to me from your "
                    "other number."
                )
            changed = Person(person.id, person.name, invitation.role)
            await self._let_in(channel, address, changed)
            await self._invitations.use_up(invitation)
            return welcome(changed)

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
            if person.role is Role.GUEST:
                return Words().put(RESIDENTS_ONLY)
            return f"I know {names([f'{p.name} ({p.role})' for p in await self.everyone()])}."
        invite, new_number = _INVITE.fullmatch(text), _NEW_NUMBER.fullmatch(text)
        # Whom there is to be shut out or trusted is told to nobody who may not do it.
        leaving = trusted = None
        if person.role is not Role.GUEST:
            out, believe = _REMOVE.fullmatch(text), _TRUST.fullmatch(text)
            leaving = await self._by_name(out["name"]) if out else None
            trusted = await self._by_name(believe["name"]) if believe else None
        if not (invite or new_number or leaving or trusted):
            return None
        if person.role is not Role.OWNER or person.new:
            why = TOO_NEW if person.role is Role.OWNER else OWNER_ONLY
            await self._store.audit(person.id, "refused", {"text": text, "why": why})
            return why
        if leaving:
            return await self._shut_out(person, leaving)
        if trusted:
            return await self._trust(person, trusted)
        if invite:
            try:
                return await self._invited(person, invite["name"], invite["role"])
            except StillOwner as error:
                return str(error)
        code = await self._invitations.make(person, person.id)
        return f"Send me this code from your other number: {code}. {_ONCE}"

    # ---------------------------------------------------------------------------------------

    async def _invited(self, owner: Person, name: str, said: str | None) -> str:
        known = await self._by_name(name)
        usual = known.role if known else Role.GUEST
        role = Role(said.lower()) if said else usual
        code = await self.invite(name, role, owner.id)
        change = f" (so far {known.role})" if known and known.role is not role else ""
        return f"{name} sends me this code to be let in as {role}{change}: {code}. {_ONCE}"

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

    async def _shut_out(self, owner: Person, leaving: Person) -> str:
        if leaving.id == owner.id:
            return "You are the owner; I do not shut you out on your own word."
        try:
            await self._store.shut_out(leaving.id)
        except LastOwner as error:
            return str(error)
        await self._store.audit(owner.id, "shut out", {"person": leaving.name})
        return f"{leaving.name} can no longer talk to me."

    # Who is too new ------------------------------------------------------------------------

    async def vouchers(self, person: Person, address: str, wish: str) -> tuple[list[Person], str]:
        """Who is asked whether this new person may do what they wished, and with which words."""
        text = (
            f"{person.name} ({person.role}, let in less than a day ago from {masked(address)}) "
            f"wants to {wish}. I did not. If that is right, say: trust {person.name}. "
            f"If not, say: remove {person.name}."
        )
        return await self.owners(), text

    async def _trust(self, owner: Person, trusted: Person) -> str:
        await self._store.trust(trusted.id)
        await self._store.audit(owner.id, "trusted", {"person": trusted.name})
        return f"I trust {trusted.name} from now on. What was wished has to be said again."


_ONCE = "It works once, within an hour."


def welcome(person: Person) -> str:
    return f"Welcome, {person.name}. I know you as {person.role} from now on. Say help any time."


def _same(name: str, other: str) -> bool:
    return name.casefold() == other.casefold()


def _person(known: records.PersonRecord) -> Person:
    """A role that this version does not know grants the least."""
    role = Role(known.role) if known.role in Role.__members__.values() else Role.GUEST
    new = known.trusted_from is not None and known.trusted_from > datetime.now(UTC)
    return Person(known.id, known.name, role, new)


def _new(name: str, role: Role) -> Person:
    return Person(f"person-{secrets.token_hex(4)}", name, role)
