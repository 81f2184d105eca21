"""What a person can ask of booking about their own data: a copy of all of it, and an end to it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from contracts.requests.assistance import ConsentGiven
from contracts.requests.base import Request
from contracts.requests.home_visits import HomeVisit
from contracts.requests.payment import Payment
from contracts.words import (
    BillingCode,
    BookingCode,
    BookingStatus,
    Count,
    DisplayName,
    Email,
    Instant,
    Locale,
    Nik,
    OfficeCode,
    PersonName,
    Phone,
    PriorityClass,
    RefundReason,
    Rupiah,
    Secret,
    ServiceCode,
    SettlementId,
    SettlementOutcome,
    Sex,
    ShownAs,
    WaitlistStatus,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWait:
    """From which day somebody who did not come may book at an office again."""

    office: OfficeCode
    book_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccount:
    """An account with all that is kept of it, but for the password's hash."""

    person_id: str
    nik: Nik
    birth_date: date | None
    sex: Sex | None
    name: PersonName
    display_name: DisplayName
    phone: Phone
    email: Email
    locale: Locale
    created_at: Instant
    signed_in_at: Instant | None
    waits: tuple[OwnWait, ...] = ()
    shown_as: ShownAs = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDependent:
    """Somebody for whom the person books."""

    person_id: str
    nik: Nik
    birth_date: date
    name: PersonName
    display_name: DisplayName
    created_at: Instant
    waits: tuple[OwnWait, ...] = ()
    shown_as: ShownAs = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFormerDependent:
    """Somebody for whom the person books no more; of the NIK nothing is left that can be read."""

    person_id: str
    created_at: Instant
    waits: tuple[OwnWait, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWish:
    """A wish for a place, with the place that is or was offered."""

    display_name: DisplayName
    office: OfficeCode
    service: ServiceCode
    first_date: date
    last_date: date
    status: WaitlistStatus
    created_at: Instant
    starts_at: Instant | None
    ends_at: Instant | None
    offer_ends_at: Instant | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRefund:
    """Money that goes back to the person, or went at `closed_at`; it outlasts its booking."""

    refund_id: str
    reason: RefundReason
    amount: Rupiah | None
    created_at: Instant
    closed_at: Instant | None
    reference: str | None
    code: BookingCode | None
    office: OfficeCode | None
    billing_code: BillingCode | None
    settlement_id: SettlementId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAssistance:
    """That an officer made a booking, on which day of the office, and how the person agreed."""

    officer_id: str
    office: OfficeCode
    date: date
    consent_given: ConsentGiven


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMoney:
    """Money that arrived for a booking, and what became of it."""

    settlement_id: SettlementId
    amount: Rupiah
    paid_at: Instant
    received_at: Instant
    outcome: SettlementOutcome
    refund_reason: RefundReason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBooking:
    """A booking of the person, or of somebody for whom they book."""

    code: BookingCode
    person_id: str
    display_name: DisplayName
    office: OfficeCode
    service: ServiceCode
    priority: PriorityClass
    starts_at: Instant
    ends_at: Instant
    status: BookingStatus
    payment: Payment | None = None
    money: tuple[OwnMoney, ...] = ()
    assistance: OwnAssistance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptElsewhere:
    """What another service keeps of a person, and for how long at most."""

    service: Literal["checkin", "notify", "display"]
    what: tuple[str, ...]
    days: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonExport:
    """All that is kept about a person, to read and for programs (law 27/2022, articles 7 and 13)."""

    exported_at: Instant
    account: OwnAccount
    dependents: tuple[OwnDependent, ...]
    bookings: tuple[OwnBooking, ...]
    elsewhere: tuple[KeptElsewhere, ...]
    home_visits: tuple[HomeVisit, ...] = ()
    former_dependents: tuple[OwnFormerDependent, ...] = ()
    wishes: tuple[OwnWish, ...] = ()
    refunds: tuple[OwnRefund, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPerson(Request[PersonExport]):
    """Read all that is kept about a person."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[PersonExport]] = PersonExport

    person_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What an erasure did: so many bookings that were ahead were given up."""

    person_id: str
    cancelled: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePerson(Request[Erasure]):
    """Erase a person's data for good; bookings ahead are given up. The password proves that it is meant."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Erasure]] = Erasure
    repeatable: ClassVar[bool] = False
    deadline_seconds: ClassVar[float] = 10.0

    person_id: str
    password: Secret
    address: str | None = None
