"""The way past ASGI for who writes the same bytes to many streams at once.

    through ASGI   a task for each stream ─▶ generator ─▶ Falcon ─▶ send() ─▶ transport
    direct         one loop over all streams ──────────────────────────────▶ transport

The server offers it to the application as an ASGI extension. It is for answers that have begun through
ASGI, without a content-length, and whose own task rests meanwhile.
"""

import asyncio
import os
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_EXTENSION = "antrean.body"


class Body:
    """The body of the answer that a connection is giving."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._socket: int = transport.get_extra_info("socket").fileno()

    def write(self, chunk: bytes) -> bool:
        """Send a chunk now; False, and nothing is sent, where the client is gone or has more to read.

        The transport would send it at the end of the loop's turn, after all other streams had theirs queued.
        """
        transport = self._transport
        if transport.is_closing() or transport.get_write_buffer_size():
            return False
        try:
            sent = os.write(self._socket, chunk)
        except BlockingIOError:
            sent = 0
        except OSError:
            return False
        if sent < len(chunk):
            transport.write(chunk[sent:])
        return True


def body_of(scope: dict[str, Any]) -> Body | None:
    """Return the body of a request's answer; None where the server does not offer it."""
    offered: dict[str, Body] = scope.get("extensions", {}).get(_EXTENSION, {})
    return offered.get("body")


def chunk_of(body: bytes) -> bytes:
    """Frame a piece of a body as it goes over the wire (RFC 9112, section 7.1)."""
    return b"%x\r\n%b\r\n" % (len(body), body)


class DirectProtocol(HttpToolsProtocol):
    """uvicorn's HTTP, with the extension."""

    _offered: dict[str, dict[object, object]]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin a connection; where it is encrypted, only the transport may write to it."""
        super().connection_made(transport)
        is_plain = transport.get_extra_info("sslcontext") is None
        self._offered = {_EXTENSION: {"body": Body(transport)}} if is_plain else {}

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        self.scope["extensions"] = self._offered
