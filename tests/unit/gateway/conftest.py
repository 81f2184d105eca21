"""Tests of the gateway run in asyncio."""

import pytest


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Anyio's pytest plugin runs the coroutines."""
    return "asyncio"
