"""An application that counts who comes in, behind what is answered or taken where it was read."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from gateway.at_once import Answerer
from tests.serving import served
from tests.unit.gateway.fakes import Gateway

__all__ = ["Door", "House", "door_of", "served"]


class House:
    """An ASGI application, which counts who comes in."""

    def __init__(self, app: Any) -> None:
        self._app = app
        self.entered = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve."""
        self.entered += 1
        await self._app(scope, receive, send)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Who comes through the door, who is in the house already, and what is behind the door."""

    http: httpx.AsyncClient
    direct: httpx.AsyncClient
    house: House
    running: Gateway


@asynccontextmanager
async def door_of(running: Gateway, answerers: Sequence[Answerer]) -> AsyncIterator[Door]:
    """Serve an application behind its door, and without one."""
    house = House(running.http.app)
    async with (
        served(house, answerers) as port,
        served(running.http.app) as inside,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{inside}") as direct,
    ):
        yield Door(http=http, direct=direct, house=house, running=running)
