"""Moving bookings: to another slot of the same office and service, all of a party or nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from chassis.database import Transaction
from contracts.events import BookingRescheduled, SlotBooked
from contracts.requests.booking import Booking as OwnBooking
from contracts.requests.booking import GetBooking, RescheduleBooking
from contracts.ticket import TicketSigner
from services.booking import errors
from services.booking.domain.booking import Booking
from services.booking.domain.offer import Offer
from services.booking.domain.priority import own_pools
from services.booking.domain.quota import Taken
from services.booking.domain.reschedule import Immovable, RescheduleRule
from services.booking.domain.rollout import SELLING_STATUSES
from services.booking.domain.sale import take
from services.booking.handlers.bookings import event_data
from services.booking.handlers.identifier import known_form
from services.booking.handlers.moving import REFUSALS
from services.booking.handlers.own_bookings import get_booking, own_locked, party_of, unmoved
from services.booking.handlers.returns import Returns, give_up_places
from services.booking.store import bookings, slots, visits


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms people move their bookings, and how their old places return."""

    rule: RescheduleRule
    returns: Returns = field(default_factory=Returns)


Moves = Mapping[str, tuple[Taken, ...]]
"""The places of each booking, by its id."""


def reschedule_booking(
    tx: Transaction, command: RescheduleBooking, *, signer: TicketSigner, terms: Terms
) -> OwnBooking:
    """Move a booking with its party; who has paid and has no place gets one so.

    Refuses the new slot as `book_slots` does, and raises UnknownBooking, BookingGivenUp, BookingOver,
    BookingChanged, PaymentDue, HoldEnded, RescheduleLimit, TooLateToReschedule, RescheduleElsewhere.
    """
    asker_id, slot_id = known_form(command.person_id), known_form(command.slot_id)
    as_it_is = GetBooking(person_id=asker_id, code=command.code)
    asked = own_locked(tx, asker_id, command.code)
    party = party_of(tx, asker_id, asked)
    can_move = asked.status in {"booked", "paid"}
    movable = [one for one in party if one.status == asked.status] if can_move else [asked]
    before = bookings.places_taken(tx, movable)
    old = {place.slot_id for places in before.values() for place in places}
    offers = slots.lock_offers(tx, old | {slot_id})
    is_affected = bool(slots.withdrawn_of(tx, old))
    present = [unmoved(tx, asker_id, one, is_affected=is_affected) for one in movable]
    if all(one.slot_id == slot_id and one.status == "booked" for one in present):
        return get_booking(tx, as_it_is, signer=signer, rule=terms.rule)
    for booking in present:
        _require_movable(booking, terms.rule, is_affected=is_affected, tx=tx)
    offer = _offer(tx, offers.get(slot_id), asked)
    after = _places(offers, offer, present, before)
    _move(tx, present, after, offer, counts=not is_affected and asked.status == "booked")
    slots.take_places(tx, _missing(present, after, before))
    left = {one.booking_id: _missing([one], before, after) for one in present}
    give_up_places(tx, offers, left, terms.returns)
    return get_booking(tx, as_it_is, signer=signer, rule=terms.rule)


def _require_movable(booking: Booking, rule: RescheduleRule, *, is_affected: bool, tx: Transaction) -> None:
    against = rule.against(booking, is_affected=is_affected, now=tx.now)
    if against is None:
        return
    data: dict[str, object] = {"code": booking.code}
    if against is Immovable.MOVED_OFTEN_ENOUGH:
        data = {"most": rule.most}
    elif against is Immovable.TOO_LATE:
        data = {"notice_hours": round(rule.notice.total_seconds() / 3600)}
    raise REFUSALS[against](**data)


def _offer(tx: Transaction, offer: Offer | None, booking: Booking) -> Offer:
    if offer is None or offer.following is None:
        raise errors.UnknownSlot
    if (offer.office, offer.service) != (booking.office, booking.service):
        raise errors.RescheduleElsewhere(office=booking.office, service=booking.service)
    if offer.office_status not in SELLING_STATUSES:
        raise errors.OfficeNotOpen(office=offer.office, status=offer.office_status)
    if offer.sell_until <= tx.now:
        raise errors.SlotOver(starts_at=offer.starts_at.isoformat())
    return offer


def _places(offers: Mapping[str, Offer], offer: Offer, party: Sequence[Booking], before: Moves) -> Moves:
    """Give each of a party places of the new slots; where they have one already, they keep it."""
    left = {slot_id: offers[slot_id].places for slot_id in offer.slot_ids}
    after: dict[str, tuple[Taken, ...]] = {}
    for booking in party:
        kept = {place.slot_id: place for place in before[booking.booking_id]}
        wanted = [slot_id for slot_id in offer.slot_ids if slot_id not in kept]
        pools = own_pools(booking.priority, is_assisted=booking.pool == "assisted")
        new = {place.slot_id: place for place in take(left, wanted, pools)}
        if len(new) < len(wanted):
            _refuse_full()
        after[booking.booking_id] = tuple(kept.get(one) or new[one] for one in offer.slot_ids)
    return after


def _refuse_full() -> NoReturn:
    raise errors.SlotFull


def _missing(party: Sequence[Booking], these: Moves, those: Moves) -> tuple[Taken, ...]:
    """List these places of a party that are not among those."""
    ids = [booking.booking_id for booking in party]
    return tuple(place for one in ids for place in these[one] if place not in those[one])


def _move(tx: Transaction, party: Sequence[Booking], after: Moves, offer: Offer, *, counts: bool) -> None:
    """Keep bookings at their new time, and tell of it: of one without a place that it has got its first."""
    moved = [one.moved(offer, after[one.booking_id][0].pool, counts=counts) for one in party]
    if not bookings.keep_with_places(tx, moved, after):
        ahead = bookings.somebody_ahead(tx, [one.person_id for one in party])
        raise errors.AlreadyBooked(code=party[0].code if ahead is None else ahead.code)
    visits.forget(tx, [now.booking_id for old, now in zip(party, moved, strict=True) if old.date != now.date])
    for before, now_is in zip(party, moved, strict=True):
        if before.status == "paid":
            tx.emit(SlotBooked(**event_data(now_is)))
            continue
        tx.emit(
            BookingRescheduled(
                **event_data(now_is), previous_date=before.date, previous_starts_at=before.starts_at
            )
        )
