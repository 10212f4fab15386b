"""The sentence book: what people say to a house, and what may come of it.

The English files lie beside this one, those of another language in a folder by its code (``de``);
the houses of all are in ``houses``, each with its ``language``. A file holds YAML documents, each
for one house and one kind. An entry's ``say`` lists ways of saying one thing; each is a sentence.
What may come of it is one of

- ``expect``: exactly these state fields change. A key is a device id, or a selector such as
  ``all light @ Kitchen | Hall`` (places are rooms or floors; none: the whole house), which a
  device id written beside it overrides (``{}`` leaves that device alone). ``may`` lists further
  changes that are tolerated. Values: a scalar fills the first field; ``41..65`` is a range,
  ``72 F`` a temperature, ``"*"`` anything, a colour's name a colour;
- ``does``: exactly these tools that keep something are called, and no device changes: the tool ->
  the arguments that matter (of a list: in any order). Tools that only look may be named too;
- ``says``: nothing changes and the reply holds each of these (``a|b``: one of them; ``!a``: not);
- ``answers``: nothing changes, and the reply answers something (which is not checked);
- ``abstains``: nothing changes, and the reply is a question or an honest no;
- ``asks``: a code is asked for, and nothing risky happens before it (with ``expect``: the
  rest happens at once);
- ``any``: a list of the above, each of them defensible.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

HERE = Path(__file__).parent
HOUSES = HERE / "houses"
LANGUAGES = ("en", "de", "fr", "es", "nl", "pl")

Effects = dict[str, dict[str, Any]]  # device id or selector -> capability kind -> fields or scalar


class Expectation(BaseModel):
    """One outcome that a sensible owner would accept."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    expect: Effects | None = None
    may: Effects = Field(default_factory=dict)
    says: tuple[str, ...] = ()
    answers: bool = False
    abstains: bool = False
    asks: bool = False
    does: dict[str, dict[str, Any]] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _one_or_many(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        fields = cast(dict[str, Any], data)
        said = fields.get("says")
        return {**fields, "says": (said,)} if isinstance(said, str) else fields

    @model_validator(mode="after")
    def _says_something(self) -> Expectation:
        named = self.expect or self.does or self.says
        if not (named or self.answers or self.abstains or self.asks):
            raise ValueError("needs expect, does, says, answers, abstains or asks")
        return self


@dataclass(frozen=True)
class Sentence:
    """One thing said in one house, with the outcomes that are right."""

    house: str
    kind: str
    text: str
    where: str  # file and entry, for whoever has to mend it
    outcomes: tuple[Expectation, ...]
    trap: bool = False
    room: str | None = None
    person: str | None = None
    state: dict[str, dict[str, Any]] | None = None
    before: tuple[str, ...] = ()
    language: str = "en"


_CIRCUMSTANCES = {"say", "any", "trap", "room", "person", "state", "before"}


def load(language: str = "en") -> list[Sentence]:
    """Every sentence of a language's book, in the order of the files; none where it has no book.

    Raises ValueError with the place.
    """
    folder = HERE if language == "en" else HERE / language
    return [s for path in sorted(folder.glob("*.yaml")) for s in _sentences(path, language)]


def _sentences(path: Path, language: str) -> Iterator[Sentence]:
    documents = yaml.safe_load_all(path.read_text(encoding="utf-8"))
    for chapter, document in enumerate(documents, 1):
        document = _plain(document)
        for number, entry in enumerate(document["sentences"], 1):
            where = f"{path.name} {chapter}.{number} {document['house']}"
            try:
                yield from _entry(document, entry, where, language)
            except (ValueError, TypeError, KeyError) as error:
                raise ValueError(f"{where}: {entry.get('say')}: {error}") from error


def _entry(
    document: dict[str, Any], entry: dict[str, Any], where: str, language: str
) -> Iterator[Sentence]:
    said = entry["say"]
    wanted: list[Any] = entry.get("any") or [
        {key: value for key, value in entry.items() if key not in _CIRCUMSTANCES}
    ]
    outcomes = tuple(Expectation.model_validate(one) for one in wanted)
    before = entry.get("before") or ()
    for text in [said] if isinstance(said, str) else said:
        if not isinstance(text, str):
            raise TypeError(f"{text!r} is no text: quote it")
        yield Sentence(
            house=document["house"], kind=document["kind"], text=text, where=where,
            outcomes=outcomes, trap=bool(entry.get("trap")), room=entry.get("room"),
            person=entry.get("person"), state=entry.get("state"),
            before=(before,) if isinstance(before, str) else tuple(before), language=language,
        )  # fmt: skip


def _plain(value: Any) -> Any:
    """YAML 1.1 reads the keys ``on`` and ``off`` as truth values: give their names back."""
    if isinstance(value, dict):
        names = {True: "on", False: "off"}
        fields = cast(dict[Any, Any], value)
        return {names[k] if isinstance(k, bool) else k: _plain(v) for k, v in fields.items()}
    if isinstance(value, list):
        return [_plain(item) for item in cast(list[Any], value)]
    return value
