"""An application that counts who comes in, behind what is answered at once."""

from typing import Any

from tests.serving import served

__all__ = ["House", "served"]


class House:
    """An ASGI application, which counts who comes in."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.entered = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve."""
        self.entered += 1
        await self._app(scope, receive, send)
