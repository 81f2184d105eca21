"""An office's whole floor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Select,
    bindparam,
    or_,
    select,
)

from chassis.database import Transaction
from contracts.hall import Step
from contracts.words import CounterStanding, ServiceCode
from services.checkin.domain.office import Office
from services.checkin.domain.queue_ticket import QueueTicket
from services.checkin.store.hall_tickets import TICKET_COLUMNS, read_ticket
from services.checkin.store.queue import call_order
from services.checkin.store.tables import counter, queue_ticket

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
