"""``dobby scan``: what is on the network, as a table or as JSON. Needs no daemon and no keys."""

from __future__ import annotations

import json

from rich.console import Console
from rich.table import Table

from devices.device import Announcement, clean_name
from devices.discovery import Discovery
from devices.drivers import DRIVERS
from dobby.settings import Settings, SettingsError

FAMILIES = {service: driver.family for driver in DRIVERS for service in driver.services}


async def print_scan(settings: Settings, seconds: float, as_json: bool) -> None:
    """Listen for so long, then print every announcement once. Raises SettingsError."""
    try:
        async with Discovery(None, settings.interfaces or None) as discovery:
            heard = await discovery.scan(seconds)
    except OSError as error:
        where = ", ".join(settings.interfaces) or "this machine"
        raise SettingsError(f"I cannot listen for devices on {where} ({error}).") from error
    heard.sort(key=lambda a: (a.host, a.service, a.name))
    if as_json:
        print(json.dumps([_facts(a) for a in heard], ensure_ascii=False, indent=2))  # noqa: T201
        return
    table = Table("address", "what", "family", "name")
    for announcement in heard:
        facts = _facts(announcement)
        table.add_row(facts["address"], facts["service"], facts["family"] or "-", facts["name"])
    console = Console()
    console.print(table if heard else "Nothing answered. Is this machine on the home network?")


def _facts(heard: Announcement) -> dict[str, str]:
    return {
        "address": f"{heard.host}:{heard.port}" if heard.port else heard.host,
        "service": heard.service.removesuffix(".local."),
        "family": FAMILIES.get(heard.service, ""),
        "name": clean_name(heard.name.removesuffix(f".{heard.service}")),
        "source": heard.source,
    }
