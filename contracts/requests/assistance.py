"""What officers ask of booking for people who cannot book by themselves."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from contracts.requests.base import Request
from contracts.requests.booking import Booking
from contracts.words import (
    DisplayName,
    IdempotencyKey,
    Nik,
    OfficeCode,
    PersonName,
    Phone,
    PriorityClass,
    Role,
    ServiceCode,
)

ConsentGiven = Literal["spoken", "written", "by_guardian"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookWithAssistance(Request[Booking]):
    """Take a place for somebody who asks an officer for it; from those kept for assisted people first.

    Who is known by the NIK is booked for as who they are; else a person without a sign-in is made, who may
    register later. `consent` says that the person agrees, `consent_given` how. The same `idempotency_key` of
    the same officer answers the same booking.
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
