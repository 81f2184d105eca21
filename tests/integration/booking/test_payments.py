"""Places that are paid first: held, paid in time, expired, paid late; no money is lost."""

from functools import partial

import pytest

from contracts.events import BookingExpired, BookingHeld, HoldGivenUp, PaymentSettled, SlotBooked
from contracts.requests.booking import Booking, ListSlots
from services.booking import errors
from services.booking.domain.payment import REPORT_GRACE
from services.booking.handlers import refunds, slots
from services.booking.handlers.returns import return_due_places
from tests.integration.booking.desk import NOW, TODAY, Desk, as_sold
from tests.integration.booking.paying import HOUR, LATE, RUPIAH, choose, expire, money, owed, pay, payment
from tests.integration.booking.planning import TOMORROW, apply, plan, slot_ids
from tests.integration.booking.test_assistance import assist
from tests.integration.booking.test_own_data import export
from tests.integration.booking.test_parties import booked, family, party
from tests.integration.booking.test_waitlist import accept, join


def test_who_books_is_told_a_code_to_pay_and_has_no_ticket(
    till: Desk, place: str, held: tuple[str, Booking]
) -> None:
    """The place is taken, the key answers the same, and check-in hears nothing."""
    person, booking = held
    assert (booking.status, booking.ticket) == ("held", "")
    assert (payment(booking).status, payment(booking).amount) == ("due", RUPIAH)
    assert payment(booking).due_at == NOW + 2 * HOUR
    (told,) = till.heard()
    assert isinstance(told, BookingHeld)
    assert told.exchange == "antrean.private"
    assert (told.billing_code, told.person_id) == (payment(booking).billing_code, person)
    read = till.booking(person, booking.code)
    assert till.book(person, place) == as_sold(read) == booking
    assert till.bookings_of(person) == (read,)
    assert till.booked(place) == till.rows_in(place) == 1
    with pytest.raises(errors.SlotFull):
        till.book(till.person(), place)
    with pytest.raises(errors.AlreadyBooked):
        till.book(person, till.add_slot(hour=15, day=TOMORROW), key="key-0002")


def test_a_place_is_never_held_beyond_the_slots_beginning(till: Desk) -> None:
    """Who books an hour before has an hour."""
    soon = till.add_slot(hour=9, day=TODAY)
    booking = till.book(till.person(), soon)
    assert payment(booking).due_at == booking.starts_at == NOW + 0.5 * HOUR


def test_money_in_time_makes_the_booking_sure(till: Desk, place: str, held: tuple[str, Booking]) -> None:
    """With a ticket; told again it changes nothing, and the hold ends no more."""
    person, booking = held
    till.heard()
    assert pay(till, booking, settlement_id="first").outcome == "confirmed"
    assert [type(event) for event in till.heard()] == [SlotBooked, PaymentSettled]
    paid = till.booking(person, booking.code)
    assert (paid.status, payment(paid).status, paid.version) == ("booked", "paid", 2)
    assert till.tickets.verify(paid.ticket, now=NOW).version == 2
    assert pay(till, booking, settlement_id="first").outcome == "confirmed"
    assert till.heard() == []
    assert expire(till, now=LATE) == 0
    assert till.booked(place) == till.rows_in(place) == 1


def test_nobody_pays_and_the_place_returns_by_chance(
    till: Desk, place: str, held: tuple[str, Booking]
) -> None:
    """It cools down as a cancelled one does; its person may book something else."""
    person, booking = held
    till.heard()
    assert expire(till, now=NOW + 2 * HOUR + 0.9 * REPORT_GRACE) == 0
    assert expire(till, now=LATE) == 1
    assert [type(event) for event in till.heard()] == [BookingExpired]
    over = till.booking(person, booking.code)
    assert (over.status, payment(over).status, over.ticket) == ("expired", "expired", "")
    with pytest.raises(errors.SlotFull):
        till.book(till.person(), place, now=LATE)
    till.do(return_due_places, till.returns, now=LATE + 1.1 * HOUR)
    assert till.booked(place) == till.rows_in(place) == 0
    assert till.book(person, place, key="key-0002", now=LATE + 1.1 * HOUR).status == "held"


