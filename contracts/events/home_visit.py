"""What happens to requests for a visit at home.

That somebody asks for one tells of their health, so these travel on the private exchange, and neither the
reason nor the address travels at all.
"""

from dataclasses import dataclass
from typing import ClassVar

from contracts.events.base import Event, Exchange
from contracts.words import HomeVisitDecline, HomeVisitStatus, Instant, OfficeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisitState(Event):
    """A request as its person is told of it; a scheduled one has its time, a declined one the reason."""

    producer: ClassVar[str] = "booking"
    exchange: ClassVar[Exchange] = "antrean.private"

    visit_id: str
    person_id: str
    office: OfficeCode
    status: HomeVisitStatus
    requested_at: Instant
    starts_at: Instant | None = None
    ends_at: Instant | None = None
    decline_reason: HomeVisitDecline | None = None

    @property
    def event_subject(self) -> str:
        """The request's id."""
        return self.visit_id


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisitRequested(HomeVisitState):
    """Somebody asks the office to come to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisitAnswered(HomeVisitState):
    """The office says when it comes, once more when that changes, or why it does not."""


__all__ = ["HomeVisitAnswered", "HomeVisitRequested", "HomeVisitState"]
