"""What the accessories of the virtual HomeKit house have in common.

Each does what its real counterpart does: a command sets the *target*, and the *current* state
follows in its own time. ``by_hand`` is somebody in the room, and is pushed as an event.
"""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# HAP-python carries no types.

from __future__ import annotations

from pyhap.accessory import Accessory
from pyhap.accessory_driver import AccessoryDriver
from pyhap.service import Service

from devices.capabilities import Capability
from devices.device import Unsupported
from devices.virtual.faults import VirtualDevice


class VirtualAccessory(Accessory):
    """One accessory behind the bridge; ``thing`` carries its faults."""

    maker = "Dobby"
    model = "Virtual"

    def __init__(self, driver: AccessoryDriver, thing: VirtualDevice, aid: int) -> None:
        super().__init__(driver, thing.name, aid=aid)
        self.thing = thing
        self.set_info_service("1.0", self.maker, self.model, f"{self.model}-{aid}")

    def serve(self, name: str, *characteristics: str) -> Service:
        """Offer the HAP service of that name, with these optional characteristics."""
        # HAP-python annotates the names it takes as the objects it makes of them.
        return self.add_preload_service(name, list(characteristics))  # pyright: ignore[reportArgumentType]

    @property
    def available(self) -> bool:
        return not self.thing.fault.gone

    def by_hand(self, change: Capability) -> None:
        """Somebody in the room does this; raises Unsupported when nobody could."""
        raise Unsupported(f"Nobody can do that to {self.thing.name} by hand.")

    async def stop(self) -> None:
        self.halt()

    def halt(self) -> None:
        """End what is still moving."""
