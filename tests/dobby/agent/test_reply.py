"""Replies are made of receipts: every outcome, every ability, one device and many."""

from __future__ import annotations

import pytest

from devices.capabilities import (
    CAPABILITIES,
    Alarm,
    Brightness,
    Capability,
    Chore,
    Climate,
    Color,
    ColorTemperature,
    FanSpeed,
    Group,
    Lock,
    Media,
    Movement,
    Mute,
    Playback,
    PlayMode,
    Position,
    Power,
    Preset,
    Scene,
    Skip,
    Source,
    State,
    Tilt,
    TimerEntry,
    Timers,
    Todo,
    TodoItem,
    Volume,
)
from devices.device import Command, Device, Outcome, Receipt
from dobby.agent.reply import compose
from dobby.language.words import Words

HOUSE = {
    d.id: d
    for d in (
        *(
            Device(id=f"lamp{n}", name=f"Lamp {n}", kind="light", room="Kitchen")
            for n in range(1, 7)
        ),
        Device(id="porch", name="porch lamp", kind="light", room="Porch"),
        Device(id="kitchen", name="Kitchen", kind="speaker", room="Kitchen"),
        Device(id="bath", name="Bath", kind="speaker", room="Bath"),
        Device(id="shades", name="Living room shades", kind="shade", room="Living Room"),
        Device(id="tree", name="Christmas tree", kind="outlet", room="Living Room"),
        Device(id="bob", name="Bob", kind="light", room="Hall"),
        Device(id="plug", name="Plug", kind="switch", room="Kitchen"),
    )
}


def receipt(
    device: str,
    asked: Capability,
    outcome: Outcome = Outcome.VERIFIED,
    after: Capability | None = None,
    reason: str = "",
) -> Receipt:
    if after is None and outcome is Outcome.VERIFIED:
        after = asked
    command = Command(device=device, set=asked)
    return Receipt(command=command, outcome=outcome, after=after, reason=reason)


def reply(*receipts: Receipt, fahrenheit: bool = False) -> str:
    return compose(receipts, HOUSE, Words(fahrenheit=fahrenheit))


