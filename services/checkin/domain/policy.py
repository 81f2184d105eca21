"""Who is called next: the only place where this is decided.

One number, `turn_at`, gives each ticket its turn, and it keeps it through all steps of its journey:

    appointment   the beginning of the appointment: who comes early overtakes nobody
    late          the time of the scan, for who came after their grace
    walk_in       the time of issue and 15 minutes
    priority      15 minutes less: nobody is overtaken by more than that, so nobody starves
    returned      who did not come when called, and is back later than 15 minutes after, has the turn of
                  the last who waits; who is back sooner keeps theirs

Between equals the first who was scanned is first, then the ticket's id decides: so the order is the same
wherever it is computed. A ticket that was sent to one counter is called by no other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Final

from contracts.hall import Step
from contracts.words import PriorityClass, ServiceCode, TicketOrigin, TurnRule

WALK_IN_BEHIND: Final = timedelta(minutes=15)
PRIORITY_AHEAD: Final = timedelta(minutes=15)
TURN_KEPT: Final = timedelta(minutes=15)
"""How long after nobody came a ticket is back under the turn it had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """When a ticket's turn is, and by which rules: the first one gave it, the others moved it."""

    turn_at: datetime
    rules: tuple[TurnRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A ticket that waits, as far as the order of calls goes."""

    ticket_id: str
    service: ServiceCode
    turn_at: datetime
    scanned_at: datetime
    step: Step = "service"
    for_counter: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a counter calls for."""

    counter: int
    services: tuple[ServiceCode, ...]
    steps: tuple[Step, ...]


CALL_ORDER: Final = ("turn_at", "scanned_at", "ticket_id")
"""The fields that decide, first to last."""


def turn_of(
    *,
    origin: TicketOrigin,
    starts_at: datetime,
    arrived_at: datetime,
    is_late: bool = False,
    priority: PriorityClass = "regular",
) -> Turn:
    """Give a ticket its turn as it comes in; of a walk-in `starts_at` says nothing."""
    if origin == "walk_in":
        turn = Turn(turn_at=arrived_at + WALK_IN_BEHIND, rules=("walk_in",))
    elif is_late:
        turn = Turn(turn_at=arrived_at, rules=("late",))
    else:
        turn = Turn(turn_at=starts_at, rules=("appointment",))
    if priority == "regular":
        return turn
    return Turn(turn_at=turn.turn_at - PRIORITY_AHEAD, rules=(*turn.rules, "priority"))


def keeps_turn(*, no_show_at: datetime, now: datetime) -> bool:
    """Tell whether who did not come when called is back soon enough to keep their turn."""
    return now - no_show_at <= TURN_KEPT


def behind_all(turn: Turn, *, last_turn_at: datetime | None) -> Turn:
    """Give a ticket that is back too late the turn of the last who waits, if that is later than its own."""
    rules = (*(rule for rule in turn.rules if rule != "returned"), "returned")
    return Turn(turn_at=max(turn.turn_at, last_turn_at or turn.turn_at), rules=rules)  # type: ignore[arg-type]


def is_called_by(ticket: Waiting, offer: Offer) -> bool:
    """Tell whether a counter that offers this calls the ticket."""
    if ticket.for_counter is not None:
        return ticket.for_counter == offer.counter
    return ticket.service in offer.services and ticket.step in offer.steps


def is_before(other: Waiting, ticket: Waiting, offers: Iterable[Offer]) -> bool:
    """Tell whether somebody who waits is before a ticket, with the open counters offering this.

    Their turn is earlier, and one of the counters that call the ticket calls them too: it calls them first. A
    ticket that no open counter calls is behind those who wait for the same service and step, or were sent
    to the same counter.
    """
    order = attrgetter(*CALL_ORDER)
    if not order(other) < order(ticket):
        return False
    calling = [offer for offer in offers if is_called_by(ticket, offer)]
    if calling:
        return any(is_called_by(other, offer) for offer in calling)
    if ticket.for_counter is not None or other.for_counter is not None:
        return other.for_counter == ticket.for_counter
    return (other.service, other.step) == (ticket.service, ticket.step)


def next_to_call(waiting: Iterable[Waiting], offer: Offer) -> Waiting | None:
    """Choose whom a counter calls; None when nobody waits for what it offers."""
    called = (ticket for ticket in waiting if is_called_by(ticket, offer))
    return min(called, key=attrgetter(*CALL_ORDER), default=None)
