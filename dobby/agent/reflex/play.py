"""Playing: the speakers that shall play a title, join another, or go on."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from devices.device import Device
from dobby.agent.calls import Abstention
from dobby.agent.reflex.clauses import Clause, Noun
from dobby.agent.reflex.ground import Ground
from dobby.agent.reflex.music import leader, plays, together
from dobby.agent.reflex.reader import ClauseReader
from dobby.agent.reflex.spans import Span
from dobby.agent.reflex.targets import Unresolved, Wanted
from dobby.agent.reflex.titles import choice, cut, item, text_of
from dobby.agent.reflex.wishes import LEVELS, Change, able_to, absolute

_MUSIC = Noun(kinds=["music"], words=["the music"])
_LEFT_OF_MUSIC = {"the", "my", "our", "a"}


_ANYTHING = {
    "music",
    "something",
    "anything",
    "some music",
    "a song",
    "song",
    "songs",
    "tunes",
    "it",
    "again",
    "",
    "some",
    "a bit",
    "a bit of",
    "some tunes",
    "some songs",
    "a tune",
    "a record",
    "some more",
}


_SAME = {
    "same", "the same", "the same thing", "same thing", "the same music", "same music", "this",
    "that", "this music", "this song", "the same song", "what is playing", "the music", "it",
}  # fmt: skip


_NO_TITLE = {
    "nothing",
    "less",
    "more",
    "no",
    "none",
    "that",
    "this",
    "you",
    "what",
    "whatever",
    "those",
    "these",
    "with",
    "it",
    "at",
    "in",
    "on",
    "for",
    "to",
    "by",
    "off",
    "against",
}


def play(
    ground: Ground, before: list[Span], wish: list[Span], not_music: Collection[str]
) -> list[Change]:
    """Raises Unresolved where it is unclear what or where."""
    title, place, loud = cut(wish)
    place = place or before
    for span in title[1:] if title else []:
        if span.says("guard", "future") or span.says("guard", "condition"):
            raise Unresolved(Abstention.FUTURE, "I did nothing: I only play things at once.")
        if span.measure and span.measure.unit in {"clock", "s"}:
            raise Unresolved(Abstention.FUTURE, "I only play things at once.")
    title = [] if all(s.text in _LEFT_OF_MUSIC for s in title) else title  # "play the music"
    text = text_of(title)
    nouns = _nouns(place)
    if re.fullmatch(
        r"(?:the )?(?:next|previous|last)(?: (?:song|track|one|tune|item))?(?: again)?", text
    ):
        to = "next" if "next" in text else "previous"
        things = ground.things(Clause(nouns=nouns), Wanted(able_to("skip"), "skip"), _MUSIC)
        if len(things) != 1:
            raise Unresolved(Abstention.AMBIGUOUS, "On which speaker?", tuple(d.id for d in things))
        return [Change(leader(ground, things[0].id), "skip", {"to": to})]
    source = _source(ground, title)
    if source and nouns:
        return together(ground, [source, *ground.things(
            Clause(nouns=nouns), Wanted(able_to("group"), "join", ("speaker",)))])  # fmt: skip
    _refuse_unknown_place(ground, title)
    if any(n.of == "source" for s in title for n in s.names):
        raise Unresolved(
            Abstention.NOT_UNDERSTOOD, f"{text} is no music. To see it, say: TV to {text}."
        )
    taken_back = any(
        s.gap and s.text in {"no", "not", "do", "wait", "stop", "actually"} for s in title
    )
    if (
        taken_back
        or _says_more(title)
        or (
            " or " in text
            and not any(
                choice(d, text) for d in ground.index.devices.values() if d.ability("media")
            )
        )
    ):
        raise Unresolved(
            Abstention.NOT_UNDERSTOOD, "I played nothing. What would you like to hear?"
        )
    if _UNNAMED.search(text_of(wish)) or _UNNAMED.search(text):
        raise Unresolved(Abstention.NOT_UNDERSTOOD, "What is it called?")
    if any(s.says("aux", "is") for s in title) and not any(
        choice(d, text) for d in ground.index.devices.values() if d.ability("media")
    ):
        raise Unresolved(
            Abstention.NOT_UNDERSTOOD, "I played nothing. What would you like to hear?"
        )
    if len(title) > 2 and title[-1].measure and title[-2].text == "at":
        raise Unresolved(Abstention.FUTURE, "I only play things at once.")
    things = [s for s in title if not s.says("det")]
    if things and all(s.names and not s.named("media") for s in things):
        raise Unresolved(
            Abstention.NOT_UNDERSTOOD, f"I can't play {text}. What would you like to hear?"
        )
    known = any(choice(d, text) for d in ground.index.devices.values() if d.ability("media"))
    said = text.split()
    same = text in _SAME and bool(nouns)
    if said and not (known or same) and (said[0] in _NO_TITLE or set(said) & set(not_music)):
        raise Unresolved(
            Abstention.NOT_UNDERSTOOD, "I only play music. What would you like to hear?"
        )
    if same and (text != "the music" or _someone_plays(ground)):
        return _join(ground, nouns)
    if text.removeprefix("the ") in _ANYTHING:
        return _resume(ground, nouns)
    targets = _targets(ground, nouns, text)
    head = targets[0]
    changes = _apart(ground, head, targets) if nouns else []
    changes += together_with(ground, targets)
    changes.append(Change(head.id, "media", {"item": item(head, text, title)}))
    if loud is not None:
        for device in targets:
            changes += absolute(ground.context, device, LEVELS["volume"], loud)
    return changes


_UNNAMED = re.compile(
    r"\b(?:song|track|tune|music|one|theme) (?:from|in|of|by) (?:that|this|the) "
    r"(?:movie|film|show|ad|advert|series|guy|band|game)\b"
)


def _says_more(title: Sequence[Span]) -> bool:
    """A favourite, or anything, and then what else: "anything but jazz", "jazz instead of ..."."""
    if not title or not (title[0].named("media") or title[0].text == "anything"):
        return False
    return any(s.says(tag) for s in title[1:] for tag in ("except", "join", "guard") if not s.names)


def _source(ground: Ground, title: Sequence[Span]) -> Device | None:
    """ "The kitchen radio", "the living room music": a speaker said in place of a title."""
    if not title or any(s.named("media") for s in title):
        return None
    clause = ClauseReader(title).read()
    if clause.says() != {"nouns"} or len(clause.nouns) != 1:
        return None
    noun = clause.nouns[0]
    if not (noun.rooms or noun.names) or noun.prons:
        return None
    try:
        things = ground.things(clause, Wanted(able_to("group"), "play", ("speaker",)))
    except Unresolved:
        return None
    return things[0] if len(things) == 1 else None


def _refuse_unknown_place(ground: Ground, title: Sequence[Span]) -> None:
    """ "Jazz in the sauna" is no title where jazz is a favourite: the place is unknown."""
    for at, span in enumerate(title):
        if at and span.text in {"in", "on"}:
            head = text_of(title[:at])
            if any(choice(d, head) for d in ground.index.devices.values() if d.ability("media")):
                where = text_of(title[at + 1 :])
                raise Unresolved(
                    Abstention.UNKNOWN_ROOM, f"Where is “{where}”? {ground.resolver.room_list()}"
                )


def _apart(ground: Ground, head: Device, targets: list[Device]) -> list[Change]:
    """Out of a group with rooms that were not named: these go on with what they have."""
    named = {d.id for d in targets}
    grouped = ground.index.with_ability.get("group", ())
    along = {i for i in grouped if leader(ground, i) == leader(ground, head.id)}
    return [Change(head.id, "group", {"leader": head.id})] if along - named - {head.id} else []


def together_with(ground: Ground, targets: list[Device]) -> list[Change]:
    """The others join the first; a single speaker in somebody's group leaves nothing to do."""
    grouped = [d for d in targets if d.ability("group")]
    if len(targets) > 1 and len(grouped) == len(targets):
        head = targets[0]
        return [Change(d.id, "group", {"leader": head.id}) for d in targets[1:]]
    if len(targets) > 1:
        names = " or ".join(d.name for d in targets)
        raise Unresolved(Abstention.AMBIGUOUS, f"Which one: {names}?", tuple(d.id for d in targets))
    return []


