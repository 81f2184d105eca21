"""Bookings that officers and village clerks made for people: found again by the code, and given up."""

from dataclasses import dataclass

from chassis.database import Transaction
from contracts.requests.assistance import CancelAssistedBooking, GetAssistedBooking
from contracts.requests.booking import Booking as OwnBooking
from contracts.requests.booking import CancelBooking, GetBooking
from contracts.ticket import TicketSigner
from services.booking import errors
from services.booking.domain.audit import Deed
from services.booking.domain.booking import Booking
from services.booking.domain.reschedule import ONE_MOVE, RescheduleRule
from services.booking.handlers import audit, own_bookings
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.handlers.returns import FREE_AT_ONCE, Returns
from services.booking.store import assistance


@dataclass(frozen=True, slots=True, kw_only=True)
class Helping:
    """What looking after such a booking stands on."""

    vault: IdentityVault
    signer: TicketSigner
    returns: Returns = FREE_AT_ONCE
    rule: RescheduleRule = ONE_MOVE


def get_assisted_booking(tx: Transaction, query: GetAssistedBooking, *, helping: Helping) -> OwnBooking:
    """Read a booking for who helped its person. Raises UnknownBooking."""
    booking = _made(tx, query)
    own = GetBooking(person_id=_holder(booking), code=booking.code)
    return own_bookings.get_booking(tx, own, signer=helping.signer, rule=helping.rule)


def cancel_assisted_booking(
    tx: Transaction, command: CancelAssistedBooking, *, helping: Helping
) -> OwnBooking:
    """Give a booking up as its person asks, and write down who did it; done again it changes nothing.

    Raises UnknownBooking, and what `cancel_booking` does.
    """
    booking = _made(tx, command)
    if booking.status != "cancelled":
        deed = Deed(
            actor=command.officer_id,
            role=command.role,
            office=command.office,
            action="assisted_booking_cancelled",
            subject=booking.booking_id,
            details={"person": booking.person_id},
        )
        audit.record(tx, deed, key=helping.vault.audit_key)
    own = CancelBooking(person_id=_holder(booking), code=booking.code)
    return own_bookings.cancel_booking(tx, own, signer=helping.signer, returns=helping.returns)


def _made(tx: Transaction, asked: GetAssistedBooking | CancelAssistedBooking) -> Booking:
    """Find what was made at this office, for a village what its clerk made there. Raises UnknownBooking."""
    found = assistance.find_by_code(tx, asked.code)
    if found is None:
        raise errors.UnknownBooking(code=asked.code)
    booking, made = found
    is_other_clerks = asked.role == "village" and made.officer_id != asked.officer_id
    if made.office != asked.office or is_other_clerks:
        raise errors.UnknownBooking(code=asked.code)
    return booking


def _holder(booking: Booking) -> str:
    return booking.guardian_id or booking.person_id
