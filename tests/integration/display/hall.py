"""An office's day in a test: what check-in says of it, and display at work on a real database."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from uuid_utils import uuid7

from chassis.database import Database, Transaction
from contracts.envelope import Envelope, enclose
from contracts.events import (
    BoardChanged,
    CounterCalled,
    CounterClosed,
    CounterOpened,
    CounterPaused,
    Event,
    OfficeChanged,
    OfficeOutageDeclared,
    OfficeOutageLifted,
    TicketHeld,
    TicketNoShow,
    TicketRestored,
    TicketScanned,
    TicketServed,
    TicketTransferred,
    WalkInIssued,
)
from contracts.events.booking import OutageState
from contracts.events.checkin import CounterState, QueueTicketState
from contracts.hall import Step
from contracts.requests.display import GetBoard
from contracts.requests.waiting import GetStatistics, OfficeStatistics
from services.display.handlers import boards, waiting

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""Noon of TODAY in Tarakan (UTC+8)."""

TARAKAN = OfficeChanged(
    version=1,
    office="TRK",
    name="Kantor Imigrasi Tarakan",
    office_class="II",
    city="Tarakan",
    province="Kalimantan Utara",
    timezone="Asia/Makassar",
    status="pilot",
    services=("new", "renewal"),
    counters=3,
)


def scanned(number: str, **changes: Any) -> TicketScanned:
    """Let a ticket come in, in Tarakan at noon of TODAY unless changed."""
    state = TicketScanned(
        version=1,
        ticket_id=str(uuid7()),
        office="TRK",
        date=TODAY,
        number=number,
        service="new",
        priority="regular",
        state="waiting",
        person_id=str(uuid7()),
        display_name="Pak Andi",
        counter=None,
        calls=0,
        scanned_at=NOON,
        turn_at=NOON,
        waiting_since=NOON,
        called_at=None,
        finished_at=None,
    )
    return replace(state, **{"waiting_since": changes.get("scanned_at", NOON), **changes})


def called(ticket: QueueTicketState, counter: int, *, minutes: int = 0) -> CounterCalled:
    """Call a ticket, some minutes after noon; call it again if it was called before."""
    called_at = NOON + timedelta(minutes=minutes)
    return CounterCalled(
        **_next(ticket, state="called", counter=counter, called_at=called_at, calls=ticket.calls + 1)
    )


def served(ticket: QueueTicketState, *, minutes: int = 0) -> TicketServed:
    """Be done with a ticket, some minutes after noon."""
    return TicketServed(**_next(ticket, state="served", finished_at=NOON + timedelta(minutes=minutes)))


def missed(ticket: QueueTicketState, *, minutes: int = 0) -> TicketNoShow:
    """Say that nobody came, some minutes after noon."""
    finished_at = NOON + timedelta(minutes=minutes)
    return TicketNoShow(**_next(ticket, state="no_show", finished_at=finished_at, no_shows=1))


def back(ticket: QueueTicketState) -> TicketScanned:
    """Scan a ticket again to whose calls nobody came."""
    return TicketScanned(
        **_next(ticket, state="waiting", counter=None, called_at=None, finished_at=None, calls=0)
    )


def held(ticket: QueueTicketState) -> TicketHeld:
    """Put a ticket aside, at the counter that called it."""
    return TicketHeld(**_next(ticket, state="held"))


def transferred(ticket: QueueTicketState, *, step: Step = "service", minutes: int = 0) -> TicketTransferred:
    """Let a ticket wait for a step, some minutes after noon."""
    waiting_since = NOON + timedelta(minutes=minutes)
    waits = _next(
        ticket, state="waiting", counter=None, called_at=None, calls=0, step=step, waiting_since=waiting_since
    )
    return TicketTransferred(**waits, from_step=ticket.step, from_called_at=ticket.called_at)


def walked_in(number: str, **changes: Any) -> WalkInIssued:
    """Give somebody without a booking a number, at noon of TODAY."""
    told = _next(scanned(number), version=1, origin="walk_in", person_id=None, display_name=None)
    return WalkInIssued(**{**told, **changes})


def restored(ticket: QueueTicketState) -> TicketRestored:
    """Undo the call of a ticket."""
    return TicketRestored(**_next(ticket, state="waiting", counter=None, called_at=None, calls=0))


def paused(counter: int, *, version: int = 2) -> CounterPaused:
    """Leave a counter for a while."""
    return CounterPaused(version=version, office="TRK", counter=counter, state="paused", services=("new",))


