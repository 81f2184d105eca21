"""What an officer can ask of check-in at a counter beside calling and finishing in turn."""

from dataclasses import dataclass

from contracts.hall import Step
from contracts.requests.checkin import CounterRequest, PresentTicketRequest
from contracts.words import CallReason, CounterNumber, PublicNote, TicketNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseCounter(CounterRequest):
    """Leave an open counter for a while: it calls nobody. Its ticket can still be finished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeCounter(CounterRequest):
    """Be back at a paused counter, which offers what it did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTicket(CounterRequest):
    """Call a waiting ticket out of its turn; `reason`, and `note` in the officer's words, are kept."""

    number: TicketNumber
    reason: CallReason
    note: PublicNote | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldTicket(PresentTicketRequest):
    """Put the counter's present ticket aside, until its person is back with what is missing."""

    reason: PublicNote | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeTicket(CounterRequest):
    """Have a held ticket before the counter again."""

    number: TicketNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferTicket(PresentTicketRequest):
    """Send the counter's present ticket to another counter, to another step of its journey, or to both.

    It keeps its turn. Sent to a counter, it is called by no other.
    """

    to_counter: CounterNumber | None = None
    to_step: Step | None = None
    reason: PublicNote | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTicket(CounterRequest):
    """Let a ticket to whose calls nobody came today wait again: its person stands at the counter.

    Within 15 minutes it keeps its turn; later it waits behind all who wait then.
    """

    number: TicketNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoLast(CounterRequest):
    """Undo what the counter did last with a ticket, within ten seconds, if nothing came of it since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseEmergency(CounterRequest):
    """Ask for help at a counter, open or not; asked twice it is asked once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearEmergency(CounterRequest):
    """Say that help came to a counter, or that none is needed."""
