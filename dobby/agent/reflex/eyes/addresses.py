"""Cameras that are told by their address: "add a camera rtsp://..."."""

from __future__ import annotations

import re

from dobby.agent.calls import Abstention, ToolCall
from dobby.agent.reflex.eyes.marks import english
from dobby.agent.reflex.eyes.places import CAMERA
from dobby.agent.reflex.targets import Unresolved
from dobby.agent.reflex.text import tokenise

LONGEST = 4  # words of a name
WHERE = (
    "Most cameras I find by myself. For others I need the whole address, for instance: "
    "add a camera rtsp://192.168.1.20/live. It is in the camera's manual or app."
)
_WITHOUT = re.compile(
    r"^(?:(?:please|hey|hi|ok|dobby|can you|could you|i want to)[\s,]+)*(?:add|connect|set up)\s+"
    r"(?:(?:a|an|the|my|our|another|new|ip|one more)\s+)*(?:[\w'-]+\s+){0,2}cam(?:era)?\b"
    r"(?:\s+(?:at|from|with|under|on|to|rtsps?|https?|ftp)\b.*)?[\s.!?]*$",
    re.I,
)
_ADDRESS = re.compile(r"(?:rtsps?|https?)://\S+", re.I)


def added(text: str) -> list[ToolCall] | None:
    """ "Add the porch camera rtsp://...". What was hidden in the address stays hidden.

    Raises Unresolved where the address is missing.
    """
    addresses = _ADDRESS.findall(text)
    if not addresses and _WITHOUT.match(text):
        raise Unresolved(Abstention.NOT_UNDERSTOOD, WHERE)
    if len(addresses) != 1 or "?" in text.replace(addresses[0], ""):
        return None
    address = addresses[0].rstrip(".,;!)")
    said = [t.text for t in tokenise(_ADDRESS.sub(" ", text))]
    while said and said[0] in english().words["adding"]:
        said.pop(0)
    if said and not CAMERA & set(said) and not address.casefold().startswith("rtsp"):
        return None  # an address of what?
    name = _name(said)
    if name is None:
        return None
    return [
        ToolCall(name="add_camera", arguments={"url": address} | ({"name": name} if name else {}))
    ]


def _name(said: list[str]) -> str | None:
    """ "porch" of "porch camera at", "front door" of "camera as the front door"; None where more
    is said than that."""
    known = english().words
    rest = [word for word in said if word not in known["addressed"]]
    at = next((i for i, word in enumerate(rest) if word in known["naming"]), None)
    before, after = (rest, []) if at is None else (rest[:at], rest[at + 1 :])
    camera = next((i for i, word in enumerate(before) if word in CAMERA), len(before))
    own, more = before[:camera], before[camera + 1 :]
    called = [word for word in after if word not in {*CAMERA, *known["naming"], "it", "my", "our"}]
    if more or (own and called) or (own and camera == len(before)) or len(own + called) > LONGEST:
        return None
    return " ".join(own + called)
