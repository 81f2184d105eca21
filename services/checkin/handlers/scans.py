"""Tickets are held to readers.

    commands ─▶ tickets read ─▶ bookings locked ─▶ who is here ─▶ decided ─▶ numbers ─▶ admitted

All that wait are decided in one transaction, so a statement is for all of them; what one is refused for
concerns no other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from chassis.database import Transaction
from contracts.events import TicketScanned
from contracts.refusals import Refused
from contracts.requests.checkin import Admission, ScanTicket
from contracts.ticket import Ticket, TicketVerifier
from services.checkin.domain.arrival import Admitted, Newcomer, decide, read_ticket
from services.checkin.domain.policy import CALL_ORDER, turn_of
from services.checkin.domain.queue_ticket import QueueTicket, came_in
from services.checkin.domain.typed_code import is_typed, read_typed_code
from services.checkin.domain.visit import Visit, newest_visit, visit_of_ticket
from services.checkin.errors import AlreadyScanned, UnknownOffice, UnknownTicket
from services.checkin.handlers.at_kiosk import admission
from services.checkin.handlers.deeds import wait_again
from services.checkin.store import arrivals, expected, hall_tickets


def scan_tickets(
    tx: Transaction, commands: Sequence[ScanTicket], *, verifier: TicketVerifier
) -> Sequence[Admission | Refused]:
    """Admit tickets to their halls and give them numbers; return what came of each, in their order.

    A genuine ticket whose booking was never heard of is admitted without a name. One to whose calls nobody
    came waits again under its number, once. Refused are UnknownOffice and every kind of TicketRefused.
    """
    outcomes: dict[int, Admission | Refused] = {}
    visits: dict[int, Visit] = {}
    for at, visit in enumerate(_visits(tx, commands, verifier)):
        if isinstance(visit, Refused):
            outcomes[at] = visit
        else:
            visits[at] = visit
    for each_once in _apart(visits):
        outcomes |= _scan(tx, each_once, commands)
    return [outcomes[at] for at in range(len(commands))]


def _visits(
    tx: Transaction, commands: Sequence[ScanTicket], verifier: TicketVerifier
) -> Iterator[Visit | Refused]:
    """Return what booking and ticket together say of each visit; the bookings are locked."""
    said = [_read(command.ticket, verifier, tx) for command in commands]
    tickets = [one for one in said if isinstance(one, Ticket)]
    known = expected.expect(tx, [visit_of_ticket(ticket) for ticket in tickets])
    found = expected.find(tx, [one for one in said if isinstance(one, str)])
    for one in said:
        if isinstance(one, Ticket):
            yield newest_visit(known[one.booking_id], one)
        elif isinstance(one, str):
            yield found.get(one) or UnknownTicket(code=one)
        else:
            yield one


def _read(text: str, verifier: TicketVerifier, tx: Transaction) -> Ticket | str | Refused:
    """Read a signed ticket, or a typed code."""
    try:
        return read_typed_code(text) if is_typed(text) else read_ticket(text, verifier, now=tx.now)
    except Refused as refused:
        return refused


def _apart(visits: Mapping[int, Visit]) -> Iterator[Mapping[int, Visit]]:
    """Part visits so that a ticket that came twice is decided upon when its first scan is done."""
    left = dict(visits)
    while left:
        first = {visit.booking_id: at for at, visit in reversed(left.items())}
        yield {at: left.pop(at) for at in sorted(first.values())}


def _scan(
    tx: Transaction, visits: Mapping[int, Visit], commands: Sequence[ScanTicket]
) -> Mapping[int, Admission | Refused]:
    outcomes: dict[int, Admission | Refused] = {}
    newcomers: dict[int, Newcomer] = {}
    hall = arrivals.look(tx, [(visit, commands[at].office) for at, visit in visits.items()])
    for at, visit in visits.items():
        try:
            decided = _decide(tx, visit, commands[at].office, hall)
            if decided.is_back:
                outcomes[at] = _come_back(tx, at, visit)
            else:
                newcomers[at] = _newcomer(tx, visit, hall, decided)
        except Refused as refused:
            outcomes[at] = refused
    if newcomers:
        outcomes |= _come_in(tx, newcomers)
    return outcomes


def _decide(tx: Transaction, visit: Visit, office: str, hall: arrivals.Hall) -> Admitted:
    if office not in hall.offices:
        raise UnknownOffice(office=office)
    return decide(
        visit,
        hall.presences.get(visit.booking_id),
        here=hall.offices[office],
        booked_office=hall.offices.get(visit.office),
        now=tx.now,
    )


def _newcomer(tx: Transaction, visit: Visit, hall: arrivals.Hall, decided: Admitted) -> Newcomer:
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
        steps=tuple(each.step for each in hall.offices[visit.office].hall.journey_of(visit.service)),
        is_late=decided.is_late,
        was_left_behind=visit.booking_id in hall.left_behind,
    )


def _come_in(tx: Transaction, newcomers: Mapping[int, Newcomer]) -> Mapping[int, Admission]:
    places = arrivals.take_places(tx, list(newcomers.values()))
    tickets = {
        at: came_in(newcomer, places[newcomer.visit.booking_id].number, now=tx.now)
        for at, newcomer in newcomers.items()
    }
    for at, newcomer in newcomers.items():
        if newcomer.was_left_behind:
            tickets[at] = arrivals.admit_anew(tx, tickets[at])
    arrivals.admit(tx, [tickets[at] for at, newcomer in newcomers.items() if not newcomer.was_left_behind])
    admitted: dict[int, Admission] = {}
    for at, ticket in tickets.items():
        _tell(tx, at, ticket)
        before = places[ticket.ticket_id].waiting_before + _count_before(ticket, tickets.values())
        admitted[at] = replace(admission(ticket, waiting_before=before), is_late=newcomers[at].is_late)
    return admitted


def _come_back(tx: Transaction, at: int, visit: Visit) -> Admission:
    """Let a ticket to whose calls nobody came wait again. Raises AlreadyScanned where an officer did that."""
    absent = hall_tickets.lock_known(tx, visit.booking_id)
    if absent.state != "no_show":
        raise AlreadyScanned(number=absent.number, waiting_before=arrivals.count_before(tx, absent.ticket_id))
    ticket = wait_again(tx, absent)
    _tell(tx, at, ticket)
    before = arrivals.count_before(tx, ticket.ticket_id)
    return replace(admission(ticket, waiting_before=before), is_back=True)


def _tell(tx: Transaction, at: int, ticket: QueueTicket) -> None:
    tx.emit(hall_tickets.told(ticket, TicketScanned), traceparent=tx.trace_of(at))


def _count_before(ticket: QueueTicket, others: Iterable[QueueTicket]) -> int:
    """Count who came in together with a ticket, waits for the same and is called before it."""
    order = attrgetter(*CALL_ORDER)
    queue = attrgetter("office", "date", "service", "step")
    return sum(queue(other) == queue(ticket) and order(other) < order(ticket) for other in others)
