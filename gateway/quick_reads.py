"""Answers at the door what is read most: a day's places, asked for in words that were understood before.

The same answer takes the application four times as long (reading who asks, in which language, which route):
it does so once for each address, and here the copy goes out as it is. Nobody is refused here; whatever is not
a living copy goes on to the application.
"""

from collections.abc import Sequence
from time import perf_counter
from typing import Any

from contracts.trace import child_traceparent
from gateway import metrics
from gateway.availability import AvailabilityCopies
from gateway.boundary import security_headers
from gateway.load_shedding import Application, Send
from gateway.tagged import ASK_AGAIN, Tagged

_ROUTE = "/v1/offices/{office}/slots"
Headers = Sequence[tuple[bytes, bytes]]


class QuickReads:
    """An ASGI application before another."""

    def __init__(self, app: Application, copies: AvailabilityCopies, *, secure: bool) -> None:
        self._app = app
        self._copies = copies
        headers = {**security_headers(secure=secure), "cache-control": ASK_AGAIN}
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]
        self._timers = {
            status: metrics.HTTP_SECONDS.labels("GET", _ROUTE, str(status)) for status in (200, 304)
        }

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        """Answer from a copy, or pass on."""
        begun = perf_counter()
        day = self._copies.meant_by(scope.get("path", ""), scope.get("query_string", b""))
        state = self._copies.ready(day) if day is not None and scope["method"] == "GET" else None
        if state is None:
            await self._app(scope, receive, send)
            return
        status = await self._answer(state.tagged, dict(scope["headers"]), send)
        self._timers[status].observe(perf_counter() - begun)

    async def _answer(self, tagged: Tagged, asked: dict[bytes, bytes], send: Send) -> int:
        """Answer the body, or 304 to who has it: as `tagged.answer_tagged`."""
        etag = b'"%b"' % tagged.etag.encode()
        parent = asked.get(b"traceparent")
        traceparent = child_traceparent(parent.decode("latin-1") if parent else None)
        headers = [*self._headers, (b"etag", etag), (b"traceparent", traceparent.encode())]
        known = asked.get(b"if-none-match", b"")
        if known and (etag in known or known.strip() == b"*"):
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return 304
        headers.append((b"content-type", b"application/json"))
        headers.append((b"content-length", b"%d" % len(tagged.body)))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": tagged.body})
        return 200
