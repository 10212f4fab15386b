"""The reflex brain: what a sentence means in this house, in any language that has a folder.

tokens -> lattice -> phrases -> clauses -> meanings -> devices -> calls; or an honest abstention.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from devices.capabilities import CAPABILITIES
from dobby.abilities.lookout import Lookout
from dobby.abilities.pairing import let_in
from dobby.abilities.whole import whole
from dobby.agent.calls import (
    Abstention,
    Context,
    Dialogue,
    HouseView,
    ToolCall,
    Understanding,
)
from dobby.agent.stopping import is_stop, stops
from dobby.language.clauses import Reading
from dobby.language.declining import Unclear, declined
from dobby.language.dialogue import chosen, only_things
from dobby.language.grounding import Ground
from dobby.language.hearing import heard
from dobby.language.lexicon import LANGUAGES, lexicon
from dobby.language.names import HouseNames
from dobby.language.not_now import NOT_NOW, for_now
from dobby.language.sentences import Sentence, sentences
from dobby.language.spoken import language_of
from dobby.language.tokens import cleaned
from dobby.language.trying import Attempt, attempts, decided
from dobby.language.words import ENGLISH, Message

LONGEST = 500  # characters; nobody asks for a light in more

_CALLS: dict[str, tuple[str, dict[str, object]]] = {
    "help": ("help", {}), "cancel": ("cancel", {}), "undo": ("undo", {}),
    "time": ("tell_time", {"what": "time"}), "date": ("tell_time", {"what": "date"}),
    "press": ("pair_device", {"what": ""}),
}  # fmt: skip
_REPLIES = {"hello": "hello", "thanks": "thanks", "bye": "bye", "who": "who-am-i"}
_FREE_TEXT = frozenset({"todo", "timers"})  # what is cut out of a text leaves another text
_NOT_SURE = declined(Unclear(Abstention.NOT_UNDERSTOOD, "not-understood"))
_NAMELESS = frozenset({Abstention.UNKNOWN_NAME, Abstention.UNKNOWN_ROOM})
_OF_ROLES = frozenset({Abstention.NEGATION, Abstention.NOT_UNDERSTOOD})


class Language:
    """Understands sentences offline. Pure, but for the house's words, kept per version."""

    def __init__(self) -> None:
        self._houses: dict[str, tuple[HouseView, HouseNames]] = {}

    def warm(self, house: HouseView, language: str = ENGLISH) -> None:
        """Builds what sentences are read with, so that the first is as fast as the next."""
        spoken = _spoken(language)
        heard("1", self.names(house, spoken))
        sentences(spoken)

    def names(self, house: HouseView, language: str) -> HouseNames:
        """The words of the house, in a language there is a folder of."""
        kept = self._houses.get(language)
        if kept is None or kept[0] is not house or kept[1].version != house.version:
            kept = house, HouseNames(house, lexicon(language))
            self._houses[language] = kept
        return kept[1]

    def understand(self, text: str, context: Context) -> Understanding:
        """What ``text`` asks for in ``context``. Never raises, never acts."""
        text = cleaned(text).strip()
        if len(text) > LONGEST:
            return _abstain(context, Unclear(Abstention.TOO_LONG, "too-long"))
        language = _spoken(context.language)
        if told := let_in(text, language, context.dialogue, context.now):
            return _does(context, (told,))
        names = self.names(context.house, language)
        if is_stop(text):
            return _stopping(text, names, context)
        if not names.lexicon.tokenise(text):
            return _abstain(context, Unclear(Abstention.EMPTY, "empty"))
        told = sentences(language).read(text)
        lookout, dialogue = Lookout(text, names, context), context.dialogue
        answers = dialogue.options and dialogue.pending and not _is_asked(text)
        if answers and (picked := lookout.picked() or _chosen(text, Ground(names, context))):
            return _pending(dialogue.pending, names, _closed(context), picked)
        if answers and _points(text, names):
            return _abstain(context, _once_more(dialogue, names), dialogue.pending)
        ground = Ground(names, context)
        try:
            named = bool(names.named(names.stems(text)))  # a scene "We are off" is no news
            if not named and (watched := lookout.calls(ground)):
                return _does(context, watched, tuple(dict.fromkeys(ground.touched)))
            if not named and (plan := whole(told, ground)):
                return _does(context, plan, tuple(ground.touched))
        except Unclear as problem:
            return _abstain(context, problem, text)
        understood = _read(text, heard(text, names), names, context)
        if not understood.abstained:
            return understood
        if placed := lookout.answer():
            device = (placed.calls[0].arguments["device"],)
            if placed.sure:
                return _does(context, placed.calls, device)
            return replace(understood, reply="", offers=placed.calls)
        if problem := lookout.elsewhere():
            return _abstain(context, problem, text)
        return _told_why(understood, text, told, names, context)


def _spoken(language: str) -> str:
    return language if language in LANGUAGES else ENGLISH


def _is_asked(text: str) -> bool:
    return text.rstrip(" !.").endswith("?")


def _closed(context: Context) -> Context:
    return replace(context, dialogue=context.dialogue.closed())


def _chosen(text: str, ground: Ground) -> frozenset[str]:
    """The devices that a short answer picks of those that a question offered."""
    names = ground.names
    found = heard(text, names)
    try:
        picked = chosen(only_things(found[0].clauses), ground) if found else frozenset[str]()
    except Unclear:
        return frozenset()
    scenes = any(names.devices[i].kind == "scene" for i in picked)  # "let's chill" is an order
    bare = names.named(names.stems(text)) or _points(text, names)
    return picked if bare or not scenes else frozenset()


