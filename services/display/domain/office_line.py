"""An office's line at a moment, and what it says to who comes, and to each service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from contracts.hall import Step
from contracts.words import ServiceCode
from services.display.domain.service_times import Stage
from services.display.domain.waiting_time import Hall, WaitRange, wait_ranges, waits_in_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A ticket that waits; `is_told` where its person was told a range already, or cannot be any more."""

    ticket_id: str
    number: str
    stage: Stage
    is_told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeLine:
    """Who waits at an office, in the order of calls, before which counters.

    A visit begins with the service's step of `first_steps`, else all is done in one.
    """

    office: str
    date: date
    waiting: Sequence[Waiting]
    hall: Hall
    first_steps: Mapping[ServiceCode, Step] = field(default_factory=dict)

    @property
    def services(self) -> tuple[ServiceCode, ...]:
        """Every service that somebody waits for or an open counter offers, by code."""
        offered = {service for counter in self.hall.counters for service in counter.services}
        return tuple(sorted(offered | {stage.service for stage in self.hall.line}))

    def first(self, service: ServiceCode) -> Stage:
        """Return what who comes for a service waits for first."""
        return Stage(service, self.first_steps.get(service, "service"))

    def waiting_for(self, service: ServiceCode) -> int:
        """Count who waits for a service, at any of its steps."""
        return sum(stage.service == service for stage in self.hall.line)

    def counters_for(self, service: ServiceCode) -> int:
        """Count the open counters at which a visit for a service begins."""
        return sum(counter.offers(self.first(service)) for counter in self.hall.counters)

    def ranges(self) -> Mapping[ServiceCode, WaitRange]:
        """Return how long who comes now waits until they are first called, by service."""
        found = wait_ranges(self.hall, [self.first(service) for service in self.services])
        return {stage.service: wait for stage, wait in found.items()}

    def longest(self) -> WaitRange | None:
        """Return the longest wait of all services that can be told."""
        return max(
            self.ranges().values(), key=lambda wait: (wait.high_minutes, wait.low_minutes), default=None
        )

    def still(self) -> Sequence[tuple[str, WaitRange]]:
        """Return how much longer each ticket waits, by number; those that cannot be told are left out."""
        waits = zip(self.waiting, waits_in_line(self.hall), strict=True)
        return [(ticket.number, wait) for ticket, wait in waits if wait is not None]

    def untold(self) -> Sequence[tuple[str, WaitRange]]:
        """Return the range of each ticket whose person was told none: they wait behind those before them."""
        waits = zip(self.waiting, waits_in_line(self.hall), strict=True)
        return [(ticket.ticket_id, wait) for ticket, wait in waits if wait is not None and not ticket.is_told]
