"""An open-loop HTTP/1.1 load: requests arrive at a rate, whether or not those before are answered.

Each arrival takes a connection that waits for nothing; where there is none it waits, and its latency counts
from when it should have been sent. The load is bounded: it ends with the list of requests.
"""

import asyncio
import multiprocessing
import resource
import statistics
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import uvloop

from bench.http_load import content_length

MOST_CONNECTIONS = 4096
_TICK_SECONDS = 0.002


class Answer(NamedTuple):
    """One answer: status, seconds since the request was due, and since the first of all was."""

    status: int
    latency: float
    at: float


@dataclass(slots=True, kw_only=True)
class Arrivals:
    """What came of a load; `seconds` is how long requests arrived."""

    seconds: float
    answers: list[Answer] = field(default_factory=list)

    def within(self, deadline_seconds: float, *, status: int) -> float:
        """Return answers of a status a second: those in time, while requests arrived."""
        good = [
            one for one in self.answers
            if one.status == status and one.latency <= deadline_seconds and one.at <= self.seconds
        ]  # fmt: skip
        return len(good) / self.seconds


def run_arrivals(port: int, requests: Sequence[bytes], *, per_second: float) -> Arrivals:
    """Send whole HTTP requests to 127.0.0.1:`port` at this rate; return what came of it."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_run, (port, requests, per_second))


def paced_p99(port: int, requests: Sequence[bytes], *, status: int, per_second: float) -> float:
    """Return the p99 of milliseconds of requests at this rate. Raises RuntimeError for another status."""
    answers = run_arrivals(port, requests, per_second=per_second).answers
    if {answer.status for answer in answers} != {status}:
        raise RuntimeError(f"{status} expected, answered {Counter(answer.status for answer in answers)}")
    return 1000 * statistics.quantiles([answer.latency for answer in answers], n=100)[98]


def _run(port: int, requests: Sequence[bytes], per_second: float) -> Arrivals:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return uvloop.run(_Generator(port, per_second).run(requests))


class _Generator:
    def __init__(self, port: int, per_second: float) -> None:
        self._port = port
        self._per_second = per_second
        self._idle: list[_Connection] = []
        self._late: deque[tuple[float, bytes]] = deque()
        self.begun = 0.0
        self.load = Arrivals(seconds=0.0)

    async def run(self, requests: Sequence[bytes]) -> Arrivals:
        await self._connect()
        self.begun = time.perf_counter()
        self.load.seconds = len(requests) / self._per_second
        sent = 0
        while sent < len(requests):
            due = min(len(requests), int((time.perf_counter() - self.begun) * self._per_second) + 1)
            for number in range(sent, due):
                self._send(self.begun + number / self._per_second, requests[number])
            sent = due
            await asyncio.sleep(_TICK_SECONDS)
        while len(self.load.answers) < len(requests):
            await asyncio.sleep(_TICK_SECONDS)
        return self.load

    def free(self, connection: "_Connection") -> None:
        """Use a connection again."""
        if self._late:
            connection.send(*self._late.popleft())
        else:
            self._idle.append(connection)

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(MOST_CONNECTIONS):
            _, connection = await loop.create_connection(lambda: _Connection(self), "127.0.0.1", self._port)
            self._idle.append(connection)

    def _send(self, due_at: float, request: bytes) -> None:
        if self._idle:
            self._idle.pop().send(due_at, request)
        else:
            self._late.append((due_at, request))


class _Connection(asyncio.Protocol):
    def __init__(self, generator: _Generator) -> None:
        self._generator = generator
        self._received = b""
        self._due_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.WriteTransport = transport  # type: ignore[assignment]

    def send(self, due_at: float, request: bytes) -> None:
        self._due_at = due_at
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        if end and len(body) >= content_length(head):
            now = time.perf_counter()
            self._generator.load.answers.append(
                Answer(int(head[9:12]), now - self._due_at, now - self._generator.begun)
            )
            self._received = b""
            self._generator.free(self)
