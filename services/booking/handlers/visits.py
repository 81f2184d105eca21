"""What becomes of a booking at the office: check-in tells, and booking shows it and lets its person go on."""

from collections.abc import Sequence

from chassis.database import Transaction
from contracts.envelope import Envelope
from contracts.events.checkin import QueueTicketState
from services.booking.store import visits


def remember_visits(tx: Transaction, envelopes: Sequence[Envelope[QueueTicketState]]) -> None:
    """Know tickets in the hall as their newest events tell them; who was served may book again."""
    newest: dict[str, QueueTicketState] = {}
    for ticket in sorted((envelope.data for envelope in envelopes), key=lambda ticket: ticket.version):
        newest[ticket.ticket_id] = ticket
    visits.remember(tx, newest.values())
    served = [ticket.ticket_id for ticket in newest.values() if ticket.state == "served"]
    if served:
        visits.keep_served(tx, served)
