"""What the hall must be, kept as simply as can be: the model beside which the state machine runs check-in."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from contracts.hall import HallRules, Journey, JourneyStep, Step
from contracts.words import ServiceCode

STEPS: tuple[Step, ...] = ("documents", "biometrics", "service")
RULES = HallRules(
    early_minutes=480,
    journeys=(Journey(services=("new",), steps=tuple(JourneyStep(step=step) for step in STEPS[:2])),),
)
KEPT = timedelta(minutes=15)


@dataclass(kw_only=True)
class Ticket:
    """One ticket; `deeds` counts what was done with it, so that an undo knows its own."""

    ticket_id: str
    number: str
    text: str
    service: ServiceCode
    steps: tuple[Step, ...]
    turn_at: datetime
    scanned_at: datetime
    at: int = 0
    state: str = "waiting"
    counter: int | None = None
    for_counter: int | None = None
    calls: int = 0
    called_at: datetime | None = None
    first_called_at: datetime | None = None
    finished_at: datetime | None = None
    no_shows: int = 0
    outcome: str | None = None
    deeds: int = 0

    @property
    def step(self) -> Step:
        """Where it is in its journey."""
        return self.steps[self.at]

    @property
    def order(self) -> tuple[datetime, datetime, str]:
        """Its place in the order of calls."""
        return self.turn_at, self.scanned_at, self.ticket_id

    def wait(self, at: int, for_counter: int | None = None) -> None:
        """Have it wait, without a counter."""
        self.state, self.at, self.for_counter, self.counter = "waiting", at, for_counter, None
        self.calls, self.called_at, self.finished_at = 0, None, None

    def row(self) -> tuple[Any, ...]:
        """Write it as the database has it."""
        place = (self.state, self.step, self.counter, self.for_counter)
        return (self.number, *place, self.turn_at, self.scanned_at, self.calls, self.no_shows, self.outcome)


@dataclass(kw_only=True)
class Desk:
    """One counter, and what was done there last: the ticket, as it was, and the number of its deed."""

    number: int
    state: str = "closed"
    services: tuple[ServiceCode, ...] = ()
    steps: tuple[Step, ...] = ()
    last: tuple[Ticket, Ticket, int, datetime] | None = None

    def calls(self, ticket: Ticket) -> bool:
        """Tell whether it calls for a ticket."""
        if ticket.for_counter:
            return ticket.for_counter == self.number
        return ticket.service in self.services and ticket.step in self.steps


@dataclass(kw_only=True)
class Model:
    """The hall: its tickets by number and its counters."""

    now: datetime
    tickets: dict[str, Ticket] = field(default_factory=dict)
    desks: dict[int, Desk] = field(default_factory=lambda: {each: Desk(number=each) for each in (1, 2, 3)})

    def those(self, state: str) -> list[Ticket]:
        """Return the tickets in a state."""
        return [ticket for ticket in self.tickets.values() if ticket.state == state]

    def at(self, counter: int) -> Ticket | None:
        """Return the ticket that a counter has before it: one at most."""
        (*found,) = (ticket for ticket in self.those("called") if ticket.counter == counter)
        assert len(found) < 2
        return found[0] if found else None

    def next(self, desk: Desk) -> Ticket | None:
        """Choose whom a counter calls."""
        return min(filter(desk.calls, self.those("waiting")), key=lambda each: each.order, default=None)

    def done(self, desk: Desk, ticket: Ticket, change: Callable[[], None]) -> None:
        """Do something with a ticket at a counter."""
        before = copy(ticket)
        change()
        ticket.deeds += 1
        desk.last = ticket, before, ticket.deeds, self.now

    def call(self, desk: Desk, ticket: Ticket) -> None:
        """Have a ticket before a counter."""

        def change() -> None:
            ticket.state, ticket.counter, ticket.calls = "called", desk.number, 1
            ticket.called_at = ticket.first_called_at = self.now

        self.done(desk, ticket, change)

    def give_back(self, ticket: Ticket) -> None:
        """Let who did not come wait again."""
        assert ticket.finished_at is not None
        if self.now - ticket.finished_at > KEPT:
            behind = [
                each.turn_at
                for each in self.those("waiting")
                if (each.service, each.step) == (ticket.service, ticket.step)
            ]
            ticket.turn_at, ticket.scanned_at = max([ticket.turn_at, *behind]), self.now
        ticket.wait(ticket.at)
        ticket.deeds += 1

    def undo(self, desk: Desk) -> str | None:
        """Undo the last deed, or say why that is refused."""
        if desk.last is None:
            return "nothing_to_undo"
        ticket, before, deed, at = desk.last
        if self.now - at > timedelta(seconds=10):
            return "undo_over"
        if ticket.deeds != deed:
            return "undone_by_others"
        for name, value in vars(before).items():
            setattr(ticket, name, value)
        ticket.deeds, desk.last = deed + 1, None
        return None
