"""A network of one's own: a loopback interface on which no other house is heard."""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct

CLONE_NEWNET = 0x40000000
SIOCSIFFLAGS = 0x8914
IFF_UP, IFF_MULTICAST = 0x1, 0x1000


def can_isolate() -> bool:
    """Whether this process may have a network of its own: root may."""
    return os.geteuid() == 0 and os.path.exists("/proc/self/ns/net")


def isolate() -> bool:
    """This thread, what it starts from now on, and their loopback are alone; False if not."""
    if not can_isolate() or ctypes.CDLL(None).unshare(CLONE_NEWNET) != 0:
        return False
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        up = struct.pack("16sh", b"lo", IFF_UP | IFF_MULTICAST)
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, up)
    return True
