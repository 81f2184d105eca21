"""What becomes of a booking at the office: check-in tells, and booking shows it and lets its person go on."""

from collections.abc import Iterable, Sequence

from chassis.database import Transaction
from contracts.envelope import Envelope
from contracts.events.checkin import QueueTicketState
from contracts.words import TicketState
from services.booking.store import visits


def remember_visits(tx: Transaction, envelopes: Sequence[Envelope[QueueTicketState]]) -> None:
    """Know tickets in the hall as their newest events tell them.

    Who was served may book again, and so may who did not come; who is back on the same day stands again.
    """
    newest: dict[str, QueueTicketState] = {}
    for ticket in sorted((envelope.data for envelope in envelopes), key=lambda ticket: ticket.version):
        newest[ticket.ticket_id] = ticket
    learnt = set(visits.remember(tx, newest.values()))
    tickets = [ticket for ticket in newest.values() if ticket.ticket_id in learnt]
    visits.keep_ended(tx, _in_state(tickets, "served"), "served")
    visits.keep_ended(tx, _in_state(tickets, "no_show"), "no_show")
    back = [ticket for ticket in tickets if ticket.no_shows]
    visits.keep_back(tx, _in_state(back, "waiting", "called"))


def _in_state(tickets: Iterable[QueueTicketState], *states: TicketState) -> list[str]:
    return [ticket.ticket_id for ticket in tickets if ticket.state in states]
