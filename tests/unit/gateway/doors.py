"""The application on a port of its own, behind what is answered at once."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from uvicorn.server import ServerState

from gateway.at_once import Answerer, AtOnceProtocol


class House:
    """An ASGI application, which counts who comes in."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.entered = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve."""
        self.entered += 1
        await self._app(scope, receive, send)


@asynccontextmanager
async def served(app: Any, answerers: Sequence[Answerer]) -> AsyncIterator[int]:
    """Serve over HTTP; the port."""
    config = uvicorn.Config(app, lifespan="off", log_config=None)
    config.load()
    state = ServerState()

    def connection() -> asyncio.Protocol:
        return AtOnceProtocol(config, state, {}, answerers=answerers)

    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for one in [*state.connections]:
            one.shutdown()
