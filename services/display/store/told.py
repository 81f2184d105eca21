"""What other services told, kept where it is newer; each function says whether it was."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ARRAY, Table, bindparam, case, delete, func, or_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import ReturningInsert

from chassis.database import Transaction
from contracts.events import OfficeChanged, OfficeOutageLifted, TicketTransferred
from contracts.events.booking import OutageState
from contracts.events.checkin import CounterState, QueueTicketState
from services.display.store.tables import board, board_counter, board_outage, board_ticket


def _upsert(
    table: Table, *, replacing: tuple[str, ...], version: str = "version", of_date: tuple[str, ...] = ()
) -> ReturningInsert[tuple[int]]:
    """Build the insert that, over a row of a lower version, replaces these columns.

    Those `of_date` are kept where the date is the same, and empty where it is another.
    """
    incoming = insert(table)
    return incoming.on_conflict_do_update(
        constraint=table.primary_key,
        set_={
            **{name: incoming.excluded[name] for name in (*replacing, version)},
            **{name: case((table.c.date == incoming.excluded.date, table.c[name])) for name in of_date},
        },
        where=table.c[version] < incoming.excluded[version],
    ).returning(table.c[version])


_OFFICE = _upsert(board, replacing=("name", "timezone", "first_steps"), version="office_version")
_COUNTER = _upsert(board_counter, replacing=("state", "services", "steps"))
_TICKET = _upsert(
    board_ticket,
    replacing=(
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
    ),
    # A booking that is moved comes anew: it waits again, and was told nothing of that.
    of_date=("told_at", "told_low_minutes", "told_high_minutes", "first_called_at"),
)
_FIRST_CALL = (
    update(board_ticket)
    .where(
        board_ticket.c.ticket_id == bindparam("called_ticket"),
        or_(board_ticket.c.first_called_at.is_(None), board_ticket.c.first_called_at > bindparam("at")),
    )
    .values(first_called_at=bindparam("at"))
)
_OUTAGE = _upsert(board_outage, replacing=("begins_at", "ends_at", "cause", "note", "is_lifted"))
_FORGET = tuple(
    delete(table).where(table.c.date < bindparam("first_kept")) for table in (board_ticket, board_outage)
)

_TICKETS = bindparam("tickets", type_=ARRAY(board_ticket.c.ticket_id.type))
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


def remember_ticket(tx: Transaction, event: QueueTicketState, *, display_name: str | None) -> bool:
    """Keep a ticket: of its person only the name that the citizen chose to show, if there is to be one."""
    told = {
        "ticket_id": event.ticket_id,
        "office": event.office,
        "date": event.date,
        "number": event.number,
        "display_name": display_name,
        "state": event.state,
        "counter": event.counter,
        "calls": event.calls,
        "called_at": event.called_at,
        "service": event.service,
        "scanned_at": event.scanned_at,
        "no_shows": event.no_shows,
        "step": event.step,
        "turn_at": event.turn_at,
        "waiting_since": event.waiting_since,
        "version": event.version,
    }
    is_newer = tx.execute(_TICKET, told).first() is not None
    if isinstance(event, TicketTransferred) and event.from_step == event.steps[0] and event.from_called_at:
        # Its later calls replace this one, and it may come after them: the earliest counts, of any version.
        tx.execute(_FIRST_CALL, {"called_ticket": event.ticket_id, "at": event.from_called_at})
    return is_newer


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
