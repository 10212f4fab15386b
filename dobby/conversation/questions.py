"""Questions that memory may answer: which words tell what is asked for, and whether a fact does."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Self

PERSONAL = re.compile(r"\b(?:i|me|my|mine|we|us|our|ours|you|your|yours)\b", re.I)
"""A fact with such a word is true only in the mouth of who told it."""

# Words that ask, and that a fact need not have: "where did I put", "what is the number of".
_ASKING_WORDS = """
a about again all also am an and any anybody anyone are as at be been best but by call called
can come comes could day dates date did do does dobby done down else ever exactly find for
found from get gets give given go goes going gone got had happen happens has have he her here
hers hid hidden hide him his how i if in into is it its just keep keeps kept kind know last
leave leaves left like live lives long look made make many may me mean might mine much must my
need needs now of off old on one or our out over own please put puts remember remind s said say
says set she should so some somebody someone sort still store stored such take takes tell that
the their them then there they thing things this time times to told turn under up us use used
usually was we went were what when where which who whom whose will with would year you your
again number name address colour color size place spot
"""
_ASKING = frozenset(_ASKING_WORDS.split())
_VERBS_OF_FACTS = """
is are was were has have had lives live keeps keep goes go comes come opens open closes close
starts start ends end works work needs need costs cost takes take stands stand lies lie stays
stay hangs hang sits sit belongs belong arrives arrive leaves leave wants want likes like hates
hate eats eat means mean gets get can may must should will = :
"""
_VERBS = frozenset(_VERBS_OF_FACTS.split())
_WHO = frozenset({"who", "whose", "whom"})
_TIME = re.compile(
    r"\b\d{1,2}(?:[:.]\d\d)?\b|\b(?:19|20)\d\d\b"
    r"|\b(?:every|each|daily|weekly|monthly|yearly|once|twice|before|after|until|during|since"
    r"|morning|noon|afternoon|evening|night|midnight|dawn|sunset|today|tomorrow|yesterday"
    r"|weekends?|weekdays?|weeks?|months?|years?|hours?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|spring|summer|autumn|fall|winter|easter|christmas|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve)\b",
    re.I,
)
_AT = r"(?:in|inside|at|on|under|below|behind|beside|above|over|near|next|by|with|between|outside)"
_PLACE = re.compile(rf"\b(?:{_AT}|from|upstairs|downstairs|here|there|home|has|have)\b", re.I)
_FITS = (
    (re.compile(r"\bwhen\b|\b(?:what|which) (?:time|days?|date|week|month|year)\b", re.I), _TIME),
    (re.compile(r"\bwhere(?:['’]?s)?\b", re.I), _PLACE),
)


@dataclass(frozen=True)
class Question:
    """What a question asks for: the words that an answer has to hold."""

    words: tuple[str, ...]
    of_whom: bool = False  # "who has the key": the thing may stand anywhere in the answer
    fits: re.Pattern[str] | None = None  # what an answer says besides: a time, a place

    @classmethod
    def of(cls, question: str) -> Self:
        said = _words(question)
        telling = tuple(dict.fromkeys(word for word in said if word not in _ASKING))
        who = next((at for at, word in enumerate(said) if word in _WHO), None)
        is_who = who is not None and said[who + 1 : who + 2] in (["is"], ["are"], ["was"], ["s"])
        fits = next((form for asks, form in _FITS if asks.search(question)), None)
        return cls(telling, who is not None and not is_who, fits)

    def answered_by(self, fact: str) -> bool:
        """Whether a fact that holds all the words is about what is asked for: a single word has to
        be what it tells of, so that "where is Anna" is not answered by who has Anna's key."""
        if self.fits and not self.fits.search(fact):
            return False
        if len(self.words) > 1 or self.of_whom:
            return True
        said = _words(fact)
        verb = next((at for at, word in enumerate(said) if word in _VERBS), 0)
        heads = [word for word in said[:verb] if word not in _ASKING][-1:]
        heads += [a for a, b in itertools.pairwise(said) if re.fullmatch(_AT, b)]
        return any(_stem(word) in map(_stem, heads) for word in self.words)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+|[=:]", text.casefold().replace("’", "'").replace("'s ", " s "))


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith(("ies", "ied")):
        return f"{word[:-3]}y"
    return word.removesuffix("es") if word.endswith(("shes", "ches", "xes")) else word.rstrip("s")
