"""Why an office does not work at hours that people could book."""

from dataclasses import dataclass
from datetime import date, datetime

from contracts.words import OutageCause
from services.booking.domain.calendar import WorkingDay


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnHours:
    """The hours of a date whose slots were withdrawn, from the first to the last, and their bookings."""

    date: date
    begins_at: datetime
    ends_at: datetime
    affected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageReason:
    """The cause, and what people are told of it."""

    cause: OutageCause
    note: str | None


def outage_reason(day: WorkingDay, *, is_selling: bool) -> OutageReason:
    """Say why slots of a day are withdrawn; `is_selling` tells the rollout's word on it."""
    if not is_selling:
        return OutageReason(cause="suspended", note=None)
    if day.kind == "holiday":
        return OutageReason(cause="holiday", note=day.note)
    if day.kind == "closed" or day.closed:
        return OutageReason(cause="closed", note=day.note)
    return OutageReason(cause="hours", note=day.note)
