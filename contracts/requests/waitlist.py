"""What can be asked of booking by those who found no place."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from contracts.requests.base import Request
from contracts.requests.booking import Booking
from contracts.words import Instant, OfficeCode, ServiceCode, WaitlistStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitlistEntry:
    """A person's wish for a place; the times are those of a place that is or was offered."""

    entry_id: str
    office: OfficeCode
    service: ServiceCode
    first_date: date
    last_date: date
    status: WaitlistStatus
    starts_at: Instant | None
    ends_at: Instant | None
    offer_ends_at: Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waitlist:
    """A person's wishes, newest first."""

    entries: tuple[WaitlistEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinWaitlist(Request[WaitlistEntry]):
    """Wait for a place on some dates, where there is none; a person waits for one at a time."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[WaitlistEntry]] = WaitlistEntry
    repeatable: ClassVar[bool] = False

    person_id: str
    office: OfficeCode
    for_service: ServiceCode
    first_date: date
    last_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWaitlist(Request[Waitlist]):
    """Read a person's wishes."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Waitlist]] = Waitlist

    person_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptOffer(Request[Booking]):
    """Take the place that is offered; again it answers the same booking."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Booking]] = Booking

    person_id: str
    entry_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveWaitlist(Request[WaitlistEntry]):
    """Wait no longer; a place that is offered goes to the next. One that has ended stays as it is."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[WaitlistEntry]] = WaitlistEntry

    person_id: str
    entry_id: str
