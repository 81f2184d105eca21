"""Who is called next.

The earliest appointment first, then who was scanned first. So a person who comes early does not
overtake those whose hour it is. Who comes after their grace has the turn of those who come at that moment:
they overtake nobody whose hour it is. Who did not come when called, and is back, has the turn of the last
who waits.
The ticket's id decides between the rest, so that the order is the same wherever it is computed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from contracts.words import ServiceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A ticket that waits, as far as the order of calls goes."""

    ticket_id: str
    service: ServiceCode
    turn_at: datetime
    scanned_at: datetime


CALL_ORDER = ("turn_at", "scanned_at", "ticket_id")
"""The fields that decide, first to last."""


def turn_at(starts_at: datetime, *, arrived_at: datetime, is_late: bool) -> datetime:
    """Return the turn of who comes with a booking: its beginning, or for a late one the time of the scan."""
    return arrived_at if is_late else starts_at


def next_to_call(waiting: Sequence[Waiting], services: tuple[ServiceCode, ...]) -> Waiting | None:
    """Choose among those who wait for one of these services; None when nobody does."""
    offered = (ticket for ticket in waiting if ticket.service in services)
    return min(offered, key=attrgetter(*CALL_ORDER), default=None)
