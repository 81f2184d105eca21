"""Waiting times and statistics: told when they are asked for, kept by the clock.

No event waits for any of it: what is heavy is done here, beside the way from a call to its board.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from chassis.database import Transaction
from contracts.requests.waiting import (
    GetLineWaits,
    GetStatistics,
    GetWaiting,
    LineWaits,
    ListStatistics,
    NationalStatistics,
    OfficeStatistics,
    OfficeSummary,
    OfficeWaiting,
    ServiceWaiting,
    TicketWait,
)
from contracts.words import ServiceCode
from services.display import metrics
from services.display.domain.board import Heading
from services.display.domain.office_line import OfficeLine
from services.display.domain.waiting_time import WaitRange
from services.display.errors import UnknownOffice
from services.display.store import boards, days, lines, rhythm, service_times

JUDGED_DAYS = 7
"""The metrics tell how well waits were told in so many days."""


def get_waiting(tx: Transaction, query: GetWaiting) -> OfficeWaiting:
    """Estimate how long who comes to an office now will wait. Raises UnknownOffice."""
    (line,) = lines.read(tx, [_heading(tx, query.office)])
    ranges = line.ranges()
    return OfficeWaiting(
        office=line.office,
        at=tx.now,
        counters=len(line.hall.counters),
        services=tuple(_of_service(line, service, ranges.get(service)) for service in line.services),
    )


def get_line_waits(tx: Transaction, query: GetLineWaits) -> LineWaits:
    """Estimate how much longer each of an office's line will wait. Raises UnknownOffice."""
    (line,) = lines.read(tx, [_heading(tx, query.office)])
    return LineWaits(
        office=line.office,
        at=tx.now,
        tickets=tuple(
            TicketWait(number=number, low_minutes=wait.low_minutes, high_minutes=wait.high_minutes)
            for number, wait in line.still()
        ),
    )


def get_statistics(tx: Transaction, query: GetStatistics) -> OfficeStatistics:
    """Say how an office serves today, and did in the last four weeks. Raises UnknownOffice."""
    heading = _heading(tx, query.office)
    today = boards.read_day(tx, heading)
    usual, hours = days.usual(tx, heading.office)
    return OfficeStatistics(
        office=heading.office,
        date=today.date,
        served=today.served,
        waiting=today.waiting,
        now=days.now_served(tx, heading.office, today.date),
        usual=usual,
        hours=hours,
        days=days.days_of(tx, heading.office),
    )


def list_statistics(tx: Transaction, _: ListStatistics) -> NationalStatistics:
    """Say in a line about every office how it serves."""
    served, usual = days.served_today(tx), days.usual_everywhere(tx)
    found = lines.read(tx, boards.read_all(tx))
    return NationalStatistics(
        offices=tuple(_summary(line, served.get(line.office, 0), usual.get(line.office)) for line in found)
    )


def tell_waits(tx: Transaction) -> None:
    """Keep what those who came in these seconds are told, to compare it with how long they wait."""
    offices = lines.with_untold(tx)
    headings = [heading for office in offices if (heading := boards.read(tx, office))]
    for line in lines.read(tx, headings):
        lines.tell(tx, line.untold())


def look_at_counters(tx: Transaction) -> None:
    """Learn when counters are open."""
    rhythm.look(tx)


def write_down_days(tx: Transaction) -> None:
    """Write down what came of the tickets of these days, and show operations how well waits were told."""
    days.write_down(tx)
    first = tx.now.date() - timedelta(days=JUDGED_DAYS)
    for row in days.told_everywhere(tx, first=first):
        metrics.WAITS_TOLD.labels(row.office).set(row.told)
        metrics.WAITS_KEPT.labels(row.office).set(row.kept)
        metrics.WAIT_ERROR_MINUTES.labels(row.office).set(row.error_minutes / row.told if row.told else 0.0)


def sum_up_weeks(tx: Transaction) -> None:
    """Work out the usual waits of four weeks, and forget what is older or too much."""
    days.sum_up(tx)
    service_times.forget(tx, before=tx.now - timedelta(days=days.KEPT_DAYS))


def _heading(tx: Transaction, office: str) -> Heading:
    heading = boards.read(tx, office)
    if heading is None:
        raise UnknownOffice(office=office)
    return heading


def _of_service(line: OfficeLine, service: ServiceCode, wait: WaitRange | None) -> ServiceWaiting:
    return ServiceWaiting(
        service=service,
        waiting=line.waiting_for(service),
        counters=line.counters_for(service),
        low_minutes=wait.low_minutes if wait else None,
        high_minutes=wait.high_minutes if wait else None,
    )


def _summary(line: OfficeLine, served: int, usual: Row[Any] | None) -> OfficeSummary:
    longest = line.longest()
    return OfficeSummary(
        office=line.office,
        counters=len(line.hall.counters),
        waiting=len(line.waiting),
        served=served,
        low_minutes=longest.low_minutes if longest else None,
        high_minutes=longest.high_minutes if longest else None,
        median_minutes=usual.median_minutes if usual else None,
        ninth_decile_minutes=usual.ninth_decile_minutes if usual else None,
    )
