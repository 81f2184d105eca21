"""Tickets are held to readers.

    commands ─▶ tickets read ─▶ bookings locked, halls looked at ─▶ decided ─▶ numbers ─▶ admitted

All that wait are decided in one transaction, so a statement is for all of them; what one is refused for
concerns no other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from chassis.database import Transaction
from contracts.events import TicketScanned
from contracts.refusals import Refused
from contracts.requests.checkin import Admission, ScanTicket
from contracts.ticket import Ticket, TicketVerifier
from services.checkin.domain.arrival import Admitted, Newcomer, decide, read_ticket
from services.checkin.domain.office import Office
from services.checkin.domain.policy import turn_of
from services.checkin.domain.queue_ticket import QueueTicket, came_in
from services.checkin.domain.typed_code import is_typed, read_typed_code
from services.checkin.domain.visit import Visit
from services.checkin.errors import AlreadyScanned, UnknownOffice, UnknownTicket
from services.checkin.handlers.at_kiosk import admission
from services.checkin.handlers.deeds import wait_again
from services.checkin.store import arrivals, hall_tickets, line
from services.checkin.store.known import Known, Scan, look


def scan_tickets(
    tx: Transaction, commands: Sequence[ScanTicket], *, verifier: TicketVerifier
) -> Sequence[Admission | Refused]:
    """Admit tickets to their halls and give them numbers; return what came of each, in their order.

    A genuine ticket whose booking was never heard of is admitted without a name. One to whose calls nobody
    came waits again under its number, once. Refused are UnknownOffice and every kind of TicketRefused.
    """
    outcomes: dict[int, Admission | Refused] = {}
    scans: dict[int, Scan] = {}
    for at, command in enumerate(commands):
        try:
            scans[at] = Scan(said=_read(command.ticket, verifier, tx.now), office=command.office)
        except Refused as refused:
            outcomes[at] = refused
    while scans:
        known = look(tx, scans)
        outcomes |= {at: UnknownTicket(code=scan.said) for at, scan in scans.items() if at not in known}
        outcomes |= _scan(tx, _each_once(known), commands)
        scans = {at: scan for at, scan in scans.items() if at not in outcomes}
    return [outcomes[at] for at in range(len(commands))]


def _read(text: str, verifier: TicketVerifier, now: datetime) -> Ticket | str:
    """Read a signed ticket, or a typed code. Raises TamperedTicket, ExpiredTicket."""
    return read_typed_code(text) if is_typed(text) else read_ticket(text, verifier, now=now)


def _each_once(known: Mapping[int, Known]) -> Mapping[int, Known]:
    """Leave out repetitions: a ticket that came twice is decided upon when its first scan is done."""
    first = {known[at].visit.booking_id: at for at in sorted(known, reverse=True)}
    return {at: known[at] for at in sorted(first.values())}


def _scan(
    tx: Transaction, scans: Mapping[int, Known], commands: Sequence[ScanTicket]
) -> Mapping[int, Admission | Refused]:
    outcomes: dict[int, Admission | Refused] = {}
    newcomers: dict[int, Newcomer] = {}
    for at, known in scans.items():
        try:
            if known.here is None:
                raise UnknownOffice(office=commands[at].office)
            decided = decide(
                known.visit, known.presence, here=known.here, booked_office=known.booked_office, now=tx.now
            )
            if decided.is_back:
                outcomes[at] = _come_back(tx, at, known.visit)
            else:
                newcomers[at] = _newcomer(tx, known, known.here, decided)
        except Refused as refused:
            outcomes[at] = refused
    if newcomers:
        outcomes |= _come_in(tx, newcomers)
    return outcomes


def _newcomer(tx: Transaction, known: Known, here: Office, decided: Admitted) -> Newcomer:
    visit = known.visit
    turn = turn_of(
        origin="booking",
        starts_at=visit.starts_at,
        arrived_at=tx.now,
        is_late=decided.is_late,
        priority=visit.priority,
    )
    return Newcomer(
        visit=visit,
        turn=turn,
        steps=tuple(each.step for each in here.hall.journey_of(visit.service)),
        is_late=decided.is_late,
        was_left_behind=known.was_left_behind,
    )


def _come_in(tx: Transaction, newcomers: Mapping[int, Newcomer]) -> Mapping[int, Admission]:
    places = arrivals.take_places(tx, list(newcomers.values()))
    tickets = {
        at: came_in(newcomer, places[newcomer.visit.booking_id].number, now=tx.now)
        for at, newcomer in newcomers.items()
    }
    for at, newcomer in newcomers.items():
        if newcomer.was_left_behind:
            tickets[at] = arrivals.next_visit(tx, tickets[at])
    arrivals.admit(tx, list(tickets.values()))
    admitted: dict[int, Admission] = {}
    for at, ticket in tickets.items():
        _tell(tx, at, ticket)
        before = places[ticket.ticket_id].waiting_before
        admitted[at] = replace(admission(ticket, waiting_before=before), is_late=newcomers[at].is_late)
    return admitted


def _come_back(tx: Transaction, at: int, visit: Visit) -> Admission:
    """Let a ticket to whose calls nobody came wait again. Raises AlreadyScanned where an officer did that."""
    absent = hall_tickets.lock_known(tx, visit.booking_id)
    if absent.state != "no_show":
        raise AlreadyScanned(number=absent.number, waiting_before=line.count_before(tx, absent.ticket_id))
    ticket = wait_again(tx, absent)
    _tell(tx, at, ticket)
    before = line.count_before(tx, ticket.ticket_id)
    return replace(admission(ticket, waiting_before=before), is_back=True)


def _tell(tx: Transaction, at: int, ticket: QueueTicket) -> None:
    tx.emit(hall_tickets.told(ticket, TicketScanned), traceparent=tx.trace_of(at))
