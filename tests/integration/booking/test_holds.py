"""When holds end, and who gets none: a provider's late word, closed offices, and that holds cost nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from contracts.events import BookingExpired, HoldGivenUp, PaymentSettled
from contracts.requests.booking import Booking
from services.booking.domain.payment import HoldLimit
from tests.integration.booking.desk import NOW, TODAY, Desk, codes, wish
from tests.integration.booking.paying import HOUR, LATE, end_closed, expire, pay, prepaid
from tests.integration.booking.planning import TOMORROW, slot_ids
from tests.integration.booking.test_parties import booked, family, party

MINUTE = timedelta(minutes=1)
DUE = NOW + 2 * HOUR


@contextmanager
def noted(desk: Desk) -> Iterator[list[str]]:
    """Note the statements that the database is sent meanwhile."""
    found: list[str] = []

    def note(*given: Any) -> None:
        found.append(given[2])

    event.listen(desk.database.engine, "before_cursor_execute", note)
    yield found
    event.remove(desk.database.engine, "before_cursor_execute", note)


def settled(desk: Desk) -> PaymentSettled:
    """What is told of money that arrived just now."""
    (told,) = (one for one in desk.heard() if isinstance(one, PaymentSettled))
    return told


def test_a_word_that_comes_minutes_after_the_money_is_not_late(till: Desk, held: tuple[str, Booking]) -> None:
    """Who paid in the last minute has the place, though the provider tells it after the time shown."""
    _, booking = held
    assert expire(till, now=DUE + 4 * MINUTE) == 0
    assert pay(till, booking, paid_at=DUE - MINUTE, now=DUE + 4 * MINUTE).outcome == "confirmed"
    assert settled(till).cause is None


def test_who_paid_until_the_slot_began_has_it_though_the_word_comes_after(till: Desk) -> None:
    """A hold never lasts longer than its slot is sold; the word may."""
    booking = till.book(till.person(), till.add_slot(hour=9, day=TODAY))
    began = booking.starts_at
    assert pay(till, booking, paid_at=began - MINUTE, now=began + 2 * MINUTE).outcome == "confirmed"


@pytest.mark.parametrize(("paid", "cause"), [(-MINUTE, "told_late"), (MINUTE, "paid_late")])
def test_who_lost_the_place_is_told_whose_lateness_it_was(
    till: Desk, place: str, held: tuple[str, Booking], paid: timedelta, cause: str
) -> None:
    """The provider's, or their own."""
    person, booking = held
    expire(till, now=LATE)
    till.book(person, till.add_slot(hour=16, day=TOMORROW), key="key-0002", now=LATE)
    till.heard()
    assert pay(till, booking, paid_at=DUE + paid, now=LATE).outcome == "credited"
    assert settled(till).cause == cause


def test_a_hold_at_hours_that_the_office_closes_ends_at_once(till: Desk) -> None:
    """With the reason; nobody is left paying for it, and who did is moved for the same reason."""
    prepaid(till)
    booking = till.book(till.person(), slot_ids(till)[0])
    assert end_closed(till) == 0
    prepaid(till, closures=[{"from_date": str(TOMORROW), "reason": "Banjir"}])
    assert end_closed(till) == 1
    (told,) = till.heard()
    assert isinstance(told, BookingExpired)
    assert told.cause == "office_closed"
    assert pay(till, booking, now=NOW + HOUR).outcome == "moved"
    assert settled(till).cause == "office_closed"
    assert end_closed(till) == 0


def test_all_of_a_family_have_to_give_up_before_nothing_is_to_be_paid(till: Desk) -> None:
    """As long as one of them comes the bill stands."""
    guardian, members = family(till, 1)
    answer = booked(till, party(guardian, till.add_slot(hour=14, day=TOMORROW), members))
    till.heard()
    till.cancel(guardian, answer.party[0].code)
    assert till.heard() == []
    till.cancel(guardian, answer.party[1].code)
    (told,) = till.heard()
    assert isinstance(told, HoldGivenUp)
    assert told.version > 1


def test_who_left_too_many_holds_unpaid_gets_no_further_one_for_a_while(till: Desk) -> None:
    """Whether they let them end or gave them up; what was paid does not count, nor what is not paid first."""
    limit, person = HoldLimit(most=2), till.person()
    places = [till.add_slot(hour=hour, day=TODAY + timedelta(days=9)) for hour in range(8, 12)]
    till.cancel(person, till.book(person, places[0], key="key-0000").code)
    paid = till.book(person, places[0], key="key-0001")
    pay(till, paid)
    till.cancel(person, paid.code)
    till.book(person, places[1], key="key-0002")
    expire(till, now=LATE)
    asked = wish(person, places[2], key="key-0003")
    assert codes(till.try_book(asked, now=LATE, hold_limit=limit)) == ["too_many_holds"]
    assert codes(till.try_book(wish(till.person(), places[2]), now=LATE, hold_limit=limit)) == ["held"]
    assert codes(till.try_book(asked, now=LATE + limit.within, hold_limit=limit)) == ["held"]


def test_where_nothing_is_paid_first_nobody_is_counted(open_desk: Desk) -> None:
    """The hot path has not one statement more; where it is paid first there is one."""
    slot = slot_ids(open_desk)[0]
    with noted(open_desk) as at_the_counter:
        open_desk.book(open_desk.person(), slot)
    prepaid(open_desk)
    with noted(open_desk) as first:
        open_desk.book(open_desk.person(), slot)
    assert [sum("WITH ended" in one for one in found) for found in (at_the_counter, first)] == [0, 1]


def test_many_holds_end_in_as_many_statements_as_one(till: Desk) -> None:
    """However many rows: each wait for the database is a turn of the event loop, under locks."""

    def statements(holds: int, hour: int) -> int:
        slot = till.add_slot(hour=hour, day=TOMORROW, capacity=holds)
        till.try_book(*(wish(person, slot) for person in till.people(holds)))
        with noted(till) as found:
            assert expire(till, now=LATE) == holds
        return len(found)

    assert statements(1, 9) == statements(12, 10)
