"""What a kiosk is told of a ticket in the hall."""

from contracts.events.checkin import QueueTicketState
from contracts.requests.checkin import Admission
from services.checkin.domain.queue_ticket import QueueTicket


def admission(ticket: QueueTicket | QueueTicketState, *, waiting_before: int) -> Admission:
    """Tell a ticket's number, and how many are before it."""
    return Admission(
        ticket_id=ticket.ticket_id,
        number=ticket.number,
        display_name=ticket.display_name,
        service=ticket.service,
        scanned_at=ticket.scanned_at,
        waiting_before=waiting_before,
    )
