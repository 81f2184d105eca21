"""What is paid for a booking, and what the provider of payments tells booking."""

from dataclasses import dataclass
from typing import ClassVar

from contracts.requests.base import Request
from contracts.words import (
    BillingCode,
    Instant,
    PaymentStatus,
    RefundReason,
    Rupiah,
    SettlementId,
    SettlementOutcome,
    WebhookBody,
    WebhookId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyBack:
    """Money for a booking that goes back, in rupiah, and why; `refunded_at` is when that was done.

    `reference` is under which number officers know it.
    """

    reference: str
    amount: Rupiah
    reason: RefundReason
    owed_at: Instant
    refunded_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What is paid for a booking whose service is paid first.

    `amount` is in rupiah, for all who come together. `due` until `due_at`; `credit` is paid, with a right to
    choose a slot; `refund_due` is paid and given up, `refunded` then paid back; `void` was given up before it
    was paid. `money_back` is all that goes back, also what was never owed; told where bookings are read.
    """

    status: PaymentStatus
    billing_code: BillingCode
    amount: Rupiah
    due_at: Instant
    money_back: tuple[MoneyBack, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What became of money that arrived; `refund_due` says why it has to go back.

    What is signed and cannot be read is kept as `unreadable`, under its `webhook-id`, with no billing code.
    """

    settlement_id: WebhookId
    billing_code: BillingCode | None
    outcome: SettlementOutcome
    refund_reason: RefundReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlePayment(Request[Settlement]):
    """Take notice of money that arrived; none is refused, whatever it was for.

    The same `settlement_id` is answered the same. Other money under it is kept as `settlement_id_reused`, for
    somebody to ask the provider what it is.
    """

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Settlement]] = Settlement

    settlement_id: SettlementId
    billing_code: BillingCode
    amount: Rupiah
    paid_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepUnreadableSettlement(Request[Settlement]):
    """Keep what the provider signed and nobody can read; the same `webhook_id` is kept once.

    `body` is what was signed, in base64.
    """

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Settlement]] = Settlement

    webhook_id: WebhookId
    body: WebhookBody
