"""The payment of a booking, or of all who come together, where payment comes first.

    due ──paid──▶ paid                      each booking: held ──▶ booked
     └─hold ends─▶ lapsed ──paid──▶ paid    each booking: held ──▶ expired ──▶ booked, or paid without a place

What is paid never ends as expired: late money gets the place again, the nearest one, or the right to choose.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, Self

from contracts.words import BookingStatus, PaymentStatus, RefundReason, SettlementCause
from services.booking.domain.booking import Booking

HOLD_LASTS = timedelta(hours=2)
"""How long a place is kept for who has to pay; source: the rule of the passport offices in use."""

REPORT_GRACE = timedelta(minutes=5)
"""How much longer it is really kept: the provider's word comes later than the money."""

BILLING_BITS = 64

_LOWEST_CODE = 10**14
_CODES = 9 * 10**14


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLimit:
    """How many holds a person may let end unpaid, or give up, within some time: a hold costs nothing."""

    most: int = 5
    within: timedelta = timedelta(days=7)

    def bars(self, unpaid: int) -> bool:
        """Whether who had so many gets no further hold."""
        return unpaid >= self.most


ANY_HOLDER = HoldLimit()
"""What holds unless it is set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One billing code; `amount` is in rupiah, for all the `people` whose bookings it pays."""

    payment_id: str
    billing_code: str
    amount: int
    due_at: datetime
    status: Literal["due", "lapsed", "paid"] = "due"
    version: int = 1
    people: int = 1

    @property
    def share(self) -> int:
        """What one of the people pays, in rupiah."""
        return self.amount // self.people

    def lapsed(self) -> Self:
        """Return it unpaid, as its time is over."""
        return replace(self, status="lapsed", version=self.version + 1)

    def paid(self) -> Self:
        """Return it paid."""
        return replace(self, status="paid", version=self.version + 1)

    def noted(self) -> Self:
        """Return it as it was; there is something new to tell of it."""
        return replace(self, version=self.version + 1)


def billing_code(number: int) -> str:
    """Write a number of BILLING_BITS bits as 15 digits, as SIMPONI's codes have, the first of them no zero.

    Codes say nothing when drawn at random.
    """
    return str(_LOWEST_CODE + number % _CODES)


def hold_ends_at(*, now: datetime, lasts: timedelta, sell_until: datetime) -> datetime:
    """Say until when a place is kept: not longer than its slot is sold."""
    return min(now + lasts, sell_until)


def hold_minutes(prepaid: int | None, lasts: timedelta) -> int | None:
    """Say for how long a place is kept at most for who pays first; None where nobody does."""
    return None if prepaid is None else round(lasts / timedelta(minutes=1))


def to_be_given(party: Sequence[Booking]) -> list[Booking]:
    """List those of a payment's bookings for which money buys a place: nobody has given them up."""
    return [one for one in party if one.status in {"held", "expired"}]


def against(payment: Payment, amount: int, party: Sequence[Booking]) -> RefundReason | None:
    """Say why money that arrives is not owed; None where it is."""
    if payment.status == "paid":
        return "paid_already"
    if payment.amount != amount:
        return "wrong_amount"
    return None if to_be_given(party) else "given_up"


def cause_of_loss(payment: Payment, paid_at: datetime, *, is_open: bool) -> SettlementCause:
    """Say why money bought no place of the chosen slot; `is_open` tells if the office still gives those."""
    if not is_open:
        return "office_closed"
    return "told_late" if paid_at <= payment.due_at else "paid_late"


def status_of(status: BookingStatus, payment: Payment, *, is_back: bool = False) -> PaymentStatus:
    """Say what the payment of a booking with this status is; `is_back` that what was paid was given back."""
    match status:
        case "held":
            return "due"
        case "expired":
            return "expired"
        case "paid":
            return "credit"
        case "cancelled":
            if payment.status != "paid":
                return "void"
            return "refunded" if is_back else "refund_due"
        case "booked" | "served" | "no_show":
            return "paid"
