"""Moving bookings to another time."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from contracts.events import BookingRescheduled, TicketScanned
from contracts.refusals import Refused
from contracts.requests.booking import Booking, CancelParty, GetBooking, ListBookings, RescheduleBooking
from contracts.requests.moving import Moving
from services.booking import errors
from services.booking.domain.reschedule import RescheduleRule
from services.booking.handlers import own_bookings, reschedules
from services.booking.handlers.reschedules import Terms
from tests.contention import at_once
from tests.integration.booking.desk import NOW, TODAY, Desk, as_sold
from tests.integration.booking.planning import TOMORROW, apply, closed, plan, slot_ids
from tests.integration.booking.planning import booked as booked_at
from tests.integration.booking.test_parties import booked, family, party
from tests.integration.booking.test_quotas import long_visits
from tests.integration.booking.test_visits import hear, ticket

DAY_AFTER = TODAY + timedelta(days=2)


def move(desk: Desk, person: str, code: str, slot: str, *, now: datetime = NOW, **rule: Any) -> Booking:
    """Move a booking."""
    command = RescheduleBooking(person_id=person, code=code, slot_id=slot)
    terms = Terms(rule=RescheduleRule(**rule), returns=desk.returns)
    given = {"signer": desk.ticket_signer, "terms": terms}
    return desk.do(reschedules.reschedule_booking, command, now=now, **given)


@pytest.fixture
def later(desk: Desk) -> list[str]:
    """Three hours of the day after tomorrow, with two places each."""
    return [desk.add_slot(hour=hour, day=DAY_AFTER, capacity=2) for hour in (9, 10, 11)]


def test_a_moved_booking_has_another_time_and_another_ticket(desk: Desk, later: list[str]) -> None:
    """Its code stays; the old place is free, the new one taken, and everybody hears of both times."""
    person = desk.person()
    before = desk.book(person, later[0])
    desk.heard()
    after = move(desk, person, before.code, later[1])
    assert (after.code, after.version) == (before.code, 2)
    assert after.starts_at == before.starts_at + timedelta(hours=1)
    assert desk.tickets.verify(after.ticket, now=NOW).version == 2
    assert [desk.booked(slot) for slot in later] == [desk.rows_in(slot) for slot in later] == [0, 1, 0]
    (event,) = desk.heard()
    assert isinstance(event, BookingRescheduled)
    assert (event.starts_at, event.previous_starts_at) == (after.starts_at, before.starts_at)
    assert desk.booking(person, before.code) == after


def test_moving_again_to_the_same_slot_changes_nothing(desk: Desk, later: list[str]) -> None:
    """A repeated request is answered the same, and the first booking's key too."""
    person = desk.person()
    code = desk.book(person, later[0]).code
    moved = move(desk, person, code, later[1])
    desk.heard()
    assert move(desk, person, code, later[1]) == moved
    assert desk.book(person, later[0]) == as_sold(moved)
    assert desk.heard() == []


def test_a_booking_is_moved_once_and_until_a_day_before(desk: Desk, later: list[str]) -> None:
    """Both by configuration."""
    person = desk.person()
    booking = desk.book(person, later[0])
    late = booking.starts_at - timedelta(hours=23)
    with pytest.raises(errors.TooLateToReschedule) as refused:
        move(desk, person, booking.code, later[1], now=late)
    assert refused.value.data == {"notice_hours": 24}
    assert move(desk, person, booking.code, later[1], now=late, notice=timedelta(hours=2)).version == 2
    with pytest.raises(errors.RescheduleLimit) as limited:
        move(desk, person, booking.code, later[2])
    assert limited.value.data == {"most": 1}
    assert move(desk, person, booking.code, later[2], most=2).version == 3


def test_what_stands_against_a_new_time_is_told(desk: Desk, later: list[str]) -> None:
    """And the booking stays where it is."""
    person, other = desk.people(2)
    booking = desk.book(person, later[0])
    full = desk.add_slot(hour=13, day=DAY_AFTER, capacity=0)
    elsewhere = desk.add_slot(hour=13, day=DAY_AFTER, service="renewal")
    over = desk.add_slot(hour=8)
    refusals: list[tuple[str, str, type[Refused]]] = [
        (person, full, errors.SlotFull),
        (person, "nine o'clock", errors.UnknownSlot),
        (person, elsewhere, errors.RescheduleElsewhere),
        (person, over, errors.SlotOver),
        (other, later[1], errors.UnknownBooking),
    ]
    for who, slot, refusal in refusals:
        with pytest.raises(refusal):
            move(desk, who, booking.code, slot)
    assert as_sold(desk.booking(person, booking.code)) == booking
    assert desk.booked(later[0]) == 1
    desk.cancel(person, booking.code)
    with pytest.raises(errors.BookingGivenUp):
        move(desk, person, booking.code, later[1])


