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
    HoldEnd,
    Instant,
    OfficeCode,
    RefundReason,
    Rupiah,
    ServiceCode,
    SettlementCause,
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
    """Nobody paid in time, or the office will not work then; the places return."""

    cause: HoldEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldGivenUp(PaymentState):
    """Nobody wants the places any more, and nothing is to be paid; money that still comes goes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSettled(PaymentState):
    """Money arrived, and what became of it.

    `confirmed` the place was held; `restored` it was still there; `moved` to the nearest time; `credited` the
    person chooses a time; `refund_due` more than was owed, or for what was given up (`RefundDue` tells what
    goes back). `cause` says why the place that was chosen could not be kept: `paid_late`, `told_late` by the
    provider of what was paid in time, or `office_closed`.
    """

    settlement_id: SettlementId
    outcome: SettlementOutcome
    cause: SettlementCause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundDue(Event):
    """Money has to go back to who made a booking; `amount` is in rupiah."""

    producer: ClassVar[str] = "booking"
    exchange: ClassVar[Exchange] = "antrean.private"

    refund_id: str
    person_id: str
    code: BookingCode
    office: OfficeCode
    service: ServiceCode
    ends_at: Instant
    billing_code: BillingCode
    amount: Rupiah
    reason: RefundReason

    @property
    def event_subject(self) -> str:
        """The refund's id."""
        return self.refund_id


__all__ = ["BookingExpired", "BookingHeld", "HoldGivenUp", "PaymentSettled", "PaymentState", "RefundDue"]