def _someone_plays(ground: Ground) -> bool:
    return any(plays(ground, d) for d in ground.index.with_ability.get("playback", ()))


def _nouns(spans: Sequence[Span]) -> list[Noun]:
    if not spans:
        return []
    if spans[0].says("quant", "everywhere"):
        return [Noun(quants={"all"}, kinds=["speaker"], words=["everywhere"])]
    return ClauseReader(spans).read().nouns


def _targets(ground: Ground, nouns: list[Noun], text: str) -> list[Device]:
    wanted = Wanted(able_to("media"), f"play {text}", ("speaker",))
    if nouns:
        things = ground.things(Clause(nouns=nouns), wanted)
        speakers = [d for d in things if d.kind == "speaker"] or things
        playing = [d for d in speakers if plays(ground, d.id) and leader(ground, d.id) == d.id]
        return sorted(speakers, key=lambda d: d not in playing[:1])
    able = [ground.index.devices[i] for i in ground.index.with_ability.get("media", ())]
    speakers = [d for d in able if d.kind == "speaker"] or able
    here = [d for d in speakers if d.room and d.room == ground.context.room]
    playing = [d for d in speakers if plays(ground, d.id) and leader(ground, d.id) == d.id]
    having = [d for d in speakers if choice(d, text)]
    spoken = [d for d in speakers if d.id in ground.context.dialogue.devices]
    for found in (here, speakers, spoken, playing, having):
        if len(found) == 1:
            ground.touched.append(found[0].id)
            return found
    if not speakers:
        raise Unresolved(Abstention.UNABLE, "No device here can play that.")
    names = " or ".join(d.name for d in here or speakers)
    raise Unresolved(
        Abstention.AMBIGUOUS,
        f"Where shall it play: {names}?",
        tuple(d.id for d in here or speakers),
    )


