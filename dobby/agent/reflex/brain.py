"""The reflex brain: what an English sentence means in this house, or an honest abstention."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from devices.capabilities import CAPABILITIES
from dobby.agent.calls import (
    Abstention,
    Context,
    Dialogue,
    HouseView,
    ToolCall,
    Understanding,
)  # fmt: skip
from dobby.agent.reflex import (
    appliances,
    colours,
    eyes,
    halting,
    levels,
    music,
    openings,
    power,
    steps,
)
from dobby.agent.reflex.clauses import Clause, wants
from dobby.agent.reflex.comfort import complaint
from dobby.agent.reflex.corrections import taken_back
from dobby.agent.reflex.courtesy import without_courtesy
from dobby.agent.reflex.followup import again, chosen, only_names
from dobby.agent.reflex.foreign import foreign
from dobby.agent.reflex.ground import Ground, not_understood
from dobby.agent.reflex.guard import NOT_NOW, OF_ROLES, REPLIES, for_now, of_roles, veto
from dobby.agent.reflex.index import HouseIndex
from dobby.agent.reflex.joining import merged, segments, window
from dobby.agent.reflex.lexicon import Lexicon, english
from dobby.agent.reflex.lists import Listing
from dobby.agent.reflex.mending import mend
from dobby.agent.reflex.pairing import let_in
from dobby.agent.reflex.play import play
from dobby.agent.reflex.politeness import straight
from dobby.agent.reflex.questions import asked, asked_again
from dobby.agent.reflex.reader import ClauseReader
from dobby.agent.reflex.spans import Span, spans
from dobby.agent.reflex.talk import small_talk, to_dobby
from dobby.agent.reflex.targets import Resolver, Unresolved
from dobby.agent.reflex.text import Token, tokenise
from dobby.agent.reflex.timers import Timing
from dobby.agent.reflex.titles import starts_play
from dobby.agent.reflex.wishes import Change, calls
from dobby.agent.stopping import NOTHING, is_stop, stops
from dobby.language.brain import Language
from dobby.language.lexicon import LANGUAGES
from dobby.language.words import ENGLISH

CANNOT_UNDO = "I can only take back what I was told to remember. What shall I set instead?"
_FORBIDS = frozenset({Abstention.NEGATION, Abstention.NOT_UNDERSTOOD})
_FREE_TEXT = frozenset({"todo", "timers"})
LONGEST = 500  # characters; nobody asks for a light in more
_WISHES = (  # who recognises a clause, and who reads it; the first that does
    *halting.WISHES, *appliances.WISHES, *music.WISHES,
    (openings.locks, openings.lock), (colours.colours, colours.colour), (steps.steps, steps.step),
    (levels.sets_level, levels.set_level), (openings.opens, openings.open_or_close),
    (power.switches, power.switch),
)  # fmt: skip


class Reflex:
    """Understands sentences offline. Pure, but for an index of the house, kept per version."""

    def __init__(self) -> None:
        self._lexicon = english()
        self._house: HouseView | None = None
        self._index: HouseIndex | None = None
        self._language = Language()

    def warm(self, house: HouseView, language: str = ENGLISH) -> None:
        """Builds what sentences are read with, so that the first is as fast as the next."""
        if language != ENGLISH and language in LANGUAGES:
            self._language.names(house, language)
        self._index_of(house)
        eyes.vocabulary()

    def _index_of(self, house: HouseView) -> HouseIndex:
        index = self._index
        if index is None or self._house is not house or index.version != house.version:
            index = HouseIndex(house, self._lexicon)
            self._house, self._index = house, index
        return index

    def understand(self, text: str, context: Context) -> Understanding:
        """What ``text`` asks for in ``context``. Never raises, never acts."""
        if not text.strip():
            return _abstain(context, Abstention.EMPTY, "There was nothing in that message.")
        if len(text) > LONGEST:
            return _abstain(
                context, Abstention.TOO_LONG, "That is too long for me. What shall I do, in short?"
            )
        if told := let_in(text, context.dialogue, context.now):
            return Understanding(calls=(told,), dialogue=Dialogue(calls=(told,), at=context.now))
        if is_stop(text):
            return _stopping(context)
        index = self._index_of(context.house)
        plain = tokenise(text)
        if not plain:
            return _abstain(context, Abstention.EMPTY, "I need words. What shall I do?")
        if context.language != ENGLISH and context.language in LANGUAGES:
            return self._language.understand(text, context)
        if foreign(plain, self._lexicon.words, index.words):
            return _abstain(
                context, Abstention.LANGUAGE, "I only understand English here. In English, please?"
            )
        named = index.named([t.stem for t in plain])  # a scene may be called "Good morning"
        talk = None if named else small_talk(plain, self._lexicon)
        text = text if talk else without_courtesy(text, index, self._lexicon)
        tokens = mend(tokenise(text), index, self._lexicon)
        named = index.named([t.stem for t in tokens])
        talk = talk or (None if named else small_talk(tokens, self._lexicon))
        if talk and _takes_back_a_deed(talk, context.dialogue):
            return _abstain(context, Abstention.UNABLE, CANNOT_UNDO)
        if talk:
            return replace(
                talk, dialogue=context.dialogue.model_copy(update={"options": (), "pending": ""})
            )
        ground = Ground(index, context, Resolver(index, context, frozenset()))
        tokens = straight(tokens, "?" in text)
        found = spans(tokens, index, self._lexicon)
        picked = _picked(ground, found, text)
        if picked:
            return self._pending(context, picked)
        try:
            return self._read(ground, tokens, found, text)
        except Unresolved as problem:
            if placed := eyes.answer_to_where(ground, text):
                return _where_it_looks(ground, *placed)
            problem = eyes.elsewhere(ground, text) or problem
            if problem.why in _FORBIDS and of_roles(text):
                return _abstain(context, problem.why, OF_ROLES)
            if problem.why in NOT_NOW:
                abstained = self._not_now(context, problem, tokens, found)
            else:
                abstained = _abstain(context, problem.why, problem.reply, problem.options, text)
            return replace(
                abstained, question=_of_no_device(text, plain, index, self._lexicon, problem)
            )

    def _not_now(
        self, context: Context, problem: Unresolved, tokens: list[Token], found: list[Span]
    ) -> Understanding:
        """What is wished for later, or on a condition, offered for now where that is clear."""
        index = self._index_of(context.house)
        ground = Ground(index, context, Resolver(index, context, frozenset()))
        now = for_now(found)
        try:
            plan = self._orders(ground, tokens, now) if now else []
        except Unresolved:
            plan = []
        if any(call.name in _FREE_TEXT for call in plan):
            plan = []  # what is cut out of a text leaves another text
        asks = "" if plan or problem.reply.endswith("?") else " What shall I do now?"
        abstained = _abstain(context, problem.why, problem.reply + asks)
        return replace(abstained, offers=tuple(plan))

    def _pending(self, context: Context, picked: frozenset[str]) -> Understanding:
        """The sentence that waited for an answer, with the answer."""
        index = self._index_of(context.house)
        text = context.dialogue.pending
        context = replace(context, dialogue=context.dialogue.model_copy(
            update={"options": (), "pending": ""}))  # fmt: skip
        ground = Ground(index, context, Resolver(index, context, picked))
        tokens = mend(tokenise(text), index, self._lexicon)
        try:
            return self._read(ground, tokens, spans(tokens, index, self._lexicon), text)
        except Unresolved as problem:
            return _abstain(context, problem.why, problem.reply, problem.options, text)

    def _read(
        self, ground: Ground, tokens: list[Token], found: list[Span], text: str
    ) -> Understanding:
        own = eyes.read(ground, text) or to_dobby(ground, text, self._lexicon)
        if own:
            return _understood(ground, own)
        listed = Listing(ground, self._lexicon).read(tokenise(text))
        if listed:
            return _understood(ground, [listed])
        left = Timing(ground, self._lexicon).asked(tokens)
        if left:
            return _understood(ground, [left])
        marked = text.rstrip(" !.").endswith("?")
        question = asked_again(ground, found) or asked(ground, found, marked)
        if question:
            return _understood(ground, [question])
        then = [t.text for t in tokens[-2:]] == ["and", "then"]
        if then or tokens[-1].text in {"but", "and", "or", "except", "if", "unless"}:
            raise Unresolved(
                Abstention.NOT_UNDERSTOOD, "I did nothing: there seems to be more. What?"
            )
        refused = tokens[-1].text in {"nah", "nope"} or (
            tokens[-1].gap and tokens[-1].text in {"no", "not"}
        )
        if refused:
            raise Unresolved(*REPLIES["negation"])  # "Heat the pool? Nah."
        polite = re.search(r"\b(?:please|can|could|would|will|may)\b", text, re.IGNORECASE)
        wishes = polite or any(s.says("verb") for s in found)
        if text.rstrip(" !.").endswith("?") and not wishes:
            raise Unresolved(Abstention.NOT_UNDERSTOOD, "I can't answer that. What shall I do?")
        return _understood(ground, self._orders(ground, tokens, found))

    def _orders(self, ground: Ground, tokens: list[Token], found: list[Span]) -> list[ToolCall]:
        """The calls of every clause, in the order they were said."""
        corrected = taken_back(found)
        if isinstance(corrected, Clause):
            return self._plain(ground, [corrected])
        found = corrected or found
        pieces = segments(found)
        plan: list[ToolCall] = []
        plain: list[Clause] = []
        at = 0
        while at < len(pieces):
            taken = self._special(ground, pieces, at)
            if taken is None:
                clause = complaint(pieces[at]) or ClauseReader(pieces[at]).read()
                _complete(ground, clause, alone=len(pieces) == 1)
                plain.append(clause)
                at += 1
                continue
            plan += self._plain(ground, plain) if plain else []
            plain = []
            plan += taken[1]
            at += taken[0]
        return plan + (self._plain(ground, plain) if plain else [])

    def _special(
        self, ground: Ground, pieces: list[list[Span]], at: int
    ) -> tuple[int, list[ToolCall]] | None:
        """Sentences with free text: lists, timers, titles. How many pieces, and the calls."""
        near = window(pieces, at)
        for size in dict.fromkeys((len(pieces) - at, near)):
            run = _tokens(pieces[at : at + size])
            call = Listing(ground, self._lexicon).read(run)
            if call:
                return size, [call]
        call = Timing(ground, self._lexicon).read(_tokens(pieces[at : at + near]))
        if call:
            return near, [call]
        run = [s for piece in pieces[at : at + near] for s in piece]
        if run[0].says("join"):
            run = run[1:]
        if not run:
            return None
        start = starts_play(ground, run)
        if start is None or any(s.says("guard", "negation") for s in start[0]):
            return None
        return near, calls(play(ground, *start, self._lexicon.not_music))

    def _plain(self, ground: Ground, clauses: list[Clause]) -> list[ToolCall]:
        if repeated := again(ground, clauses):
            return calls(repeated)
        whole = merged(_without_kept(_without_complaints(clauses)))
        for clause in whole:
            veto(clause)
            _no_bystander(ground, clause)
        changes: list[Change] = []
        for clause in whole:
            changes += _changes(ground, clause)
            _no_contradiction(clause, changes)
        return calls(changes)


def _without_complaints(clauses: list[Clause]) -> list[Clause]:
    """ "It's freezing, turn the heating up" is one wish; the complaint only says about what."""
    rest = [c for c in clauses if c.verbs or not _complains(c)]
    if not any(c.verbs for c in rest):
        return clauses
    about = [n for c in clauses if c not in rest for n in c.nouns if n.thing]
    for clause in rest:
        if about and clause.nouns and all(n.prons == {"it"} for n in clause.nouns):
            clause.nouns = about
    return rest


def _complains(clause: Clause) -> bool:
    unclear = clause.guards or clause.loose or clause.excepts
    return any(s.says("comfort") for s in clause.spans) and bool(clause.more) and not unclear


def _without_kept(clauses: list[Clause]) -> list[Clause]:
    """ "Leave the hall light on but turn off the landing": what is kept is spared by the rest."""
    rest = [
        c
        for c in clauses
        if c.verbs != frozenset({"keep"}) or c.says() - {"verbs", "ways", "nouns", "states"}
    ]
    if not rest or len(rest) == len(clauses) or clauses[0] in rest:
        return clauses
    kept = [n for c in clauses if c not in rest for n in c.nouns]
    for clause in rest:
        if any(n.plural or n.quants for n in clause.nouns):
            clause.excepts += kept
            clause.excepting = True
    return rest


_BESIDE = {"from", "with", "for", "as", "by"}


def _no_bystander(ground: Ground, clause: Clause) -> None:
    """Raises Unresolved for a thing that is not told to do anything: "lights off from the car"."""
    takes_two = music.groups(ground, clause) or appliances.stages(ground, clause)
    if not takes_two and any(n.prep in _BESIDE and n.thing for n in clause.nouns[1:]):
        raise not_understood(clause)


def _no_contradiction(clause: Clause, changes: Sequence[Change]) -> None:
    """Raises Unresolved when one thing is to become two things: "on and off"."""
    wanted: dict[tuple[str, str], dict[str, object]] = {}
    for change in changes:
        before = wanted.setdefault((change.device, change.kind), change.fields)
        if before != change.fields:
            raise not_understood(clause)


def _complete(ground: Ground, clause: Clause, alone: bool) -> None:
    """Short forms: a scene's bare name, "back door lock", "can I have the reading lamp"."""
    openings.roll(clause)
    if clause.loose == ["watch"] and appliances.tunes(ground, clause):
        clause.loose = []  # "watch Netflix"
    if clause.valued or clause.guards or clause.loose or not clause.nouns:
        return
    if not clause.verbs and appliances.looks(ground, clause):
        clause.verbs = frozenset({"show"})
    elif alone and not clause.verbs and all(n.kinds == ["music"] for n in clause.nouns):
        clause.verbs = frozenset({"play"})  # "some music in the kitchen"
    elif appliances.stages(ground, clause) and (alone or clause.verbs):
        if not clause.verbs or clause.verbs & {"set", "switch", "on", "do"}:
            clause.verbs = frozenset({"activate"})
    elif not clause.verbs and clause.nouns[-1].words[-1] == "lock":
        clause.verbs, clause.verb_text = frozenset({"lock"}), "lock"
    elif (
        alone
        and not clause.attrs
        and (clause.verb_text in {"hit", "get", "have"} or (wants(clause) and not clause.verbs))
    ):
        kinds = {k.partition("/")[0] for n in clause.nouns for k in n.kinds}
        kinds |= {
            ground.index.devices[x.ref].kind for n in clause.nouns for g in n.names for x in g
        }
        if kinds == {"light"}:
            clause.verbs, clause.ways = frozenset({"switch"}), ["on"]


