"""A booking as its owner sees it, with the signed ticket."""

from collections.abc import Sequence
from datetime import timedelta

from contracts.requests.booking import Booking as OwnBooking
from contracts.requests.moving import Moving
from contracts.requests.payment import MoneyBack
from contracts.requests.payment import Payment as OwnPayment
from contracts.requests.visit import PartyMember, Visit
from contracts.ticket import Ticket, TicketSigner
from contracts.words import BookingStatus
from services.booking.domain.booking import Booking
from services.booking.domain.payment import Payment, status_of
from services.booking.store.refunds import GoesBack

_FOR_WHAT_WAS_GIVEN_UP = frozenset({"cancelled", "given_up"})
"""Why the money goes back that was paid for the booking itself."""

VALID_AFTER_SLOT = timedelta(days=1)
"""Check-in refuses a ticket of another day; for one more day it can still read it, to say which day."""

_WITH_A_TICKET = {"booked", "no_show"}
"""Who did not come when called may scan the same ticket once more."""


def own_booking(
    booking: Booking,
    signer: TicketSigner,
    *,
    party: Sequence[Booking] = (),
    visit: Visit | None = None,
    payment: Payment | None = None,
    moving: Moving | None = None,
    going_back: Sequence[GoesBack] = (),
) -> OwnBooking:
    """Show a booking to who made it; with a ticket while somebody can still come with it.

    `party` are all who come together, in their order; who comes alone has none. `visit` is how far they
    are at the office, `payment` what they pay first, `going_back` what of that goes back, `moving` whether
    it may be moved.
    """
    return OwnBooking(
        booking_id=booking.booking_id,
        code=booking.code,
        office=booking.office,
        service=booking.service,
        priority=booking.priority,
        display_name=booking.display_name,
        hall_name=booking.hall_name,
        date=booking.date,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        status=booking.status,
        ticket=_ticket(booking, signer) if booking.status in _WITH_A_TICKET else "",
        version=booking.version,
        dependent=None if booking.guardian_id is None else booking.person_id,
        party=tuple(_member(one) for one in party) if len(party) > 1 else (),
        visit=visit,
        payment=None
        if payment is None
        else own_payment(booking.status, payment, _about(booking, going_back)),
        moving=moving,
    )


def _member(booking: Booking) -> PartyMember:
    return PartyMember(code=booking.code, display_name=booking.display_name, status=booking.status)


def own_payment(status: BookingStatus, payment: Payment, going_back: Sequence[GoesBack] = ()) -> OwnPayment:
    """Show the payment of a booking with this status to who made it, and what of it goes back."""
    for_it = [one for one in going_back if one.refund.reason in _FOR_WHAT_WAS_GIVEN_UP]
    is_back = bool(for_it) and all(one.closed_at is not None for one in for_it)
    return OwnPayment(
        status=status_of(status, payment, is_back=is_back),
        billing_code=payment.billing_code,
        amount=payment.amount,
        due_at=payment.due_at,
        money_back=tuple(
            MoneyBack(
                reference=one.refund.refund_id,
                amount=one.refund.amount,
                reason=one.refund.reason,
                owed_at=one.refund.created_at,
                refunded_at=one.closed_at,
            )
            for one in going_back
            if one.refund.amount is not None
        ),
    )


def _about(booking: Booking, going_back: Sequence[GoesBack]) -> list[GoesBack]:
    """Leave out what goes back for others of the party."""
    return [one for one in going_back if one.refund.booking_id in {None, booking.booking_id}]


def _ticket(booking: Booking, signer: TicketSigner) -> str:
    ticket = Ticket(
        booking_id=booking.booking_id,
        office=booking.office,
        date=booking.date,
        starts_at=booking.starts_at,
        minutes=int((booking.ends_at - booking.starts_at).total_seconds()) // 60,
        service=booking.service,
        priority=booking.priority,
        version=booking.version,
        expires_at=booking.ends_at + VALID_AFTER_SLOT,
    )
    return signer.sign(ticket)
