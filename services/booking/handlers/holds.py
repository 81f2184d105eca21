"""Places that are kept until they are paid: holds begin with a billing code, and end when nobody pays."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from chassis.database import Transaction
from contracts.events import BookingExpired, BookingHeld
from services.booking.domain.booking import Booking
from services.booking.domain.offer import Offer
from services.booking.domain.payment import BILLING_BITS, HOLD_LASTS, Payment, billing_code, hold_ends_at
from services.booking.handlers.returns import Returns, give_up_places
from services.booking.store import bookings, payments, slots

_MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """How long places are held, and what draws the numbers behind billing codes."""

    lasts: timedelta = HOLD_LASTS
    draw: Callable[[int], int] = secrets.randbits


def hold_places(
    tx: Transaction, held: Sequence[Booking], offers: Mapping[str, Offer], holding: Holding
) -> None:
    """Ask those to pay whose bookings are held: one billing code for all who come together."""
    parties = _by_payment(held)
    asked = [_payment(tx, party, offers[party[0].slot_id], holding) for party in parties.values()]
    payments.add_payments(tx, asked)
    for payment in asked:
        tx.emit(BookingHeld(**payment_data(payment, parties[payment.payment_id])))


def expire_holds(tx: Transaction, returns: Returns) -> int:
    """End the holds that nobody paid in time, and let their places return; return how many there were."""
    over = {payment.payment_id: payment.lapsed() for payment in payments.take_lapsed(tx, most=_MOST_AT_ONCE)}
    held = [one for one in bookings.list_of_payment(tx, over) if one.status == "held"] if over else []
    taken = bookings.places_taken(tx, held)
    offers = slots.lock_offers(tx, {place.slot_id for places in taken.values() for place in places})
    give_up_places(tx, offers, taken, returns)
    expired = [one.expired() for one in held]
    bookings.keep_without_place(tx, expired)
    for payment in over.values():
        payments.put_payment(tx, payment)
    for payment_id, party in _by_payment(expired).items():
        tx.emit(BookingExpired(**payment_data(over[payment_id], party)))
    return len(over)


def payment_data(payment: Payment, party: Sequence[Booking]) -> dict[str, Any]:
    """Return what every event of a payment tells; `party` are those of its bookings that matter."""
    first = party[0]
    return {
        "version": payment.version,
        "payment_id": payment.payment_id,
        "person_id": first.asker_id,
        "code": first.code,
        "people": len(party),
        "office": first.office,
        "service": first.service,
        "starts_at": first.starts_at,
        "ends_at": first.ends_at,
        "billing_code": payment.billing_code,
        "amount": payment.amount,
        "due_at": payment.due_at,
        "status": payment.status,
    }


def _payment(tx: Transaction, party: Sequence[Booking], offer: Offer, holding: Holding) -> Payment:
    payment_id = party[0].payment_id
    if payment_id is None or offer.prepaid is None:
        raise ValueError(f"nothing is to be paid first for {party[0].booking_id}")
    return Payment(
        payment_id=payment_id,
        billing_code=billing_code(holding.draw(BILLING_BITS)),
        amount=offer.prepaid * len(party),
        due_at=hold_ends_at(now=tx.now, lasts=holding.lasts, sell_until=offer.sell_until),
    )


def _by_payment(held: Sequence[Booking]) -> dict[str, list[Booking]]:
    parties: dict[str, list[Booking]] = {}
    for booking in held:
        if booking.payment_id is not None:
            parties.setdefault(booking.payment_id, []).append(booking)
    return parties
