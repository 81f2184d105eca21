"""A closed-loop HTTP/1.1 load: so many keep-alive clients, each with one request on its way.

The clients run in a process of their own and parse no more than status and length, so that the same
small cost weighs on both sides of a ratio. The load is bounded: it ends with the list of requests.
"""

import asyncio
import multiprocessing
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import uvloop


@dataclass(slots=True, kw_only=True)
class Load:
    """What a load met: how long it took in all, each answer's status, each answer's latency in seconds.

    `heard_seconds` is how long it took until what the answers brought about was known everywhere.
    """

    seconds: float
    heard_seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return self.statuses.total() / self.seconds


def run_load(port: int, requests: Sequence[bytes], *, clients: int) -> Load:
    """Send whole HTTP requests to 127.0.0.1:`port` from `clients` connections; return what came of it."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_run, (port, requests, clients))


def run_scripts(port: int, scripts: Sequence[Sequence[bytes]]) -> Load:
    """Send to 127.0.0.1:`port` from one connection for each script, its requests one after the other."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_run_scripts, (port, scripts))


def get(path: str) -> bytes:
    """Write a GET request."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def post(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    """Write a POST request with a JSON body."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}Content-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _run(port: int, requests: Sequence[bytes], clients: int) -> Load:
    return uvloop.run(_all_clients(port, [iter(requests)] * clients))


def _run_scripts(port: int, scripts: Sequence[Sequence[bytes]]) -> Load:
    return uvloop.run(_all_clients(port, [iter(script) for script in scripts]))


async def _all_clients(port: int, waiting: Sequence[Iterator[bytes]]) -> Load:
    loop = asyncio.get_running_loop()
    load = Load(seconds=0.0)
    connected = [
        await loop.create_connection(partial(_Client, load, requests), "127.0.0.1", port)
        for requests in waiting
    ]
    begun = time.perf_counter()
    for _, client in connected:
        client.next()
    await asyncio.gather(*(client.done for _, client in connected))
    load.seconds = time.perf_counter() - begun
    return load


class _Client(asyncio.Protocol):
    """One connection: sends the next request when the last is answered."""

    def __init__(self, load: Load, requests: Iterator[bytes]) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._load = load
        self._requests = requests
        self._received = b""
        self._sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection for sending."""
        self._transport: asyncio.WriteTransport = transport  # type: ignore[assignment]

    def next(self) -> None:
        """Send the next request, or be done."""
        request = next(self._requests, None)
        if request is None:
            self._transport.close()
            self.done.set_result(None)
            return
        self._sent_at = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Note an answer when it is complete."""
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        if end and len(body) >= content_length(head):
            self._load.latencies.append(time.perf_counter() - self._sent_at)
            self._load.statuses[int(head[9:12])] += 1
            self._received = b""
            self.next()

    def connection_lost(self, exc: Exception | None) -> None:
        """Say so when it was not we who closed."""
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server closed the connection"))


def content_length(head: bytes) -> int:
    """Read from an answer's head how long its body is."""
    lowered = head.lower()
    at = lowered.index(b"content-length:") + len(b"content-length:")
    return int(lowered[at:].split(b"\r\n", 1)[0])
