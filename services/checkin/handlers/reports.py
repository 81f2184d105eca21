"""What an office's past days came to, and how many counters its hours need."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Protocol, TypeVar

from chassis.database import Transaction
from contracts.requests import reports as contract
from contracts.words import ServiceCode
from services.checkin.domain import capacity
from services.checkin.domain.office import Office
from services.checkin.domain.report import HourOfStep, HourOfVisits, require_range, sum_times, sum_visits
from services.checkin.errors import UnknownOffice
from services.checkin.store import offices, reports

DAYS_SIMULATED = timedelta(days=28)
LONGEST_SERVING_SECONDS = 90 * 60
"""What takes longer counts as this: a ticket was put aside, or left before its counter."""

_FEWEST_DAYS = 2

T = TypeVar("T")


class _Cell(Protocol):
    @property
    def date(self) -> date: ...

    @property
    def hour(self) -> int: ...

    @property
    def service(self) -> ServiceCode: ...


class Run(Protocol):
    """Calls a function away from the loop that serves everyone else."""

    def __call__(self, function: Callable[[], T], /) -> T:
        """Return what the function returns."""
        ...


def get_report(tx: Transaction, query: contract.GetReport) -> contract.OfficeReport:
    """Add an office's days up, by day, hour, service and step.

    Raises UnknownOffice, ReportEndsBeforeItBegins, ReportTooLong, ReportNotBegun.
    """
    office = _office(tx, query.office)
    require_range(query.from_date, query.to_date, office.today(tx.now))
    asked = (office.code, query.from_date, query.to_date)
    visits, times, choices = (
        reports.visits(tx, *asked),
        reports.times(tx, *asked),
        reports.choices(tx, *asked),
    )
    by_day, by_hour, by_service = (
        _both(office, visits, times, key)
        for key in (lambda cell: cell.date, lambda cell: cell.hour, lambda cell: cell.service)
    )
    return contract.OfficeReport(
        office=office.code,
        from_date=query.from_date,
        to_date=query.to_date,
        visits=sum_visits(visits),
        times=sum_times(office, times),
        days=tuple(contract.ReportedDay(date=day, visits=v, times=t) for day, v, t in by_day),
        hours=tuple(contract.ReportedHour(hour=hour, visits=v, times=t) for hour, v, t in by_hour),
        services=tuple(contract.ReportedService(service=of, visits=v, times=t) for of, v, t in by_service),
        steps=_steps(office, times),
        chosen_calls=tuple(
            contract.ChosenCalls(reason=reason, calls=calls) for reason, calls in sorted(choices.items())
        ),
    )


def suggest_counters(
    tx: Transaction, query: contract.SuggestCounters, *, run: Run
) -> contract.CounterSuggestions:
    """Say how many counters each hour of the week needs; the simulation is left to `run`.

    An hour that fewer than two weeks had is left out. Raises UnknownOffice.
    """
    office = _office(tx, query.office)
    today = office.today(tx.now)
    worked = reports.worked(tx, office.code, today - DAYS_SIMULATED, today - timedelta(days=1))
    return contract.CounterSuggestions(
        office=office.code,
        goal_minutes=query.goal_minutes,
        days=len({day for day, _ in worked.arrivals}),
        hours=run(lambda: _suggested(worked, 60.0 * query.goal_minutes)),
    )


def _suggested(worked: reports.Worked, goal_seconds: float) -> tuple[contract.SuggestedHour, ...]:
    seconds = tuple(max(1, min(each, LONGEST_SERVING_SECONDS)) for each in worked.seconds)
    days: dict[int, set[date]] = defaultdict(set)
    for day, _ in worked.arrivals:
        days[day.weekday()].add(day)
    hours = []
    for weekday, hour in sorted({(day.weekday(), hour) for day, hour in worked.arrivals}):
        at = [(day, hour) for day in days[weekday]]
        if sum(cell in worked.arrivals for cell in at) < _FEWEST_DAYS:
            continue
        hourly = sum(worked.arrivals.get(cell, 0) for cell in at) / len(at)
        counters = round(sum(worked.counters.get(cell, 0) for cell in at) / len(at))
        need = capacity.needed(hourly, seconds, counters, goal_seconds)
        hours.append(
            contract.SuggestedHour(
                weekday=weekday,
                hour=hour,
                arrivals=round(hourly),
                counters=counters,
                kept_percent=round(100 * need.kept),
                suggested=need.counters,
            )
        )
    return tuple(hours)


def _both(
    office: Office,
    visits: Iterable[HourOfVisits],
    times: Iterable[HourOfStep],
    key: Callable[[_Cell], T],
) -> list[tuple[T, contract.Visits, contract.Times]]:
    """Add up by a key, in its order."""
    came, waited = _by(visits, key), _by(times, key)
    return [
        (found, sum_visits(came.get(found, ())), sum_times(office, waited.get(found, ())))
        for found in sorted({*came, *waited})  # type: ignore[type-var]  # dates, hours and codes have an order
    ]


def _steps(office: Office, times: Iterable[HourOfStep]) -> tuple[contract.ReportedStep, ...]:
    found = _by(times, lambda hour: (hour.service, hour.step))
    return tuple(
        contract.ReportedStep(
            service=service,
            step=step,
            goal_minutes=office.goal_minutes(service, step),
            times=sum_times(office, hours),
        )
        for (service, step), hours in sorted(found.items())
    )


C = TypeVar("C")


def _by(cells: Iterable[C], key: Callable[[C], T]) -> dict[T, list[C]]:
    found: dict[T, list[C]] = defaultdict(list)
    for cell in cells:
        found[key(cell)].append(cell)
    return dict(found)


def _office(tx: Transaction, code: str) -> Office:
    office = offices.read(tx, {code}).get(code)
    if office is None:
        raise UnknownOffice(office=code)
    return office
