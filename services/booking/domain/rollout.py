"""How far the rollout of an office is, and when the next step comes.

    planned ──▶ socialisation ──▶ pilot ──▶ live
                                    ▲ │      ▲ │
                                    │ ▼      │ ▼
                                    suspended

Steps may be left out, none goes back; a suspended office returns to pilot or live. Only pilot and
live give out slots.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from contracts.words import OfficeStatus

SELLING_STATUSES: frozenset[OfficeStatus] = frozenset({"pilot", "live"})

_MAY_FOLLOW: dict[OfficeStatus, frozenset[OfficeStatus]] = {
    "planned": frozenset({"socialisation", "pilot", "live"}),
    "socialisation": frozenset({"pilot", "live"}),
    "pilot": frozenset({"live", "suspended"}),
    "live": frozenset({"suspended"}),
    "suspended": frozenset({"pilot", "live"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A status that an office has from a date on."""

    status: OfficeStatus
    from_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollout:
    """The stages of an office, past and to come, in order of their dates."""

    stages: tuple[Stage, ...] = ()

    def __post_init__(self) -> None:
        for stage, following in pairwise(self.stages):
            if not may_follow(stage, following):
                raise ValueError(f"{following.status} on {following.from_date} after {stage.status}")

    def status_on(self, today: date) -> OfficeStatus:
        """Return the status of a day; planned before the first stage."""
        reached: list[OfficeStatus] = [stage.status for stage in self.stages if stage.from_date <= today]
        return reached[-1] if reached else "planned"

    def opens_on(self, today: date) -> date | None:
        """Return from when the office gives out slots, where that is still to come and known."""
        coming = (
            stage.from_date
            for stage in self.stages
            if stage.from_date > today and stage.status in SELLING_STATUSES
        )
        return None if self.status_on(today) in SELLING_STATUSES else next(coming, None)


def may_follow(stage: Stage, following: Stage) -> bool:
    """Whether one stage may come after another: by its date, and by its status."""
    return stage.from_date < following.from_date and following.status in _MAY_FOLLOW[stage.status]
