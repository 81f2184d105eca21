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
    seen: list[tuple[str, float]] = []
    path = f"/v1/offices/{office}/board/stream"
    for _ in range(count):
        _, stream = await loop.create_connection(lambda: _Stream(path, seen), "127.0.0.1", port)
        await stream.opened
    seen.clear()
    pipe.send(count)
    while await loop.run_in_executor(None, pipe.recv) == "seen":
        pipe.send(list(seen))
        seen.clear()


class _Stream(asyncio.Protocol):
    def __init__(self, path: str, seen: list[tuple[str, float]]) -> None:
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._path = path
        self._seen = seen
        self._newest = b""
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        head = f"GET {self._path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n"
        cast(asyncio.WriteTransport, transport).write(head.encode())

    def data_received(self, data: bytes) -> None:
        now = time.time()
        if not self.opened.done():
            self.opened.set_result(None)
        complete, _, self._received = (self._received + data).rpartition(b"\n\n")
        for event in complete.split(b"\n\n"):
            self._note(event, now)

    def _note(self, event: bytes, now: float) -> None:
        """Note the calls of an event, newest first, that no event before had."""
        before = self._newest
        at = event.find(_CALLED_AT)
        while at >= 0 and (called_at := event[at + len(_CALLED_AT) :].partition(b'"')[0]) > before:
            self._seen.append((called_at.decode(), now))
            self._newest = max(self._newest, called_at)
            at = event.find(_CALLED_AT, at + 1)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(exc or ConnectionError("closed"))
