"""What happens on the hall boards."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from contracts.events.base import Event
from contracts.words import (
    Count,
    CounterNumber,
    CounterStanding,
    DisplayName,
    Instant,
    OfficeCode,
    OutageCause,
    PersonName,
    PublicNote,
    TicketNumber,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCall:
    """One call as the hall sees it: its number is one ticket's on that day.

    Calls of a day are told apart by `number` and `called_at`. `calls` is 1 for the first call and grows with
    every recall; it begins anew at each step, and after a transfer, a hold or an undo.
    """

    number: TicketNumber
    display_name: DisplayName | None
    counter: CounterNumber
    called_at: Instant
    calls: Count
    state: Literal["called", "served"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCounter:
    """One counter as the hall sees it, with the number it serves now; a paused one calls nobody."""

    counter: CounterNumber
    state: CounterStanding
    number: TicketNumber | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardNotice:
    """Hours of a date at which the office does not work, though people could book them."""

    date: date
    begins_at: Instant
    ends_at: Instant
    cause: OutageCause
    note: PublicNote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardChanged(Event):
    """The whole hall board of one office after a change.

    Not durable: a wake-up. Who misses one gets the same state with the next, or asks for the board.
    `calls` holds the latest calls of the day, newest first, one for each ticket, at most eight.
    `notices` tells of today and the week after, soonest first, at most three; one that is over is no more.
    """

    producer: ClassVar[str] = "display"
    schema_version: ClassVar[int] = 2
    durable: ClassVar[bool] = False

    office: OfficeCode
    name: PersonName
    timezone: str
    date: date
    waiting: Count
    served: Count
    counters: tuple[BoardCounter, ...]
    calls: tuple[BoardCall, ...]
    changed_at: Instant
    notices: tuple[BoardNotice, ...] = ()

    @property
    def event_subject(self) -> str:
        """The office's code."""
        return self.office
