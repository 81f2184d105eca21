"""What happens at the office: tickets arrive, counters open and call."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from contracts.events.base import Event
from contracts.words import (
    Count,
    CounterNumber,
    DisplayName,
    Instant,
    OfficeCode,
    PriorityClass,
    ServiceCode,
    TicketNumber,
    TicketState,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueTicketState(Event):
    """A ticket in the hall of one office.

    `ticket_id` is the booking's id; `person_id` and `display_name` are absent until the booking's own
    event has reached check-in. `calls` counts the first call and every recall since its person was last
    scanned, `no_shows` how often nobody came.
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
    no_shows: Count = 0

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
    """A counter finished with a ticket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketNoShow(QueueTicketState):
    """Nobody came to a counter that had called a ticket, and called it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterState(Event):
    """A counter of one office."""

    producer: ClassVar[str] = "checkin"

    office: OfficeCode
    counter: CounterNumber
    state: Literal["open", "closed"]
    services: tuple[ServiceCode, ...]

    @property
    def event_subject(self) -> str:
        """Office and counter, as `TRK/1`."""
        return f"{self.office}/{self.counter}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterOpened(CounterState):
    """An officer sat down at a counter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterClosed(CounterState):
    """An officer left a counter."""
