"""TCP ports of this machine: a free one, and whether one is taken."""

import secrets
import socket

# Below what the system gives to outgoing connections, one of which could take a port before its server does
# (net.ipv4.ip_local_port_range begins at 32768), and above the last port that browsers refuse to open
# (10080, "bad ports" of the Fetch standard).
OURS = range(10_081, 32_768)
LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """A random port of 127.0.0.1 that nobody uses at this moment."""
    while not is_free(port := secrets.choice(OURS)):
        pass
    return port


def is_free(port: int) -> bool:
    """Whether we could listen on this port of 127.0.0.1 now."""
    with socket.socket() as probe:
        # What servers set themselves: a port in TIME_WAIT after a restart counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """Whether somebody accepts connections on this port of 127.0.0.1."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1):
            return True
    except OSError:
        return False
