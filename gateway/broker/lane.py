"""Requests on their way to one queue: gathered for a moment, sent together, given up at their deadline.

    put ──▶ waiting ──1 ms, or 64──▶ one message ──▶ in flight ──▶ settled one by one: an answer,
              ▲                      (at most 4 of them)           no_answer at the deadline, or
              └── while four are out, the next one grows           service_unavailable

All requests of a lane have the same time to live, so they fall due in the order in which they came. Who
would wait longer than half of that is refused at the door: the service's time belongs to those whom it can
still answer.
"""

import asyncio
import random
from collections import deque
from collections.abc import Callable, Sequence
from itertools import count
from math import ceil
from typing import Any

from contracts.refusals import OutcomeUnknown, Refused
from contracts.requests import Request
from gateway import metrics
from gateway.backend import NoAnswer, Overloaded, ServiceUnavailable
from gateway.broker.pace import Pace

MOST_IN_ONE_MESSAGE = 64
MOST_MESSAGES_IN_FLIGHT = 4
MOST_WAITING = 8192
"""How many may wait while nobody knows yet how fast the service is."""
LONGEST_WAIT_SHARE = 0.5
"""Of the deadline; the other half is for an estimate that was too good by a factor of two."""
LONGEST_RETRY_SECONDS = 15.0
GATHER_SECONDS = 0.001

_ids = count(1)


class Asked:
    """One request that waits for its answer; `message` is the one it left in, once it has."""

    __slots__ = ("answer", "data", "due", "id", "message", "traceparent")

    def __init__(
        self, data: Any, *, lane: str, traceparent: str, due: float, answer: asyncio.Future[Any]
    ) -> None:
        self.id = f"{lane}-{next(_ids):x}"
        self.data = data
        self.traceparent = traceparent
        self.due = due
        self.answer = answer
        self.message: InFlight | None = None


class InFlight:
    """One message to a service, until the last of its requests is settled."""

    __slots__ = ("unsettled",)

    def __init__(self, unsettled: int) -> None:
        self.unsettled = unsettled


Send = Callable[["Lane", Sequence[Asked]], None]
"""Put one message on the lane's queue. Raises ServiceUnavailable when there is no channel for it."""


