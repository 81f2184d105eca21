"""What can be asked of check-in about a whole office floor, and about one's place in it."""

from dataclasses import dataclass
from typing import ClassVar

from contracts.hall import Step
from contracts.requests.base import Request
from contracts.words import (
    Count,
    CounterNumber,
    CounterStanding,
    DisplayName,
    Instant,
    OfficeCode,
    PriorityClass,
    PublicNote,
    ServiceCode,
    TicketNumber,
    TicketOrigin,
    TicketState,
    TurnRule,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorTicket:
    """A ticket on the floor; `goal_minutes` is how long serving it at its step is to take at most.

    `begun_at` is its first call at this step, `called_at` its last one. `note` says why it is held.
    """

    ticket_id: str
    number: TicketNumber
    display_name: DisplayName | None
    service: ServiceCode
    step: Step
    steps: tuple[Step, ...]
    goal_minutes: Count
    priority: PriorityClass
    origin: TicketOrigin
    state: TicketState
    counter: CounterNumber | None
    for_counter: CounterNumber | None
    calls: Count
    turn_at: Instant
    waiting_since: Instant
    begun_at: Instant | None
    called_at: Instant | None
    finished_at: Instant | None
    note: PublicNote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorCounter:
    """A counter on the floor, with the ticket that is before it; one that was never opened is closed."""

    counter: CounterNumber
    state: CounterStanding
    services: tuple[ServiceCode, ...]
    steps: tuple[Step, ...]
    officer: str | None
    emergency_since: Instant | None
    ticket: FloorTicket | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """An office's floor as it is now: `waiting` in the order of calls, `absent` today's no-shows."""

    office: OfficeCode
    counters: tuple[FloorCounter, ...]
    waiting: tuple[FloorTicket, ...]
    held: tuple[FloorTicket, ...]
    absent: tuple[FloorTicket, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GetFloor(Request[Floor]):
    """Read an office's floor."""

    service: ClassVar[str] = "checkin"
    result: ClassVar[type[Floor]] = Floor

    office: OfficeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """How many are before a ticket by a rule: the last one that moved their turn."""

    rule: TurnRule
    tickets: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Why a ticket is where it is in line: anybody may ask about any number, so not what moved its own turn.

    `place` is one more than how many are before it: who has an earlier turn, and is called by an open counter
    that calls it too, for whatever service. Where no open counter calls it, those are before it who wait for
    the same service and step, or were sent to the same counter. `place` is None when the ticket does not
    wait. `counters` is how many open counters call for it.
    """

    number: TicketNumber
    service: ServiceCode
    state: TicketState
    step: Step
    steps: tuple[Step, ...]
    counter: CounterNumber | None
    place: Count | None
    before: tuple[Before, ...]
    counters: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainTurn(Request[Turn]):
    """Ask why a ticket of today is not called yet."""

    service: ClassVar[str] = "checkin"
    result: ClassVar[type[Turn]] = Turn

    office: OfficeCode
    number: TicketNumber
