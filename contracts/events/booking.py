"""What happens in booking: offices and the right to come at a slot."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from contracts.events.base import Event, Exchange
from contracts.hall import USUAL_RULES, HallRules
from contracts.words import (
    BookingCode,
    Count,
    CounterNumber,
    DisplayName,
    Email,
    Instant,
    Latitude,
    Locale,
    Longitude,
    OfficeCode,
    OfficeStatus,
    OutageCause,
    PersonName,
    Phone,
    PriorityClass,
    PublicNote,
    RegionName,
    ServiceCode,
    WaitlistStatus,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeChanged(Event):
    """An office is new or differs: its name, zone, rollout, services, counters, coverage, hall or place.

    `covers` names the cities and regencies whose people belong to it, where that is told. Where it stands is
    told in degrees, both or neither.
    """

    producer: ClassVar[str] = "booking"

    office: OfficeCode
    name: PersonName
    office_class: str
    city: str
    province: str
    timezone: str
    status: OfficeStatus
    services: tuple[ServiceCode, ...]
    counters: CounterNumber
    covers: tuple[RegionName, ...] = ()
    hall: HallRules = USUAL_RULES
    latitude: Latitude | None = None
    longitude: Longitude | None = None

    @property
    def event_subject(self) -> str:
        """The office's code."""
        return self.office


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingState(Event):
    """A booking as every service may see it: no NIK, no contact, of the name what its person lets be shown.

    `display_name` is ready for the hall; it is absent where the number alone is to be called.
    `is_far` says that its person has a long way to the office: two hours or more, as far as that is known.
    """

    producer: ClassVar[str] = "booking"

    booking_id: str
    code: BookingCode
    person_id: str
    display_name: DisplayName | None
    office: OfficeCode
    service: ServiceCode
    priority: PriorityClass
    date: date
    starts_at: Instant
    ends_at: Instant
    status: Literal["booked", "cancelled"]
    is_far: bool = False

    @property
    def event_subject(self) -> str:
        """The booking's id."""
        return self.booking_id


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotBooked(BookingState):
    """A person got a place in a slot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingCancelled(BookingState):
    """A booking was given up; its place is free again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingRescheduled(BookingState):
    """A booking is at another time of the same office; its ticket was signed anew."""

    previous_date: date
    previous_starts_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingAffected(BookingState):
    """The office will not work at the time of a booking; the booking stands until its person decides.

    `note` is what people are told: the name of the holiday, the reason of the closure.
    """

    cause: OutageCause
    note: PublicNote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingReinstated(BookingState):
    """The office will work at the time of a booking after all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HallNameChanged(BookingState):
    """The hall is to show the person of a booking in another way: by more of the name, less, or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitlistOffered(Event):
    """A place is kept until `offer_ends_at` for a person who waits for one."""

    producer: ClassVar[str] = "booking"

    entry_id: str
    person_id: str
    office: OfficeCode
    service: ServiceCode
    status: WaitlistStatus
    starts_at: Instant
    ends_at: Instant
    offer_ends_at: Instant

    @property
    def event_subject(self) -> str:
        """The entry's id."""
        return self.entry_id


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageState(Event):
    """Hours of a date that people could book, and at which the office will not work.

    `outage_id` is the office and the date; `affected` counts the bookings that stand in these hours.
    """

    producer: ClassVar[str] = "booking"

    outage_id: str
    office: OfficeCode
    date: date
    begins_at: Instant
    ends_at: Instant
    cause: OutageCause
    note: PublicNote | None
    affected: Count

    @property
    def event_subject(self) -> str:
        """The office and the date."""
        return self.outage_id


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeOutageDeclared(OutageState):
    """An office will not work at hours that people could book."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeOutageLifted(OutageState):
    """An office will work after all at hours that it had said it would not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoShowCounted(Event):
    """Somebody did not come, where that is counted; or what was counted counts no more. Private.

    `person_id` is who did not come, for whom `code` was booked at `starts_at`. They were `missed` so often
    within `within_days` as counts now, and from `after` on wait for `wait_days`: until `book_from`, which is
    absent while nobody has to wait. `version` grows with the time.
    """

    producer: ClassVar[str] = "booking"
    exchange: ClassVar[Exchange] = "antrean.private"

    booking_id: str
    code: BookingCode
    person_id: str
    office: OfficeCode
    starts_at: Instant
    missed: Count
    after: Count
    within_days: Count
    wait_days: Count
    book_from: date | None

    @property
    def event_subject(self) -> str:
        """The booking's id."""
        return self.booking_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChanged(Event):
    """How to reach a person; not all have an e-mail address, nor a phone. Private: notify alone reads it."""

    producer: ClassVar[str] = "booking"
    exchange: ClassVar[Exchange] = "antrean.private"

    person_id: str
    display_name: DisplayName
    phone: Phone | None
    email: Email | None
    locale: Locale

    @property
    def event_subject(self) -> str:
        """The person's id."""
        return self.person_id


__all__ = [
    "BookingAffected",
    "BookingCancelled",
    "BookingReinstated",
    "BookingRescheduled",
    "BookingState",
    "ContactChanged",
    "HallNameChanged",
    "NoShowCounted",
    "OfficeChanged",
    "OfficeOutageDeclared",
    "OfficeOutageLifted",
    "OutageState",
    "SlotBooked",
    "WaitlistOffered",
]
