"""A citizen reads why the office will not work at the time of a booking."""

from contracts.requests.outages import BookingOutage, ListOwnOutages
from services.booking.handlers.outages import list_own_outages
from tests.integration.booking.desk import Desk
from tests.integration.booking.planning import TOMORROW, apply, booked, closed, plan


def outages(desk: Desk, person: str) -> tuple[BookingOutage, ...]:
    """Ask as a citizen."""
    return desk.do(list_own_outages, ListOwnOutages(person_id=person)).outages


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
