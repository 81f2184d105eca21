"""What display answers about waiting times and the days of offices, for the pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from contracts.requests import Request
from contracts.requests.waiting import (
    GetLineWaits,
    GetStatistics,
    GetWaiting,
    LineWaits,
    ListStatistics,
    NationalStatistics,
    NowServed,
    OfficeStatistics,
    OfficeSummary,
    OfficeWaiting,
    ServedDay,
    ServiceWaiting,
    TicketWait,
    UsualWait,
)
from tests.e2e import samples
from tests.e2e.samples import DAY, NINE

_HOURS = ((8, 12, 31), (9, 18, 42), (10, 22, 47), (11, 15, 38), (13, 9, 24), (14, 6, 17), (15, 4, 12))
_SERVED = (118, 131, 97, 140, 122, 109, 126, 133, 88, 119, 127, 135)


def office_waiting(office: str = "TRK") -> OfficeWaiting:
    """Return a hall in which some wait; nobody hands out passports now."""
    return OfficeWaiting(
        office=office,
        at=NINE,
        counters=3,
        services=(
            _service("new", 9, 3, 20, 40),
            _service("renewal", 4, 2, 10, 25),
            _service("epassport", 1, 1, 0, 10),
            _service("replacement", 6, 1, 65, 140),
        ),
    )


def line_waits(office: str = "TRK") -> LineWaits:
    """Return how much longer some of them wait; of A-021 it cannot be told."""
    waits = (("A-015", 20, 35), ("B-009", 0, 10))
    return LineWaits(
        office=office,
        at=NINE,
        tickets=tuple(
            TicketWait(number=number, low_minutes=low, high_minutes=high) for number, low, high in waits
        ),
    )


def office_statistics(office: str = "TRK") -> OfficeStatistics:
    """Return a day at nine, and the weeks before."""
    hours = tuple(
        UsualWait(hour=hour, tickets=120, median_minutes=median, ninth_decile_minutes=ninth)
        for hour, median, ninth in _HOURS
    )
    weekdays = [day for back in range(30) if (day := DAY - timedelta(days=back)).weekday() < 5]
    days = tuple(
        ServedDay(
            date=day, served=served, no_shows=7, told=served - 9, kept=served - 24, mean_error_minutes=6
        )
        for day, served in zip(weekdays, _SERVED, strict=False)
    )
    now = tuple(
        NowServed(number=number, display_name=name, counter=counter, called_at=NINE)
        for number, name, counter in (("A-012", "Pak Andi", 1), ("A-011", None, 2), ("B-007", "Bu Sari", 3))
    )
    usual = UsualWait(hour=None, tickets=2400, median_minutes=14, ninth_decile_minutes=39)
    return OfficeStatistics(
        office=office, date=DAY, served=31, waiting=20, now=now, usual=usual, hours=hours, days=days
    )


def national_statistics() -> NationalStatistics:
    """Return a line of every office; the open ones have something to tell."""
    return NationalStatistics(offices=tuple(_summary(one.office) for one in samples.offices()))


OF_EVERYBODY: dict[type[Request[Any]], Callable[[Any], Any]] = {
    GetWaiting: lambda wanted: office_waiting(wanted.office),
    GetLineWaits: lambda wanted: line_waits(wanted.office),
    GetStatistics: lambda wanted: office_statistics(wanted.office),
    ListStatistics: lambda _: national_statistics(),
}
"""What display answers about its offices."""


def _service(service: Any, waiting: int, counters: int, low: int, high: int) -> ServiceWaiting:
    return ServiceWaiting(
        service=service, waiting=waiting, counters=counters, low_minutes=low, high_minutes=high
    )


def _summary(office: str) -> OfficeSummary:
    waiting = {"TRK": 20, "SKW": 3, "PTK": 41}.get(office, 0)
    return OfficeSummary(
        office=office,
        counters=0 if office == "SUB" else 3,
        waiting=waiting,
        served=waiting * 3,
        low_minutes=5 * waiting // 2 // 5 * 5 if waiting else None,
        high_minutes=5 * waiting if waiting else None,
        median_minutes=14 if waiting else None,
        ninth_decile_minutes=39 if waiting else None,
    )
