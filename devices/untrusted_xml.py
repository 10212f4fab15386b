"""XML from strangers: no DTD, no entities, bounded in size and depth.

The standard parser alone expands entities and takes any depth; an honest answer is a few
kilobytes, and some dozen levels deep at most.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

MAX_BYTES = 1 << 20
MAX_DEPTH = 64


class UntrustedXml(ValueError):
    """Not well-formed, or not what an honest device sends."""


class _Bounded(TreeBuilder):
    """Builds the tree, and stops at a depth or a document type that no device needs."""

    _depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:  # pyright: ignore[reportIncompatibleMethodOverride]
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise UntrustedXml(f"deeper than {MAX_DEPTH} levels")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise UntrustedXml("a document type declaration")


def parse(text: str | bytes) -> Element:
    """The root element. Raises UntrustedXml."""
    decoded = isinstance(text, str)
    data = text.encode("utf-8", "replace") if decoded else text
    if len(data) > MAX_BYTES:
        raise UntrustedXml(f"more than {MAX_BYTES} bytes")
    encoding = "utf-8" if decoded else None  # what a decoded text declares is no longer true
    parser = XMLParser(target=_Bounded(), encoding=encoding)  # noqa: S314 - _Bounded is the guard
    try:
        parser.feed(data)
        return parser.close()
    except (ParseError, ValueError, LookupError) as error:
        raise error if isinstance(error, UntrustedXml) else UntrustedXml(str(error)) from error
