"""Who is let in, and who is not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dobby.language.words import Words
from dobby.people.addresses import AddressError, canonical, masked
from dobby.people.invitations import code_in
from dobby.people.registry import LOCKED as LOCKED_OUT
from dobby.people.registry import (
    MAX_WRONG,
    MAX_WRONG_ALL,
    SERVER,
    People,
    StillOwner,
)
from dobby.people.registry import NOTICE as STRANGER
from dobby.people.registry import WRONG as TOO_OLD
from dobby.people.roles import Person, Role
from memory import records
from memory.errors import LastOwner
from memory.store import Store

put = Words().put
NOTICE, WRONG, LOCKED = put(STRANGER), put(TOO_OLD), put(LOCKED_OUT)
ANNA, BEN = "+48600100200", "+48600100201"


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[People]:
    async with Store(tmp_path / "dobby.db") as store:
        yield People(store)


def store_of(people: People) -> Store:
    return people._store  # pyright: ignore[reportPrivateUsage]


async def greet(people: People, channel: str, address: str, text: str) -> str:
    return put(await people.greet(channel, address, text))


async def command(people: People, person: Person, text: str, language: str = "en") -> str | None:
    told = await people.command(person, text, language)
    return told and Words(language).put(told)


async def show_code(
    people: People, person: Person, channel: str, address: str, code: str
) -> str | None:
    told = await people.show_code(person, channel, address, code)
    return told and put(told)


@pytest.mark.parametrize(
    "written",
    ["+48600100200", "0048600100200", "whatsapp:+48600100200", "WhatsApp:+48 600-100-200",
     " +48 (600) 100.200 "],
)  # fmt: skip
def test_attack_15_one_number_is_one_identity(written: str) -> None:
    assert canonical("whatsapp", written) == ANNA


@pytest.mark.parametrize(
    "written",
    ["+٤٨٦٠٠١٠٠٢٠٠", "+48６00100200", "600100200", "12345", "AMAZON", "", "+", "+0048600100200",
     "+48600100200\u200b", "+48600100200;+1", "+1234567890123456", "+48600100200\n+1"],
)  # fmt: skip
def test_attack_15_what_is_no_number_is_rejected(written: str) -> None:
    with pytest.raises(AddressError):
        canonical("sms", written)


@pytest.mark.parametrize("written", ["", "a\nb", "x" * 200, "a\u202eb"])
def test_other_channels_take_plain_addresses_only(written: str) -> None:
    assert canonical("web", "anna") == "anna"
    with pytest.raises(AddressError):
        canonical("web", written)


def test_logs_cannot_be_dialled() -> None:
    assert masked(ANNA) == "+48…00"
    assert masked("\x1b[2J\nroot: ok 600100200") == "[2J…00"  # attack 49: nor can they be forged


@pytest.mark.parametrize(
    ("text", "code"),
    [("4821 9034", "48219034"), ("4821-9034", "48219034"), ("My code is 48219034!", "48219034"),
     ("turn the light to 40 and the heat to 21", ""), ("٤٨٢١٩٠٣٤", ""), ("hello", "")],
)  # fmt: skip
def test_a_code_is_read_as_people_write_it(text: str, code: str) -> None:
    assert code_in(text) == code


async def test_the_first_owner_is_let_in_by_the_code_of_the_server(people: People) -> None:
    assert await greet(people, "sms", ANNA, "hello") == NOTICE
    code = await people.invite("Anna", Role.OWNER, "server")
    assert "Welcome, Anna" in await greet(people, "sms", ANNA, f"code {code}")
    anna = await people.identify("sms", ANNA)
    assert anna
    assert (anna.name, anna.role) == ("Anna", Role.OWNER)
    assert await store_of(people).pending_pairings() == []
    assert await greet(people, "sms", BEN, code) == NOTICE  # used up


async def test_the_owner_invites_in_the_chat(people: People) -> None:
    anna = await people.ensure("web", "anna", "Anna", Role.OWNER)
    said = await command(people, anna, "Invite Ben as child")
    assert said
    code = code_in(said.partition("child: ")[2].partition(".")[0])
    assert "child" in await greet(people, "whatsapp", BEN, code)
    ben = await people.identify("whatsapp", BEN)
    assert ben
    assert ben.role is Role.CHILD
    assert await command(people, ben, "invite Eve as owner") == (
        "Only an owner can let people in or shut them out."
    )
    actions = [(row.actor, row.action) for row in await store_of(people).audited()]
    assert (ben.id, "refused") in actions
    assert (anna.id, "invited") in actions


async def test_without_a_role_an_invitation_gives_the_least(people: People) -> None:
    anna = await people.ensure("web", "anna", "Anna", Role.OWNER)
    said = await command(people, anna, "invite Eve")
    assert said
    assert "as guest" in said


async def test_inviting_somebody_known_again_keeps_their_role(people: People) -> None:
    anna = await people.ensure("web", "anna", "Anna", Role.OWNER)
    ben = await people.ensure("sms", BEN, "Ben", Role.ADULT)
    said = await command(people, anna, "invite ben")
    assert said
    assert "as adult" in said
    code = code_in(said.partition("adult: ")[2].partition(".")[0])
    await greet(people, "whatsapp", BEN, code)
    assert await people.identify("whatsapp", BEN) == ben


async def test_a_second_number_is_the_same_person(people: People) -> None:
    anna = await people.ensure("web", "anna", "Anna", Role.OWNER)
    said = await command(people, anna, "pair a new number")
    assert said
    code = code_in(said.partition(": ")[2].partition(".")[0])
    await greet(people, "sms", ANNA, code)
    assert await people.identify("sms", ANNA) == anna


async def test_who_leaves_is_a_stranger_at_once(people: People) -> None:
    anna = await people.ensure("web", "anna", "Anna", Role.OWNER)
    await people.ensure("sms", BEN, "Ben", Role.GUEST)
    assert await command(people, anna, "remove Ben") == "Ben can no longer talk to me."
    assert await people.identify("sms", BEN) is None
    assert "on your own word" in str(await command(people, anna, "remove Anna"))
    assert await command(people, anna, "remove the lamp") is None


async def test_a_code_never_makes_somebody_known_somebody_else(people: People) -> None:
    """Whoever is known may type whatever code there is, from wherever: they stay who they are."""
    owner = await people.ensure("web", "page", "Owner", Role.OWNER)
    gus = await people.ensure("sms", BEN, "Gus", Role.GUEST)
    for role in Role:
        code = code_in(await people.invite(f"Anna {role}", role, owner.id))
        for known, channel, address in ((owner, "web", "page"), (gus, "sms", BEN)):
            told = await show_code(people, known, channel, address, code)
            assert told
            assert f"Anna {role} has to send it" in told
            again = await people.identify(channel, address)
            assert again == known
        assert "Welcome" in await greet(
            people, "sms", f"+4860000000{len(role)}", code
        )  # still open


async def test_a_code_may_make_more_of_somebody_and_says_so(people: People) -> None:
    owner = await people.ensure("web", "page", "Owner", Role.OWNER)
    ben = await people.ensure("sms", BEN, "Ben", Role.CHILD)
    said = await command(people, owner, "invite Ben as adult")
    assert said
    assert "so far child" in said
    code = code_in(said.rpartition("): ")[2].partition(".")[0])
    assert "adult" in str(await show_code(people, ben, "sms", BEN, code))
    grown = await people.identify("sms", BEN)
    assert grown == Person(ben.id, "Ben", Role.ADULT)


async def roles(people: People) -> dict[str, Role]:
    return {person.name: person.role for person in await people.everyone()}


@pytest.mark.parametrize("role", [Role.ADULT, Role.CHILD, Role.GUEST])
async def test_no_code_takes_ownership_away(people: People, role: Role) -> None:
    """In the chat, at the page, by a code from before they were an owner, known or a stranger."""
    owner = await people.ensure("web", "page", "Owner", Role.OWNER)
    await people.ensure("sms", BEN, "Olga", Role.OWNER)
    for name in ("owner", "Olga"):
        assert "is an owner" in str(await command(people, owner, f"invite {name} as {role}"))
        with pytest.raises(StillOwner):
            await people.invite(name, role, SERVER)
    zoe = await people.ensure("sms", ANNA, "Zoe", Role.OWNER)
    await store_of(people).save_person(records.PersonRecord(zoe.id, "Zoe", "guest"))
    early = code_in(await people.invite("Zoe", role, owner.id))
    await store_of(people).save_person(records.PersonRecord(zoe.id, "Zoe", "owner"))
    assert await people.try_code("sms", "+48600100777", early) is None
    assert await show_code(people, zoe, "sms", ANNA, early) is None
    assert set((await roles(people)).values()) == {Role.OWNER}


async def test_the_last_owner_stays_however_two_remove_each_other(people: People) -> None:
    anna = await people.ensure("sms", ANNA, "Anna", Role.OWNER)
    olga = await people.ensure("sms", BEN, "Olga", Role.OWNER)
    told = await asyncio.gather(
        command(people, anna, "remove Olga"), command(people, olga, "remove Anna")
    )
    assert len(await people.owners()) == 1, told
    with pytest.raises(LastOwner):
        await store_of(people).shut_out((await people.owners())[0].id)
    left = (await people.owners())[0]
    child = records.PersonRecord(left.id, left.name, Role.CHILD)
    with pytest.raises(LastOwner):
        await store_of(people).admit("sms", "+48600100888", child)
    address = (await store_of(people).identities(left.id))[0].address
    with pytest.raises(LastOwner):  # nor by giving their only address to somebody else
        await store_of(people).admit("sms", address, records.PersonRecord("x", "X", "adult"))
    assert await people.owners() == [left]


async def test_a_page_that_was_lost_to_a_code_is_the_owner_s_again(people: People) -> None:
    """As houses are that typed another's code at the page before codes asked who sends them."""
    owner = await people.ensure("web", "page", "Owner", Role.OWNER)
    await store_of(people).save_person(records.PersonRecord("anna", "Anna", "adult"))
    await store_of(people).link("web", "page", "anna")
    assert await people.ensure("web", "page", "Owner", Role.OWNER) == owner
    assert await people.identify("web", "page") == owner


