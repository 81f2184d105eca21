"""Check-in at work in a test: use cases on a real database, with keys, citizens and a clock of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import pytest
from uuid_utils import uuid7

from chassis.database import Database, Transaction
from contracts.envelope import enclose
from contracts.events import (
    BookingCancelled,
    BookingRescheduled,
    Event,
    HallNameChanged,
    OfficeChanged,
    SlotBooked,
)
from contracts.events.booking import BookingState
from contracts.hall import HallRules, Step
from contracts.keys import SigningKey
from contracts.refusals import Refused
from contracts.requests import checkin as contract
from contracts.ticket import Ticket, TicketSigner, TicketVerifier
from contracts.trace import new_traceparent
from contracts.words import ServiceCode, VisitOutcome
from services.checkin import handlers
from services.checkin.domain.absence import PATIENCE, RECALL_AFTER

R = TypeVar("R")
C = TypeVar("C", bound=contract.CounterRequest)

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""Noon of TODAY in Tarakan (UTC+8)."""

KEY = SigningKey.generate("test")
SIGNER = TicketSigner(KEY)
VERIFIER = TicketVerifier(KEY.public())

TARAKAN = OfficeChanged(
    version=1,
    office="TRK",
    name="Kantor Imigrasi Tarakan",
    office_class="II",
    city="Tarakan",
    province="Kalimantan Utara",
    timezone="Asia/Makassar",
    status="pilot",
    services=("new", "renewal", "collection"),
    counters=3,
    hall=HallRules(early_minutes=480),
)
"""Its hall is open to who comes many hours early, so that a test may let people come in any order."""


def booking(
    *,
    name: str = "Pak Andi",
    service: ServiceCode = "new",
    starts_at: datetime = NOON,
    code: str | None = None,
    **changes: Any,
) -> SlotBooked:
    """Make a citizen's booking in Tarakan for TODAY, unless changed."""
    booking_id = str(uuid7())
    booked = SlotBooked(
        version=1,
        booking_id=booking_id,
        code=code or f"TRK-{_crockford(booking_id)}",
        person_id=str(uuid7()),
        display_name=name,
        office="TRK",
        service=service,
        priority="regular",
        date=TODAY,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        status="booked",
    )
    return replace(booked, **changes)


def cancelled(booked: BookingState, *, version: int = 2) -> BookingCancelled:
    """Give a booking up."""
    told = {field.name: getattr(booked, field.name) for field in fields(booked)}
    return BookingCancelled(**{**told, "status": "cancelled", "version": version})


