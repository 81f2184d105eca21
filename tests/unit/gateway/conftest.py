"""Tests of the gateway run in asyncio."""

from collections.abc import Iterator

import pytest

from gateway import pages
from gateway.pages.assets import Assets


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """The plugin of anyio runs the coroutines."""
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def _assets_read_once() -> Iterator[None]:
    """Read and compress what pages load once for all applications that the tests build."""
    assets = Assets()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "Assets", lambda: assets)
        yield
