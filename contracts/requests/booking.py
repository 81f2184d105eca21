"""What can be asked of booking about offices, slots and bookings."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from contracts.events.availability import SlotPlaces
from contracts.events.booking import OfficeChanged
from contracts.office_plan import NoShowPlan, OfficePlan, TravelMinutes
from contracts.requests.base import Request
from contracts.requests.moving import Moving
from contracts.requests.no_show import NoShowWait
from contracts.requests.payment import Payment
from contracts.requests.travel import Reach
from contracts.requests.visit import PartyMember, Visit
from contracts.words import (
    BookingCode,
    BookingStatus,
    Count,
    DisplayName,
    IdempotencyKey,
    Instant,
    OfficeCode,
    OfficeStatus,
    PlanEdition,
    PriorityClass,
    RegionName,
    Rupiah,
    ServiceCode,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offices:
    """All offices, each as its latest event told it."""

    offices: tuple[OfficeChanged, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOffices(Request[Offices]):
    """Read all offices of the country."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Offices]] = Offices


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot(SlotPlaces):
    """One arrival slot; times are UTC.

    `places_left` counts what anybody can still book online, `priority_places_left` what the priority classes
    can. A booking of a service that takes several slots lasts from the start of this one to `ends_at`.
    `reach` is told to who says where they set out.
    """

    reach: Reach | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """The slots of one office, service and day, by time.

    `prepaid_amount` is what a person pays first, `hold_minutes` how long a place is kept for that at most.
    """

    office: OfficeCode
    service: ServiceCode
    date: date
    slots: tuple[Slot, ...]
    travel_minutes: TravelMinutes | None = None
    prepaid_amount: Rupiah | None = None
    hold_minutes: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSlots(Request[Slots]):
    """Read the slots of a day in the office's own zone that are still given out.

    That is until a slot's start, and until its end at an office where people may walk in.
    """

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Slots]] = Slots

    office: OfficeCode
    for_service: ServiceCode
    date: date
    district: RegionName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day with slots; the places left over all of them."""

    date: date
    places_left: Count
    priority_places_left: Count = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days of one office and service that have slots, in order, and when more days are given out.

    `no_show` is what follows there for who does not come; absent where nothing does.
    """

    office: OfficeCode
    service: ServiceCode
    days: tuple[Day, ...]
    next_release_at: Instant | None = None
    no_show: NoShowPlan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDays(Request[Days]):
    """Read on which days an office has slots for a service."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Days]] = Days

    office: OfficeCode
    for_service: ServiceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A booking as who made it sees it; `ticket` is the signed text of the QR code.

    A `booked` one has a ticket, and so has a `no_show`, whose person may come back on its day. A `held` one
    waits for its `payment`; a `paid` one has no place, and its person chooses one by `RescheduleBooking`.
    `dependent` is for whom who made it did so; absent where it is their own. `party` are all who come
    together; empty for one alone. `moving` says whether it may be moved; it is told where bookings are read.
    `hall_name` is what the hall shows of the person; absent where the number alone.
    """

    booking_id: str
    code: BookingCode
    office: OfficeCode
    service: ServiceCode
    priority: PriorityClass
    display_name: DisplayName
    date: date
    starts_at: Instant
    ends_at: Instant
    status: BookingStatus
    ticket: str
    version: int
    dependent: str | None = None
    party: tuple[PartyMember, ...] = ()
    visit: Visit | None = None
    payment: Payment | None = None
    moving: Moving | None = None
    hall_name: DisplayName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSlot(Request[Booking]):
    """Take a place in a slot for a person, their dependents, or both: for all of them or for none.

    The answer is the booking of the first of them, with the whole party. The same `idempotency_key` of the
    same person answers the same booking; with another slot or other people it is refused. `priority` is the
    person's own class; that of dependents is known. `district` is where they set out to the office: who has a
    long way may come later.
    """

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Booking]] = Booking

    person_id: str
    slot_id: str
    idempotency_key: IdempotencyKey
    priority: PriorityClass = "regular"
    with_holder: bool = True
    dependents: tuple[str, ...] = ()
    district: RegionName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GetBooking(Request[Booking]):
    """Read one of a person's own bookings."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Booking]] = Booking

    person_id: str
    code: BookingCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookings:
    """A person's bookings, newest first, and who of them and their dependents has to wait before booking."""

    bookings: tuple[Booking, ...]
    waits: tuple[NoShowWait, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBookings(Request[Bookings]):
    """Read all of a person's own bookings."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Bookings]] = Bookings

    person_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelBooking(Request[Booking]):
    """Give up a booking; one that is cancelled already stays so and is answered the same."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Booking]] = Booking

    person_id: str
    code: BookingCode


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelParty(Request[Booking]):
    """Give up the bookings of all who come together, by the code of one of them."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Booking]] = Booking

    person_id: str
    code: BookingCode


@dataclass(frozen=True, slots=True, kw_only=True)
class RescheduleBooking(Request[Booking]):
    """Move a booking, and all who come together with it, to another slot of the same office and service.

    All are moved or nobody; where they are at that slot already, nothing changes.
    """

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Booking]] = Booking

    person_id: str
    code: BookingCode
    slot_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AffectedBooking:
    """A booking that stands, at a time at which its office will not work."""

    code: BookingCode
    service: ServiceCode
    priority: PriorityClass
    display_name: DisplayName
    date: date
    starts_at: Instant
    ends_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class AffectedBookings:
    """All bookings of an office at whose time it will not work, by time, and its present status."""

    office: OfficeCode
    status: OfficeStatus
    bookings: tuple[AffectedBooking, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAffectedBookings(Request[AffectedBookings]):
    """Read which bookings stand at times at which an office will not work."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[AffectedBookings]] = AffectedBookings

    office: OfficeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOfficePlan(Request[AffectedBookings]):
    """Make an office what its plan says; the answer lists whose booking stands at a time lost by it.

    The same plan again changes nothing. Where `edition` is given and the plan in force is another one by now,
    nothing is changed either. `changed_by` is the head's id.
    """

    service: ClassVar[str] = "booking"
    result: ClassVar[type[AffectedBookings]] = AffectedBookings
    deadline_seconds: ClassVar[float] = 20.0

    office: OfficeCode
    plan: OfficePlan
    edition: PlanEdition | None = None
    changed_by: str | None = None
