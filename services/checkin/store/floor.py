"""An office's whole floor, and where in line one ticket is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    any_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)

from chassis.database import Transaction
from contracts.hall import Step
from contracts.words import CounterStanding, ServiceCode, TurnRule
from services.checkin.domain.office import Office
from services.checkin.domain.queue_ticket import QueueTicket
from services.checkin.store.hall_tickets import TICKET_COLUMNS, read_ticket
from services.checkin.store.queue import call_order
from services.checkin.store.tables import counter, queue_ticket

_other = queue_ticket.alias("other")

_TICKETS: Select[Any] = (
    select(*TICKET_COLUMNS)
    .where(
        queue_ticket.c.office == bindparam("at_office"),
        or_(queue_ticket.c.date == bindparam("today"), queue_ticket.c.state == "called"),
        queue_ticket.c.state != "served",
    )
    .order_by(*call_order(queue_ticket))
)
_COUNTERS: Select[Any] = select(
    counter.c.number,
    counter.c.state,
    counter.c.services,
    counter.c.steps,
    counter.c.officer,
    counter.c.emergency_since,
).where(counter.c.office == bindparam("at_office"))
_FIND: Select[Any] = select(*TICKET_COLUMNS).where(
    queue_ticket.c.office == bindparam("at_office"),
    queue_ticket.c.date == bindparam("today"),
    queue_ticket.c.number == bindparam("of_number"),
)
_RULE: ColumnElement[str] = literal_column("other.rules[array_upper(other.rules, 1)]")
_COUNT_BEFORE = (
    select(_RULE.label("rule"), func.count().label("tickets"))
    .select_from(queue_ticket, _other)
    .where(
        queue_ticket.c.ticket_id == bindparam("wanted"),
        _other.c.office == queue_ticket.c.office,
        _other.c.date == queue_ticket.c.date,
        _other.c.state == "waiting",
        _other.c.for_counter.is_not_distinct_from(queue_ticket.c.for_counter),
        or_(
            _other.c.for_counter.is_not(None),
            tuple_(_other.c.service, _other.c.step) == tuple_(queue_ticket.c.service, queue_ticket.c.step),
        ),
        tuple_(*call_order(_other)) < tuple_(*call_order(queue_ticket)),
    )
    .group_by(_RULE)
)
_COUNT_COUNTERS = select(func.count()).where(
    counter.c.office == bindparam("at_office"),
    counter.c.state == "open",
    or_(
        counter.c.number == bindparam("for_counter", type_=Integer),
        (bindparam("of_service") == any_(counter.c.services))
        & (bindparam("at_step") == any_(counter.c.steps))
        & bindparam("for_counter", type_=Integer).is_(None),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffedCounter:
    """A counter with who last opened, paused or closed it."""

    number: int
    state: CounterStanding
    services: tuple[ServiceCode, ...]
    steps: tuple[Step, ...]
    officer: str
    emergency_since: datetime | None


def tickets(tx: Transaction, office: Office) -> Sequence[QueueTicket]:
    """Return who is in the hall today, or was left before a counter, in the order of calls."""
    query = {"at_office": office.code, "today": office.today(tx.now)}
    return [read_ticket(row) for row in tx.execute(_TICKETS, query)]


def counters(tx: Transaction, office: Office) -> Sequence[StaffedCounter]:
    """Return each counter that was ever opened, or asked for help."""
    rows = tx.execute(_COUNTERS, {"at_office": office.code})
    return [StaffedCounter(**{**row._mapping, "services": tuple(row.services)}) for row in rows]


def find(tx: Transaction, office: Office, number: str) -> QueueTicket | None:
    """Return today's ticket of this number, if there is one."""
    query = {"at_office": office.code, "today": office.today(tx.now), "of_number": number}
    row = tx.execute(_FIND, query).one_or_none()
    return None if row is None else read_ticket(row)


def count_before(tx: Transaction, ticket: QueueTicket) -> dict[TurnRule, int]:
    """Count who waits for the same and is called before a ticket, by the last rule that moved their turn."""
    rows = tx.execute(_COUNT_BEFORE, {"wanted": ticket.ticket_id})
    return {row.rule: row.tickets for row in rows}


def count_counters(tx: Transaction, ticket: QueueTicket) -> int:
    """Count the open counters that call for a ticket's service at its step, or it alone."""
    query = {
        "at_office": ticket.office,
        "for_counter": ticket.for_counter,
        "of_service": ticket.service,
        "at_step": ticket.step,
    }
    return int(tx.execute(_COUNT_COUNTERS, query).scalar_one())
