"""Which kinds of devices a noun for a kind may mean."""

from __future__ import annotations

from collections.abc import Mapping

_KINDS: dict[str, tuple[str, ...]] = {
    "thermostat": ("thermostat",),
    "aircon": ("aircon",),
    "door": ("door", "lock"),
    "garage": ("garage",),
    "speaker": ("speaker",),
    "outlet": ("outlet", "switch"),
    "switch": ("switch", "outlet"),
    "gate": ("gate",),
}
_STRICT = {
    "light/spot", "light/strip", "light/chandelier", "light/lantern", "light/torch",
    "shade/awning", "valve/main",
}  # fmt: skip  # sorts that nobody says of a thing that is none
_LOOSE = {"light/lamp", "light/bulb"}  # sorts that everybody says of any of their kind
_USUAL = {
    "shade/blind",
    "valve/sprinkler",
}  # what a thing of the kind is, unless its name says another sort
_WATCHED = {"window", "door", "garage", "gate"}  # whose sensors answer for them
_STAND_INS = {"switch", "outlet", "unknown", "appliance"}  # an outlet called "Desk lamp" is a lamp


def kinds_of(noun: str) -> tuple[str, ...]:
    """The kinds that a noun names outright."""
    return _KINDS.get(noun, (noun,))


def of_sort(
    noun: str, ids: set[str], sorts: Mapping[str, set[str]], every: bool, many: bool
) -> set[str]:
    """Those of ``ids``, all of a noun's kind, that are of its sort: the curtains of the shades.

    ``sorts``: the nouns in each device's names. ``every`` ranges over all that are such things,
    not over those that are called so.
    """
    base, _, sort = noun.partition("/")
    if not sort or (every and noun in _LOOSE):
        return ids
    named = {i for i in ids if noun in sorts[i]}
    if every and noun in _USUAL:
        other = {i for i in ids - named if any(s.startswith(f"{base}/") for s in sorts[i])}
        return (ids - other) or ids
    return named if (every or many) and noun in _STRICT else named or ids


def called_so(noun: str, kind: str) -> bool:
    """Whether a device of that kind is what it is called: an outlet "Lamp", a sensor "Door"."""
    return kind in _STAND_INS or (kind == "sensor" and noun in _WATCHED)
