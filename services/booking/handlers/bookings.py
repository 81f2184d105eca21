"""Bookings: taking places, the hot path of the whole system, and a person's own bookings.

lock slots ─▶ read persons ─▶ decide in order ─▶ write bookings ─▶ count places ─▶ events
     ▲                                                 │
     └── what came at the same time stood against it ◀─┘
"""

import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import uuid_utils

from chassis.database import Transaction
from contracts.events import BookingCancelled, SlotBooked
from contracts.events.booking import BookingState
from contracts.refusals import Refused
from contracts.requests.booking import Booking as OwnBooking
from contracts.requests.booking import Bookings, BookSlot, CancelBooking, GetBooking, ListBookings
from contracts.ticket import TicketSigner
from services.booking import errors
from services.booking.domain.booking import Booking
from services.booking.domain.booking_code import CODE_BITS
from services.booking.domain.sale import Citizen, Denied, Reason, Sale, Wish
from services.booking.handlers.identifier import known_form
from services.booking.handlers.tickets import own_booking
from services.booking.store import bookings, slots

_ROUNDS = 3
"""Wishes are decided anew when somebody else's booking came in between, or a drawn code was taken."""

_REFUSALS: Mapping[Reason, type[Refused]] = {
    Reason.UNKNOWN_PERSON: errors.UnknownAccount,
    Reason.KEY_REUSED: errors.IdempotencyKeyReused,
    Reason.UNKNOWN_SLOT: errors.UnknownSlot,
    Reason.BOOKED_ALREADY: errors.AlreadyBooked,
    Reason.OFFICE_NOT_OPEN: errors.OfficeNotOpen,
    Reason.SLOT_OVER: errors.SlotOver,
    Reason.SLOT_FULL: errors.SlotFull,
}

_EVENT_FIELDS = tuple(field.name for field in fields(BookingState))


class BookingsNotKept(Exception):
    """Round after round something stood against the new bookings: a fault, as codes are drawn at random."""


def book_slots(
    tx: Transaction,
    commands: Sequence[BookSlot],
    *,
    signer: TicketSigner,
    draw: Callable[[int], int] = secrets.randbits,
) -> list[OwnBooking | Refused]:
    """Take places for persons, in the order of the commands; answer a booking or a refusal to each.

    `draw` draws the numbers behind booking codes. Raises BookingsNotKept.
    """
    outcomes: dict[int, Booking | Denied] = {}
    for _ in range(_ROUNDS):
        wishes = {at: _wish(command, draw) for at, command in enumerate(commands) if at not in outcomes}
        outcomes |= _sell(tx, wishes)
        if len(outcomes) == len(commands):
            return [_answer(outcomes[at], signer) for at in range(len(commands))]
    raise BookingsNotKept


def get_booking(tx: Transaction, query: GetBooking, *, signer: TicketSigner) -> OwnBooking:
    """Read a person's own booking. Raises UnknownBooking."""
    return own_booking(_own(tx, query), signer)


def list_bookings(tx: Transaction, query: ListBookings, *, signer: TicketSigner) -> Bookings:
    """Read all of a person's own bookings, newest first."""
    found = bookings.list_bookings(tx, known_form(query.person_id))
    return Bookings(bookings=tuple(own_booking(booking, signer) for booking in found))


def cancel_booking(tx: Transaction, command: CancelBooking, *, signer: TicketSigner) -> OwnBooking:
    """Give up a booking and free its place. Raises UnknownBooking, BookingOver."""
    slots.lock_offers(tx, [_own(tx, command).slot_id])
    booking = _own(tx, command)
    if booking.status == "booked":
        if not booking.is_ahead(tx.now):
            raise errors.BookingOver(code=booking.code)
        booking = booking.cancelled()
        bookings.keep_cancelled(tx, booking)
        slots.take_places(tx, {booking.slot_id: -1})
        tx.emit(BookingCancelled(**_event_data(booking)))
    return own_booking(booking, signer)


def _sell(tx: Transaction, wishes: Mapping[int, Wish]) -> dict[int, Booking | Denied]:
    """Decide wishes and keep what was sold; when some of it could not be kept, the rest stays undecided."""
    offers = slots.lock_offers(tx, {wish.slot_id for wish in wishes.values()})
    citizens = bookings.list_citizens(
        tx,
        {wish.person_id for wish in wishes.values()},
        {wish.idempotency_key for wish in wishes.values()},
    )
    sale = Sale(offers, citizens, now=tx.now)
    outcomes = {at: sale.decide(wish) for at, wish in wishes.items()}
    lost = _keep(tx, sale.sold, citizens) if sale.sold else set()
    if not lost:
        return outcomes
    return {
        at: outcome
        for at, outcome in outcomes.items()
        if isinstance(outcome, Booking) and outcome.booking_id not in lost
    }


def _keep(tx: Transaction, sold: Sequence[Booking], citizens: Sequence[Citizen]) -> set[str]:
    over = {citizen.person_id for citizen in citizens if any(_is_over(tx, old) for old in citizen.bookings)}
    if over:
        bookings.leave_behind(tx, over)
    lost = bookings.add_bookings(tx, sold)
    kept = [booking for booking in sold if booking.booking_id not in lost]
    if kept:
        slots.take_places(tx, Counter(booking.slot_id for booking in kept))
    for booking in kept:
        tx.emit(SlotBooked(**_event_data(booking)))
    return lost


def _is_over(tx: Transaction, booking: Booking) -> bool:
    return booking.status == "booked" and not booking.is_ahead(tx.now)


def _wish(command: BookSlot, draw: Callable[[int], int]) -> Wish:
    return Wish(
        person_id=known_form(command.person_id),
        slot_id=known_form(command.slot_id),
        idempotency_key=command.idempotency_key,
        booking_id=str(uuid_utils.uuid7()),
        code_number=draw(CODE_BITS),
    )


def _answer(outcome: Booking | Denied, signer: TicketSigner) -> OwnBooking | Refused:
    if isinstance(outcome, Denied):
        return _REFUSALS[outcome.reason](**outcome.data)
    return own_booking(outcome, signer)


def _own(tx: Transaction, asked: GetBooking | CancelBooking) -> Booking:
    found = bookings.find_booking(tx, known_form(asked.person_id), asked.code)
    if found is None:
        raise errors.UnknownBooking(code=asked.code)
    return found


def _event_data(booking: Booking) -> dict[str, Any]:
    return {name: getattr(booking, name) for name in _EVENT_FIELDS}
