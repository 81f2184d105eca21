"""Answers at the door what is read most: a day's places, asked for in words that were understood before.

The same answer takes the application several times as long (reading who asks, in which language, which
route): it does so once for each address, and here the copy goes out as it is. Nobody is refused here;
whatever is not a living copy goes on to the application.
"""

from time import perf_counter

from contracts.trace import child_traceparent
from gateway import metrics
from gateway.at_once import Answer, Asked
from gateway.availability import AvailabilityCopies
from gateway.boundary import security_headers
from gateway.tagged import ASK_AGAIN, Tagged

_ROUTE = "/v1/offices/{office}/slots"


class QuickReads:
    """An answerer before the application."""

    def __init__(self, copies: AvailabilityCopies, *, secure: bool) -> None:
        self._copies = copies
        headers = {**security_headers(secure=secure), "cache-control": ASK_AGAIN}
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]
        self._timers = {
            status: metrics.HTTP_SECONDS.labels("GET", _ROUTE, str(status)) for status in (200, 304)
        }

    def __call__(self, asked: Asked) -> Answer | None:
        """Answer from a copy, or pass on."""
        begun = perf_counter()
        day = self._copies.meant_by(asked.path, asked.query)
        state = self._copies.ready(day) if day is not None and asked.method == "GET" else None
        if state is None:
            return None
        answer = self._answer(state.tagged, asked)
        self._timers[answer.status].observe(perf_counter() - begun)
        return answer

    def _answer(self, tagged: Tagged, asked: Asked) -> Answer:
        """Answer the body, or 304 to who has it: as `tagged.answer_tagged`."""
        etag = b'"%b"' % tagged.etag.encode()
        traceparent = child_traceparent(asked.header(b"traceparent").decode("latin-1") or None)
        headers = [*self._headers, (b"etag", etag), (b"traceparent", traceparent.encode())]
        known = asked.header(b"if-none-match")
        if known and (etag in known or known.strip() == b"*"):
            return Answer(status=304, headers=headers)
        headers.append((b"content-type", b"application/json"))
        headers.append((b"content-length", b"%d" % len(tagged.body)))
        return Answer(status=200, headers=headers, body=tagged.body)
