"""Who may do what, and the confirmation code: the attacks, one by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from devices.capabilities import (
    Alarm,
    Capability,
    Climate,
    Lock,
    Position,
    Power,
    Snapshot,
    parse,
)
from devices.device import KINDS, Command, Device
from devices.house import House
from dobby.agent.calls import ToolCall
from dobby.agent.confirmation import MAX_WRONG, Pending, PendingActions
from dobby.agent.policy import Verdict, judge, judge_tool
from dobby.agent.tool import BuiltInTool, Caller
from dobby.agent.tools import Toolbox
from dobby.people.roles import Person, Role

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ANNA = Person("anna", "Anna", Role.OWNER)
BEN = Person("ben", "Ben", Role.ADULT)
CHILD = Person("cleo", "Cleo", Role.CHILD)
GUEST = Person("gus", "Gus", Role.GUEST)

UNLOCK_A = ToolCall(name="lock", arguments={"devices": ["a"], "locked": False})
UNLOCK_B = ToolCall(name="lock", arguments={"devices": ["b"], "locked": False})


def judged(person: Person, kind: str, wanted: Capability) -> Verdict:
    device = Device(id=f"x:{kind}", name=kind.title(), kind=kind)
    return judge(person, Command(device=device.id, set=wanted), device).verdict


# Roles and limits --------------------------------------------------------------------------

DOOR, GARAGE, ALARM = Lock(locked=False), Position(percent=100), Alarm(mode="disarmed")


@pytest.mark.parametrize(
    ("person", "kind", "wanted", "verdict"),
    [
        (ANNA, "lock", DOOR, Verdict.CONFIRM),
        (BEN, "lock", DOOR, Verdict.CONFIRM),
        (CHILD, "lock", DOOR, Verdict.REFUSED),
        (GUEST, "lock", DOOR, Verdict.REFUSED),
        (CHILD, "lock", Lock(locked=True), Verdict.ALLOWED),
        (ANNA, "garage", GARAGE, Verdict.CONFIRM),
        (GUEST, "garage", GARAGE, Verdict.REFUSED),
        (ANNA, "garage", Power(on=True), Verdict.CONFIRM),  # a relay moves it all the same
        (ANNA, "gate", Power(on=False), Verdict.CONFIRM),
        (CHILD, "garage", Power(on=True), Verdict.REFUSED),
        (ANNA, "shade", GARAGE, Verdict.ALLOWED),
        (ANNA, "alarm", ALARM, Verdict.CONFIRM),
        (CHILD, "alarm", ALARM, Verdict.REFUSED),
        (GUEST, "alarm", ALARM, Verdict.REFUSED),  # attack 17
        (GUEST, "light", Power(on=True), Verdict.ALLOWED),
        (GUEST, "camera", Snapshot(), Verdict.REFUSED),
        (CHILD, "boiler", Climate(target=80), Verdict.REFUSED),  # attack 18
        (ANNA, "boiler", Climate(target=80), Verdict.REFUSED),  # a hard limit is for everyone
        (ANNA, "boiler", Climate(target=65), Verdict.CONFIRM),
        (CHILD, "boiler", Climate(target=65), Verdict.REFUSED),
        (ANNA, "thermostat", Climate(target=21), Verdict.ALLOWED),
        (ANNA, "thermostat", Climate(target=28), Verdict.CONFIRM),
        (ANNA, "spa", Climate(target=41), Verdict.REFUSED),
        (ANNA, "unknown", Climate(target=60), Verdict.CONFIRM),  # nobody knows what it heats
        (CHILD, "appliance", Climate(target=200), Verdict.REFUSED),
        (CHILD, "appliance", Climate(target=4), Verdict.REFUSED),  # nobody named it for children
        (CHILD, "thermostat", Climate(target=20), Verdict.ALLOWED),
        (GUEST, "thermostat", Climate(target=20), Verdict.REFUSED),
    ],
)
def test_who_may_do_what(person: Person, kind: str, wanted: Capability, verdict: Verdict) -> None:
    assert judged(person, kind, wanted) is verdict


def test_tools_are_for_a_role_and_those_above_it() -> None:
    people = (GUEST, CHILD, BEN, ANNA)
    for rank, least in enumerate((Role.GUEST, Role.CHILD, Role.ADULT, Role.OWNER)):
        allowed = [judge_tool(person, least).verdict is Verdict.ALLOWED for person in people]
        assert allowed == [at >= rank for at in range(4)]


async def _nothing(arguments: dict[str, Any], caller: Caller) -> str:
    return "done"


async def test_a_tool_that_says_nothing_of_itself_is_closed() -> None:
    """What nobody thought of: it is for owners alone, and a model's call of it waits."""
    tool = BuiltInTool("open_the_sky", "", {}, _nothing)
    async with House([], None) as house:  # pyright: ignore[reportArgumentType]
        toolbox = Toolbox(house, [tool])
        call = ToolCall(name="open_the_sky", arguments={})
        for person in (GUEST, CHILD, BEN):
            assert (await toolbox.run([call], Caller(person, NOW)))[0].refused
        (own,) = await toolbox.run([call], Caller(ANNA, NOW))
        assert own.words == "done"
        (thought,) = await toolbox.run([call], Caller(ANNA, NOW, by_model=True))
        assert not thought.words
        assert thought.asks == call


