"""Money, the clock and the person at the same moment, each with a connection of its own."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from contracts.requests.booking import Booking
from contracts.requests.payment import Settlement
from services.booking.domain.cool_down import CoolDown
from services.booking.handlers.returns import Returns, return_due_places
from tests.contention import at_once
from tests.integration.booking.desk import NOW, Desk
from tests.integration.booking.paying import HOUR, expire, money, pay, payment, prepaid
from tests.integration.booking.planning import TOMORROW

TIMES = 20
OVER = NOW + 2 * HOUR


def held(desk: Desk) -> tuple[str, str, Booking]:
    """Somebody who holds the single place of a slot: person, slot, booking."""
    desk.returns = Returns(cool_down=CoolDown(shortest=HOUR, longest=HOUR))
    prepaid(desk, hours=[])
    slot, person = desk.add_slot(hour=14, day=TOMORROW, capacity=1), desk.person()
    return person, slot, desk.book(person, slot)


def test_money_at_the_moment_at_which_the_hold_ends_is_never_lost(desk: Desk) -> None:
    """Twenty times: paid and booked, the place taken once, whoever comes first."""
    _, slot, _ = held(desk)
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