def _changes(ground: Ground, clause: Clause) -> list[Change]:
    """What a clause comes to. Raises Unresolved where a phrase of it came to nothing."""
    said = [*clause.nouns, *clause.excepts]
    changes = _read_as_wish(ground, clause)
    if ground.unheeded(said):
        raise not_understood(clause)
    return changes


def _read_as_wish(ground: Ground, clause: Clause) -> list[Change]:
    stops = False
    for recognises, read in _WISHES:
        if recognises(ground, clause):
            stops = stops or clause.verbs == frozenset({"stop"})
            try:
                changes = read(ground, clause)
            except Unresolved as problem:
                if problem.why is not Abstention.UNABLE or not stops:
                    raise
                clause.verbs, clause.ways = frozenset({"off"}), []  # a fan: it can only go off
                continue
            if stops and any(ground.index.devices[c.device].kind == "light" for c in changes):
                raise not_understood(clause)  # nobody stops a lamp
            return changes
    raise not_understood(clause)


def _tokens(pieces: Sequence[Sequence[Span]]) -> list[Token]:
    return [t for piece in pieces for s in piece for t in s.tokens]


def _takes_back_a_deed(talk: Understanding, dialogue: Dialogue) -> bool:
    """Whether "undo" is meant of a device: then no old note may be taken back for it."""
    undone = any(call.name == "undo" for call in talk.calls)
    return undone and any(call.name in CAPABILITIES for call in dialogue.calls)


