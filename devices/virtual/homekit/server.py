"""HAP-python's server, bound to loopback on a port of the system's choice, with faults."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# HAP-python carries no types.

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pyhap.accessory import Bridge
from pyhap.accessory_driver import AccessoryDriver
from pyhap.const import HAP_SERVER_STATUS
from pyhap.hap_handler import HAPResponse
from pyhap.hap_protocol import HAPServerProtocol
from pyhap.hap_server import HAPServer

from devices.virtual.faults import Fault
from devices.virtual.homekit.accessory import VirtualAccessory

LOOPBACK = "127.0.0.1"
NOT_ALLOWED_NOW = -70412  # HAP 6.7.1.4, Table 6-11
HEALTHY = Fault()


class QuietBridge(Bridge):
    """A bridge that does not print its PIN on standard output."""

    def setup_message(self) -> None:
        pass


class LoopbackServer(HAPServer):
    """Listens on any free port and tells the driver which, before it is advertised."""

    def __init__(self, driver: FaultyDriver) -> None:
        super().__init__((LOOPBACK, 0), driver)
        self._driver = driver

    async def async_start(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.server = await loop.create_server(
            lambda: SlowProtocol(self._driver, self), LOOPBACK, 0
        )
        self._driver.state.port = self.server.sockets[0].getsockname()[1]
        self.async_cleanup_connections()


class SlowProtocol(HAPServerProtocol):
    """Answers late where the request is about a slow accessory."""

    def __init__(self, driver: FaultyDriver, server: LoopbackServer) -> None:
        # HAP-python annotates this dictionary in two ways.
        super().__init__(driver.loop, server.connections, driver)  # pyright: ignore[reportArgumentType]
        self._driver = driver

    def send_response(self, response: HAPResponse) -> None:
        late_s = max((f.slow_s for f in self._faults()), default=0.0)
        if late_s:
            self.loop.call_later(late_s, self._send_late, response)
        else:
            super().send_response(response)

    def _send_late(self, response: HAPResponse) -> None:
        if self.transport is not None and not self.transport.is_closing():
            super().send_response(response)

    def _faults(self) -> list[Fault]:
        if self.request is None:
            return []
        target = urlsplit(self.request.target.decode())
        if target.path != "/characteristics":
            return []
        if self.request.method == b"GET":
            ids = parse_qs(target.query).get("id", [""])[0]
            aids = {int(pair.partition(".")[0]) for pair in ids.split(",") if pair}
        else:
            rows = json.loads(b"".join(self.request_body))["characteristics"]
            aids = {int(row["aid"]) for row in rows if "value" in row}
        return [self._driver.fault_of(aid) for aid in aids]


class FaultyDriver(AccessoryDriver):
    """HAP-python's driver whose accessories can refuse, lie and be gone."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(address=LOOPBACK, loop=asyncio.get_running_loop(), **settings)
        self.http_server = LoopbackServer(self)

    def fault_of(self, aid: int) -> Fault:
        bridge = self.accessory
        accessory = bridge.accessories.get(aid) if isinstance(bridge, Bridge) else None
        return accessory.thing.fault if isinstance(accessory, VirtualAccessory) else HEALTHY

    def set_characteristics(
        self, chars_query: Mapping[str, Any], client_addr: tuple[str, int]
    ) -> dict[str, Any] | None:
        passed: list[dict[str, Any]] = []
        answers: list[dict[str, Any]] = []
        for row in chars_query["characteristics"]:
            status = self._verdict(row)
            if status is None:
                passed.append(row)
                continue
            answers.append({"aid": row["aid"], "iid": row["iid"], "status": status})
            if "ev" in row:
                passed.append({k: v for k, v in row.items() if k != "value"})
        rest = super().set_characteristics({**chars_query, "characteristics": passed}, client_addr)
        if not any(a["status"] for a in answers):
            return rest
        done = [
            {"aid": row["aid"], "iid": row["iid"], "status": 0} for row in passed if "value" in row
        ]
        return {"characteristics": [*answers, *(rest["characteristics"] if rest else done)]}

    def _verdict(self, row: Mapping[str, Any]) -> int | None:
        """The status that a fault answers a write with; None where it goes its usual way."""
        if "value" not in row:
            return None
        fault = self.fault_of(row["aid"])
        if fault.gone:
            return HAP_SERVER_STATUS.SERVICE_COMMUNICATION_FAILURE
        if fault.refuse:
            return NOT_ALLOWED_NOW
        return HAP_SERVER_STATUS.SUCCESS if fault.lie else None

    def publish(
        self,
        data: dict[str, Any],
        sender_client_addr: tuple[str, int] | None = None,
        immediate: bool = False,
    ) -> None:
        if not self.fault_of(data["aid"]).gone:
            super().publish(data, sender_client_addr, immediate)
