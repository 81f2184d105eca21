"""A counter calls: whose turn it is, somebody out of turn, or its present ticket once more."""

from dataclasses import replace
from datetime import timedelta

from chassis.database import Transaction
from contracts.events import CounterCalled
from contracts.requests import checkin as contract
from contracts.requests.counter_deeds import CallTicket, ResumeTicket
from services.checkin.domain import queue_ticket
from services.checkin.domain.absence import PATIENCE, RECALL_AFTER, require_heard
from services.checkin.domain.counter import DOUBLE_CLICK, Counter, Deed
from services.checkin.domain.queue_ticket import QueueTicket
from services.checkin.errors import CounterIsBusy, QueueIsEmpty
from services.checkin.handlers import at_counter
from services.checkin.store import calls, hall_tickets, records


def call_next(
    tx: Transaction, command: contract.CallNext, *, patience: timedelta = PATIENCE
) -> contract.Counter:
    """Call whose turn it is among who waits for what the counter offers.

    Asked again by the same officer at once, it answers the ticket they called. Raises CounterIsClosed,
    CounterIsPaused, CounterIsBusy, QueueIsEmpty.
    """
    counter = at_counter.lock_open(tx, command)
    found = calls.call_next(tx, counter, command.officer, patience)
    if found is None:
        present = hall_tickets.present(tx, counter)
        if present is None:
            raise QueueIsEmpty(counter=counter.number)
        _require_double_click(tx, counter, present, officer=command.officer)
        return at_counter.answer(tx, counter, present)
    called, waiting = found
    tx.emit(hall_tickets.told(called, CounterCalled))
    at_counter.tell_near(tx, counter.office, called)
    deed = Deed(ticket_id=called.ticket_id, at=tx.now)
    return at_counter.answer(tx, replace(counter, deed=deed), called, waiting=waiting)


def call_ticket(tx: Transaction, command: CallTicket, *, patience: timedelta = PATIENCE) -> contract.Counter:
    """Call a waiting ticket out of its turn, and keep why.

    Raises CounterIsClosed, CounterIsPaused, CounterIsBusy, UnknownNumber, OtherState.
    """
    counter = at_counter.lock_open(tx, command)
    present = hall_tickets.present(tx, counter)
    if present is not None:
        if present.number != command.number:
            raise CounterIsBusy(counter=counter.number, number=present.number)
        _require_double_click(tx, counter, present, officer=command.officer)
        return at_counter.answer(tx, counter, present)
    waiting = at_counter.lock_number(tx, counter, command.number, state="waiting")
    counter, called = _call(tx, counter, waiting, officer=command.officer, patience=patience)
    records.keep_choice(tx, called, command)
    at_counter.tell_near(tx, counter.office, called)
    return at_counter.answer(tx, counter, called)


def resume_ticket(
    tx: Transaction, command: ResumeTicket, *, patience: timedelta = PATIENCE
) -> contract.Counter:
    """Have a ticket that any counter held before this one again.

    Raises CounterIsClosed, CounterIsPaused, CounterIsBusy, UnknownNumber, OtherState.
    """
    counter = at_counter.lock_open(tx, command)
    at_counter.require_free(tx, counter)
    held = at_counter.lock_number(tx, counter, command.number, state="held")
    counter, called = _call(tx, counter, held, officer=command.officer, patience=patience)
    return at_counter.answer(tx, counter, called)


def recall_ticket(
    tx: Transaction, command: contract.RecallTicket, *, recall_after: timedelta = RECALL_AFTER
) -> contract.Counter:
    """Call the counter's present ticket once more.

    Raises CounterIsClosed, NoTicketAtCounter, RecallTooSoon.
    """
    counter = at_counter.lock_staffed(tx, command)
    ticket = at_counter.lock_present(tx, counter)
    if ticket.called_at is not None:
        require_heard(
            counter=counter.number,
            number=ticket.number,
            recall_from=ticket.called_at + recall_after,
            now=tx.now,
        )
    again = hall_tickets.keep(tx, queue_ticket.recalled(ticket, officer=command.officer, now=tx.now))
    tx.emit(hall_tickets.told(again, CounterCalled))
    return at_counter.answer(tx, counter, again)


def _call(
    tx: Transaction, counter: Counter, ticket: QueueTicket, *, officer: str, patience: timedelta
) -> tuple[Counter, QueueTicket]:
    called = queue_ticket.called(
        ticket, counter=counter.number, officer=officer, now=tx.now, patience=patience
    )
    return at_counter.do(tx, counter, CounterCalled, before=ticket, after=called)


def _require_double_click(tx: Transaction, counter: Counter, present: QueueTicket, *, officer: str) -> None:
    """Raise CounterIsBusy where a call is meant as another one, and not as a double click."""
    is_own = present.officer == officer and present.calls == 1
    if not (is_own and present.called_at is not None and tx.now - present.called_at <= DOUBLE_CLICK):
        raise CounterIsBusy(counter=counter.number, number=present.number)
