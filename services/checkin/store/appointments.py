"""The bookings of an office's day, with their tickets in the hall."""

from datetime import date
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select

from chassis.database import Transaction
from contracts.requests.appointments import Appointment
from services.checkin.store.tables import expected_ticket, queue_ticket

# A booking that was moved left its ticket in the hall of the day before: there is none for this one.
_OF_DAY: Select[Any] = (
    select(
        expected_ticket.c.code,
        expected_ticket.c.display_name,
        expected_ticket.c.starts_at,
        expected_ticket.c.ends_at,
        expected_ticket.c.service,
        expected_ticket.c.priority,
        queue_ticket.c.number,
        queue_ticket.c.state,
    )
    .outerjoin(
        queue_ticket,
        and_(
            queue_ticket.c.ticket_id == expected_ticket.c.booking_id,
            queue_ticket.c.office == expected_ticket.c.office,
            queue_ticket.c.date == expected_ticket.c.date,
        ),
    )
    .where(
        expected_ticket.c.office == bindparam("at_office"),
        expected_ticket.c.date == bindparam("on_day"),
        or_(~expected_ticket.c.cancelled, queue_ticket.c.number.is_not(None)),
    )
    .order_by(expected_ticket.c.starts_at, expected_ticket.c.code, expected_ticket.c.booking_id)
)


def of_day(tx: Transaction, office: str, day: date) -> tuple[Appointment, ...]:
    """Return them by their hour."""
    return tuple(
        Appointment(**row._mapping) for row in tx.execute(_OF_DAY, {"at_office": office, "on_day": day})
    )
