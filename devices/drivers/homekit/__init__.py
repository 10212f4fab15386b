"""HomeKit accessories and bridges over IP (HAP), through aiohomekit.

Which file does what: ``driver`` the family and its pairings; ``setup`` pairing by PIN; ``session``
one paired accessory or bridge, kept connected; ``link`` its wire; ``database`` what it says it is;
``mapping`` its services as devices; ``traits`` and ``climate`` a capability in characteristics.
"""

from devices.families import Family

HOMEKIT = Family(
    "homekit", frozenset({"_hap._tcp.local."}), "devices.drivers.homekit.driver:HomeKit"
)
