"""Tickets as they come into the hall: their numbers, and their names when those come later."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ARRAY, Select, Text, Uuid, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from chassis.database_errors import CameSecond
from chassis.recordset import recordset, rows_of
from contracts.events import TicketScanned
from contracts.events.booking import BookingState
from services.checkin.domain.arrival import Newcomer
from services.checkin.domain.numbering import LETTERS, ticket_number
from services.checkin.domain.policy import CALL_ORDER
from services.checkin.domain.queue_ticket import QueueTicket
from services.checkin.store import line, sums
from services.checkin.store.hall_tickets import TICKET_COLUMNS
from services.checkin.store.tables import number_sequence, queue_ticket, visit_hour
from services.checkin.store.ticket_state import STATE_COLUMNS, read_state

_OF_NEWCOMER = (
    *(queue_ticket.c[name] for name in ("date", *line.WAITS_FOR, *CALL_ORDER)),
    number_sequence.c.letter,
)
_NEWCOMERS = recordset("newcomers", _OF_NEWCOMER, name="newcomers")
_COMPANIONS = recordset("newcomers", _OF_NEWCOMER, name="companions")
_WANTED = recordset("wanted_numbers", number_sequence.c, name="wanted")
_MORE = insert(number_sequence).from_select(
    [column.name for column in number_sequence.c],
    select(*_WANTED.c).order_by(_WANTED.c.office, _WANTED.c.date, _WANTED.c.letter),
)
_TAKEN = (
    _MORE.on_conflict_do_update(
        constraint=number_sequence.primary_key,
        set_={"last": number_sequence.c.last + _MORE.excluded.last},
    )
    .returning(*number_sequence.c)
    .cte("taken")
)
_BEFORE = line.waiting_before(_NEWCOMERS) + line.before(_NEWCOMERS, _COMPANIONS)
_TAKE_PLACES: Select[Any] = select(
    _NEWCOMERS.c.ticket_id, _TAKEN.c.last, _BEFORE.label("waiting_before")
).select_from(
    _NEWCOMERS.join(
        _TAKEN, and_(*(_NEWCOMERS.c[name] == _TAKEN.c[name] for name in ("office", "date", "letter")))
    )
)
_TICKETS = recordset("tickets", TICKET_COLUMNS, name="coming")
_ADMIT = insert(queue_ticket).from_select(
    [column.name for column in TICKET_COLUMNS], select(*_TICKETS.c).order_by(_TICKETS.c.ticket_id)
)
LEFT_BEHIND = ("waiting", "held", "no_show")
"""The states in which a ticket can be left behind on a day that is over."""
_LEFT = (
    delete(queue_ticket)
    .where(
        queue_ticket.c.ticket_id == bindparam("wanted"),
        queue_ticket.c.date < bindparam("today"),
        queue_ticket.c.state.in_(LEFT_BEHIND),
    )
    .returning(*queue_ticket.c)
    .cte("left_behind")
)
_FORGET_LEFT = select(_LEFT.c.version).add_cte(
    sums.adding(visit_hour, sums.visit_hours(_LEFT)).cte("summed_up")
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
_RENAMED = (
    select(queue_ticket.c.ticket_id, _BOOKED.c.person, _BOOKED.c.name)
    .join(_BOOKED, queue_ticket.c.ticket_id == _BOOKED.c.ticket)
    .where(
        or_(
            queue_ticket.c.person_id.is_distinct_from(_BOOKED.c.person),
            queue_ticket.c.display_name.is_distinct_from(_BOOKED.c.name),
        )
    )
    .order_by(queue_ticket.c.ticket_id)
    .with_for_update(of=queue_ticket)
    .cte("renamed")
)
_NAME = (
    update(queue_ticket)
    .where(queue_ticket.c.ticket_id == _RENAMED.c.ticket_id)
    .values(person_id=_RENAMED.c.person, display_name=_RENAMED.c.name, version=queue_ticket.c.version + 1)
    .returning(*STATE_COLUMNS)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A newcomer's number, and how many are before them, with those who come in together with them."""

    number: str
    waiting_before: int


def take_places(tx: Transaction, newcomers: Sequence[Newcomer]) -> Mapping[str, Place]:
    """Take the next numbers of their offices, days and services, in the order given; by booking.

    Others of the same wait for the commit.
    """
    rows = [_row(tx, newcomer) for newcomer in newcomers]
    services = {newcomer.visit.booking_id: newcomer.visit.service for newcomer in newcomers}
    sequences: dict[tuple[object, ...], list[object]] = defaultdict(list)
    for row in rows:
        sequences[row["office"], row["date"], row["letter"]].append(row["ticket_id"])
    wanted = rows_of(
        {"office": office, "date": day, "letter": letter, "last": len(tickets)}
        for (office, day, letter), tickets in sequences.items()
    )
    from_last = {
        ticket: back for tickets in sequences.values() for back, ticket in enumerate(reversed(tickets))
    }
    taken = tx.execute(_TAKE_PLACES, {"newcomers": rows_of(rows), "wanted_numbers": wanted})
    return {
        row.ticket_id: Place(
            number=ticket_number(services[row.ticket_id], row.last - from_last[row.ticket_id]),
            waiting_before=row.waiting_before,
        )
        for row in taken
    }


def admit(tx: Transaction, tickets: Sequence[QueueTicket]) -> None:
    """Bring tickets that are in no hall there; one that is meanwhile is a unique violation."""
    tx.write(_ADMIT, {"tickets": rows_of(tickets)})


def next_visit(tx: Transaction, ticket: QueueTicket) -> QueueTicket:
    """Return a ticket under the version after that with which it was left behind on another day.

    Nobody called it there, and its booking was moved. That visit is kept as what its day came to. Raises
    CameSecond where the ticket is in the hall again meanwhile, or was called.
    """
    left = {"wanted": ticket.ticket_id, "today": ticket.date}
    version = tx.execute(_FORGET_LEFT, left).scalar_one_or_none()
    if version is None:
        raise CameSecond
    return replace(ticket, version=version + 1)


def name(tx: Transaction, bookings: Sequence[BookingState]) -> list[TicketScanned]:
    """Give the tickets in the hall their persons and names; return those that did not have them.

    The rows are locked in the order of ids, so no two callers wait for each other in a circle.
    """
    if not bookings:
        return []
    told = {
        "tickets": [booking.booking_id for booking in bookings],
        "persons": [booking.person_id for booking in bookings],
        "names": [booking.display_name for booking in bookings],
    }
    return [read_state(row, TicketScanned) for row in tx.execute(_NAME, told)]


def _row(tx: Transaction, newcomer: Newcomer) -> dict[str, object]:
    visit = newcomer.visit
    return {
        "ticket_id": visit.booking_id,
        "office": visit.office,
        "date": visit.date,
        "service": visit.service,
        "step": newcomer.steps[0],
        "turn_at": newcomer.turn.turn_at,
        "scanned_at": tx.now,
        "letter": LETTERS[visit.service],
    }
