"""The waitlist is no way round what booking refuses: waits after not coming, and holds left unpaid."""

from dataclasses import replace
from datetime import timedelta

import pytest

from contracts.requests.booking import Booking
from services.booking import errors
from services.booking.domain.cool_down import CoolDown
from services.booking.domain.payment import HoldLimit
from services.booking.handlers.holds import Holding
from services.booking.handlers.returns import Returns
from services.booking.store.no_shows import put_waits
from tests.integration.booking.desk import NOW, Desk
from tests.integration.booking.planning import TOMORROW
from tests.integration.booking.test_waitlist import HOUR, accept, join, leave, status, tick

ONCE = HoldLimit(most=1)


def test_who_has_to_wait_after_not_coming_is_passed_over(desk: Desk) -> None:
    """What they could not accept goes to the next who waits."""
    desk.returns = Returns(cool_down=CoolDown(shortest=HOUR, longest=HOUR), chance=lambda: 0.5)
    holder = desk.person()
    code = desk.book(holder, desk.add_slot(hour=14, day=TOMORROW, capacity=1)).code
    absent, second = desk.people(2)
    join(desk, absent)
    join(desk, second, now=NOW + timedelta(minutes=1))
    desk.do(put_waits, absent, {"TRK": (NOW + 2 * HOUR).isoformat()})
    desk.cancel(holder, code)
    tick(desk, 1.1)
    assert (status(desk, absent), status(desk, second)) == (["waiting"], ["offered"])


@pytest.fixture
def barred(till: Desk, held: tuple[str, Booking]) -> tuple[str, str]:
    """Who waits for a place that is paid first, with the entry, and then gave up a hold elsewhere."""
    person = till.person()
    entry = join(till, person).entry_id
    till.cancel(person, till.book(person, till.add_slot(hour=15, day=TOMORROW, capacity=1)).code)
    return person, entry


def test_who_left_too_many_holds_unpaid_gets_none_over_the_waitlist(
    till: Desk, held: tuple[str, Booking], barred: tuple[str, str]
) -> None:
    """They take nothing that was offered to them before, and cannot join again."""
    person, entry = barred
    till.cancel(held[0], held[1].code)
    tick(till, 1.1)
    with pytest.raises(errors.TooManyHolds):
        accept(till, person, entry, holding=Holding(limit=ONCE))
    leave(till, person, entry)
    with pytest.raises(errors.TooManyHolds):
        join(till, person, hold_limit=ONCE)


def test_what_is_paid_first_is_not_offered_to_who_left_too_many_holds_unpaid(
    till: Desk, held: tuple[str, Booking], barred: tuple[str, str]
) -> None:
    """The next who waits gets it."""
    second = till.person()
    join(till, second, now=NOW + timedelta(minutes=1))
    till.cancel(held[0], held[1].code)
    till.returns = replace(till.returns, hold_limit=ONCE)
    tick(till, 1.1)
    assert (status(till, barred[0]), status(till, second)) == (["waiting"], ["offered"])
