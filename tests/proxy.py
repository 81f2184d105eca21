"""A TCP proxy between a process and a server, which a test can hold up or cut: a network of its own."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest


class Proxy:
    """Forwards 127.0.0.1:`port` to a server, both ways."""

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._flowing = threading.Event()
        self._flowing.set()
        self._sockets: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, url: str) -> str:
        """Return the same URL, leading through this proxy."""
        parts = urlsplit(url)
        return parts._replace(netloc=f"{parts.username}:{parts.password}@127.0.0.1:{self.port}").geturl()

    def hold_upstream(self) -> None:
        """Keep what the client sends; what the server sends still arrives."""
        self._flowing.clear()

    def cut(self) -> None:
        """Break every connection that is open now."""
        for one in self._sockets:
            _disconnect(one)
        self._sockets.clear()

    def let_flow(self) -> None:
        """Forward again; what was held is lost with its connections."""
        self.cut()
        self._flowing.set()

    def close(self) -> None:
        """Stop listening and break every connection."""
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._server)
            except OSError:
                return
            self._sockets += [client, server]
            threading.Thread(target=self._pump, args=(client, server, self._flowing), daemon=True).start()
            threading.Thread(target=self._pump, args=(server, client, None), daemon=True).start()

    @staticmethod
    def _pump(source: socket.socket, target: socket.socket, flowing: threading.Event | None) -> None:
        try:
            while data := source.recv(65536):
                if flowing is not None:
                    flowing.wait()
                target.sendall(data)
        except OSError:
            pass  # one side is gone: the other is told below
        finally:
            for one in (source, target):
                _disconnect(one)


def _disconnect(one: socket.socket) -> None:
    """Tell the other side now; a mere close would wait for the thread that reads."""
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@pytest.fixture
def proxy() -> Iterator[Callable[[str], Proxy]]:
    """`proxy(url)` stands between its user and the server of the URL until the test ends."""
    made: list[Proxy] = []

    def stand_before(url: str) -> Proxy:
        parts = urlsplit(url)
        made.append(Proxy(parts.hostname or "127.0.0.1", parts.port or 0))
        return made[-1]

    yield stand_before
    for one in made:
        one.close()
