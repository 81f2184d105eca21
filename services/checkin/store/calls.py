"""The next ticket as a counter calls it: one statement chooses it, calls it, and notes the call."""

from datetime import timedelta
from typing import Any

from sqlalchemy import DateTime, Integer, Select, bindparam, exists, func, select, update
from sqlalchemy.dialects.postgresql import JSONB

from chassis.database import Transaction
from services.checkin.domain.counter import Counter
from services.checkin.domain.queue_ticket import UNCALLED, QueueTicket
from services.checkin.store.hall_tickets import TICKET_COLUMNS
from services.checkin.store.queue import COUNT_WAITING, NEXT, of_counter
from services.checkin.store.tables import counter as counter_table
from services.checkin.store.tables import queue_ticket

_before = queue_ticket.alias("before")
_AT = bindparam("at", type_=DateTime(timezone=True))


def calling(chosen: Select[tuple[str]]) -> Select[Any]:
    """Build the statement that calls the chosen ticket, unless another is still before the counter."""
    busy = exists().where(
        _before.c.office == bindparam("at_office"),
        _before.c.counter == bindparam("at_counter"),
        _before.c.state == "called",
    )
    called = (
        update(queue_ticket)
        .where(queue_ticket.c.ticket_id == chosen.scalar_subquery(), ~busy)
        .values(
            state="called",
            counter=bindparam("at_counter", type_=Integer),
            officer=bindparam("by_officer"),
            calls=1,
            begun_at=func.coalesce(queue_ticket.c.begun_at, _AT),
            called_at=_AT,
            absent_from=bindparam("absent_at", type_=DateTime(timezone=True)),
            undo=bindparam("undo_by", type_=JSONB),
            version=queue_ticket.c.version + 1,
        )
        .returning(*TICKET_COLUMNS)
        .cte("called")
    )
    noted = (
        update(counter_table)
        .where(
            counter_table.c.office == bindparam("at_office"),
            counter_table.c.number == bindparam("at_counter"),
            counter_table.c.office == called.c.office,
        )
        .values(deed_ticket=called.c.ticket_id, deed_at=_AT)
        .cte("noted")
    )
    return select(called, COUNT_WAITING.scalar_subquery().label("waiting")).add_cte(noted)


# SKIP LOCKED: two counters that call at once lock, and so get, two different tickets.
_CALL_NEXT = calling(NEXT.with_for_update(skip_locked=True))
# Without: waits for who has the ticket locked, who may call it or only be giving it its name.
_CALL_LOCKED = calling(NEXT.with_for_update())


def call_next(
    tx: Transaction, counter: Counter, officer: str, patience: timedelta
) -> tuple[QueueTicket, int] | None:
    """Call whose turn it is today, and count who waits for the counter still.

    None when nobody waits, or a ticket is still before the counter. Tickets that somebody else has in hand
    are passed over, unless there are no others. Within `patience` nobody may be marked as absent.
    """
    call = {
        **of_counter(counter, counter.office.today(tx.now)),
        "by_officer": officer,
        "at": tx.now,
        "absent_at": tx.now + patience,
        "undo_by": {"by": counter.number, "was": dict(UNCALLED)},
    }
    row = tx.execute(_CALL_NEXT, call).one_or_none() or tx.execute(_CALL_LOCKED, call).one_or_none()
    if row is None:
        return None
    columns = dict(row._mapping)
    waiting = columns.pop("waiting") - 1  # counted as it was before the call
    return QueueTicket(**columns), waiting
