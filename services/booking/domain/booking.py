"""A booking: one person's right to come at a slot.

    booked ──cancel──▶ cancelled

A booking is ahead of its person until its slot has ended; a person has at most one ahead.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, Self

from contracts.words import PriorityClass, ServiceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A booking with its slot's time; `display_name` is the one chosen when it was made."""

    booking_id: str
    code: str
    person_id: str
    slot_id: str
    idempotency_key: str
    display_name: str
    office: str
    service: ServiceCode
    priority: PriorityClass
    date: date
    starts_at: datetime
    ends_at: datetime
    status: Literal["booked", "cancelled"]
    version: int

    def is_ahead(self, now: datetime) -> bool:
        """Whether its person may still come."""
        return self.status == "booked" and now < self.ends_at

    def cancelled(self) -> Self:
        """Return it given up."""
        return replace(self, status="cancelled", version=self.version + 1)
