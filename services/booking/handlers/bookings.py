"""Bookings: taking places, the hot path of the whole system.

read persons ─▶ lock slots ─▶ decide in order ─▶ write bookings, places and events ─▶ commit
     ▲                                                             │
     └───────── what came at the same time stood against it ◀──────┘

Slots are locked last: while one batch of commands is written, the persons of the next one are read. So who is
denied is looked at again under the lock.
"""

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import timedelta
from functools import partial
from typing import Any

import uuid_utils

from chassis.database import Transaction
from contracts.events import SlotBooked
from contracts.events.booking import BookingState
from contracts.refusals import Refused
from contracts.requests.booking import Booking as OwnBooking
from contracts.requests.booking import BookSlot
from contracts.ticket import TicketSigner
from contracts.words import PriorityClass
from services.booking import errors
from services.booking.domain.booking import Booking
from services.booking.domain.booking_code import CODE_BITS
from services.booking.domain.nik import births_of
from services.booking.domain.payment import ANY_HOLDER, HOLD_LASTS, HoldLimit
from services.booking.domain.priority import needs_age
from services.booking.domain.sale import Denied, Outcome, Reason, Sale
from services.booking.domain.wish import Citizen, Guest, Wish
from services.booking.handlers.holds import Holding, barred, hold_places
from services.booking.handlers.identifier import known_form
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.handlers.tickets import own_booking
from services.booking.store import bookings, dependents, payments, slots
from services.booking.store.identities import sealed_niks

_REFUSALS: Mapping[Reason, type[Refused]] = {
    Reason.PARTY_SIZE: errors.PartySize,
    Reason.UNKNOWN_PERSON: errors.UnknownAccount,
    Reason.UNKNOWN_DEPENDENT: errors.UnknownDependent,
    Reason.KEY_REUSED: errors.IdempotencyKeyReused,
    Reason.UNKNOWN_SLOT: errors.UnknownSlot,
    Reason.BOOKED_ALREADY: errors.AlreadyBooked,
    Reason.OFFICE_NOT_OPEN: errors.OfficeNotOpen,
    Reason.SLOT_OVER: errors.SlotOver,
    Reason.NOT_OF_CLASS: errors.NotOfClass,
    Reason.SLOT_FULL: errors.SlotFull,
    Reason.TOO_MANY_HOLDS: errors.TooManyHolds,
    Reason.NO_SHOW_WAIT: errors.NoShowWait,
}

_EVENT_FIELDS = tuple(field.name for field in fields(BookingState))


Granted = Callable[[], OwnBooking]


def book_slots(
    tx: Transaction,
    commands: Sequence[BookSlot],
    *,
    signer: TicketSigner,
    vault: IdentityVault,
    draw: Callable[[int], int] = secrets.randbits,
    hold_lasts: timedelta = HOLD_LASTS,
    hold_limit: HoldLimit = ANY_HOLDER,
) -> list[OwnBooking | Refused]:
    """Take places for persons, in the order of the commands; answer a booking or a refusal to each.

    `draw` draws the numbers behind codes. Where somebody else's booking came in between, or a drawn code was
    taken, the commit raises IntegrityError: all is to be decided anew.
    """
    outcomes = sell_places(
        tx, commands, signer=signer, vault=vault, draw=draw, hold_lasts=hold_lasts, hold_limit=hold_limit
    )
    return [outcome if isinstance(outcome, Refused) else outcome() for outcome in outcomes]


def sell_places(
    tx: Transaction,
    commands: Sequence[BookSlot],
    *,
    signer: TicketSigner,
    vault: IdentityVault,
    draw: Callable[[int], int] = secrets.randbits,
    hold_lasts: timedelta = HOLD_LASTS,
    hold_limit: HoldLimit = ANY_HOLDER,
) -> list[Granted | Refused]:
    """Do what `book_slots` does, but for signing tickets: nobody else has to wait for that.

    What is granted is shown by a function, to be called once the transaction has taken effect.
    """
    holding = Holding(lasts=hold_lasts, limit=hold_limit, draw=draw)
    outcomes = _sell(tx, [_wish(command, draw) for command in commands], vault, holding)
    return _answers(tx, outcomes, signer)


def event_data(booking: Booking) -> dict[str, Any]:
    """Return what every event of a booking tells: of the name no more than its person lets be shown."""
    return {name: getattr(booking, name) for name in _EVENT_FIELDS} | {"display_name": booking.hall_name}


def refusal(denied: Denied) -> Refused:
    """Say as a refusal why a wish was denied."""
    return _REFUSALS[denied.reason](**denied.data)


