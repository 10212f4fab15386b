"""PyPI's WSDiscovery publishes one camera on loopback: ``wsd_publisher.py NAME XADDR``.

Prints ``ready UUID``, and goes on until it is stopped.
"""

from __future__ import annotations

import socket
import sys
import threading
from ipaddress import ip_address

from wsdiscovery import QName, Scope, threaded
from wsdiscovery.publishing import ThreadedWSPublishing

# Else it publishes on every interface.
threaded._getNetworkAddrs = lambda v: [ip_address("127.0.0.1")] if v == socket.AF_INET else []

name, xaddr = sys.argv[1:]
publishing = ThreadedWSPublishing()
publishing.start()
publishing.publishService(
    [QName("http://www.onvif.org/ver10/network/wsdl", "NetworkVideoTransmitter")],
    [Scope(f"onvif://www.onvif.org/{told}") for told in ("type/ptz", f"name/{name}")],
    [xaddr],
)
print("ready", publishing.uuid, flush=True)  # noqa: T201
threading.Event().wait()
