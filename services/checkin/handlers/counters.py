"""An officer runs a counter."""

from datetime import timedelta

from chassis.database import Transaction
from contracts.events import CounterClosed, CounterOpened
from contracts.events.checkin import QueueTicketState
from contracts.requests import checkin as contract
from services.checkin.domain.absence import PATIENCE, require_absent
from services.checkin.domain.counter import Counter
from services.checkin.errors import (
    CounterIsBusy,
    NoTicketAtCounter,
    OtherTicketAtCounter,
    QueueIsEmpty,
    UnknownOffice,
)
from services.checkin.store import calls, counters


def open_counter(tx: Transaction, command: contract.OpenCounter) -> contract.Counter:
    """Sit down at a counter; at an open one, change what it offers.

    Raises UnknownOffice, UnknownCounter, UnknownServiceHere.
    """
    before = _read(tx, command)
    before.office.require_counter(before.number)
    services = before.office.services_for_counter(command.services)
    version = counters.open_counter(tx, before, services, command.officer)
    opened = Counter(office=before.office, number=before.number, state="open", services=services)
    tx.emit(
        CounterOpened(
            version=version, office=command.office, counter=command.counter, state="open", services=services
        )
    )
    return _answer(tx, opened, calls.present(tx, opened))


def call_next(
    tx: Transaction, command: contract.CallNext, *, patience: timedelta = PATIENCE
) -> contract.Counter:
    """Call who has waited longest for a service of the counter.

    Raises CounterIsClosed, CounterIsBusy, QueueIsEmpty.
    """
    counter = _lock_open(tx, command)
    called = calls.call_next(tx, counter, command.officer, patience)
    if called is None:
        _require_free(tx, counter)
        raise QueueIsEmpty(counter=counter.number)
    tx.emit(called)
    return _answer(tx, counter, called)


def recall_ticket(tx: Transaction, command: contract.RecallTicket) -> contract.Counter:
    """Call the counter's present ticket once more. Raises CounterIsClosed, NoTicketAtCounter."""
    counter = _lock_open(tx, command)
    called = calls.recall(tx, counter, command.officer)
    if called is None:
        raise NoTicketAtCounter(counter=counter.number)
    tx.emit(called)
    return _answer(tx, counter, called)


def finish_ticket(tx: Transaction, command: contract.FinishTicket) -> contract.Counter:
    """Be done with the counter's present ticket. Raises CounterIsClosed, NoTicketAtCounter."""
    counter = _lock_open(tx, command)
    served = calls.finish(tx, counter, command.officer)
    if served is None:
        raise NoTicketAtCounter(counter=counter.number)
    tx.emit(served)
    return _answer(tx, counter, None)


def mark_no_show(tx: Transaction, command: contract.MarkNoShow) -> contract.Counter:
    """Be done with the counter's present ticket, because nobody came.

    Raises CounterIsClosed, NoTicketAtCounter, OtherTicketAtCounter, RecallFirst, StillOnTheWay.
    """
    counter = _lock_open(tx, command)
    ticket = calls.present(tx, counter)
    if ticket is None:
        raise NoTicketAtCounter(counter=counter.number)
    if ticket.ticket_id != command.ticket_id:
        raise OtherTicketAtCounter(counter=counter.number, number=ticket.number)
    require_absent(
        counter=counter.number,
        number=ticket.number,
        calls=ticket.calls,
        absent_from=calls.absent_from(tx, ticket),
        now=tx.now,
    )
    tx.emit(calls.mark_no_show(tx, counter, command.officer))
    return _answer(tx, counter, None)


def close_counter(tx: Transaction, command: contract.CloseCounter) -> contract.Counter:
    """Leave a counter; a closed one stays closed. Raises CounterIsBusy."""
    counter = counters.lock(tx, command.office, command.counter)
    if counter is None or counter.state == "closed":
        return get_counter(tx, command)
    _require_free(tx, counter)
    version = counters.close_counter(tx, counter, command.officer)
    closed = Counter(office=counter.office, number=counter.number, state="closed", services=())
    tx.emit(
        CounterClosed(
            version=version, office=command.office, counter=command.counter, state="closed", services=()
        )
    )
    return _answer(tx, closed, None)


def get_counter(tx: Transaction, query: contract.CounterRequest) -> contract.Counter:
    """Read a counter as it is now. Raises UnknownOffice, UnknownCounter."""
    counter = _read(tx, query)
    counter.office.require_counter(counter.number)
    return _answer(tx, counter, calls.present(tx, counter))


def _read(tx: Transaction, request: contract.CounterRequest) -> Counter:
    counter = counters.read(tx, request.office, request.counter)
    if counter is None:
        raise UnknownOffice(office=request.office)
    return counter


def _lock_open(tx: Transaction, request: contract.CounterRequest) -> Counter:
    counter = counters.lock(tx, request.office, request.counter)
    if counter is None:
        counter = _read(tx, request)
        counter.office.require_counter(counter.number)
    counter.require_open()
    return counter


def _require_free(tx: Transaction, counter: Counter) -> None:
    ticket = calls.present(tx, counter)
    if ticket is not None:
        raise CounterIsBusy(counter=counter.number, number=ticket.number)


def _answer(tx: Transaction, counter: Counter, ticket: QueueTicketState | None) -> contract.Counter:
    shown = None
    if ticket is not None:
        shown = contract.CounterTicket.of(ticket, absent_from=calls.absent_from(tx, ticket))
    return contract.Counter(
        office=counter.office.code,
        counter=counter.number,
        state=counter.state,
        services=counter.services,
        ticket=shown,
        waiting=calls.count_waiting(tx, counter),
    )