class Lane:
    """The requests of one type. Everything happens in the event loop's thread."""

    def __init__(self, request_type: type[Request[Any]], send: Send) -> None:
        self.name = request_type.__name__
        self.queue = request_type.queue()
        self._type = request_type
        self._send = send
        self._loop = asyncio.get_running_loop()
        self._unsettled: dict[str, Asked] = {}
        self._by_age: deque[Asked] = deque()
        self._waiting: deque[Asked] = deque()
        self._in_flight = 0
        self._pace = Pace()
        self._gathering: asyncio.TimerHandle | None = None
        self._giving_up: asyncio.TimerHandle | None = None
        self._batch_size = metrics.REQUESTS_IN_ONE_MESSAGE.labels(self.name)
        metrics.REQUESTS_PENDING.labels(self.name).set_function(lambda: len(self._unsettled))

    def put(self, data: Any, traceparent: str) -> asyncio.Future[Any]:
        """Take a request on its way, and return the future of its answer.

        Raises Overloaded when more wait than could be answered in time.
        """
        if overloaded := self.overload():
            raise overloaded
        due = self._loop.time() + self._type.deadline_seconds
        answer: asyncio.Future[Any] = self._loop.create_future()
        asked = Asked(data, lane=self.name, traceparent=traceparent, due=due, answer=answer)
        self._unsettled[asked.id] = asked
        self._by_age.append(asked)
        self._waiting.append(asked)
        if self._giving_up is None:
            self._giving_up = self._loop.call_at(due, self._give_up)
        if len(self._waiting) >= MOST_IN_ONE_MESSAGE:
            self._flush()
        elif self._gathering is None:
            self._gathering = self._loop.call_later(GATHER_SECONDS, self._flush)
        return answer

    def overload(self) -> Overloaded | None:
        """Return the refusal that a request gets now, if it must be refused at the door; it is counted."""
        if not self._waiting or self._in_flight < MOST_MESSAGES_IN_FLIGHT:
            self._pace.rest()
            return None
        wait_seconds = self._pace.wait_seconds(len(self._unsettled), now=self._loop.time())
        longest = self._type.deadline_seconds * LONGEST_WAIT_SHARE
        if len(self._unsettled) < MOST_IN_ONE_MESSAGE:
            return None  # a few are taken whatever a moment's stall made of the estimate
        if (wait_seconds or 0.0) <= longest and len(self._waiting) < MOST_WAITING:
            return None
        metrics.REQUESTS_REFUSED.labels(self.name, Overloaded.code).inc()
        return Overloaded(retry_seconds=_retry_seconds(longest if wait_seconds is None else wait_seconds))

    def settle(self, request_id: str, outcome: Any) -> None:
        """Give a request its answer, or the Refused that came instead; one that was given up is ignored."""
        asked = self._unsettled.get(request_id)
        if asked is None:
            return
        if not isinstance(outcome, NoAnswer):
            self._pace.count_answer()
        self._close(asked, outcome)
        if self._waiting and self._gathering is None:
            self._flush()

    def drop(self) -> None:
        """Refuse everything: the connection is gone. What was sent and must not happen twice is in doubt."""
        self._waiting.clear()
        for asked in list(self._unsettled.values()):
            in_doubt = asked.message is not None and not self._type.repeatable
            self._close(asked, OutcomeUnknown() if in_doubt else ServiceUnavailable())

    def _flush(self) -> None:
        """Send what waits, as far as messages may be in flight."""
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None
        while self._in_flight < MOST_MESSAGES_IN_FLIGHT and (batch := self._next_batch()):
            try:
                self._send(self, batch)
            except ServiceUnavailable:
                for asked in batch:
                    self._close(asked, ServiceUnavailable())
            else:
                self._depart(batch)

    def _depart(self, batch: Sequence[Asked]) -> None:
        self._in_flight += 1
        self._batch_size.observe(len(batch))
        message = InFlight(len(batch))
        for asked in batch:
            asked.message = message

    def _next_batch(self) -> list[Asked]:
        """Take up to 64 whose askers are still there."""
        batch: list[Asked] = []
        while self._waiting and len(batch) < MOST_IN_ONE_MESSAGE:
            asked = self._waiting.popleft()
            if asked.answer.done():
                self._unsettled.pop(asked.id, None)
            else:
                batch.append(asked)
        return batch

    def _close(self, asked: Asked, outcome: Any) -> None:
        del self._unsettled[asked.id]
        while self._by_age and self._by_age[0].id not in self._unsettled:
            self._by_age.popleft()
        if asked.message is not None:
            asked.message.unsettled -= 1
            self._in_flight -= asked.message.unsettled == 0
        if isinstance(outcome, Refused):
            metrics.REQUESTS_REFUSED.labels(self.name, outcome.code).inc()
        if asked.answer.done():
            return
        if isinstance(outcome, Refused):
            asked.answer.set_exception(outcome)
        else:
            asked.answer.set_result(outcome)

    def _give_up(self) -> None:
        """Settle what is overdue, and look again when the next is."""
        now = self._loop.time()
        while self._by_age and self._by_age[0].due <= now:
            self.settle(self._by_age[0].id, NoAnswer())
        self._giving_up = self._loop.call_at(self._by_age[0].due, self._give_up) if self._by_age else None


def _retry_seconds(wait_seconds: float) -> int:
    """Choose when to come back: when those who wait now are through, and not all in the same second."""
    earliest = min(max(1.0, wait_seconds), LONGEST_RETRY_SECONDS)
    return ceil(earliest * random.uniform(1.0, 2.0))  # noqa: S311
