"""Tickets in the hall, read to have something done with them, and kept as they are after it.

The row stays locked from the reading to the end of the transaction.
"""

from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar

import sqlalchemy
from sqlalchemy import Select, bindparam, select, update

from chassis.database import Transaction
from contracts.events.checkin import QueueTicketState
from services.checkin.domain.counter import Counter
from services.checkin.domain.queue_ticket import QueueTicket
from services.checkin.store.queue import COUNT_WAITING, of_counter
from services.checkin.store.tables import queue_ticket

T = TypeVar("T", bound=QueueTicketState)

TICKET_COLUMNS = tuple(queue_ticket.c[field.name] for field in fields(QueueTicket))
"""The columns are named as the fields of a ticket, one for one."""

_NEVER_CHANGED = ("ticket_id", "office", "date", "number", "service", "priority", "origin", "steps")
_NAMED_BY_BOOKING = ("person_id", "display_name")
_CHANGED = tuple(
    field.name for field in fields(QueueTicket) if field.name not in (*_NEVER_CHANGED, *_NAMED_BY_BOOKING)
)
_TOLD = tuple(field.name for field in fields(QueueTicketState))

_PRESENT: Select[Any] = select(*TICKET_COLUMNS).where(
    queue_ticket.c.office == bindparam("at_office"),
    queue_ticket.c.counter == bindparam("at_counter"),
    queue_ticket.c.state == "called",
)
_LOCK_PRESENT = _PRESENT.with_for_update()
_LOCK_AND_COUNT: Select[Any] = _LOCK_PRESENT.add_columns(COUNT_WAITING.scalar_subquery().label("waiting"))
_LOCK_NUMBER: Select[Any] = (
    select(*TICKET_COLUMNS)
    .where(
        queue_ticket.c.office == bindparam("at_office"),
        queue_ticket.c.date == bindparam("on_date"),
        queue_ticket.c.number == bindparam("of_number"),
    )
    .with_for_update()
)
_LOCK: Select[Any] = (
    select(*TICKET_COLUMNS).where(queue_ticket.c.ticket_id == bindparam("wanted")).with_for_update()
)
_LOCK_SENT_TO: Select[Any] = (
    select(*TICKET_COLUMNS)
    .where(
        queue_ticket.c.office == bindparam("at_office"),
        queue_ticket.c.for_counter == bindparam("at_counter"),
        queue_ticket.c.state == "waiting",
    )
    .order_by(queue_ticket.c.ticket_id)
    .with_for_update()
)
_KEEP = (
    update(queue_ticket)
    .where(queue_ticket.c.ticket_id == bindparam("wanted"))
    .values({name: bindparam(f"kept_{name}", type_=queue_ticket.c[name].type) for name in _CHANGED})
)


def read_ticket(row: sqlalchemy.Row[Any]) -> QueueTicket:
    """Read a row of TICKET_COLUMNS."""
    return QueueTicket(**row._mapping)


def told(ticket: QueueTicket, event_type: type[T], **more: Any) -> T:
    """Return a ticket as the event that tells it."""
    return event_type(**{name: getattr(ticket, name) for name in _TOLD}, **more)


def present(tx: Transaction, counter: Counter, *, locked: bool = False) -> QueueTicket | None:
    """Return the ticket that is before the counter, if there is one."""
    place = {"at_office": counter.office.code, "at_counter": counter.number}
    row = tx.execute(_LOCK_PRESENT if locked else _PRESENT, place).one_or_none()
    return None if row is None else read_ticket(row)


def lock_and_count(tx: Transaction, counter: Counter) -> tuple[QueueTicket | None, int]:
    """Return the ticket that is before the counter, if there is one, and how many wait for what it offers.

    Nobody is counted where there is none.
    """
    row = tx.execute(_LOCK_AND_COUNT, of_counter(counter, counter.office.today(tx.now))).one_or_none()
    if row is None:
        return None, 0
    columns = dict(row._mapping)
    waiting = columns.pop("waiting")
    return QueueTicket(**columns), waiting


def lock_number(tx: Transaction, office: str, day: date, number: str) -> QueueTicket | None:
    """Return the ticket of this number and day, if the office gave it out."""
    wanted = {"at_office": office, "on_date": day, "of_number": number}
    row = tx.execute(_LOCK_NUMBER, wanted).one_or_none()
    return None if row is None else read_ticket(row)


def lock(tx: Transaction, ticket_id: str) -> QueueTicket | None:
    """Return a ticket, if it is in the hall."""
    row = tx.execute(_LOCK, {"wanted": ticket_id}).one_or_none()
    return None if row is None else read_ticket(row)


def lock_known(tx: Transaction, ticket_id: str) -> QueueTicket:
    """Return a ticket that is known to be in the hall."""
    return read_ticket(tx.execute(_LOCK, {"wanted": ticket_id}).one())


def lock_sent_to(tx: Transaction, counter: Counter) -> list[QueueTicket]:
    """Return who waits for this counter alone, in the order of ids: so no two wait for each other."""
    place = {"at_office": counter.office.code, "at_counter": counter.number}
    return [read_ticket(row) for row in tx.execute(_LOCK_SENT_TO, place)]


def keep(tx: Transaction, ticket: QueueTicket) -> QueueTicket:
    """Keep a ticket as it is now, under its next version."""
    kept = replace(ticket, version=ticket.version + 1)
    tx.write(
        _KEEP, {**{f"kept_{name}": getattr(kept, name) for name in _CHANGED}, "wanted": ticket.ticket_id}
    )
    return kept
