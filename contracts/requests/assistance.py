"""What officers and village clerks ask of booking for people who cannot book by themselves."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from contracts.requests.base import Request
from contracts.requests.booking import Booking, Days, Slots
from contracts.words import (
    BookingCode,
    DisplayName,
    IdempotencyKey,
    Nik,
    OfficeCode,
    PersonName,
    Phone,
    PriorityClass,
    RegionName,
    Role,
    ServiceCode,
    ShownAs,
)

ConsentGiven = Literal["spoken", "written", "by_guardian"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookWithAssistance(Request[Booking]):
    """Take a place for somebody who asks an officer for it; from those kept for assisted people first.

    Who is known by the NIK is booked for as who they are; else a person without a sign-in is made, who may
    register later, and whom the hall shows as they chose (`shown_as`). `consent` says that the person agrees,
    `consent_given` how. The same `idempotency_key` of the same officer answers the same booking.

    A village's clerk asks the same, at an office that covers the village's district; `via_village` has the
    messages sent to the village's phone where the person has none. `district` is where the person sets out to
    the office.
    """

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Booking]] = Booking

    officer_id: str
    role: Role
    office: OfficeCode
    idempotency_key: IdempotencyKey
    nik: Nik
    name: PersonName
    display_name: DisplayName
    birth_date: date
    for_service: ServiceCode
    slot_id: str
    consent: bool
    consent_given: ConsentGiven
    phone: Phone | None = None
    priority: PriorityClass = "regular"
    via_village: bool = False
    shown_as: ShownAs = "name"
    district: RegionName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GetAssistedBooking(Request[Booking]):
    """Read a booking that was made for somebody at the office; a village's clerk reads their own ones."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Booking]] = Booking

    officer_id: str
    role: Role
    office: OfficeCode
    code: BookingCode


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelAssistedBooking(Request[Booking]):
    """Give up a booking that was made for somebody, as they ask; written down in the audit log."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Booking]] = Booking

    officer_id: str
    role: Role
    office: OfficeCode
    code: BookingCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Village:
    """A village or district office: the district that it stands for, and where it may book now."""

    district: RegionName
    offices: tuple[OfficeCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GetVillage(Request[Village]):
    """Read for which district a clerk stands, and which offices that take bookings cover it."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Village]] = Village

    clerk_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAssistedSlots(Request[Slots]):
    """Read the slots of a day as `ListSlots`, with the places that are kept for assisted people."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Slots]] = Slots

    office: OfficeCode
    for_service: ServiceCode
    date: date
    district: RegionName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAssistedDays(Request[Days]):
    """Read the days with slots as `ListDays`, with the places that are kept for assisted people."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Days]] = Days

    office: OfficeCode
    for_service: ServiceCode
