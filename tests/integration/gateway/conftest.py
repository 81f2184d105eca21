"""The gateway against a real broker: in the test's own event loop, and as a process."""

from collections.abc import Callable, Iterator

import pytest

from tests.integration.gateway.responder import Responder
from tests.integration.gateway.running import ANSWERS, Gateway, start_gateway
from tests.processes import Process


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """The plugin of anyio runs the coroutines."""
    return "asyncio"


@pytest.fixture
def services(vhost: str) -> Iterator[Responder]:
    """Booking and display, as far as a gateway that starts asks them."""
    with Responder(vhost, ANSWERS) as responder:
        yield responder


@pytest.fixture
def gateway(services: Responder, vhost: str, process: Callable[..., Process]) -> Gateway:
    """A gateway that is ready."""
    return start_gateway(process, vhost)
