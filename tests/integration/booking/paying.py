"""An office whose service is paid first, and what people and the provider of payments do there."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from chassis.database import Transaction
from contracts.requests.booking import Booking, CancelBooking, RescheduleBooking
from contracts.requests.payment import Payment, Settlement, SettlePayment
from services.booking.domain.reschedule import RescheduleRule
from services.booking.handlers import own_bookings, own_data, reschedules, settlements
from services.booking.handlers.holds import end_closed_holds, expire_holds
from services.booking.handlers.reschedules import Terms
from services.booking.handlers.settlements import Settling
from services.booking.store.refunds import list_open
from tests.integration.booking.desk import NOW, Desk
from tests.integration.booking.planning import apply, plan

RUPIAH = 350_000
HOUR = timedelta(hours=1)
LATE = NOW + 2.1 * HOUR
"""After the hold has ended, while the place still cools down."""

_SERIALS = itertools.count(1)


def prepaid(desk: Desk, **changes: Any) -> None:
    """Let Tarakan ask for the fee first."""
    apply(desk, plan(payment={"when": "first", "rupiah": RUPIAH}, **changes))
    desk.heard()


def choose(desk: Desk, person: str, booking: Booking, slot: str, **given: Any) -> Booking:
    """Choose another slot."""
    command = RescheduleBooking(person_id=person, code=booking.code, slot_id=slot)
    terms = Terms(rule=RescheduleRule(), returns=desk.returns)
    return desk.do(reschedules.reschedule_booking, command, signer=desk.ticket_signer, terms=terms, **given)


def payment(booking: Booking) -> Payment:
    """Read what is to be paid."""
    assert booking.payment is not None
    return booking.payment


def pay(desk: Desk, booking: Booking, *, now: datetime = NOW, **changes: Any) -> Settlement:
    """Let the provider tell that a booking is paid."""
    settling = Settling(returns=desk.returns)
    command = settlement(booking, now=now, **changes)
    return desk.do(settlements.settle_payment, command, settling=settling, now=now)


def settlement(booking: Booking, *, now: datetime = NOW, **changes: Any) -> SettlePayment:
    """Say what the provider tells of a booking that is paid."""
    told = {
        "settlement_id": f"settled-{next(_SERIALS):06}",
        "billing_code": payment(booking).billing_code,
        "amount": payment(booking).amount,
        "paid_at": now,
        **changes,
    }
    return SettlePayment(**told)


def expire(desk: Desk, *, now: datetime) -> int:
    """Let the clock's job run."""
    return desk.do(expire_holds, desk.returns, now=now)


def end_closed(desk: Desk, *, now: datetime = NOW) -> int:
    """Let the clock's other job run."""
    return desk.do(end_closed_holds, desk.returns, now=now)


def owed(desk: Desk, *, now: datetime = NOW) -> list[tuple[str, int | None]]:
    """List what has to go back and why, the oldest first."""
    return [(one.reason, one.amount) for one in desk.do(list_open, most=100, now=now)]


def erasing(desk: Desk) -> own_data.Erasing:
    """Return what erasing stands on."""

    def give_up(tx: Transaction, command: CancelBooking) -> object:
        return own_bookings.cancel_booking(tx, command, signer=desk.ticket_signer, returns=desk.returns)

    return own_data.Erasing(vault=desk.vault, give_up=give_up)


def money(desk: Desk) -> list[tuple[str, str | None]]:
    """What became of all the money that arrived, in order."""
    query = text("SELECT outcome, refund_reason FROM settlement ORDER BY settlement_id")
    with desk.database.engine.connect() as connection:
        return [(row.outcome, row.refund_reason) for row in connection.execute(query)]
