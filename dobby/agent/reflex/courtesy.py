"""What is said for courtesy alone, before and after an order: "would you be a dear and ...".

It is taken off the written sentence before anybody reads it, so that lists, titles, timers and
cameras are spared it alike. A name of the house is never taken for courtesy ("Right lamp", "Now
and Then"), nor is all that was said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dobby.agent.reflex.index import HouseIndex
from dobby.agent.reflex.lexicon import Lexicon
from dobby.agent.reflex.text import Token, cleaned, tokenise

_DEARS = (
    r"(?:(?:my|you|old|good|dear|there'?s an?|there is an?) )*(?:dobby|dear|dearest|darling|love|"
    r"lovely|mate|buddy|bud|pal|friend|dude|man|bro|babe|sweetie|sweetheart|hon|chap|champ|elf|"
    r"lad|lass|boy|girl|guys|folks|everyone|sir|madam|house)"
)
_KIND = r"(?:(?:so|very|really|ever so|most|just|absolutely) )*"
_GOOD = (
    r"(?:great|good|nice|lovely|wonderful|fantastic|brilliant|awesome|amazing|cool|super|perfect|"
    r"helpful|kind|grateful|glad|happy|delighted|obliged|thankful|pleased|appreciated|ideal)"
)
_YOU = r"(?:you|u|ya|we|someone|somebody|anyone)"
_MOMENT = r"(?:chance|moment|minute|second|sec|mo|spare \w+|free \w+)"
_MAY = r"(?:can|could|would|will|might|may|wouldn'?t|couldn'?t|won'?t)"
_WISH = (
    r"(?:want|need|wish|would (?:like|love|prefer|appreciate|want)|'?d (?:like|love|prefer)|"
    r"wanna|fancy|ask|beg)"
)
_SOFTLY = r"(?:(?:please|pls|just|kindly|possibly|perhaps|maybe|quickly|also)[ ,]+)*"
_IT_IS = r"(?:it|that) ?(?:would|'?d|will|'?ll|is|'s)(?: be)?"

_REQUESTS = (  # after these, what follows is an order, whatever mark ends it
    rf"{_MAY} {_YOU} {_SOFTLY}(?:be {_KIND}(?:kind|good|nice|so kind|sweet) (?:as to|and|to)|"
    rf"be (?:an?|my) \w+(?: \w+)?,? and|do me (?:a|an) \w+ and|do us (?:a|an) \w+ and)",
    rf"{_MAY} {_YOU}(?= )(?! mind\b)",
    rf"be (?:(?:an?|my) {_DEARS}|an? \w+|{_KIND}(?:kind|good|nice) (?:as to)?),?(?: and)?",
    r"do (?:me|us) (?:a|an|one|this) (?:\w+ )?(?:favou?r|kindness|solid)(?: and| to)?",
    rf"(?:i|we)(?: really| just| only)?(?: |(?='d)){_WISH}(?: for)?(?: (?:you|u|dobby) to"
    r"(?! (?:have|know|remember|be)\b)| to(?! (?:buy|get|have|know|see|hear|watch|be)\b))",
    rf"(?:i|we) ?(?:would|'?d|will|'?ll) {_KIND}(?:be {_KIND}{_GOOD}|(?:appreciate|love|like) it) "
    rf"if {_YOU} {_MAY}",
    r"(?:i|we) ?(?:am|are|'m|'re|will|'ll) (?:(?:gonna|going to) )?(?:need|want|ask) you to",
    r"(?:i (?:think|guess|believe) )?(?:you|u) ?(?:should|must|need to|have to|(?:had|'d) better)"
    r"(?: please)?(?! (?:have|be))",
    rf"{_IT_IS} {_KIND}{_GOOD} if {_YOU} {_MAY}",
    rf"(?:i|we) (?:was|am|were|are|'m|just)? ?(?:wonder|wondering) (?:if|whether) {_YOU} {_MAY}",
    rf"(?:do|did) you (?:think|reckon|suppose) {_YOU} {_MAY}",
    rf"(?:is|would) (?:it|there) (?:be )?(?:possible|ok|okay|any (?:chance|way))(?: for you)?"
    rf"(?: to| (?:that )?{_YOU} {_MAY})",
    rf"any (?:chance|way)(?: that)? {_YOU} {_MAY}",
    r"(?:can|could|may|might) i (?:ask|trouble|bother|get|persuade) you to",
    r"(?:go ahead|go on) and|feel free to|why don'?t you|why not|(?:let'?s|let us)(?! have\b)",
    r"(?:make|be) sure (?:to|(?:that )?you)|(?:it is |it's )?(?:about )?time to",
)  # fmt: skip
_CALLS = (  # these draw attention
    r"(?:hey|hiya?|hello|yo|oi|ok|okay|alright|all right|um+|uhm?|erm?|hm+|oh|ah|please|pls|plz|"
    r"kindly|dobby)(?: there)?",
    rf"(?:hey|hi|hello|ok|okay|yo|oi|please|so|right|well|thanks|listen|look)[ ,]+{_DEARS}",
    r"so(?= )",
    r"(?:excuse|pardon|forgive) me",
    r"(?:i(?: a|')m )?sorry(?: to (?:bother|trouble|disturb|interrupt)(?: you)?)(?:[ ,]+but)?",
    r"if (?:you|u) (?:please|could|can|would|(?:don'?t|do not|wouldn'?t|would not) mind|"
    rf"have a {_MOMENT})",
    r"if (?:it is|it's|that is|that's)(?: not|n'?t)? (?:too much (?:trouble|bother)|"
    r"ok(?:ay)?(?: with you)?|possible|(?:all |al)right)",
    rf"when(?:ever)? (?:you|u)(?:'re| are)? (?:can|ready|free|(?:get|have) (?:a|the) {_MOMENT})",
    r"if possible|real(?:ly)? quick(?:ly)?|just quickly|quickly|quick one",
)  # fmt: skip
_CALLS_BEFORE_A_COMMA = (
    _DEARS,
    r"(?:well|right|right then|so|now|now then|look|listen|honey|good (?:morning|evening|afternoon|"
    r"day)|thanks?(?: you)?|cheers|yes|yeah|yep|quick|be (?:an? )?\w+)",
)
_AFTERWORDS = (
    r"(?:please|pls|plz|kindly|dobby|thanks?|thank you|thx|ta|cheers|now|then|quick|"
    r"quickly|pronto|asap|immediately|bye|goodbye)",
    r"(?:(?:please and )?(?:thanks?|thank you|thx|ta|cheers)|please|pls|many thanks)"
    r"(?: (?:very|so|ever so) much| kindly| a (?:lot|million|bunch|ton)| in advance| again)?",
    rf"(?:thanks?|thank you|thx|ta|cheers|please|pls|ok|okay)(?: a lot| so much)?[ ,]+{_DEARS}",
    r"(?:real|really|super|very) quick(?:ly)?|right (?:now|away)|straight ?away|at once",
    r"as soon as (?:possible|you can)|at your (?:earliest )?convenience",
    r"(?:for (?:me|us)|if possible|if i may|if you please|much (?:appreciated|obliged))",
    r"(?P<asked>(?:would|will|could|can|won'?t) (?:you|u|ya)(?: please| kindly)?|"
    r"ok|okay|(?:all |al)right|(?:pretty|yes) please)",
    r"if (?:you|u|ya) (?:please|could|can|would|like|will|(?:don'?t|do not|wouldn'?t|would not|"
    rf"dont|wouldnt) mind|would be so \w+|have a {_MOMENT})(?: please)?",
    r"if (?:it is|it's|that is|that's|its|thats)(?: not|n'?t)? (?:too much (?:trouble|bother|"
    r"to ask)|(?:ok|okay|all right|alright)(?: with you)?|possible|no (?:trouble|bother))",
    rf"when(?:ever)? (?:you|u)(?:'re| are| have)? (?:can|ready|free|(?:get )?(?:a|the) {_MOMENT}|"
    rf"have a {_MOMENT})",
    rf"(?:that|it) ?(?:would|'?d|will|'?ll) be {_KIND}{_GOOD}",
    rf"(?:i|we) ?(?:would|'?d|will|'?ll) (?:be {_KIND}{_GOOD}|(?:really )?appreciate (?:it|that))",
    r"for (?:goodness|heaven'?s|god'?s|pete'?s)'? sake|i beg (?:of )?you",
)  # fmt: skip
_AFTERWORDS_BEHIND_A_COMMA = (
    rf"{_DEARS}|be (?:an? )?{_DEARS}|right|yeah|eh|be quick|"
    rf"there'?s an? (?:good )?{_DEARS}|good {_DEARS}",
)


def _any(patterns: Sequence[str]) -> str:
    return "|".join(f"(?:{p})" for p in patterns)


_FLAGS = re.IGNORECASE
_OPENING = re.compile(
    rf"(?:(?P<request>{_any(_REQUESTS)})|(?:{_any(_CALLS)}))(?:[\s,.:;!-]+|$)"
    rf"|(?:{_any(_CALLS_BEFORE_A_COMMA)})\s*[,!;.]+\s*",
    _FLAGS,
)
_CLOSING = re.compile(
    rf"(?:[\s,.!;-]+(?:{_any(_AFTERWORDS)})|\s*[,.!;]\s*(?:{_any(_AFTERWORDS_BEHIND_A_COMMA)}))"
    r"\s*(?P<end>[?!.]*)$",
    _FLAGS,
)


def without_courtesy(text: str, index: HouseIndex, lexicon: Lexicon) -> str:
    """``text`` as one says it who is in a hurry. What was asked as a favour is no question."""
    plain = " ".join(cleaned(text).split(" ")).strip()
    while shorter := _without_end(plain, index):
        plain = shorter
    while match := _OPENING.match(plain):
        rest = plain[match.end() :].lstrip()
        if not _stands_alone(rest) or _is_meant(tokenise(plain), rest, index, lexicon):
            break
        plain = rest.rstrip("? ") if match["request"] else rest
    return plain


def _without_end(text: str, index: HouseIndex) -> str | None:
    """The text less one afterword; None where there is none."""
    match = _CLOSING.search(text)
    if not match:
        return None
    rest = text[: match.start()].rstrip(" ,;-")
    tokens, left = tokenise(text), len(tokenise(rest))
    named = any(
        (name := index.longest(tokens, at)) and at + name[0] > left
        for at in range(max(0, left - 6), len(tokens))
    )
    if named or not _stands_alone(rest):
        return None
    return rest + ("?" if "?" in match["end"] and not match["asked"] else "")


def _stands_alone(rest: str) -> bool:
    """Whether there is an order left: "play right now" may be a song."""
    return rest.strip(" ,.;!?").casefold() not in {"", "play", "and", "to"}


def _is_meant(tokens: Sequence[Token], rest: str, index: HouseIndex, lexicon: Lexicon) -> bool:
    """Whether the opening begins a name, or a phrase that says more: "so dark", "right lamp"."""
    size = len(tokens) - len(tokenise(rest))
    name, phrase = index.longest(tokens, 0), lexicon.match(tokens, 0)
    longer = phrase is not None and phrase[0] > size and bool(phrase[1].keys() - {"filler"})
    return name is not None or longer
