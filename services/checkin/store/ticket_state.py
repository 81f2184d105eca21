"""A ticket's row as the state that events carry."""

from dataclasses import fields
from typing import Any, TypeVar

import sqlalchemy

from contracts.events.checkin import QueueTicketState
from services.checkin.store.tables import queue_ticket

T = TypeVar("T", bound=QueueTicketState)

STATE_COLUMNS = tuple(queue_ticket.c[field.name] for field in fields(QueueTicketState))
"""The columns are named as the event's fields, one for one."""


def read_state(row: sqlalchemy.Row[Any], state_type: type[T]) -> T:
    """Read a row of STATE_COLUMNS as a ticket's state, or as the event that tells it."""
    return state_type(**row._mapping)
