"""From which network address a request comes, also behind proxies."""

from collections.abc import Sequence
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from falcon.asgi import Request

from chassis import log

Network = IPv4Network | IPv6Network

_ONE_CUSTOMER_BITS = 64
"""Who has one IPv6 address has all of its /64 (RFC 6177)."""


def networks(text: str) -> tuple[Network, ...]:
    """Read networks, such as `10.0.0.0/8, ::1`."""
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


def client_address(req: Request) -> str:
    """Return who asked: the last address in X-Forwarded-For that is no trusted proxy's.

    What stands before that one anybody can write. Without a trusted proxy the header is not looked at.
    """
    trusted: Sequence[Network] = req.context.trusted_proxies
    forwarded = (req.get_header("X-Forwarded-For") or "").split(",")
    address = _parsed(req.remote_addr)
    if forwarded[0] and not _is_trusted(address, trusted):
        _tell_once_of_unknown_proxy()
    for hop in reversed(forwarded):
        if not _is_trusted(address, trusted):
            break
        told = _parsed(hop.strip())
        if told is None:
            break
        address = told
    return "unknown" if address is None else _of_one_customer(address)


def _is_trusted(address: IPv4Address | IPv6Address | None, trusted: Sequence[Network]) -> bool:
    return address is not None and any(address in network for network in trusted)


@cache
def _tell_once_of_unknown_proxy() -> None:
    """Once a process: whoever reaches the gateway directly can write the header, too."""
    log.get_logger("gateway").warning(
        "forwarded_by_nobody_trusted", setting="TRUSTED_PROXIES", effect="all behind a proxy are one address"
    )


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _of_one_customer(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((address, _ONE_CUSTOMER_BITS), strict=False))