def rescheduled(booked: BookingState, starts_at: datetime, *, version: int = 2) -> BookingRescheduled:
    """Move a booking to another day of Tarakan's."""
    told = {field.name: getattr(booked, field.name) for field in fields(booked)}
    when = {"date": starts_at.date(), "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
    before = {"previous_date": booked.date, "previous_starts_at": booked.starts_at}
    return BookingRescheduled(**{**told, **when, **before, "version": version})


def renamed(booked: BookingState, name: str | None, *, version: int = 2) -> HallNameChanged:
    """Let the hall show a booking's person in another way."""
    told = {field.name: getattr(booked, field.name) for field in fields(booked)}
    return HallNameChanged(**{**told, "display_name": name, "version": version})


def ticket(booked: BookingState, *, signer: TicketSigner = SIGNER, **changes: Any) -> str:
    """Return the text of a booking's QR code."""
    told = Ticket(
        booking_id=booked.booking_id,
        office=booked.office,
        date=booked.date,
        starts_at=booked.starts_at,
        minutes=60,
        service=booked.service,
        priority=booked.priority,
        version=booked.version,
        expires_at=booked.ends_at + timedelta(hours=8),
    )
    return signer.sign(replace(told, **changes))


def scan_ticket(tx: Transaction, command: contract.ScanTicket) -> contract.Admission:
    """Scan one ticket. Raises what it is refused for."""
    (outcome,) = handlers.scan_tickets(tx, [command], verifier=VERIFIER)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


@dataclass
class Hall:
    """The hall of Tarakan; `heard` holds every event that check-in said, in order."""

    database: Database
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.heard: list[Event] = []

    def do(self, use_case: Callable[[Transaction], R], *, now: datetime | None = None) -> R:
        """Run a use case in a transaction of its own, a second after the one before."""
        self.now = now or self.now + timedelta(seconds=1)
        with self.database.transaction(now=self.now) as tx:
            answer = use_case(tx)
        self.heard += tx.emitted
        return answer

    def hear(self, *events: Event, now: datetime | None = None) -> None:
        """Let check-in have events of booking."""
        for event in events:
            if isinstance(event, OfficeChanged):
                self.do(lambda tx, office=event: handlers.remember_office(tx, office), now=now)  # type: ignore[misc]
            elif isinstance(event, BookingState):
                self.hear_together(event, now=now)

    def hear_together(self, *events: BookingState, now: datetime | None = None) -> None:
        """Let check-in have events of booking in one transaction."""
        heard = [enclose(event, now=self.now, traceparent=new_traceparent()) for event in events]
        self.do(lambda tx: handlers.remember_bookings(tx, heard), now=now)

    def scan(self, text: str, *, office: str = "TRK", now: datetime | None = None) -> contract.Admission:
        """Hold a ticket to the reader of an office."""
        command = contract.ScanTicket(office=office, ticket=text)
        return self.do(lambda tx: scan_ticket(tx, command), now=now)

    def scan_together(self, *texts: str) -> Sequence[contract.Admission | Refused]:
        """Hold tickets to readers of Tarakan at the same moment."""
        commands = [contract.ScanTicket(office="TRK", ticket=text) for text in texts]
        return self.do(lambda tx: handlers.scan_tickets(tx, commands, verifier=VERIFIER))

    def arrive(self, *, now: datetime | None = None, **booked: Any) -> contract.Admission:
        """Let a citizen with a booking come in."""
        coming = booking(**booked)
        self.hear(coming, now=now)
        return self.scan(ticket(coming), now=now)

    def open(
        self, counter: int = 1, *services: ServiceCode, office: str = "TRK", steps: tuple[Step, ...] = ()
    ) -> contract.Counter:
        """Sit down at a counter."""
        command = contract.OpenCounter(
            office=office, counter=counter, officer="officer", services=services, steps=steps
        )
        return self.do(lambda tx: handlers.open_counter(tx, command))

    def call(self, counter: int = 1, *, now: datetime | None = None) -> contract.Counter:
        """Call the next ticket."""
        command = contract.CallNext(office="TRK", counter=counter, officer="officer")
        return self.do(lambda tx: handlers.call_next(tx, command), now=now)

    def recall(self, counter: int = 1, *, after: timedelta = RECALL_AFTER) -> contract.Counter:
        """Call the present ticket once more, after a while."""
        command = contract.RecallTicket(office="TRK", counter=counter, officer="officer")
        return self.do(lambda tx: handlers.recall_ticket(tx, command), now=self.now + after)

    def finish(
        self, counter: int = 1, *, outcome: VisitOutcome = "done", now: datetime | None = None
    ) -> contract.Counter:
        """Be done with the present ticket."""
        command = contract.FinishTicket(office="TRK", counter=counter, officer="officer", outcome=outcome)
        return self.do(lambda tx: handlers.finish_ticket(tx, command), now=now)

    def no_show(
        self, counter: int = 1, *, ticket_id: str | None = None, after: timedelta = PATIENCE
    ) -> contract.Counter:
        """Say, after a while, that nobody came: whose ticket is there, unless another is named."""
        present = self.look(counter).ticket
        meant = ticket_id or ("" if present is None else present.ticket_id)
        command = contract.MarkNoShow(office="TRK", counter=counter, officer="officer", ticket_id=meant)
        return self.do(lambda tx: handlers.mark_no_show(tx, command), now=self.now + after)

    def close(self, counter: int = 1) -> contract.Counter:
        """Leave a counter."""
        command = contract.CloseCounter(office="TRK", counter=counter, officer="officer")
        return self.do(lambda tx: handlers.close_counter(tx, command))

    def look(self, counter: int = 1, *, office: str = "TRK") -> contract.Counter:
        """Read a counter."""
        query = contract.GetCounter(office=office, counter=counter, officer="officer")
        return self.do(lambda tx: handlers.get_counter(tx, query))

    def at(
        self, use_case: Callable[[Transaction, C], R], command: type[C], counter: int = 1, **told: Any
    ) -> R:
        """Have something else done at a counter."""
        asked = command(office="TRK", counter=counter, officer="officer", **told)
        return self.do(lambda tx: use_case(tx, asked))

    def said(self) -> Sequence[Event]:
        """Return what check-in said since the last look, and forget it."""
        said, self.heard = self.heard, []
        return said


def _crockford(booking_id: str) -> str:
    number = int(booking_id.replace("-", ""), 16)
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    return "".join(alphabet[number >> (5 * place) & 31] for place in range(6))


def refusal(hall: Hall, text: str, *, now: datetime | None = None) -> Refused:
    """Scan what is not admitted, and return why not; nothing may be said of it."""
    said_before = list(hall.heard)
    with pytest.raises(Refused) as refused:
        hall.scan(text, now=now)
    assert hall.heard == said_before
    return refused.value
