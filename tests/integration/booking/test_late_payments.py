"""Money that arrives after the hold has ended: it never ends as expired."""

from datetime import timedelta

import pytest

from contracts.events import PaymentSettled, SlotBooked
from contracts.requests.booking import Booking
from services.booking import errors
from services.booking.handlers import own_bookings, own_data
from services.booking.handlers.returns import return_due_places
from tests.integration.booking.desk import NOW, TODAY, Desk
from tests.integration.booking.paying import HOUR, LATE, choose, expire, pay, payment, prepaid
from tests.integration.booking.planning import TOMORROW, apply, plan, slot_ids
from tests.integration.booking.test_waitlist import join


def test_late_money_gets_the_same_place_while_it_cools_down(
    till: Desk, place: str, held: tuple[str, Booking]
) -> None:
    """Nobody else could have it yet."""
    person, booking = held
    expire(till, now=LATE)
    till.heard()
    assert pay(till, booking, now=LATE).outcome == "restored"
    assert [type(event) for event in till.heard()] == [SlotBooked, PaymentSettled]
    restored = till.booking(person, booking.code)
    assert (restored.status, restored.starts_at) == ("booked", booking.starts_at)
    till.do(return_due_places, till.returns, now=LATE + 2 * HOUR)
    assert till.booked(place) == till.rows_in(place) == 1


def test_late_money_gets_a_place_of_the_slot_that_is_free_again(
    till: Desk, place: str, held: tuple[str, Booking]
) -> None:
    """After the cool-down anybody can have it, so its person can."""
    person, booking = held
    expire(till, now=LATE)
    till.do(return_due_places, till.returns, now=LATE + 1.1 * HOUR)
    assert pay(till, booking, now=LATE + 2 * HOUR).outcome == "restored"
    assert till.booking(person, booking.code).status == "booked"
    assert till.booked(place) == till.rows_in(place) == 1


def test_late_money_does_not_take_what_another_gave_up(
    till: Desk, place: str, held: tuple[str, Booking]
) -> None:
    """Or a place could be handed to a chosen person by paying at the right moment."""
    person, booking = held
    expire(till, now=LATE)
    later = LATE + 1.1 * HOUR
    till.do(return_due_places, till.returns, now=later)
    other = till.person()
    till.cancel(other, till.book(other, place, now=later).code, now=later)
    assert pay(till, booking, now=later).outcome == "credited"
    assert till.booking(person, booking.code).status == "paid"


def test_late_money_finds_the_nearest_place(till: Desk, place: str, held: tuple[str, Booking]) -> None:
    """Where the same place is sold: nearest to the time that was chosen, and a day ahead at least."""
    person, booking = held
    expire(till, now=LATE)
    later = LATE + 1.1 * HOUR
    till.do(return_due_places, till.returns, now=later)
    till.book(till.person(), place, now=later)
    till.add_slot(hour=10, day=TOMORROW)
    near = till.add_slot(hour=15, day=TOMORROW)
    till.add_slot(hour=8, day=TODAY + timedelta(days=2))
    till.heard()
    assert pay(till, booking, now=later).outcome == "moved"
    told, settled = till.heard()
    assert isinstance(told, SlotBooked)
    assert isinstance(settled, PaymentSettled)
    moved = till.booking(person, booking.code)
    assert moved.starts_at == told.starts_at == settled.starts_at == booking.starts_at + HOUR
    assert till.booked(near) == till.rows_in(near) == 1
    assert choose(till, person, moved, till.add_slot(hour=9, day=TODAY + timedelta(days=3))).version == 4


def test_late_money_that_finds_no_place_is_a_right_to_choose(
    till: Desk, place: str, held: tuple[str, Booking]
) -> None:
    """Of any place, free of charge, without notice; the booking is paid, and not ahead."""
    person, booking = held
    expire(till, now=LATE)
    till.do(return_due_places, till.returns, now=LATE + 1.1 * HOUR)
    later = LATE + 2 * HOUR
    till.book(till.person(), place, now=later)
    assert pay(till, booking, now=later).outcome == "credited"
    credit = till.booking(person, booking.code)
    assert (credit.status, payment(credit).status, credit.ticket) == ("paid", "credit", "")
    soon = till.add_slot(hour=16, day=TODAY)
    till.heard()
    chosen = choose(till, person, credit, soon, now=later)
    assert (chosen.status, payment(chosen).status) == ("booked", "paid")
    assert [type(event) for event in till.heard()] == [SlotBooked]
    assert till.booked(soon) == till.rows_in(soon) == 1


def test_late_money_of_who_has_another_booking_waits_for_them(
    till: Desk, place: str, held: tuple[str, Booking]
) -> None:
    """One booking ahead a person; the right to choose can be used when the other one is given up."""
    person, booking = held
    expire(till, now=LATE)
    elsewhere = till.add_slot(hour=10, day=TODAY + timedelta(days=3))
    other = till.book(person, elsewhere, key="key-0002", now=LATE)
    assert pay(till, booking, now=LATE).outcome == "credited"
    credit = till.booking(person, booking.code)
    with pytest.raises(errors.AlreadyBooked) as refused:
        choose(till, person, credit, elsewhere, now=LATE)
    assert refused.value.data == {"code": other.code}
    till.cancel(person, other.code, now=LATE)
    assert choose(till, person, credit, elsewhere, now=LATE).status == "booked"


@pytest.mark.parametrize("is_late", [False, True])
def test_money_for_a_day_that_is_closed_finds_another(till: Desk, is_late: bool) -> None:
    """The office closed the day while the place was held."""
    prepaid(till)
    person = till.person()
    booking = till.book(person, slot_ids(till)[0])
    prepaid(till, closures=[{"from_date": str(TOMORROW), "reason": "Banjir"}])
    now = LATE if is_late else NOW + HOUR
    expire(till, now=now)
    assert pay(till, booking, now=now).outcome == "moved"
    moved = till.booking(person, booking.code)
    assert (moved.status, moved.date) == ("booked", TODAY + timedelta(days=2))
    apply(till, plan())


def test_what_is_offered_to_who_waits_is_not_taken_away_by_late_money(
    till: Desk, place: str, held: tuple[str, Booking]
) -> None:
    """Who was offered the place has it for the time of the offer."""
    _, booking = held
    join(till, till.person())
    expire(till, now=LATE)
    till.do(return_due_places, till.returns, now=LATE + 1.1 * HOUR)
    assert pay(till, booking, now=LATE + 1.2 * HOUR).outcome == "credited"


def test_who_is_erased_gets_no_booking_by_late_money(
    till: Desk, place: str, held: tuple[str, Booking]
) -> None:
    """What was not paid is given up with the account, and shows no name again."""
    person, booking = held
    expire(till, now=LATE)
    erasing = own_data.Erasing(
        vault=till.vault,
        give_up=lambda tx, command: own_bookings.cancel_booking(tx, command, signer=till.ticket_signer),
    )
    till.do(own_data.erase, person, actor=person, erasing=erasing, now=LATE)
    assert pay(till, booking, now=LATE).refund_reason == "given_up"
