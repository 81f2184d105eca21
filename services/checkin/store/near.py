"""Whose turn is near: each ticket is told once at each step of a day.

    who was called or sent on ──▶ the counters that call such a ticket ──▶ the first of what each offers
    ──▶ how many are before each ──▶ few, and not told yet

So a call brings near whomever its ticket was before, of whatever service.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Integer, Select, any_, bindparam, exists, select, true, union_all
from sqlalchemy.dialects.postgresql import array, distinct_on, insert

from chassis.database import Transaction
from services.checkin.domain.queue_ticket import QueueTicket
from services.checkin.store.hall_tickets import TICKET_COLUMNS
from services.checkin.store.line import WAITS, WAITS_FOR, calls, waiting_before
from services.checkin.store.queue import call_order
from services.checkin.store.tables import counter, near_told, queue_ticket

_PLACES = bindparam("places", type_=Integer)
_LIKE = select(*(bindparam(f"of_{name}", type_=queue_ticket.c[name].type).label(name) for name in WAITS_FOR))
_SUCH = _LIKE.cte("such")
_OFFERS = union_all(
    select(counter.c.services, counter.c.steps).where(calls(counter, _SUCH)).distinct(),
    # Nobody calls it: the line of its service and step alone.
    select(array([_SUCH.c.service]), array([_SUCH.c.step])).where(~exists().where(calls(counter, _SUCH))),
).cte("offers")
_FIRST = (
    select(*TICKET_COLUMNS)
    .where(
        queue_ticket.c.office == bindparam("of_office"),
        queue_ticket.c.date == bindparam("on_date"),
        queue_ticket.c.state == WAITS,
        queue_ticket.c.for_counter.is_(None),
        queue_ticket.c.service == any_(_OFFERS.c.services),
        queue_ticket.c.step == any_(_OFFERS.c.steps),
    )
    .order_by(*call_order(queue_ticket))
    .limit(_PLACES)
    .lateral("first")
)
_EACH_ONCE = select(_FIRST).select_from(_OFFERS.join(_FIRST, true())).ext(distinct_on(_FIRST.c.ticket_id))
_LINE = _EACH_ONCE.cte("line")
_COUNTED = select(_LINE, waiting_before(_LINE).label("before")).cte("counted")
# In the order of ids: of two counters that tell the same tickets at once, one waits for the other.
_COMING = insert(near_told).from_select(
    ["ticket_id", "step", "date"],
    select(_COUNTED.c.ticket_id, _COUNTED.c.step, _COUNTED.c.date)
    .where(_COUNTED.c.before < _PLACES)
    .order_by(_COUNTED.c.ticket_id),
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
    select(_COUNTED).join(_TOLD, _TOLD.c.ticket_id == _COUNTED.c.ticket_id).order_by(*call_order(_COUNTED))
)


def tell(tx: Transaction, such: QueueTicket, *, places: int) -> Iterator[tuple[QueueTicket, int]]:
    """Return who was not told and has fewer than so many before them, with how many, beside such a ticket.

    The rows of the tickets are not locked, so no counter that calls at this moment passes one over.
    """
    like = {f"of_{name}": getattr(such, name) for name in WAITS_FOR}
    for row in tx.execute(_TELL, {**like, "on_date": such.date, "places": places}):
        columns = dict(row._mapping)
        before = columns.pop("before")
        yield QueueTicket(**columns), before
