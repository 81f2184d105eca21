"""Where in line a ticket is: who is before it, and which counters call for it."""

from sqlalchemy import ColumnElement, Integer, any_, bindparam, func, literal_column, or_, select, tuple_

from chassis.database import Transaction
from contracts.words import TurnRule
from services.checkin.domain.queue_ticket import QueueTicket
from services.checkin.store.queue import call_order
from services.checkin.store.tables import counter, queue_ticket

_other = queue_ticket.alias("other")

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


def count_before(tx: Transaction, ticket_id: str) -> int:
    """Count who waits for the same and is called before a ticket."""
    return sum(count_by_rule(tx, ticket_id).values())


def count_by_rule(tx: Transaction, ticket_id: str) -> dict[TurnRule, int]:
    """Count who waits for the same and is called before a ticket, by the last rule that moved their turn."""
    rows = tx.execute(_COUNT_BEFORE, {"wanted": ticket_id})
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
