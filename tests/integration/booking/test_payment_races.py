"""Money, the clock and the person at the same moment, each with a connection of its own."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from chassis.database import Transaction
from contracts.requests.booking import Booking, CancelBooking
from contracts.requests.payment import Settlement
from services.booking.domain.cool_down import CoolDown
from services.booking.domain.payment import REPORT_GRACE
from services.booking.handlers.bookings import book_slots
from services.booking.handlers.holds import expire_holds
from services.booking.handlers.own_bookings import cancel_booking
from services.booking.handlers.returns import Returns, return_due_places
from services.booking.handlers.settlements import Settling, settle_payment
from tests.contention import at_once, overlap
from tests.integration.booking.desk import NOW, Desk, codes, wish
from tests.integration.booking.paying import (
    HOUR,
    expire,
    money,
    owed,
    pay,
    payment,
    prepaid,
    settlement,
)
from tests.integration.booking.planning import TOMORROW

TIMES = 20
OVER = NOW + 2 * HOUR + REPORT_GRACE


def open_another(desk: Desk) -> str:
    """Open a slot that somebody else might book."""
    return desk.add_slot(hour=20, day=TOMORROW, capacity=TIMES)


def held(desk: Desk) -> tuple[str, str, Booking]:
    """Somebody who holds the single place of a slot: person, slot, booking."""
    desk.returns = Returns(cool_down=CoolDown(shortest=HOUR, longest=HOUR))
    prepaid(desk, hours=[])
    slot, person = desk.add_slot(hour=14, day=TOMORROW, capacity=1), desk.person()
    return person, slot, desk.book(person, slot)


def settling(desk: Desk, booking: Booking) -> Callable[[Transaction], Settlement]:
    """Settle a payment in a transaction that somebody else ends."""
    command = settlement(booking, now=OVER)
    return lambda tx: settle_payment(tx, command, settling=Settling(returns=desk.returns))


def test_money_just_before_the_hold_ends_keeps_the_place(desk: Desk) -> None:
    """While it is being settled the clock passes it by, and finds nothing to end later."""
    person, slot, booking = held(desk)
    settled, expired = overlap(
        desk.database,
        settling(desk, booking),
        partial(expire, desk, now=OVER),
        second_waits=False,
        now=OVER,
    )
    assert (settled.outcome, expired) == ("confirmed", 0)
    assert expire(desk, now=OVER) == 0
    assert (desk.booking(person, booking.code).status, desk.booked(slot)) == ("booked", 1)


def test_money_just_after_the_hold_ends_restores_the_place(desk: Desk) -> None:
    """It waits until the clock is done, and sees what it did."""
    person, slot, booking = held(desk)
    expired, settled = overlap(
        desk.database,
        lambda tx: expire_holds(tx, desk.returns),
        partial(pay, desk, booking, now=OVER),
        second_waits=True,
        now=OVER,
    )
    assert (expired, settled.outcome) == (1, "restored")
    assert (desk.booking(person, booking.code).status, desk.booked(slot)) == ("booked", 1)


def test_money_at_the_moment_at_which_the_hold_ends_is_never_lost(desk: Desk) -> None:
    """Twenty times: paid and booked, the place taken once, whoever comes first."""
    held(desk)
    outcomes: Counter[str] = Counter()
    for turn in range(TIMES):
        slot = desk.add_slot(hour=turn % 12 + 9, day=TOMORROW + timedelta(days=1 + turn // 12), capacity=1)
        person = desk.person()
        booking = desk.book(person, slot)
        calls: list[Callable[[], Any]] = [
            partial(pay, desk, booking, now=OVER),
            partial(expire, desk, now=OVER),
        ]
        calls = calls[:: 1 if turn % 2 else -1]
        done = at_once(calls)
        (settled,) = (one for one in done if isinstance(one, Settlement))
        outcomes[settled.outcome] += 1
        desk.do(return_due_places, desk.returns, now=OVER + 2 * HOUR)
        after = desk.booking(person, booking.code)
        assert (after.status, payment(after).status) == ("booked", "paid")
        assert desk.booked(slot) == desk.rows_in(slot) == 1
    assert set(outcomes) <= {"confirmed", "restored"}
    assert outcomes.total() == TIMES


def test_money_told_fifty_times_at_once_is_one_payment(desk: Desk) -> None:
    """An impatient provider is answered the same each time."""
    person, slot, booking = held(desk)
    outcomes = at_once([partial(pay, desk, booking, settlement_id="the-same")] * 50)
    assert {one.outcome for one in outcomes if isinstance(one, Settlement)} == {"confirmed"}
    assert money(desk) == [("confirmed", None)]
    assert desk.booking(person, booking.code).version == 2
    assert desk.booked(slot) == 1


def test_money_just_before_its_person_gives_up_goes_back_as_paid(desk: Desk) -> None:
    """The cancellation waits, and finds a paid booking."""
    person, _, booking = held(desk)
    settled, given_up = overlap(
        desk.database,
        settling(desk, booking),
        partial(desk.cancel, person, booking.code),
        second_waits=True,
        now=NOW,
    )
    assert (settled.outcome, payment(given_up).status) == ("confirmed", "refund_due")
    assert [reason for reason, _ in owed(desk)] == ["cancelled"]


def test_money_just_after_its_person_gave_up_goes_back_as_given_up(desk: Desk) -> None:
    """The money waits, and finds nobody who wants a place."""
    person, _, booking = held(desk)
    command = CancelBooking(person_id=person, code=booking.code)
    given_up, settled = overlap(
        desk.database,
        lambda tx: cancel_booking(tx, command, signer=desk.ticket_signer, returns=desk.returns),
        partial(pay, desk, booking),
        second_waits=True,
        now=NOW,
    )
    assert (payment(given_up).status, settled.refund_reason) == ("void", "given_up")
    assert [reason for reason, _ in owed(desk)] == ["given_up"]


def test_late_money_just_before_its_person_books_elsewhere_has_its_place(desk: Desk) -> None:
    """The other booking waits, and is refused."""
    person, _, booking = held(desk)
    other_slot = open_another(desk)
    expire(desk, now=OVER)
    settled, outcomes = overlap(
        desk.database,
        settling(desk, booking),
        partial(desk.try_book, wish(person, other_slot, key="key-0002"), now=OVER),
        second_waits=True,
        now=OVER,
    )
    assert (settled.outcome, codes(outcomes)) == ("restored", ["already_booked"])


def test_late_money_just_after_its_person_booked_elsewhere_is_a_right_to_choose(desk: Desk) -> None:
    """The money waits for the index of one booking ahead, and keeps it."""
    person, _, booking = held(desk)
    other_slot = open_another(desk)
    expire(desk, now=OVER)
    asked = [wish(person, other_slot, key="key-0002")]
    outcomes, settled = overlap(
        desk.database,
        lambda tx: book_slots(tx, asked, signer=desk.ticket_signer, vault=desk.vault),
        partial(pay, desk, booking, now=OVER),
        second_waits=True,
        now=OVER,
    )
    assert (codes(outcomes), settled.outcome) == (["held"], "credited")


def test_money_while_its_person_gives_up_is_used_or_given_back(desk: Desk) -> None:
    """Twenty times: in the end nothing is booked, and the money has to go back."""
    held(desk)
    for turn in range(TIMES):
        slot = desk.add_slot(hour=turn % 12 + 9, day=TOMORROW + timedelta(days=1 + turn // 12), capacity=1)
        person = desk.person()
        booking = desk.book(person, slot)
        calls: list[Callable[[], Any]] = [
            partial(pay, desk, booking),
            partial(desk.cancel, person, booking.code),
        ]
        at_once(calls)
        after = desk.booking(person, booking.code)
        assert (after.status, payment(after).status) == ("cancelled", "refund_due")
        desk.do(return_due_places, desk.returns, now=OVER)
        assert desk.booked(slot) == desk.rows_in(slot) == 0


def test_late_money_while_its_person_books_elsewhere_leaves_one_booking_ahead(desk: Desk) -> None:
    """Twenty times: the other one is refused, or the money is a right to choose."""
    held(desk)
    other_slot = desk.add_slot(hour=20, day=TOMORROW, capacity=TIMES)
    for turn in range(TIMES):
        slot = desk.add_slot(hour=turn % 12 + 9, day=TOMORROW + timedelta(days=1 + turn // 12), capacity=1)
        person = desk.person()
        booking = desk.book(person, slot)
        expire(desk, now=OVER)
        calls: list[Callable[[], Any]] = [
            partial(pay, desk, booking, now=OVER),
            partial(desk.book, person, other_slot, key="key-0002", now=OVER),
        ]
        at_once(calls)
        statuses = sorted(one.status for one in desk.bookings_of(person))
        assert statuses in (["booked"], ["held", "paid"])
