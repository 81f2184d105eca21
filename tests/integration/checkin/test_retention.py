"""Check-in forgets the visits of past days."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from contracts.events import TicketServed
from services.checkin import errors, handlers
from services.checkin.store.tables import expected_ticket, number_sequence, queue_ticket
from tests.integration.checkin.hall import NOON, TODAY, Hall, booking, ticket

KEPT = timedelta(days=30)
LAST_DAY = NOON + KEPT
"""The last day on which what happened on TODAY is still known."""


def test_visits_are_dropped_when_their_time_is_over(hall: Hall) -> None:
    """Bookings, tickets and numbers go together, and not a day too soon; those to come stay."""
    hall.hear(booking(), booking(date=TODAY + timedelta(days=1)))
    hall.arrive()

    _forget(hall, LAST_DAY)
    assert _rows(hall) == {"expected_ticket": 3, "queue_ticket": 1, "number_sequence": 1}

    _forget(hall, LAST_DAY + timedelta(days=1))
    assert _rows(hall) == {"expected_ticket": 1, "queue_ticket": 0, "number_sequence": 0}


def test_a_ticket_left_before_a_counter_stays_until_it_is_finished(hall: Hall) -> None:
    """The counter is not freed behind the boards' back."""
    hall.arrive()
    hall.open()
    hall.call()
    much_later = LAST_DAY + timedelta(days=60)

    _forget(hall, much_later)
    hall.finish(now=much_later)
    assert isinstance(hall.said()[-1], TicketServed)

    _forget(hall, much_later)
    assert _rows(hall) == {"expected_ticket": 0, "queue_ticket": 0, "number_sequence": 0}


def test_a_ticket_whose_new_day_was_not_heard_of_keeps_its_place(hall: Hall) -> None:
    """It is in today's hall, although all that booking told is of a day long past."""
    moved = booking(date=TODAY - timedelta(days=60))
    hall.hear(moved)
    hall.scan(ticket(moved, version=2, date=TODAY))

    _forget(hall, NOON)

    assert _rows(hall) == {"expected_ticket": 1, "queue_ticket": 1, "number_sequence": 1}


def test_an_old_ticket_is_still_refused_when_its_visit_is_forgotten(hall: Hall) -> None:
    """What keeps a ticket from a second visit is its day, not our memory."""
    coming = booking()
    hall.hear(coming)
    hall.scan(ticket(coming))
    later = LAST_DAY + timedelta(days=1)
    _forget(hall, later)

    with pytest.raises(errors.OtherDay):
        hall.scan(ticket(coming, expires_at=later + timedelta(days=1)), now=later)


def _forget(hall: Hall, now: datetime) -> None:
    for forget in (handlers.forget_past_queues, handlers.forget_past_bookings):
        hall.do(partial(forget, kept=KEPT), now=now)


def _rows(hall: Hall) -> dict[str, int]:
    with hall.database.transaction() as tx:
        return {
            table.name: tx.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (expected_ticket, queue_ticket, number_sequence)
        }
