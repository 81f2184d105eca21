"""From an office's working hours to the slots of a day.

Hours are wall-clock times of the office's own zone, in minutes since midnight; slots are instants.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTES_PER_DAY = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingPeriod:
    """One stretch of work without a break, every week; Monday is weekday 0."""

    weekday: int
    opens_minute: int
    closes_minute: int

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"no day of a week: {self.weekday}")
        if not 0 <= self.opens_minute < self.closes_minute <= MINUTES_PER_DAY:
            raise ValueError(f"no stretch of a day: {self.opens_minute} to {self.closes_minute}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotTime:
    """When a slot is: its date belongs to the office, its instants are UTC."""

    date: date
    starts_at: datetime
    ends_at: datetime


def _period(weekday: int, opens: str, closes: str) -> WorkingPeriod:
    return WorkingPeriod(weekday=weekday, opens_minute=_minute(opens), closes_minute=_minute(closes))


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


OFFICE_HOURS: tuple[WorkingPeriod, ...] = (
    *(_period(day, "08:00", "12:00") for day in range(4)),
    *(_period(day, "13:00", "16:00") for day in range(4)),
    _period(4, "08:00", "11:30"),
    _period(4, "13:00", "16:00"),
)
"""What an office keeps until it says otherwise: Monday to Thursday, and Friday with its longer noon."""

ROUND_THE_CLOCK: tuple[WorkingPeriod, ...] = tuple(_period(day, "00:00", "24:00") for day in range(7))
"""Every hour of every day, for a demonstration at any time."""


def slot_times(
    day: date, hours: Iterable[WorkingPeriod], *, slot_minutes: int, zone: ZoneInfo
) -> Iterator[SlotTime]:
    """Cut a day's working hours into slots, in order; what is too short for a whole slot gives none."""
    midnight = datetime.combine(day, time.min, zone)
    periods = [period for period in hours if period.weekday == day.weekday()]
    for period in sorted(periods, key=lambda period: period.opens_minute):
        last_start = period.closes_minute - slot_minutes
        for start in range(period.opens_minute, last_start + 1, slot_minutes):
            starts_at = (midnight + timedelta(minutes=start)).astimezone(UTC)
            yield SlotTime(date=day, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=slot_minutes))


def coming_days(now: datetime, zone: ZoneInfo, *, days: int) -> list[date]:
    """List today and the days after it, as the office's calendar has them."""
    today = now.astimezone(zone).date()
    return [today + timedelta(days=ahead) for ahead in range(days)]
