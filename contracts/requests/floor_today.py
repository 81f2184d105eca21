"""What an office's head can ask of check-in about the day so far."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from contracts.hall import Step
from contracts.requests.base import Request
from contracts.words import (
    CallReason,
    Count,
    CounterNumber,
    Instant,
    OfficeCode,
    PublicNote,
    ServiceCode,
    TicketNumber,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepToday:
    """How long counters took for a service's step: `late` of `done` took longer than its goal."""

    service: ServiceCode
    step: Step
    goal_minutes: Count
    done: Count
    late: Count
    longest_minutes: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOutOfTurn:
    """A ticket that was called before those who were before it, by whom and why."""

    number: TicketNumber
    counter: CounterNumber
    officer: str
    called_at: Instant
    reason: CallReason
    note: PublicNote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """An office's day so far: `served` visits are over; `choices` are newest first."""

    office: OfficeCode
    date: date
    served: Count
    steps: tuple[StepToday, ...]
    choices: tuple[CallOutOfTurn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GetToday(Request[Today]):
    """Read what an office's counters did today."""

    service: ClassVar[str] = "checkin"
    result: ClassVar[type[Today]] = Today

    office: OfficeCode
