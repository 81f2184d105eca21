"""Tickets as counters call and finish them."""

from datetime import date, datetime, timedelta

from sqlalchemy import (
    ARRAY,
    DateTime,
    Integer,
    Select,
    Text,
    any_,
    bindparam,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from chassis.database import Transaction
from contracts.events import CounterCalled, TicketNoShow, TicketServed
from contracts.events.checkin import QueueTicketState
from services.checkin.domain.counter import Counter
from services.checkin.domain.policy import CALL_ORDER
from services.checkin.store.tables import queue_ticket
from services.checkin.store.ticket_state import STATE_COLUMNS, read_state

_waiting = queue_ticket.alias("waiting")
_before = queue_ticket.alias("before")

_OFFERED = bindparam("offered", type_=ARRAY(Text))
_AT_COUNTER = (
    queue_ticket.c.office == bindparam("at_office"),
    queue_ticket.c.counter == bindparam("at_counter"),
    queue_ticket.c.state == "called",
)

LONGEST_WAITING: Select[tuple[str]] = (
    select(_waiting.c.ticket_id)
    .where(
        _waiting.c.office == bindparam("at_office"),
        _waiting.c.date == bindparam("today"),
        _waiting.c.state == "waiting",
        _waiting.c.service == any_(_OFFERED),
    )
    .order_by(*(_waiting.c[field] for field in CALL_ORDER))
    .limit(1)
)
"""`policy.next_to_call` in SQL, on the index `queue_ticket_waiting`."""


def calling(chosen: Select[tuple[str]]) -> ReturningUpdate[QueueTicketState]:
    """Build the statement that calls the chosen ticket, unless another is still before the counter."""
    busy = exists().where(
        _before.c.office == bindparam("at_office"),
        _before.c.counter == bindparam("at_counter"),
        _before.c.state == "called",
    )
    return (
        update(queue_ticket)
        .where(queue_ticket.c.ticket_id == chosen.scalar_subquery(), ~busy)
        .values(
            state="called",
            counter=bindparam("at_counter", type_=Integer),
            officer=bindparam("by_officer"),
            calls=1,
            called_at=bindparam("at", type_=DateTime(timezone=True)),
            absent_from=bindparam("absent_at", type_=DateTime(timezone=True)),
            version=queue_ticket.c.version + 1,
        )
        .returning(*STATE_COLUMNS)
    )


# SKIP LOCKED: two counters that call at once lock, and so get, two different tickets.
_CALL_NEXT = calling(LONGEST_WAITING.with_for_update(skip_locked=True))
# Without: waits for who has the ticket locked, who may call it or only be giving it its name.
_CALL_LOCKED = calling(LONGEST_WAITING.with_for_update())
_RECALL = (
    update(queue_ticket)
    .where(*_AT_COUNTER)
    .values(
        calls=queue_ticket.c.calls + 1,
        called_at=bindparam("at"),
        officer=bindparam("by_officer"),
        version=queue_ticket.c.version + 1,
    )
    .returning(*STATE_COLUMNS)
)
_FINISHED = {
    "finished_at": bindparam("at"),
    "officer": bindparam("by_officer"),
    "version": queue_ticket.c.version + 1,
}
_FINISH = (
    update(queue_ticket).where(*_AT_COUNTER).values(state="served", **_FINISHED).returning(*STATE_COLUMNS)
)
_NO_SHOW = (
    update(queue_ticket)
    .where(*_AT_COUNTER)
    .values(state="no_show", no_shows=queue_ticket.c.no_shows + 1, **_FINISHED)
    .returning(*STATE_COLUMNS)
)
_PRESENT = select(*STATE_COLUMNS).where(*_AT_COUNTER)
_COUNT_WAITING = select(func.count()).where(
    queue_ticket.c.office == bindparam("at_office"),
    queue_ticket.c.date == bindparam("today"),
    queue_ticket.c.state == "waiting",
    queue_ticket.c.service == any_(_OFFERED),
)


def call_next(tx: Transaction, counter: Counter, officer: str, patience: timedelta) -> CounterCalled | None:
    """Call who has waited longest today; None when nobody waits, or a ticket is still before the counter.

    Tickets that somebody else has in hand are passed over, unless there are no others. For as long as
    `patience` nobody may be said not to have come.
    """
    call = {**_place(counter), **_queue(counter, tx), "by_officer": officer, "at": tx.now}
    call |= {"absent_at": tx.now + patience}
    row = tx.execute(_CALL_NEXT, call).one_or_none() or tx.execute(_CALL_LOCKED, call).one_or_none()
    return None if row is None else read_state(row, CounterCalled)


def recall(tx: Transaction, counter: Counter, officer: str) -> CounterCalled | None:
    """Call the counter's present ticket once more; None when there is none."""
    row = tx.execute(_RECALL, {**_place(counter), "by_officer": officer, "at": tx.now}).one_or_none()
    return None if row is None else read_state(row, CounterCalled)


def finish(tx: Transaction, counter: Counter, officer: str) -> TicketServed | None:
    """Be done with the counter's present ticket; None when there is none."""
    row = tx.execute(_FINISH, {**_place(counter), "by_officer": officer, "at": tx.now}).one_or_none()
    return None if row is None else read_state(row, TicketServed)


def mark_no_show(tx: Transaction, counter: Counter, officer: str) -> TicketNoShow:
    """Be done with the counter's present ticket, which must be there, because nobody came."""
    row = tx.execute(_NO_SHOW, {**_place(counter), "by_officer": officer, "at": tx.now}).one()
    return read_state(row, TicketNoShow)


def present(tx: Transaction, counter: Counter) -> QueueTicketState | None:
    """Return the ticket that is before the counter, if there is one."""
    row = tx.execute(_PRESENT, _place(counter)).one_or_none()
    return None if row is None else read_state(row, QueueTicketState)


def absent_from(tx: Transaction, ticket: QueueTicketState) -> datetime | None:
    """Return from when it may be said that nobody came to the calls of a ticket."""
    query = select(queue_ticket.c.absent_from).where(queue_ticket.c.ticket_id == ticket.ticket_id)
    known: datetime | None = tx.execute(query).scalar_one()
    return known


def count_waiting(tx: Transaction, counter: Counter) -> int:
    """Count who waits today for a service that the counter offers."""
    return int(tx.execute(_COUNT_WAITING, _queue(counter, tx)).scalar_one())


def _place(counter: Counter) -> dict[str, str | int]:
    return {"at_office": counter.office.code, "at_counter": counter.number}


def _queue(counter: Counter, tx: Transaction) -> dict[str, str | date | list[str]]:
    return {
        "at_office": counter.office.code,
        "today": counter.office.today(tx.now),
        "offered": list(counter.services),
    }
