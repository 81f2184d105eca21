"""Takes bookings at the door: what programs send as they should, in the second in which everybody books.

    bearer token, Idempotency-Key, JSON ─▶ command ─▶ booking's lane ─ ─ ▶ 201, or a problem

The same booking takes the application twice as long. It has the same command and answers the same, so
whatever is not plainly right goes on to it: there is one place that says what is wrong with a request.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import Any

import orjson

from chassis.log import traced
from contracts.access import Access
from contracts.refusals import Refused
from contracts.requests import Request
from contracts.schema import InvalidMessage
from contracts.trace import child_traceparent
from gateway import metrics
from gateway.at_once import Answer, Asked, Awaited, Headers, Taking
from gateway.auth import Authenticator
from gateway.boundary import security_headers
from gateway.commands import MOST_BODY_BYTES
from gateway.locale import DEFAULT, negotiate
from gateway.problems import MEDIA_TYPE, document, headers_of, problem_of
from gateway.routes.bookings import CITIZEN, ROUTE, booking_command, location_of

_READS_MORE = frozenset({b"cookie", b"transfer-encoding"})
"""Headers of requests that the application understands and this does not."""

Put = Callable[[Request[Any], str], "asyncio.Future[Any]"]
"""Sends a request in a trace; the future of its answer. Raises Refused where nothing is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asking:
    """Who wants to book, and what else the head of the request said."""

    person: Access
    key: str
    languages: str
    traceparent: str
    begun: float


class QuickBookings:
    """An answerer before the application."""

    def __init__(self, put: Put, authenticator: Authenticator, *, secure: bool) -> None:
        self._put = put
        self._authenticator = authenticator
        self._security = _encoded(security_headers(secure=secure))
        self._booked = [
            *self._security,
            *_encoded({"cache-control": "no-store", "content-type": "application/json"}),
        ]
        self._timers: dict[int, Any] = {}

    def __call__(self, asked: Asked) -> Taking | None:
        """Take a booking whose head is as it should be, or pass on."""
        if asked.path != ROUTE or asked.method != "POST" or asked.query:
            return None
        begun = perf_counter()
        headers = dict(asked.headers)
        if len(headers) < len(asked.headers) or not _READS_MORE.isdisjoint(headers) or not _is_json(headers):
            return None
        key = headers.get(b"idempotency-key")
        person = self._authenticator.identify_bearer(
            headers.get(b"authorization", b"").decode("latin-1")
        ).access
        if key is None or person is None or person.role not in CITIZEN:
            return None
        asking = _Asking(
            person=person,
            key=key.decode("latin-1"),
            languages=headers.get(b"accept-language", b"").decode("latin-1"),
            traceparent=child_traceparent(headers.get(b"traceparent", b"").decode("latin-1") or None),
            begun=begun,
        )
        return partial(self._take, asking)

    def _take(self, asking: _Asking, body: bytes) -> Awaited | None:
        try:
            command = booking_command(asking.person, orjson.loads(body), key=asking.key)
        except (orjson.JSONDecodeError, InvalidMessage):
            return None
        try:
            outcome = self._put(command, asking.traceparent)
        except Refused as refused:
            outcome = asyncio.get_running_loop().create_future()
            outcome.set_exception(refused)
        return Awaited(outcome=outcome, answer=partial(self._answer, asking))

    def _answer(self, asking: _Asking, outcome: "asyncio.Future[dict[str, Any]]") -> Answer:
        refused = outcome.exception()
        if refused is None:
            answer = self._granted(asking, outcome.result())
        else:
            answer = self._refused(asking, refused)
        self._timer(answer.status).observe(perf_counter() - asking.begun)
        return answer

    def _granted(self, asking: _Asking, booking: dict[str, Any]) -> Answer:
        body = orjson.dumps(booking)
        own = {
            "location": location_of(booking),
            "traceparent": asking.traceparent,
            "content-length": str(len(body)),
        }
        return Answer(status=201, headers=[*self._booked, *_encoded(own)], body=body)

    def _refused(self, asking: _Asking, refused: BaseException) -> Answer:
        with traced(asking.traceparent):
            problem = problem_of(refused, route=ROUTE)
        locale = negotiate(asking.languages) if asking.languages else DEFAULT
        body = document(problem, locale, asking.traceparent)
        own = headers_of(problem, locale) | {
            "content-type": MEDIA_TYPE,
            "traceparent": asking.traceparent,
            "content-length": str(len(body)),
        }
        return Answer(status=problem.status, headers=[*self._security, *_encoded(own)], body=body)

    def _timer(self, status: int) -> Any:
        timer = self._timers.get(status)
        if timer is None:
            timer = self._timers[status] = metrics.HTTP_SECONDS.labels("POST", ROUTE, str(status))
        return timer


def _is_json(headers: dict[bytes, bytes]) -> bool:
    """Say whether a body is announced that can be read: JSON, and of a length that is allowed."""
    length = headers.get(b"content-length", b"")
    return (
        headers.get(b"content-type") == b"application/json"
        and length.isdigit()
        and int(length) <= MOST_BODY_BYTES
    )


def _encoded(headers: dict[str, str]) -> Headers:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]
