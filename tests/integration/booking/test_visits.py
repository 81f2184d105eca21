"""What check-in tells of a visit: booking shows it, and does not take back a place that was used."""

import itertools
from datetime import datetime
from typing import Any

import pytest

from contracts.envelope import enclose
from contracts.events import CounterCalled, TicketNoShow, TicketScanned, TicketServed
from contracts.events.checkin import QueueTicketState
from contracts.requests.booking import Booking
from contracts.requests.visit import Visit
from contracts.trace import new_traceparent
from services.booking import errors
from services.booking.handlers import visits
from tests.integration.booking.desk import NOW, Desk
from tests.integration.booking.planning import TOMORROW, apply, closed, plan, slot_ids


def ticket(booking: Booking, kind: type[QueueTicketState], **changes: Any) -> QueueTicketState:
    """Make one of check-in's events about the ticket of a booking."""
    state = {
        TicketScanned: ("waiting", None, 1),
        CounterCalled: ("called", 2, 2),
        TicketServed: ("served", 2, 3),
        TicketNoShow: ("no_show", 2, 3),
    }
    name, counter, version = state[kind]
    return kind(
        **{
            "version": version,
            "ticket_id": booking.booking_id,
            "office": "TRK",
            "date": booking.date,
            "number": "A-001",
            "service": "new",
            "priority": "regular",
            "state": name,
            "person_id": None,
            "display_name": None,
            "counter": counter,
            "calls": version - 1,
            "scanned_at": NOW,
            "turn_at": NOW,
            "waiting_since": NOW,
            "called_at": None,
            "finished_at": None,
            **changes,
        }
    )


def hear(desk: Desk, *tickets: QueueTicketState, at: datetime = NOW) -> None:
    """Let booking hear of tickets, all in one transaction, as of what happened then."""
    heard = [enclose(one, now=at, traceparent=new_traceparent()) for one in tickets]
    desk.do(visits.remember_visits, heard, now=max(at, NOW))


@pytest.mark.parametrize(
    ("kind", "visit"),
    [
        (TicketScanned, Visit(number="A-001", state="waiting", counter=None)),
        (CounterCalled, Visit(number="A-001", state="called", counter=2)),
        (TicketServed, Visit(number="A-001", state="served", counter=2)),
        (TicketNoShow, Visit(number="A-001", state="no_show", counter=2)),
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


@pytest.mark.parametrize("ended", [TicketServed, TicketNoShow])
def test_whose_visit_has_ended_may_book_again_at_once(desk: Desk, ended: type[QueueTicketState]) -> None:
    """Before, their slot would have had to end; the place stays taken."""
    person, slot, later = desk.person(), desk.add_slot(hour=9), desk.add_slot(hour=11)
    booking = desk.book(person, slot)
    hear(desk, ticket(booking, CounterCalled))
    with pytest.raises(errors.AlreadyBooked):
        desk.book(person, later, key="key-0002")
    hear(desk, ticket(booking, ended))
    assert desk.book(person, later, key="key-0002").status == "booked"
    assert desk.booked(slot) == desk.rows_in(slot) == 1


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_who_is_back_after_a_no_show_and_is_served_ends_up_served(
    desk: Desk, order: tuple[int, ...], together: bool
) -> None:
    """In whatever order it is heard."""
    person = desk.person()
    booking = desk.book(person, desk.add_slot())
    turn = {"no_shows": 1}
    told = (
        ticket(booking, TicketNoShow, version=4, **turn),
        ticket(booking, TicketScanned, version=5, **turn),
        ticket(booking, CounterCalled, version=6, **turn),
        ticket(booking, TicketServed, version=7, **turn),
    )
    heard = [told[place] for place in order]
    if together:
        hear(desk, *heard)
    else:
        for one in heard:
            hear(desk, one)
    shown = desk.booking(person, booking.code)
    assert (shown.status, shown.visit) == ("served", Visit(number="A-001", state="served", counter=2))


def test_who_did_not_come_has_a_ticket_to_scan_again_and_stands_when_back(desk: Desk) -> None:
    """What they booked meanwhile stands beside it."""
    person = desk.person()
    booking = desk.book(person, desk.add_slot(hour=9))
    hear(desk, ticket(booking, TicketNoShow, version=4, no_shows=1))
    absent = desk.booking(person, booking.code)
    assert (absent.status, bool(absent.ticket)) == ("no_show", True)
    later = desk.book(person, desk.add_slot(hour=11), key="key-0002")
    hear(desk, ticket(booking, TicketScanned, version=5, no_shows=1))
    assert desk.booking(person, booking.code).status == "booked"
    assert desk.booking(person, later.code).status == "booked"


def test_a_no_show_on_a_day_on_which_the_office_was_shut_for_hours_is_excused(open_desk: Desk) -> None:
    """Whether the outage was declared before or after; on other days it is not."""
    absent = open_desk.person()
    booked = open_desk.book(absent, slot_ids(open_desk)[6])
    hear(open_desk, ticket(booked, TicketNoShow, version=4, no_shows=1))
    visit = open_desk.booking(absent, booked.code).visit
    assert visit is not None
    assert not visit.is_excused
    apply(open_desk, closed(TOMORROW))
    excused = open_desk.booking(absent, booked.code).visit
    assert excused == Visit(number="A-001", state="no_show", counter=2, is_excused=True)
    apply(open_desk, plan())
    assert open_desk.booking(absent, booked.code).visit == visit


@pytest.mark.parametrize("kind", [TicketScanned, CounterCalled, TicketServed, TicketNoShow])
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
