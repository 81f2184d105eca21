"""The gateway against a real broker: in the test's own event loop, and as a process."""

import pytest


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """The plugin of anyio runs the coroutines."""
    return "asyncio"
