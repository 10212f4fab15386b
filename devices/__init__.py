"""Everything that touches the LAN: what devices can do, how they are found and verified."""
