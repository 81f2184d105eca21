"""Who has booked an office's day, as its staff read it: on the screen, or on paper while screens are dark."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from contracts.requests.base import Request
from contracts.words import (
    BookingCode,
    DisplayName,
    Instant,
    OfficeCode,
    PriorityClass,
    ServiceCode,
    TicketNumber,
    TicketState,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A booking, and how far its visit is: `number` and `state` are null of who has not come.

    `display_name` is what the person chose to be called in the hall, null for by their number alone. Both it
    and `code` are null where a ticket was read before its booking was heard of.
    """

    code: BookingCode | None
    display_name: DisplayName | None
    starts_at: Instant
    ends_at: Instant
    service: ServiceCode
    priority: PriorityClass
    number: TicketNumber | None
    state: TicketState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointments:
    """A day's bookings by their hour; those cancelled are left out, unless their people are in the hall."""

    office: OfficeCode
    date: date
    appointments: tuple[Appointment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAppointments(Request[Appointments]):
    """Read who has booked a day of the office's own calendar, today where `day` is null.

    Check-in answers from its own list, so it does while booking is away. Days that are past are known for as
    long as check-in keeps its tickets, 30 days.
    """

    service: ClassVar[str] = "checkin"
    result: ClassVar[type[Appointments]] = Appointments

    office: OfficeCode
    day: date | None = None
