"""A week of an office as its head sees it in the tests of pages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from contracts.requests import Request
from contracts.requests.reports import (
    ChosenCalls,
    CounterSuggestions,
    GetReport,
    OfficeReport,
    ReportedDay,
    ReportedHour,
    ReportedService,
    ReportedStep,
    SuggestCounters,
    SuggestedHour,
    Times,
    Visits,
)
from tests.e2e.samples import DAY

_NOBODY = Times(
    called=0,
    attended=0,
    wait_median_minutes=None,
    wait_ninth_decile_minutes=None,
    serving_median_minutes=None,
    serving_ninth_decile_minutes=None,
    goals_missed=0,
)
_MONDAY = DAY - timedelta(days=DAY.weekday() + 7)


def times(called: int, *, longer: int = 0) -> Times:
    """Return the times of some people, some minutes longer than usual."""
    return Times(
        called=called,
        attended=called - called // 16,
        wait_median_minutes=11 + longer,
        wait_ninth_decile_minutes=27 + 2 * longer,
        serving_median_minutes=9,
        serving_ninth_decile_minutes=18,
        goals_missed=called // 9,
    )


def visits(admitted: int) -> Visits:
    """Return so many visits, most of which ended well."""
    lost = {"incomplete": admitted // 20, "rejected": admitted // 90, "other_day": admitted // 50}
    no_shows = admitted // 16
    return Visits(
        admitted=admitted,
        walk_ins=admitted // 5,
        served=admitted - no_shows - sum(lost.values()),
        no_shows=no_shows,
        **lost,
    )


def report(query: GetReport) -> OfficeReport:
    """Return a week."""
    people = (96, 104, 88, 91, 62)
    hours = {8: 70, 9: 98, 10: 84, 11: 52, 13: 66, 14: 48, 15: 23}
    services = {"new": 230, "renewal": 141, "collection": 70}
    return OfficeReport(
        office=query.office,
        from_date=query.from_date,
        to_date=query.to_date,
        visits=visits(441),
        times=times(441),
        days=tuple(
            ReportedDay(
                date=_MONDAY + timedelta(days=at),
                visits=visits(many),
                times=times(many, longer=max(0, 3 - at)),
            )
            for at, many in enumerate(people)
        ),
        hours=tuple(
            ReportedHour(hour=hour, visits=visits(many), times=times(many, longer=max(0, many // 12 - 4)))
            for hour, many in hours.items()
        ),
        services=tuple(
            ReportedService(service=service, visits=visits(many), times=times(many))  # type: ignore[arg-type]
            for service, many in services.items()
        ),
        steps=(
            ReportedStep(service="new", step="documents", goal_minutes=10, times=times(230)),
            ReportedStep(service="new", step="biometrics", goal_minutes=15, times=times(214, longer=6)),
            ReportedStep(service="renewal", step="service", goal_minutes=15, times=times(141)),
            ReportedStep(service="collection", step="service", goal_minutes=5, times=times(70)),
        ),
        chosen_calls=(ChosenCalls(reason="far", calls=4), ChosenCalls(reason="ill", calls=2)),
    )


def empty_report(query: GetReport) -> OfficeReport:
    """Return days on which nobody came."""
    nothing = {"days": (), "hours": (), "services": (), "steps": (), "chosen_calls": ()}
    return replace(report(query), visits=visits(0), times=_NOBODY, **nothing)  # type: ignore[arg-type]


def suggestions(query: SuggestCounters) -> CounterSuggestions:
    """Return some hours: one with too few counters, one with more than it needs, one that is right."""
    told = ((1, 9, 21, 2, 38, 3), (1, 10, 18, 3, 97, 3), (2, 9, 33, 3, 0, 6), (4, 15, 4, 3, 100, 1))
    return CounterSuggestions(
        office=query.office,
        goal_minutes=query.goal_minutes,
        days=19,
        hours=tuple(
            SuggestedHour(
                weekday=weekday,
                hour=hour,
                arrivals=arrivals,
                counters=counters,
                kept_percent=kept,
                suggested=needed,
            )
            for weekday, hour, arrivals, counters, kept, needed in told
        ),
    )


OF_REPORTS: dict[type[Request[Any]], Callable[[Any], Any]] = {
    GetReport: report,
    SuggestCounters: suggestions,
}
