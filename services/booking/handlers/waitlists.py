"""Who found no place waits for one, and takes it when it is offered."""

from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta

import uuid_utils

from chassis.database import Transaction
from contracts.events import SlotBooked
from contracts.requests.booking import Booking as OwnBooking
from contracts.requests.waitlist import (
    AcceptOffer,
    JoinWaitlist,
    LeaveWaitlist,
    ListWaitlist,
    Waitlist,
    WaitlistEntry,
)
from contracts.ticket import TicketSigner
from services.booking import errors
from services.booking.domain.booking import Booking
from services.booking.domain.booking_code import CODE_BITS
from services.booking.domain.no_show import waits_until
from services.booking.domain.offer import Offer
from services.booking.domain.payment import ANY_HOLDER, HoldLimit
from services.booking.domain.sale import new_booking
from services.booking.domain.waitlist import Entry
from services.booking.domain.wish import Citizen, Guest, Wish
from services.booking.handlers.bookings import event_data
from services.booking.handlers.holds import USUAL_HOLD, Holding, hold_places, who_left_unpaid
from services.booking.handlers.identifier import known_form
from services.booking.handlers.rollout import selling_office
from services.booking.handlers.tickets import own_booking
from services.booking.store import availability, bookings, payments, slots, waitlist
from services.booking.store.bookings import BookingsNotKept
from services.booking.store.waitlist import Returning

LONGEST_WISH = timedelta(days=90)

WISHES_SHOWN = timedelta(days=30)
"""How long people are shown a wish after they made it, once it has ended."""

MOST_SHOWN = 20
WISHES_KEPT = timedelta(days=30)
"""How long a wish is kept that has ended, counted from its last day."""

_DRAWS = 3
_SHOWN = tuple(field.name for field in fields(WaitlistEntry))


def join_waitlist(
    tx: Transaction, command: JoinWaitlist, *, hold_limit: HoldLimit = ANY_HOLDER
) -> WaitlistEntry:
    """Wait for a place.

    Raises UnknownAccount, AlreadyBooked, NoShowWait, TooManyHolds, BadWishDates, PlacesLeft, AlreadyWaiting,
    and what `selling_office` does.
    """
    person_id = known_form(command.person_id)
    office = selling_office(tx, command.office, command.for_service)
    today = tx.now.astimezone(office.zone).date()
    if not today <= command.last_date <= today + LONGEST_WISH or command.last_date < command.first_date:
        raise errors.BadWishDates(days=LONGEST_WISH.days)
    citizen = _free_citizen(tx, person_id, office.code)
    if office.form_of(command.for_service).fee.prepaid is not None:
        _require_payer(tx, person_id, hold_limit)
    days = availability.list_days(tx, office, command.for_service)
    wanted = [day for day in days if command.first_date <= day.date <= command.last_date]
    if any(day.places_left for day in wanted):
        raise errors.PlacesLeft(office=office.code)
    entry = Entry(
        entry_id=str(uuid_utils.uuid7()),
        person_id=person_id,
        display_name=citizen.display_name,
        office=office.code,
        service=command.for_service,
        first_date=command.first_date,
        last_date=command.last_date,
        status="waiting",
        version=1,
        created_at=tx.now,
    )
    if not waitlist.add_entry(tx, entry):
        raise errors.AlreadyWaiting
    return _shown(entry)


def list_waitlist(tx: Transaction, query: ListWaitlist) -> Waitlist:
    """Read a person's wishes, newest first: the open one, and those of late."""
    since = tx.now - WISHES_SHOWN
    entries = waitlist.list_entries(tx, known_form(query.person_id), since=since, most=MOST_SHOWN)
    return Waitlist(entries=tuple(_shown(entry) for entry in entries))


def accept_offer(
    tx: Transaction,
    command: AcceptOffer,
    *,
    signer: TicketSigner,
    holding: Holding = USUAL_HOLD,
) -> OwnBooking:
    """Take the place that is offered; where payment comes first it is held.

    Raises UnknownWish, OfferOver, AlreadyBooked, UnknownAccount, NoShowWait, TooManyHolds.
    """
    person_id = known_form(command.person_id)
    returning = waitlist.offered_to(tx, known_form(command.entry_id))
    offers = slots.lock_offers(tx, {place.slot_id for place in returning.places}) if returning else {}
    entry = _own(tx, person_id, command.entry_id)
    key = f"waitlist:{entry.entry_id}"
    if entry.status == "booked":
        made = _made_with(tx, person_id, key)
        return own_booking(made, signer, payment=payments.payment_of(tx, made))
    offer = offers.get(returning.places[0].slot_id) if returning else None
    if returning is None or offer is None or entry.status != "offered" or returning.due_at <= tx.now:
        raise errors.OfferOver
    citizen = _free_citizen(tx, person_id, offer.office)
    if offer.prepaid is not None:
        _require_payer(tx, person_id, holding.limit)
    booking = _kept(tx, citizen, offer, returning, key=key, draw=holding.draw)
    waitlist.forget_returning(tx, returning.return_id)
    waitlist.put_entry(tx, entry.ended("booked"))
    if booking.status == "held":
        hold_places(tx, [booking], offers, holding)
    else:
        tx.emit(SlotBooked(**event_data(booking)))
    return own_booking(booking, signer, payment=payments.payment_of(tx, booking))


