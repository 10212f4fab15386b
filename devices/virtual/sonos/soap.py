"""The server side of UPnP control: actions, envelopes, faults, service descriptions.

UPnP Device Architecture 1.0, sections 2.3 (SCPD) and 3.2 (control).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from xml.sax.saxutils import escape

from devices.untrusted_xml import UntrustedXml, parse

Arguments = Mapping[str, str]
Answer = Mapping[str, object] | None
Handler = Callable[[Any, Arguments], Answer]

_NUMBERS = ("InstanceID", "UpdateID", "Index", "Count", "Number", "Volume", "Length", "Tracks")
_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"


class UpnpError(Exception):
    """An action refused, with the error code the specification gives it."""

    def __init__(self, code: int, description: str = "") -> None:
        super().__init__(f"UPnP error {code} {description}".strip())
        self.code = code


@dataclass(frozen=True)
class Action:
    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    run: Handler

    @property
    def reads(self) -> bool:
        """Whether it only tells; every other action is a command."""
        return self.name.startswith(("Get", "Browse", "List"))


def action(name: str, inputs: str = "", outputs: str = "") -> Callable[[Handler], Handler]:
    """Make a method a UPnP action; argument names are separated by blanks, in wire order."""

    def mark(method: Handler) -> Handler:
        declared = Action(name, tuple(inputs.split()), tuple(outputs.split()), method)
        method.__dict__["upnp_action"] = declared
        return method

    return mark


class Service:
    """One UPnP service of one player; subclasses declare actions."""

    name: ClassVar[str]
    path: ClassVar[str]  # what comes before /Control and /Event
    actions: ClassVar[dict[str, Action]]

    def __init_subclass__(cls) -> None:
        members = (getattr(member, "upnp_action", None) for member in vars(cls).values())
        own = {found.name: found for found in members if isinstance(found, Action)}
        cls.actions = {**getattr(super(cls, cls), "actions", {}), **own}

    @property
    def type(self) -> str:
        return f"urn:schemas-upnp-org:service:{self.name}:1"

    def evented(self) -> dict[str, str]:
        """Every evented variable with its value: what the first NOTIFY tells."""
        return {}

    def perform(self, name: str, arguments: Arguments) -> str:
        """The envelope that answers that action. Raises UpnpError."""
        found = self.actions.get(name)
        if found is None:
            raise UpnpError(401, "Invalid Action")
        if any(wanted not in arguments for wanted in found.inputs):
            raise UpnpError(402, "Invalid Args")
        return self.answer(found, found.run(self, arguments) or {})

    def answer(self, done: Action, values: Mapping[str, object]) -> str:
        inner = "".join(f"<{o}>{text(values.get(o, ''))}</{o}>" for o in done.outputs)
        tag = f"u:{done.name}Response"
        return envelope(f'<{tag} xmlns:u="{self.type}">{inner}</{tag}>')

    def describe(self) -> str:
        """The service description (SCPD)."""
        names = {a for act in self.actions.values() for a in (*act.inputs, *act.outputs)}
        variables = "".join(_state_variable(n, evented=False) for n in sorted(names))
        variables += "".join(_state_variable(n, evented=True) for n in sorted(self.evented()))
        actions = "".join(_action_description(act) for act in self.actions.values())
        return (
            '<?xml version="1.0" encoding="utf-8"?><scpd xmlns="urn:schemas-upnp-org:service-1-0">'
            "<specVersion><major>1</major><minor>0</minor></specVersion>"
            f"<serviceStateTable>{variables}</serviceStateTable>"
            f"<actionList>{actions}</actionList></scpd>"
        )


def text(value: object) -> str:
    """A value as element content: what XML 1.0 cannot carry is dropped."""
    raw = str(int(value)) if isinstance(value, bool) else str(value)
    return escape("".join(c for c in raw if c in "\t\n\r" or c >= " "))


def _state_variable(name: str, *, evented: bool) -> str:
    number = not evented and name.endswith(_NUMBERS)
    return (
        f'<stateVariable sendEvents="{"yes" if evented else "no"}">'
        f"<name>{name if evented else 'A_ARG_TYPE_' + name}</name>"
        f"<dataType>{'i4' if number else 'string'}</dataType></stateVariable>"
    )


def _action_description(described: Action) -> str:
    arguments = "".join(
        f"<argument><name>{n}</name><direction>{way}</direction>"
        f"<relatedStateVariable>A_ARG_TYPE_{n}</relatedStateVariable></argument>"
        for way, names in (("in", described.inputs), ("out", described.outputs))
        for n in names
    )
    listed = f"<argumentList>{arguments}</argumentList>"
    return f"<action><name>{described.name}</name>{listed}</action>"


def envelope(body: str) -> str:
    return (
        f'<?xml version="1.0"?><s:Envelope xmlns:s="{_SOAP}" '
        's:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">'
        f"<s:Body>{body}</s:Body></s:Envelope>"
    )


def fault(code: int) -> str:
    return envelope(
        "<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>"
        f'<UPnPError xmlns="urn:schemas-upnp-org:control-1-0"><errorCode>{code}</errorCode>'
        "</UPnPError></detail></s:Fault>"
    )


def request(body: bytes) -> tuple[str, Arguments]:
    """The action and its arguments in a control request. Raises UpnpError 402."""
    try:
        root = parse(body)
    except UntrustedXml as error:
        raise UpnpError(402, str(error)) from error
    called = root.find(f"{{{_SOAP}}}Body/*")
    if called is None:
        raise UpnpError(402, "no action in the body")
    return called.tag.rpartition("}")[2], {a.tag: a.text or "" for a in called}
