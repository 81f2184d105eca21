"""Money that has to go back, or that nobody could read: open until somebody has given it back."""

from dataclasses import dataclass
from datetime import datetime

from contracts.words import RefundReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """What is owed to whom, and why; `amount` is in rupiah.

    It stands on its own, as bookings are forgotten before money is. `settlement_id` is the money that was not
    owed, or the `webhook-id` of what could not be read, whose bytes are `told`; then nobody knows more of it.
    """

    refund_id: str
    reason: RefundReason
    created_at: datetime
    amount: int | None = None
    billing_code: str | None = None
    settlement_id: str | None = None
    payment_id: str | None = None
    booking_id: str | None = None
    code: str | None = None
    office: str | None = None
    person_id: str | None = None
    told: bytes | None = None