async def test_who_was_shut_out_is_listed_no_more(people: People) -> None:
    anna = await people.ensure("web", "anna", "Anna", Role.OWNER)
    await people.ensure("sms", BEN, "Zoe", Role.ADULT)
    await command(people, anna, "remove Zoe")
    assert "Zoe" not in str(await command(people, anna, "who do you know"))


async def test_a_guest_learns_of_nobody(people: People) -> None:
    await people.ensure("web", "anna", "Anna", Role.OWNER)
    gus = await people.ensure("sms", BEN, "Gus", Role.GUEST)
    for text in ("who do you know?", "who may text you?", "remove Anna", "trust Anna"):
        told = await command(people, gus, text) or ""
        assert "Anna" not in told
        assert told == (await command(people, gus, text.replace("Anna", "Nobody")) or "")


async def test_words_about_other_things_are_left_to_the_brain(people: People) -> None:
    anna = await people.ensure("web", "anna", "Anna", Role.OWNER)
    for text in (
        "pair the hue bridge",
        "turn on the light",
        "remove milk from the list",
        "hi",
        "invite everybody over for a big party",
    ):
        assert await command(people, anna, text) is None


async def test_attack_13_a_hundred_strangers_cost_three_notices(people: People) -> None:
    answers = [
        await greet(people, "sms", f"+4860000{number:04}", "unlock the door")
        for number in range(100)
    ]
    assert answers[:3] == [NOTICE] * 3
    assert answers[3:] == [""] * 97
    assert len(await store_of(people).pending_pairings()) == 3
    assert await greet(people, "sms", "+48600000000", "hello?") == ""  # told once, not twice
    code = await people.invite("Anna", Role.OWNER, "server")
    assert "Welcome" in await greet(people, "sms", ANNA, code)  # they do not keep the owner out


