"""Who gets a place: wishes are decided one after the other, in the order in which they came.

wish ─▶ key not used before? ─▶ known slot? ─▶ known person? ─▶ nothing else ahead?
     ─▶ office selling? ─▶ slot not over? ─▶ a place left? ─▶ sold
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto

from contracts.words import OfficeStatus, ServiceCode
from services.booking.domain.booking import Booking
from services.booking.domain.booking_code import booking_code
from services.booking.domain.rollout import SELLING_STATUSES


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A person's wish for a place; `booking_id` and `code_number` are drawn in case it is granted."""

    person_id: str
    slot_id: str
    idempotency_key: str
    booking_id: str
    code_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A slot as it stands, while nobody else can change it."""

    slot_id: str
    office: str
    office_status: OfficeStatus
    service: ServiceCode
    date: date
    starts_at: datetime
    ends_at: datetime
    sell_until: datetime
    places_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Citizen:
    """A person with the bookings that matter: what is ahead, and what the wishes' keys once got."""

    person_id: str
    display_name: str
    bookings: tuple[Booking, ...]


class Reason(Enum):
    """Why a wish is denied."""

    UNKNOWN_PERSON = auto()
    KEY_REUSED = auto()
    UNKNOWN_SLOT = auto()
    BOOKED_ALREADY = auto()
    OFFICE_NOT_OPEN = auto()
    SLOT_OVER = auto()
    SLOT_FULL = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """A wish without a place: why, and what explains it to the person."""

    reason: Reason
    data: Mapping[str, object] = field(default_factory=dict)


class Sale:
    """The sale of some slots at one instant; `sold` is what has to be written down."""

    def __init__(self, offers: Mapping[str, Offer], citizens: Collection[Citizen], *, now: datetime) -> None:
        self._offers = offers
        self._now = now
        self._names = {citizen.person_id: citizen.display_name for citizen in citizens}
        self._ahead: dict[str, Booking] = {}
        self._by_key: dict[tuple[str, str], Booking] = {}
        self._places = {slot_id: offer.places_left for slot_id, offer in offers.items()}
        self.sold: list[Booking] = []
        for citizen in citizens:
            for booking in citizen.bookings:
                self._remember(booking)

    def decide(self, wish: Wish) -> Booking | Denied:
        """Grant a wish, answer one that was granted before, or deny it."""
        earlier = self._by_key.get((wish.person_id, wish.idempotency_key))
        if earlier is not None and earlier.slot_id == wish.slot_id:
            return earlier
        if earlier is not None:
            return Denied(reason=Reason.KEY_REUSED)
        offer = self._offers.get(wish.slot_id)
        if offer is None:
            return Denied(reason=Reason.UNKNOWN_SLOT)
        return self._against_person(wish) or self._against_offer(offer) or self._grant(wish, offer)

    def _against_person(self, wish: Wish) -> Denied | None:
        if wish.person_id not in self._names:
            return Denied(reason=Reason.UNKNOWN_PERSON)
        ahead = self._ahead.get(wish.person_id)
        if ahead is not None:
            return Denied(reason=Reason.BOOKED_ALREADY, data={"code": ahead.code})
        return None

    def _against_offer(self, offer: Offer) -> Denied | None:
        if offer.office_status not in SELLING_STATUSES:
            return Denied(
                reason=Reason.OFFICE_NOT_OPEN, data={"office": offer.office, "status": offer.office_status}
            )
        if offer.sell_until <= self._now:
            return Denied(reason=Reason.SLOT_OVER, data={"starts_at": offer.starts_at.isoformat()})
        if self._places[offer.slot_id] < 1:
            return Denied(reason=Reason.SLOT_FULL)
        return None

    def _grant(self, wish: Wish, offer: Offer) -> Booking:
        booking = self._booking(wish, offer)
        self._places[offer.slot_id] -= 1
        self._remember(booking)
        self.sold.append(booking)
        return booking

    def _booking(self, wish: Wish, offer: Offer) -> Booking:
        return Booking(
            booking_id=wish.booking_id,
            code=booking_code(offer.office, wish.code_number),
            person_id=wish.person_id,
            slot_id=offer.slot_id,
            idempotency_key=wish.idempotency_key,
            display_name=self._names[wish.person_id],
            office=offer.office,
            service=offer.service,
            priority="regular",
            date=offer.date,
            starts_at=offer.starts_at,
            ends_at=offer.ends_at,
            status="booked",
            version=1,
        )

    def _remember(self, booking: Booking) -> None:
        self._by_key[booking.person_id, booking.idempotency_key] = booking
        if booking.is_ahead(self._now):
            self._ahead[booking.person_id] = booking
