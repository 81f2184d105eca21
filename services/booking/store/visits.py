"""What check-in told of the people who came: their numbers, and how far they are."""

from collections.abc import Collection, Iterable

from sqlalchemy import JSON, bindparam, column, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from contracts.events.checkin import QueueTicketState
from contracts.requests.booking import Visit
from services.booking.store.tables import booking
from services.booking.store.visit_tables import visit

_TOLD = ("number", "state", "counter", "version")
_TICKETS = (
    func.json_to_recordset(bindparam("tickets", type_=JSON))
    .table_valued(*(column(name, visit.c[name].type) for name in ("booking_id", *_TOLD)), name="told")
    .render_derived(with_types=True)
)
_COMING = insert(visit).from_select(
    ["booking_id", *_TOLD],
    select(*_TICKETS.c)
    .where(exists().where(booking.c.booking_id == _TICKETS.c.booking_id))
    .order_by(_TICKETS.c.booking_id),
)
_REMEMBER = _COMING.on_conflict_do_update(
    index_elements=[visit.c.booking_id],
    set_={name: _COMING.excluded[name] for name in _TOLD},
    where=visit.c.version < _COMING.excluded.version,
)


def remember(tx: Transaction, tickets: Iterable[QueueTicketState]) -> None:
    """Keep visits where the ticket is newer than what is known; one without a booking is not ours.

    At most one ticket a booking.
    """
    told = [
        {
            "booking_id": ticket.ticket_id,
            "number": ticket.number,
            "state": ticket.state,
            "counter": ticket.counter,
            "version": ticket.version,
        }
        for ticket in tickets
    ]
    tx.execute(_REMEMBER, {"tickets": told})


def keep_served(tx: Transaction, booking_ids: Collection[str]) -> None:
    """Keep that people were served: they may book again."""
    statement = update(booking).where(booking.c.booking_id.in_(sorted(booking_ids)))
    tx.execute(statement.where(booking.c.status == "booked").values(status="served", is_ahead=False))


def list_visits(tx: Transaction, booking_ids: Collection[str]) -> dict[str, Visit]:
    """Read the visits that have begun, by the ids of their bookings."""
    query = select(visit).where(visit.c.booking_id.in_(sorted(booking_ids)))
    return {
        row.booking_id: Visit(number=row.number, state=row.state, counter=row.counter)
        for row in tx.execute(query)
    }
