"""Boards: whose they are, and the day they show."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy
from sqlalchemy import Select, bindparam, func, select, union, update

from chassis.database import Transaction
from contracts.events.display import BoardCall, BoardNotice
from services.display.domain.board import LATEST_CALLS, NOTICE_AHEAD, Day, Desk, Heading
from services.display.store.tables import board, board_counter, board_outage, board_ticket

_HEADING = (board.c.office, board.c.name, board.c.timezone, board.c.version, board.c.changed_at)
_CALL = (
    board_ticket.c.ticket_id,
    board_ticket.c.number,
    board_ticket.c.display_name,
    board_ticket.c.counter,
    board_ticket.c.called_at,
    board_ticket.c.calls,
    board_ticket.c.state,
)
_OF_DAY = (board_ticket.c.office == bindparam("at_office"), board_ticket.c.date == bindparam("on_date"))

_ADVANCE = (
    update(board)
    .where(board.c.office == bindparam("at_office"))
    .values(version=board.c.version + 1, changed_at=bindparam("at"))
    .returning(*_HEADING)
)
_LOCK = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("at_office"), 0)))
_READ: Select[Any] = select(*_HEADING).where(board.c.office == bindparam("at_office"))
_READ_ALL: Select[Any] = select(*_HEADING).order_by(board.c.office)
_COUNT = select(
    func.count().filter(board_ticket.c.state == "waiting").label("waiting"),
    func.count().filter(board_ticket.c.state == "served").label("served"),
).where(*_OF_DAY)
_LATEST = (
    select(*_CALL)
    .where(*_OF_DAY, board_ticket.c.state.in_(("called", "served")))
    .order_by(board_ticket.c.called_at.desc(), board_ticket.c.ticket_id.desc())
    .limit(LATEST_CALLS)
)
_CALLS = union(_LATEST, select(*_CALL).where(*_OF_DAY, board_ticket.c.state == "called"))
_DESKS: Select[Any] = select(board_counter.c.counter, board_counter.c.state).where(
    board_counter.c.office == bindparam("at_office")
)
_OUTAGES: Select[Any] = select(
    board_outage.c.date,
    board_outage.c.begins_at,
    board_outage.c.ends_at,
    board_outage.c.cause,
    board_outage.c.note,
).where(
    board_outage.c.office == bindparam("at_office"),
    board_outage.c.date.between(bindparam("first"), bindparam("last")),
    ~board_outage.c.is_lifted,
)
_OVER: Select[Any] = (
    select(board.c.office)
    .distinct()
    .join(board_outage, board_outage.c.office == board.c.office)
    .where(
        ~board_outage.c.is_lifted,
        board_outage.c.ends_at > board.c.changed_at,
        board_outage.c.ends_at <= bindparam("at"),
    )
    .order_by(board.c.office)
)


def advance(tx: Transaction, office: str) -> Heading | None:
    """Begin the office's next board and return its heading; None when the office is not known.

    Others that change the same board wait for the commit, and then see what this transaction told.
    """
    row = tx.execute(_ADVANCE, {"at_office": office, "at": tx.now}).one_or_none()
    return None if row is None else _heading(row)


def lock(tx: Transaction, office: str) -> None:
    """Keep others who call this for the office waiting until the transaction ends, known office or not."""
    tx.execute(_LOCK, {"at_office": office})


def read(tx: Transaction, office: str) -> Heading | None:
    """Return the heading of the office's present board; None when the office is not known."""
    row = tx.execute(_READ, {"at_office": office}).one_or_none()
    return None if row is None else _heading(row)


def read_all(tx: Transaction) -> Sequence[Heading]:
    """Return the headings of all boards, by office."""
    return [_heading(row) for row in tx.execute(_READ_ALL)]


def with_outages_over(tx: Transaction) -> Sequence[str]:
    """List the offices where an outage has ended since their board last changed."""
    return tx.execute(_OVER, {"at": tx.now}).scalars().all()


def read_day(tx: Transaction, office: str, day: date) -> Day:
    """Return what is known of an office's day."""
    of_day = {"at_office": office, "on_date": day}
    ahead = {"at_office": office, "first": day, "last": day + NOTICE_AHEAD}
    counts = tx.execute(_COUNT, of_day).one()
    return Day(
        date=day,
        waiting=counts.waiting,
        served=counts.served,
        calls=[BoardCall(**row._mapping) for row in tx.execute(_CALLS, of_day)],
        desks=[Desk(**row._mapping) for row in tx.execute(_DESKS, {"at_office": office})],
        notices=[BoardNotice(**row._mapping) for row in tx.execute(_OUTAGES, ahead)],
    )


def _heading(row: sqlalchemy.Row[Any]) -> Heading:
    return Heading(**row._mapping)
