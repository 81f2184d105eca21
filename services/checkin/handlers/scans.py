"""A ticket is held to the reader."""

from chassis.database import Transaction
from contracts import ticket as ticket_token
from contracts.events import TicketScanned
from contracts.requests.checkin import Admission, ScanTicket
from contracts.ticket import TicketVerifier
from services.checkin.domain.absence import MOST_RETURNS
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
from services.checkin.store import arrivals, expected, offices
from services.checkin.store.arrivals import Presence


def scan_ticket(tx: Transaction, command: ScanTicket, *, verifier: TicketVerifier) -> Admission:
    """Admit a ticket to the hall and give it a number.

    A genuine ticket whose booking was never heard of is admitted without a name. One to whose calls nobody
    came waits anew under its number, once. Raises UnknownOffice and every kind of TicketRefused.
    """
    visit = _typed_visit(tx, command) if is_typed(command.ticket) else _scanned_visit(tx, command, verifier)
    _require_admissible(tx, visit, command.office)
    back = arrivals.readmit(tx, visit, most=MOST_RETURNS)
    scanned = back or _admit(tx, visit)
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


def _admit(tx: Transaction, visit: Visit) -> TicketScanned:
    scanned = arrivals.admit(tx, visit, arrivals.next_number(tx, visit))
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


def _require_admissible(tx: Transaction, visit: Visit, office: str) -> None:
    known = offices.read(tx, {office, visit.office})
    if office not in known:
        raise UnknownOffice(office=office)
    require_admissible(visit, here=known[office], booked_office=known.get(visit.office), now=tx.now)
