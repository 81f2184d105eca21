"""A ticket is held to the reader."""

from chassis.database import Transaction
from contracts.events import TicketScanned
from contracts.requests.checkin import Admission, ScanTicket
from contracts.ticket import TicketVerifier
from services.checkin.domain.arrival import Admitted, decide, read_ticket
from services.checkin.domain.office import Office
from services.checkin.domain.policy import turn_of
from services.checkin.domain.typed_code import is_typed, read_typed_code
from services.checkin.domain.visit import Visit, newest_visit, visit_of_ticket
from services.checkin.errors import UnknownOffice, UnknownTicket
from services.checkin.handlers.deeds import wait_again
from services.checkin.store import arrivals, expected, hall_tickets, offices


def scan_ticket(tx: Transaction, command: ScanTicket, *, verifier: TicketVerifier) -> Admission:
    """Admit a ticket to the hall and give it a number.

    A genuine ticket whose booking was never heard of is admitted without a name. One to whose calls nobody
    came waits again under its number, once. Raises UnknownOffice and every kind of TicketRefused.
    """
    visit = _typed_visit(tx, command) if is_typed(command.ticket) else _scanned_visit(tx, command, verifier)
    here, decided = _decide(tx, visit, command.office)
    scanned = _come_back(tx, visit) if decided.is_back else _come_in(tx, visit, here, decided)
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


def _come_in(tx: Transaction, visit: Visit, here: Office, decided: Admitted) -> TicketScanned:
    turn = turn_of(
        origin="booking",
        starts_at=visit.starts_at,
        arrived_at=tx.now,
        is_late=decided.is_late,
        priority=visit.priority,
    )
    steps = [each.step for each in here.hall.journey_of(visit.service)]
    return arrivals.admit(tx, visit, arrivals.next_number(tx, visit), turn=turn, steps=steps)


def _come_back(tx: Transaction, visit: Visit) -> TicketScanned:
    """Let a ticket to whose calls nobody came wait again; `decide` has found it in the hall, locked."""
    return hall_tickets.told(wait_again(tx, hall_tickets.lock_known(tx, visit.booking_id)), TicketScanned)


def _typed_visit(tx: Transaction, command: ScanTicket) -> Visit:
    code = read_typed_code(command.ticket)
    visit = expected.find(tx, code)
    if visit is None:
        raise UnknownTicket(code=code)
    return visit


def _scanned_visit(tx: Transaction, command: ScanTicket, verifier: TicketVerifier) -> Visit:
    ticket = read_ticket(command.ticket, verifier, now=tx.now)
    return newest_visit(expected.expect(tx, visit_of_ticket(ticket)), ticket)


def _decide(tx: Transaction, visit: Visit, office: str) -> tuple[Office, Admitted]:
    known = offices.read(tx, {office, visit.office})
    if office not in known:
        raise UnknownOffice(office=office)
    here = known[office]
    presence = arrivals.presence(tx, visit)
    return here, decide(visit, presence, here=here, booked_office=known.get(visit.office), now=tx.now)