def _stopping(context: Context) -> Understanding:
    """A stop that names nothing is for whatever moves or plays, and asks nothing."""
    plan = tuple(stops(context.house))
    touched = tuple(dict.fromkeys(d for call in plan for d in call.arguments["devices"]))
    dialogue = Dialogue(devices=touched, calls=plan, at=context.now)
    return Understanding(calls=plan, reply="" if plan else NOTHING, dialogue=dialogue)


def _understood(ground: Ground, plan: list[ToolCall]) -> Understanding:
    touched = tuple(dict.fromkeys(ground.touched)) or ground.context.dialogue.devices
    dialogue = Dialogue(devices=touched, calls=tuple(plan), at=ground.context.now)
    return Understanding(calls=tuple(plan), dialogue=dialogue, reply=" ".join(ground.asides))


def _picked(ground: Ground, found: list[Span], text: str) -> frozenset[str] | None:
    """The devices that a short answer picks of those a question offered; None if it is none."""
    try:
        if cameras := eyes.answer_to_which(ground, text):
            return cameras
        return chosen(ground, found) if only_names(found) and "?" not in text else None
    except Unresolved:
        return None  # more is said than which one, and not clearly


_ASKING = re.compile(
    r"^\W*(?:(?:hey|hi|ok|please|dobby|so|and|tell me|do you (?:know|remember)|remind me)\W+)*"
    r"(?:who|whose|whom|where|when|what|which|how)(?:['’]?(?:s|re))?\b",
    re.I,
)


def _of_no_device(
    text: str, tokens: list[Token], index: HouseIndex, lexicon: Lexicon, problem: Unresolved
) -> str:
    """The question, where it asks for something that no device is called or does; else empty."""
    if not _ASKING.match(text):
        return ""
    nameless = problem.why in {Abstention.UNKNOWN_NAME, Abstention.UNKNOWN_ROOM}
    strange = [t for t in tokens if t.text not in lexicon.words and t.stem not in index.words]
    return text if nameless or strange else ""


def _where_it_looks(ground: Ground, plan: list[ToolCall], sure: bool) -> Understanding:
    """The answer that somebody gave who was asked where a camera looks; asked about, if it may
    be none."""
    if sure:
        return _understood(ground, plan)
    abstained = _abstain(ground.context, Abstention.NOT_UNDERSTOOD, "")
    return replace(abstained, offers=tuple(plan))


def _abstain(
    context: Context, why: Abstention, reply: str, options: tuple[str, ...] = (), pending: str = ""
) -> Understanding:
    dialogue = context.dialogue.model_copy(
        update={"options": options, "pending": pending if options else "", "at": context.now}
    )
    return Understanding(abstained=why, reply=reply, dialogue=dialogue)
