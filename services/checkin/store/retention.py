"""Forgetting days that are over."""

from datetime import date

from sqlalchemy import bindparam, delete, exists

from chassis.database import Transaction
from services.checkin.store.tables import (
    call_choice,
    expected_ticket,
    near_told,
    number_sequence,
    queue_ticket,
    step_record,
    walk_in_day,
)

_FORGET_QUEUE = delete(queue_ticket).where(
    queue_ticket.c.date < bindparam("first_kept"), queue_ticket.c.state != "called"
)
_FORGET_DAYS = tuple(
    delete(table).where(table.c.date < bindparam("first_kept"))
    for table in (number_sequence, near_told, step_record, call_choice, walk_in_day)
)
_FORGET_EXPECTED = delete(expected_ticket).where(
    expected_ticket.c.date < bindparam("first_kept"),
    ~exists().where(queue_ticket.c.ticket_id == expected_ticket.c.booking_id),
)


def forget_queues(tx: Transaction, first_kept: date) -> None:
    """Drop what was in the halls before a day, with its records; a ticket still at a counter stays."""
    tx.execute(_FORGET_QUEUE, {"first_kept": first_kept})
    for statement in _FORGET_DAYS:
        tx.execute(statement, {"first_kept": first_kept})


def forget_expected(tx: Transaction, first_kept: date) -> None:
    """Drop the bookings for days before this one, but for those whose ticket is still in a hall."""
    tx.execute(_FORGET_EXPECTED, {"first_kept": first_kept})