FULL = {
    "power": {"on": True}, "brightness": {"percent": 100}, "volume": {"percent": 100},
    "climate": {"target": 20, "mode": "heat"}, "position": {"percent": 100},
    "fan_speed": {"percent": 100}, "lock": {"locked": False}, "alarm": {"mode": "disarmed"},
    "chore": {"activity": "working"}, "scene": {"active": True}, "preset": {"name": "Street"},
}  # fmt: skip


@pytest.mark.parametrize("person", [CHILD, GUEST], ids=["child", "guest"])
def test_what_is_not_named_is_closed_to_children_and_guests(person: Person) -> None:
    """Every ability of every kind of thing, and of kinds that there are not yet."""
    allowed = {
        (ability, kind)
        for ability, fields in FULL.items()
        for kind in (*KINDS, "oven", "kiln")
        if judged(person, kind, parse(ability, fields)) is not Verdict.REFUSED
    }
    harmless = {"light", "fan", "speaker", "tv", "shade"}
    homely = {"thermostat", "aircon", "vacuum", "scene"}
    assert {kind for _, kind in allowed} == harmless | (homely if person is CHILD else set())
    assert not {"oven", "kiln", "unknown", "appliance", "valve", "outlet", "switch", "mower",
                "heater", "boiler", "spa", "pool"} & {kind for _, kind in allowed}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "may"),
    [("Desk lamp", True), ("Hall light switch", True), ("Lights", True), ("Oven", False),
     ("Space heater plug", False), ("Lamp and heater", False), ("Plug 3", False),
     ("Garage door light", False)],
)  # fmt: skip
def test_a_plug_is_what_its_name_says_hangs_on_it(name: str, may: bool) -> None:
    plug = Device(id="x:plug", name=name, kind="outlet")
    wanted = Command(device=plug.id, set=Power(on=True))
    assert (judge(GUEST, wanted, plug).verdict is Verdict.ALLOWED) is may


def test_somebody_new_waits_for_an_owner_with_what_is_risky() -> None:
    new = Person("zed", "Zed", Role.ADULT, new=True)
    assert judged(new, "lock", DOOR) is Verdict.VOUCH
    assert judged(new, "boiler", Climate(target=65)) is Verdict.VOUCH
    assert judged(new, "lock", Lock(locked=True)) is Verdict.ALLOWED
    assert judged(new, "light", Power(on=True)) is Verdict.ALLOWED


# Confirmation codes ------------------------------------------------------------------------


