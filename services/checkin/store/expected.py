"""Expected tickets: what booking told of each."""

from collections.abc import Container, Iterable

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from chassis.recordset import recordset, rows_of
from contracts.events.booking import BookingState
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
_BOOKINGS = recordset("bookings", (expected_ticket.c[name] for name in ("booking_id", *_TOLD)), name="told")
_COMING = insert(expected_ticket).from_select(
    ["booking_id", *_TOLD], select(*_BOOKINGS.c).order_by(_BOOKINGS.c.booking_id)
)
_REMEMBER = _COMING.on_conflict_do_update(
    index_elements=[expected_ticket.c.booking_id],
    set_={name: _COMING.excluded[name] for name in _TOLD},
    where=expected_ticket.c.version < _COMING.excluded.version,
).returning(expected_ticket.c.booking_id)


def remember(tx: Transaction, events: Iterable[BookingState], *, erased: Container[str]) -> list[str]:
    """Keep bookings where the event is newer than what is known; return the ids of those.

    Of `erased` people neither id nor name is kept. At most one event a booking. The rows are locked in the
    order of ids, so no two callers wait for each other in a circle.
    """
    return list(
        tx.execute(_REMEMBER, {"bookings": rows_of(_told(event, erased) for event in events)}).scalars()
    )


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
