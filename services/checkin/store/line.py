"""Where in line a ticket is: who is before it, and which counters call for it.

    earlier turns ──▶ counted by what they wait for ──▶ what a counter calls that calls the ticket too

What they wait for are few kinds, so the counters are looked at a few times, however many wait.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    and_,
    any_,
    bindparam,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.sql.selectable import FromClause

from chassis.database import Transaction
from contracts.words import TurnRule
from services.checkin.domain.queue_ticket import QueueTicket
from services.checkin.store.queue import call_order
from services.checkin.store.tables import counter, queue_ticket

WAITS_FOR = ("office", "service", "step", "for_counter")
"""What says which counters call a ticket."""

WAITS: ColumnElement[str] = literal_column("'waiting'")
"""Written out: were it bound, a plan for any state could not use the index of who waits."""

_OPEN: ColumnElement[str] = literal_column("'open'")
_desk = counter.alias("desk")
_other = queue_ticket.alias("other")


def calls(desk: FromClause, ticket: FromClause) -> ColumnElement[bool]:
    """`policy.is_called_by` in SQL: whether a counter is open and calls a ticket."""
    return and_(
        desk.c.office == ticket.c.office,
        desk.c.state == _OPEN,
        or_(
            ticket.c.for_counter == desk.c.number,
            and_(
                ticket.c.for_counter.is_(None),
                ticket.c.service == any_(desk.c.services),
                ticket.c.step == any_(desk.c.steps),
            ),
        ),
    )


def waiting_before(ticket: FromClause) -> ScalarSelect[int]:
    """Count who waits and is before a ticket, on the index `queue_ticket_waiting`."""
    return before(ticket, _other, _other.c.state == WAITS)


def before(ticket: FromClause, others: FromClause, *which: ColumnElement[bool]) -> ScalarSelect[int]:
    """Count who of some others is before a ticket."""
    lines = _earlier(ticket, others).where(*which).lateral("lines")
    tickets = cast(func.coalesce(func.sum(lines.c.tickets), 0), Integer)
    return select(tickets).where(_is_before(ticket, lines)).correlate_except(lines).scalar_subquery()


def _earlier(ticket: FromClause, others: FromClause, *by: ColumnElement[Any]) -> Select[Any]:
    """Count the earlier turns of a ticket's day by what they wait for: of that there are few kinds."""
    kinds = (*(others.c[name] for name in WAITS_FOR), *by)
    return (
        select(*kinds, func.count().label("tickets"))
        .where(
            others.c.office == ticket.c.office,
            others.c.date == ticket.c.date,
            tuple_(*call_order(others)) < tuple_(*call_order(ticket)),
        )
        .group_by(*kinds)
        .correlate_except(others)
    )


def _is_before(ticket: FromClause, earlier: FromClause) -> ColumnElement[bool]:
    """`policy.is_before` in SQL, of those who have an earlier turn."""
    is_same = earlier.c.for_counter.is_not_distinct_from(ticket.c.for_counter) & or_(
        earlier.c.for_counter.is_not(None),
        tuple_(earlier.c.service, earlier.c.step) == tuple_(ticket.c.service, ticket.c.step),
    )
    calling = exists().where(calls(_desk, ticket)).correlate_except(_desk)
    return or_(calling.where(calls(_desk, earlier)), ~calling & is_same)


_RULE: ColumnElement[str] = literal_column("other.rules[array_upper(other.rules, 1)]").label("rule")
_EARLIER = _earlier(queue_ticket, _other, _RULE).where(_other.c.state == WAITS).lateral("earlier")
_COUNT_BEFORE = (
    select(_EARLIER.c.rule, func.sum(_EARLIER.c.tickets).label("tickets"))
    .select_from(queue_ticket.join(_EARLIER, true()))
    .where(queue_ticket.c.ticket_id == bindparam("wanted"), _is_before(queue_ticket, _EARLIER))
    .group_by(_EARLIER.c.rule)
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
    """Count who waits before a ticket."""
    return sum(count_by_rule(tx, ticket_id).values())


def count_by_rule(tx: Transaction, ticket_id: str) -> dict[TurnRule, int]:
    """Count who waits before a ticket, by the last rule that moved their turn."""
    rows = tx.execute(_COUNT_BEFORE, {"wanted": ticket_id})
    return {row.rule: int(row.tickets) for row in rows}


def count_counters(tx: Transaction, ticket: QueueTicket) -> int:
    """Count the open counters that call for a ticket's service at its step, or it alone."""
    query = {
        "at_office": ticket.office,
        "for_counter": ticket.for_counter,
        "of_service": ticket.service,
        "at_step": ticket.step,
    }
    return int(tx.execute(_COUNT_COUNTERS, query).scalar_one())