def asked(
    person: Person, *calls: ToolCall, to: PendingActions | None = None
) -> tuple[PendingActions, str]:
    return (to or PendingActions()).asking(calls, "unlock", person, NOW)


def test_the_code_sets_exactly_its_action_free() -> None:
    pending, code = asked(ANNA, UNLOCK_A)
    rest, action = pending.answered(code, ANNA, NOW)
    assert action
    assert action.calls == (UNLOCK_A,)
    assert rest.actions == ()


def test_attack_20_each_code_is_for_its_own_door() -> None:
    pending, code_a = asked(ANNA, UNLOCK_A)
    pending, code_b = asked(ANNA, UNLOCK_B, to=pending)
    assert code_a != code_b
    rest, action = pending.answered(code_b, ANNA, NOW)
    assert action
    assert action.calls == (UNLOCK_B,)
    assert [a.calls for a in rest.actions] == [(UNLOCK_A,)]


def test_two_open_questions_never_share_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([1234, 1234, 1234, 4321])
    monkeypatch.setattr("dobby.agent.confirmation.secrets.randbelow", lambda _: next(drawn))
    pending, code_a = asked(ANNA, UNLOCK_A)
    pending, code_b = asked(ANNA, UNLOCK_B, to=pending)
    assert code_a != code_b


def test_attack_21_a_code_works_for_two_minutes_and_once() -> None:
    pending, code = asked(ANNA, UNLOCK_A)
    assert pending.live(NOW + timedelta(seconds=119)).actions
    assert not pending.live(NOW + timedelta(seconds=120)).actions
    rest, _ = pending.answered(code, ANNA, NOW)
    assert rest.answered(code, ANNA, NOW)[1] is None


def test_attack_22_a_code_is_its_asker_s_own() -> None:
    pending, code = asked(ANNA, UNLOCK_A)
    assert pending.answered(code, BEN, NOW)[1] is None


def test_attack_25_a_changed_action_is_not_set_free() -> None:
    pending, code = asked(ANNA, UNLOCK_A)
    (action,) = pending.actions
    changed = Pending(**{**dict(action), "calls": (UNLOCK_B,)})
    assert PendingActions(actions=(changed,)).answered(code, ANNA, NOW)[1] is None


def test_guessing_voids_what_was_asked() -> None:
    pending, code = asked(ANNA, UNLOCK_A)
    wrong = f"{(int(code) - 1000 + 1) % 9000 + 1000}"
    for _ in range(MAX_WRONG):
        pending, action = pending.answered(wrong, ANNA, NOW)
        assert action is None
    assert pending.actions == ()


def test_guessing_is_not_begun_anew_by_asking_anew() -> None:
    pending = PendingActions()
    for _ in range(50):  # an hour's patience
        pending, code = asked(ANNA, UNLOCK_A, to=pending.live(NOW))
        wrong = f"{(int(code) - 1000 + 1) % 9000 + 1000}"
        pending, _ = pending.answered(wrong, ANNA, NOW)
    pending, code = asked(ANNA, UNLOCK_A, to=pending.live(NOW))
    assert pending.answered(code, ANNA, NOW)[1] is None  # even the right one
    later = NOW + timedelta(hours=2)
    pending, code = pending.live(later).asking([UNLOCK_A], "unlock", ANNA, later)
    assert pending.answered(code, ANNA, later)[1] is not None


def test_asking_twice_for_the_same_leaves_one_question() -> None:
    pending, first = asked(ANNA, UNLOCK_A)
    pending, second = asked(ANNA, UNLOCK_A, to=pending)
    assert len(pending.actions) == 1
    assert pending.answered(second, ANNA, NOW)[1] is not None
    assert first == second or pending.answered(first, ANNA, NOW)[1] is None


def test_codes_are_not_kept_in_the_clear() -> None:
    pending, code = asked(ANNA, UNLOCK_A)
    assert code not in pending.model_dump_json()
