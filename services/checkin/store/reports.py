"""An office's past days, read for its head."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Select, Table, bindparam, func, select, union_all

from chassis.database import Transaction
from contracts.requests.reports import Visits
from contracts.words import CallReason
from services.checkin.domain.report import HourOfStep, HourOfVisits
from services.checkin.store import sums
from services.checkin.store.tables import (
    call_choice,
    choice_day,
    office,
    queue_ticket,
    step_hour,
    step_record,
    visit_hour,
)

_VISITS = tuple(field.name for field in fields(Visits))


def _asked(query: Select[Any], table: Table) -> Select[Any]:
    return query.where(
        table.c.office == bindparam("at_office"),
        table.c.date.between(bindparam("first"), bindparam("last")),
    )


_READ_VISITS, _READ_TIMES, _READ_CHOICES = (
    union_all(_asked(known, table), _asked(select(summed), summed))
    for known, table, summed in (
        (sums.visit_hours(queue_ticket), queue_ticket, visit_hour),
        (sums.step_hours(step_record), step_record, step_hour),
        (sums.choice_days(call_choice), call_choice, choice_day),
    )
)

_BEGUN = sums.hour_of(step_record.c.waiting_since)
_CALLED = sums.hour_of(step_record.c.called_at)
_AT_OFFICE = select().select_from(step_record).join(office, office.c.code == step_record.c.office)
_READ_ARRIVALS = _asked(
    _AT_OFFICE.add_columns(step_record.c.date, _BEGUN.label("hour"), func.count().label("many")), step_record
).group_by(step_record.c.date, _BEGUN)
_READ_COUNTERS = _asked(
    _AT_OFFICE.add_columns(
        step_record.c.date,
        _CALLED.label("hour"),
        func.count(step_record.c.counter.distinct()).label("many"),
    ),
    step_record,
).group_by(step_record.c.date, _CALLED)
_READ_DURATIONS = _asked(
    select(sums.seconds(step_record.c.finished_at - step_record.c.called_at).label("seconds")), step_record
).order_by("seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What days were like: who came in an hour, how many counters were at work, how long each took."""

    arrivals: dict[tuple[date, int], int]
    counters: dict[tuple[date, int], int]
    seconds: tuple[int, ...]


def visits(tx: Transaction, at_office: str, first: date, last: date) -> Sequence[HourOfVisits]:
    """Return who came, hour by hour; an hour may come twice, in parts."""
    return [
        HourOfVisits(
            date=row.date,
            hour=row.hour,
            service=row.service,
            visits=Visits(**{name: getattr(row, name) for name in _VISITS}),
        )
        for row in tx.execute(_READ_VISITS, _range(at_office, first, last))
    ]


def times(tx: Transaction, at_office: str, first: date, last: date) -> Sequence[HourOfStep]:
    """Return waits and servings, hour by hour and step by step; an hour may come twice, in parts."""
    return [
        HourOfStep(
            date=row.date,
            hour=row.hour,
            service=row.service,
            step=row.step,
            waits=row.waits,
            servings=row.servings,
        )
        for row in tx.execute(_READ_TIMES, _range(at_office, first, last))
    ]


def choices(tx: Transaction, at_office: str, first: date, last: date) -> Counter[CallReason]:
    """Count calls out of turn by reason."""
    found: Counter[CallReason] = Counter()
    for row in tx.execute(_READ_CHOICES, _range(at_office, first, last)):
        found[row.reason] += row.calls
    return found


def worked(tx: Transaction, at_office: str, first: date, last: date) -> Worked:
    """Return how an office worked on days that are still known one by one."""
    days = _range(at_office, first, last)
    arrivals, counters = (
        {(row.date, row.hour): row.many for row in tx.execute(query, days)}
        for query in (_READ_ARRIVALS, _READ_COUNTERS)
    )
    durations = tuple(row.seconds for row in tx.execute(_READ_DURATIONS, days))
    return Worked(arrivals=arrivals, counters=counters, seconds=durations)


def _range(at_office: str, first: date, last: date) -> dict[str, Any]:
    return {"at_office": at_office, "first": first, "last": last}
