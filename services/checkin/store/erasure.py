"""Forgetting persons whose data were erased, and knowing them when an event about them comes late."""

from collections.abc import Collection

from sqlalchemy import ARRAY, bindparam, func, or_, update

from chassis import tombstones
from chassis.database import Transaction
from services.checkin.store.tables import expected_ticket, queue_ticket

_PEOPLE = bindparam("people", type_=ARRAY(expected_ticket.c.person_id.type))
_BOOKINGS = bindparam("bookings", type_=ARRAY(expected_ticket.c.booking_id.type))
_EXPECTED = (
    update(expected_ticket)
    .where(
        or_(
            expected_ticket.c.booking_id == func.any(_BOOKINGS),
            expected_ticket.c.person_id == func.any(_PEOPLE),
        )
    )
    .values(person_id=None, display_name=None)
)
_IN_THE_HALL = (
    update(queue_ticket)
    .where(
        or_(queue_ticket.c.ticket_id == func.any(_BOOKINGS), queue_ticket.c.person_id == func.any(_PEOPLE))
    )
    .values(person_id=None, display_name=None)
)


def forget_people(tx: Transaction, *, people: Collection[str], bookings: Collection[str]) -> None:
    """Take names and person ids off all tickets; who is in the hall keeps the number."""
    tombstones.bury(tx, people)
    parameters = {"people": list(people), "bookings": list(bookings)}
    tx.execute(_EXPECTED, parameters)
    tx.execute(_IN_THE_HALL, parameters)
