"""Tests of the gateway run in asyncio."""

import pytest


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """The plugin of anyio runs the coroutines."""
    return "asyncio"
