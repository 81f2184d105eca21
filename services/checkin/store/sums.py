"""Hours of an office in numbers: made of what is still known, and added up from what is forgotten.

A record is in its own table or in a sum, never in both and never in neither: the statement that deletes it
adds it up. So this may be done again at any time, and a straggler of a day long past is added to that day.
"""

from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Insert,
    Integer,
    Select,
    Table,
    cast,
    delete,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, array, insert
from sqlalchemy.sql.selectable import FromClause

from services.checkin.store.tables import (
    call_choice,
    choice_day,
    office,
    queue_ticket,
    step_hour,
    step_record,
    visit_hour,
)

_OUTCOMES = {"served": "done", "incomplete": "incomplete", "rejected": "rejected", "other_day": "other_day"}


def visit_hours(tickets: FromClause) -> Select[Any]:
    """Count tickets by the hour in which they came, in the columns of `visit_hour`."""
    hour = hour_of(tickets.c.scanned_at)
    counts = [
        func.count().filter(tickets.c.outcome == outcome).label(name) for name, outcome in _OUTCOMES.items()
    ]
    return (
        select(
            tickets.c.office,
            tickets.c.date,
            hour.label("hour"),
            tickets.c.service,
            func.count().label("admitted"),
            func.count().filter(tickets.c.origin == "walk_in").label("walk_ins"),
            *counts,
            func.count().filter(tickets.c.state == "no_show").label("no_shows"),
        )
        .join(office, office.c.code == tickets.c.office)
        .group_by(tickets.c.office, tickets.c.date, hour, tickets.c.service)
    )


def step_hours(records: FromClause) -> Select[Any]:
    """Gather waits and servings by the hour in which the wait began, in the columns of `step_hour`."""
    hour = hour_of(records.c.waiting_since)
    waited = seconds(records.c.called_at - records.c.waiting_since)
    served = seconds(records.c.finished_at - records.c.called_at)
    servings = func.array_agg(aggregate_order_by(served, served)).filter(records.c.outcome != "no_show")
    nothing = cast(array([], type_=Integer), ARRAY(Integer))
    return (
        select(
            records.c.office,
            records.c.date,
            hour.label("hour"),
            records.c.service,
            records.c.step,
            func.array_agg(aggregate_order_by(waited, waited)).label("waits"),
            func.coalesce(servings, nothing).label("servings"),
        )
        .join(office, office.c.code == records.c.office)
        .group_by(records.c.office, records.c.date, hour, records.c.service, records.c.step)
    )


def choice_days(choices: FromClause) -> Select[Any]:
    """Count calls out of turn by reason, in the columns of `choice_day`."""
    return select(choices.c.office, choices.c.date, choices.c.reason, func.count().label("calls")).group_by(
        choices.c.office, choices.c.date, choices.c.reason
    )


def hour_of(instant: ColumnElement[Any]) -> ColumnElement[int]:
    """Tell the hour of the day at the office of the row."""
    local = func.timezone(office.c.timezone, instant)
    # The field's name is no bound value: grouping compares the expressions as they are written.
    return cast(func.date_part(literal("hour", literal_execute=True), local), Integer)


def seconds(span: ColumnElement[Any]) -> ColumnElement[int]:
    """Write a span in whole seconds."""
    return cast(func.round(func.extract("epoch", span)), Integer)


def summing_up(first_kept: ColumnElement[date]) -> tuple[Insert, ...]:
    """Build the statements that forget what was before a day, and keep what it came to."""
    left = delete(queue_ticket).where(queue_ticket.c.date < first_kept, queue_ticket.c.state != "called")
    steps, choices = (delete(table).where(table.c.date < first_kept) for table in (step_record, call_choice))
    return (
        adding(visit_hour, visit_hours(_gone(left, "gone_tickets"))),
        adding(step_hour, step_hours(_gone(steps, "gone_steps"))),
        adding(choice_day, choice_days(_gone(choices, "gone_choices"))),
    )


def adding(table: Table, counted: Select[Any]) -> Insert:
    """Build the statement that adds what was counted to the sums of a table."""
    statement = insert(table).from_select(table.c.keys(), counted)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={
            column.name: column + statement.excluded[column.name]
            for column in table.c
            if not column.primary_key
        },
    )


def _gone(statement: Delete, name: str) -> FromClause:
    return statement.returning(*statement.table.c).cte(name)
