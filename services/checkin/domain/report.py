"""What an office's hours come to: sums, and the times of half and of nine of ten people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from statistics import quantiles

from contracts.hall import Step
from contracts.requests.reports import MOST_REPORT_DAYS, Times, Visits
from contracts.words import ServiceCode
from services.checkin.domain.office import Office
from services.checkin.errors import ReportEndsBeforeItBegins, ReportNotBegun, ReportTooLong

_VISITS = tuple(field.name for field in fields(Visits))


@dataclass(frozen=True, slots=True, kw_only=True)
class HourOfVisits:
    """Who came for a service in an hour of a day, and how their visits ended."""

    date: date
    hour: int
    service: ServiceCode
    visits: Visits


@dataclass(frozen=True, slots=True, kw_only=True)
class HourOfStep:
    """How long those waited and were served who began to wait for a step in an hour of a day, in seconds."""

    date: date
    hour: int
    service: ServiceCode
    step: Step
    waits: Sequence[int]
    servings: Sequence[int]


def require_range(first: date, last: date, today: date) -> None:
    """Raise where no report can be about these days.

    Raises ReportEndsBeforeItBegins, ReportTooLong, ReportNotBegun.
    """
    if last < first:
        raise ReportEndsBeforeItBegins(from_date=first.isoformat(), to_date=last.isoformat())
    if last - first >= timedelta(days=MOST_REPORT_DAYS):
        raise ReportTooLong(most_days=MOST_REPORT_DAYS)
    if first > today:
        raise ReportNotBegun(from_date=first.isoformat(), today=today.isoformat())


def sum_visits(hours: Iterable[HourOfVisits]) -> Visits:
    """Add up who came."""
    told = [hour.visits for hour in hours]
    return Visits(**{name: sum(getattr(visits, name) for visits in told) for name in _VISITS})


def sum_times(office: Office, hours: Iterable[HourOfStep]) -> Times:
    """Put times together; each step's goal is the one that its office has now."""
    waited: list[int] = []
    served: list[int] = []
    missed = 0
    for hour in hours:
        goal_seconds = 60 * office.goal_minutes(hour.service, hour.step)
        waited += hour.waits
        served += hour.servings
        missed += sum(seconds > goal_seconds for seconds in hour.servings)
    wait, serving = _deciles(waited), _deciles(served)
    return Times(
        called=len(waited),
        attended=len(served),
        wait_median_minutes=wait[0],
        wait_ninth_decile_minutes=wait[1],
        serving_median_minutes=serving[0],
        serving_ninth_decile_minutes=serving[1],
        goals_missed=missed,
    )


def _deciles(seconds: Sequence[int]) -> tuple[int | None, int | None]:
    """Return the fifth and the ninth decile in whole minutes."""
    if not seconds:
        return None, None
    tenths = quantiles(seconds, n=10, method="inclusive") if len(seconds) > 1 else [seconds[0]] * 9
    return round(tenths[4] / 60), round(tenths[8] / 60)
