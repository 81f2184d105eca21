"""What booking tells, kept so that tickets are admitted while booking is away."""

from collections.abc import Sequence

from chassis import tombstones
from chassis.database import Transaction
from contracts.envelope import Envelope
from contracts.events import OfficeChanged
from contracts.events.booking import BookingState
from services.checkin.store import arrivals, expected, offices


def remember_office(tx: Transaction, event: OfficeChanged) -> None:
    """Know an office as its newest event tells it."""
    offices.remember(tx, event)


def remember_bookings(tx: Transaction, envelopes: Sequence[Envelope[BookingState]]) -> None:
    """Know bookings as their newest events tell them; a ticket in the hall is shown as the newest says.

    A ticket that came before its booking gets its name so. One that is in the hall stays there when its
    booking is given up: the person is in the hall too. An event that comes after its person was erased brings
    no name.
    """
    newest: dict[str, Envelope[BookingState]] = {}
    for envelope in sorted(envelopes, key=lambda envelope: envelope.data.version):
        newest[envelope.data.booking_id] = envelope
    erased = tombstones.buried(tx, [envelope.data.person_id for envelope in newest.values()])
    learnt = expected.remember(tx, [envelope.data for envelope in newest.values()], erased=erased)
    bookings = (newest[booking_id].data for booking_id in learnt)
    for named in arrivals.name(tx, [booking for booking in bookings if booking.person_id not in erased]):
        tx.part(newest[named.ticket_id]).emit(named)
