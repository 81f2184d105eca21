"""A ticket in the hall, and what can happen to it at a counter: each deed makes the ticket as it is after it.

    waiting ──called──▶ called ──finished──▶ served, or waiting for its next step
       ▲                │ │  ▲
       │                │ │  └─called── held ◀──held── called
       └──transferred───┘ └──absent──▶ no_show ──returned──▶ waiting

A ticket that waits again keeps its turn, but who is back too late after nobody came.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from contracts.hall import Step
from contracts.words import PriorityClass, ServiceCode, TicketOrigin, TicketState, TurnRule, VisitOutcome
from services.checkin.domain.arrival import Newcomer
from services.checkin.domain.policy import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueTicket:
    """A ticket as its row holds it; `undo` is what the last deed of a counter changed, and which counter."""

    ticket_id: str
    office: str
    date: date
    number: str
    service: ServiceCode
    priority: PriorityClass
    origin: TicketOrigin
    steps: tuple[Step, ...]
    step: Step
    state: TicketState
    person_id: str | None
    display_name: str | None
    turn_at: datetime
    rules: tuple[TurnRule, ...]
    scanned_at: datetime
    waiting_since: datetime
    counter: int | None
    for_counter: int | None
    officer: str | None
    calls: int
    begun_at: datetime | None
    called_at: datetime | None
    absent_from: datetime | None
    finished_at: datetime | None
    no_shows: int
    outcome: VisitOutcome | None
    note: str | None
    undo: Mapping[str, Any] | None
    version: int


UNCALLED: Final[Mapping[str, Any]] = {
    "state": "waiting",
    "counter": None,
    "officer": None,
    "calls": 0,
    "begun_at": None,
    "called_at": None,
    "absent_from": None,
}
"""What sets a waiting ticket apart from one that was called."""

_WAITING_AGAIN: Final[Mapping[str, Any]] = {**UNCALLED, "for_counter": None, "note": None}


def came_in(newcomer: Newcomer, number: str, *, now: datetime) -> QueueTicket:
    """Give who comes in with a booking a ticket that waits for the first of its steps."""
    visit = newcomer.visit
    return QueueTicket(
        ticket_id=visit.booking_id,
        office=visit.office,
        date=visit.date,
        number=number,
        service=visit.service,
        priority=visit.priority,
        origin="booking",
        steps=newcomer.steps,
        step=newcomer.steps[0],
        person_id=visit.person_id,
        display_name=visit.display_name,
        turn_at=newcomer.turn.turn_at,
        rules=newcomer.turn.rules,
        scanned_at=now,
        waiting_since=now,
        finished_at=None,
        no_shows=0,
        outcome=None,
        undo=None,
        version=1,
        **_WAITING_AGAIN,
    )


def called(
    ticket: QueueTicket, *, counter: int, officer: str, now: datetime, patience: timedelta
) -> QueueTicket:
    """Call a ticket that waits, or was held; its step has begun with its first call."""
    return replace(
        ticket,
        state="called",
        counter=counter,
        officer=officer,
        calls=1,
        begun_at=ticket.begun_at or now,
        called_at=now,
        absent_from=now + patience,
        note=None,
    )


def recalled(ticket: QueueTicket, *, officer: str, now: datetime) -> QueueTicket:
    """Call a ticket once more."""
    return replace(ticket, calls=ticket.calls + 1, called_at=now, officer=officer)


def finished(
    ticket: QueueTicket, *, outcome: VisitOutcome, officer: str, now: datetime, today: date
) -> QueueTicket:
    """Be done with a ticket: it waits for the next step of its journey, or its visit is over.

    A visit ends with its day: on a later one no step follows, as nobody is called from a day that is over.
    """
    following = ticket.steps[ticket.steps.index(ticket.step) + 1 :]
    if outcome == "done" and following and ticket.date >= today:
        return replace(ticket, **_WAITING_AGAIN, step=following[0], waiting_since=now)
    return replace(ticket, state="served", outcome=outcome, officer=officer, finished_at=now)


def held(ticket: QueueTicket, *, officer: str, note: str | None) -> QueueTicket:
    """Put a ticket aside; its step goes on."""
    return replace(ticket, state="held", officer=officer, note=note)


def transferred(ticket: QueueTicket, *, counter: int | None, step: Step, now: datetime) -> QueueTicket:
    """Let a ticket wait for a step, and for one counter alone where one is named."""
    return replace(ticket, **{**_WAITING_AGAIN, "for_counter": counter}, step=step, waiting_since=now)


def absent(ticket: QueueTicket, *, officer: str, now: datetime) -> QueueTicket:
    """Be done with a ticket to whose calls nobody came."""
    return replace(ticket, state="no_show", no_shows=ticket.no_shows + 1, officer=officer, finished_at=now)


def returned(ticket: QueueTicket, *, turn: Turn | None, now: datetime) -> QueueTicket:
    """Let a ticket wait again: under the turn it had, or as if it were scanned only now under another one."""
    back = replace(ticket, **_WAITING_AGAIN, waiting_since=now, finished_at=None, undo=None)
    if turn is None:
        return back
    return replace(back, turn_at=turn.turn_at, rules=turn.rules, scanned_at=now)


def undoable(before: QueueTicket, after: QueueTicket, *, counter: int) -> QueueTicket:
    """Remember with a ticket what a deed of a counter changed."""
    changed = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name in _CHANGED_BY_DEEDS
        if (value := getattr(before, name)) != getattr(after, name)
    }
    return replace(after, undo={"by": counter, "was": changed})


def is_undoable(ticket: QueueTicket, *, counter: int) -> bool:
    """Tell whether the last that was done with a ticket was done at this counter."""
    return ticket.undo is not None and ticket.undo["by"] == counter


def restored(ticket: QueueTicket) -> QueueTicket:
    """Give a ticket back what its last deed changed."""
    if ticket.undo is None:
        return ticket
    was: dict[str, Any] = {
        name: datetime.fromisoformat(value) if name in _INSTANTS and value is not None else value
        for name, value in ticket.undo["was"].items()
    }
    return replace(ticket, **was, undo=None)


_INSTANTS: Final = frozenset({"waiting_since", "begun_at", "called_at", "absent_from", "finished_at"})
_CHANGED_BY_DEEDS: Final = (
    *("state", "step", "counter", "for_counter", "officer", "calls", "no_shows", "outcome", "note"),
    *sorted(_INSTANTS),
)
