"""What becomes of a booking at the office: check-in tells, and booking shows it and lets its person go on."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from chassis.database import Transaction
from contracts.envelope import Envelope
from contracts.events.checkin import QueueTicketState
from contracts.words import TicketState
from services.booking.handlers import no_shows
from services.booking.store import visits


def remember_visits(tx: Transaction, envelopes: Sequence[Envelope[QueueTicketState]]) -> None:
    """Know tickets in the hall as their newest events tell them.

    Who was served may book again, and so may who did not come, unless their office lets them wait; who came
    after all, and whose service was not finished after all, stands again.
    """
    newest: dict[str, QueueTicketState] = {}
    heard_until: dict[str, datetime] = {}
    for envelope in envelopes:
        office = envelope.data.office
        heard_until[office] = max(envelope.time, heard_until.get(office, envelope.time))
    for ticket in sorted((envelope.data for envelope in envelopes), key=lambda ticket: ticket.version):
        newest[ticket.ticket_id] = ticket
    learnt = set(visits.remember(tx, newest.values()))
    tickets = [ticket for ticket in newest.values() if ticket.ticket_id in learnt]
    visits.keep_served(tx, _in_state(tickets, "served"))
    missed = visits.keep_missed(tx, _in_state(tickets, "no_show"))
    back = visits.keep_back(tx, _in_state(tickets, "waiting", "called", "held"))
    served_after_all = [
        ticket.ticket_id for ticket in tickets if ticket.no_shows and ticket.state == "served"
    ]
    no_shows.count_bookings(tx, missed=missed, others=[*back, *served_after_all])
    visits.hear_until(tx, heard_until)


def _in_state(tickets: Iterable[QueueTicketState], *states: TicketState) -> list[str]:
    return [ticket.ticket_id for ticket in tickets if ticket.state in states]
