"""What an office decides about its hall: when people may come, and through which steps a visit goes."""

from dataclasses import dataclass
from typing import Annotated, Literal

from contracts.words import ServiceCode, whole_number

Step = Literal["service", "documents", "biometrics", "payment", "collection"]
"""A part of a visit with a queue of its own; `biometrics` is with the interview, `service` all in one."""

Minutes = Annotated[int, whole_number(0, 480)]
GoalMinutes = Annotated[int, whole_number(1, 240)]
PlacesInLine = Annotated[int, whole_number(1, 50)]


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyStep:
    """One step of a visit; serving a ticket there is to take no longer than `goal_minutes`."""

    step: Step
    goal_minutes: GoalMinutes = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """The steps of a visit, in their order, for some services."""

    services: tuple[ServiceCode, ...]
    steps: tuple[JourneyStep, ...]


ONE_STEP = (JourneyStep(step="service"),)
"""The visit of a service without a journey: one counter does everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HallRules:
    """When a ticket is admitted, through which steps its visit goes, and when its turn is near.

    Who comes more than `early_minutes` before their appointment is asked to come back. Who comes up to
    `grace_minutes` after it keeps their turn; up to `far_grace_minutes` who has a long way. Later ones go
    `behind` who waits, or are `refused`. `near_places` is how many before them make a turn near.
    """

    early_minutes: Minutes = 60
    grace_minutes: Minutes = 15
    far_grace_minutes: Minutes = 60
    late: Literal["behind", "refused"] = "behind"
    near_places: PlacesInLine = 3
    journeys: tuple[Journey, ...] = ()

    def journey_of(self, service: ServiceCode) -> tuple[JourneyStep, ...]:
        """Return the steps of a visit for a service."""
        found = (journey.steps for journey in self.journeys if service in journey.services)
        return next(found, ONE_STEP)


USUAL_RULES = HallRules()
"""The rules of a hall about which its office decided nothing."""
