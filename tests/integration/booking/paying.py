"""An office whose service is paid first, and what people and the provider of payments do there."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from contracts.requests.booking import Booking, RescheduleBooking
from contracts.requests.payment import Payment, Settlement, SettlePayment
from services.booking.domain.reschedule import RescheduleRule
from services.booking.handlers import reschedules, settlements
from services.booking.handlers.holds import expire_holds
from services.booking.handlers.reschedules import Terms
from services.booking.handlers.settlements import Settling
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
    told = {
        "settlement_id": f"settled-{next(_SERIALS):06}",
        "billing_code": payment(booking).billing_code,
        "amount": payment(booking).amount,
        "paid_at": now,
        **changes,
    }
    settling = Settling(returns=desk.returns)
    return desk.do(settlements.settle_payment, SettlePayment(**told), settling=settling, now=now)


def expire(desk: Desk, *, now: datetime) -> int:
    """Let the clock's job run."""
    return desk.do(expire_holds, desk.returns, now=now)


def money(desk: Desk) -> list[tuple[str, str | None]]:
    """What became of all the money that arrived, in order."""
    query = text("SELECT outcome, refund_reason FROM settlement ORDER BY settlement_id")
    with desk.database.engine.connect() as connection:
        return [(row.outcome, row.refund_reason) for row in connection.execute(query)]
