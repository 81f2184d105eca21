"""An office as check-in needs it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, get_args
from zoneinfo import ZoneInfo

from contracts.hall import USUAL_RULES, HallRules, JourneyStep, Step
from contracts.place import Place
from contracts.words import ServiceCode
from services.checkin.errors import UnknownCounter, UnknownServiceHere, UnknownStepHere, VisitDayOver

EVERY_STEP: Final[tuple[Step, ...]] = get_args(Step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office: its time zone (IANA name), services, number of counters, and the rules of its hall.

    `place` is where it stands, where that is known.
    """

    code: str
    name: str
    timezone: str
    services: tuple[ServiceCode, ...]
    counters: int
    hall: HallRules = USUAL_RULES
    place: Place | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps of the visits here."""
        journeys = (self.hall.journey_of(service) for service in self.services)
        return tuple(dict.fromkeys(each.step for journey in journeys for each in journey))

    def goal_minutes(self, service: ServiceCode, step: Step) -> int:
        """Return how long serving a ticket at a step is to take; the usual for one of an old journey."""
        goals = (each.goal_minutes for each in self.hall.journey_of(service) if each.step == step)
        return next(goals, JourneyStep(step=step).goal_minutes)

    def today(self, now: datetime) -> date:
        """Tell which day it is in the office's own zone."""
        return now.astimezone(ZoneInfo(self.timezone)).date()

    def require_today(self, day: date, *, number: str, now: datetime) -> None:
        """Raise VisitDayOver where the day of this number is over by the office's own calendar."""
        if day < self.today(now):
            raise VisitDayOver(number=number, date=day.isoformat())

    def clock(self, instant: datetime) -> str:
        """Write an instant as the clocks here show it (ISO 8601 with the zone's offset)."""
        return instant.astimezone(ZoneInfo(self.timezone)).isoformat()

    def distance_km(self, other: "Office") -> int | None:
        """Return the straight way to another office in kilometres, 1 at least; None where it is not known."""
        if self.place is None or other.place is None:
            return None
        return max(1, round(self.place.distance_km(other.place)))

    def require_counter(self, counter: int) -> None:
        """Raise UnknownCounter where the office has no counter of this number."""
        if counter > self.counters:
            raise UnknownCounter(office=self.code, counter=counter, counters=self.counters)

    def services_for_counter(self, wanted: tuple[ServiceCode, ...]) -> tuple[ServiceCode, ...]:
        """Return what a counter offers: each wanted service once, or all of the office's when none is named.

        Raises UnknownServiceHere.
        """
        unknown = sorted(set(wanted) - set(self.services))
        if unknown:
            raise UnknownServiceHere(office=self.code, services=unknown)
        return tuple(dict.fromkeys(wanted)) or self.services

    def steps_for_counter(self, wanted: tuple[Step, ...]) -> tuple[Step, ...]:
        """Return for which steps a counter calls: each wanted one once, or every step when none is named.

        Every one and not only the office's: a ticket keeps the journey with which it was admitted. Raises
        UnknownStepHere.
        """
        unknown = sorted(set(wanted) - set(self.steps))
        if unknown:
            raise UnknownStepHere(office=self.code, steps=unknown)
        return tuple(dict.fromkeys(wanted)) or EVERY_STEP
