"""An office's line at a moment, and what it says to who comes, and to each service."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from contracts.words import ServiceCode
from services.display.domain.waiting_time import Hall, WaitRange, wait_range, wait_ranges


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A ticket that waits; `is_told` where its person was told a range already, or cannot be any more."""

    ticket_id: str
    service: ServiceCode
    is_told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeLine:
    """Who waits at an office, in the order in which they came, before which counters."""

    office: str
    date: date
    waiting: Sequence[Waiting]
    hall: Hall

    @property
    def services(self) -> tuple[ServiceCode, ...]:
        """Every service that somebody waits for or an open counter offers, by code."""
        offered = {service for counter in self.hall.counters for service in counter.services}
        return tuple(sorted(offered | set(self.hall.line)))

    def counters_for(self, service: ServiceCode) -> int:
        """Count the open counters that offer a service."""
        return sum(service in counter.services for counter in self.hall.counters)

    def longest(self) -> WaitRange | None:
        """Return the longest wait of all services that can be told."""
        ranges = wait_ranges(self.hall, self.services).values()
        return max(ranges, key=lambda wait: (wait.high_minutes, wait.low_minutes), default=None)

    def untold(self) -> Sequence[tuple[str, WaitRange]]:
        """Return the range of each ticket whose person was told none: they wait behind those before them."""
        found = []
        for place, ticket in enumerate(self.waiting):
            if not ticket.is_told:
                wait = wait_range(replace(self.hall, line=self.hall.line[:place]), ticket.service)
                if wait is not None:
                    found.append((ticket.ticket_id, wait))
        return found
