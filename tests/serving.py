"""An ASGI application on a port of its own, in the test's event loop.

uvicorn's own server looks ten times a second whether it is to stop; this one starts and stops at once.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from uvicorn.server import ServerState

from gateway.at_once import Answerer, AtOnceProtocol

_GRACE_SECONDS = 1.0


@asynccontextmanager
async def served(app: Any, answerers: Sequence[Answerer] = (), *, port: int = 0) -> AsyncIterator[int]:
    """Serve over HTTP; the port."""
    config = uvicorn.Config(app, lifespan="off", log_config=None)
    config.load()
    state = ServerState()

    def connection() -> asyncio.Protocol:
        return AtOnceProtocol(config, state, {}, answerers=answerers)

    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for one in [*state.connections]:
            one.shutdown()
        if state.tasks:
            _, unfinished = await asyncio.wait([*state.tasks], timeout=_GRACE_SECONDS)
            for task in unfinished:
                task.cancel()