def test_a_family_moves_whole_or_not_at_all(desk: Desk, later: list[str]) -> None:
    """Two do not fit where one is; who gave up before stays away."""
    guardian, members = family(desk, 2)
    first = desk.add_slot(hour=8, day=DAY_AFTER)
    answer = booked(desk, party(guardian, first, members))
    desk.cancel(guardian, answer.party[2].code)
    desk.book(desk.person(), later[0])
    with pytest.raises(errors.SlotFull):
        move(desk, guardian, answer.code, later[0])
    moved = move(desk, guardian, answer.code, later[1])
    assert [one.status for one in moved.party] == ["booked", "booked", "cancelled"]
    assert (desk.booked(first), desk.booked(later[0]), desk.booked(later[1])) == (0, 1, 2)
    everyone = CancelParty(person_id=guardian, code=answer.code)
    desk.do(own_bookings.cancel_party, everyone, signer=desk.ticket_signer, returns=desk.returns)
    assert desk.booked(later[1]) == desk.rows_in(later[1]) == 0


def test_whom_the_office_let_down_moves_at_any_time(open_desk: Desk) -> None:
    """It does not count, and there is no notice: tomorrow's closure is declared today."""
    person = open_desk.person()
    code = open_desk.book(person, slot_ids(open_desk)[0]).code
    apply(open_desk, closed(TOMORROW))
    slots = slot_ids(open_desk, DAY_AFTER)
    late = NOW + timedelta(hours=23)
    assert move(open_desk, person, code, slots[0], now=late).date == DAY_AFTER
    assert move(open_desk, person, code, slots[1], now=NOW).version == 4


def test_a_long_visit_keeps_the_places_that_it_has(desk: Desk) -> None:
    """Moved by an hour it needs one place more, not two."""
    eight, nine = (slot.slot_id for slot in long_visits(desk)[:2])
    others, person = desk.people(1), desk.person()
    code = desk.book(person, eight).code
    desk.book(others[0], nine)
    assert move(desk, person, code, nine, notice=timedelta(0)).starts_at.hour == 1
    assert (desk.booked(eight), desk.booked(nine)) == (0, 2)
    apply(desk, plan(services=["new", "epassport"]))


def test_two_who_swap_their_slots_do_not_block_each_other(desk: Desk, later: list[str]) -> None:
    """Fifty move to and fro at once: everybody has one place in the end."""
    people = desk.people(2)
    codes = [desk.book(person, slot).code for person, slot in zip(people, later, strict=False)]
    calls = [
        partial(move, desk, people[at % 2], codes[at % 2], later[(at // 2) % 3], most=100) for at in range(40)
    ]
    done = at_once(calls)
    assert {type(one) for one in done} <= {Booking, errors.BookingChanged, errors.SlotFull}
    assert sum(desk.booked(slot) for slot in later) == sum(desk.rows_in(slot) for slot in later) == 2


def test_whether_a_booking_may_be_moved_is_told_before_an_hour_is_chosen(
    desk: Desk, later: list[str]
) -> None:
    """As often and until when as the refusal would have it; alone and in the list."""
    person = desk.person()
    booking = desk.book(person, later[0])
    until = booking.starts_at - timedelta(days=1)
    assert moving(desk, person) == Moving(can_be_moved=True, until=until, moves_left=1)
    assert moving(desk, person, now=until + timedelta(minutes=1)).why_not == "too_late_to_reschedule"
    move(desk, person, booking.code, later[1])
    assert moving(desk, person) == Moving(can_be_moved=False, why_not="reschedule_limit")
    assert moving(desk, person, most=2).moves_left == 1
    hear(desk, ticket(desk.booking(person, booking.code), TicketScanned))
    assert moving(desk, person, most=2).why_not == "visit_begun"


def test_whom_the_office_let_down_is_told_that_they_may_move_at_any_time(open_desk: Desk) -> None:
    """However often they have moved, and with no limit of time."""
    person, _ = booked_at(open_desk)
    apply(open_desk, closed(TOMORROW))
    assert moving(open_desk, person, most=0) == Moving(can_be_moved=True)


def test_a_party_may_not_be_moved_once_one_of_them_is_in_the_hall(desk: Desk, later: list[str]) -> None:
    """It moves whole or not at all."""
    guardian, members = family(desk, 2)
    answer = booked(desk, party(guardian, later[0], members[:1]))
    assert moving(desk, guardian).can_be_moved
    scanned = next(one for one in desk.bookings_of(guardian) if one.code != answer.code)
    hear(desk, ticket(scanned, TicketScanned))
    assert {one.moving for one in desk.bookings_of(guardian)} == {
        Moving(can_be_moved=False, why_not="visit_begun")
    }


def moving(desk: Desk, person: str, *, now: datetime = NOW, **rule: Any) -> Moving:
    """Read of a person's newest booking whether it may be moved, in the list and alone."""
    given = {"signer": desk.ticket_signer, "rule": RescheduleRule(**rule)}
    listed = desk.do(own_bookings.list_bookings, ListBookings(person_id=person), now=now, **given).bookings
    alone = desk.do(
        own_bookings.get_booking, GetBooking(person_id=person, code=listed[0].code), now=now, **given
    )
    assert alone.moving == listed[0].moving
    assert alone.moving is not None
    return alone.moving
