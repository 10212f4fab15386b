""" "Play ...": free text for a title, then where and how loud. A title's words are no orders."""

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
from dobby.agent.reflex.text import words
from dobby.agent.reflex.wishes import LEVELS, Change, able_to, absolute

_MUSIC = Noun(kinds=["music"], words=["the music"])
_SURE = {"play", "listen to", "stream", "start playing", "begin playing", "blast", "queue up"}
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
_LEAD = {
    "some", "the", "a", "bit", "of", "my", "me", "us", "song", "track", "album", "artist",
    "playlist", "station", "radio", "podcast", "called", "by", "music", "favourite", "favorite",
    "please",
}  # fmt: skip
_TAIL = {
    "please", "now", "too", "as", "well", "again", "thanks", "music", "playlist", "station",
    "song", "songs", "then", "for", "me", "us", "also", "dobby", "right",
}  # fmt: skip
_NO_TITLE = {
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
_PLACING = {
    "in", "on", "at", "through", "from", "to", "over", "into", "inside", "using", "via", "around",
    "upstairs", "downstairs", "throughout",
}  # fmt: skip


def starts_play(ground: Ground, spans: Sequence[Span]) -> tuple[list[Span], list[Span]] | None:
    """A place said first, and what follows "play", if this is a wish to hear something."""
    at = next((i for i, s in enumerate(spans) if s.says("verb", "play")), None)
    if at is None or spans[at].text == "put on":
        if at is not None and spans[at + 1 :] and spans[-1].says("kind", "music"):
            return [], list(spans[at + 1 :])
        return _put_on(ground, spans) or _title_alone(ground, spans)
    if any(
        not (
            s.says("filler")
            or s.says("det")
            or s.says("prep")
            or s.named("room", "floor", "device")
            or s.says("pron")
        )
        for s in spans[:at]
    ):
        return None
    if spans[at].text not in _SURE and not any(
        s.named("media") or s.text in {"music", "radio", "playlist"} for s in spans[at + 1 :]
    ):
        return None
    return [s for s in spans[:at] if not s.says("filler")], list(spans[at + 1 :])


def _put_on(ground: Ground, spans: Sequence[Span]) -> tuple[list[Span], list[Span]] | None:
    """ "Put some jazz on in the kitchen", "start Jazz FM", where a favourite is called so."""
    start = next((i for i, s in enumerate(spans) if not (s.says("filler") or s.says("det"))), None)
    if start is None:
        return None
    starts = spans[start].text in _STARTERS
    wish = [s for s in spans[start + starts :] if not s.says("filler") or s.text == "some"]
    place = next((i for i in range(1, len(wish)) if _is_place(wish[i:])), len(wish))
    head = wish[:place]
    if len(head) > 1 and head[-1].says("way", "on"):
        head = head[:-1]
    elif len(head) > 1 and starts and head[0].says("way", "on"):
        head = head[1:]
    plain = [s for s in head if not (s.says("det") or s.says("amount"))]
    if not plain or all(s.says("kind") or s.named("device", "room", "floor") for s in plain):
        return None
    if not starts and (plain[0].says("verb") or plain[-1].says("way")):
        return None
    text = _text(plain)
    able = (ground.index.devices[i] for i in ground.index.with_ability.get("media", ()))
    return ([], [*plain, *wish[place:]]) if any(_choice(d, text) for d in able) else None


_STARTERS = {
    "put", "put on", "stick", "start", "have", "hear", "fancy", "whack", "pop", "get", "bung",
    "turn on", "run", "switch on", "launch",
}  # fmt: skip


def _title_alone(ground: Ground, spans: Sequence[Span]) -> tuple[list[Span], list[Span]] | None:
    """ "Jazz FM in the kitchen": a title that the house knows needs no verb."""
    start = next((i for i, s in enumerate(spans) if not (s.says("filler") or s.says("det"))), None)
    if start is None:
        return None
    named = next((i for i, s in enumerate(spans) if s.named("media")), None)
    if named is None:
        return _title_in_part(ground, list(spans[start:]))
    if spans[named].named("device", "room"):
        return None
    if all(
        _placing(s) or s.says("filler") or s.says("way", "on")
        for s in (*spans[:named], *spans[named + 1 :])
    ):
        rest = [s for s in spans[named:] if not s.says("way", "on") or s.says("prep")]
        return [s for s in spans[:named] if not s.says("filler")], rest
    return None


def _title_in_part(ground: Ground, spans: list[Span]) -> tuple[list[Span], list[Span]] | None:
    """ "Radio 4 in the bath" where a favourite is called "BBC Radio 4"."""
    end = next((i for i, s in enumerate(spans) if i and (s.text in _PLACING or s.gap)), len(spans))
    head = spans[:end]
    if any(
        s.says("verb") or s.says("way") or s.says("pron") or s.named("device", "room") for s in head
    ):
        return None
    text = _text(head)
    if len(text.split()) < 2 or not all(_placing(s) or s.says("filler") for s in spans[end:]):
        return None
    able = (ground.index.devices[i] for i in ground.index.with_ability.get("media", ()))
    return ([], spans) if any(_choice(d, text) for d in able) else None


def _placing(span: Span) -> bool:
    return bool(
        span.text in _PLACING or span.named("room", "floor", "device") or span.says("det")
        or span.says("quant") or span.says("kind", "speaker") or span.says("pron")
    )  # fmt: skip


def play(
    ground: Ground, before: list[Span], wish: list[Span], not_music: Collection[str]
) -> list[Change]:
    """Raises Unresolved where it is unclear what or where."""
    title, place, loud = _cut(wish)
    place = place or before
    for span in title[1:] if title else []:
        if span.says("guard", "future") or span.says("guard", "condition"):
            raise Unresolved(
                Abstention.FUTURE, "I did nothing: I only play things at once. Shall I play it now?"
            )
        if span.measure and span.measure.unit in {"clock", "s"}:
            raise Unresolved(Abstention.FUTURE, "I only play things at once. Shall I play it now?")
    text = _text(title)
    nouns = _nouns(place)
    if re.fullmatch(r"(?:the )?(?:next|previous|last) (?:song|track|one|tune)", text):
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
            Abstention.NOT_UNDERSTOOD, f"Shall I put {text} on the TV? Say: TV to {text}."
        )
    if len(title) > 2 and title[-1].measure and title[-2].text == "at":
        raise Unresolved(Abstention.FUTURE, "I only play things at once. Shall I play it now?")
    if title and all(s.names and not s.named("media") for s in title if not s.says("det")):
        raise Unresolved(
            Abstention.NOT_UNDERSTOOD, f"I can't play {text}. What would you like to hear?"
        )
    known = any(_choice(d, text) for d in ground.index.devices.values() if d.ability("media"))
    said = text.split()
    if said and not known and (said[0] in _NO_TITLE or set(said) & set(not_music)):
        raise Unresolved(
            Abstention.NOT_UNDERSTOOD, "I only play music. What would you like to hear?"
        )
    if text in _SAME and nouns and (text != "the music" or _someone_plays(ground)):
        return _join(ground, nouns)
    if text.removeprefix("the ") in _ANYTHING:
        return _resume(ground, nouns)
    targets = _targets(ground, nouns, text)
    changes = together_with(ground, targets)
    head = targets[0]
    changes.append(Change(head.id, "media", {"item": _item(head, text, title)}))
    if loud is not None:
        for device in targets:
            changes += absolute(ground.context, device, LEVELS["volume"], loud)
    return changes


