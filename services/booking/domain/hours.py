"""Working hours on the office's own clock: stretches of a day, and the weeks made of them.

Minutes count from midnight; 1440 is the midnight at the end of the day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise
from math import gcd

MINUTES_PER_DAY = 24 * 60


class HoursOverlap(ValueError):
    """Two stretches of the same day overlap."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Stretch:
    """A part of a day."""

    opens_minute: int
    closes_minute: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens_minute < self.closes_minute <= MINUTES_PER_DAY:
            raise ValueError(f"no stretch of a day: {self.opens_minute} to {self.closes_minute}")

    def overlaps(self, other: "Stretch") -> bool:
        """Whether both have a minute in common; to touch is not to overlap."""
        return self.opens_minute < other.closes_minute and other.opens_minute < self.closes_minute

    def holds(self, other: "Stretch") -> bool:
        """Whether the other lies within."""
        return self.opens_minute <= other.opens_minute and other.closes_minute <= self.closes_minute

    def without(self, other: "Stretch") -> Iterator["Stretch"]:
        """What is left when the other is cut out: nothing, one part or two."""
        if not self.overlaps(other):
            yield self
            return
        if self.opens_minute < other.opens_minute:
            yield Stretch(opens_minute=self.opens_minute, closes_minute=other.opens_minute)
        if other.closes_minute < self.closes_minute:
            yield Stretch(opens_minute=other.closes_minute, closes_minute=self.closes_minute)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingPeriod:
    """One stretch of work without a break, every week or every n-th; Monday is weekday 0.

    `counted_from` is a day of any week that counts: weeks are counted, not numbered, because a year
    of 53 numbered weeks puts two odd ones side by side.
    """

    weekday: int
    opens_minute: int
    closes_minute: int
    every_weeks: int = 1
    counted_from: date | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"no day of a week: {self.weekday}")
        if self.every_weeks < 1 or (self.every_weeks > 1) != (self.counted_from is not None):
            raise ValueError(f"every {self.every_weeks} weeks from {self.counted_from}")
        Stretch(opens_minute=self.opens_minute, closes_minute=self.closes_minute)

    @property
    def stretch(self) -> Stretch:
        """Its part of the day."""
        return Stretch(opens_minute=self.opens_minute, closes_minute=self.closes_minute)

    def is_on(self, day: date) -> bool:
        """Whether there is work on the day."""
        if day.weekday() != self.weekday:
            return False
        return self.counted_from is None or _weeks_between(self.counted_from, day) % self.every_weeks == 0

    def meets(self, other: "WorkingPeriod") -> bool:
        """Whether there is ever a day on which both overlap."""
        if self.weekday != other.weekday or not self.stretch.overlaps(other.stretch):
            return False
        if self.counted_from is None or other.counted_from is None:
            return True
        apart = _weeks_between(self.counted_from, other.counted_from)
        return apart % gcd(self.every_weeks, other.every_weeks) == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyHours:
    """The hours of a week from a date on, until a later version begins. Raises HoursOverlap."""

    valid_from: date
    periods: tuple[WorkingPeriod, ...]

    def __post_init__(self) -> None:
        if any(one.meets(other) for one, other in combinations(self.periods, 2)):
            raise HoursOverlap

    def on(self, day: date) -> tuple[Stretch, ...]:
        """List the stretches of a day, in order; none on a day without work."""
        return tuple(sorted(period.stretch for period in self.periods if period.is_on(day)))


def in_order(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Sort the stretches of one day. Raises HoursOverlap."""
    ordered = tuple(sorted(stretches))
    if any(one.overlaps(following) for one, following in pairwise(ordered)):
        raise HoursOverlap
    return ordered


def without(stretches: Iterable[Stretch], cuts: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Cut breaks or closed hours out of stretches."""
    left = tuple(stretches)
    for cut in cuts:
        left = tuple(part for stretch in left for part in stretch.without(cut))
    return left


def monday_of(day: date) -> date:
    """Return the first day of a day's week."""
    return day - timedelta(days=day.weekday())


def _weeks_between(one: date, other: date) -> int:
    return (monday_of(other) - monday_of(one)).days // 7


def _period(weekday: int, opens: int, closes: int) -> WorkingPeriod:
    return WorkingPeriod(weekday=weekday, opens_minute=opens * 30, closes_minute=closes * 30)


OFFICE_HOURS: tuple[WorkingPeriod, ...] = (
    *(_period(day, 16, 24) for day in range(4)),
    *(_period(day, 26, 32) for day in range(4)),
    _period(4, 16, 23),
    _period(4, 26, 32),
)
"""What an office keeps until it says otherwise, in half hours: Monday to Thursday 08.00-12.00 and
13.00-16.00, Friday 08.00-11.30 and 13.00-16.00."""

ROUND_THE_CLOCK: tuple[WorkingPeriod, ...] = tuple(_period(day, 0, 48) for day in range(7))
"""Every hour of every day, for a demonstration at any time."""
