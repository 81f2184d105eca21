"""People without a booking take a number, as long as there are places for them."""

from uuid import UUID

from chassis.database import Transaction
from contracts.events import WalkInPlacesSet
from contracts.events.checkin import QueueTicketState
from contracts.requests.checkin import Admission
from contracts.requests.walk_in import GetAdmission, GetWalkIns, IssueWalkIn, ServiceWalkIns, WalkIns
from services.checkin.domain.office import Office
from services.checkin.domain.policy import turn_of
from services.checkin.domain.walk_in import WalkIn, walk_in_ticket_id
from services.checkin.errors import (
    OfficeNotOpenToday,
    UnknownOffice,
    UnknownServiceHere,
    UnknownTicket,
    WalkInsOver,
)
from services.checkin.handlers.at_kiosk import admission
from services.checkin.store import line, offices, walk_ins


def remember_walk_in_places(tx: Transaction, event: WalkInPlacesSet) -> None:
    """Know how many places a date has for who walks in."""
    walk_ins.remember(tx, event)


def issue_walk_in(tx: Transaction, command: IssueWalkIn) -> Admission:
    """Give somebody without a booking a number of today.

    The same request again, however late on the day, gets the ticket that it got. Raises UnknownOffice,
    UnknownServiceHere, OfficeNotOpenToday, WalkInsOver, WalkInFull.
    """
    office = _known(tx, command.office)
    if command.for_service not in office.services:
        raise UnknownServiceHere(office=office.code, services=[command.for_service])
    today = office.today(tx.now)
    day = walk_ins.lock_day(tx, office.code, today)
    if day is None:
        raise OfficeNotOpenToday(office=office.code)
    ticket_id = walk_in_ticket_id(office=office.code, day=today, request_id=command.request_id)
    present = walk_ins.find(tx, office.code, today, ticket_id)
    if present is not None:
        return _admission(tx, present)
    if day.closes_at is not None and day.is_over(tx.now):
        raise WalkInsOver(closed_at=office.clock(day.closes_at))
    day.require_place(command.for_service)
    walk_in = WalkIn(
        ticket_id=ticket_id,
        office=office.code,
        date=today,
        service=command.for_service,
        priority=command.priority,
        display_name=command.display_name,
    )
    return _issue(tx, office, walk_in)


def get_walk_ins(tx: Transaction, query: GetWalkIns) -> WalkIns:
    """Read what is left today, in the order of the office's services; none once the day is over.

    Raises UnknownOffice.
    """
    office = _known(tx, query.office)
    today = office.today(tx.now)
    day = walk_ins.read_day(tx, office.code, today)
    if day is None or day.is_over(tx.now):
        return WalkIns(office=office.code, date=today, services=())
    waiting = walk_ins.count_waiting(tx, office.code, today)
    return WalkIns(
        office=office.code,
        date=today,
        services=tuple(
            ServiceWalkIns(
                service=service,
                places=day.places[service],
                places_left=day.left(service),
                waiting=waiting.get(service, 0),
            )
            for service in office.services
            if service in day.places
        ),
    )


def get_admission(tx: Transaction, query: GetAdmission) -> Admission:
    """Read a ticket of today's hall. Raises UnknownOffice, UnknownTicket."""
    office = _known(tx, query.office)
    present = walk_ins.find(tx, office.code, office.today(tx.now), _id(query.ticket_id))
    if present is None:
        raise UnknownTicket(code=query.ticket_id)
    return _admission(tx, present)


def _issue(tx: Transaction, office: Office, walk_in: WalkIn) -> Admission:
    steps = tuple(one.step for one in office.hall.journey_of(walk_in.service))
    turn = turn_of(origin="walk_in", starts_at=tx.now, arrived_at=tx.now, priority=walk_in.priority)
    placed = {"turn_at": turn.turn_at, "rules": turn.rules, "step": steps[0], "steps": steps}
    issued = walk_ins.issue(tx, walk_in, walk_ins.next_number(tx, walk_in), placed)
    tx.emit(issued)
    return _admission(tx, issued)


def _admission(tx: Transaction, ticket: QueueTicketState) -> Admission:
    return admission(ticket, waiting_before=line.count_before(tx, ticket.ticket_id))


def _known(tx: Transaction, code: str) -> Office:
    office = offices.read(tx, {code}).get(code)
    if office is None:
        raise UnknownOffice(office=code)
    return office


def _id(text: str) -> str:
    """Read an id as it is kept. Raises UnknownTicket for what cannot be one."""
    try:
        return str(UUID(text))
    except ValueError as reason:
        raise UnknownTicket(code=text) from reason
