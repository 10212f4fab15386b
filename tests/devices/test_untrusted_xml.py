"""What strangers may send as XML, and what is refused before it can do harm."""

from __future__ import annotations

import time

import pytest

from devices.untrusted_xml import MAX_BYTES, MAX_DEPTH, UntrustedXml, parse

LAUGHS = "<!DOCTYPE l [<!ENTITY l0 'lol'>{}]><l>&l9;</l>".format(
    "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
)
FILE = "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><x>&f;</x>"


@pytest.mark.parametrize(
    "document",
    [
        LAUGHS, LAUGHS.encode("utf-16"), FILE, "<!DOCTYPE x SYSTEM 'http://10.0.0.1/x.dtd'><x/>",
        "<a>" * 200_000, "<a>" * (MAX_DEPTH + 1) + "</a>" * (MAX_DEPTH + 1),
        b"<a>" + b" " * MAX_BYTES + b"</a>", "", "<a", "<a></b>", "<a/><b/>", b"\x00", b"\xff\xfe",
        "<a>&unknown;</a>", "<a>\x00</a>", b"<?xml version='1.0' encoding='none-such'?><a/>",
    ],
    ids=lambda document: repr(document[:24]),
)  # fmt: skip
def test_refused(document: str | bytes) -> None:
    started = time.monotonic()
    with pytest.raises(UntrustedXml):
        parse(document)
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ("<a>Küche &amp; &lt;Bad&gt;</a>", "Küche & <Bad>"),
        ("<?xml version='1.0' encoding='latin-1'?><a>Küche</a>", "Küche"),
        ("<?xml version='1.0' encoding='latin-1'?><a>Küche</a>".encode("latin-1"), "Küche"),
        ("<a>Küche</a>".encode("utf-16"), "Küche"),
        ("<a>" * MAX_DEPTH + "</a>" * MAX_DEPTH, None),
        ("<a><![CDATA[<!DOCTYPE is only text>]]></a>", "<!DOCTYPE is only text>"),
    ],
)
def test_read(document: str | bytes, text: str | None) -> None:
    assert parse(document).text == text
