"""An office's day so far, as its head reads it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from contracts.hall import HallRules, Journey, JourneyStep
from contracts.requests.counter_deeds import CallTicket, UndoLast
from contracts.requests.floor_today import CallOutOfTurn, GetToday, StepToday, Today
from contracts.requests.reports import GetReport
from services.checkin import errors, handlers
from services.checkin.handlers import reports
from services.checkin.store import records
from tests.integration.checkin.hall import NOON, TARAKAN, TODAY, Hall

TEN_MINUTES = Journey(services=("new",), steps=(JourneyStep(step="service", goal_minutes=10),))


def _today(hall: Hall, office: str = "TRK") -> Today:
    return hall.do(lambda tx: handlers.get_today(tx, GetToday(office=office)))


def _reasons(hall: Hall) -> tuple[str, ...]:
    query = GetReport(office="TRK", from_date=TODAY, to_date=TODAY)
    return tuple(calls.reason for calls in hall.do(lambda tx: reports.get_report(tx, query)).chosen_calls)


def _serve(hall: Hall, *, minutes: int) -> None:
    """Let somebody come, be called, and be done after so many minutes."""
    hall.arrive()
    hall.call()
    hall.finish(now=hall.now + timedelta(minutes=minutes))


def test_steps_are_counted_against_their_goals(empty_hall: Hall) -> None:
    """Whoever took as long as the goal or longer missed it; no-shows were not served."""
    empty_hall.hear(replace(TARAKAN, hall=HallRules(journeys=(TEN_MINUTES,))))
    empty_hall.open()
    for minutes in (4, 9, 10, 27):
        _serve(empty_hall, minutes=minutes)
    empty_hall.arrive()
    empty_hall.call()
    empty_hall.recall()
    empty_hall.no_show()

    assert _today(empty_hall) == Today(
        office="TRK",
        date=TODAY,
        served=4,
        steps=(
            StepToday(service="new", step="service", goal_minutes=10, done=4, late=2, longest_minutes=27),
        ),
        choices=(),
    )


def test_what_was_undone_was_not_done(hall: Hall) -> None:
    """Neither visit nor step is counted."""
    hall.open()
    hall.arrive()
    hall.call()
    hall.finish()
    hall.at(handlers.undo_last, UndoLast)
    assert (_today(hall).served, _today(hall).steps) == (0, ())


def test_calls_out_of_turn_are_told_with_their_reasons(hall: Hall) -> None:
    """Who called whom, to which counter, why."""
    hall.arrive()
    second = hall.arrive()
    hall.open(2)
    hall.at(handlers.call_ticket, CallTicket, 2, number=second.number, reason="ill", note="Pingsan")
    assert _today(hall).choices == (
        CallOutOfTurn(
            number=second.number, counter=2, officer="officer", called_at=hall.now - timedelta(seconds=1),
            reason="ill", note="Pingsan",
        ),
    )  # fmt: skip


def test_a_call_out_of_turn_that_was_undone_is_not_told(hall: Hall) -> None:
    """Neither today nor in the reports; one that stands still is, also when what followed it is undone."""
    first, second = hall.arrive(), hall.arrive()
    hall.open()
    hall.at(handlers.call_ticket, CallTicket, number=second.number, reason="ill")
    hall.at(handlers.undo_last, UndoLast)
    assert (_today(hall).choices, _reasons(hall)) == ((), ())
    hall.at(handlers.call_ticket, CallTicket, number=first.number, reason="mistake")
    hall.finish()
    hall.at(handlers.undo_last, UndoLast)
    assert [choice.number for choice in _today(hall).choices] == [first.number]
    assert _reasons(hall) == ("mistake",)


def test_if_undo_forgot_no_call_it_would_still_be_told(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control of the test above."""
    monkeypatch.setattr(records, "forget_choice", lambda *_: None)
    waiting = hall.arrive()
    hall.open()
    hall.at(handlers.call_ticket, CallTicket, number=waiting.number, reason="ill")
    hall.at(handlers.undo_last, UndoLast)
    assert [choice.number for choice in _today(hall).choices] == [waiting.number]
    assert _reasons(hall) == ("ill",)


def test_yesterday_is_not_today(hall: Hall) -> None:
    """A new day begins with nothing."""
    hall.open()
    _serve(hall, minutes=5)
    hall.now = NOON + timedelta(days=1)
    assert (_today(hall).served, _today(hall).steps) == (0, ())


def test_an_office_that_nobody_announced_has_no_day(hall: Hall) -> None:
    """As everywhere."""
    with pytest.raises(errors.UnknownOffice):
        _today(hall, "XXX")
