"""Boards: whose they are, and the day they show."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy
from sqlalchemy import ARRAY, Date, Select, Text, bindparam, column, func, select, true, union, update

from chassis.database import Transaction
from contracts.events.display import BoardCall, BoardNotice
from services.display.domain.board import LATEST_CALLS, NOTICE_AHEAD, Day, Desk, Heading
from services.display.store.tables import board, board_counter, board_outage, board_ticket

T = TypeVar("T")

_HEADING = (board.c.office, board.c.name, board.c.timezone, board.c.version, board.c.changed_at)
_CALL = (
    board_ticket.c.number,
    board_ticket.c.display_name,
    board_ticket.c.counter,
    board_ticket.c.called_at,
    board_ticket.c.calls,
    board_ticket.c.state,
)
_WANTED = (
    func.unnest(bindparam("offices", type_=ARRAY(Text)), bindparam("dates", type_=ARRAY(Date)))
    .table_valued(column("office", Text), column("date", Date), name="wanted")
    .render_derived()
)
_OF_DAY = (board_ticket.c.office == _WANTED.c.office, board_ticket.c.date == _WANTED.c.date)
_OFFICES = func.any(bindparam("offices", type_=ARRAY(Text)))

_IN_ORDER = (
    select(board.c.office).where(board.c.office == _OFFICES).order_by(board.c.office).with_for_update().cte()
)
_ADVANCE = (
    update(board)
    .where(board.c.office == _IN_ORDER.c.office)
    .values(version=board.c.version + 1, changed_at=bindparam("at"))
    .returning(*_HEADING)
)
_LOCK = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("at_office"), 0)))
_READ: Select[Any] = select(*_HEADING).where(board.c.office == bindparam("at_office"))
_READ_ALL: Select[Any] = select(*_HEADING).order_by(board.c.office)
_COUNTED = (
    select(
        func.count().filter(board_ticket.c.state == "waiting").label("waiting"),
        func.count().filter(board_ticket.c.state == "served").label("served"),
    )
    .where(*_OF_DAY)
    .lateral("counted")
)
_COUNT: Select[Any] = select(_WANTED.c.office, _COUNTED).select_from(_WANTED.join(_COUNTED, true()))
_LATEST = (
    select(*_CALL)
    .where(*_OF_DAY, board_ticket.c.state.in_(("called", "served")))
    .order_by(board_ticket.c.called_at.desc(), board_ticket.c.number.desc())
    .limit(LATEST_CALLS)
    .correlate(_WANTED)
)
_AT_COUNTERS = select(*_CALL).where(*_OF_DAY, board_ticket.c.state == "called").correlate(_WANTED)
_SHOWN = union(_LATEST, _AT_COUNTERS).lateral("shown")
_CALLS: Select[Any] = select(_WANTED.c.office, _SHOWN).select_from(_WANTED.join(_SHOWN, true()))
_DESKS: Select[Any] = select(board_counter.c.office, board_counter.c.counter, board_counter.c.state).where(
    board_counter.c.office == _OFFICES
)
_OUTAGES: Select[Any] = (
    select(
        board_outage.c.office,
        board_outage.c.date,
        board_outage.c.begins_at,
        board_outage.c.ends_at,
        board_outage.c.cause,
        board_outage.c.note,
    )
    .select_from(_WANTED.join(board_outage, board_outage.c.office == _WANTED.c.office))
    .where(
        board_outage.c.date.between(_WANTED.c.date, _WANTED.c.date + NOTICE_AHEAD.days),
        ~board_outage.c.is_lifted,
    )
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


def advance(tx: Transaction, offices: Collection[str]) -> Sequence[Heading]:
    """Begin the next board of each of these offices that is known, and return their headings.

    Others that change the same boards wait for the commit, and then see what this transaction told.
    """
    return [_heading(row) for row in tx.execute(_ADVANCE, {"offices": list(offices), "at": tx.now})]


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


def read_day(tx: Transaction, heading: Heading) -> Day:
    """Return what is known of an office's day as it is now."""
    return read_days(tx, [heading])[heading.office]


def read_days(tx: Transaction, headings: Sequence[Heading]) -> Mapping[str, Day]:
    """Return what is known of the days of some offices as they are now, by office."""
    days = {heading.office: heading.day(tx.now) for heading in headings}
    wanted = {"offices": list(days), "dates": list(days.values())}
    counts = {row.office: row for row in tx.execute(_COUNT, wanted)}
    calls = _by_office(tx.execute(_CALLS, wanted), BoardCall)
    desks = _by_office(tx.execute(_DESKS, {"offices": list(days)}), Desk)
    notices = _by_office(tx.execute(_OUTAGES, wanted), BoardNotice)
    return {
        office: Day(
            date=day,
            waiting=counts[office].waiting,
            served=counts[office].served,
            calls=calls[office],
            desks=desks[office],
            notices=notices[office],
        )
        for office, day in days.items()
    }


def _by_office(rows: Iterable[sqlalchemy.Row[Any]], made: Callable[..., T]) -> Mapping[str, Sequence[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        columns = dict(row._mapping)
        found[columns.pop("office")].append(made(**columns))
    return found


def _heading(row: sqlalchemy.Row[Any]) -> Heading:
    return Heading(**row._mapping)