def _source(ground: Ground, title: Sequence[Span]) -> Device | None:
    """ "The kitchen radio", "the living room music": a speaker said in place of a title."""
    if not title or any(s.named("media") for s in title):
        return None
    clause = ClauseReader(title).read()
    if clause.acts or clause.loose or clause.guards or len(clause.nouns) != 1:
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
            head = _text(title[:at])
            if any(_choice(d, head) for d in ground.index.devices.values() if d.ability("media")):
                where = _text(title[at + 1 :])
                raise Unresolved(
                    Abstention.UNKNOWN_ROOM, f"Where is “{where}”? {ground.resolver.room_list()}"
                )


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


def _cut(spans: list[Span]) -> tuple[list[Span], list[Span], float | None]:
    """Title, place and loudness, cut off from the right."""
    loud: float | None = None
    place: list[Span] = []
    while spans and (spans[-1].text in _TAIL or spans[-1].says("filler")):
        spans.pop()
    for at in range(len(spans)):
        tail = [s for s in spans[at + 1 :] if not s.says("attr", "volume")]
        if (
            spans[at].text in {"at", "with"}
            and len(tail) == 1
            and tail[0].measure
            and (
                tail[0].measure.unit in {"", "%"} and (len(spans) - at > 2 or tail[0].measure.unit)
            )
        ):
            loud = tail[0].measure.number
            spans = spans[:at]
            break
    for at in range(len(spans)):
        if _is_place(spans[at:]) and (at > 0 or spans[at].says("prep") or spans[at].says("quant")):
            spans, place = spans[:at], spans[at:]
            break
    while spans and spans[-1].text in _TAIL and len(spans) > 1:
        spans.pop()
    return spans, place, loud


