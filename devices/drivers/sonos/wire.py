"""Calls to players: SoCo knows the services, aiohttp carries the bytes.

SoCo's own transport blocks its thread, follows redirects and reads answers of any length, however
slowly they drip; here every call has one deadline, one size limit and no other host.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from aiohttp import ClientError, ClientTimeout, TCPConnector
from soco import SoCo  # pyright: ignore[reportMissingTypeStubs]

from devices import untrusted_http
from devices.device import Refused, Unreachable
from devices.untrusted_xml import UntrustedXml, parse

CALL_S = 4.0  # within tens of milliseconds as a rule, seconds when a service is looked up
_PER_PLAYER = 8  # connections at once
_BODY = "{http://schemas.xmlsoap.org/soap/envelope/}Body/*"
_ERROR_CODE = ".//{urn:schemas-upnp-org:control-1-0}errorCode"

Answer = Mapping[str, str]


class UpnpFault(Refused):
    """A player's own error; ``code`` is the one its service specification defines."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Wire:
    """Every request to players goes through here. Raises Unreachable and UpnpFault alone."""

    def __init__(self) -> None:
        # Players close after each answer; a connection kept would be lost in mid request.
        connector = TCPConnector(limit_per_host=_PER_PLAYER, force_close=True)
        timeout = ClientTimeout(total=CALL_S)
        self._session = untrusted_http.session(timeout=timeout, connector=connector)

    async def close(self) -> None:
        await self._session.close()

    async def call(self, player: SoCo, service: str, action: str, **arguments: object) -> Answer:
        """One action of one service (SoCo's name for it: ``avTransport``); its output arguments."""
        port: Any = getattr(player, service)
        headers, body = port.build_command(action, list(arguments.items()))
        url = f"{player.base_url}{port.control_url}"
        status, root = await self._exchange("POST", url, headers, body.encode())
        if status == 200:
            answered = root.find(_BODY)
            if answered is None:
                raise Unreachable(f"{player.ip_address} answered nonsense to {action}.")
            return {argument.tag: argument.text or "" for argument in answered}
        code = root.findtext(_ERROR_CODE, "")
        if not (code.isascii() and code.isdigit()):
            raise Unreachable(f"{player.ip_address} answered HTTP {status} to {action}.")
        why = port.UPNP_ERRORS.get(int(code), "no reason given")
        raise UpnpFault(int(code), f"{why} (error {int(code)}).")

    async def describe(self, player: SoCo) -> Element:
        """The player's device description."""
        url = f"{player.base_url}/xml/device_description.xml"
        status, root = await self._exchange("GET", url, {}, b"")
        if status != 200:
            raise Unreachable(f"{player.ip_address} answered HTTP {status}.")
        return root

    async def _exchange(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Element]:
        try:
            request = self._session.request(
                method, url, data=body, headers=headers, allow_redirects=False
            )
            async with request as response:
                return response.status, parse(await untrusted_http.body_of(response))
        except (ClientError, TimeoutError, OSError) as error:
            raise Unreachable(f"No answer from {url.split('/')[2]}.") from error
        except UntrustedXml as error:
            raise Unreachable(f"{url.split('/')[2]} answered nonsense: {error}.") from error
