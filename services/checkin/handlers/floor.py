"""An office's floor as its staff sees it, and one's place in it as everybody may see it."""

from chassis.database import Transaction
from contracts.requests import floor as contract
from services.checkin.domain.office import Office
from services.checkin.domain.queue_ticket import QueueTicket
from services.checkin.errors import UnknownNumber, UnknownOffice
from services.checkin.store import floor, line, offices


def get_floor(tx: Transaction, query: contract.GetFloor) -> contract.Floor:
    """Read an office's counters, its waiting list in the order of calls, and who is away.

    Raises UnknownOffice.
    """
    office = _office(tx, query.office)
    tickets = [(ticket, _shown(office, ticket)) for ticket in floor.tickets(tx, office)]
    at_counters = {ticket.counter: shown for ticket, shown in tickets if ticket.state == "called"}
    known = {counter.number: counter for counter in floor.counters(tx, office)}
    return contract.Floor(
        office=office.code,
        counters=tuple(
            _shown_counter(known.get(number), number, at_counters.get(number))
            for number in sorted({*range(1, office.counters + 1), *known})
        ),
        waiting=_in_state(tickets, "waiting"),
        held=_in_state(tickets, "held"),
        absent=_in_state(tickets, "no_show"),
    )


def explain_turn(tx: Transaction, query: contract.ExplainTurn) -> contract.Turn:
    """Say where in line a ticket of today is, and who is before it by which rule.

    Raises UnknownOffice, UnknownNumber.
    """
    office = _office(tx, query.office)
    ticket = floor.find(tx, office, query.number)
    if ticket is None:
        raise UnknownNumber(office=office.code, number=query.number)
    before = line.count_by_rule(tx, ticket.ticket_id) if ticket.state == "waiting" else {}
    return contract.Turn(
        number=ticket.number,
        service=ticket.service,
        state=ticket.state,
        step=ticket.step,
        steps=ticket.steps,
        counter=ticket.for_counter if ticket.state == "waiting" else ticket.counter,
        place=sum(before.values()) + 1 if ticket.state == "waiting" else None,
        before=tuple(contract.Before(rule=rule, tickets=before[rule]) for rule in sorted(before)),
        counters=line.count_counters(tx, ticket),
    )


def _shown_counter(
    counter: floor.StaffedCounter | None, number: int, ticket: contract.FloorTicket | None
) -> contract.FloorCounter:
    """Show a counter; one that was never opened is closed."""
    if counter is None:
        return contract.FloorCounter(
            counter=number,
            state="closed",
            services=(),
            steps=(),
            officer=None,
            emergency_since=None,
            ticket=None,
        )
    return contract.FloorCounter(
        counter=number,
        state=counter.state,
        services=counter.services,
        steps=counter.steps,
        officer=counter.officer,
        emergency_since=counter.emergency_since,
        ticket=ticket,
    )


def _office(tx: Transaction, code: str) -> Office:
    office = offices.read(tx, {code}).get(code)
    if office is None:
        raise UnknownOffice(office=code)
    return office


def _in_state(
    tickets: list[tuple[QueueTicket, contract.FloorTicket]], state: str
) -> tuple[contract.FloorTicket, ...]:
    return tuple(shown for ticket, shown in tickets if ticket.state == state)


def _shown(office: Office, ticket: QueueTicket) -> contract.FloorTicket:
    return contract.FloorTicket(
        ticket_id=ticket.ticket_id,
        number=ticket.number,
        display_name=ticket.display_name,
        service=ticket.service,
        step=ticket.step,
        steps=ticket.steps,
        goal_minutes=office.goal_minutes(ticket.service, ticket.step),
        priority=ticket.priority,
        origin=ticket.origin,
        state=ticket.state,
        counter=ticket.counter,
        for_counter=ticket.for_counter,
        calls=ticket.calls,
        turn_at=ticket.turn_at,
        waiting_since=ticket.waiting_since,
        begun_at=ticket.begun_at,
        called_at=ticket.called_at,
        finished_at=ticket.finished_at,
        note=ticket.note,
    )
