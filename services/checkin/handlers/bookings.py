"""What booking tells, kept so that tickets are admitted while booking is away."""

from chassis.database import Transaction
from contracts.events import OfficeChanged
from contracts.events.booking import BookingState
from services.checkin.store import arrivals, expected, offices


def remember_office(tx: Transaction, event: OfficeChanged) -> None:
    """Know an office as its newest event tells it."""
    offices.remember(tx, event)


def remember_booking(tx: Transaction, event: BookingState) -> None:
    """Know a booking as its newest event tells it; a ticket that came before its booking gets its name.

    A ticket that is in the hall stays there when its booking is given up: the person is in the hall too.
    """
    if not expected.remember(tx, event):
        return
    named = arrivals.name(tx, event)
    if named is not None:
        tx.emit(named)
