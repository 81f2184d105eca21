"""Expected tickets: what booking told of each, and the lock that orders what happens to it."""

from collections.abc import Container, Iterable

import sqlalchemy
from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from chassis.recordset import recordset, rows_of
from contracts.events.booking import BookingState
from services.checkin.domain.visit import Visit
from services.checkin.store.tables import expected_ticket

_TOLD = (
    "code",
    "person_id",
    "display_name",
    "office",
    "service",
    "priority",
    "date",
    "starts_at",
    "ends_at",
    "cancelled",
    "is_far",
    "version",
)
_INCOMING = insert(expected_ticket)
_BOOKINGS = recordset("bookings", (expected_ticket.c[name] for name in ("booking_id", *_TOLD)), name="told")
_COMING = insert(expected_ticket).from_select(
    ["booking_id", *_TOLD], select(*_BOOKINGS.c).order_by(_BOOKINGS.c.booking_id)
)
_REMEMBER = _COMING.on_conflict_do_update(
    index_elements=[expected_ticket.c.booking_id],
    set_={name: _COMING.excluded[name] for name in _TOLD},
    where=expected_ticket.c.version < _COMING.excluded.version,
).returning(expected_ticket.c.booking_id)
# An update that changes nothing: unlike DO NOTHING it locks the row, and it returns it.
_EXPECT = _INCOMING.on_conflict_do_update(
    index_elements=[expected_ticket.c.booking_id], set_={"version": expected_ticket.c.version}
).returning(expected_ticket)
_BY_CODE = select(expected_ticket).where(expected_ticket.c.code == bindparam("wanted")).with_for_update()


def remember(tx: Transaction, events: Iterable[BookingState], *, erased: Container[str]) -> list[str]:
    """Keep bookings where the event is newer than what is known; return the ids of those.

    Of `erased` people neither id nor name is kept. At most one event a booking. The rows are locked in the
    order of ids, so no two callers wait for each other in a circle.
    """
    return list(
        tx.execute(_REMEMBER, {"bookings": rows_of(_told(event, erased) for event in events)}).scalars()
    )


def expect(tx: Transaction, visit: Visit) -> Visit:
    """Lock the booking of a ticket and return it as known; one never heard of is kept as the ticket tells it.

    The booking's event, when it comes at the same moment, waits for this transaction and then finds the
    ticket in the hall.
    """
    told = {
        "booking_id": visit.booking_id,
        "office": visit.office,
        "service": visit.service,
        "priority": visit.priority,
        "date": visit.date,
        "starts_at": visit.starts_at,
        "ends_at": visit.ends_at,
        "cancelled": visit.cancelled,
        "version": visit.version,
    }
    return _visit(tx.execute(_EXPECT, told).one())


def find(tx: Transaction, code: str) -> Visit | None:
    """Lock and return the booking of this code, if it is known."""
    row = tx.execute(_BY_CODE, {"wanted": code}).one_or_none()
    return None if row is None else _visit(row)


def _told(event: BookingState, erased: Container[str]) -> dict[str, object]:
    is_erased = event.person_id in erased
    return {
        "booking_id": event.booking_id,
        "code": event.code,
        "person_id": None if is_erased else event.person_id,
        "display_name": None if is_erased else event.display_name,
        "office": event.office,
        "service": event.service,
        "priority": event.priority,
        "date": event.date,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "cancelled": event.status == "cancelled",
        "is_far": event.is_far,
        "version": event.version,
    }


def _visit(row: sqlalchemy.Row[tuple[object, ...]]) -> Visit:
    return Visit(
        booking_id=row.booking_id,
        office=row.office,
        service=row.service,
        priority=row.priority,
        date=row.date,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        cancelled=row.cancelled,
        person_id=row.person_id,
        display_name=row.display_name,
        version=row.version,
        is_far=row.is_far,
    )