def _points(text: str, names: HouseNames) -> bool:
    """Whether a sentence does nothing but say which one."""
    found = heard(text, names)
    refs = only_things(found[0].clauses) if found else ()
    return bool(refs) and all("one" in ref.prons for ref in refs)


def _once_more(dialogue: Dialogue, names: HouseNames) -> Unclear:
    """The question that was not answered clearly, again."""
    known = [o for o in dialogue.options if o in names.devices]
    labels = [names.label(option) for option in known]
    return Unclear(Abstention.AMBIGUOUS, "which-one", known, options=labels)


def _pending(
    text: str, names: HouseNames, context: Context, picked: frozenset[str]
) -> Understanding:
    """The sentence that waited for an answer, with the answer."""
    ground = Ground(names, context, picked)
    try:
        if watched := Lookout(text, names, context).calls(ground):
            return _does(context, watched, tuple(dict.fromkeys(ground.touched)))
    except Unclear as problem:
        return _abstain(context, problem, text)
    return _read(text, heard(text, names), names, context, picked)


def _read(
    text: str,
    found: Sequence[Reading],
    names: HouseNames,
    context: Context,
    picked: frozenset[str] = frozenset(),
) -> Understanding:
    """What the cheapest reading of a sentence comes to; ``picked`` answers what it asked."""
    asked = _is_asked(text)
    best = decided(attempts(found, asked, Ground(names, context, picked)), asked)
    if best.problem:
        return _abstain(context, best.problem, text)
    return _small_talk(best, context) if best.talk else _does(context, best.calls, best.devices)


def _small_talk(said: Attempt, context: Context) -> Understanding:
    if said.talk == "undo" and any(c.name in CAPABILITIES for c in context.dialogue.calls):
        return _abstain(context, Unclear(Abstention.UNABLE, "cannot-undo"))  # no old note instead
    closed = context.dialogue.closed()
    if said.talk in _REPLIES:
        return Understanding(reply=Message(_REPLIES[said.talk]), dialogue=closed)
    name, arguments = _CALLS[said.talk]
    call = ToolCall(name=name, arguments=dict(arguments))
    return Understanding(calls=(call,), dialogue=closed)


def _does(
    context: Context, plan: tuple[ToolCall, ...], devices: tuple[str, ...] = ()
) -> Understanding:
    spoken_of = devices or context.dialogue.devices
    return Understanding(
        calls=plan, dialogue=Dialogue(devices=spoken_of, calls=plan, at=context.now)
    )


def _stopping(text: str, names: HouseNames, context: Context) -> Understanding:
    """A stop that names nothing is for whatever moves or plays, and asks nothing."""
    tokens = names.lexicon.tokenise(text)
    every = any(e.category == "quantity" for t in tokens for e in names.lexicon.word(t.text))
    plan = tuple(stops(context.house, () if every else context.dialogue.devices))
    touched = tuple(dict.fromkeys(d for call in plan for d in call.arguments["devices"]))
    dialogue = Dialogue(devices=touched, calls=plan, at=context.now)
    reply = "" if plan else Message("nothing-moves")
    return Understanding(calls=plan, reply=reply, dialogue=dialogue)


def _told_why(
    why: Understanding, text: str, told: list[Sentence], names: HouseNames, context: Context
) -> Understanding:
    """An abstention, with what may be offered instead, or what memory may answer."""
    of = {sentence.of for sentence in told}
    if why.abstained in _OF_ROLES and "roles" in of:
        return replace(why, reply=Message("of-roles"))
    if why.abstained in NOT_NOW and why.reply != Message("asked-later"):
        why = _offered(why, text, names, context)
    if why.abstained is Abstention.NOT_UNDERSTOOD and language_of(text) not in {
        None, context.language
    }:  # fmt: skip
        return replace(why, abstained=Abstention.LANGUAGE)
    unread = isinstance(why.reply, Message) and why.reply.args.get("said") == "yes"
    tokens = names.lexicon.tokenise(text)
    strange = unread or why.abstained in _NAMELESS or any(map(names.is_unknown, tokens))
    if "question" in of and strange and not why.offers:
        return replace(why, question=text)
    idle = next((t.raw for t in tokens if names.is_strange(t)), "")
    if idle and why.reply == _NOT_SURE:
        return replace(why, reply=Message("not-understood", {"what": idle, "said": "yes"}))
    return why


def _offered(why: Understanding, text: str, names: HouseNames, context: Context) -> Understanding:
    """What is wished for later, or on a condition, offered for now where that is clear."""
    now = for_now(text, names)
    plan = _read(now, heard(now, names), names, _closed(context)).calls if now else ()
    if plan and all(c.name in CAPABILITIES and c.name not in _FREE_TEXT for c in plan):
        return replace(why, offers=plan)
    if not isinstance(why.reply, Message):
        return why
    return replace(why, reply=Message("and-now", {"why": why.reply}))


def _abstain(context: Context, problem: Unclear, text: str = "") -> Understanding:
    dialogue = context.dialogue.model_copy(
        update={
            "options": problem.options,
            "pending": text if problem.options else "",
            "at": context.now,
        }
    )
    return Understanding(abstained=problem.why, reply=declined(problem), dialogue=dialogue)