async def test_attack_14_twenty_wrong_codes_lock_out(people: People) -> None:
    answers = [await greet(people, "sms", BEN, f"{number:08}") for number in range(MAX_WRONG)]
    assert answers == [NOTICE, *[WRONG] * (MAX_WRONG - 2), LOCKED]
    code = await people.invite("Ben", Role.GUEST, "server")
    assert await greet(people, "sms", BEN, code) == ""  # even the right one
    assert await people.identify("sms", BEN) is None
    assert any(row.action == "locked out" for row in await store_of(people).audited())


async def test_guessing_from_many_numbers_voids_the_invitation(people: People) -> None:
    code = await people.invite("Ben", Role.GUEST, "server")
    wrong = f"{(int(code.replace(' ', '')) + 1) % 10**8:08}"
    for number in range(MAX_WRONG_ALL):
        await greet(people, "sms", f"+4860000{number:04}", wrong)
    assert "Welcome" not in await greet(people, "sms", BEN, code)


async def test_an_old_code_is_no_code(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dobby.people.invitations.CODE_LIVES", timedelta(seconds=-1))
    code = await people.invite("Ben", Role.GUEST, "server")
    assert await people.try_code("sms", BEN, code) is None


async def test_a_newer_code_voids_the_older(people: People) -> None:
    older = await people.invite("Ben", Role.GUEST, "server")
    newer = await people.invite("Ben", Role.ADULT, "server")
    assert await people.try_code("sms", BEN, code_in(older)) is None
    assert await people.try_code("sms", BEN, code_in(newer)) is not None


async def test_an_unknown_role_grants_the_least(people: People) -> None:
    from memory.records import PersonRecord

    await store_of(people).save_person(PersonRecord("p", "Zed", "emperor"))
    await store_of(people).link("web", "zed", "p")
    zed = await people.identify("web", "zed")
    assert zed
    assert zed.role is Role.GUEST


async def test_failures_are_forgotten_after_a_day(people: People) -> None:
    for number in range(MAX_WRONG):
        await greet(people, "sms", BEN, f"{number:08}")
    since = datetime.now(UTC) + timedelta(seconds=1)
    assert await store_of(people).failures(f"pairing:sms:{BEN}", since) == 0


SPOKEN = {
    "de": ("Lade Ben als Kind ein", "Kind", "kann nicht mehr", "entferne Ben", "wen kennst du?"),
    "fr": ("invite Ben comme enfant", "enfant", "ne peut plus", "retire Ben", "tu connais qui ?"),
    "es": ("invita a Ben como niño", "niño", "ya no puede", "elimina a Ben", "¿a quién conoces?"),
    "nl": ("nodig Ben uit als kind", "kind", "kan niet meer", "verwijder Ben", "wie ken je?"),
    "pl": ("zaproś: Ben jako dziecko", "dziecko", "nie może już", "usuń Ben", "kogo znasz?"),
}  # fmt: skip


@pytest.mark.parametrize("language", SPOKEN)
async def test_people_are_let_in_and_out_in_the_language_of_the_house(
    people: People, language: str
) -> None:
    invite, role, gone, remove, who = SPOKEN[language]
    anna = await people.ensure("web", "anna", "Anna", Role.OWNER)
    assert await command(people, anna, f"{invite}?", language) is None  # that is only asked
    said = await command(people, anna, invite, language)
    assert said
    assert "Ben" in said
    assert role in said
    code = "".join(c for c in said if c.isdigit())
    welcomed = await people.greet("sms", BEN, code)
    assert "Ben" in Words(language).put(welcomed)
    ben = await people.identify("sms", BEN)
    assert ben
    assert ben.role is Role.CHILD
    known = await command(people, anna, who, language)
    assert known
    assert f"Ben ({role})" in known
    refused = await command(people, ben, invite, language)
    assert refused == Words(language).say("owners-let-in")
    told = await command(people, anna, remove, language)
    assert told
    assert gone in told
    assert await people.identify("sms", BEN) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "entferne Milch"), ("de", "schalte das Licht ein"), ("de", "koppel die Brücke"),
     ("fr", "retire le lait de la liste"), ("fr", "invite tout le monde à la grande fête"),
     ("es", "quita la leche"), ("nl", "verwijder melk van de lijst"), ("pl", "usuń mleko z listy"),
     ("nl", "nodig iedereen voor het feest uit"), ("pl", "dodaj numer jeden do listy")],
)  # fmt: skip
async def test_words_about_other_things_are_no_command_in_other_languages(
    people: People, language: str, text: str
) -> None:
    anna = await people.ensure("web", "anna", "Anna", Role.OWNER)
    assert await command(people, anna, text, language) is None
