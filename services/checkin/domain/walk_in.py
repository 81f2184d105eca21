"""People without a booking: the places of a day that are for them, and whether one is left.

Booking says how many there are; each ticket that is issued takes one, whatever becomes of it. A place is not
tied to an hour: what nobody took in the morning is there for the afternoon.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from contracts.words import DisplayName, PriorityClass, ServiceCode
from services.checkin.errors import WalkInFull

_REQUESTS: Final = UUID("6a1f2c74-9d1e-5b55-8f43-2f7d2c1b90aa")
"""The name space (RFC 9562, version 5) in which requests of kiosks become tickets' ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkIn:
    """Somebody without a booking, as they ask for a number."""

    ticket_id: str
    office: str
    date: date
    service: ServiceCode
    priority: PriorityClass
    display_name: DisplayName | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkInDay:
    """A day's places for who walks in, and how many of them are gone, service by service.

    At `closes_at` the last appointment of the day ends; None where that was not told.
    """

    places: Mapping[ServiceCode, int]
    issued: Mapping[ServiceCode, int]
    closes_at: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        """Tell whether nobody is given a number any more: who would serve them goes home."""
        return self.closes_at is not None and now >= self.closes_at

    def left(self, service: ServiceCode) -> int:
        """Count the places that are left; there may be fewer than were issued, when the plan was changed."""
        return max(0, self.places.get(service, 0) - self.issued.get(service, 0))

    def require_place(self, service: ServiceCode) -> None:
        """Raise WalkInFull where none is left."""
        if self.left(service) == 0:
            raise WalkInFull(service=service, places=self.places.get(service, 0))


def walk_in_ticket_id(*, office: str, day: date, request_id: str) -> str:
    """Name the ticket of a request: the same one for the same request, and never a booking's id."""
    return str(uuid5(_REQUESTS, f"{office}/{day}/{request_id}"))
