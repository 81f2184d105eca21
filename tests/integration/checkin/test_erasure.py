"""Check-in forgets a person whose data were erased."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from chassis import tombstones
from chassis.database import Transaction
from contracts.envelope import enclose
from contracts.events import PersonErased, TicketScanned
from contracts.events.booking import BookingState
from contracts.trace import new_traceparent
from services.checkin import handlers
from services.checkin.store.tables import expected_ticket, queue_ticket
from tests.contention import overlap
from tests.integration.checkin.hall import NOON, Hall, booking, cancelled, ticket


def erase(hall: Hall, booked: BookingState) -> None:
    event = PersonErased(
        version=2, person_id=booked.person_id, people=(booked.person_id,), bookings=(booked.booking_id,)
    )
    hall.do(lambda tx: handlers.forget_person(tx, event))


def names(hall: Hall) -> list[tuple[str | None, str | None]]:
    with hall.database.engine.connect() as connection:
        return [
            (row.person_id, row.display_name)
            for table in (expected_ticket, queue_ticket)
            for row in connection.execute(select(table.c.person_id, table.c.display_name))
        ]


def test_neither_name_nor_person_is_left(hall: Hall) -> None:
    """Of a ticket that is in the hall the number stays, so that it can still be called."""
    booked, other = booking(), booking(display_name="Bu Rina")
    hall.hear(booked, other)
    hall.scan(ticket(booked))
    assert (booked.person_id, booked.display_name) in names(hall)
    erase(hall, booked)
    assert sorted(names(hall), key=str) == sorted(
        [(None, None), (None, None), (other.person_id, "Bu Rina")], key=str
    )
    hall.open()
    called = hall.call().ticket
    assert called is not None
    assert called.display_name is None


def test_a_booking_that_is_told_once_more_brings_no_name_back(hall: Hall) -> None:
    """Neither the same event again, nor one that is newer than what is known."""
    booked = booking()
    hall.hear(booked)
    erase(hall, booked)
    hall.hear(booked, cancelled(booked, version=7))
    assert names(hall) == [(None, None)]


def test_a_booking_that_is_told_after_the_erasure_comes_without_its_name(hall: Hall) -> None:
    """Alone and together with another's, which has its name; the ticket is admitted all the same."""
    booked, other = booking(), booking(name="Bu Rina")
    erase(hall, booked)
    hall.hear_together(booked, other)
    assert sorted(names(hall), key=str) == sorted([(None, None), (other.person_id, "Bu Rina")], key=str)
    assert hall.scan(ticket(booked)).display_name is None


def test_a_ticket_in_the_hall_gets_no_name_after_the_erasure(hall: Hall) -> None:
    """Nor is display told one."""
    booked = booking()
    hall.scan(ticket(booked))
    erase(hall, booked)
    hall.said()
    hall.hear(booked)
    assert names(hall) == [(None, None), (None, None)]
    assert not [event for event in hall.said() if isinstance(event, TicketScanned)]


def test_a_booking_that_comes_while_its_person_is_erased_keeps_no_name(hall: Hall) -> None:
    """The erasure waits for it, and then finds it."""
    booked = booking()
    overlap(
        hall.database,
        lambda tx: remember(tx, booked),
        lambda: erase(hall, booked),
        second_waits=True,
        now=NOON,
    )
    assert names(hall) == [(None, None)]


def test_without_the_lock_a_booking_that_comes_meanwhile_keeps_its_name(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control of the test above."""
    monkeypatch.setattr(tombstones, "_LOCK", text("SELECT 1"))
    booked = booking()
    overlap(
        hall.database,
        lambda tx: remember(tx, booked),
        lambda: erase(hall, booked),
        second_waits=False,
        now=NOON,
    )
    assert names(hall) == [(booked.person_id, booked.display_name)]


def test_an_erasure_of_more_than_a_year_ago_is_forgotten(hall: Hall) -> None:
    """The id is kept no longer than an event could come late."""
    booked = booking()
    erase(hall, booked)
    for days, kept in ((364, {booked.person_id}), (366, set())):
        hall.do(handlers.forget_tombstones, now=NOON + timedelta(days=days))
        assert hall.do(lambda tx: tombstones.buried(tx, [booked.person_id])) == kept


def remember(tx: Transaction, booked: BookingState) -> None:
    handlers.remember_bookings(tx, [enclose(booked, now=tx.now, traceparent=new_traceparent())])