def opened(counter: int, *, version: int = 1, steps: tuple[Step, ...] = ("service",)) -> CounterOpened:
    """Open a counter."""
    return CounterOpened(
        version=version, office="TRK", counter=counter, state="open", services=("new",), steps=steps
    )


def closed(counter: int, *, version: int = 2) -> CounterClosed:
    """Close a counter."""
    return CounterClosed(version=version, office="TRK", counter=counter, state="closed", services=())


def outage(*, days: int = 0, version: int = 1, **changes: Any) -> OfficeOutageDeclared:
    """Let Tarakan be shut from 13.00 to 16.00, some days after TODAY."""
    return OfficeOutageDeclared(**{**_hours(days), "version": version, **changes})


def lifted(*, days: int = 0, version: int = 2) -> OfficeOutageLifted:
    """Let Tarakan work after all."""
    return OfficeOutageLifted(**_hours(days), version=version)


@dataclass
class Display:
    """Display's use cases, each in a transaction of its own."""

    database: Database

    def hear(self, *events: Event, now: datetime = NOON) -> list[BoardChanged]:
        """Let display have events; return the boards that it then published."""
        return [board for event in events for board in self._hear(event, now)]

    def board(self, *, office: str = "TRK", now: datetime = NOON) -> BoardChanged:
        """Read an office's board."""
        with self.database.transaction(now=now) as tx:
            return boards.get_board(tx, GetBoard(office=office))

    def turn_over(self, *, now: datetime) -> list[BoardChanged]:
        """Do the work of the clock."""
        with self.database.transaction(now=now) as tx:
            boards.begin_new_days(tx)
        with self.database.transaction(now=now) as other:
            boards.forget_past_days(other)
        return _boards(tx.emitted)

    def statistics(self, *, office: str = "TRK") -> OfficeStatistics:
        """Read what is known of an office's day and weeks."""
        with self.database.transaction(now=NOON) as tx:
            return waiting.get_statistics(tx, GetStatistics(office=office))

    def write_down(self) -> None:
        """Let display write down what the day came to so far."""
        with self.database.transaction(now=NOON) as tx:
            waiting.write_down_days(tx)

    def sum_up(self, *, now: datetime = NOON) -> None:
        """Let display sum up the latest weeks."""
        with self.database.transaction(now=now) as tx:
            waiting.sum_up_weeks(tx)

    def hear_together(self, *events: Event, now: datetime = NOON) -> list[BoardChanged]:
        """Let display have events in one transaction; return the boards that it then published."""
        with self.database.transaction(now=now) as tx:
            show(tx, *events)
        return _boards(tx.emitted)

    def _hear(self, event: Event, now: datetime) -> list[BoardChanged]:
        return self.hear_together(event, now=now)


def show(tx: Transaction, *events: Event) -> None:
    """Give events to the use cases that are for them, tickets together."""
    tickets: list[Envelope[QueueTicketState]] = []
    for event in events:
        if isinstance(event, OfficeChanged):
            boards.show_office(tx, event)
        elif isinstance(event, OutageState):
            boards.show_outage(tx, event)
        elif isinstance(event, CounterState):
            boards.show_counter(tx, event)
        elif isinstance(event, QueueTicketState):
            tickets.append(enclose(event, now=tx.now, traceparent=tx.traceparent))
    if tickets:
        boards.show_tickets(tx, tickets)


def content(board: BoardChanged) -> BoardChanged:
    """Return what the hall sees, without the marks that tell how it came to be."""
    return replace(board, version=1, changed_at=NOON)


def _hours(days: int) -> dict[str, Any]:
    day = TODAY + timedelta(days=days)
    return {
        "outage_id": f"TRK:{day}",
        "office": "TRK",
        "date": day,
        "begins_at": NOON + timedelta(days=days, hours=1),
        "ends_at": NOON + timedelta(days=days, hours=4),
        "cause": "closed",
        "note": "Pemadaman listrik",
        "affected": 3,
    }


def _boards(events: Iterable[Event]) -> list[BoardChanged]:
    return [event for event in events if isinstance(event, BoardChanged)]


def _next(ticket: QueueTicketState, **changes: Any) -> dict[str, Any]:
    told = {field.name: getattr(ticket, field.name) for field in fields(QueueTicketState)}
    return {**told, "version": ticket.version + 1, **changes}
