"""Expected tickets: what booking told of each, and the lock that orders what happens to it."""

from collections.abc import Container, Iterable, Mapping, Sequence
from operator import attrgetter

import sqlalchemy
from sqlalchemy import ARRAY, Text, bindparam, func, select
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
_BY_TICKET = ("office", "service", "priority", "date", "starts_at", "ends_at", "cancelled", "version")
_BOOKINGS = recordset("bookings", (expected_ticket.c[name] for name in ("booking_id", *_TOLD)), name="told")
_COMING = insert(expected_ticket).from_select(
    ["booking_id", *_TOLD], select(*_BOOKINGS.c).order_by(_BOOKINGS.c.booking_id)
)
_REMEMBER = _COMING.on_conflict_do_update(
    index_elements=[expected_ticket.c.booking_id],
    set_={name: _COMING.excluded[name] for name in _TOLD},
    where=expected_ticket.c.version < _COMING.excluded.version,
).returning(expected_ticket.c.booking_id)
_SEEN = recordset("seen", (expected_ticket.c[name] for name in ("booking_id", *_BY_TICKET)), name="seen")
_UNHEARD = insert(expected_ticket).from_select(
    ["booking_id", *_BY_TICKET], select(*_SEEN.c).order_by(_SEEN.c.booking_id)
)
# An update that changes nothing: unlike DO NOTHING it locks the row, and it returns it.
_EXPECT = _UNHEARD.on_conflict_do_update(
    index_elements=[expected_ticket.c.booking_id], set_={"version": expected_ticket.c.version}
).returning(expected_ticket)
_BY_CODE = (
    select(expected_ticket)
    .where(expected_ticket.c.code == func.any(bindparam("codes", type_=ARRAY(Text))))
    .order_by(expected_ticket.c.booking_id)
    .with_for_update()
)


def remember(tx: Transaction, events: Iterable[BookingState], *, erased: Container[str]) -> list[str]:
    """Keep bookings where the event is newer than what is known; return the ids of those.

    Of `erased` people neither id nor name is kept. At most one event a booking. The rows are locked in the
    order of ids, so no two callers wait for each other in a circle.
    """
    return list(
        tx.execute(_REMEMBER, {"bookings": rows_of(_told(event, erased) for event in events)}).scalars()
    )


def expect(tx: Transaction, visits: Sequence[Visit]) -> Mapping[str, Visit]:
    """Lock the bookings of tickets and return them as known; one never heard of is kept as its ticket tells.

    A booking's event, when it comes at the same moment, waits for this transaction and then finds the
    ticket in the hall. The rows are locked in the order of ids.
    """
    if not visits:
        return {}
    newest = {visit.booking_id: visit for visit in sorted(visits, key=attrgetter("version"))}
    seen = rows_of(
        {name: getattr(visit, name) for name in ("booking_id", *_BY_TICKET)} for visit in newest.values()
    )
    return {row.booking_id: _visit(row) for row in tx.execute(_EXPECT, {"seen": seen})}


def find(tx: Transaction, codes: Sequence[str]) -> Mapping[str, Visit]:
    """Lock and return those of the bookings of these codes that are known, by code."""
    return {row.code: _visit(row) for row in tx.execute(_BY_CODE, {"codes": codes})} if codes else {}


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
