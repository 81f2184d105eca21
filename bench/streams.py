"""Many people before the hall board: so many open streams in one process of their own.

Each stream notes when it first sees a call, recognised by its `called_at`: in the event that tells it, or
in a board, which lists the latest eight. In a hall each board has a computer of its own. Here one process
reads them all and shares two processors with the system, so it does no more than note what came and when,
and rests for a millisecond between two looks: woken for each stream, it would take as much time from the
gateway as the gateway needs. What it notes is up to that much too late, never too early.
"""

import multiprocessing
import select
import socket
import time
from multiprocessing.connection import Connection

_CALLED_AT = b'"called_at":"'
_LOOK_SECONDS = 10
_REST_SECONDS = 0.001


class Streams:
    """`count` open board streams of one office."""

    def __init__(self, port: int, office: str, count: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, port, office, count), daemon=True)
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


def _serve(pipe: Connection, port: int, office: str, count: int) -> None:
    opened = [_Stream(port, office, f"10.0.{nth >> 8}.{nth & 255}") for nth in range(count)]
    streams = {stream.socket.fileno(): stream for stream in opened}
    poll = select.epoll()
    for number in (pipe.fileno(), *streams):
        poll.register(number, select.EPOLLIN)
    pipe.send(count)
    while True:
        for number, _ in poll.poll():
            if number in streams:
                streams[number].read()
            elif pipe.recv() == "seen":
                pipe.send([one for stream in opened for one in stream.seen()])
            else:
                return
        time.sleep(_REST_SECONDS)


class _Stream:
    """Notes what arrives and when at an address of its own; it is understood when somebody asks."""

    def __init__(self, port: int, office: str, address: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        path = f"/v1/offices/{office}/board/stream"
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
        self.socket.sendall(f"{head}X-Forwarded-For: {address}\r\n\r\n".encode())
        self._arrived: list[tuple[bytes, float]] = []
        self._newest = b""
        self._unfinished = b""
        self.read()

    def read(self) -> None:
        """Take what has arrived. Raises ConnectionError when the stream has ended."""
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("a stream has ended")
        self._arrived.append((data, time.time()))

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
