"""Run in a network namespace of its own: discovery starts first, the network comes second."""

from __future__ import annotations

import asyncio
import subprocess
import sys

from zeroconf import ServiceInfo
from zeroconf.asyncio import AsyncZeroconf

import devices.discovery
from devices.device import Announcement
from devices.discovery import Discovery, lan_addresses, multicast, ssdp, wsd

ADDRESS = "10.99.0.1"
HELLO = b"""<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
 xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"
 xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><s:Body><d:Hello>
 <a:EndpointReference><a:Address>urn:uuid:camera</a:Address></a:EndpointReference>
 <d:Types>dn:NetworkVideoTransmitter</d:Types></d:Hello></s:Body></s:Envelope>"""
NOTIFY = b"NOTIFY * HTTP/1.1\r\nNTS: ssdp:alive\r\nNT: roku:ecp\r\nUSN: uuid:late::roku:ecp\r\n\r\n"


async def main() -> None:
    devices.discovery.NETWORK_S = 0.1
    heard: asyncio.Queue[Announcement] = asyncio.Queue()
    assert lan_addresses() == []
    async with Discovery(None, None, heard.put_nowait), asyncio.timeout(15):
        await asyncio.sleep(0.3)
        assert heard.empty()
        ip("link add home type veth peer name wall", "link set wall up",
           f"addr add {ADDRESS}/24 dev home", "link set home up",
           "route add 224.0.0.0/4 dev home")  # fmt: skip
        neighbour = AsyncZeroconf(interfaces=[ADDRESS])
        info = ServiceInfo(
            "_hue._tcp.local.", "Late._hue._tcp.local.", parsed_addresses=[ADDRESS], port=1
        )
        await neighbour.async_register_service(info, cooperating_responders=True)
        names: set[str] = set()
        with multicast.search_socket(ADDRESS) as out:
            while names < {"Late", "late", "camera"}:
                out.sendto(NOTIFY, (multicast.GROUP, ssdp.PORT))
                out.sendto(HELLO, (multicast.GROUP, wsd.PORT))
                try:
                    async with asyncio.timeout(0.2):
                        names.add((await heard.get()).name)
                except TimeoutError:
                    continue
        await neighbour.async_close()
    sys.stdout.write("heard all\n")


def ip(*commands: str) -> None:
    for command in commands:
        subprocess.run(["ip", *command.split()], check=True)


asyncio.run(main())
