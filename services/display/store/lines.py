"""The lines of offices as they are now, and what who came was told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ARRAY, Date, Row, Select, Text, bindparam, cast, func, select, update

from chassis.database import Transaction
from contracts.hall import Step
from contracts.words import ServiceCode
from services.display.domain.board import Heading
from services.display.domain.office_line import OfficeLine, Waiting
from services.display.domain.rhythm import Rhythm
from services.display.domain.service_times import Measured, Stage, service_times
from services.display.domain.waiting_time import Hall, OpenCounter, WaitRange
from services.display.store import rhythm
from services.display.store.service_times import measured
from services.display.store.tables import board, board_counter, board_ticket

TOLD_WITHIN = timedelta(minutes=2)
"""Who came longer ago is told nothing any more: a range counts from when somebody comes."""

_OFFICES = func.any(bindparam("offices", type_=ARRAY(Text)))
_TODAY = cast(func.timezone(board.c.timezone, bindparam("now")), Date)
_HERE = board_ticket.join(board, (board.c.office == board_ticket.c.office) & (board_ticket.c.date == _TODAY))
_TICKETS: Select[Any] = (
    select(
        board_ticket.c.office,
        board_ticket.c.ticket_id,
        board_ticket.c.number,
        board_ticket.c.state,
        board_ticket.c.service,
        board_ticket.c.step,
        board_ticket.c.counter,
        board_ticket.c.scanned_at,
        board_ticket.c.called_at,
        board_ticket.c.told_at,
        board_ticket.c.no_shows,
    )
    .select_from(_HERE)
    .where(board.c.office == _OFFICES, board_ticket.c.state.in_(("waiting", "called")))
    .order_by(board_ticket.c.turn_at, board_ticket.c.scanned_at, board_ticket.c.ticket_id)
)
"""Who waits in the order of calls, check-in's own; a held ticket is in no line."""
_COUNTERS: Select[Any] = (
    select(board_counter.c.office, board_counter.c.counter, board_counter.c.services, board_counter.c.steps)
    .where(board_counter.c.office == _OFFICES, board_counter.c.state == "open")
    .order_by(board_counter.c.counter)
)
_FIRST_STEPS = select(board.c.office, board.c.first_steps).where(board.c.office == _OFFICES)
_UNTOLD = (
    select(board_ticket.c.office)
    .distinct()
    .select_from(_HERE)
    .where(
        board_ticket.c.state == "waiting",
        board_ticket.c.told_at.is_(None),
        board_ticket.c.no_shows == 0,
        board_ticket.c.scanned_at >= bindparam("since"),
    )
)
_FREE = (
    select(board_ticket.c.ticket_id)
    .where(board_ticket.c.ticket_id == bindparam("told_ticket"), board_ticket.c.state == "waiting")
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_TELL = (
    update(board_ticket)
    .where(board_ticket.c.ticket_id == _FREE)
    .values(told_at=bindparam("at"), told_low_minutes=bindparam("low"), told_high_minutes=bindparam("high"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of an office: rows of its tickets and open counters, and how it works."""

    tickets: Sequence[Row[Any]]
    counters: Sequence[Row[Any]]
    measured: Sequence[Measured]
    rhythm: Rhythm
    first_steps: Mapping[ServiceCode, Step]


def read(tx: Transaction, headings: Sequence[Heading]) -> Sequence[OfficeLine]:
    """Return the lines of offices as they are now, in their order."""
    offices = [heading.office for heading in headings]
    tickets = _by_office(tx.execute(_TICKETS, {"offices": offices, "now": tx.now}))
    counters = _by_office(tx.execute(_COUNTERS, {"offices": offices}))
    times = measured(tx, offices)
    first_steps = {row.office: row.first_steps for row in tx.execute(_FIRST_STEPS, {"offices": offices})}
    rhythms = rhythm.read(tx, {heading.office: heading.day(tx.now) for heading in headings})
    return [
        _line(
            heading,
            tx.now,
            _Known(
                tickets=tickets.get(heading.office, ()),
                counters=counters.get(heading.office, ()),
                measured=times[heading.office],
                rhythm=rhythms[heading.office],
                first_steps=first_steps[heading.office],
            ),
        )
        for heading in headings
    ]


def with_untold(tx: Transaction) -> Sequence[str]:
    """List the offices to which somebody came in these minutes who was told nothing yet."""
    found = tx.execute(_UNTOLD, {"now": tx.now, "since": tx.now - TOLD_WITHIN}).scalars()
    return sorted(found)


def tell(tx: Transaction, ranges: Iterable[tuple[str, WaitRange]]) -> None:
    """Keep what people were told; a ticket of which an event is worked on now has its turn the next time."""
    for ticket_id, wait in ranges:
        tx.execute(
            _TELL,
            {"told_ticket": ticket_id, "at": tx.now, "low": wait.low_minutes, "high": wait.high_minutes},
        )


def _by_office(rows: Iterable[Row[Any]]) -> Mapping[str, Sequence[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.office, []).append(row)
    return found


def _line(heading: Heading, now: datetime, known: _Known) -> OfficeLine:
    waiting = [ticket for ticket in known.tickets if ticket.state == "waiting"]
    hall = Hall(
        line=[_stage(ticket) for ticket in waiting],
        counters=_counters(known, now),
        times=service_times(known.measured),
        rhythm=known.rhythm,
        second_of_day=_second_of_day(now.astimezone(ZoneInfo(heading.timezone))),
    )
    return OfficeLine(
        office=heading.office,
        date=heading.day(now),
        waiting=[_waiting(ticket, now) for ticket in waiting],
        hall=hall,
        first_steps=known.first_steps,
    )


def _counters(known: _Known, now: datetime) -> Sequence[OpenCounter]:
    """Return the open counters, each with the ticket that it called last and still serves."""
    last_called = sorted((one for one in known.tickets if one.state == "called"), key=attrgetter("called_at"))
    called = {ticket.counter: ticket for ticket in last_called}
    return [
        OpenCounter(
            services=row.services,
            steps=row.steps,
            serving=_stage(ticket) if (ticket := called.get(row.counter)) else None,
            busy_seconds=max((now - ticket.called_at).total_seconds(), 0.0) if ticket else 0.0,
        )
        for row in known.counters
    ]


def _waiting(ticket: Row[Any], now: datetime) -> Waiting:
    """Return a ticket; who is back after nobody came was told before, and it is another wait."""
    is_told = ticket.told_at is not None or ticket.no_shows > 0 or ticket.scanned_at < now - TOLD_WITHIN
    return Waiting(ticket_id=ticket.ticket_id, number=ticket.number, stage=_stage(ticket), is_told=is_told)


def _stage(ticket: Row[Any]) -> Stage:
    return Stage(ticket.service, ticket.step)


def _second_of_day(local: datetime) -> float:
    return local.hour * 3600.0 + local.minute * 60 + local.second
