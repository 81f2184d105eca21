"""Refuses at the door what the whole country asks in one second, while its lane is full.

A refusal deep inside costs as much as reading who asks and what: at five times the load that can be served it
would take the time from those who are served. So this looks at nothing but the way and the lane. All other
requests, and those from pages, are refused by the lane itself.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from time import perf_counter
from typing import Any

from contracts.requests import Request
from contracts.requests.booking import BookSlot
from contracts.trace import child_traceparent, trace_id
from contracts.words import Locale
from gateway import errors, metrics
from gateway.at_once import Answer, Asked, Headers
from gateway.backend import Overloaded
from gateway.boundary import security_headers
from gateway.locale import DEFAULT, negotiate
from gateway.problems import MEDIA_TYPE, Problem, document, headers_of

_DOORS: Mapping[tuple[str, str], type[Request[Any]]] = {("POST", "/v1/bookings"): BookSlot}
_NO_TRACE = f"00-{'0' * 32}-{'0' * 16}-01"

Overload = Callable[[type[Request[Any]]], Overloaded | None]
"""Tells the refusal that a request of a type gets now, if it must be refused at the door."""


class LoadShedding:
    """An answerer before the application."""

    def __init__(self, overload: Overload, *, secure: bool) -> None:
        self._overload = overload
        self._headers = security_headers(secure=secure)
        self._status = errors.status(Overloaded.code)
        self._timers = {way: metrics.HTTP_SECONDS.labels(*way, str(self._status)) for way in _DOORS}
        self._written = lru_cache(maxsize=128)(self._write)

    def __call__(self, asked: Asked) -> Answer | None:
        """Refuse, or pass on."""
        way = (asked.method, asked.path)
        overloaded = self._overload(_DOORS[way]) if way in _DOORS else None
        if overloaded is None:
            return None
        begun = perf_counter()
        languages = asked.header(b"accept-language").decode("latin-1")
        headers, before, after = self._written(
            tuple(overloaded.data.items()), negotiate(languages) if languages else DEFAULT
        )
        traceparent = child_traceparent(asked.header(b"traceparent").decode("latin-1") or None)
        refusal = Answer(
            status=self._status,
            headers=(*headers, (b"traceparent", traceparent.encode())),
            body=before + trace_id(traceparent).encode() + after,
        )
        self._timers[way].observe(perf_counter() - begun)
        return refusal

    def _write(self, data: tuple[tuple[str, object], ...], locale: Locale) -> tuple[Headers, bytes, bytes]:
        """Write a refusal's headers, and its body before and after the trace: the rest is many people's."""
        problem = Problem(code=Overloaded.code, data=dict(data))
        body = document(problem, locale, _NO_TRACE)
        before, after = body.split(trace_id(_NO_TRACE).encode())
        headers = {
            **self._headers,
            **headers_of(problem, locale),
            "Content-Type": MEDIA_TYPE,
            "Content-Length": str(len(body)),
        }
        return [(name.lower().encode(), value.encode()) for name, value in headers.items()], before, after
