"""A visit: what its booking and its ticket together say."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from contracts.ticket import Ticket
from contracts.words import PriorityClass, ServiceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A booking as far as check-in knows it.

    `version` is the booking's; 0 as long as nothing but the ticket is known: then there is no person
    and no name, and nobody knows whether they have a long way.
    """

    booking_id: str
    office: str
    service: ServiceCode
    priority: PriorityClass
    date: date
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    person_id: str | None
    display_name: str | None
    version: int
    is_far: bool = False


def visit_of_ticket(ticket: Ticket) -> Visit:
    """Return what a genuine ticket tells by itself."""
    return Visit(
        booking_id=ticket.booking_id,
        office=ticket.office,
        service=ticket.service,  # type: ignore[arg-type]  # our own signature vouches for the word
        priority=ticket.priority,  # type: ignore[arg-type]
        date=ticket.date,
        starts_at=ticket.starts_at,
        ends_at=ticket.starts_at + timedelta(minutes=ticket.minutes),
        cancelled=False,
        person_id=None,
        display_name=None,
        version=0,
    )


def newest_visit(known: Visit, ticket: Ticket) -> Visit:
    """Let the newer one say where and when: the booking as known, or a ticket signed after it."""
    if ticket.version <= known.version:
        return known
    told = visit_of_ticket(ticket)
    return replace(
        told,
        cancelled=known.cancelled,
        person_id=known.person_id,
        display_name=known.display_name,
        is_far=known.is_far and known.office == told.office,
    )
