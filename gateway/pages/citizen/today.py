"""An office's day, open to everybody: who is served, how long one waits, which places are left."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from falcon.asgi import Request, Response

from chassis.log import get_logger
from contracts import requests
from contracts.events.booking import OfficeChanged
from contracts.refusals import Refused
from contracts.requests.booking import Day, ListDays
from contracts.requests.waiting import (
    GetStatistics,
    GetWaiting,
    OfficeStatistics,
    OfficeWaiting,
    ServedDay,
    ServiceWaiting,
)
from contracts.words import ServiceCode
from gateway.pages.site import BOOKABLE, Site
from gateway.tagged import tag_page

log = get_logger(__name__)

R = TypeVar("R")

MOST_DAYS = 5
"""How many days with places a service shows; all are on its own page."""

SHOWN_DAYS = 10
"""How many of its days an office shows as bars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The next days of a service and the places left on them."""

    service: ServiceCode
    days: Sequence[Day]


FEWEST_TOLD = 30
"""Of fewer people a part is chance: an office's first day said "100% of 1 person"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """How well waits were told: to how many people, which part of them waited so long, and the mean error."""

    told: int
    kept_percent: int
    error_minutes: int

    @classmethod
    def of(cls, days: Sequence[ServedDay]) -> "Precision | None":
        """Sum up some days; None where too few were told anything to say a part of them."""
        told = sum(day.told for day in days)
        if told < FEWEST_TOLD:
            return None
        errors = sum(day.told * (day.mean_error_minutes or 0) for day in days)
        return cls(
            told=told,
            kept_percent=round(100 * sum(day.kept for day in days) / told),
            error_minutes=round(errors / told),
        )


class OfficeToday:
    """`/kantor/{office}/hari-ini`: each part is shown as far as the service that knows it answers."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show the day; with an ETag for who looks again."""
        found = self._site.directory.find(office)
        waiting, told, places = await asyncio.gather(
            self._told(GetWaiting(office=office)),
            self._told(GetStatistics(office=office)),
            self._places(found),
        )
        self._site.renderer.show(
            req, resp, "citizen/today.html", office=found, waiting=waiting, told=told, places=places,
            services=_by_service(found, waiting), precision=Precision.of(told.days) if told else None,
            days=_shown(told),
        )  # fmt: skip
        tag_page(req, resp)

    async def _places(self, office: OfficeChanged) -> Sequence[Places]:
        """Ask which places are left for each service; none where nothing can be booked."""
        if office.status not in BOOKABLE:
            return ()
        asked = [ListDays(office=office.office, for_service=service) for service in office.services]
        answers = await asyncio.gather(*(self._told(query) for query in asked))
        return [
            Places(service=days.service, days=days.days[:MOST_DAYS])
            for days in answers
            if days is not None and days.days
        ]

    async def _told(self, query: requests.Request[R]) -> R | None:
        """Ask; None where there is no answer now, for a page that shows the rest."""
        try:
            return await self._site.backend.ask(query)
        except Refused as refused:
            log.info("day_shown_without", request=type(query).__name__, code=refused.code)
            return None


def _by_service(office: OfficeChanged, waiting: OfficeWaiting | None) -> Sequence[ServiceWaiting]:
    """Return what is told of each service that the office has, in its order."""
    if waiting is None:
        return ()
    told = {one.service: one for one in waiting.services}
    quiet = {"waiting": 0, "counters": 0, "low_minutes": None, "high_minutes": None}
    return [
        told.get(service) or ServiceWaiting(service=service, **quiet)  # type: ignore[arg-type]
        for service in office.services
    ]


def _shown(told: OfficeStatistics | None) -> Sequence[ServedDay]:
    """Return the days before today that are shown, in their order."""
    past = [day for day in told.days if day.date < told.date] if told else []
    return past[:SHOWN_DAYS][::-1]
