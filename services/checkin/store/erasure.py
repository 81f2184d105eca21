"""Forgetting persons whose data were erased, and knowing them when an event about them comes late."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, Column, Table, Update, Uuid, bindparam, func, or_, select, update

from chassis import tombstones
from chassis.database import Transaction
from services.checkin.store.tables import expected_ticket, queue_ticket

_IDS = ARRAY(Uuid(as_uuid=False))
_PEOPLE = bindparam("people", type_=_IDS)
_BOOKINGS = bindparam("bookings", type_=_IDS)


def _forgetting(table: Table, booking: Column[Any]) -> Update:
    """Build the statement that takes names off a table; it locks the rows in the order of ids."""
    theirs = (
        select(booking)
        .where(or_(booking == func.any(_BOOKINGS), table.c.person_id == func.any(_PEOPLE)))
        .order_by(booking)
        .with_for_update()
        .cte("theirs")
    )
    return update(table).where(booking == theirs.c[booking.name]).values(person_id=None, display_name=None)


_EXPECTED = _forgetting(expected_ticket, expected_ticket.c.booking_id)
_IN_THE_HALL = _forgetting(queue_ticket, queue_ticket.c.ticket_id)


def forget_people(tx: Transaction, *, people: Collection[str], bookings: Collection[str]) -> None:
    """Take names and person ids off all tickets; who is in the hall keeps the number."""
    tombstones.bury(tx, people)
    parameters = {"people": list(people), "bookings": list(bookings)}
    tx.execute(_EXPECTED, parameters)
    tx.execute(_IN_THE_HALL, parameters)
