"""What was seen is found again over years; rules come back; secrets leave no trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from memory.records import Draft, PersonRecord, PictureRow, SendState
from memory.store import Store
from tests.memory.test_store_schema import run_sql

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def incident(name: str, minutes: float, lasts: float | None = 5) -> dict[str, Any]:
    started = NOON + timedelta(minutes=minutes)
    last = started + timedelta(minutes=lasts or 0)
    return {
        "id": name,
        "started": started.isoformat().replace("+00:00", "Z"),
        "last": last.isoformat(),
        "ended": last.isoformat() if lasts is not None else None,
        "kind": "person",
    }


def ids(found: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in found]


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


async def test_cameras_are_kept_and_forgotten(path: Path) -> None:
    async with Store(path) as store:
        await store.save_camera("onvif:1", {"looks_at": "front door"})
        await store.save_camera("onvif:1", {"looks_at": "drive"})
        await store.save_camera("camera:2", {"looks_at": "'; DROP TABLE cameras"})
    async with Store(path) as store:
        assert await store.cameras() == {
            "camera:2": {"looks_at": "'; DROP TABLE cameras"},
            "onvif:1": {"looks_at": "drive"},
        }


async def test_incidents_are_found_by_when_they_were_under_way(store: Store) -> None:
    for one in (incident("late", 60), incident("early", 0), incident("long", 10, 100)):
        await store.save_incident(one)
    assert ids(await store.incidents()) == ["early", "long", "late"]
    assert ids(await store.incidents(since=at(30))) == ["long", "late"]
    assert ids(await store.incidents(since=at(30), until=at(50))) == ["long"]
    assert ids(await store.incidents(until=at(10))) == ["early"]
    assert ids(await store.incidents(limit=2)) == ["long", "late"]
    assert await store.incidents(since=at(200)) == []


async def test_an_incident_is_changed_in_place(path: Path) -> None:
    async with Store(path) as store:
        await store.save_incident(incident("a", 0, None))
        assert ids(await store.incidents(open_only=True)) == ["a"]
        over = {**incident("a", 0, 7), "words": "A brown van."}
        await store.save_incident(over)
        assert await store.incidents(open_only=True) == []
        assert await store.incidents() == [over]
    async with Store(path) as store:
        assert await store.incidents() == [over]


async def test_the_years_are_searched_by_an_index(store: Store, path: Path) -> None:
    when = "EXPLAIN QUERY PLAN SELECT data FROM incidents WHERE "
    order = " ORDER BY started DESC LIMIT 50"
    for where, index in (
        ("last >= '2026' AND started < '2027'", "ix_incidents_started_last"),
        ("open IS 1", "ix_incidents_open_started"),
    ):
        plan = str(run_sql(path, when + where + order))
        assert index in plan
        assert "TEMP B-TREE" not in plan
    heard = "SELECT max(at) FROM inbound WHERE channel = 'sms' AND sender = 'x'"
    assert "COVERING INDEX" in str(run_sql(path, f"EXPLAIN QUERY PLAN {heard}"))
    oldest = "SELECT * FROM pictures ORDER BY at LIMIT 5"
    assert "ix_pictures_at" in str(run_sql(path, f"EXPLAIN QUERY PLAN {oldest}"))


async def test_a_dropped_rule_comes_back_in_its_place(store: Store) -> None:
    message = await store.receive("sms", "1", "ann", "+48", "not for cats")
    assert message is not None
    first = await store.add_rule({"labels": ["cat"]}, "ann", message.id)
    second = await store.add_rule({"hours": "night"}, "ben")
    rows = await store.rules()
    assert [(r.id, r.data, r.person, r.source) for r in rows] == [
        (first, {"labels": ["cat"]}, "ann", message.id),
        (second, {"hours": "night"}, "ben", None),
    ]
    assert await store.drop_rule(first)
    assert not await store.drop_rule(first)
    assert [row.id for row in await store.rules()] == [second]
    assert await store.restore_rule(first)
    assert not await store.restore_rule(first)
    assert not await store.restore_rule(77)
    assert [row.id for row in await store.rules()] == [first, second]


async def test_pictures_are_listed_oldest_first(store: Store) -> None:
    rows = [PictureRow(f"p{n}", "onvif:1", "a" if n % 2 else "", at(n), 100 + n) for n in range(5)]
    for row in rows[::-1]:
        await store.save_picture(row)
    assert await store.pictures() == rows
    assert await store.pictures(before=at(2)) == rows[:2]
    assert await store.pictures(limit=1) == rows[:1]
    assert await store.picture_bytes() == 510
    assert await store.drop_picture("p3")
    assert not await store.drop_picture("p3")
    assert await store.pictures() == [*rows[:3], rows[4]]
    assert await store.picture_bytes() == 407


async def test_when_somebody_was_last_heard(store: Store) -> None:
    assert await store.last_heard("whatsapp", "+48") is None
    for n, minutes in enumerate((5, 9, 3)):  # a message that was missed is taken up later
        await store.receive("whatsapp", f"w{n}", "ann", "+48", "hi", at=at(minutes))
    await store.receive("sms", "s", "ann", "+48", "hi", at=at(30))
    assert await store.last_heard("whatsapp", "+48") == at(9)
    assert await store.last_heard("whatsapp", "+49") is None


# A message said again, or another way -------------------------------------------------------


def alert(dedupe: str = "a", **more: Any) -> Draft:
    return Draft("web", "ann", "page", "A person came.", dedupe, ("picture:1",), **more)


async def test_a_message_is_revised(store: Store) -> None:
    row = await store.post(alert())
    told = await store.revise("a", "A person left a parcel.", ["picture:2"])
    assert told is not None
    assert (told.draft.text, told.draft.media) == ("A person left a parcel.", ("picture:2",))
    claimed = await store.sending(row.id)
    assert claimed is not None
    assert claimed.draft == told.draft, "what is sent is what it says now"
    assert await store.revise("a", "Gone.", []) is None
    await store.sent(row.id, "x")
    assert await store.revise("a", "Gone.", [], ["sms"]) is None
    assert await store.revise("a", "Gone.", [], ["web"]) is not None
    (line,) = await store.history("ann")
    assert (line.text, line.media) == ("Gone.", ())
    assert await store.revise("b", "Who?", [], ["web"]) is None
    await store.failed(row.id, "no")
    assert await store.revise("a", "Again.", [], ["web"]) is None


async def house(store: Store) -> tuple[Draft, Draft]:
    await store.request_pairing("whatsapp", "+48", "", "", datetime.now(UTC) + timedelta(hours=1))
    await store.settle_pairing("whatsapp", "+48", PersonRecord("ann", "Ann", "owner"))
    late = datetime.now(UTC) + timedelta(minutes=10)
    sms = Draft("sms", "c", "+48", "Someone.", "a/sms", ("picture:1",), drop_after=late)
    first = Draft(
        "whatsapp", "c", "+48", "Someone.", "a/whatsapp", ("picture:1",),
        drop_after=late, template="HX1", instead=sms,
    )  # fmt: skip
    return first, sms


async def test_what_fails_goes_another_way_once(path: Path) -> None:
    async with Store(path) as store:
        first, sms = await house(store)
        row = await store.post(first)
        assert row.draft == first
        await store.sending(row.id)
        await store.sent(row.id, "SM1")
    async with Store(path) as store:
        told = await store.delivered("SM1", "undelivered", reason="63016 in words")
        assert told is not None
        assert (told.state, told.reason) == (SendState.FAILED, "63016 in words")
        await store.delivered("SM1", "failed")
        await store.failed(row.id, "again")
        (other,) = await store.due("sms")
        assert other.draft == sms
    async with Store(path) as store:
        await store.delivered("SM1", "failed")
        await store.failed(other.id, "the phone is off")
        assert await store.due("sms") == [] == await store.due("whatsapp")


async def test_no_other_way_for_what_is_late_or_to_somebody_who_left(store: Store) -> None:
    first, sms = await house(store)
    past = datetime.now(UTC) - timedelta(seconds=1)
    late = replace(sms, dedupe="b/sms", drop_after=past)
    row = await store.post(replace(first, dedupe="b", instead=late))
    await store.failed(row.id, "refused")
    assert await store.due("sms") == []
    row = await store.post(first)
    assert await store.addressed("sms", "+48")
    await store.unlink("whatsapp", "+48")
    assert not await store.addressed("sms", "+48")
    await store.failed(row.id, "refused")
    assert await store.due("sms") == []


async def test_what_there_is_no_way_for_is_on_record(store: Store) -> None:
    told = await store.unsendable(alert(), "No phone is known.")
    assert (told.state, told.reason) == (SendState.FAILED, "No phone is known.")
    assert await store.unsendable(alert(), "Again.") == told
    assert (await store.post(alert())).state is SendState.FAILED
    sent = await store.post(alert("b"))
    await store.sending(sent.id)
    assert (await store.unsendable(alert("b"), "No.")).state is SendState.SENDING
