"""A loopback interface of one's own, so that other houses on this machine are not heard."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import socket
import struct
from collections.abc import Generator

CLONE_NEWNET = 0x40000000
SIOCSIFFLAGS = 0x8914
IFF_UP, IFF_MULTICAST = 0x1, 0x1000


@contextlib.contextmanager
def private_loopback() -> Generator[bool]:
    """This thread and the processes it starts, in a network namespace of their own.

    False where the machine does not allow it: then everything is on the loopback of all.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    before = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        if libc.unshare(CLONE_NEWNET) != 0:
            yield False
            return
        try:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
                up = struct.pack("16sh", b"lo", IFF_UP | IFF_MULTICAST)
                fcntl.ioctl(any_socket, SIOCSIFFLAGS, up)
            yield True
        finally:
            libc.setns(before, CLONE_NEWNET)
    finally:
        os.close(before)
