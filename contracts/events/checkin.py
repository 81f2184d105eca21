"""What happens at the office: tickets arrive, counters open and call."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from contracts.events.base import Event
from contracts.hall import Step
from contracts.words import (
    Count,
    CounterNumber,
    CounterStanding,
    DisplayName,
    Instant,
    OfficeCode,
    PriorityClass,
    ServiceCode,
    TicketNumber,
    TicketOrigin,
    TicketState,
    VisitOutcome,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueTicketState(Event):
    """A ticket in the hall of one office.

    `ticket_id` is the booking's id; `person_id` and `display_name` are absent until the booking's own
    event has reached check-in. `calls` counts the first call and every recall since its person was last
    scanned, `no_shows` how often nobody came.

    `step` is where in `steps`, its whole journey, the visit is. `turn_at` decides the order of calls, the
    lowest first; `waiting_since` is when it began to wait for this step. `for_counter` is the only counter
    that may call it, where an officer sent it to one. A held ticket keeps the counter that held it.
    `outcome` is how a visit ended.
    """

    producer: ClassVar[str] = "checkin"

    ticket_id: str
    office: OfficeCode
    date: date
    number: TicketNumber
    service: ServiceCode
    priority: PriorityClass
    state: TicketState
    person_id: str | None
    display_name: DisplayName | None
    counter: CounterNumber | None
    calls: Count
    scanned_at: Instant
    called_at: Instant | None
    finished_at: Instant | None
    turn_at: Instant
    waiting_since: Instant
    no_shows: Count = 0
    step: Step = "service"
    steps: tuple[Step, ...] = ("service",)
    origin: TicketOrigin = "booking"
    for_counter: CounterNumber | None = None
    outcome: VisitOutcome | None = None

    @property
    def event_subject(self) -> str:
        """The ticket's id."""
        return self.ticket_id


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketScanned(QueueTicketState):
    """A ticket was admitted, or once more, and waits under its number; or its name became known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterCalled(QueueTicketState):
    """A counter asked a ticket to come; repeated for every recall."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketServed(QueueTicketState):
    """A counter finished with a ticket, and its visit is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketNoShow(QueueTicketState):
    """Nobody came to a counter that had called a ticket, and called it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketHeld(QueueTicketState):
    """A counter put a ticket aside, and is free; its person will be back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTransferred(QueueTicketState):
    """A ticket waits elsewhere: for the next step of its journey, or where an officer sent it.

    It was before a counter at `from_step` from its latest call, `from_called_at`, until `waiting_since`. Both
    are absent where it was before none: it waited for one counter, which closed.
    """

    from_step: Step | None = None
    from_called_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRestored(QueueTicketState):
    """An officer undid what was done last with a ticket: it stands as before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkInIssued(QueueTicketState):
    """Somebody without a booking was given a number, and waits under it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnNear(QueueTicketState):
    """A waiting ticket has `before` others before it: so few for the first time in this step.

    They have earlier turns, and a counter that calls it calls them too, for whatever service. A wake-up for
    its person: the ticket itself did not change, and keeps its version.
    """

    before: Count

    @property
    def event_subject(self) -> str:
        """Ticket and step, as `01a1…/documents`."""
        return f"{self.ticket_id}/{self.step}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterState(Event):
    """A counter of one office; a paused one has its officer and its ticket, and calls nobody.

    It calls for its `services` at its `steps`. Where help was asked for, `emergency_since` says from when.
    """

    producer: ClassVar[str] = "checkin"

    office: OfficeCode
    counter: CounterNumber
    state: CounterStanding
    services: tuple[ServiceCode, ...]
    steps: tuple[Step, ...] = ("service",)
    emergency_since: Instant | None = None

    @property
    def event_subject(self) -> str:
        """Office and counter, as `TRK/1`."""
        return f"{self.office}/{self.counter}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterOpened(CounterState):
    """An officer sat down at a counter, or is back at it, or changed what it offers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterClosed(CounterState):
    """An officer left a counter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterPaused(CounterState):
    """An officer is away from a counter for a while: it calls nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyRaised(CounterState):
    """Somebody at a counter needs help at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyCleared(CounterState):
    """Help came to a counter, or was not needed."""
