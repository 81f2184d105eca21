"""What a page tells of a booking's payment."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from contracts.requests.booking import Booking
from contracts.requests.payment import Payment
from contracts.words import BookingStatus, PaymentStatus

PAGES: dict[BookingStatus, str] = {
    "held": "citizen/bill.html",
    "expired": "citizen/bill_over.html",
    "paid": "citizen/credit.html",
}
"""What is shown in place of a ticket, for those who have none because of their payment."""

_RANKS: dict[BookingStatus, int] = {"held": 0, "paid": 1, "booked": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """A payment in front of who pays it; `people` are all whom its code pays for."""

    payment: Payment
    people: int
    minutes_left: int

    @classmethod
    def of(cls, booking: Booking, *, now: datetime) -> Self | None:
        """Return the bill of a booking; none for one that is not paid first."""
        if booking.payment is None:
            return None
        left = (booking.payment.due_at - now) / timedelta(minutes=1)
        return cls(
            payment=booking.payment, people=len(booking.party) or 1, minutes_left=max(0, math.ceil(left))
        )

    @property
    def status(self) -> PaymentStatus:
        """How far it is, for this booking."""
        return self.payment.status

    @property
    def share(self) -> int:
        """What one of those who come together pays."""
        return self.payment.amount // self.people

    @property
    def digits(self) -> tuple[str, ...]:
        """The billing code in groups of five, as it is read aloud and typed."""
        code = self.payment.billing_code
        return tuple(code[at : at + 5] for at in range(0, len(code), 5))


def by_urgency(bookings: Sequence[Booking]) -> list[Booking]:
    """Put first what is due first, then what waits for a choice, then what stands, then the rest.

    What stands is in order of time, one's own before the family's.
    """
    return sorted(bookings, key=_urgency)


def _urgency(booking: Booking) -> tuple[int, float, bool]:
    rank, is_of_family = _RANKS.get(booking.status, len(_RANKS)), booking.dependent is not None
    if booking.status == "held" and booking.payment is not None:
        return rank, booking.payment.due_at.timestamp(), is_of_family
    if booking.status == "booked":
        return rank, booking.starts_at.timestamp(), is_of_family
    return rank, 0.0, False
