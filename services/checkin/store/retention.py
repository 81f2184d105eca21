"""Forgetting days that are over."""

from datetime import date

from sqlalchemy import Date, bindparam, delete, exists

from chassis.database import Transaction
from services.checkin.store import sums
from services.checkin.store.tables import (
    choice_day,
    expected_ticket,
    near_told,
    number_sequence,
    queue_ticket,
    step_hour,
    visit_hour,
    walk_in_day,
)

_SUM_UP = sums.summing_up(bindparam("first_kept", type_=Date))
_FORGET_DAYS, _FORGET_SUMS = (
    tuple(delete(table).where(table.c.date < bindparam("first_kept")) for table in tables)
    for tables in ((number_sequence, near_told, walk_in_day), (visit_hour, step_hour, choice_day))
)
_FORGET_EXPECTED = delete(expected_ticket).where(
    expected_ticket.c.date < bindparam("first_kept"),
    ~exists().where(queue_ticket.c.ticket_id == expected_ticket.c.booking_id),
)


def forget_queues(tx: Transaction, first_kept: date) -> None:
    """Drop what was in the halls before a day, with its records; a ticket still at a counter stays.

    What it came to is kept without the people.
    """
    for statement in (*_SUM_UP, *_FORGET_DAYS):
        tx.execute(statement, {"first_kept": first_kept})


def forget_sums(tx: Transaction, first_kept: date) -> None:
    """Drop what the days before this one came to."""
    for statement in _FORGET_SUMS:
        tx.execute(statement, {"first_kept": first_kept})


def forget_expected(tx: Transaction, first_kept: date) -> None:
    """Drop the bookings for days before this one, but for those whose ticket is still in a hall."""
    tx.execute(_FORGET_EXPECTED, {"first_kept": first_kept})