def _is_place(spans: list[Span]) -> bool:
    if spans[0].says("quant", "everywhere"):
        return len(spans) == 1
    if spans[0].named("floor") and not spans[0].says("prep") and spans[0].text not in _PLACING:
        return False
    if not (spans[0].text in _PLACING or spans[0].says("prep") or spans[0].says("pron", "here")
            or spans[0].says("pron", "there") or spans[0].named("floor")):  # fmt: skip
        return False
    if any(s.named("media") for s in spans):
        return False
    clause = ClauseReader(spans).read()
    if clause.loose or clause.guards or clause.measures or clause.verbs or not clause.nouns:
        return False
    spoken = clause.levels or clause.colors or clause.modes or clause.more or clause.whites
    return not spoken and all(
        n.rooms or n.floors or n.names or n.prons or n.quants or n.kinds for n in clause.nouns
    )


def _nouns(spans: Sequence[Span]) -> list[Noun]:
    if not spans:
        return []
    if spans[0].says("quant", "everywhere"):
        return [Noun(quants={"all"}, kinds=["speaker"], words=["everywhere"])]
    return ClauseReader(spans).read().nouns


def _text(spans: Sequence[Span]) -> str:
    return " ".join(t.text for s in spans for t in s.tokens)


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
    having = [d for d in speakers if _choice(d, text)]
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


def _choice(device: Device, text: str) -> str | None:
    """The favourite that is meant: by its whole name, else the only one with those words."""
    if not any(c.isalpha() for c in text):
        return None
    ability = device.ability("media")
    choices = ability.choices if ability else ()
    for said in (text, _without_lead(text)):
        key = words(said)
        exact = [c for c in choices if words(c) == key or "".join(words(c)) == "".join(key)]
        if exact:
            return exact[0]
    key_set = set(words(_without_lead(text))) - {
        "radio",
        "station",
        "playlist",
        "music",
        "my",
        "the",
    }
    near = [c for c in choices if key_set and key_set <= set(words(c))]
    return near[0] if len(near) == 1 else None


def _without_lead(text: str) -> str:
    parts = text.split()
    while len(parts) > 1 and parts[0] in _LEAD:
        parts.pop(0)
    return " ".join(parts)


def _item(device: Device, text: str, title: Sequence[Span]) -> str:
    choice = _choice(device, text)
    if choice:
        return choice
    written = [t.raw for s in title for t in s.tokens if t.raw]
    while (
        len(written) > 1
        and written[0].casefold() in {"some", "a", "bit", "of", "me", "us", "the"}
        and (written[0].casefold() != "the" or written[1].casefold() in _LEAD)
    ):
        written.pop(0)
    while len(written) > 1 and written[0].casefold() in {
        "song",
        "track",
        "album",
        "artist",
        "playlist",
        "station",
        "podcast",
    }:
        written.pop(0)
    return " ".join(written)


def _join(ground: Ground, nouns: list[Noun]) -> list[Change]:
    """The named speakers join what plays elsewhere."""
    things = ground.things(Clause(nouns=nouns), Wanted(able_to("group"), "join", ("speaker",)))
    ids = {d.id for d in things}
    playing = [
        i for i in ground.index.with_ability.get("group", ()) if plays(ground, i) and i not in ids
    ]
    heads = list(dict.fromkeys(leader(ground, i) for i in playing))
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