def test_money_that_is_not_owed_is_kept_to_be_given_back(
    till: Desk, place: str, held: tuple[str, Booking]
) -> None:
    """Too little, twice, for nothing of ours: answered, written down, and the booking is as it was."""
    person, booking = held
    wrong = pay(till, booking, settlement_id="a", amount=RUPIAH - 1)
    assert (wrong.outcome, wrong.refund_reason) == ("refund_due", "wrong_amount")
    assert till.booking(person, booking.code).status == "held"
    pay(till, booking, settlement_id="b")
    assert pay(till, booking, settlement_id="c").refund_reason == "paid_already"
    assert (
        pay(till, booking, settlement_id="d", billing_code="1" * 15).refund_reason == "unknown_billing_code"
    )
    assert till.booking(person, booking.code).status == "booked"
    assert money(till) == [
        ("refund_due", "wrong_amount"),
        ("confirmed", None),
        ("refund_due", "paid_already"),
        ("refund_due", "unknown_billing_code"),
    ]


def test_other_money_under_an_id_that_is_known_is_kept_once_for_somebody_to_look_at(
    till: Desk, held: tuple[str, Booking]
) -> None:
    """What the id was first told of stands; no person is told, as nobody knows whether the money is there."""
    _, booking = held
    first = pay(till, booking, settlement_id="c")
    till.heard()
    for _ in range(2):
        assert pay(till, booking, settlement_id="c", amount=1).refund_reason == "settlement_id_reused"
    assert pay(till, booking, settlement_id="c") == first
    assert (owed(till), till.heard()) == ([("settlement_id_reused", 1)], [])


def test_a_booking_shows_the_money_that_goes_back_and_when_it_went(
    till: Desk, held: tuple[str, Booking]
) -> None:
    """Another amount while the bill stands; later the share of who gave up."""
    person, booking = held
    pay(till, booking, amount=RUPIAH - 1)
    (wrong,) = payment(till.booking(person, booking.code)).money_back
    assert (wrong.amount, wrong.reason, wrong.refunded_at) == (RUPIAH - 1, "wrong_amount", None)
    pay(till, booking)
    till.cancel(person, booking.code)
    assert payment(till.booking(person, booking.code)).status == "refund_due"
    close = partial(refunds.close_refund, actor="budi", key=till.vault.audit_key)
    till.do(close, wrong.reference, "SP2D-117")
    before = payment(till.booking(person, booking.code))
    assert (before.status, [one.reason for one in before.money_back]) == (
        "refund_due",
        ["wrong_amount", "cancelled"],
    )
    till.do(close, before.money_back[1].reference, "SP2D-118", now=NOW + HOUR)
    after = payment(till.booking(person, booking.code))
    assert (after.status, after.money_back[1].refunded_at) == ("refunded", NOW + HOUR)
    assert [one.payment for one in till.bookings_of(person)] == [after]


def test_a_held_booking_can_be_given_up_and_not_be_moved(
    till: Desk, place: str, held: tuple[str, Booking]
) -> None:
    """Money for it comes too late for ever, and goes back."""
    person, booking = held
    with pytest.raises(errors.PaymentDue):
        choose(till, person, booking, till.add_slot(hour=15, day=TOMORROW))
    till.heard()
    given_up = till.cancel(person, booking.code)
    assert (given_up.status, payment(given_up).status) == ("cancelled", "void")
    assert [type(event) for event in till.heard()] == [HoldGivenUp]
    settled = pay(till, booking)
    assert (settled.outcome, settled.refund_reason) == ("refund_due", "given_up")
    assert payment(till.booking(person, booking.code)).status == "refund_due"
    assert expire(till, now=LATE) == 0


