"""What is to be heard, and where: the title, the place and the loudness in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from devices.device import Device
from dobby.agent.reflex.ground import Ground
from dobby.agent.reflex.reader import ClauseReader
from dobby.agent.reflex.spans import Span
from dobby.agent.reflex.text import words

_SURE = {"play", "listen to", "stream", "start playing", "begin playing", "blast", "queue up"}


_LEAD = {
    "some", "the", "a", "bit", "of", "my", "me", "us", "song", "track", "album", "artist",
    "playlist", "station", "radio", "podcast", "called", "by", "music", "favourite", "favorite",
    "please",
}  # fmt: skip


_TAIL = {
    "please", "now", "too", "as", "well", "again", "thanks", "music", "playlist", "station",
    "song", "songs", "then", "for", "me", "us", "also", "dobby", "right",
}  # fmt: skip


_PLACING = {
    "in", "on", "at", "through", "from", "to", "over", "into", "inside", "using", "via", "around",
    "upstairs", "downstairs", "throughout",
}  # fmt: skip


_STARTERS = {
    "put", "put on", "stick", "start", "have", "hear", "fancy", "whack", "pop", "get", "bung",
    "turn on", "run", "switch on", "launch", "throw", "throw on",
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
    place = next((i for i in range(1, len(wish)) if is_place(wish[i:])), len(wish))
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
    text = text_of(plain)
    able = (ground.index.devices[i] for i in ground.index.with_ability.get("media", ()))
    return ([], [*plain, *wish[place:]]) if any(choice(d, text) for d in able) else None


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
    lead = _switched_to(spans[start:named])
    if all(
        _placing(s) or s.says("filler") or s.says("way", "on") for s in (*lead, *spans[named + 1 :])
    ):
        rest = [s for s in spans[named:] if not s.says("way", "on") or s.says("prep")]
        return [s for s in lead if not s.says("filler")], rest
    return None


def _switched_to(lead: Sequence[Span]) -> Sequence[Span]:
    """The speaker in "switch the kitchen speaker to Jazz FM"; any other beginning as it is."""
    if len(lead) < 3 or not (lead[0].says("verb", "switch") or lead[0].says("verb", "set")):
        return lead
    return lead[1:-1] if lead[-1].text == "to" else lead


def _title_in_part(ground: Ground, spans: list[Span]) -> tuple[list[Span], list[Span]] | None:
    """ "Radio 4 in the bath" where a favourite is called "BBC Radio 4"."""
    end = next((i for i, s in enumerate(spans) if i and (s.text in _PLACING or s.gap)), len(spans))
    head = spans[:end]
    if any(
        s.says("verb") or s.says("way") or s.says("pron") or s.named("device", "room") for s in head
    ):
        return None
    text = text_of(head)
    if len(text.split()) < 2 or not all(_placing(s) or s.says("filler") for s in spans[end:]):
        return None
    able = (ground.index.devices[i] for i in ground.index.with_ability.get("media", ()))
    return ([], spans) if any(choice(d, text) for d in able) else None


def _placing(span: Span) -> bool:
    return bool(
        span.text in _PLACING or span.named("room", "floor", "device") or span.says("det")
        or span.says("quant") or span.says("kind", "speaker") or span.says("pron")
    )  # fmt: skip


def cut(spans: list[Span]) -> tuple[list[Span], list[Span], float | None]:
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
        if is_place(spans[at:]) and (at > 0 or spans[at].says("prep") or spans[at].says("quant")):
            spans, place = spans[:at], spans[at:]
            break
    while spans and spans[-1].text in _TAIL and len(spans) > 1:
        spans.pop()
    return spans, place, loud


def is_place(spans: list[Span]) -> bool:
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
    plain = clause.says() - {"ways"} == {"nouns"} and set(clause.ways) <= {"on"}
    return plain and all(
        n.rooms or n.floors or n.names or n.prons or n.quants or n.kinds for n in clause.nouns
    )


def text_of(spans: Sequence[Span]) -> str:
    return " ".join(t.text for s in spans for t in s.tokens)


def choice(device: Device, text: str) -> str | None:
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
    head = text.partition(" for ")[0]  # "lullabies for the baby"
    if head != text and any(words(c) == words(head) for c in choices):
        return choice(device, head)
    near = [c for c in choices if key_set and key_set <= set(words(c))]
    return near[0] if len(near) == 1 else None


def _without_lead(text: str) -> str:
    parts = text.split()
    while len(parts) > 1 and parts[0] in _LEAD:
        parts.pop(0)
    return " ".join(parts)


def item(device: Device, text: str, title: Sequence[Span]) -> str:
    favourite = choice(device, text)
    if favourite:
        return favourite
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
