"""A ticket is held to the reader."""

from chassis.database import Transaction
from contracts import ticket as ticket_token
from contracts.events import TicketScanned
from contracts.requests.checkin import Admission, ScanTicket
from contracts.ticket import TicketVerifier
from services.checkin.domain.absence import MOST_RETURNS
from services.checkin.domain.office import Office
from services.checkin.domain.policy import turn_of
from services.checkin.domain.typed_code import is_typed, read_typed_code
from services.checkin.domain.visit import Visit, newest_visit, require_admissible, visit_of_ticket
from services.checkin.errors import (
    AbsentAgain,
    AlreadyCalled,
    AlreadyScanned,
    ExpiredTicket,
    TamperedTicket,
    TicketRefused,
    UnknownOffice,
    UnknownTicket,
    VisitOver,
)
from services.checkin.handlers.deeds import wait_again
from services.checkin.store import arrivals, expected, hall_tickets, offices
from services.checkin.store.arrivals import Presence


def scan_ticket(tx: Transaction, command: ScanTicket, *, verifier: TicketVerifier) -> Admission:
    """Admit a ticket to the hall and give it a number.

    A genuine ticket whose booking was never heard of is admitted without a name. One to whose calls nobody
    came waits again under its number, once. Raises UnknownOffice and every kind of TicketRefused.
    """
    visit = _typed_visit(tx, command) if is_typed(command.ticket) else _scanned_visit(tx, command, verifier)
    office = _require_admissible(tx, visit, command.office)
    back = _back(tx, visit)
    scanned = back or _admit(tx, visit, office)
    tx.emit(scanned)
    return Admission(
        ticket_id=scanned.ticket_id,
        number=scanned.number,
        display_name=scanned.display_name,
        service=scanned.service,
        scanned_at=scanned.scanned_at,
        waiting_before=arrivals.count_before(tx, scanned),
        is_back=back is not None,
    )


def _back(tx: Transaction, visit: Visit) -> TicketScanned | None:
    """Let a ticket to whose calls nobody came today wait again; None for others, and for the second time."""
    ticket = hall_tickets.lock(tx, visit.booking_id)
    if ticket is None or ticket.date != visit.date or ticket.state != "no_show":
        return None
    if ticket.no_shows > MOST_RETURNS:
        return None
    return hall_tickets.told(wait_again(tx, ticket), TicketScanned)


def _admit(tx: Transaction, visit: Visit, office: Office) -> TicketScanned:
    turn = turn_of(
        origin="booking", starts_at=visit.starts_at, arrived_at=tx.now, is_late=False, priority=visit.priority
    )
    steps = [each.step for each in office.hall.journey_of(visit.service)]
    scanned = arrivals.admit(tx, visit, arrivals.next_number(tx, visit), turn=turn, steps=steps)
    if scanned is not None:
        return scanned
    # The number just taken is given back, with all else that this transaction did.
    raise _present_already(arrivals.presence(tx, visit.booking_id))


def _present_already(present: Presence) -> TicketRefused:
    match present.state:
        case "called":
            return AlreadyCalled(number=present.number, counter=present.counter)
        case "served":
            return VisitOver(number=present.number)
        case "no_show":
            return AbsentAgain(number=present.number)
        case _:
            return AlreadyScanned(number=present.number)


def _typed_visit(tx: Transaction, command: ScanTicket) -> Visit:
    code = read_typed_code(command.ticket)
    visit = expected.find(tx, code)
    if visit is None:
        raise UnknownTicket(code=code)
    return visit


def _scanned_visit(tx: Transaction, command: ScanTicket, verifier: TicketVerifier) -> Visit:
    try:
        ticket = verifier.verify(command.ticket, now=tx.now)
    except ticket_token.TicketTampered as reason:
        raise TamperedTicket from reason
    except ticket_token.TicketExpired as reason:
        raise ExpiredTicket from reason
    return newest_visit(expected.expect(tx, visit_of_ticket(ticket)), ticket)


def _require_admissible(tx: Transaction, visit: Visit, office: str) -> Office:
    known = offices.read(tx, {office, visit.office})
    if office not in known:
        raise UnknownOffice(office=office)
    require_admissible(visit, here=known[office], booked_office=known.get(visit.office), now=tx.now)
    return known[office]
