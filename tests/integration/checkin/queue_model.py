"""What the hall must be, kept as simply as can be: the model beside which the state machine runs check-in."""

from collections import Counter
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, get_args

from contracts.hall import HallRules, Journey, JourneyStep, Step
from contracts.words import PriorityClass, ServiceCode

SERVICES: tuple[ServiceCode, ...] = ("new", "renewal", "collection")
LETTERS: Mapping[ServiceCode, str] = {"new": "A", "renewal": "B", "collection": "E"}
EVERY_STEP: tuple[Step, ...] = get_args(Step)
QUARTER = timedelta(minutes=15)

Journeys = Mapping[ServiceCode, tuple[Step, ...]]
LONG: Journeys = {
    "new": ("documents", "biometrics", "payment"),
    "renewal": ("documents", "payment"),
    "collection": ("service",),
}
SHORT: Journeys = {
    "new": ("biometrics", "documents"),
    "renewal": ("service",),
    "collection": ("payment", "service"),
}


def rules_of(journeys: Journeys) -> HallRules:
    """Return the rules of a hall with these journeys."""
    return HallRules(
        early_minutes=480,
        journeys=tuple(
            Journey(services=(service,), steps=tuple(JourneyStep(step=step) for step in steps))
            for service, steps in journeys.items()
        ),
    )


@dataclass(kw_only=True)
class Ticket:
    """One ticket; `deeds` counts what was done with it, so that an undo knows its own.

    Who has a booking has the `text` of its code, who walked in has the `request` of a kiosk. `done` is which
    steps ended, at which counter and how.
    """

    ticket_id: str
    number: str
    service: ServiceCode
    text: str | None = None
    request: str | None = None
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
    done: tuple[str, ...] = ()
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

    def end_step(self, outcome: str) -> None:
        """Note that a counter is done with it."""
        self.done = (*self.done, f"{self.step} {self.counter} {outcome}")

    def row(self) -> tuple[Any, ...]:
        """Write it as the database has it."""
        origin = "walk_in" if self.request else "booking"
        place = (self.state, self.steps, self.step, self.counter, self.for_counter)
        turn = (self.turn_at, self.scanned_at)
        end = (self.calls, self.no_shows, self.outcome, list(self.done))
        return (self.number, origin, *place, *turn, *end)


@dataclass(kw_only=True)
class Desk:
    """One counter, and what was done there last: the ticket, as it was, and the number of its deed."""

    number: int
    state: str = "closed"
    services: tuple[ServiceCode, ...] = ()
    steps: tuple[Step, ...] = ()
    emergency_since: datetime | None = None
    last: tuple[Ticket, Ticket, int, datetime] | None = None

    def calls(self, ticket: Ticket) -> bool:
        """Tell whether it calls for a ticket."""
        if ticket.for_counter:
            return ticket.for_counter == self.number
        return ticket.service in self.services and ticket.step in self.steps

    def row(self) -> tuple[Any, ...]:
        """Write it as the database has it."""
        return self.state, self.services, self.steps, self.emergency_since

    @property
    def is_unknown(self) -> bool:
        """Tell whether it may be that nobody ever was here."""
        return self.row() == ("closed", (), (), None)


@dataclass(kw_only=True)
class Model:
    """The hall: its tickets by number and its counters.

    `places` of today are for who walks in; `most` is how many there ever were.
    """

    now: datetime
    tickets: dict[str, Ticket] = field(default_factory=dict)
    desks: dict[int, Desk] = field(default_factory=lambda: {each: Desk(number=each) for each in (1, 2, 3)})
    journeys: Journeys = field(default_factory=lambda: LONG)
    places: Mapping[ServiceCode, int] = field(default_factory=dict)
    most: Counter[ServiceCode] = field(default_factory=Counter)

    @property
    def steps(self) -> set[Step]:
        """Return the steps of the visits of those who come now."""
        return {step for steps in self.journeys.values() for step in steps}

    def tell_places(self, places: Mapping[ServiceCode, int]) -> None:
        """Keep so many places for who walks in."""
        self.places, self.most = places, self.most | Counter(places)

    def left(self, service: ServiceCode) -> int:
        """Count the places that nobody took."""
        taken = [each for each in self.tickets.values() if each.request and each.service == service]
        return max(0, self.places.get(service, 0) - len(taken))

    def of_request(self, request: str) -> Ticket | None:
        """Return what a kiosk's request was given."""
        return next((each for each in self.tickets.values() if each.request == request), None)

    def come(self, service: ServiceCode, priority: PriorityClass, turn_at: datetime, **more: Any) -> Ticket:
        """Let somebody in, under the next number of their service."""
        place = sum(each.service == service for each in self.tickets.values()) + 1
        ticket = Ticket(
            number=f"{LETTERS[service]}-{place:03d}",
            service=service,
            steps=self.journeys[service],
            turn_at=turn_at if priority == "regular" else turn_at - QUARTER,
            scanned_at=self.now,
            **more,
        )
        self.tickets[ticket.number] = ticket
        return ticket

    def before(self, ticket: Ticket) -> int:
        """Count who has their turn before and is called by a counter that calls the ticket too.

        Where none calls it: by the same counter alone, or of the same service and step.
        """
        desks = [desk for desk in self.desks.values() if desk.state == "open" and desk.calls(ticket)]
        if desks:
            rivals = [each for each in self.those("waiting") if any(desk.calls(each) for desk in desks)]
        else:
            same = self.those("waiting") if ticket.for_counter else self.line(ticket)
            rivals = [each for each in same if each.for_counter == ticket.for_counter]
        return sum(each.order < ticket.order for each in rivals)

    def line(self, ticket: Ticket) -> list[Ticket]:
        """Return who waits for the same service and step."""
        same = (ticket.service, ticket.step)
        return [each for each in self.those("waiting") if (each.service, each.step) == same]

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
        if self.now - ticket.finished_at > QUARTER:
            behind = [each.turn_at for each in self.line(ticket)]
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
