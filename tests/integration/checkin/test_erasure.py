"""Check-in forgets a person whose data were erased."""

from sqlalchemy import select

from contracts.events import PersonErased
from contracts.events.booking import BookingState
from services.checkin import handlers
from services.checkin.store.tables import expected_ticket, queue_ticket
from tests.integration.checkin.hall import Hall, booking, cancelled, ticket


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
    """The same event again is as old as what is known; what booking tells after it has no name."""
    booked = booking()
    hall.hear(booked)
    erase(hall, booked)
    hall.hear(booked)
    assert names(hall) == [(None, None)]
    hall.hear(cancelled(booking(booking_id=booked.booking_id, display_name="–")))
    assert [name for _, name in names(hall)] == ["–"]
