"""What an owner says of who may talk to Dobby: ``dobby/language/<language>/people.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

import yaml

from dobby.language.lexicon import lexicon
from dobby.language.sentences import Sentences
from dobby.language.words import ENGLISH, HOME
from dobby.people.roles import Role

Wish = Literal["invite", "new_number", "remove", "trust", "who"]
NAME_WORDS = 3  # "invite everybody over for a big party" names nobody


@dataclass(frozen=True)
class Saying:
    """A wish about people, with the name and the role that stand in it."""

    wish: Wish
    name: str = ""
    role: Role | None = None


def saying(text: str, language: str) -> Saying | None:
    """What these words say about people; None where that is something else."""
    own = language if (HOME / language / "people.yaml").exists() else ENGLISH
    sentences, roles = _told(own)
    for read in sentences.read(text):
        name, named = read.said.get("name", ""), read.said.get("role")
        role = roles.get(named.casefold()) if named else None
        if (named and role is None) or len(name.split()) > NAME_WORDS:
            return None
        if read.of != "who" and text.rstrip().endswith("?"):
            return None  # a question invites nobody
        return Saying(cast("Wish", read.of), name, role)
    return None


@cache
def _told(language: str) -> tuple[Sentences, dict[str, Role]]:
    told = yaml.safe_load((HOME / language / "people.yaml").read_text(encoding="utf-8"))
    roles = {word: Role(role) for role, words in told.pop("roles").items() for word in words}
    return Sentences(lexicon(language), told), roles
