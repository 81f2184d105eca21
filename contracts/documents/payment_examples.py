"""One example of every event of a payment: Pak Andi's lost passport is paid first, and he pays late."""

from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.events import BookingExpired, BookingHeld, Event, HoldGivenUp, PaymentSettled, RefundDue
from contracts.events.payment import PaymentState

_NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""09.00 in Tarakan (WITA)."""


def _payment(kind: type[PaymentState], **more: Any) -> Event:
    return kind(
        **more,
        payment_id="01a1ff5a-fe84-742f-b2cc-e87af4e5ecd5",
        person_id="01a1ff5a-fe84-742f-b2cc-e87902e2a2a2",
        code="TRK-7K3M9P",
        people=1,
        office="TRK",
        service="replacement",
        starts_at=_NINE,
        ends_at=_NINE + timedelta(hours=1),
        billing_code="820261124000017",
        amount=1_000_000,
        due_at=_NINE - timedelta(hours=22),
    )


PAYMENTS: tuple[Event, ...] = (
    _payment(BookingHeld, version=1, status="due"),
    _payment(BookingExpired, version=2, status="lapsed", cause="unpaid"),
    _payment(HoldGivenUp, version=2, status="due"),
    _payment(
        PaymentSettled, version=3, status="paid", settlement_id="sim-20261123-000042", outcome="restored"
    ),
    RefundDue(
        version=1,
        refund_id="01a1ff5a-fe84-742f-b2cc-e88000a2b2c2",
        person_id="01a1ff5a-fe84-742f-b2cc-e87902e2a2a2",
        code="TRK-7K3M9P",
        office="TRK",
        service="replacement",
        ends_at=_NINE + timedelta(hours=1),
        billing_code="820261124000017",
        amount=1_000_000,
        reason="paid_already",
    ),
)
