"""A ticket is held to the reader: what comes of it.

    genuine? ──▶ not given up? ──▶ this office? ──▶ today? ──▶ not here yet? ──▶ early or late? ──▶ admitted
    ticket_      booking_          ticket_          ticket_    already_scanned   too_early
    tampered,    cancelled         other_office     other_day  already_called    too_late
    ticket_                                                    visit_over
    expired                                                    absent_again

Nobody is sent to another office, or home until another day, with a booking that was given up. One that is
given up while its person is in the hall counts there: they are before a counter soon.

It takes the ticket's own words, the office's own list and the clock, and asks nobody: so an office without a
line decides the same.

                 early_minutes           the appointment                grace
    ── too_early ──────┼──────── in time ──┼─────────────┼──── in time ───┼──── late: behind, or too_late ──▶
                                       starts_at      ends_at

The grace runs from the end of the appointment: "09.00-10.00" on a ticket is a promise, and a place of an hour
that runs already is sold until it ends.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from contracts import ticket as ticket_token
from contracts.hall import HallRules, Step
from contracts.ticket import Ticket, TicketVerifier
from contracts.words import TicketState
from services.checkin.domain.absence import MOST_RETURNS
from services.checkin.domain.office import Office
from services.checkin.domain.policy import Turn
from services.checkin.domain.visit import Visit
from services.checkin.errors import (
    AbsentAgain,
    AlreadyCalled,
    AlreadyScanned,
    CancelledBooking,
    ExpiredTicket,
    OtherDay,
    OtherOffice,
    TamperedTicket,
    TooEarly,
    TooLate,
    VisitOver,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """A ticket that is in the hall on the day of its visit, or was; `counter` is who called it."""

    number: str
    state: TicketState
    counter: int | None = None
    waiting_before: int = 0
    no_shows: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """May come in: `is_back` under the number of before, `is_late` behind those who wait."""

    is_back: bool = False
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Who comes in: whose turn is when, and what they come for; `is_late` behind those who wait.

    `was_left_behind` of a booking that was moved: its ticket waited on a day that is over.
    """

    visit: Visit
    turn: Turn
    steps: tuple[Step, ...]
    is_late: bool
    was_left_behind: bool


def read_ticket(text: str, verifier: TicketVerifier, *, now: datetime) -> Ticket:
    """Return what a genuine ticket says. Raises TamperedTicket, ExpiredTicket."""
    try:
        return verifier.verify(text, now=now)
    except ticket_token.TicketTampered as reason:
        raise TamperedTicket from reason
    except ticket_token.TicketExpired as reason:
        raise ExpiredTicket from reason


def decide(
    visit: Visit, presence: Presence | None, *, here: Office, booked_office: Office | None, now: datetime
) -> Admitted:
    """Admit a visit that is for this office now, or raise the first reason why not, as drawn above.

    `booked_office` is the visit's own office, where it is known: who stands in the wrong hall is told which.
    """
    is_here = presence is not None and presence.state != "no_show"
    if visit.cancelled and not is_here:
        raise CancelledBooking
    _require_here_today(visit, here, booked_office, now)
    if presence is not None and is_here:
        _refuse_present(presence)
    if presence is not None:
        if presence.no_shows > MOST_RETURNS:
            raise AbsentAgain(number=presence.number)
        return Admitted(is_back=True)
    return Admitted(is_late=_is_late(visit, here, now))


def _require_here_today(visit: Visit, here: Office, booked_office: Office | None, now: datetime) -> None:
    if visit.office != here.code:
        raise OtherOffice(
            office=visit.office,
            office_name=None if booked_office is None else booked_office.name,
            distance_km=None if booked_office is None else here.distance_km(booked_office),
        )
    if visit.date != here.today(now):
        raise OtherDay(
            date=visit.date.isoformat(), starts_at=here.clock(visit.starts_at), is_past=visit.starts_at < now
        )


def _refuse_present(presence: Presence) -> None:
    match presence.state:
        case "called":
            raise AlreadyCalled(number=presence.number, counter=presence.counter)
        case "served":
            raise VisitOver(number=presence.number)
        case _:
            raise AlreadyScanned(number=presence.number, waiting_before=presence.waiting_before)


def _is_late(visit: Visit, here: Office, now: datetime) -> bool:
    """Tell who comes after their grace. Raises TooEarly, and TooLate where the office admits no late ones."""
    come_back_at = visit.starts_at - timedelta(minutes=here.hall.early_minutes)
    if now < come_back_at:
        raise TooEarly(come_back_at=here.clock(come_back_at), starts_at=here.clock(visit.starts_at))
    if now <= visit.ends_at + _grace(here.hall, is_far=visit.is_far):
        return False
    if here.hall.late == "refused":
        raise TooLate(starts_at=here.clock(visit.starts_at), ends_at=here.clock(visit.ends_at))
    return True


def _grace(rules: HallRules, *, is_far: bool) -> timedelta:
    """A long way never makes the grace shorter, whatever an office wrote."""
    minutes = max(rules.grace_minutes, rules.far_grace_minutes) if is_far else rules.grace_minutes
    return timedelta(minutes=minutes)
