"""The queue of an office's day: who waits for what, and who is next."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Integer, Select, Text, and_, any_, bindparam, func, or_, select
from sqlalchemy.sql.selectable import FromClause

from chassis.database import Transaction
from services.checkin.domain.counter import Counter
from services.checkin.domain.policy import CALL_ORDER
from services.checkin.domain.queue_ticket import QueueTicket
from services.checkin.store.tables import queue_ticket

_waiting = queue_ticket.alias("waiting")
_OFFERED = bindparam("offered", type_=ARRAY(Text))
_AT_STEPS = bindparam("at_steps", type_=ARRAY(Text))


def is_called_by(ticket: FromClause) -> ColumnElement[bool]:
    """`policy.is_called_by` in SQL."""
    return or_(
        ticket.c.for_counter == bindparam("at_counter", type_=Integer),
        and_(
            ticket.c.for_counter.is_(None),
            ticket.c.service == any_(_OFFERED),
            ticket.c.step == any_(_AT_STEPS),
        ),
    )


def call_order(ticket: FromClause) -> tuple[ColumnElement[Any], ...]:
    """Return the columns of the policy's order."""
    return tuple(ticket.c[field] for field in CALL_ORDER)


NEXT: Select[tuple[str]] = (
    select(_waiting.c.ticket_id)
    .where(
        _waiting.c.office == bindparam("at_office"),
        _waiting.c.date == bindparam("today"),
        _waiting.c.state == "waiting",
        is_called_by(_waiting),
    )
    .order_by(*call_order(_waiting))
    .limit(1)
)
"""`policy.next_to_call` in SQL, on the index `queue_ticket_waiting`."""

COUNT_WAITING = (
    select(func.count())
    .select_from(_waiting)
    .where(
        _waiting.c.office == bindparam("at_office"),
        _waiting.c.date == bindparam("today"),
        _waiting.c.state == "waiting",
        is_called_by(_waiting),
    )
)
"""Who waits for what a counter offers, with what `of_counter` says of it."""
_LAST_TURN = select(func.max(_waiting.c.turn_at)).where(
    _waiting.c.office == bindparam("at_office"),
    _waiting.c.date == bindparam("today"),
    _waiting.c.state == "waiting",
    _waiting.c.service == bindparam("of_service"),
    _waiting.c.step == bindparam("at_step"),
)


def of_counter(counter: Counter, today: date) -> dict[str, Any]:
    """Return what NEXT asks for."""
    return {
        "at_office": counter.office.code,
        "at_counter": counter.number,
        "today": today,
        "offered": list(counter.services),
        "at_steps": list(counter.steps),
    }


def count_waiting(tx: Transaction, counter: Counter) -> int:
    """Count who waits today for what the counter offers."""
    query = of_counter(counter, counter.office.today(tx.now))
    return int(tx.execute(COUNT_WAITING, query).scalar_one())


def last_turn(tx: Transaction, ticket: QueueTicket) -> datetime | None:
    """Return the latest turn of who waits for the same service and step; None when nobody does."""
    line = {
        "at_office": ticket.office,
        "today": ticket.date,
        "of_service": ticket.service,
        "at_step": ticket.step,
    }
    turn_at: datetime | None = tx.execute(_LAST_TURN, line).scalar_one()
    return turn_at
