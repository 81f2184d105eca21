"""Many people before the hall board: so many open streams in one process of their own.

Each stream notes when it first sees a call, recognised by its `called_at`: in the event that tells it, or
in a board, which lists the latest eight.
"""

import asyncio
import multiprocessing
import time
from multiprocessing.connection import Connection
from typing import cast

import uvloop

_CALLED_AT = b'"called_at":"'
_LOOK_SECONDS = 10


class Streams:
    """`count` open board streams of one office."""

    def __init__(self, port: int, office: str, count: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_run, args=(theirs, port, office, count), daemon=True)
        self._process.start()
        if self._ours.recv() != count:
            raise RuntimeError("not all streams are open")

    def forget(self) -> None:
        """Drop what was seen so far."""
        self._seen()

    def wait_for_more(self) -> list[tuple[str, float]]:
        """Return (called_at, Unix seconds when it was read) of calls seen since the last look."""
        deadline = time.monotonic() + _LOOK_SECONDS
        while not (seen := self._seen()):
            if time.monotonic() > deadline:
                raise RuntimeError("some streams did not see every call")
            time.sleep(0.05)
        return seen

    def _seen(self) -> list[tuple[str, float]]:
        self._ours.send("seen")
        return self._ours.recv()  # type: ignore[no-any-return]

    def close(self) -> None:
        """Close the streams."""
        self._ours.send("close")
        self._process.join(10)


def _run(pipe: Connection, port: int, office: str, count: int) -> None:
    uvloop.run(_serve(pipe, port, office, count))


async def _serve(pipe: Connection, port: int, office: str, count: int) -> None:
    loop = asyncio.get_running_loop()
    path = f"/v1/offices/{office}/board/stream"
    streams = []
    for _ in range(count):
        _, stream = await loop.create_connection(lambda: _Stream(path), "127.0.0.1", port)
        await stream.opened
        streams.append(stream)
    pipe.send(count)
    while await loop.run_in_executor(None, pipe.recv) == "seen":
        pipe.send([one for stream in streams for one in stream.seen()])


class _Stream(asyncio.Protocol):
    """Notes what arrives and when; it is read when somebody asks, and not while more arrives."""

    def __init__(self, path: str) -> None:
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._path = path
        self._arrived: list[tuple[bytes, float]] = []
        self._newest = b""
        self._unfinished = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        head = f"GET {self._path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n"
        cast(asyncio.WriteTransport, transport).write(head.encode())

    def data_received(self, data: bytes) -> None:
        self._arrived.append((data, time.time()))
        if not self.opened.done():
            self.opened.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(exc or ConnectionError("closed"))

    def seen(self) -> list[tuple[str, float]]:
        """Return (called_at, Unix seconds) of each call that no event before had."""
        seen = []
        for data, at in self._arrived:
            complete, _, self._unfinished = (self._unfinished + data).rpartition(b"\n\n")
            for event in complete.split(b"\n\n"):
                seen += [(called_at.decode(), at) for called_at in self._new_calls(event)]
        self._arrived.clear()
        return seen

    def _new_calls(self, event: bytes) -> list[bytes]:
        """Read the calls of an event that are newer than those before; a board lists the newest first."""
        times = [after.partition(b'"')[0] for after in event.split(_CALLED_AT)[1:]]
        new = [called_at for called_at in times if called_at > self._newest]
        self._newest = max([self._newest, *new])
        return new
