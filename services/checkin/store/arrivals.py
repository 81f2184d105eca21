"""Tickets as they come into the hall: their numbers, and their names when those come later."""

from collections.abc import Sequence

from sqlalchemy import ARRAY, Text, Uuid, and_, bindparam, func, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from contracts.events import TicketScanned
from contracts.events.booking import BookingState
from contracts.hall import Step
from services.checkin.domain.arrival import Presence
from services.checkin.domain.numbering import LETTERS, ticket_number
from services.checkin.domain.policy import CALL_ORDER, Turn
from services.checkin.domain.queue_ticket import UNCALLED
from services.checkin.domain.visit import Visit
from services.checkin.domain.walk_in import WalkIn
from services.checkin.store.tables import number_sequence, queue_ticket
from services.checkin.store.ticket_state import STATE_COLUMNS, read_state

_NEXT_PLACE = (
    insert(number_sequence)
    .values(last=1)
    .on_conflict_do_update(constraint=number_sequence.primary_key, set_={"last": number_sequence.c.last + 1})
    .returning(number_sequence.c.last)
)
_COMING = insert(queue_ticket).values(state="waiting", calls=0, version=1)
_OF_VISIT = (
    *("office", "date", "number", "service", "priority", "steps", "step", "turn_at", "rules"),
    *("person_id", "display_name", "scanned_at", "waiting_since"),
)
_LEFT_BEHIND = ("waiting", "held", "no_show")
_ADMIT = _COMING.on_conflict_do_update(
    index_elements=[queue_ticket.c.ticket_id],
    set_={
        **{name: _COMING.excluded[name] for name in _OF_VISIT},
        **UNCALLED,
        **dict.fromkeys(("finished_at", "for_counter", "note", "undo")),
        "no_shows": 0,
        "version": queue_ticket.c.version + 1,
    },
    where=and_(queue_ticket.c.date < _COMING.excluded.date, queue_ticket.c.state.in_(_LEFT_BEHIND)),
).returning(*STATE_COLUMNS)
"""A ticket that nobody called on a day that is over comes anew: its booking was moved to another."""
_others = queue_ticket.alias("others")
_PRESENCE = (
    select(
        queue_ticket.c.number,
        queue_ticket.c.state,
        queue_ticket.c.counter,
        queue_ticket.c.no_shows,
        queue_ticket.c.date,
    )
    .where(queue_ticket.c.ticket_id == bindparam("wanted"))
    .with_for_update()
)
_COUNT_BEFORE = (
    select(func.count())
    .select_from(queue_ticket, _others)
    .where(
        queue_ticket.c.ticket_id == bindparam("wanted"),
        _others.c.office == queue_ticket.c.office,
        _others.c.date == queue_ticket.c.date,
        _others.c.state == "waiting",
        _others.c.service == queue_ticket.c.service,
        _others.c.step == queue_ticket.c.step,
        tuple_(*(_others.c[field] for field in CALL_ORDER))
        < tuple_(*(queue_ticket.c[field] for field in CALL_ORDER)),
    )
)
_BOOKED = (
    func.unnest(
        bindparam("tickets", type_=ARRAY(Uuid(as_uuid=False))),
        bindparam("persons", type_=ARRAY(Uuid(as_uuid=False))),
        bindparam("names", type_=ARRAY(Text)),
    )
    .table_valued("ticket", "person", "name", name="booked")
    .render_derived()
)
_NAME = (
    update(queue_ticket)
    .where(
        queue_ticket.c.ticket_id == _BOOKED.c.ticket,
        or_(
            queue_ticket.c.person_id.is_distinct_from(_BOOKED.c.person),
            queue_ticket.c.display_name.is_distinct_from(_BOOKED.c.name),
        ),
    )
    .values(person_id=_BOOKED.c.person, display_name=_BOOKED.c.name, version=queue_ticket.c.version + 1)
    .returning(*STATE_COLUMNS)
)


def next_number(tx: Transaction, visit: Visit | WalkIn) -> str:
    """Take the next number of the visit's office, day and service; others of the same wait for the commit."""
    sequence = {"office": visit.office, "date": visit.date, "letter": LETTERS[visit.service]}
    return ticket_number(visit.service, tx.execute(_NEXT_PLACE, sequence).scalar_one())


def admit(tx: Transaction, visit: Visit, number: str, *, turn: Turn, steps: Sequence[Step]) -> TicketScanned:
    """Bring a ticket that is not in the hall (`presence`) there, to the first of its steps."""
    ticket = {
        "ticket_id": visit.booking_id,
        "office": visit.office,
        "date": visit.date,
        "number": number,
        "service": visit.service,
        "priority": visit.priority,
        "steps": tuple(steps),
        "step": steps[0],
        "turn_at": turn.turn_at,
        "rules": turn.rules,
        "person_id": visit.person_id,
        "display_name": visit.display_name,
        "scanned_at": tx.now,
        "waiting_since": tx.now,
    }
    return read_state(tx.execute(_ADMIT, ticket).one(), TicketScanned)


def presence(tx: Transaction, visit: Visit) -> Presence | None:
    """Tell of a ticket how it stands in the hall, and let nobody change that before the transaction ends.

    One that waited on a day before, or did not come when called, is not there: its booking was moved since.
    """
    row = tx.execute(_PRESENCE, {"wanted": visit.booking_id}).one_or_none()
    if row is None or (row.date < visit.date and row.state in _LEFT_BEHIND):
        return None
    return Presence(
        number=row.number,
        state=row.state,
        counter=row.counter,
        no_shows=row.no_shows,
        waiting_before=count_before(tx, visit.booking_id) if row.state == "waiting" else 0,
    )


def count_before(tx: Transaction, ticket_id: str) -> int:
    """Count who waits for the same service and step and is called before this ticket."""
    return int(tx.execute(_COUNT_BEFORE, {"wanted": ticket_id}).scalar_one())


def name(tx: Transaction, bookings: Sequence[BookingState]) -> list[TicketScanned]:
    """Give the tickets in the hall their persons and names; return those that did not have them."""
    if not bookings:
        return []
    told = {
        "tickets": [booking.booking_id for booking in bookings],
        "persons": [booking.person_id for booking in bookings],
        "names": [booking.display_name for booking in bookings],
    }
    return [read_state(row, TicketScanned) for row in tx.execute(_NAME, told)]
