"""What check-in told of the people who came: their numbers, and how far they are."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    Select,
    Text,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from chassis.recordset import recordset, rows_of
from contracts.events.checkin import QueueTicketState
from contracts.requests.visit import Visit
from services.booking.store.no_shows import is_excused
from services.booking.store.tables import INSTANT, booking
from services.booking.store.visit_tables import check_in_heard, visit

_TOLD = ("number", "state", "counter", "version")
_TICKETS = recordset(
    "tickets", (*(visit.c[name] for name in ("booking_id", *_TOLD)), booking.c.date), name="told"
)
_COMING = insert(visit).from_select(
    ["booking_id", *_TOLD],
    select(*(_TICKETS.c[name] for name in ("booking_id", *_TOLD)))
    .where(
        exists().where(
            booking.c.booking_id == _TICKETS.c.booking_id,
            or_(booking.c.date <= _TICKETS.c.date, _TICKETS.c.state == "served"),
        )
    )
    .order_by(_TICKETS.c.booking_id),
)
_REMEMBER = _COMING.on_conflict_do_update(
    index_elements=[visit.c.booking_id],
    set_={name: _COMING.excluded[name] for name in _TOLD},
    where=visit.c.version < _COMING.excluded.version,
).returning(visit.c.booking_id)
_UNTIL = (
    func.unnest(bindparam("offices", type_=ARRAY(Text)), bindparam("moments", type_=ARRAY(INSTANT)))
    .table_valued("office", "until")
    .render_derived(name="told")
)
_HEARD = insert(check_in_heard).from_select(
    ["office", "until"], select(_UNTIL.c.office, _UNTIL.c.until).order_by(_UNTIL.c.office)
)
_HEAR = _HEARD.on_conflict_do_update(
    index_elements=[check_in_heard.c.office],
    set_={"until": _HEARD.excluded.until},
    where=check_in_heard.c.until < _HEARD.excluded.until,
)
_IS_EXCUSED = and_(visit.c.state == "no_show", is_excused())


def remember(tx: Transaction, tickets: Iterable[QueueTicketState]) -> list[str]:
    """Keep visits where the ticket is newer than what is known; return the bookings of those.

    A ticket without a booking is not ours; one of a day before the booking's, to which it has moved since,
    tells only whether its person was served. At most one ticket a booking.
    """
    told = [
        {
            "booking_id": ticket.ticket_id,
            "number": ticket.number,
            "state": ticket.state,
            "counter": ticket.counter,
            "version": ticket.version,
            "date": ticket.date,
        }
        for ticket in tickets
    ]
    return list(tx.execute(_REMEMBER, {"tickets": rows_of(told)}).scalars())


def forget(tx: Transaction, booking_ids: Collection[str]) -> None:
    """Drop the visits to some bookings: their people come on another day."""
    if booking_ids:
        tx.execute(delete(visit).where(visit.c.booking_id.in_(sorted(booking_ids))))


def hear_until(tx: Transaction, moments: Mapping[str, datetime]) -> None:
    """Keep of some offices until when their check-in has told what happens there, in the order of offices.

    A clock that is fast counts as right: nothing is told of what is to come.
    """
    if moments:
        until = [min(moment, tx.now) for moment in moments.values()]
        tx.execute(_HEAR, {"offices": list(moments), "moments": until})


def keep_served(tx: Transaction, booking_ids: Collection[str]) -> None:
    """Keep of bookings that their people were served: they may book again."""
    if booking_ids:
        statement = update(booking).where(booking.c.booking_id.in_(sorted(booking_ids)))
        stands = booking.c.status.in_(("booked", "no_show"))
        tx.execute(statement.where(stands).values(status="served", is_ahead=False))


def keep_missed(tx: Transaction, booking_ids: Collection[str]) -> list[str]:
    """Keep of bookings that nobody came when called; return those of which that is new."""
    if not booking_ids:
        return []
    statement = update(booking).where(booking.c.booking_id.in_(sorted(booking_ids)))
    missed = statement.where(booking.c.status == "booked").values(status="no_show", is_ahead=False)
    return list(tx.execute(missed.returning(booking.c.booking_id)).scalars())


def keep_back(tx: Transaction, booking_ids: Collection[str]) -> list[str]:
    """Let bookings stand again whose people came after all, or are served still.

    What they booked meanwhile stands too.
    """
    if not booking_ids:
        return []
    statement = update(booking).where(booking.c.booking_id.in_(sorted(booking_ids)))
    back = statement.where(booking.c.status.in_(("no_show", "served"))).values(status="booked")
    return list(tx.execute(back.returning(booking.c.booking_id)).scalars())


def list_visits(tx: Transaction, booking_ids: Collection[str]) -> dict[str, Visit]:
    """Read the visits that have begun, by the ids of their bookings."""
    query: Select[Any] = (
        select(visit, _IS_EXCUSED.label("is_excused"))
        .join(booking, booking.c.booking_id == visit.c.booking_id)
        .where(visit.c.booking_id.in_(sorted(booking_ids)))
    )
    return {
        row.booking_id: Visit(
            number=row.number, state=row.state, counter=row.counter, is_excused=row.is_excused
        )
        for row in tx.execute(query)
    }
