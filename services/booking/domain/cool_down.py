"""When a place that was given up can be had again.

At a moment within a window that nobody can foretell: who gives up a place cannot hand it to a chosen
person, so places are worth nothing to those who trade them. Near its slot a place returns sooner.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class CoolDown:
    """How long a place stays away at least and at most, and how long an offer to the waitlist stands."""

    shortest: timedelta = timedelta(minutes=5)
    longest: timedelta = timedelta(minutes=60)
    offer: timedelta = timedelta(hours=2)

    def __post_init__(self) -> None:
        if not timedelta(0) <= self.shortest <= self.longest:
            raise ValueError(f"no window: {self.shortest} to {self.longest}")

    @property
    def is_off(self) -> bool:
        """Whether places return at once."""
        return self.longest == timedelta(0)

    def returns_at(self, *, now: datetime, starts_at: datetime, chance: float) -> datetime:
        """Choose the moment by a number drawn from 0 to 1."""
        latest = min(self.longest, _half_of_what_is_left(now, starts_at))
        earliest = min(self.shortest, latest)
        return now + earliest + (latest - earliest) * chance

    def offer_ends_at(self, *, now: datetime, starts_at: datetime) -> datetime:
        """Say until when somebody may take a place that is offered to them."""
        return now + min(self.offer, _half_of_what_is_left(now, starts_at))


def _half_of_what_is_left(now: datetime, starts_at: datetime) -> timedelta:
    return max(timedelta(0), starts_at - now) / 2
