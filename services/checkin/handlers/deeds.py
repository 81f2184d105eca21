"""What an officer does with the ticket before the counter, and undoes again."""

from dataclasses import replace

from chassis.database import Transaction
from contracts.events import (
    TicketHeld,
    TicketNoShow,
    TicketRestored,
    TicketScanned,
    TicketServed,
    TicketTransferred,
)
from contracts.requests import checkin as contract
from contracts.requests.counter_deeds import HoldTicket, ReturnTicket, TransferTicket, UndoLast
from services.checkin.domain import policy, queue_ticket
from services.checkin.domain.absence import require_absent
from services.checkin.domain.counter import Counter
from services.checkin.domain.queue_ticket import QueueTicket
from services.checkin.errors import NowhereToGo, OtherTicketAtCounter, UndoneByOthers, UnknownStepHere
from services.checkin.handlers import at_counter
from services.checkin.store import counters, hall_tickets, queue, records


def finish_ticket(tx: Transaction, command: contract.FinishTicket) -> contract.Counter:
    """Be done with the counter's ticket: it waits for its next step, or its visit is over, as on a later day.

    Raises CounterIsClosed, NoTicketAtCounter, OtherTicketAtCounter.
    """
    counter = at_counter.lock_staffed(tx, command)
    ticket, waiting = at_counter.lock_present_and_count(tx, counter)
    _require_meant(counter, ticket, command.ticket_id)
    today = counter.office.today(tx.now)
    after = queue_ticket.finished(
        ticket, outcome=command.outcome, officer=command.officer, now=tx.now, today=today
    )
    records.keep_step(tx, counter, ticket, officer=command.officer, outcome=command.outcome, note=None)
    if after.state == "served":
        counter, _ = at_counter.do(tx, counter, TicketServed, before=ticket, after=after)
        return at_counter.answer(tx, counter, None, waiting=waiting)
    counter, sent = at_counter.do(tx, counter, TicketTransferred, before=ticket, after=after)
    at_counter.tell_near(tx, counter.office, sent)
    return at_counter.answer(tx, counter, None)


def hold_ticket(tx: Transaction, command: HoldTicket) -> contract.Counter:
    """Put the counter's ticket aside; the counter is free.

    Raises CounterIsClosed, NoTicketAtCounter, OtherTicketAtCounter, VisitDayOver.
    """
    counter = at_counter.lock_staffed(tx, command)
    ticket = _lock_of_today(tx, counter, command.ticket_id)
    after = queue_ticket.held(ticket, officer=command.officer, note=command.reason)
    counter, _ = at_counter.do(tx, counter, TicketHeld, before=ticket, after=after)
    return at_counter.answer(tx, counter, None)


def transfer_ticket(tx: Transaction, command: TransferTicket) -> contract.Counter:
    """Send the counter's ticket to another counter, to another step, or to both; it keeps its turn.

    Raises CounterIsClosed of either counter, UnknownCounter, NoTicketAtCounter, OtherTicketAtCounter,
    VisitDayOver, UnknownStepHere, NowhereToGo.
    """
    counter = _lock_for_transfer(tx, command)
    ticket = _lock_of_today(tx, counter, command.ticket_id)
    step = command.to_step or ticket.step
    if step not in ticket.steps:
        raise UnknownStepHere(office=command.office, steps=[step])
    if command.to_counter is None and step == ticket.step:
        raise NowhereToGo(counter=counter.number)
    records.keep_step(
        tx, counter, ticket, officer=command.officer, outcome="transferred", note=command.reason
    )
    after = queue_ticket.transferred(ticket, counter=command.to_counter, step=step, now=tx.now)
    counter, sent = at_counter.do(tx, counter, TicketTransferred, before=ticket, after=after)
    at_counter.tell_near(tx, counter.office, sent)
    return at_counter.answer(tx, counter, None)


