"""The reports of an office: what its days came to, also when nobody's visit is known any more."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import insert, select

from contracts.requests.counter_deeds import CallTicket
from contracts.requests.reports import (
    ChosenCalls,
    CounterSuggestions,
    GetReport,
    OfficeReport,
    SuggestCounters,
    Times,
    Visits,
)
from contracts.requests.walk_in import IssueWalkIn
from services.checkin import errors, handlers
from services.checkin.handlers import reports, walk_ins
from services.checkin.handlers.retention import SUMS_KEPT
from services.checkin.store.tables import choice_day, step_hour, step_record, visit_hour, walk_in_day
from tests.integration.checkin.hall import NOON, TARAKAN, TODAY, Hall, booking, rescheduled, ticket

KEPT = timedelta(days=30)


@pytest.fixture
def worked(hall: Hall) -> Hall:
    """A day: three served (one of them chosen), one incomplete, one absent; who walked in still waits."""
    with hall.database.transaction(now=NOON) as tx:
        places = {"office": "TRK", "date": TODAY, "services": ["collection"], "places": [5], "version": 1}
        tx.execute(insert(walk_in_day), places)
    people = [hall.arrive(now=NOON + timedelta(minutes=minute)) for minute in range(5)]
    walk_in = IssueWalkIn(
        office="TRK", for_service="collection", request_id="0199a1b2-0000-7000-8000-0000000000aa"
    )
    hall.do(lambda tx: walk_ins.issue_walk_in(tx, walk_in), now=NOON + timedelta(minutes=5))
    hall.open()
    chosen: dict[str, Any] = {"number": people[2].number, "reason": "ill", "note": None}
    _serve(hall, partial(hall.at, handlers.call_ticket, CallTicket, **chosen), called=10, minutes=6)
    _serve(hall, hall.call, called=20, minutes=20)
    _serve(hall, hall.call, called=45, minutes=4, outcome="incomplete")
    hall.now = NOON + timedelta(minutes=50)
    hall.call()
    hall.recall()
    hall.no_show()
    _serve(hall, hall.call, called=65, minutes=8)
    return hall


def test_a_day_is_told_in_its_numbers(worked: Hall) -> None:
    """By day, by the hour in which people came, by service and by step."""
    report = _report(worked, TODAY, TODAY)
    assert report.visits == Visits(
        admitted=6, walk_ins=1, served=3, incomplete=1, rejected=0, other_day=0, no_shows=1
    )
    assert (report.times.called, report.times.attended, report.times.goals_missed) == (5, 4, 1)
    assert report.times.serving_median_minutes == 7
    assert report.times.wait_ninth_decile_minutes == 55
    assert [(day.date, day.visits.admitted) for day in report.days] == [(TODAY, 6)]
    assert [(hour.hour, hour.visits.admitted) for hour in report.hours] == [(12, 6)]
    assert [(one.service, one.visits.walk_ins) for one in report.services] == [("collection", 1), ("new", 0)]
    assert [(one.service, one.step, one.goal_minutes) for one in report.steps] == [("new", "service", 15)]
    assert report.chosen_calls == (ChosenCalls(reason="ill", calls=1),)


def test_the_numbers_stay_when_the_visits_are_forgotten(worked: Hall) -> None:
    """Exactly the same, however often the clock comes by; and nothing in them is about a person."""
    before = _report(worked, TODAY, TODAY)
    later = NOON + KEPT + timedelta(days=1)
    for _ in range(3):
        worked.do(partial(handlers.forget_past_queues, kept=KEPT), now=later)
        assert _report(worked, TODAY, TODAY, now=later) == before
    with worked.database.transaction() as tx:
        assert tx.execute(select(step_record)).all() == []
        (cell,) = tx.execute(select(step_hour)).all()
    assert cell.waits == sorted(cell.waits)
    assert {column.name for column in step_hour.c} == {
        *("office", "date", "hour", "service", "step", "waits", "servings")
    }


def test_who_is_finished_long_after_the_day_is_added_to_it(hall: Hall) -> None:
    """A ticket that was left before a counter, when its day is summed up already."""
    hall.arrive()
    hall.arrive()
    hall.open()
    hall.call()
    later = NOON + KEPT + timedelta(days=1)
    hall.do(partial(handlers.forget_past_queues, kept=KEPT), now=later)
    hall.finish(now=later)
    report = _report(hall, TODAY, TODAY, now=later)
    assert (report.visits.admitted, report.visits.served) == (2, 1)
    hall.do(partial(handlers.forget_past_queues, kept=KEPT), now=later)
    assert _report(hall, TODAY, TODAY, now=later) == report


def test_who_waited_in_vain_and_comes_on_another_day_is_counted_on_both(hall: Hall) -> None:
    """Their booking was moved; the first day keeps that they were there."""
    tomorrow = TODAY + timedelta(days=1)
    moved = booking()
    hall.hear(moved)
    hall.scan(ticket(moved))
    again = rescheduled(moved, NOON + timedelta(days=1))
    hall.hear(again, now=NOON + timedelta(days=1))
    hall.scan(ticket(again))
    for now in (hall.now, NOON + KEPT + timedelta(days=3)):
        hall.do(partial(handlers.forget_past_queues, kept=KEPT), now=now)
        report = _report(hall, TODAY, tomorrow, now=now)
        assert [(day.date, day.visits.admitted) for day in report.days] == [(TODAY, 1), (tomorrow, 1)]


def test_after_two_years_the_numbers_go_too(worked: Hall) -> None:
    """A month has its like of last year, and no longer."""
    much_later = NOON + SUMS_KEPT + timedelta(days=1)
    for now in (NOON + KEPT + timedelta(days=1), much_later):
        worked.do(partial(handlers.forget_past_queues, kept=KEPT), now=now)
    with worked.database.transaction() as tx:
        for table in (visit_hour, step_hour, choice_day):
            assert tx.execute(select(table)).all() == []


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (TODAY, TODAY - timedelta(days=1), errors.ReportEndsBeforeItBegins),
        (TODAY - timedelta(days=92), TODAY, errors.ReportTooLong),
        (TODAY + timedelta(days=1), TODAY + timedelta(days=2), errors.ReportNotBegun),
    ],
)
def test_a_range_that_is_none_is_refused(
    hall: Hall, first: date, last: date, refusal: type[Exception]
) -> None:
    """Backwards, too long, or not begun; today belongs to the office: in Tarakan it begins at 16.00 UTC."""
    with pytest.raises(refusal):
        _report(hall, first, last, now=NOON)
    assert _report(hall, TODAY - timedelta(days=91), TODAY, now=NOON).days == ()
    evening = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    assert _report(hall, TODAY + timedelta(days=1), TODAY + timedelta(days=1), now=evening).days == ()


def test_an_office_that_was_never_announced_has_no_report(hall: Hall) -> None:
    """Nor suggestions."""
    with pytest.raises(errors.UnknownOffice):
        _report(hall, TODAY, TODAY, office="XXX")


def test_an_hour_with_too_few_counters_is_told_how_many_it_needs(hall: Hall) -> None:
    """By four weeks of its own: 24 people an hour, ten minutes each, and three counters at work."""
    _mondays(hall, people=24, minutes=10, counters=3)
    told = _suggest(hall)
    assert told.days == 4
    (hour,) = told.hours
    assert (hour.weekday, hour.hour, hour.arrivals, hour.counters) == (0, 9, 24, 3)
    assert hour.kept_percent == 0
    assert hour.suggested == 5


def test_an_hour_of_one_week_alone_suggests_nothing(hall: Hall) -> None:
    """One day may have been a strange one."""
    _mondays(hall, people=10, minutes=10, counters=1, weeks=1)
    assert _suggest(hall).hours == ()


def test_another_offices_visits_are_not_counted(worked: Hall) -> None:
    """Each office has its own numbers."""
    worked.hear(replace(TARAKAN, office="PTK"))
    assert _report(worked, TODAY, TODAY, office="PTK").visits.admitted == 0
    assert _report(worked, TODAY, TODAY, office="PTK").times == Times(
        called=0,
        attended=0,
        wait_median_minutes=None,
        wait_ninth_decile_minutes=None,
        serving_median_minutes=None,
        serving_ninth_decile_minutes=None,
        goals_missed=0,
    )


def _serve(hall: Hall, call: Any, *, called: int, minutes: int, **outcome: Any) -> None:
    hall.now = NOON + timedelta(minutes=called)
    call()
    hall.finish(now=hall.now + timedelta(minutes=minutes), **outcome)


def _report(
    hall: Hall, first: date, last: date, *, office: str = "TRK", now: datetime | None = None
) -> OfficeReport:
    query = GetReport(office=office, from_date=first, to_date=last)
    return hall.do(lambda tx: reports.get_report(tx, query), now=now)


def _suggest(hall: Hall) -> CounterSuggestions:
    query = SuggestCounters(office="TRK")
    return hall.do(lambda tx: reports.suggest_counters(tx, query, run=lambda function: function()))


def _mondays(hall: Hall, *, people: int, minutes: int, counters: int, weeks: int = 4) -> None:
    """Keep records of some past Mondays, all of whose people came between nine and ten."""
    nine = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    rows = [
        {
            "ticket_id": f"0199a1b2-0000-7000-8000-{week:06d}{at:06d}",
            "step": "service",
            "office": "TRK",
            "date": (nine - timedelta(weeks=week)).date(),
            "service": "new",
            "counter": at % counters + 1,
            "officer": "officer",
            "waiting_since": nine - timedelta(weeks=week),
            "called_at": nine - timedelta(weeks=week) + timedelta(minutes=at),
            "finished_at": nine - timedelta(weeks=week) + timedelta(minutes=at + minutes),
            "outcome": "done",
        }
        for week in range(1, weeks + 1)
        for at in range(people)
    ]
    with hall.database.transaction(now=NOON) as tx:
        tx.execute(insert(step_record), rows)
