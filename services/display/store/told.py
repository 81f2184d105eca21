"""What other services told, kept where it is newer; each function says whether it was."""

from collections.abc import Collection, Container, Sequence
from datetime import date
from operator import attrgetter

from sqlalchemy import ARRAY, Table, bindparam, case, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import ReturningInsert

from chassis.database import Transaction
from chassis.recordset import recordset, rows_of
from contracts.events import OfficeChanged, OfficeOutageLifted, TicketTransferred
from contracts.events.booking import OutageState
from contracts.events.checkin import CounterState, QueueTicketState
from services.display.store.tables import board, board_counter, board_outage, board_ticket


def _upsert(
    table: Table, *, replacing: tuple[str, ...], version: str = "version"
) -> ReturningInsert[tuple[int]]:
    """Build the insert that, over a row of a lower version, replaces these columns."""
    incoming = insert(table)
    return incoming.on_conflict_do_update(
        constraint=table.primary_key,
        set_={name: incoming.excluded[name] for name in (*replacing, version)},
        where=table.c[version] < incoming.excluded[version],
    ).returning(table.c[version])


_OFFICE = _upsert(board, replacing=("name", "timezone", "first_steps"), version="office_version")
_COUNTER = _upsert(board_counter, replacing=("state", "services", "steps"))
_OF_TICKET = (
    "office",
    "date",
    "number",
    "display_name",
    "state",
    "counter",
    "calls",
    "called_at",
    "service",
    "scanned_at",
    "no_shows",
    "step",
    "turn_at",
    "waiting_since",
    "version",
)
_OF_DATE = ("told_at", "told_low_minutes", "told_high_minutes", "first_called_at")
"""A booking that is moved comes anew: it waits again, and was told nothing of that."""
_TICKETS_TOLD = recordset(
    "tickets", (board_ticket.c[name] for name in ("ticket_id", *_OF_TICKET)), name="told"
)
_INCOMING = insert(board_ticket).from_select(
    ["ticket_id", *_OF_TICKET], select(*_TICKETS_TOLD.c).order_by(_TICKETS_TOLD.c.ticket_id)
)
_TICKETS = _INCOMING.on_conflict_do_update(
    constraint=board_ticket.primary_key,
    set_={
        **{name: _INCOMING.excluded[name] for name in _OF_TICKET},
        **{
            name: case((board_ticket.c.date == _INCOMING.excluded.date, board_ticket.c[name]))
            for name in _OF_DATE
        },
    },
    where=board_ticket.c.version < _INCOMING.excluded.version,
).returning(board_ticket.c.office)
_CALLED = recordset(
    "first_calls", (board_ticket.c[name] for name in ("ticket_id", "first_called_at")), name="told"
)
_FIRST_CALLS = (
    update(board_ticket)
    .where(
        board_ticket.c.ticket_id == _CALLED.c.ticket_id,
        or_(
            board_ticket.c.first_called_at.is_(None),
            board_ticket.c.first_called_at > _CALLED.c.first_called_at,
        ),
    )
    .values(first_called_at=_CALLED.c.first_called_at)
)
_OUTAGE = _upsert(board_outage, replacing=("begins_at", "ends_at", "cause", "note", "is_lifted"))
_FORGET = tuple(
    delete(table).where(table.c.date < bindparam("first_kept")) for table in (board_ticket, board_outage)
)

_FORGET_NAMES = (
    update(board_ticket)
    .where(
        board_ticket.c.ticket_id == func.any(bindparam("tickets", type_=ARRAY(board_ticket.c.ticket_id.type)))
    )
    .values(display_name=None)
    .returning(board_ticket.c.office)
)


def remember_office(tx: Transaction, event: OfficeChanged) -> bool:
    """Keep an office's name and zone; a new office gets a board that is still to be advanced."""
    told = {
        "office": event.office,
        "name": event.name,
        "timezone": event.timezone,
        "office_version": event.version,
        "first_steps": _first_steps(event),
        "version": 0,
        "changed_at": tx.now,
    }
    return tx.execute(_OFFICE, told).first() is not None


def _first_steps(event: OfficeChanged) -> dict[str, str]:
    """Return with which step a visit begins, of the services whose visit is not all in one."""
    begins = {service: event.hall.journey_of(service)[0].step for service in event.services}
    return {service: step for service, step in begins.items() if step != "service"}


def remember_counter(tx: Transaction, event: CounterState) -> bool:
    """Keep a counter."""
    told = {
        "office": event.office,
        "counter": event.counter,
        "state": event.state,
        "services": list(event.services),
        "steps": list(event.steps),
        "version": event.version,
    }
    return tx.execute(_COUNTER, told).first() is not None


def remember_tickets(
    tx: Transaction, events: Sequence[QueueTicketState], *, erased: Container[str]
) -> set[str]:
    """Keep tickets as their newest events tell them; return the offices of those of which that is new.

    Of its person each has only the name that the citizen chose to show, and none of an `erased` person.
    """
    newest = {event.ticket_id: event for event in sorted(events, key=attrgetter("version"))}
    told = rows_of(_told(event, erased) for event in newest.values())
    offices = set(tx.execute(_TICKETS, {"tickets": told}).scalars())
    # Later calls replace these, and it may come after them: the earliest counts, of any version.
    calls = {
        event.ticket_id: event.from_called_at
        for event in sorted(events, key=attrgetter("version"), reverse=True)
        if isinstance(event, TicketTransferred) and event.from_step == event.steps[0] and event.from_called_at
    }
    if calls:
        first = rows_of({"ticket_id": ticket, "first_called_at": at} for ticket, at in calls.items())
        tx.execute(_FIRST_CALLS, {"first_calls": first})
    return offices


def remember_outage(tx: Transaction, event: OutageState) -> bool:
    """Keep the hours of a date at which an office does not work, or that it does after all."""
    told = {
        "office": event.office,
        "date": event.date,
        "begins_at": event.begins_at,
        "ends_at": event.ends_at,
        "cause": event.cause,
        "note": event.note,
        "is_lifted": isinstance(event, OfficeOutageLifted),
        "version": event.version,
    }
    return tx.execute(_OUTAGE, told).first() is not None


def forget_before(tx: Transaction, first_kept: date) -> None:
    """Drop the tickets and outages of all days before this one."""
    for statement in _FORGET:
        tx.execute(statement, {"first_kept": first_kept})


def forget_names(tx: Transaction, tickets: Collection[str]) -> list[str]:
    """Take the names off tickets; return the offices on whose boards they are."""
    return sorted(set(tx.execute(_FORGET_NAMES, {"tickets": list(tickets)}).scalars()))


def _told(event: QueueTicketState, erased: Container[str]) -> dict[str, object]:
    told: dict[str, object] = {name: getattr(event, name) for name in ("ticket_id", *_OF_TICKET)}
    return told if event.person_id not in erased else {**told, "display_name": None}
