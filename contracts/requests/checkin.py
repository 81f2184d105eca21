"""What can be asked of check-in: scan a ticket, run a counter."""

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
    ServiceCode,
    TicketNumber,
    TicketState,
    TicketText,
    VisitOutcome,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """An admitted ticket: its number in the hall, and how many are before it, as `Turn` counts them.

    `is_back` says that it was called before, and nobody came: it waits again, behind all who waited then.
    `is_late` says that it came after the grace of its appointment: it waits behind those who are here.
    """

    ticket_id: str
    number: TicketNumber
    display_name: DisplayName | None
    service: ServiceCode
    scanned_at: Instant
    waiting_before: Count
    is_back: bool = False
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanTicket(Request[Admission]):
    """Admit a ticket at an office: `ticket` is the text of the QR code, or the booking code typed in.

    A ticket to whose call nobody came is admitted once more on its day.
    """

    service: ClassVar[str] = "checkin"
    result: ClassVar[type[Admission]] = Admission
    repeatable: ClassVar[bool] = False

    office: OfficeCode
    ticket: TicketText


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterTicket:
    """The ticket that a counter has before it; `absent_from` is from when `MarkNoShow` may be told of it."""

    ticket_id: str
    number: TicketNumber
    display_name: DisplayName | None
    service: ServiceCode
    state: TicketState
    calls: Count
    scanned_at: Instant
    called_at: Instant | None
    absent_from: Instant | None
    step: Step = "service"
    steps: tuple[Step, ...] = ("service",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A counter with its present ticket, and how many wait for what it offers.

    What was done last can be undone until `undo_until`; None when there is nothing to undo.
    """

    office: OfficeCode
    counter: CounterNumber
    state: CounterStanding
    services: tuple[ServiceCode, ...]
    ticket: CounterTicket | None
    waiting: Count
    steps: tuple[Step, ...] = ("service",)
    emergency_since: Instant | None = None
    undo_until: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterRequest(Request[Counter]):
    """A request about one counter; `officer` is who asks, kept for the record."""

    service: ClassVar[str] = "checkin"
    result: ClassVar[type[Counter]] = Counter
    repeatable: ClassVar[bool] = False

    office: OfficeCode
    counter: CounterNumber
    officer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCounter(CounterRequest):
    """Sit down at a counter and offer services at steps of their journeys; none named means all."""

    services: tuple[ServiceCode, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNext(CounterRequest):
    """Call the next waiting ticket. Refused while another ticket is still before the counter.

    A double click is one call: within two seconds the same officer is answered the ticket they called.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallTicket(CounterRequest):
    """Call the counter's present ticket once more; refused too soon after the call before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentTicketRequest(CounterRequest):
    """A request about the counter's present ticket: `ticket_id` is the one that is meant.

    Another one is refused, so what an officer asked with an old screen before them reaches nobody else. Where
    none is named, whichever is there is meant.
    """

    ticket_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishTicket(PresentTicketRequest):
    """Be done with the counter's present ticket.

    Where its step is `done`, it waits for the next one of its journey; with every other outcome, after the
    last step, and on a later day than its own, its visit is over.
    """

    outcome: VisitOutcome = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkNoShow(CounterRequest):
    """Be done with the counter's present ticket, because nobody came.

    Refused before it was called again, too soon after its first call, and when it is not the ticket that is
    meant: so the same request twice does not reach whom the counter called next.
    """

    ticket_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCounter(CounterRequest):
    """Leave a counter. Refused while a ticket is before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GetCounter(CounterRequest):
    """Read a counter as it is now."""

    repeatable: ClassVar[bool] = True
