"""Answers that nobody has to wait for, given where the request was read.

    through ASGI   parser ─▶ a task ─▶ application ─▶ middleware ─▶ route ─▶ send ─▶ transport
    at once        parser ─▶ the first that knows the answer ─────────────────────▶ transport

It is for what the whole country asks in one second: a task and an application for each would take the time
from those whose booking is being made. Whatever is not known at once goes on to the application.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from gateway.streaming import DirectProtocol

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The head of a request; the path and the query as they came, the names of headers in lower case."""

    method: str
    path: str
    query: bytes
    headers: Headers

    def header(self, name: bytes) -> bytes:
        """Return a header's value; where it is not there, nothing, and where it is repeated, the last."""
        return next((value for given, value in reversed(self.headers) if given == name), b"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole answer; `headers` have its length, unless its status says that it has no body."""

    status: int
    headers: Headers
    body: bytes = b""


Answerer = Callable[[Asked], Answer | None]
"""Knows some answers; it is called for every request, so it looks at the way first."""


class AtOnceProtocol(DirectProtocol):
    """uvicorn's HTTP, which asks the answerers before it makes a task of a request."""

    def __init__(self, *arguments: Any, answerers: Sequence[Answerer] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._answerers = answerers
        self._answer: Answer | None = None
        self._keeps_alive = True

    def on_headers_complete(self) -> None:
        """Find the answer, or begin the application's task."""
        self._answer = self._known() if self._is_free() else None
        if self._answer is None:
            super().on_headers_complete()
        else:
            self._keeps_alive = self.parser.should_keep_alive()

    def on_body(self, body: bytes) -> None:
        """Drop what the answer does not depend on."""
        if self._answer is None:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Answer, now that the client has said all and listens."""
        if self._answer is None:
            super().on_message_complete()
            return
        self._send(self._answer)
        self._answer = None
        self.on_response_complete()

    def _is_free(self) -> bool:
        """Say whether an answer can go out now: none is before it, and the client reads what it gets."""
        return (
            (self.cycle is None or self.cycle.response_complete)
            and not self.expect_100_continue
            and not self.transport.get_write_buffer_size()
            and not self.parser.should_upgrade()
        )

    def _known(self) -> Answer | None:
        path, _, query = self.url.partition(b"?")
        asked = Asked(
            method=self.parser.get_method().decode("ascii"),
            path=path.decode("latin-1"),
            query=query,
            headers=self.headers,
        )
        return next((answer for one in self._answerers if (answer := one(asked)) is not None), None)

    def _send(self, answer: Answer) -> None:
        content = [STATUS_LINE[answer.status]]
        for name, value in (*self.server_state.default_headers, *answer.headers):
            content += (name, b": ", value, b"\r\n")
        if not self._keeps_alive:
            content.append(b"connection: close\r\n")
        content += (b"\r\n", answer.body)
        transport: asyncio.Transport = self.transport
        transport.write(b"".join(content))
        if not self._keeps_alive:
            transport.close()
