"""Money that has to go back: written down when it comes to be owed, told, and there until it is closed."""

import base64
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import text

from contracts.events import BookingCancelled, PersonErased, RefundDue
from contracts.requests.booking import Booking, CancelBooking
from contracts.requests.payment import KeepUnreadableSettlement
from services.booking import metrics
from services.booking.handlers import own_bookings, own_data, refunds
from services.booking.handlers.own_data import Retention
from services.booking.handlers.returns import return_due_places
from services.booking.store.audit import latest
from services.booking.store.refunds import list_open
from tests.integration.booking.desk import NOW, Desk
from tests.integration.booking.paying import (
    HOUR,
    LATE,
    RUPIAH,
    erasing,
    expire,
    owed,
    pay,
    payment,
)
from tests.integration.booking.planning import TOMORROW
from tests.integration.booking.test_parties import booked, family, party

YEARS = timedelta(days=800)


def counted(reason: str) -> float:
    """How often money of this kind was counted."""
    return metrics.REFUNDS_DUE.labels(reason)._value.get()  # type: ignore[no-any-return]  # untyped


def told(desk: Desk) -> list[tuple[str, int]]:
    """Take what people are told of their money since the last look."""
    return [(one.reason, one.amount) for one in desk.heard() if isinstance(one, RefundDue)]


def test_a_paid_booking_that_is_given_up_has_its_money_back(till: Desk, held: tuple[str, Booking]) -> None:
    """Written down with it, counted, and told to who made it; once, however often it is cancelled."""
    person, booking = held
    pay(till, booking)
    till.heard()
    before = counted("cancelled")
    assert payment(till.cancel(person, booking.code)).status == "refund_due"
    till.cancel(person, booking.code)
    heard = till.heard()
    assert [type(one) for one in heard] == [BookingCancelled, RefundDue]
    refund = heard[1]
    assert isinstance(refund, RefundDue)
    assert (refund.exchange, refund.person_id, refund.code) == ("antrean.private", person, booking.code)
    assert owed(till) == [("cancelled", RUPIAH)]
    assert counted("cancelled") == before + 1


def test_a_right_to_choose_that_is_given_up_is_given_back(
    till: Desk, place: str, held: tuple[str, Booking]
) -> None:
    """Nobody was ever told that it was booked, so its cancellation is nobody else's business."""
    person, booking = held
    expire(till, now=LATE)
    till.do(return_due_places, till.returns, now=LATE + 1.1 * HOUR)
    till.book(till.person(), place, now=LATE + 1.1 * HOUR)
    assert pay(till, booking, now=LATE + 1.1 * HOUR).outcome == "credited"
    till.heard()
    till.cancel(person, booking.code, now=LATE + 2 * HOUR)
    assert [type(one) for one in till.heard()] == [RefundDue]
    assert owed(till) == [("cancelled", RUPIAH)]


def test_who_of_a_family_gave_up_before_the_money_came_gets_their_share(till: Desk) -> None:
    """And who gives up afterwards too, each theirs."""
    guardian, members = family(till, 2)
    slot = till.add_slot(hour=14, day=TOMORROW, capacity=3)
    answer = booked(till, party(guardian, slot, members))
    till.cancel(guardian, answer.party[2].code)
    assert owed(till) == []
    pay(till, answer)
    assert told(till) == [("given_up", RUPIAH)]
    till.cancel(guardian, answer.party[1].code)
    assert owed(till) == [("given_up", RUPIAH), ("cancelled", RUPIAH)]


def test_money_that_was_not_owed_has_to_go_back_whole(till: Desk, held: tuple[str, Booking]) -> None:
    """Of nobody's code nobody can be told, but it is kept and counted as all is."""
    person, booking = held
    before = counted("unknown_billing_code")
    pay(till, booking, amount=RUPIAH - 1)
    pay(till, booking)
    pay(till, booking, settlement_id="twice")
    pay(till, booking, settlement_id="twice")
    pay(till, booking, billing_code="1" * 15)
    till.cancel(person, booking.code)
    expected = [("wrong_amount", RUPIAH - 1), ("paid_already", RUPIAH), ("cancelled", RUPIAH)]
    assert told(till) == expected
    assert sorted(owed(till)) == sorted([*expected, ("unknown_billing_code", RUPIAH)])
    assert counted("unknown_billing_code") == before + 1


