"""Whether a booking may be moved to another time."""

from dataclasses import dataclass
from typing import Literal

from contracts.words import Count, Instant

WhyNot = Literal[
    "booking_cancelled",
    "payment_due",
    "hold_ended",
    "booking_over",
    "visit_begun",
    "reschedule_limit",
    "too_late_to_reschedule",
    "already_booked",
]
"""The code with which moving the booking would be refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """Whether a booking may be moved, with all who come together; `why_not` is what the refusal would be.

    It may be until `until`, `moves_left` more times; both are absent where neither counts: for who has paid
    and has no place yet, and for whom the office let down.
    """

    can_be_moved: bool
    why_not: WhyNot | None = None
    until: Instant | None = None
    moves_left: Count | None = None