def leave_waitlist(tx: Transaction, command: LeaveWaitlist) -> WaitlistEntry:
    """Wait no longer; a place that is offered goes to the next. Raises UnknownWish."""
    returning = waitlist.offered_to(tx, known_form(command.entry_id))
    entry = _own(tx, known_form(command.person_id), command.entry_id)
    if not entry.is_open:
        return _shown(entry)
    if returning is not None:
        waitlist.put_off(tx, returning.return_id, until=tx.now, entry_id=None)
    left = entry.ended("left")
    waitlist.put_entry(tx, left)
    return _shown(left)


def end_past_wishes(tx: Transaction) -> None:
    """Let wishes end whose dates are over; nobody waits for a day that has passed."""
    waitlist.expire_past_entries(tx)


def forget_ended_wishes(tx: Transaction, *, most: int) -> None:
    """Drop wishes that ended long ago, some at a time."""
    waitlist.forget_ended(tx, before=(tx.now - WISHES_KEPT).date(), most=most)


def _kept(
    tx: Transaction,
    citizen: Citizen,
    offer: Offer,
    returning: Returning,
    *,
    key: str,
    draw: Callable[[int], int],
) -> Booking:
    """Write the booking down; the place is counted already. Raises AlreadyBooked, BookingsNotKept."""
    bookings.leave_behind(tx, {citizen.person_id})
    for _ in range(_DRAWS):
        wish = _wish(citizen, offer, key, draw)
        booking = new_booking(wish, wish.guests[0], citizen, offer, pool=returning.places[0].pool)
        if not bookings.add_bookings(tx, [booking]):
            bookings.add_further_slots(tx, {booking.booking_id: returning.places})
            return booking
        _free_citizen(tx, citizen.person_id, offer.office)
    raise BookingsNotKept


def _wish(citizen: Citizen, offer: Offer, key: str, draw: Callable[[int], int]) -> Wish:
    guest = Guest(
        person_id=citizen.person_id,
        booking_id=str(uuid_utils.uuid7()),
        code_number=draw(CODE_BITS),
        priority="regular",
    )
    return Wish(asker_id=citizen.person_id, slot_id=offer.slot_id, idempotency_key=key, guests=(guest,))


def _free_citizen(tx: Transaction, person_id: str, office: str) -> Citizen:
    """Find a person who may book at an office. Raises UnknownAccount, AlreadyBooked, NoShowWait."""
    found = bookings.list_citizens(tx, [person_id], [])
    if not found:
        raise errors.UnknownAccount
    for booking in found[0].bookings:
        if booking.is_ahead(tx.now):
            raise errors.AlreadyBooked(code=booking.code)
    if day := waits_until(found[0].waits.get(office), tx.now):
        raise errors.NoShowWait(office=office, display_name=found[0].display_name, book_from=day.isoformat())
    return found[0]


def _require_payer(tx: Transaction, person_id: str, limit: HoldLimit) -> None:
    """Let nobody hold a place who left too many unpaid. Raises TooManyHolds."""
    if person_id in who_left_unpaid(tx, [person_id], limit):
        raise errors.TooManyHolds


def _made_with(tx: Transaction, person_id: str, key: str) -> Booking:
    (citizen,) = bookings.list_citizens(tx, [person_id], [key])
    return next(booking for booking in citizen.bookings if booking.idempotency_key == key)


def _own(tx: Transaction, person_id: str, entry_id: str) -> Entry:
    entry = waitlist.lock_entry(tx, known_form(entry_id))
    if entry is None or entry.person_id != person_id:
        raise errors.UnknownWish
    return entry


def _shown(entry: Entry) -> WaitlistEntry:
    return WaitlistEntry(**{name: getattr(entry, name) for name in _SHOWN})
