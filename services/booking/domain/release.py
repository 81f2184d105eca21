"""When the slots of a date are given out for the first time.

    rolling    N days can be booked, today included: a new one at each midnight
    weekly     on a weekday at an hour, the week after (or N weeks)
    monthly    on a day of the month at an hour, the month after; in a shorter month on its last day

All on the office's own clock. The moment depends on the slot's date alone, so slots are made long
before it, and nothing has to be written in the second in which everybody wants them.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.booking.domain.hours import MINUTES_PER_DAY, monday_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RollingRelease:
    """So many days can be booked, today included."""

    days: int

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError(f"{self.days} days ahead")

    def released_at(self, day: date, zone: ZoneInfo) -> datetime:
        """Return the instant (UTC) from which slots of a date are given out."""
        return _instant(day - timedelta(days=self.days - 1), 0, zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyRelease:
    """Every week, the Monday to Sunday that begins `weeks` weeks later; Monday is weekday 0."""

    weekday: int
    minute: int
    weeks: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6 or not 0 <= self.minute < MINUTES_PER_DAY or self.weeks < 1:
            raise ValueError(f"every week on {self.weekday} at {self.minute}, {self.weeks} weeks ahead")

    def released_at(self, day: date, zone: ZoneInfo) -> datetime:
        """Return the instant (UTC) from which slots of a date are given out."""
        week = monday_of(day) - timedelta(weeks=self.weeks)
        return _instant(week + timedelta(days=self.weekday), self.minute, zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyRelease:
    """Every month, the whole month after."""

    day_of_month: int
    minute: int

    def __post_init__(self) -> None:
        if not 1 <= self.day_of_month <= 31 or not 0 <= self.minute < MINUTES_PER_DAY:
            raise ValueError(f"every month on {self.day_of_month} at {self.minute}")

    def released_at(self, day: date, zone: ZoneInfo) -> datetime:
        """Return the instant (UTC) from which slots of a date are given out."""
        month_before = day.replace(day=1) - timedelta(days=1)
        last = monthrange(month_before.year, month_before.month)[1]
        return _instant(month_before.replace(day=min(self.day_of_month, last)), self.minute, zone)


ReleaseRule = RollingRelease | WeeklyRelease | MonthlyRelease

TWO_WEEKS = RollingRelease(days=14)
"""What an office does until it says otherwise."""


def days_released(rule: ReleaseRule, *, today: date, until: datetime, zone: ZoneInfo) -> list[date]:
    """List the days from today on whose slots are given out at an instant."""
    days = []
    day = today
    while rule.released_at(day, zone) <= until:
        days.append(day)
        day += timedelta(days=1)
    return days


def next_release(rule: ReleaseRule, *, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next instant at which more days are given out."""
    day = now.astimezone(zone).date()
    while rule.released_at(day, zone) <= now:
        day += timedelta(days=1)
    return rule.released_at(day, zone)


def _instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    return (datetime.combine(day, time.min, zone) + timedelta(minutes=minute)).astimezone(UTC)
