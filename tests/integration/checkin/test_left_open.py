"""Counters that officers left open: the night closes them, each by its office's own clock."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from contracts.events import CounterClosed, TicketTransferred
from contracts.requests.checkin import OpenCounter
from contracts.requests.counter_deeds import PauseCounter, TransferTicket, UndoLast
from services.checkin import errors, handlers
from tests.contention import overlap
from tests.integration.checkin.hall import NOON, TARAKAN, Hall

MIDNIGHT = NOON + timedelta(hours=12)
MORNING = NOON + timedelta(hours=20)


def test_a_counter_that_was_left_open_is_closed_at_midnight(hall: Hall) -> None:
    """Not a second before it; a paused one too. Who sat there last is not asked."""
    hall.open(1)
    hall.open(2)
    hall.at(handlers.pause_counter, PauseCounter, 2)
    assert _closed(hall, MIDNIGHT - timedelta(seconds=1)) == []
    assert _closed(hall, MIDNIGHT) == [1, 2]
    assert _closed(hall, MIDNIGHT) == []
    with pytest.raises(errors.CounterIsClosed):
        hall.call(now=MORNING)


def test_midnight_is_that_of_the_office(hall: Hall) -> None:
    """Jayapura's is an hour before Tarakan's."""
    hall.hear(replace(TARAKAN, office="JPR", timezone="Asia/Jayapura"))
    hall.open(1)
    hall.open(2, office="JPR")
    assert _closed(hall, MIDNIGHT - timedelta(hours=1)) == [2]
    assert _closed(hall, MIDNIGHT) == [1]


def test_who_is_still_before_a_counter_keeps_it_open(hall: Hall) -> None:
    """It is used in the morning then, and so not closed beneath its officer, whatever they undo."""
    hall.arrive()
    hall.open()
    hall.call()
    assert _closed(hall, MIDNIGHT) == []
    hall.finish(now=MORNING)
    assert _closed(hall, MORNING + timedelta(seconds=1)) == []
    hall.at(handlers.undo_last, UndoLast)
    hall.finish()
    assert _closed(hall, MORNING + timedelta(minutes=5)) == []
    assert _closed(hall, MIDNIGHT + timedelta(days=1)) == [1]


def test_work_of_today_keeps_a_counter_open(hall: Hall) -> None:
    """Without it the counter, opened yesterday, would close."""
    hall.open()
    hall.arrive(date=MORNING.date(), starts_at=MORNING, now=MORNING)
    hall.call(now=MORNING)
    hall.finish()
    assert _closed(hall, MORNING + timedelta(hours=1)) == []


def test_who_was_sent_to_it_waits_for_all_counters(hall: Hall) -> None:
    """As when an officer closes it."""
    hall.arrive()
    hall.open(1)
    hall.open(2)
    hall.call(1)
    hall.at(handlers.transfer_ticket, TransferTicket, 1, to_counter=2)
    hall.said()
    hall.do(handlers.close_left_open, now=MIDNIGHT)
    released = [event for event in hall.said() if isinstance(event, TicketTransferred)]
    assert [(event.number, event.for_counter) for event in released] == [("A-001", None)]


def test_a_counter_in_hand_is_not_waited_for(hall: Hall) -> None:
    """An officer who opens it anew at that moment keeps it."""
    hall.open()
    again = OpenCounter(office="TRK", counter=1, officer="officer")
    overlap(
        hall.database,
        lambda tx: handlers.open_counter(tx, again),
        lambda: _closed(hall, MORNING),
        second_waits=False,
        now=MORNING,
    )
    assert _closed(hall, MORNING + timedelta(minutes=10)) == []


def _closed(hall: Hall, now: datetime) -> list[int]:
    """Let the night do its work; return the counters that closed."""
    hall.said()
    hall.do(handlers.close_left_open, now=now)
    return [event.counter for event in hall.said() if isinstance(event, CounterClosed)]