def _sell(tx: Transaction, wishes: Sequence[Wish], vault: IdentityVault, holding: Holding) -> list[Outcome]:
    """Decide wishes and write down what was sold."""
    citizens = _citizens(tx, wishes, vault)
    offers = slots.lock_offers(tx, {wish.slot_id for wish in wishes})
    asked = {wish.asker_id for wish in wishes}
    sale = Sale(offers, citizens, now=tx.now, barred=barred(tx, asked, offers.values(), holding.limit))
    outcomes = [sale.decide(wish) for wish in wishes]
    denied = {at: wish for at, wish in enumerate(wishes) if isinstance(outcomes[at], Denied)}
    if denied:
        # What they booked elsewhere while we waited for the slots is theirs, also if it was the last place.
        sale.learn(_citizens(tx, denied.values(), vault))
        for at, wish in denied.items():
            outcomes[at] = sale.decide(wish)
    if sale.sold:
        traces = _traces(tx, outcomes)
        _write(tx, sale, citizens, traces)
        held = [one for one in sale.sold if one.status == "held"]
        if held:
            hold_places(tx, held, offers, holding, traces=traces)
    return outcomes


def _citizens(tx: Transaction, wishes: Collection[Wish], vault: IdentityVault) -> list[Citizen]:
    """Read who asks, and more only of whom a wish makes it matter: their family, their age."""
    askers = {wish.asker_id for wish in wishes}
    keys = {wish.idempotency_key for wish in wishes}
    citizens = bookings.list_citizens(tx, askers, keys)
    aged = {guest.person_id for wish in wishes for guest in wish.guests if needs_age(guest.priority)}
    if aged:
        niks = sealed_niks(tx, aged)
        births = {person: births_of(vault.open(nik, person_id=person)) for person, nik in niks.items()}
        citizens = [replace(one, births=births.get(one.person_id, ())) for one in citizens]
    guardians = {wish.asker_id for wish in wishes if wish.has_dependents}
    return citizens + (dependents.list_family(tx, guardians, keys) if guardians else [])


def _traces(tx: Transaction, outcomes: Sequence[Outcome]) -> dict[str, str]:
    """Return the trace of who asked first for each booking, by its id."""
    return {
        booking.booking_id: tx.trace_of(at)
        for at, outcome in reversed(list(enumerate(outcomes)))
        if not isinstance(outcome, Denied)
        for booking in outcome
    }


def _write(tx: Transaction, sale: Sale, citizens: Sequence[Citizen], traces: Mapping[str, str]) -> None:
    """Write down what was sold."""
    over = {citizen.person_id for citizen in citizens if any(_is_over(tx, old) for old in citizen.bookings)}
    if over:
        bookings.leave_behind(tx, over)
    taken = {booking.booking_id: sale.taken[booking.booking_id] for booking in sale.sold}
    bookings.write_bookings(tx, sale.sold)
    bookings.add_further_slots(tx, taken)
    slots.take_places(tx, [place for places in taken.values() for place in places])
    for booking in sale.sold:
        if booking.status == "booked":
            tx.emit(SlotBooked(**event_data(booking)), traceparent=traces[booking.booking_id])


def _is_over(tx: Transaction, booking: Booking) -> bool:
    return booking.status in {"held", "booked"} and not booking.is_ahead(tx.now)


def _wish(command: BookSlot, draw: Callable[[int], int]) -> Wish:
    asker_id = known_form(command.person_id)
    guests: dict[str, PriorityClass] = {asker_id: command.priority} if command.with_holder else {}
    for dependent in command.dependents:
        guests.setdefault(known_form(dependent), "regular")
    return Wish(
        asker_id=asker_id,
        slot_id=known_form(command.slot_id),
        idempotency_key=command.idempotency_key,
        district=command.district,
        guests=tuple(
            Guest(
                person_id=person_id,
                booking_id=str(uuid_utils.uuid7()),
                code_number=draw(CODE_BITS),
                priority=priority,
            )
            for person_id, priority in guests.items()
        ),
    )


def _answers(tx: Transaction, outcomes: Sequence[Outcome], signer: TicketSigner) -> list[Granted | Refused]:
    """Show what was granted and what was denied; payments are read where there are any."""
    granted = [outcome for outcome in outcomes if not isinstance(outcome, Denied)]
    payment_ids = {party[0].payment_id for party in granted if party[0].payment_id is not None}
    paid = payments.list_payments(tx, payment_ids) if payment_ids else {}
    return [
        _REFUSALS[outcome.reason](**outcome.data)
        if isinstance(outcome, Denied)
        else partial(
            own_booking, outcome[0], signer, party=outcome, payment=paid.get(outcome[0].payment_id or "")
        )
        for outcome in outcomes
    ]
