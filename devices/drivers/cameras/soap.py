"""ONVIF's SOAP through onvif-zeep-async, bounded in what it believes, reads and waits for.

Imported when a camera is met and not before: zeep and ONVIF's schemas take a second and 40 MB.
"""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# zeep has no annotations, and onvif-zeep-async few.

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import Generator
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp.client_middlewares import ClientHandlerType
from onvif import ONVIFCamera
from onvif.definition import SERVICES
from onvif.exceptions import ONVIFError
from onvif.managers import PullPointManager
from onvif.util import is_auth_error
from zeep.exceptions import Error as ZeepError
from zeep.exceptions import Fault, TransportError

from devices import untrusted_http
from devices.device import DeviceError, Refused, Unreachable, clean_name
from devices.drivers.cameras.address import Credentials, at_host, host_and_port
from devices.drivers.cameras.refusals import Denied

ANSWER_S = 6.0
PULL_S = 10.0  # how long a camera keeps a request for news open
SUBSCRIBED = dt.timedelta(minutes=10)
GOODBYE_S = 2.0
OLD_CATEGORIES = {"media": "Media", "ptz": "PTZ", "events": "Events"}


class Soap(ONVIFCamera):
    """One camera's services. Raises Denied, Refused, Unreachable; its addresses stay at its host.

    Requests are signed with the camera's own time, however wrong: else it refuses them.
    """

    def __init__(self, device_service: str, credentials: Credentials | None, who: str) -> None:
        self.entry = device_service
        self.who = who
        host, port = host_and_port(device_service)
        user, password = (credentials.user, credentials.password) if credentials else ("", "")
        super().__init__(host, port, user, password, no_cache=True)
        digest = (aiohttp.DigestAuthMiddleware(user, password),) if credentials else ()
        self._http = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(ssl=False),  # self-signed: nothing to check it against
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=ANSWER_S),
            headers={"Accept-Encoding": "identity"},
            auto_decompress=False,
            middlewares=(_no_redirect, *digest),
            response_class=_Capped,
        )
        self._puller: PullPointManager | None = None

    async def ask(
        self,
        service: str,
        operation: str,
        parameters: dict[str, Any] | None = None,
        within_s: float = ANSWER_S,
    ) -> Any:
        """What the camera answers. ``operation`` may begin with ``authless_``."""
        with self.in_our_words():
            async with asyncio.timeout(within_s):
                asked = await self.create_onvif_service(service)
                return await getattr(asked, operation)(parameters)

    async def meet(self) -> Any:
        """Find out its time, who it is (returned), and which services it has.

        With wrong credentials that is one attempt, and no more: cameras lock out who insists.
        """
        await self._set_clock()
        information = await self.ask("devicemgmt", "GetDeviceInformation")
        try:
            told = await self.ask("devicemgmt", "GetServices", {"IncludeCapability": False})
        except Denied:
            raise
        except Refused:  # older than that question
            told = None
        with self.in_our_words():
            addresses = {service.Namespace: service.XAddr for service in told or ()}
        if not addresses:
            addresses = await self._old_services()
        self.xaddrs = {k: at for k, url in addresses.items() if (at := self.rewrite_url(url))}
        return information

    def has(self, service: str) -> bool:
        return SERVICES[service]["ns"] in self.xaddrs

    async def alive(self) -> None:
        """Returns when it answers."""
        with contextlib.suppress(Refused):
            await self.ask("devicemgmt", "authless_GetSystemDateAndTime")

    async def subscribe(self) -> None:
        """Have news kept for ``pull``; that is renewed until it fails."""
        await self._unsubscribe()
        with self.in_our_words():
            async with asyncio.timeout(2 * ANSWER_S):
                self._puller = await self.create_pullpoint_manager(SUBSCRIBED, lambda: None)
                await self._puller.set_synchronization_point()

    async def pull(self) -> list[Any]:
        """The next news, or none after a while."""
        if self._puller is None:
            raise Unreachable(f"{self.who} tells no news.")
        wanted = {"Timeout": dt.timedelta(seconds=PULL_S), "MessageLimit": 100}
        with self.in_our_words():
            async with asyncio.timeout(PULL_S + ANSWER_S):
                told = await self._puller.get_service().PullMessages(wanted)
            return list(told.NotificationMessage or ())

    async def close(self) -> None:
        await self._unsubscribe()
        await super().close()
        await self._http.close()

    async def _unsubscribe(self) -> None:
        puller, self._puller = self._puller, None
        if puller is not None:
            with contextlib.suppress(DeviceError), self.in_our_words():
                async with asyncio.timeout(GOODBYE_S):
                    await puller.shutdown()

    async def _set_clock(self) -> None:
        with contextlib.suppress(Refused):  # a camera that tells nobody the time
            told = await self.ask("devicemgmt", "authless_GetSystemDateAndTime")
            with self.in_our_words():
                self.dt_diff = _time_of(told) - dt.datetime.now(dt.UTC)
        for service in self.services.values():  # they were made without it
            await service.close()
        self.services.clear()

    async def _old_services(self) -> dict[str, str]:
        told = await self.ask("devicemgmt", "GetCapabilities", {"Category": "All"})
        categories = ((SERVICES[k]["ns"], told[name]) for k, name in OLD_CATEGORIES.items())
        return {namespace: found.XAddr for namespace, found in categories if found is not None}

    # What the library asks of itself -----------------------------------------------------------

    async def create_onvif_service(self, *args: Any, **kwargs: Any) -> Any:
        """Its own session follows redirects and reads without end."""
        service = await super().create_onvif_service(*args, **kwargs)
        service.transport.session = self._http
        if not self.user:
            service.ws_client = service.ws_client_authless
        return service

    def get_definition(self, name: str, port_type: str | None = None) -> tuple[str, str, str]:
        """The device service is where discovery heard that it is."""
        address, wsdl, binding = super().get_definition(name, port_type)
        return (self.entry if name == "devicemgmt" else address), wsdl, binding

    def rewrite_url(self, url: str | None) -> str | None:
        """Its services are at its own host; told at another, where its device service is."""
        here = at_host(url or "", self.host)
        told, entry = urlsplit(url or ""), urlsplit(self.entry)
        if here and told.hostname != self.host:
            here = urlsplit(here)._replace(scheme=entry.scheme, netloc=entry.netloc).geturl()
        return here or None

    @contextlib.contextmanager
    def in_our_words(self) -> Generator[None]:
        who = self.who
        try:
            yield
        except DeviceError:
            raise
        except Fault as fault:
            if is_auth_error(fault):
                raise Denied(who) from fault
            told = str(fault.message)  # pyright: ignore[reportUnknownArgumentType]
            raise Refused(f"{who} refused: {clean_name(told, 160)}") from fault
        except TransportError as error:
            if error.status_code in (401, 403):
                raise Denied(who) from error
            raise Unreachable(f"{who} answered with HTTP {error.status_code}.") from error
        except TimeoutError as error:
            raise Unreachable(f"{who} did not answer in time.") from error
        except (aiohttp.ClientError, OSError) as error:
            raise Unreachable(f"{who} does not answer.") from error
        except ONVIFError as error:
            raise Refused(f"{who} cannot do that.") from error
        except (ZeepError, ValueError, LookupError, TypeError, AttributeError) as error:
            # The library indexes into whatever XML came, so nonsense surfaces as any of these.
            raise Unreachable(f"{who} answered with something I cannot read.") from error


class _Capped(aiohttp.ClientResponse):
    """An answer that is read no further than an honest one is long."""

    async def read(self) -> bytes:
        if self._body is None:
            try:
                self._body = await untrusted_http.body_of(self)
            except BaseException:
                self.close()  # what is left is not wanted
                raise
        return self._body


async def _no_redirect(
    request: aiohttp.ClientRequest, handler: ClientHandlerType
) -> aiohttp.ClientResponse:
    """What is signed for one host goes to no other."""
    response = await handler(request)
    if 300 <= response.status < 400:
        response.close()
        raise aiohttp.ClientConnectionError("a redirect")
    return response


def _time_of(told: Any) -> dt.datetime:
    date, time = told.UTCDateTime.Date, told.UTCDateTime.Time
    return dt.datetime(
        date.Year, date.Month, date.Day, time.Hour, time.Minute, min(time.Second, 59), tzinfo=dt.UTC
    )