def test_what_has_expired_cannot_be_moved_but_given_up(
    till: Desk, place: str, held: tuple[str, Booking]
) -> None:
    """Then money for it finds no place, as nobody wants one."""
    person, booking = held
    expire(till, now=LATE)
    with pytest.raises(errors.HoldEnded):
        choose(till, person, booking, till.add_slot(hour=15, day=TOMORROW))
    assert till.cancel(person, booking.code, now=LATE).status == "cancelled"
    assert pay(till, booking, now=LATE).refund_reason == "given_up"
    assert till.booked(place) == 1


def test_a_family_has_one_code_and_is_held_and_paid_whole(till: Desk) -> None:
    """Whoever of them gives up gets their part back; the others come."""
    guardian, members = family(till, 2)
    slot = till.add_slot(hour=14, day=TOMORROW, capacity=3)
    answer = booked(till, party(guardian, slot, members))
    assert payment(answer).amount == 3 * RUPIAH
    assert {payment(till.booking(guardian, one.code)) for one in answer.party} == {payment(answer)}
    till.cancel(guardian, answer.party[2].code)
    expire(till, now=LATE)
    assert pay(till, answer, now=LATE).outcome == "restored"
    paid = till.booking(guardian, answer.code)
    assert [one.status for one in paid.party] == ["booked", "booked", "cancelled"]
    assert payment(till.booking(guardian, answer.party[2].code)).status == "refund_due"
    till.do(return_due_places, till.returns, now=LATE + 2 * HOUR)
    assert till.booked(slot) == till.rows_in(slot) == 2


def test_at_the_counter_nothing_is_asked_first(open_desk: Desk) -> None:
    """As it was: a ticket at once, and no payment."""
    booking = open_desk.book(open_desk.person(), slot_ids(open_desk)[0])
    assert (booking.status, booking.payment) == ("booked", None)


def test_an_offer_of_the_waitlist_is_paid_first_too(
    till: Desk, place: str, held: tuple[str, Booking]
) -> None:
    """Who takes it holds the place, and has a code to pay."""
    waiting = till.person()
    entry = join(till, waiting).entry_id
    till.cancel(*(held[0], held[1].code))
    till.do(return_due_places, till.returns, now=NOW + 1.1 * HOUR)
    till.heard()
    taken = accept(till, waiting, entry)
    assert (taken.status, payment(taken).amount) == ("held", RUPIAH)
    assert [type(event) for event in till.heard()] == [BookingHeld]
    assert accept(till, waiting, entry) == taken
    assert pay(till, taken, now=NOW + 2 * HOUR).outcome == "confirmed"
    assert till.booked(place) == till.rows_in(place) == 1


def test_slots_tell_what_is_paid_first(till: Desk) -> None:
    """Before anybody chooses one."""
    query = ListSlots(office="TRK", for_service="new", date=TOMORROW)
    told = till.do(slots.list_slots, query, hold_lasts=1.5 * HOUR)
    assert (told.prepaid_amount, told.hold_minutes) == (RUPIAH, 90)
    apply(till, plan(payment={"when": "counter", "rupiah": RUPIAH}))
    assert till.do(slots.list_slots, query).prepaid_amount is None


def test_who_is_helped_by_an_officer_pays_first_too(till: Desk, place: str) -> None:
    """The answer has the code to pay, and none of it is lost."""
    booking = assist(till, place)
    assert (booking.status, payment(booking).amount) == ("held", RUPIAH)
    assert isinstance(till.heard()[-1], BookingHeld)
    assert pay(till, booking).outcome == "confirmed"


def test_the_copy_of_a_persons_data_has_the_money_that_arrived(till: Desk, place: str) -> None:
    """What was paid, when, and what became of it."""
    person = till.registered("6571011708900042")
    pay(till, till.book(person, place), settlement_id="first")
    (copied,) = export(till, person).bookings
    (arrived,) = copied.money
    assert (arrived.settlement_id, arrived.amount, arrived.paid_at) == ("first", RUPIAH, NOW)
    assert (arrived.outcome, arrived.refund_reason, copied.assistance) == ("confirmed", None, None)