def _join(ground: Ground, nouns: list[Noun]) -> list[Change]:
    """The named speakers join what plays elsewhere."""
    things = ground.things(Clause(nouns=nouns), Wanted(able_to("group"), "join", ("speaker",)))
    ids = {d.id for d in things}
    playing = [
        i for i in ground.index.with_ability.get("group", ()) if plays(ground, i) and i not in ids
    ]
    heads = list(dict.fromkeys(leader(ground, i) for i in playing))
    if not heads and any(plays(ground, i) for i in ids):  # "play it everywhere"
        return together(ground, things)
    if not heads:
        raise Unresolved(Abstention.NOT_UNDERSTOOD, "Nothing else is playing. What shall I play?")
    if len(heads) > 1:
        names = " or ".join(ground.index.label(h) for h in heads)
        raise Unresolved(Abstention.AMBIGUOUS, f"Whose music: {names}?", tuple(heads))
    return together(ground, [ground.index.devices[heads[0]], *things])


def _resume(ground: Ground, nouns: list[Noun]) -> list[Change]:
    if any(n.words == ["everywhere"] for n in nouns) and _someone_plays(ground):
        wanted = Wanted(able_to("group"), "join", ("speaker",))
        return together(ground, ground.things(Clause(nouns=nouns), wanted))
    wanted = Wanted(able_to("playback"), "play", ("speaker",))
    unsaid = Noun(kinds=["music"], words=["music"])
    things = ground.things(Clause(nouns=[replace(n) for n in nouns]), wanted, unsaid)
    heads = list(dict.fromkeys(leader(ground, d.id) for d in things))
    if heads and all(plays(ground, h) for h in heads):
        raise Unresolved(Abstention.NOT_UNDERSTOOD, "It is playing already. What shall I play?")
    if len(heads) > 1:
        names = " or ".join(d.name for d in things)
        raise Unresolved(Abstention.AMBIGUOUS, f"Where shall it play: {names}?", tuple(heads))
    return [Change(h, "playback", {"state": "playing"}) for h in heads]
