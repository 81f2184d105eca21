"""Which messages an event asks for: to whom, over which channels, how urgent, until when of use.

    booking:  SlotBooked ──▶ booking_confirmed        BookingCancelled ──▶ booking_cancelled
              BookingAffected ──▶ booking_affected    BookingReinstated ──▶ booking_reinstated
              BookingRescheduled ──▶ booking_rescheduled
    waitlist: WaitlistOffered ──▶ waitlist_offered
    ticket:   waiting ──▶ ticket_admitted ──▶ called ──▶ ticket_called (first call and one recall)

A message follows from the state that an event carries, not from the event's name, so a late or
repeated event asks for the same message again, and the store keeps one of each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal

from contracts.events.booking import (
    BookingAffected,
    BookingReinstated,
    BookingRescheduled,
    BookingState,
    WaitlistOffered,
)
from contracts.events.checkin import QueueTicketState
from contracts.words import Channel

Template = Literal[
    "booking_confirmed",
    "booking_cancelled",
    "booking_affected",
    "booking_reinstated",
    "booking_rescheduled",
    "booking_reminder",
    "waitlist_offered",
    "payment_due",
    "payment_expired",
    "hold_given_up",
    "payment_moved",
    "payment_credited",
    "payment_refund_due",
    "no_show_counted",
    "no_show_wait",
    "no_show_lifted",
    "home_visit_requested",
    "home_visit_scheduled",
    "home_visit_declined",
    "ticket_admitted",
    "ticket_called",
    "call_undone",
    "turn_near",
    "one_time_code",
    "account_exists",
    "account_claimed",
    "account_of_family",
    "recovery_code",
    "recovery_without_account",
    "contact_code",
    "contact_taken",
    "password_changed",
    "contact_changed",
]

CALLS_TOLD = 2
"""The first call and one recall; more would only make the phone of someone absent ring on."""

ADMISSION_OF_USE = timedelta(hours=2)
"""How long after the scan a person's number is still worth telling."""

IN_THE_HALL: tuple[Channel, ...] = ("whatsapp",)
"""Who stands in the hall looks at the phone, not into a mailbox."""

_TOLD_TO_STAND: tuple[Template, ...] = (
    *("booking_confirmed", "booking_rescheduled", "booking_reinstated"),
    "booking_reminder",
)
"""Who was told one of these last believes that the booking stands."""

_REPEATED: frozenset[Template] = frozenset({"booking_affected", "booking_reinstated", "booking_rescheduled"})
"""What may be told of a booking more than once."""

