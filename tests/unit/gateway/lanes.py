"""A lane whose queue and clock are in the test's hands."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from contracts.requests import Request
from gateway.backend import ServiceUnavailable
from gateway.broker.lane import Asked, Lane

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat(Request[int]):
    """A request that may be repeated."""

    service: ClassVar[str] = "test"
    result: ClassVar[type[int]] = int


@dataclass(frozen=True, slots=True, kw_only=True)
class Once(Request[int]):
    """A request that must not happen twice."""

    service: ClassVar[str] = "test"
    result: ClassVar[type[int]] = int
    repeatable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurry(Request[int]):
    """A request for which nobody waits long."""

    service: ClassVar[str] = "test"
    result: ClassVar[type[int]] = int
    deadline_seconds: ClassVar[float] = 0.05


class Queue:
    """Takes messages and keeps them."""

    def __init__(self) -> None:
        self.messages: list[list[Asked]] = []
        self.open = True

    def send(self, _lane: Lane, batch: Sequence[Asked]) -> None:
        """Take a message."""
        if not self.open:
            raise ServiceUnavailable
        self.messages.append(list(batch))

    async def has(self, messages: int) -> None:
        """Wait until so many messages were sent."""
        async with asyncio.timeout(5):
            while len(self.messages) < messages:
                await asyncio.sleep(0)


def new_lane(request_type: type[Request[Any]] = Repeat) -> tuple[Lane, Queue]:
    queue = Queue()
    return Lane(request_type, queue.send), queue


def put(lane: Lane, count: int) -> list[asyncio.Future[Any]]:
    return [lane.put({"n": n}, TRACE) for n in range(count)]


@dataclass
class Clock:
    """What the event loop's time is put forward by, in seconds."""

    ahead: float = 0.0


@pytest.fixture
async def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Let the test put the event loop's time forward."""
    clock, loop = Clock(), asyncio.get_running_loop()
    real = loop.time
    monkeypatch.setattr(loop, "time", lambda: real() + clock.ahead)
    return clock


class Service:
    """Answers what it was sent, in order."""

    def __init__(self, lane: Lane, queue: Queue) -> None:
        self._lane = lane
        self._queue = queue
        self._answered = 0

    def answer(self, count: int) -> None:
        """Answer so many, which lets further messages come."""
        for _ in range(count):
            sent = [asked for message in self._queue.messages for asked in message]
            self._lane.settle(sent[self._answered].id, 0)
            self._answered += 1
