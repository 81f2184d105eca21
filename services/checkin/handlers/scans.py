"""A ticket is held to the reader."""

from chassis.database import Transaction
from contracts.events import TicketScanned
from contracts.requests.checkin import Admission, ScanTicket
from contracts.ticket import TicketVerifier
from services.checkin.domain.arrival import Admitted, decide, read_ticket
from services.checkin.domain.policy import turn_at
from services.checkin.domain.typed_code import is_typed, read_typed_code
from services.checkin.domain.visit import Visit, newest_visit, visit_of_ticket
from services.checkin.errors import UnknownOffice, UnknownTicket
from services.checkin.store import arrivals, expected, offices


def scan_ticket(tx: Transaction, command: ScanTicket, *, verifier: TicketVerifier) -> Admission:
    """Admit a ticket to the hall and give it a number.

    A genuine ticket whose booking was never heard of is admitted without a name. One to whose calls nobody
    came waits anew under its number, once. Raises UnknownOffice and every kind of TicketRefused.
    """
    visit = _typed_visit(tx, command) if is_typed(command.ticket) else _scanned_visit(tx, command, verifier)
    decided = _decide(tx, visit, command.office)
    scanned = _come_in(tx, visit, decided)
    tx.emit(scanned)
    return Admission(
        ticket_id=scanned.ticket_id,
        number=scanned.number,
        display_name=scanned.display_name,
        service=scanned.service,
        scanned_at=scanned.scanned_at,
        waiting_before=arrivals.count_before(tx, scanned.ticket_id),
        is_back=decided.is_back,
        is_late=decided.is_late,
    )


def _come_in(tx: Transaction, visit: Visit, decided: Admitted) -> TicketScanned:
    if decided.is_back:
        return arrivals.readmit(tx, visit.booking_id)
    turn = turn_at(visit.starts_at, arrived_at=tx.now, is_late=decided.is_late)
    return arrivals.admit(tx, visit, number=arrivals.next_number(tx, visit), turn=turn)


def _typed_visit(tx: Transaction, command: ScanTicket) -> Visit:
    code = read_typed_code(command.ticket)
    visit = expected.find(tx, code)
    if visit is None:
        raise UnknownTicket(code=code)
    return visit


def _scanned_visit(tx: Transaction, command: ScanTicket, verifier: TicketVerifier) -> Visit:
    ticket = read_ticket(command.ticket, verifier, now=tx.now)
    return newest_visit(expected.expect(tx, visit_of_ticket(ticket)), ticket)


def _decide(tx: Transaction, visit: Visit, office: str) -> Admitted:
    known = offices.read(tx, {office, visit.office})
    if office not in known:
        raise UnknownOffice(office=office)
    presence = arrivals.presence(tx, visit)
    return decide(visit, presence, here=known[office], booked_office=known.get(visit.office), now=tx.now)
