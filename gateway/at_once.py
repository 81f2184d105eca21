"""Answers given where the request was read, without a task.

    through ASGI   parser ─▶ a task ─▶ application ─▶ middleware ─▶ route ─▶ send ─▶ transport
    at once        parser ─▶ the first that knows the answer ─────────────────────▶ transport
    taken          parser ─▶ the first that takes it ─ ─ a service's answer ─ ─ ─ ─▶ transport

It is for what the whole country asks in one second: a task and an application for each would take the time
from those whose booking is being made. Whatever nobody here knows or takes goes on to the application.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from chassis.log import get_logger
from gateway.streaming import DirectProtocol

log = get_logger(__name__)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """What an answer is made of, once it is there; `answer` takes it then, whatever came of it."""

    outcome: asyncio.Future[Any]
    answer: Callable[[asyncio.Future[Any]], Answer]


_NO_ANSWER = Answer(status=500, headers=[(b"content-length", b"0")])

Taking = Callable[[bytes], Awaited | None]
"""Takes a request when its body is there; nothing, where that is better left to the application."""

Answerer = Callable[[Asked], Answer | Taking | None]
"""Knows some answers, or takes requests; it is called for every one, so it looks at the way first."""


class _Exchange:
    """Stands where uvicorn has its request cycle, from a taken request's head to its answer.

    So who is in the middle of asking when the server stops is answered still.
    """

    def __init__(self, *, keep_alive: bool) -> None:
        self.keep_alive = keep_alive
        self.response_complete = self.disconnected = False
        self.message_event = asyncio.Event()


class AtOnceProtocol(DirectProtocol):
    """uvicorn's HTTP, which asks the answerers before it makes a task of a request."""

    def __init__(self, *arguments: Any, answerers: Sequence[Answerer] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._answerers = answerers
        self._known: Answer | Taking | None = None
        self._body: list[bytes] = []
        self._keeps_alive = True

    def on_headers_complete(self) -> None:
        """Find who answers or takes the request, or begin the application's task."""
        self._known = self._find() if self._is_free() else None
        if self._known is None:
            super().on_headers_complete()
        else:
            self._body.clear()
            self._keeps_alive = self.parser.should_keep_alive()
            if not isinstance(self._known, Answer):
                self.cycle: Any = _Exchange(keep_alive=self._keeps_alive)

    def on_body(self, body: bytes) -> None:
        """Keep what a taken request says; a known answer does not depend on it."""
        if self._known is None:
            super().on_body(body)
        elif not isinstance(self._known, Answer):
            self._body.append(body)

    def on_message_complete(self) -> None:
        """Answer, or have the answer made, now that the client has said all and listens."""
        known, self._known = self._known, None
        if known is None:
            super().on_message_complete()
        elif isinstance(known, Answer):
            self._send(known, keep_alive=self._keeps_alive)
        else:
            self._take(known, b"".join(self._body))

    def _take(self, taking: Taking, body: bytes) -> None:
        """Await the answer; what is not taken after all goes to the application as it came."""
        awaited, exchange = taking(body), self.cycle
        if awaited is None:
            exchange.response_complete = True
            super().on_headers_complete()
            self.cycle.keep_alive &= exchange.keep_alive
            super().on_body(body)
            super().on_message_complete()
            return

        def answer(outcome: asyncio.Future[Any]) -> None:
            exchange.response_complete = True
            try:
                said = awaited.answer(outcome)
            except Exception:  # nobody waits for ever, whatever nobody thought of
                log.exception("answer_not_made")
                said, exchange.keep_alive = _NO_ANSWER, False
            if not self.transport.is_closing():
                self._send(said, keep_alive=exchange.keep_alive)

        awaited.outcome.add_done_callback(answer)

    def _is_free(self) -> bool:
        """Say whether an answer can go out now: none is before it, and the client reads what it gets."""
        return (
            (self.cycle is None or self.cycle.response_complete)
            and not self.expect_100_continue
            and not self.transport.get_write_buffer_size()
            and not self.parser.should_upgrade()
        )

    def _find(self) -> Answer | Taking | None:
        path, _, query = self.url.partition(b"?")
        asked = Asked(
            method=self.parser.get_method().decode("ascii"),
            path=path.decode("latin-1"),
            query=query,
            headers=self.headers,
        )
        return next((known for one in self._answerers if (known := one(asked)) is not None), None)

    def _send(self, answer: Answer, *, keep_alive: bool) -> None:
        content = [STATUS_LINE[answer.status]]
        for name, value in (*self.server_state.default_headers, *answer.headers):
            content += (name, b": ", value, b"\r\n")
        if not keep_alive:
            content.append(b"connection: close\r\n")
        content += (b"\r\n", answer.body)
        transport: asyncio.Transport = self.transport
        transport.write(b"".join(content))
        if not keep_alive:
            transport.close()
        self.on_response_complete()
