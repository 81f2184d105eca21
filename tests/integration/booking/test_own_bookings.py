"""A person's own bookings: reading them and giving them up."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from contracts.events import BookingCancelled
from services.booking.errors import BookingOver, UnknownBooking
from tests.integration.booking.desk import NOW, Desk, as_sold


def test_a_booking_is_read_as_it_was_made(desk: Desk) -> None:
    """By its code."""
    person = desk.person()
    booking = desk.book(person, desk.add_slot())
    assert as_sold(desk.booking(person, booking.code)) == booking


@pytest.mark.parametrize("use_case", [Desk.booking, Desk.cancel])
def test_another_persons_booking_is_unknown(desk: Desk, use_case: Callable[[Desk, str, str], object]) -> None:
    """As unknown as one that never was."""
    owner, other = desk.people(2)
    booking = desk.book(owner, desk.add_slot())
    for person, code in ((other, booking.code), (owner, "TRK-000000"), ("nobody", booking.code)):
        with pytest.raises(UnknownBooking) as refused:
            use_case(desk, person, code)
        assert refused.value.data == {"code": code}


def test_a_persons_bookings_are_listed_newest_first(desk: Desk) -> None:
    """Cancelled ones too; nobody else's."""
    person, other = desk.people(2)
    desk.book(other, desk.add_slot(hour=9))
    old = desk.book(person, desk.add_slot(hour=10))
    cancelled = desk.cancel(person, old.code)
    new = desk.book(person, desk.add_slot(hour=11), key="key-0002", now=NOW + timedelta(minutes=5))
    assert [as_sold(one) for one in desk.bookings_of(person)] == [new, cancelled]
    assert desk.bookings_of("nobody") == ()


def test_a_cancelled_booking_frees_its_place_and_is_told_to_everyone(desk: Desk) -> None:
    """The version has grown, so that every consumer takes it."""
    person, slot = desk.person(), desk.add_slot(capacity=1)
    booking = desk.book(person, slot)
    desk.heard()
    cancelled = desk.cancel(person, booking.code)
    assert (cancelled.status, cancelled.version, cancelled.ticket) == ("cancelled", 2, "")
    assert desk.booked(slot) == 0
    (event,) = desk.heard()
    assert isinstance(event, BookingCancelled)
    assert (event.booking_id, event.status, event.version) == (booking.booking_id, "cancelled", 2)


def test_a_freed_place_can_be_booked_by_others_and_by_the_same_person(desk: Desk) -> None:
    """With a new key: the old one still answers the cancelled booking."""
    person, other = desk.people(2)
    slot = desk.add_slot(capacity=1)
    cancelled = desk.cancel(person, desk.book(person, slot).code)
    assert desk.book(person, slot) == cancelled
    desk.cancel(other, desk.book(other, slot).code)
    assert desk.book(person, slot, key="key-0002").status == "booked"
    assert desk.booked(slot) == desk.rows_in(slot) == 1


def test_cancelling_again_changes_nothing(desk: Desk) -> None:
    """The same answer, no second event, no second place; even when the slot is over by then."""
    person, slot = desk.person(), desk.add_slot()
    booking = desk.book(person, slot)
    first = desk.cancel(person, booking.code)
    desk.heard()
    assert desk.cancel(person, booking.code, now=NOW + timedelta(days=1)) == first
    assert desk.heard() == []
    assert desk.booked(slot) == 0


def test_a_booking_whose_slot_has_ended_cannot_be_cancelled(desk: Desk) -> None:
    """Until the last minute it can."""
    early, late = desk.people(2)
    slot = desk.add_slot(hour=9)
    first, second = desk.book(early, slot), desk.book(late, slot)
    end = first.ends_at
    assert desk.cancel(early, first.code, now=end - timedelta(minutes=1)).status == "cancelled"
    with pytest.raises(BookingOver) as refused:
        desk.cancel(late, second.code, now=end)
    assert refused.value.data == {"code": second.code}
