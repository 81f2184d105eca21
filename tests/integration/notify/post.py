"""Notify's use cases with a clock that tests move, delivering to the sandbox."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import uuid_utils
from sqlalchemy import text

from chassis.database import Database, Transaction
from contracts.envelope import decode_together, enclose
from contracts.events import Event, NoShowCounted, RefundDue, TicketRestored, TurnNear, WaitlistOffered
from contracts.events.booking import BookingState
from contracts.events.checkin import QueueTicketState
from contracts.events.home_visit import HomeVisitState
from contracts.events.payment import PaymentState
from services.notify import handlers
from services.notify.delivery import Delivery
from services.notify.domain.retries import RetryPolicy
from tests.integration.sandbox.provider import Sandbox
from tests.unit.notify.samples import NOW, contact_changed, office_changed

CALL_OF_USE = timedelta(minutes=5)
LEASE_SECONDS = 60
MOST_LOST = 2


@dataclass(kw_only=True)
class Post:
    """One notify; `now` stands still until a test moves it."""

    database: Database
    sandbox: Sandbox
    phone: str
    mailbox: str
    now: datetime = field(default=NOW)

    def transaction(self, **context: Any) -> AbstractContextManager[Transaction]:
        """Open a transaction at the present time."""
        return self.database.transaction(now=self.now, **context)

    def know_office(self, **changes: Any) -> None:
        """Hear of the office."""
        with self.transaction() as tx:
            handlers.remember_office(tx, office_changed(**changes))

    def know_contact(self, **changes: Any) -> None:
        """Hear of the person's contact."""
        with self.transaction() as tx:
            handlers.remember_contact(
                tx, contact_changed(**{"phone": self.phone, "email": self.mailbox, **changes})
            )

    def hear(self, *events: Event) -> None:
        """Hear of events, each in its own transaction."""
        for event in events:
            with self.transaction() as tx:
                tell(tx, event)

    def hear_together(self, *events: Event) -> None:
        """Hear of events in one transaction."""
        with self.transaction() as tx:
            tell(tx, *events)

    def look_after(self) -> None:
        """Do what the clock does every second."""
        with self.transaction() as tx:
            handlers.look_after_messages(tx, most_lost=MOST_LOST)

    def delivery(self, **changes: Any) -> Delivery:
        """Return what sends, pointed at the sandbox."""
        parts: dict[str, Any] = {
            "transactions": self.transaction,
            "outlets": {"whatsapp": self.sandbox.whatsapp(), "email": self.sandbox.smtp()},
            "retries": RetryPolicy(),
            "lease_seconds": LEASE_SECONDS,
            "most_lost": MOST_LOST,
            "public_url": "https://antrean.example",
            "chance": lambda: 0.999,
        }
        return Delivery(**{**parts, **changes})

    def deliver(self) -> int:
        """Send everything that is due and return how many messages were tried."""
        delivery = self.delivery()
        tried = 0
        for channel in delivery.outlets:
            while delivery.deliver_next(channel):
                tried += 1
        return tried

    def statuses(self) -> dict[tuple[str, str, int], str]:
        """Return each message's status by template, channel and occurrence."""
        rows = self.rows()
        return {(row["template"], row["channel"], row["occurrence"]): row["status"] for row in rows}

    def rows(self) -> list[dict[str, Any]]:
        """Return all messages in the order they were asked for."""
        with self.database.engine.connect() as connection:
            return [
                dict(row) for row in connection.execute(text("SELECT * FROM message ORDER BY id")).mappings()
            ]

    def told(self) -> list[Event]:
        """Return the events that notify sent out."""
        with self.database.engine.connect() as connection:
            return [
                envelope.data
                for row in connection.execute(text("SELECT body FROM outbox ORDER BY id"))
                for envelope in decode_together(row.body)
            ]


_TOLD: dict[type[Event], Callable[..., object]] = {
    BookingState: handlers.tell_of_bookings,
    PaymentState: handlers.tell_of_payments,
    RefundDue: handlers.tell_of_refunds,
    TurnNear: handlers.tell_of_near_turns,
    TicketRestored: partial(handlers.tell_of_undone_calls, call_of_use=CALL_OF_USE),
    QueueTicketState: partial(handlers.tell_of_tickets, call_of_use=CALL_OF_USE),
    WaitlistOffered: handlers.tell_of_offers,
    NoShowCounted: handlers.tell_of_no_shows,
    HomeVisitState: handlers.tell_of_home_visits,
}


def new_id() -> str:
    """Make a message's id."""
    return str(uuid_utils.uuid7())


def tell(tx: Transaction, *events: Event) -> None:
    """Let notify handle events that share a transaction, all of one kind."""
    heard: list[Any] = [
        enclose(event, now=tx.now, traceparent=tx.traceparent, causation_id=tx.causation_id)
        for event in events
    ]
    use_case = next(use_case for kind, use_case in _TOLD.items() if isinstance(events[0], kind))
    use_case(tx, heard, new_id=new_id)