SAID = [
    (Power(on=True), "is on"),
    (Power(on=False), "is off"),
    (Brightness(percent=40), "is at 40%"),
    (Color(hue=0, saturation=90), "is red"),
    (Color(hue=0, saturation=3), "is white"),
    (ColorTemperature(kelvin=2700), "is warm white (2700 K)"),
    (Volume(percent=30), "is at volume 30"),
    (Mute(muted=True), "is muted"),
    (Playback(state="paused"), "is paused"),
    (Media(item="Jazz FM"), "plays Jazz FM"),
    (Skip(to="next"), "went to the next track"),
    (PlayMode(shuffle=True, repeat="all"), "is shuffled and repeating all"),
    (Source(name="HDMI 1"), "shows HDMI 1"),
    (Preset(name="Gate"), "looks at Gate"),
    (Group(leader="bath"), "plays with the bath speaker"),
    (Group(leader="lamp1"), "is on its own"),
    (Climate(mode="heat", target=21.5), "is heating, set to 21.5 °C"),
    (Climate(mode="off"), "is off"),
    (FanSpeed(percent=50), "runs at 50%"),
    (FanSpeed(percent=0), "is off"),
    (Position(percent=0), "is closed"),
    (Position(percent=100), "is open"),
    (Position(percent=40), "is 40% open"),
    (Movement(moving=False), "has stopped"),
    (Tilt(percent=30), "is tilted to 30%"),
    (Lock(locked=True), "is locked"),
    (Lock(locked=False), "is unlocked"),
    (Alarm(mode="disarmed"), "is disarmed"),
    (Alarm(mode="night"), "is armed (night)"),
    (Chore(activity="working", area="Hall"), "is at work in Hall"),
    (Scene(active=True), "is set"),
    (Todo(items=(TodoItem(text="milk"), TodoItem(text="tea", done=True))), "has milk"),
    (Todo(items=()), "is empty"),
    (
        Timers(entries=(TimerEntry(seconds=90, name="eggs"),)),
        "has eggs with 1 minute 30 seconds left",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("value", "words"), SAID, ids=lambda v: str(v)[:30])
def test_every_ability_has_its_words(value: Capability, words: str) -> None:
    assert reply(receipt("lamp1", value)).rstrip(".") == f"Lamp 1 {words}"


def test_no_ability_is_without_words() -> None:
    settable = {kind for kind, ability in CAPABILITIES.items() if not ability.readonly}
    assert settable == {value.kind for value, _ in SAID}


@pytest.mark.parametrize(
    ("outcome", "after", "reason", "words"),
    [
        (Outcome.UNREACHABLE, None, "It timed out.", "Lamp 1 did not answer."),
        (Outcome.REFUSED, None, "It is too hot.", "Lamp 1 said no: It is too hot."),
        (
            Outcome.MOVING,
            Position(percent=60),
            "",
            "Lamp 1 is still moving (60% open so far).",
        ),
        (Outcome.MOVING, None, "", "Lamp 1 is still moving."),
        (
            Outcome.CONTRADICTED,
            Position(percent=100),
            "",
            "Lamp 1 took the command but does not show it; it is open.",
        ),
        (Outcome.CONTRADICTED, None, "", "Lamp 1 took the command but does not show it."),
    ],
)
def test_every_failure_is_said(outcome, after, reason, words) -> None:
    assert reply(receipt("lamp1", Position(percent=0), outcome, after, reason)) == words


def test_what_was_read_back_is_said_and_not_what_was_asked() -> None:
    assert reply(receipt("lamp1", Brightness(percent=40), after=Brightness(percent=41))) == (
        "Lamp 1 is at 41%."
    )
    asked, after = Climate(target=22), Climate(mode="heat", target=22, current=19)
    assert reply(receipt("lamp1", asked, after=after)) == "Lamp 1 is set to 22 °C."
    assert reply(receipt("lamp1", asked, after=after), fahrenheit=True) == "Lamp 1 is set to 72 °F."


def test_devices_that_fared_alike_are_one_sentence() -> None:
    on = Power(on=True)
    assert reply(receipt("lamp1", on), receipt("lamp2", on)) == "Lamp 1 and Lamp 2 are on."
    said = reply(
        receipt("lamp1", on, Outcome.UNREACHABLE),
        receipt("lamp2", on),
        receipt("lamp3", Power(on=False)),
    )
    assert said == "Lamp 2 is on; Lamp 3 is off; Lamp 1 did not answer."


def test_several_abilities_of_one_device_are_said_once() -> None:
    said = reply(receipt("lamp1", Power(on=True)), receipt("lamp1", Brightness(percent=30)))
    assert said == "Lamp 1 is on and at 30%."
    both = [
        receipt(lamp, value)
        for lamp in ("lamp1", "lamp2")
        for value in (Brightness(percent=30), Color(hue=0, saturation=90))
    ]
    assert reply(*both) == "Lamp 1 and Lamp 2 are at 30% and red."


def test_a_failure_among_several_abilities_wins() -> None:
    said = reply(
        receipt("lamp1", Power(on=True)),
        receipt("lamp1", Brightness(percent=30), Outcome.UNREACHABLE),
    )
    assert said == "Lamp 1 did not answer."


def test_the_last_word_on_an_ability_counts() -> None:
    said = reply(receipt("lamp1", Power(on=True)), receipt("lamp1", Power(on=False)))
    assert said == "Lamp 1 is off."


def test_a_speaker_that_was_silent_is_no_news() -> None:
    stop = Playback(state="stopped")
    off = receipt("lamp1", Power(on=False))
    was = [
        receipt(name, stop).model_copy(update={"before": before})
        for name, before in (
            ("kitchen", Playback(state="playing")),
            ("bath", Playback(state="paused")),
        )
    ]
    assert reply(*was, off) == "The kitchen speaker is stopped; Lamp 1 is off."
    assert reply(was[1]) == "The bath speaker is stopped."


def test_what_is_loaded_and_silent_is_not_called_playing() -> None:
    jazz = Media(item="Jazz FM")
    assert reply(receipt("bath", jazz, Outcome.CONTRADICTED, jazz)) == (
        "The bath speaker took the command but does not show it; it stays silent."
    )
    stopped: State = {"media": jazz, "playback": Playback(state="stopped")}
    assert not jazz.shown({}, stopped)
    playing: State = {"media": jazz, "playback": Playback(state="playing")}
    assert jazz.shown({}, playing)


def test_several_things_in_one_name_are_said_so() -> None:
    closed = Position(percent=0)
    assert reply(receipt("shades", closed)) == "The living room shades are closed."
    assert reply(receipt("shades", closed, Outcome.CONTRADICTED, Position(percent=50))) == (
        "The living room shades took the command but do not show it; they are 50% open."
    )
    assert reply(receipt("tree", Power(on=True))) == "The Christmas tree is on."
    assert reply(receipt("bob", Power(on=True))) == "Bob is on."


def test_a_refusal_with_a_subject_of_its_own_keeps_it() -> None:
    asked = Media(item="abba")
    why = "I find nothing called “abba”."
    assert reply(receipt("bath", asked, Outcome.REFUSED, reason=why)) == why
    assert reply(receipt("bath", asked, Outcome.REFUSED, reason="Bath has nothing to play.")) == (
        "The bath speaker has nothing to play."
    )


def test_many_are_counted() -> None:
    on = Power(on=True)
    lamps = [receipt(f"lamp{n}", on) for n in range(1, 7)]
    assert reply(*lamps) == "6 lights in the kitchen are on."
    assert reply(*lamps, receipt("porch", on)) == "7 lights in the kitchen and the porch are on."
    assert reply(*lamps, receipt("plug", on)) == "6 lights and the plug in the kitchen are on."


def test_small_names_get_an_article() -> None:
    assert reply(receipt("porch", Power(on=True))) == "The porch lamp is on."
    assert reply(receipt("lamp1", Power(on=True)), receipt("porch", Power(on=True))) == (
        "Lamp 1 and the porch lamp are on."
    )


def test_music_that_moved_is_said_to_have_moved() -> None:
    said = reply(
        receipt("bath", Group(leader="kitchen")),
        receipt("kitchen", Group(leader="kitchen")),
        receipt("kitchen", Playback(state="paused")),
    )
    assert (
        said == "The bath speaker has the music now; the kitchen speaker is on its own and paused."
    )


def test_nothing_is_said_of_nothing() -> None:
    assert reply() == ""
    assert reply(receipt("gone", Power(on=True))) == ""
