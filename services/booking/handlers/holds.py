"""Places that are kept until they are paid: holds begin with a billing code, and end when nobody pays."""

import secrets
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from chassis.database import Transaction
from contracts.events import BookingExpired, BookingHeld, HoldGivenUp
from contracts.words import HoldEnd
from services.booking.domain.booking import Booking
from services.booking.domain.offer import Offer
from services.booking.domain.payment import (
    ANY_HOLDER,
    BILLING_BITS,
    HOLD_LASTS,
    REPORT_GRACE,
    HoldLimit,
    Payment,
    billing_code,
    hold_ends_at,
)
from services.booking.handlers.returns import Returns, give_up_places
from services.booking.store import bookings, payments, slots

_MOST_AT_ONCE = 50
_OWN_TRACE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """How long places are held, how many a person may leave unpaid, and what draws billing codes' numbers."""

    lasts: timedelta = HOLD_LASTS
    limit: HoldLimit = ANY_HOLDER
    draw: Callable[[int], int] = secrets.randbits


USUAL_HOLD = Holding()
"""What holds unless it is set."""


def hold_places(
    tx: Transaction,
    held: Sequence[Booking],
    offers: Mapping[str, Offer],
    holding: Holding,
    *,
    traces: Mapping[str, str] = _OWN_TRACE,
) -> None:
    """Ask those to pay whose bookings are held: one billing code for all who come together.

    `traces` has the trace of who asked, by the id of a booking, where it is not the transaction's.
    """
    parties = _by_payment(held)
    asked = [_payment(tx, party, offers[party[0].slot_id], holding) for party in parties.values()]
    payments.add_payments(tx, asked)
    for payment in asked:
        party = parties[payment.payment_id]
        tx.emit(BookingHeld(**payment_data(payment, party)), traceparent=traces.get(party[0].booking_id))


def barred(
    tx: Transaction, asker_ids: Collection[str], offers: Iterable[Offer], limit: HoldLimit
) -> frozenset[str]:
    """Name those of some persons who left too many holds unpaid; costs nothing where none is paid first."""
    if all(offer.prepaid is None for offer in offers):
        return frozenset()
    return who_left_unpaid(tx, asker_ids, limit)


def who_left_unpaid(tx: Transaction, asker_ids: Collection[str], limit: HoldLimit) -> frozenset[str]:
    """Name those of some persons who left so many holds unpaid that they get no further one."""
    unpaid = payments.count_unpaid(tx, asker_ids, since=tx.now - limit.within)
    return frozenset(asker_id for asker_id, holds in unpaid.items() if limit.bars(holds))


def expire_holds(tx: Transaction, returns: Returns, *, grace: timedelta = REPORT_GRACE) -> int:
    """End the holds that nobody paid in time, and let their places return; return how many there were.

    Each is kept for `grace` longer, as the provider's word comes later than the money.
    """
    return _end(tx, payments.take_lapsed(tx, grace=grace, most=_MOST_AT_ONCE), "unpaid", returns)


def end_closed_holds(tx: Transaction, returns: Returns) -> int:
    """End the holds at hours at which the office will not work: nobody shall pay now; return how many."""
    return _end(tx, payments.take_withdrawn(tx, most=_MOST_AT_ONCE), "office_closed", returns)


def tell_given_up(tx: Transaction, payment: Payment) -> None:
    """Tell that nothing is to be paid any more, once all of a locked payment's people have given up."""
    party = bookings.list_of_payment(tx, [payment.payment_id])
    if any(one.status == "held" for one in party):
        return
    changed = payment.noted()
    payments.put_payments(tx, [changed])
    tx.emit(HoldGivenUp(**payment_data(changed, party)))


def _end(tx: Transaction, ended: Sequence[Payment], cause: HoldEnd, returns: Returns) -> int:
    if not ended:
        return 0
    over = {payment.payment_id: payment.lapsed() for payment in ended}
    held = [one for one in bookings.list_of_payment(tx, over) if one.status == "held"]
    taken = bookings.places_taken(tx, held)
    offers = slots.lock_offers(tx, {place.slot_id for places in taken.values() for place in places})
    give_up_places(tx, offers, taken, returns)
    expired = [one.expired() for one in held]
    bookings.keep_without_place(tx, expired)
    payments.put_payments(tx, list(over.values()))
    for payment_id, party in _by_payment(expired).items():
        tx.emit(BookingExpired(**payment_data(over[payment_id], party), cause=cause))
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
        people=len(party),
        due_at=hold_ends_at(now=tx.now, lasts=holding.lasts, sell_until=offer.sell_until),
    )


def _by_payment(held: Sequence[Booking]) -> dict[str, list[Booking]]:
    parties: dict[str, list[Booking]] = {}
    for booking in held:
        if booking.payment_id is not None:
            parties.setdefault(booking.payment_id, []).append(booking)
    return parties
