"""What can be asked of check-in: scan a ticket, run a counter."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from contracts.events.checkin import QueueTicketState
from contracts.requests.base import Request
from contracts.words import (
    Count,
    CounterNumber,
    DisplayName,
    Instant,
    OfficeCode,
    ServiceCode,
    TicketNumber,
    TicketState,
    TicketText,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """An admitted ticket: its number in the hall, and how many wait before it.

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

    @classmethod
    def of(cls, ticket: QueueTicketState, *, absent_from: datetime | None) -> "CounterTicket":
        """Take what a counter needs from the ticket's whole state."""
        return cls(
            ticket_id=ticket.ticket_id,
            number=ticket.number,
            display_name=ticket.display_name,
            service=ticket.service,
            state=ticket.state,
            calls=ticket.calls,
            scanned_at=ticket.scanned_at,
            called_at=ticket.called_at,
            absent_from=absent_from,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A counter with its present ticket, and how many wait for the services it offers."""

    office: OfficeCode
    counter: CounterNumber
    state: Literal["open", "closed"]
    services: tuple[ServiceCode, ...]
    ticket: CounterTicket | None
    waiting: Count


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
    """Sit down at a counter and offer services; none named means all of the office's."""

    services: tuple[ServiceCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNext(CounterRequest):
    """Call the next waiting ticket. Refused while another ticket is still before the counter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallTicket(CounterRequest):
    """Call the counter's present ticket once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishTicket(CounterRequest):
    """Be done with the counter's present ticket."""


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
