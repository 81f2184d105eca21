"""What every deed at a counter begins and ends with: the lock on its row, its ticket, and the answer."""

from dataclasses import replace

from chassis.database import Transaction
from contracts.events import TicketTransferred, TurnNear
from contracts.events.checkin import QueueTicketState
from contracts.requests import checkin as contract
from services.checkin.domain.counter import Counter, Deed
from services.checkin.domain.office import Office
from services.checkin.domain.queue_ticket import QueueTicket, undoable
from services.checkin.errors import CounterIsBusy, NoTicketAtCounter, OtherState, UnknownNumber, UnknownOffice
from services.checkin.store import counters, hall_tickets, near, queue, records


def read(tx: Transaction, request: contract.CounterRequest) -> Counter:
    """Return a counter, closed if it was never opened. Raises UnknownOffice, UnknownCounter."""
    counter = counters.read(tx, request.office, request.counter)
    if counter is None:
        raise UnknownOffice(office=request.office)
    counter.office.require_counter(counter.number)
    return counter


def lock(tx: Transaction, request: contract.CounterRequest) -> Counter:
    """Return a counter for which others then wait, if it was ever opened.

    Raises UnknownOffice, UnknownCounter.
    """
    return counters.lock(tx, request.office, request.counter) or read(tx, request)


def lock_open(tx: Transaction, request: contract.CounterRequest) -> Counter:
    """Lock a counter that calls. Raises UnknownOffice, UnknownCounter, CounterIsClosed, CounterIsPaused."""
    counter = lock(tx, request)
    counter.require_open()
    return counter


def lock_staffed(tx: Transaction, request: contract.CounterRequest) -> Counter:
    """Lock a counter that is open or paused. Raises UnknownOffice, UnknownCounter, CounterIsClosed."""
    counter = lock(tx, request)
    counter.require_staffed()
    return counter


def lock_present(tx: Transaction, counter: Counter) -> QueueTicket:
    """Return the counter's ticket for a deed. Raises NoTicketAtCounter."""
    ticket = hall_tickets.present(tx, counter, locked=True)
    if ticket is None:
        raise NoTicketAtCounter(counter=counter.number)
    return ticket


def lock_present_and_count(tx: Transaction, counter: Counter) -> tuple[QueueTicket, int]:
    """Return the counter's ticket for a deed, and how many wait for the counter. Raises NoTicketAtCounter."""
    ticket, waiting = hall_tickets.lock_and_count(tx, counter)
    if ticket is None:
        raise NoTicketAtCounter(counter=counter.number)
    return ticket, waiting


def lock_number(tx: Transaction, counter: Counter, number: str, *, state: str) -> QueueTicket:
    """Return today's ticket of this number for a deed. Raises UnknownNumber, OtherState."""
    office = counter.office
    ticket = hall_tickets.lock_number(tx, office.code, office.today(tx.now), number)
    if ticket is None:
        raise UnknownNumber(office=office.code, number=number)
    if ticket.state != state:
        raise OtherState(number=number, state=ticket.state, counter=ticket.counter)
    return ticket


def require_free(tx: Transaction, counter: Counter) -> None:
    """Raise CounterIsBusy while a ticket is before the counter."""
    ticket = hall_tickets.present(tx, counter)
    if ticket is not None:
        raise CounterIsBusy(counter=counter.number, number=ticket.number)


def do(
    tx: Transaction,
    counter: Counter,
    event_type: type[QueueTicketState],
    *,
    before: QueueTicket,
    after: QueueTicket,
) -> tuple[Counter, QueueTicket]:
    """Keep what a counter did with a ticket, so that it can be undone, and say it."""
    kept = hall_tickets.keep(tx, undoable(before, after, counter=counter.number))
    deed = Deed(ticket_id=kept.ticket_id, at=tx.now)
    records.note(tx, counter, deed)
    left = event_type is TicketTransferred
    more = {"from_step": before.step, "from_called_at": before.called_at} if left else {}
    tx.emit(hall_tickets.told(kept, event_type, **more))
    return replace(counter, deed=deed), kept


def tell_near(tx: Transaction, office: Office, such: QueueTicket) -> None:
    """Say whose turn is near now, of all whom the counters call that call such a ticket."""
    for ticket, before in near.tell(tx, such, places=office.hall.near_places):
        tx.emit(hall_tickets.told(ticket, TurnNear, before=before))


def answer(
    tx: Transaction, counter: Counter, ticket: QueueTicket | None, *, waiting: int | None = None
) -> contract.Counter:
    """Tell how a counter stands now, with the ticket that is before it; who waits is counted unless known."""
    deed = counter.deed
    return contract.Counter(
        office=counter.office.code,
        counter=counter.number,
        state=counter.state,
        services=counter.services,
        steps=counter.steps,
        ticket=None if ticket is None else _shown(ticket),
        waiting=queue.count_waiting(tx, counter) if waiting is None else waiting,
        emergency_since=counter.emergency_since,
        undo_until=deed.undo_until if deed is not None and tx.now <= deed.undo_until else None,
    )


def _shown(ticket: QueueTicket) -> contract.CounterTicket:
    return contract.CounterTicket(
        ticket_id=ticket.ticket_id,
        number=ticket.number,
        display_name=ticket.display_name,
        service=ticket.service,
        step=ticket.step,
        steps=ticket.steps,
        state=ticket.state,
        calls=ticket.calls,
        scanned_at=ticket.scanned_at,
        called_at=ticket.called_at,
        absent_from=ticket.absent_from,
    )