def mark_no_show(tx: Transaction, command: contract.MarkNoShow) -> contract.Counter:
    """Be done with the counter's present ticket, because nobody came.

    Raises CounterIsClosed, NoTicketAtCounter, OtherTicketAtCounter, RecallFirst, StillOnTheWay.
    """
    counter = at_counter.lock_staffed(tx, command)
    ticket = _lock_meant(tx, counter, command.ticket_id)
    require_absent(
        counter=counter.number,
        number=ticket.number,
        calls=ticket.calls,
        absent_from=ticket.absent_from,
        now=tx.now,
    )
    records.keep_step(tx, counter, ticket, officer=command.officer, outcome="no_show", note=None)
    after = queue_ticket.absent(ticket, officer=command.officer, now=tx.now)
    counter, _ = at_counter.do(tx, counter, TicketNoShow, before=ticket, after=after)
    return at_counter.answer(tx, counter, None)


def return_ticket(tx: Transaction, command: ReturnTicket) -> contract.Counter:
    """Let a ticket to whose calls nobody came today wait again, as often as an officer wants it.

    Raises CounterIsClosed, UnknownNumber, OtherState.
    """
    counter = at_counter.lock_staffed(tx, command)
    absent = at_counter.lock_number(tx, counter, command.number, state="no_show")
    tx.emit(hall_tickets.told(wait_again(tx, absent), TicketScanned))
    return at_counter.answer(tx, counter, hall_tickets.present(tx, counter))


def wait_again(tx: Transaction, absent: QueueTicket) -> QueueTicket:
    """Let a ticket to whose calls nobody came wait again, under the turn that it has now."""
    turn = None
    if absent.finished_at is None or not policy.keeps_turn(no_show_at=absent.finished_at, now=tx.now):
        had = policy.Turn(turn_at=absent.turn_at, rules=absent.rules)
        turn = policy.behind_all(had, last_turn_at=queue.last_turn(tx, absent))
    return hall_tickets.keep(tx, queue_ticket.returned(absent, turn=turn, now=tx.now))


def undo_last(tx: Transaction, command: UndoLast) -> contract.Counter:
    """Undo what the counter did last with a ticket.

    Raises CounterIsClosed, NothingToUndo, UndoIsOver, UndoneByOthers.
    """
    counter = at_counter.lock_staffed(tx, command)
    deed = counter.require_undoable(tx.now)
    ticket = hall_tickets.lock(tx, deed.ticket_id)
    if ticket is None or not queue_ticket.is_undoable(ticket, counter=counter.number):
        raise UndoneByOthers(counter=counter.number, number=None if ticket is None else ticket.number)
    restored = hall_tickets.keep(tx, queue_ticket.restored(ticket))
    records.forget_step(tx, ticket.ticket_id, deed.at)
    records.forget_choice(tx, ticket.ticket_id, deed.at)
    records.note(tx, counter, None)
    tx.emit(hall_tickets.told(restored, TicketRestored))
    is_here = restored.state == "called"
    return at_counter.answer(tx, replace(counter, deed=None), restored if is_here else None)


def _lock_meant(tx: Transaction, counter: Counter, ticket_id: str | None) -> QueueTicket:
    """Return the counter's ticket, if it is the one that is meant, or none is named.

    Raises NoTicketAtCounter, OtherTicketAtCounter.
    """
    ticket = at_counter.lock_present(tx, counter)
    _require_meant(counter, ticket, ticket_id)
    return ticket


def _lock_of_today(tx: Transaction, counter: Counter, ticket_id: str | None) -> QueueTicket:
    """Return the ticket that is meant, if it can still be called another time.

    Raises NoTicketAtCounter, OtherTicketAtCounter, VisitDayOver.
    """
    ticket = _lock_meant(tx, counter, ticket_id)
    counter.office.require_today(ticket.date, number=ticket.number, now=tx.now)
    return ticket


def _require_meant(counter: Counter, ticket: QueueTicket, ticket_id: str | None) -> None:
    if ticket_id is not None and ticket.ticket_id != ticket_id:
        raise OtherTicketAtCounter(counter=counter.number, number=ticket.number)


def _lock_for_transfer(tx: Transaction, command: TransferTicket) -> Counter:
    """Lock both counters of a transfer in the order of their numbers."""
    other = command.to_counter
    if other is None:
        return at_counter.lock_staffed(tx, command)
    if other == command.counter:
        raise NowhereToGo(counter=command.counter)
    both = counters.lock_both(tx, command.office, command.counter, other)
    counter = both.get(command.counter) or at_counter.read(tx, command)
    counter.require_staffed()
    counter.office.require_counter(other)
    (both.get(other) or replace(counter, number=other, state="closed")).require_staffed()
    return counter
