"""Questions that the whole country asks at once are put to the service once, and everybody gets the answer.

At the release hour thousands read the same day's slots in the same second. They get the gateway's own copy
(`availability.py`). The answer to another question is shared by who asks while it is on its way and for a
quarter of a second after: free places are never older than that, and the last word has the booking itself.
The ways to an office change seldom and stay fresh for longer, and so do waiting times and statistics, which
the crowd in a hall reads: for some seconds it costs display one request.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, TypeVar

from contracts import schema
from contracts.requests import Request
from contracts.requests.availability import GetAvailability
from contracts.requests.booking import ListDays, ListSlots
from contracts.requests.travel import ListDistricts
from contracts.requests.waiting import GetLineWaits, GetStatistics, GetWaiting, ListStatistics
from contracts.requests.walk_in import GetWalkIns
from contracts.requests.why import ExplainDay
from gateway.availability import AvailabilityCopies
from gateway.backend import Backend

FRESH_SECONDS = 0.25
_FRESH_SECONDS: Mapping[type[Request[Any]], float] = {
    ListDistricts: 60.0,
    GetWaiting: 5.0,
    GetLineWaits: 5.0,
    GetStatistics: 10.0,
    ListStatistics: 20.0,
}
_MOST_KEPT = 1024
_SHARED: frozenset[type[Request[Any]]] = frozenset(
    {ListDays, ListSlots, ExplainDay, GetWalkIns, *_FRESH_SECONDS}
)

R = TypeVar("R")


class _Answer:
    """An answer on its way or there; when it came, it stays fresh until `stale_at`."""

    __slots__ = ("fresh_seconds", "stale_at", "task")

    def __init__(self, task: asyncio.Task[dict[str, Any]], fresh_seconds: float) -> None:
        self.task = task
        self.fresh_seconds = fresh_seconds
        self.stale_at: float | None = None
        task.add_done_callback(self._came)

    def _came(self, task: asyncio.Task[dict[str, Any]]) -> None:
        failed = task.cancelled() or task.exception() is not None
        self.stale_at = 0.0 if failed else asyncio.get_running_loop().time() + self.fresh_seconds

    def is_shared(self, now: float) -> bool:
        """Tell whether who asks now may have this answer."""
        return self.stale_at is None or now < self.stale_at


class SharedReads:
    """A Backend that shares the answers to the questions of `_SHARED`, and passes on all others."""

    def __init__(self, services: Backend, copies: AvailabilityCopies) -> None:
        self._services = services
        self._copies = copies
        self._answers: OrderedDict[Request[Any], _Answer] = OrderedDict()

    async def ask(self, request: Request[R]) -> R:
        """Return the service's answer. Raises Refused."""
        if type(request) not in _SHARED:
            return await self._services.ask(request)
        if isinstance(request, ListSlots) and request.district is None:
            return (await self._copies.state(_day(request))).slots  # type: ignore[return-value]  # R is Slots
        result: R = schema.load(request.result, await self.ask_plain(request))
        return result

    async def ask_plain(self, request: Request[Any]) -> dict[str, Any]:
        """Return the service's answer as it travelled. Raises Refused."""
        if type(request) not in _SHARED:
            return await self._services.ask_plain(request)
        answer = self._answers.get(request)
        if answer is None or not answer.is_shared(asyncio.get_running_loop().time()):
            asking = asyncio.create_task(self._services.ask_plain(request))
            answer = self._answers[request] = _Answer(asking, _fresh_seconds(request))
            self._answers.move_to_end(request)
            if len(self._answers) > _MOST_KEPT:
                self._answers.popitem(last=False)
        # One asker who goes away must not take the answer from the others.
        return await asyncio.shield(answer.task)


def _day(query: ListSlots) -> GetAvailability:
    return GetAvailability(office=query.office, for_service=query.for_service, date=query.date)


def _fresh_seconds(request: Request[Any]) -> float:
    return _FRESH_SECONDS.get(type(request), FRESH_SECONDS)