def test_who_is_erased_is_owed_what_they_paid_for_as_long_as_it_takes(
    till: Desk, held: tuple[str, Booking]
) -> None:
    """Bookings are forgotten after a year; what is owed is not."""
    person, booking = held
    pay(till, booking)
    till.do(own_data.erase, person, actor=person, erasing=erasing(till))
    later = NOW + YEARS
    kept = Retention(accounts=2 * YEARS, bookings=timedelta(days=365))
    own_data.forget_the_past(lambda: till.database.transaction(now=later), kept, erasing=erasing(till))
    with till.database.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM booking")).scalar_one() == 0
    (refund,) = till.do(list_open, most=9, now=later)
    assert (refund.reason, refund.amount, refund.code) == ("cancelled", RUPIAH, booking.code)


@pytest.mark.parametrize("status", ["expired", "held", "booked"])
def test_an_erasure_counts_and_tells_only_what_stood(
    till: Desk, held: tuple[str, Booking], status: str
) -> None:
    """Check-in hears of no cancellation of what it was never told of."""
    person, booking = held
    if status == "expired":
        expire(till, now=LATE)
    if status == "booked":
        pay(till, booking)
    till.heard()
    erased = till.do(own_data.erase, person, actor=person, erasing=erasing(till), now=LATE)
    kinds = [type(one) for one in till.heard()]
    assert erased.cancelled == (status != "expired")
    assert (BookingCancelled in kinds) == (status == "booked")
    assert PersonErased in kinds


def test_what_nobody_can_read_is_kept_once_with_its_bytes(till: Desk) -> None:
    """However often the provider tells it."""
    body = b'{"billing_code": "\x00", "amount": "lots"}'
    command = KeepUnreadableSettlement(webhook_id="msg_1", body=base64.b64encode(body).decode())
    before = counted("unreadable")
    answers = [till.do(refunds.keep_unreadable_settlement, command) for _ in range(2)]
    assert {(one.settlement_id, one.refund_reason) for one in answers} == {("msg_1", "unreadable")}
    (kept,) = till.do(list_open, most=9)
    assert (kept.reason, kept.amount, kept.told) == ("unreadable", None, body)
    assert counted("unreadable") == before + 1
    assert till.heard() == []


def test_what_was_given_back_is_closed_once_and_written_down(till: Desk, held: tuple[str, Booking]) -> None:
    """With a reference, in the audit log; operations see no more of it."""
    person, booking = held
    pay(till, booking)
    till.cancel(person, booking.code)
    (refund,) = till.do(list_open, most=9)
    till.do(refunds.measure_refunds, now=NOW + HOUR)
    assert metrics.REFUNDS_OLDEST_SECONDS.labels("cancelled")._value.get() == HOUR.total_seconds()
    close = partial(refunds.close_refund, actor="budi", key=till.vault.audit_key)
    assert till.do(close, refund.refund_id, "SP2D-118") is not None
    assert till.do(close, refund.refund_id, "SP2D-119") is None
    (entry,) = till.do(latest, 9, subject=refund.refund_id)
    assert (entry.deed.action, entry.deed.actor) == ("refund_closed", "budi")
    assert entry.deed.details["reference"] == "SP2D-118"
    till.do(refunds.measure_refunds, now=NOW + HOUR)
    assert metrics.REFUNDS_OPEN.labels("cancelled")._value.get() == 0


def test_a_cancellation_that_is_undone_owes_nothing(till: Desk, held: tuple[str, Booking]) -> None:
    """It is one transaction: neither a row nor a count."""
    person, booking = held
    pay(till, booking)
    before = counted("cancelled")
    transaction = till.database.begin(now=NOW)
    command = CancelBooking(person_id=person, code=booking.code)
    own_bookings.cancel_booking(transaction, command, signer=till.ticket_signer)
    transaction.close()
    assert owed(till) == []
    assert counted("cancelled") == before


def test_what_was_never_paid_is_forgotten_with_its_booking(till: Desk, held: tuple[str, Booking]) -> None:
    """What was paid stays."""
    pay(till, till.book(till.person(), till.add_slot(hour=9, day=TOMORROW)))
    expire(till, now=LATE)
    kept = Retention(accounts=2 * YEARS, bookings=timedelta(days=365))
    for days, left in ((300, ["lapsed", "paid"]), (800, ["paid"])):
        now = NOW + timedelta(days=days)
        own_data.forget_the_past(partial(till.database.transaction, now=now), kept, erasing=erasing(till))
        with till.database.engine.connect() as connection:
            query = text("SELECT status FROM payment ORDER BY status")
            assert list(connection.execute(query).scalars()) == left
