"""Pairing by PIN (HAP R2, 5.6 Pair Setup), and what an announcement says of an accessory."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Generator
from typing import cast

from aiohomekit.controller.ip.controller import IpController
from aiohomekit.controller.ip.discovery import IpDiscovery
from aiohomekit.controller.ip.pairing import IpPairing
from aiohomekit.exceptions import (
    AuthenticationError,
    BackoffError,
    BusyError,
    HomeKitException,
    InvalidError,
    MaxPeersError,
    MaxTriesError,
    UnavailableError,
)
from aiohomekit.model.categories import Categories
from aiohomekit.model.feature_flags import FeatureFlags
from aiohomekit.model.status_flags import StatusFlags
from aiohomekit.zeroconf import HAP_TYPE_TCP, HomeKitService

from devices.device import Announcement, NeedsPairing, Refused, clean_name
from devices.drivers.homekit.words import plainly

PAIR_S = 25.0  # the arithmetic alone takes a small accessory several seconds
HAP_ID = re.compile(r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}")


def hap_id(heard: Announcement) -> str | None:
    """The id an accessory goes by, in lower case; None where this is no HomeKit accessory."""
    stated = heard.properties.get("id", "").lower()
    known = heard.service == HAP_TYPE_TCP and HAP_ID.fullmatch(stated)
    return stated if known else None


def spoken_name(heard: Announcement) -> str:
    return clean_name(heard.name) or "The accessory"


def describe(heard: Announcement, identity: str) -> HomeKitService:
    """The announcement in aiohomekit's terms; numbers that make no sense count as 0."""
    properties = heard.properties
    return HomeKitService(
        name=spoken_name(heard),
        id=identity,
        model=clean_name(properties.get("md", "")),
        feature_flags=FeatureFlags(_small(properties, "ff")),
        status_flags=StatusFlags(_small(properties, "sf")),
        config_num=_small(properties, "c#"),
        state_num=_small(properties, "s#"),
        category=Categories.OTHER,
        protocol_version="1.1",
        type=HAP_TYPE_TCP,
        address=heard.host,
        addresses=[heard.host],
        port=heard.port,
    )


def _small(properties: dict[str, str], key: str) -> int:
    text = properties.get(key, "")
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def wants_pin(heard: Announcement) -> NeedsPairing:
    """What to tell the owner of an accessory that we hold no keys of."""
    name = spoken_name(heard)
    if _small(heard.properties, "sf") & StatusFlags.UNPAIRED:
        where = "on its label, in its box or on its screen, like 123-45-678"
        return NeedsPairing("pin", f"{name} needs its HomeKit PIN: eight digits {where}.")
    return NeedsPairing(
        "pin",
        f"{name} is paired with another controller, such as Apple Home. Remove it there, or reset "
        "it; then it needs its HomeKit PIN.",
    )


def spelled(pin: str) -> str:
    """A PIN as people write it, in the form of the protocol. Raises Refused."""
    digits = re.sub(r"[\s.-]", "", pin)
    if not re.fullmatch(r"[0-9]{8}", digits):
        raise Refused("A HomeKit PIN has eight digits, like 123-45-678.")
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"


async def pair_setup(
    controller: IpController, heard: Announcement, identity: str, pin: str
) -> dict[str, object]:
    """Pair, and return the keys. Raises Refused, Unreachable."""
    name, code = spoken_name(heard), spelled(pin)
    async with plainly(name, PAIR_S):
        with _in_words(name):
            try:
                record = await _pair_once(controller, heard, identity, code)
            except (AuthenticationError, InvalidError):
                # HAP-python, which many home-made bridges run on, drops leading zeros and so
                # rejects the right PIN once in a hundred: ask again before calling it wrong.
                record = await _pair_once(controller, heard, identity, code)
    if str(record["AccessoryPairingID"]).lower() != identity:
        raise Refused(f"{name} answers as another accessory than it announced.")
    return record


async def _pair_once(
    controller: IpController, heard: Announcement, identity: str, code: str
) -> dict[str, object]:
    discovery = IpDiscovery(controller, describe(heard, identity))
    try:
        finish = await discovery.async_start_pairing(identity)
        pairing = await finish(code)
        return dict(cast(IpPairing, pairing).pairing_data)
    finally:
        controller.pairings.pop(identity, None)  # ours is made of the record
        with contextlib.suppress(HomeKitException):
            await asyncio.shield(discovery.close())


@contextlib.contextmanager
def _in_words(name: str) -> Generator[None]:
    try:
        yield
    except AuthenticationError as error:
        raise Refused(f"{name} says that this is not its PIN.") from error
    except UnavailableError as error:
        raise Refused(
            f"{name} is already paired with another controller. Remove it there first, or reset it."
        ) from error
    except (MaxTriesError, BackoffError) as error:
        raise Refused(
            f"{name} has seen too many wrong PINs; switch it off and on, then try again."
        ) from error
    except BusyError as error:
        raise Refused(f"{name} is being paired by somebody else just now.") from error
    except MaxPeersError as error:
        raise Refused(f"{name} has no room for another controller.") from error
