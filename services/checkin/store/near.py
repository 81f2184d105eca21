"""Whose turn is near: each ticket is told once at each step of a day."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from services.checkin.domain.queue_ticket import QueueTicket
from services.checkin.store.hall_tickets import TICKET_COLUMNS
from services.checkin.store.queue import call_order
from services.checkin.store.tables import near_told, queue_ticket

_LINE = (
    select(*TICKET_COLUMNS, (func.row_number().over(order_by=call_order(queue_ticket)) - 1).label("before"))
    .where(
        queue_ticket.c.office == bindparam("at_office"),
        queue_ticket.c.date == bindparam("on_date"),
        queue_ticket.c.state == "waiting",
        queue_ticket.c.for_counter.is_(None),
        queue_ticket.c.service == bindparam("of_service"),
        queue_ticket.c.step == bindparam("at_step"),
    )
    .order_by(*call_order(queue_ticket))
    .limit(bindparam("places", type_=Integer))
    .cte("line")
)
# In the order of ids: of two counters that tell the same tickets at once, one waits for the other.
_COMING = insert(near_told).from_select(
    ["ticket_id", "step", "date"],
    select(_LINE.c.ticket_id, _LINE.c.step, _LINE.c.date).order_by(_LINE.c.ticket_id),
)
# Who was told on a day before waits anew: their booking was moved.
_TOLD = (
    _COMING.on_conflict_do_update(
        constraint=near_told.primary_key,
        set_={"date": _COMING.excluded.date},
        where=near_told.c.date < _COMING.excluded.date,
    )
    .returning(near_told.c.ticket_id)
    .cte("told")
)
_TELL: Select[Any] = (
    select(*(_LINE.c[column.name] for column in TICKET_COLUMNS), _LINE.c.before)
    .join(_TOLD, _TOLD.c.ticket_id == _LINE.c.ticket_id)
    .order_by(_LINE.c.before)
)


def tell(tx: Transaction, line_of: QueueTicket, *, places: int) -> Iterator[tuple[QueueTicket, int]]:
    """Return who is now among the first of a ticket's queue and was not told, with how many are before them.

    The rows of the tickets are not locked, so no counter that calls at this moment passes one over.
    """
    line = {
        "at_office": line_of.office,
        "on_date": line_of.date,
        "of_service": line_of.service,
        "at_step": line_of.step,
        "places": places,
    }
    for row in tx.execute(_TELL, line):
        columns = dict(row._mapping)
        before = columns.pop("before")
        yield QueueTicket(**columns), before
