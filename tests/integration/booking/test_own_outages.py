"""A citizen reads why the office will not work at the time of a booking."""

from datetime import datetime, timedelta

import pytest

from contracts.events import CounterCalled, TicketNoShow, TicketScanned, TicketServed
from contracts.events.checkin import QueueTicketState
from contracts.requests.booking import GetBooking
from contracts.requests.moving import Moving
from contracts.requests.outages import BookingOutage, ListOwnOutages
from contracts.requests.visit import Visit
from services.booking import errors
from services.booking.handlers.outages import list_own_outages
from services.booking.handlers.own_bookings import get_booking
from tests.integration.booking.desk import NOW, TODAY, Desk
from tests.integration.booking.paying import RUPIAH, owed, pay, prepaid
from tests.integration.booking.planning import TOMORROW, apply, booked, closed, plan, slot_ids
from tests.integration.booking.test_reschedules import move, moving
from tests.integration.booking.test_visits import hear, ticket

THEN = TODAY + timedelta(days=3)
AFTER = NOW + timedelta(days=2)
"""The day after the one on which the office did not work."""


def outages(desk: Desk, person: str, *, now: datetime = NOW) -> tuple[BookingOutage, ...]:
    """Ask as a citizen."""
    return desk.do(list_own_outages, ListOwnOutages(person_id=person), now=now).outages


def test_an_affected_booking_is_told_with_its_reason(open_desk: Desk) -> None:
    """To its own person alone, until the office works after all."""
    person, booking = booked(open_desk)
    other, _ = booked(open_desk, at=1)
    apply(open_desk, closed(TOMORROW, hours="08.00-09.00"))
    told = BookingOutage(code=booking.code, cause="closed", note="Pemadaman listrik")
    assert outages(open_desk, person) == (told,)
    assert outages(open_desk, other) == ()
    apply(open_desk, plan())
    assert outages(open_desk, person) == ()


def test_a_booking_that_was_given_up_is_not_affected(open_desk: Desk) -> None:
    """Nothing is left to decide."""
    person, booking = booked(open_desk)
    apply(open_desk, closed(TOMORROW))
    open_desk.cancel(person, booking.code)
    assert outages(open_desk, person) == ()


def test_changed_hours_are_a_reason_of_their_own(open_desk: Desk) -> None:
    """As the events tell it."""
    person, _ = booked(open_desk)
    week = [{"days": ["monday"], "open": "08.00-16.00"}]
    apply(open_desk, plan(hours=[{"valid_from": "2026-01-01", "week": week}]))
    (outage,) = outages(open_desk, person)
    assert (outage.cause, outage.note) == ("hours", None)


@pytest.mark.parametrize("was_scanned", [False, True])
def test_whom_the_office_let_down_may_move_after_the_hour_is_over(open_desk: Desk, was_scanned: bool) -> None:
    """Also who had their ticket scanned before it closed: they are told so, and come on another day."""
    person, booking = booked(open_desk)
    if was_scanned:
        hear(open_desk, ticket(booking, TicketScanned))
    apply(open_desk, closed(TOMORROW))
    assert [one.code for one in outages(open_desk, person, now=AFTER)] == [booking.code]
    assert moving(open_desk, person, now=AFTER, most=0) == Moving(can_be_moved=True)
    slot = slot_ids(open_desk, THEN)[0]
    moved = move(open_desk, person, booking.code, slot, now=AFTER, most=0)
    assert (moved.date, moved.status, moved.visit) == (THEN, "booked", None)
    assert outages(open_desk, person, now=AFTER) == ()


def test_what_is_told_of_the_day_before_a_move_does_not_touch_the_new_one(open_desk: Desk) -> None:
    """The hall is emptied by calling whom nobody expects; who was served after all was served."""
    person, booking = booked(open_desk)
    hear(open_desk, ticket(booking, TicketScanned))
    apply(open_desk, closed(TOMORROW))
    moved = move(open_desk, person, booking.code, slot_ids(open_desk, THEN)[0], now=AFTER)
    hear(open_desk, ticket(booking, TicketNoShow))
    assert open_desk.booking(person, booking.code).status == "booked"
    hear(open_desk, ticket(moved, TicketScanned, version=4))
    there = open_desk.booking(person, booking.code)
    assert there.visit == Visit(number="A-001", state="waiting", counter=None)
    hear(open_desk, ticket(booking, TicketServed, version=5))
    assert open_desk.booking(person, booking.code).status == "served"


@pytest.mark.parametrize("was_scanned", [False, True])
def test_whom_the_office_let_down_gets_their_money_back_after_the_hour_is_over(
    open_desk: Desk, was_scanned: bool
) -> None:
    """They booked anew meanwhile, so nothing but the money is left to decide."""
    prepaid(open_desk)
    person, booking = booked(open_desk)
    pay(open_desk, booking)
    if was_scanned:
        hear(open_desk, ticket(booking, TicketScanned))
    prepaid(open_desk, closures=[{"from_date": str(TOMORROW), "reason": "Pemadaman listrik"}])
    slot = slot_ids(open_desk, THEN)[0]
    open_desk.book(person, slot, key="key-0002", now=AFTER)
    assert [one.code for one in outages(open_desk, person, now=AFTER)] == [booking.code]
    assert open_desk.cancel(person, booking.code, now=AFTER).status == "cancelled"
    assert owed(open_desk, now=AFTER) == [("cancelled", RUPIAH)]
    assert open_desk.cancel(person, booking.code, now=AFTER).status == "cancelled"
    assert outages(open_desk, person, now=AFTER) == ()


def test_who_has_booked_anew_is_told_that_they_cannot_move(open_desk: Desk) -> None:
    """As the refusal says; what was not paid for is no concern of theirs any more."""
    person, booking = booked(open_desk)
    apply(open_desk, closed(TOMORROW))
    first, second, *_ = slot_ids(open_desk, THEN)
    open_desk.book(person, first, key="key-0002", now=AFTER)
    assert outages(open_desk, person, now=AFTER) == ()
    query = GetBooking(person_id=person, code=booking.code)
    old = open_desk.do(get_booking, query, signer=open_desk.ticket_signer, now=AFTER)
    assert old.moving == Moving(can_be_moved=False, why_not="already_booked")
    with pytest.raises(errors.AlreadyBooked):
        move(open_desk, person, booking.code, second, now=AFTER)


@pytest.mark.parametrize("visit", [CounterCalled, TicketServed])
def test_who_is_at_a_counter_or_was_served_keeps_nothing_to_take_back(
    open_desk: Desk, visit: type[QueueTicketState]
) -> None:
    """The office worked for them after all."""
    person, booking = booked(open_desk)
    apply(open_desk, closed(TOMORROW))
    hear(open_desk, ticket(booking, visit))
    assert moving(open_desk, person, now=AFTER).why_not == "visit_begun"
    with pytest.raises(errors.VisitBegun):
        move(open_desk, person, booking.code, slot_ids(open_desk, THEN)[0], now=AFTER)
    with pytest.raises(errors.VisitBegun):
        open_desk.cancel(person, booking.code, now=AFTER)


def test_whose_office_worked_loses_the_booking_with_the_hour(open_desk: Desk) -> None:
    """The control of the tests above."""
    person, booking = booked(open_desk)
    assert moving(open_desk, person, now=AFTER).why_not == "booking_over"
    with pytest.raises(errors.BookingOver):
        move(open_desk, person, booking.code, slot_ids(open_desk, THEN)[0], now=AFTER)
    with pytest.raises(errors.BookingOver):
        open_desk.cancel(person, booking.code, now=AFTER)
