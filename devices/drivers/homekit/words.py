"""HomeKit's errors in the words of this house."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohomekit.exceptions import (
    AuthenticationError,
    HomeKitException,
    HttpErrorResponse,
    IncorrectPairingIdError,
    InvalidSignatureError,
)
from aiohomekit.protocol.statuscodes import HapStatusCode as Status
from aiohomekit.protocol.statuscodes import to_status_code

from devices.device import DeviceError, Refused, Unreachable, Unsupported

NONSENSE = (ValueError, KeyError, TypeError, AttributeError, ArithmeticError)  # of what peers send


class Forgotten(Refused):
    """The accessory and we no longer know each other: it was reset, or paired anew elsewhere."""


@asynccontextmanager
async def plainly(who: str, deadline_s: float) -> AsyncGenerator[None]:
    """Whatever goes wrong inside, in time or by this deadline, is a DeviceError."""
    try:
        async with asyncio.timeout(deadline_s):
            yield
    except TimeoutError as error:
        raise Unreachable(f"{who} does not answer.") from error
    except AuthenticationError as error:
        raise Forgotten(f"{who} no longer knows me; it has to be paired again.") from error
    except InvalidSignatureError as error:
        raise Forgotten(
            f"{who} shows other keys than when it was paired: it was reset or replaced, or another "
            "device goes by its name. If it was reset, pair it again."
        ) from error
    except IncorrectPairingIdError as error:
        raise Unreachable(f"Another accessory answers at the address of {who}.") from error
    except HttpErrorResponse as error:
        raise Refused(f"{who} refuses that.") from error
    except (HomeKitException, OSError) as error:
        raise Unreachable(f"{who} cannot be reached.") from error
    except NONSENSE as error:
        raise Unreachable(f"{who} answers, but makes no sense.") from error


def verdict(status: object, who: str) -> DeviceError:
    """What a HAP status other than success means (HAP R2, Table 6-11)."""
    code = to_status_code(status) if isinstance(status, int) else Status.UNKNOWN
    match code:
        case Status.UNABLE_TO_COMMUNICATE:
            return Unreachable(f"{who} does not answer its bridge.")
        case Status.TIMED_OUT:
            return Unreachable(f"{who} does not answer in time.")
        case Status.RESOURCE_BUSY | Status.OUT_OF_RESOURCES:
            return Refused(f"{who} is busy.")
        case Status.NOT_ALLOWED_IN_CURRENT_STATE:
            return Refused(f"{who} does not allow that now.")
        case Status.INSUFFICIENT_PRIVILEGES | Status.INSUFFICIENT_AUTH:
            return Refused(f"{who} does not let us do that.")
        case Status.INVALID_VALUE:
            return Refused(f"{who} does not take that value.")
        case Status.CANT_WRITE_READ_ONLY | Status.RESOURCE_NOT_EXIST:
            return Unsupported(f"{who} cannot do that.")
        case _:
            return Refused(f"{who} refuses (HomeKit status {status}).")
