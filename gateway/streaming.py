"""The way past ASGI for who writes the same bytes to many streams at once.

    through ASGI   a task for each stream ─▶ generator ─▶ Falcon ─▶ send() ─▶ transport
    direct         one loop over all streams ──────────────────────────────▶ transport

The server offers it to the application as an ASGI extension. It is for answers that have begun through
ASGI, without a content-length, and whose own task rests meanwhile.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_EXTENSION = "antrean.body"


class Body:
    """The body of the answer that a connection is giving."""

    def __init__(self, transport: asyncio.WriteTransport) -> None:
        self._transport = transport

    def write(self, chunk: bytes) -> bool:
        """Send a chunk now; False, and nothing is sent, where the client is gone or has more to read."""
        transport = self._transport
        if transport.is_closing() or transport.get_write_buffer_size():
            return False
        transport.write(chunk)
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

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        self.scope["extensions"] = {_EXTENSION: {"body": Body(self.transport)}}
