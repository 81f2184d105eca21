"""Who gets a place: wishes are decided one after the other, in the order in which they came.

wish ─▶ one to five people? ─▶ key not used before? ─▶ known slot? ─▶ office selling? ─▶ slot not over?
     ─▶ known people? ─▶ nothing else ahead? ─▶ has not to wait? ─▶ pays what they hold?
     ─▶ of the class? ─▶ places left for all? ─▶ sold to all

What the slot says goes first: a wish that can bring nothing tells nothing about people.

A wish is for one person or a party; it is granted to all of them or to none. A service may take several
slots: a place of each is taken.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto

from services.booking.domain.booking import Booking
from services.booking.domain.booking_code import booking_code
from services.booking.domain.no_show import waits_until
from services.booking.domain.offer import Offer
from services.booking.domain.priority import fits, own_pools
from services.booking.domain.quota import Places, Pool, Taken
from services.booking.domain.rollout import SELLING_STATUSES
from services.booking.domain.wish import MOST_GUESTS, Citizen, Guest, Wish


class Reason(Enum):
    """Why a wish is denied."""

    PARTY_SIZE = auto()
    UNKNOWN_PERSON = auto()
    UNKNOWN_DEPENDENT = auto()
    KEY_REUSED = auto()
    UNKNOWN_SLOT = auto()
    BOOKED_ALREADY = auto()
    OFFICE_NOT_OPEN = auto()
    SLOT_OVER = auto()
    NOT_OF_CLASS = auto()
    SLOT_FULL = auto()
    TOO_MANY_HOLDS = auto()
    NO_SHOW_WAIT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """A wish without a place: why, and what explains it to the person."""

    reason: Reason
    data: Mapping[str, object] = field(default_factory=dict)


Outcome = tuple[Booking, ...] | Denied
"""A booking for each guest of the wish, in their order, or why there is none."""


class Sale:
    """The sale of some slots at one instant; `sold` is what has to be written down.

    `taken` has the places of each new booking, by its id. Who is `barred` gets no place that is paid first.
    """

    def __init__(
        self,
        offers: Mapping[str, Offer],
        citizens: Collection[Citizen],
        *,
        now: datetime,
        barred: frozenset[str] = frozenset(),
    ) -> None:
        self._offers = offers
        self._now = now
        self._barred = barred
        self._citizens: dict[str, Citizen] = {}
        self._known: set[str] = set()
        self._ahead: dict[str, Booking] = {}
        self._by_key: dict[tuple[str, str], list[Booking]] = {}
        self._keys_of: set[tuple[str, str]] = set()
        self._places = {slot_id: offer.places for slot_id, offer in offers.items()}
        self.sold: list[Booking] = []
        self.taken: dict[str, tuple[Taken, ...]] = {}
        self.learn(citizens)

    def learn(self, citizens: Iterable[Citizen]) -> None:
        """Take in citizens with their bookings; what is known of them already stays."""
        for citizen in citizens:
            self._citizens[citizen.person_id] = citizen
            for booking in citizen.bookings:
                self._remember(booking)

    def decide(self, wish: Wish) -> Outcome:
        """Grant a wish, answer one that was granted before, or deny it; a booking for each guest."""
        if not 1 <= len(wish.guests) <= MOST_GUESTS:
            return Denied(reason=Reason.PARTY_SIZE, data={"most": MOST_GUESTS})
        earlier = self._by_key.get((wish.asker_id, wish.idempotency_key))
        if earlier is not None:
            return _again(wish, earlier)
        offer = self._offers.get(wish.slot_id)
        if offer is None or offer.following is None:
            return Denied(reason=Reason.UNKNOWN_SLOT)
        return (
            self._against_offer(offer)
            or self._against_people(wish)
            or self._against_waits(wish, offer)
            or self._against_hold(wish, offer)
            or self._against_classes(wish, offer)
            or self._grant(wish, offer)
        )

    def _against_people(self, wish: Wish) -> Denied | None:
        if wish.asker_id not in self._citizens:
            return Denied(reason=Reason.UNKNOWN_PERSON)
        for guest in wish.guests:
            citizen = self._citizens.get(guest.person_id)
            if citizen is None or citizen.asker_id != wish.asker_id or citizen.is_removed:
                return Denied(reason=Reason.UNKNOWN_DEPENDENT, data={"dependent": guest.person_id})
            ahead = self._ahead.get(guest.person_id)
            if ahead is not None:
                return Denied(reason=Reason.BOOKED_ALREADY, data={"code": ahead.code})
            if (guest.person_id, wish.idempotency_key) in self._keys_of:  # by who booked for them then
                return Denied(reason=Reason.KEY_REUSED)
        return None

    def _against_waits(self, wish: Wish, offer: Offer) -> Denied | None:
        """An officer who has heard why may book for whom others, also a village, would be told to wait."""
        for guest in () if wish.overrides_waits else wish.guests:
            citizen = self._citizens[guest.person_id]
            if citizen.waits and (day := waits_until(citizen.waits.get(offer.office), self._now)):
                data = {
                    "office": offer.office,
                    "display_name": citizen.display_name,
                    "book_from": day.isoformat(),
                }
                return Denied(reason=Reason.NO_SHOW_WAIT, data=data)
        return None

    def _against_offer(self, offer: Offer) -> Denied | None:
        if offer.office_status not in SELLING_STATUSES:
            return Denied(
                reason=Reason.OFFICE_NOT_OPEN, data={"office": offer.office, "status": offer.office_status}
            )
        if offer.sell_until <= self._now:
            return Denied(reason=Reason.SLOT_OVER, data={"starts_at": offer.starts_at.isoformat()})
        return None

    def _against_hold(self, wish: Wish, offer: Offer) -> Denied | None:
        is_barred = offer.prepaid is not None and wish.asker_id in self._barred
        return Denied(reason=Reason.TOO_MANY_HOLDS) if is_barred else None

    def _against_classes(self, wish: Wish, offer: Offer) -> Denied | None:
        for guest in wish.guests:
            citizen = self._citizens[guest.person_id]
            priority = citizen.class_on(offer.date, guest.priority)
            if not fits(priority, citizen.births, on=offer.date):
                return Denied(reason=Reason.NOT_OF_CLASS, data={"priority": priority})
        return None

    def _grant(self, wish: Wish, offer: Offer) -> Outcome:
        left = {slot_id: self._places[slot_id] for slot_id in offer.slot_ids}
        granted: list[Booking] = []
        for guest in wish.guests:
            booking, taken = self._booking(wish, guest, offer, left)
            if booking is None:
                return Denied(reason=Reason.SLOT_FULL)
            granted.append(booking)
            self.taken[booking.booking_id] = taken
        self._places |= left
        for booking in granted:
            self._remember(booking)
        self.sold += granted
        return tuple(granted)

    def _booking(
        self, wish: Wish, guest: Guest, offer: Offer, left: dict[str, Places]
    ) -> tuple[Booking | None, tuple[Taken, ...]]:
        citizen = self._citizens[guest.person_id]
        priority = citizen.class_on(offer.date, guest.priority)
        taken = take(left, offer.slot_ids, own_pools(priority, is_assisted=wish.is_assisted))
        if not taken:
            return None, ()
        return new_booking(wish, guest, citizen, offer, pool=taken[0].pool), taken

    def _remember(self, booking: Booking) -> None:
        if booking.booking_id in self._known:
            return
        self._known.add(booking.booking_id)
        self._by_key.setdefault((booking.asker_id, booking.idempotency_key), []).append(booking)
        self._keys_of.add((booking.person_id, booking.idempotency_key))
        if booking.is_ahead(self._now):
            self._ahead[booking.person_id] = booking


def new_booking(wish: Wish, guest: Guest, citizen: Citizen, offer: Offer, *, pool: Pool) -> Booking:
    """Make the booking of one guest; it is held where payment comes first."""
    return Booking(
        booking_id=guest.booking_id,
        code=booking_code(offer.office, guest.code_number),
        person_id=guest.person_id,
        slot_id=offer.slot_id,
        idempotency_key=wish.idempotency_key,
        display_name=citizen.display_name,
        hall_name=citizen.hall_name,
        office=offer.office,
        service=offer.service,
        priority=citizen.class_on(offer.date, guest.priority),
        date=offer.date,
        starts_at=offer.starts_at,
        ends_at=offer.ends_at,
        status="booked" if offer.prepaid is None else "held",
        version=1,
        guardian_id=citizen.guardian_id,
        party_id=wish.party_id,
        pool=pool,
        payment_id=None if offer.prepaid is None else wish.party_id or guest.booking_id,
        is_far=wish.district in offer.far_districts,
    )


def take(left: dict[str, Places], slot_ids: Sequence[str], own: Sequence[Pool]) -> tuple[Taken, ...]:
    """Take a place of each slot, or none at all; `left` has what is left after it."""
    pools = [left[slot_id].pool_for(own) for slot_id in slot_ids]
    taken = tuple(
        Taken(slot_id=slot_id, pool=pool)
        for slot_id, pool in zip(slot_ids, pools, strict=True)
        if pool is not None
    )
    if len(taken) < len(slot_ids):
        return ()
    for place in taken:
        left[place.slot_id] = left[place.slot_id].taken(place.pool)
    return taken


def _again(wish: Wish, earlier: Sequence[Booking]) -> Outcome:
    """Answer what the key got before, if it was for the same people at the same slot."""
    made = {booking.person_id: booking for booking in earlier}
    asked = [guest.person_id for guest in wish.guests]
    elsewhere = any(booking.slot_id != wish.slot_id and not booking.moves for booking in earlier)
    if set(asked) != made.keys() or elsewhere:
        return Denied(reason=Reason.KEY_REUSED)
    return tuple(made[person_id] for person_id in asked)
