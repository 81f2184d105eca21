"""What happens to the payment of bookings that are paid first.

Private: a billing code lets whoever has it look at a payment, and pay it.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

from contracts.events.base import Event, Exchange
from contracts.words import (
    BillingCode,
    BookingCode,
    Count,
    Instant,
    OfficeCode,
    Rupiah,
    ServiceCode,
    SettlementId,
    SettlementOutcome,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentState(Event):
    """The payment of a booking, or of all who come together; `person_id` made it.

    `code` is the first one's. `amount` is in rupiah, for all `people`. `starts_at` and `ends_at` are the time
    of the booking as it is now.
    """

    producer: ClassVar[str] = "booking"
    exchange: ClassVar[Exchange] = "antrean.private"

    payment_id: str
    person_id: str
    code: BookingCode
    people: Count
    office: OfficeCode
    service: ServiceCode
    starts_at: Instant
    ends_at: Instant
    billing_code: BillingCode
    amount: Rupiah
    due_at: Instant
    status: Literal["due", "lapsed", "paid"]

    @property
    def event_subject(self) -> str:
        """The payment's id."""
        return self.payment_id


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingHeld(PaymentState):
    """Places are kept until `due_at` for who pays by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingExpired(PaymentState):
    """Nobody paid until `due_at`; the places return."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSettled(PaymentState):
    """Money arrived, and what became of it.

    `confirmed` in time; `restored` late, the place was still there; `moved` late, to the nearest time;
    `credited` late, the person chooses a time; `refund_due` more than was owed, or for what was given up.
    """

    settlement_id: SettlementId
    outcome: SettlementOutcome


__all__ = ["BookingExpired", "BookingHeld", "PaymentSettled", "PaymentState"]