_BOTH: tuple[Channel, ...] = ("whatsapp", "email")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing to tell one person over one channel, before their address is known.

    `topic` is what it is about and `version` the topic's at that moment: a message with a higher
    version makes the older ones of its topic pointless. `occurrence` tells one call from the
    next. `facts` are what the text will need, in no language: codes, numbers, ISO times. The message
    is pointless where the last that its person was told of the topic is among `unless_last_told`: who
    never heard of an outage need not hear of its end. Where there are any in `only_after`, it is
    pointless too unless the last that was told is among those. One that is not `told` makes the older ones
    pointless, and no more. Where `send_at` is given it is not sent before.
    """

    topic: str
    version: int
    template: Template
    occurrence: int
    channel: Channel
    person_id: str
    office: str
    facts: Mapping[str, str | int]
    urgent: bool
    expires_at: datetime
    unless_last_told: tuple[Template, ...] = ()
    only_after: tuple[Template, ...] = ()
    told: bool = True
    send_at: datetime | None = None


def topic_of_booking(event: BookingState) -> str:
    """Name what is told of a booking: whatever is newer makes the rest pointless."""
    return f"booking/{event.booking_id}"


def of_booking(event: BookingState) -> tuple[Message, ...]:
    """Tell a person that a booking stands, has moved or is cancelled, or that its office will not work then.

    Of use until the slot is over. An office may close and open more than once, so each time counts.
    """
    template = _template_of(event)
    return tuple(
        Message(
            topic=topic_of_booking(event),
            version=event.version,
            template=template,
            occurrence=event.version if template in _REPEATED else 1,
            channel=channel,
            person_id=event.person_id,
            office=event.office,
            facts=facts_of_booking(event),
            urgent=False,
            expires_at=event.ends_at,
            unless_last_told=_TOLD_TO_STAND if template == "booking_reinstated" else (),
        )
        for channel in _BOTH
    )


def _template_of(event: BookingState) -> Template:
    if event.status == "cancelled":
        return "booking_cancelled"
    if isinstance(event, BookingAffected):
        return "booking_affected"
    if isinstance(event, BookingRescheduled):
        return "booking_rescheduled"
    return "booking_reinstated" if isinstance(event, BookingReinstated) else "booking_confirmed"


def facts_of_booking(event: BookingState) -> dict[str, str | int]:
    """Tell what the texts about a booking need."""
    facts: dict[str, str | int] = {
        "code": event.code,
        "service": event.service,
        "starts_at": event.starts_at.isoformat(),
    }
    if isinstance(event, BookingAffected):
        facts["cause"] = event.cause
        facts["note"] = event.note or ""
    if isinstance(event, BookingRescheduled):
        facts["previous_starts_at"] = event.previous_starts_at.isoformat()
    return facts


def of_offer(event: WaitlistOffered) -> tuple[Message, ...]:
    """Tell who waits for a place that one is kept for them; of use until the offer ends."""
    return tuple(
        Message(
            topic=f"waitlist/{event.entry_id}",
            version=event.version,
            template="waitlist_offered",
            occurrence=1,
            channel=channel,
            person_id=event.person_id,
            office=event.office,
            facts={
                "service": event.service,
                "starts_at": event.starts_at.isoformat(),
                "offer_ends_at": event.offer_ends_at.isoformat(),
            },
            urgent=False,
            expires_at=event.offer_ends_at,
        )
        for channel in _BOTH
    )


def of_ticket(event: QueueTicketState, *, call_of_use: timedelta) -> tuple[Message, ...]:
    """Tell a person their number, or that a counter calls them; anew where they wait again after a no-show.

    Anew too on the day to which a booking was moved, at another counter, and after a call that was undone.
    No message as long as check-in does not know whose ticket it is, from the third call on, and
    when the ticket is served. A call is of use for `call_of_use`.
    """
    if event.person_id is None:
        return ()
    if event.state == "waiting":
        until, occurrence = event.scanned_at + ADMISSION_OF_USE, event.no_shows + 1
        return _in_the_hall(event, event.person_id, until=until, occurrence=occurrence)
    if event.state == "called" and event.called_at is not None and event.calls <= CALLS_TOLD:
        until, occurrence = event.called_at + call_of_use, _moment_of_call(event, event.called_at)
        return _in_the_hall(event, event.person_id, until=until, occurrence=occurrence)
    return ()


def topic_of_ticket(event: QueueTicketState) -> str:
    """Name a ticket's day in the hall: a booking that is moved comes again, under another number."""
    return f"ticket/{event.ticket_id}/{event.date}"


def _moment_of_call(event: QueueTicketState, called_at: datetime) -> int:
    """Tell the calls of a day apart, also those at one step: in milliseconds since the day before in UTC."""
    before = datetime.combine(event.date, time(tzinfo=UTC)) - timedelta(days=1)
    return (called_at - before) // timedelta(milliseconds=1)


def _in_the_hall(
    event: QueueTicketState, person_id: str, *, until: datetime, occurrence: int
) -> tuple[Message, ...]:
    called = event.state == "called"
    facts: dict[str, str | int] = {"number": event.number, "service": event.service}
    if event.counter is not None:
        facts["counter"] = event.counter
    return tuple(
        Message(
            topic=topic_of_ticket(event),
            version=event.version,
            template="ticket_called" if called else "ticket_admitted",
            occurrence=occurrence,
            channel=channel,
            person_id=person_id,
            office=event.office,
            facts=facts,
            urgent=called,
            expires_at=until,
        )
        for channel in IN_THE_HALL
    )
