"""What check-in tells of a visit: booking shows it, and does not take back a place that was used."""

import itertools
from typing import Any

import pytest

from contracts.envelope import enclose
from contracts.events import CounterCalled, TicketScanned, TicketServed
from contracts.events.checkin import QueueTicketState
from contracts.requests.booking import Booking, Visit
from contracts.trace import new_traceparent
from services.booking import errors
from services.booking.handlers import visits
from tests.integration.booking.desk import NOW, TODAY, Desk


def ticket(booking: Booking, kind: type[QueueTicketState], **changes: Any) -> QueueTicketState:
    """Make one of check-in's events about the ticket of a booking."""
    state = {
        TicketScanned: ("waiting", None, 1),
        CounterCalled: ("called", 2, 2),
        TicketServed: ("served", 2, 3),
    }
    name, counter, version = state[kind]
    return kind(
        **{
            "version": version,
            "ticket_id": booking.booking_id,
            "office": "TRK",
            "date": TODAY,
            "number": "A-001",
            "service": "new",
            "priority": "regular",
            "state": name,
            "person_id": None,
            "display_name": None,
            "counter": counter,
            "calls": version - 1,
            "scanned_at": NOW,
            "called_at": None,
            "finished_at": None,
            **changes,
        }
    )


def hear(desk: Desk, *tickets: QueueTicketState) -> None:
    """Let booking hear of tickets, all in one transaction."""
    heard = [enclose(one, now=NOW, traceparent=new_traceparent()) for one in tickets]
    desk.do(visits.remember_visits, heard)


@pytest.mark.parametrize(
    ("kind", "visit"),
    [
        (TicketScanned, Visit(number="A-001", state="waiting", counter=None)),
        (CounterCalled, Visit(number="A-001", state="called", counter=2)),
        (TicketServed, Visit(number="A-001", state="served", counter=2)),
    ],
)
def test_a_booking_shows_how_far_its_visit_is(desk: Desk, kind: type[QueueTicketState], visit: Visit) -> None:
    """Alone and in the list."""
    person = desk.person()
    booking = desk.book(person, desk.add_slot())
    assert desk.booking(person, booking.code).visit is None
    hear(desk, ticket(booking, kind))
    assert desk.booking(person, booking.code).visit == visit
    assert [one.visit for one in desk.bookings_of(person)] == [visit]


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("order", list(itertools.permutations((TicketScanned, CounterCalled, TicketServed))))
def test_the_order_in_which_tickets_are_heard_does_not_matter(
    desk: Desk, order: tuple[type[QueueTicketState], ...], together: bool
) -> None:
    """One after the other or in one transaction, and each of them twice."""
    person = desk.person()
    booking = desk.book(person, desk.add_slot())
    heard = [ticket(booking, kind) for kind in (*order, *order)]
    if together:
        hear(desk, *heard)
    else:
        for one in heard:
            hear(desk, one)
    shown = desk.booking(person, booking.code)
    assert (shown.status, shown.visit) == ("served", Visit(number="A-001", state="served", counter=2))


def test_who_was_served_may_book_again_at_once(desk: Desk) -> None:
    """Before, their slot would have had to end; the place stays taken."""
    person, slot, later = desk.person(), desk.add_slot(hour=9), desk.add_slot(hour=11)
    booking = desk.book(person, slot)
    hear(desk, ticket(booking, CounterCalled))
    with pytest.raises(errors.AlreadyBooked):
        desk.book(person, later, key="key-0002")
    hear(desk, ticket(booking, TicketServed))
    assert desk.book(person, later, key="key-0002").status == "booked"
    assert desk.booked(slot) == desk.rows_in(slot) == 1


@pytest.mark.parametrize("kind", [TicketScanned, CounterCalled, TicketServed])
def test_who_is_in_the_hall_or_was_served_cannot_give_the_booking_up(
    desk: Desk, kind: type[QueueTicketState]
) -> None:
    """The place was used: it is not sold again."""
    person, slot = desk.person(), desk.add_slot()
    booking = desk.book(person, slot)
    hear(desk, ticket(booking, kind))
    desk.heard()
    with pytest.raises(errors.VisitBegun) as refused:
        desk.cancel(person, booking.code)
    assert refused.value.data == {"code": booking.code}
    assert desk.booked(slot) == 1
    assert desk.heard() == []


def test_a_booking_that_was_given_up_stays_so_when_its_ticket_was_scanned_at_the_same_moment(
    desk: Desk,
) -> None:
    """Check-in had not heard of it; asked again, it is answered the same."""
    person, slot = desk.person(), desk.add_slot()
    booking = desk.cancel(person, desk.book(person, slot).code)
    hear(desk, ticket(booking, TicketServed))
    assert desk.cancel(person, booking.code).status == "cancelled"
    assert desk.booked(slot) == 0


def test_a_ticket_without_a_booking_of_ours_is_passed_over(desk: Desk) -> None:
    """Others in the same transaction are not."""
    person = desk.person()
    booking = desk.book(person, desk.add_slot())
    stranger = ticket(booking, TicketScanned, ticket_id="01976a00-0000-7000-8000-0000000000b1")
    hear(desk, stranger, ticket(booking, TicketScanned))
    assert desk.booking(person, booking.code).visit is not None
