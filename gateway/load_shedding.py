"""Refuses at the door what the whole country asks in one second, while its lane is full.

A refusal deep inside costs as much as reading who asks and what: at five times the load that can be served it
would take the time from those who are served. So this looks at nothing but the way and the lane. All other
requests, and those from pages, are refused by the lane itself.
"""

from collections.abc import Awaitable, Callable, Mapping
from time import perf_counter
from typing import Any

from contracts.requests import Request
from contracts.requests.booking import BookSlot
from contracts.trace import child_traceparent
from gateway import errors, metrics
from gateway.backend import Overloaded
from gateway.boundary import security_headers
from gateway.locale import DEFAULT, negotiate
from gateway.problems import MEDIA_TYPE, Problem, document, headers_of

_DOORS: Mapping[tuple[str, str], type[Request[Any]]] = {("POST", "/v1/bookings"): BookSlot}

Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]
Overload = Callable[[type[Request[Any]]], Overloaded | None]
"""Tells the refusal that a request of a type gets now, if it must be refused at the door."""


class LoadShedding:
    """An ASGI application before another."""

    def __init__(self, app: Application, overload: Overload, *, secure: bool) -> None:
        self._app = app
        self._overload = overload
        self._headers = security_headers(secure=secure)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        """Refuse, or pass on."""
        way = (scope.get("method", ""), scope.get("path", ""))
        overloaded = self._overload(_DOORS[way]) if way in _DOORS else None
        if overloaded is None:
            await self._app(scope, receive, send)
        else:
            await self._refuse(scope, send, overloaded)

    async def _refuse(self, scope: dict[str, Any], send: Send, overloaded: Overloaded) -> None:
        begun = perf_counter()
        told = dict(scope["headers"])
        languages = told.get(b"accept-language", b"").decode("latin-1")
        locale = negotiate(languages) if languages else DEFAULT
        parent = told.get(b"traceparent")
        traceparent = child_traceparent(parent.decode("latin-1") if parent else None)
        problem = Problem(code=overloaded.code, data=overloaded.data)
        body, status = document(problem, locale, traceparent), errors.status(problem.code)
        headers = {
            **self._headers,
            **headers_of(problem, locale),
            "Content-Type": MEDIA_TYPE,
            "Content-Length": str(len(body)),
            "traceparent": traceparent,
        }
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": raw})
        await send({"type": "http.response.body", "body": body})
        timer = metrics.HTTP_SECONDS.labels(scope["method"], scope["path"], str(status))
        timer.observe(perf_counter() - begun)
