"""From which address a request comes."""

import pytest
from structlog.testing import capture_logs

from contracts.requests.accounts import OpenSession
from gateway.client_address import _tell_once_of_unknown_proxy, networks
from tests.unit.gateway.fakes import gateway

pytestmark = pytest.mark.anyio

SIGN_IN = {"login": "andi@contoh.id", "password": "rahasia"}


async def told(remote: str, forwarded: str | None, trusted: str) -> str | None:
    """Sign in from an address, and see which one booking is told."""
    async with gateway(trusted_proxies=networks(trusted)) as api:
        api.services.answers[OpenSession] = RuntimeError("not asked to answer")
        headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
        await api.http.simulate_post("/v1/sessions", json=SIGN_IN, headers=headers, remote_addr=remote)
        (asked,) = api.services.asked
        assert isinstance(asked, OpenSession)
        return asked.address


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("203.0.113.7", None, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.9, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.9, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", "nonsense, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, nonsense", "10.0.0.1"),
        ("::ffff:203.0.113.7", None, "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::/64"),
    ],
)
async def test_the_header_is_believed_as_far_as_trusted_proxies_wrote_it(
    remote: str, forwarded: str | None, address: str
) -> None:
    """From the right; what a stranger wrote before that is worth nothing."""
    assert await told(remote, forwarded, "10.0.0.0/8, fd00::/8") == address


async def test_without_a_trusted_proxy_the_header_is_not_looked_at() -> None:
    """Who asks directly could else choose an address for each guess."""
    assert await told("10.0.0.1", "198.51.100.1", "") == "10.0.0.1"


@pytest.mark.parametrize(("trusted", "warnings"), [("10.0.0.0/8", 0), ("172.16.0.0/12", 1), ("", 1)])
async def test_a_proxy_that_is_not_trusted_is_told_once(trusted: str, warnings: int) -> None:
    """The operator named a wrong network, or none, and all are one address to the throttles."""
    _tell_once_of_unknown_proxy.cache_clear()
    with capture_logs() as logs:
        for _ in range(2):
            await told("10.0.0.1", "198.51.100.1", trusted)
    events = [line["event"] for line in logs]
    assert events.count("forwarded_by_nobody_trusted") == warnings


def test_a_network_that_is_none_is_a_fault_of_the_settings() -> None:
    """It is told at the start, and not taken for "no proxy"."""
    with pytest.raises(ValueError, match="nonsense"):
        networks("10.0.0.0/8, nonsense")
