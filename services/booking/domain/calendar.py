"""An office's calendar: from what it decided to the working hours of a date, and from these to slots.

    closure of the day ─▶ one-off hours ─▶ public holiday ─▶ weekly hours in force
         closed             as they say        closed            as they say

The first that speaks of the date decides. So an office may open on a holiday by saying so for that
date, also when the holiday is decreed afterwards; and a closure closes whatever else was said.
Closed hours do not move the slots of a day: those they touch are left out, the others stay where
they are, and with them the people who have booked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from services.booking.domain.hours import Stretch, WeeklyHours, WorkingPeriod, in_order, without

DayKind = Literal["weekly", "one_off", "holiday", "closed", "no_hours"]
"""What decided on a day's hours."""

Holidays = Mapping[date, str]
"""The public holidays that an office observes, each with its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOffHours:
    """The hours of one date, in place of the weekly ones. Raises HoursOverlap."""

    date: date
    stretches: tuple[Stretch, ...]
    name: str

    def __post_init__(self) -> None:
        in_order(self.stretches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Days on which the office is shut, or the hours of each of these days when it is."""

    first_date: date
    last_date: date
    hours: Stretch | None
    reason: str

    def __post_init__(self) -> None:
        if self.last_date < self.first_date:
            raise ValueError(f"ends on {self.last_date}, before it begins on {self.first_date}")

    def covers(self, day: date) -> bool:
        """Whether it is about the day."""
        return self.first_date <= day <= self.last_date


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDay:
    """What the calendar says of one date.

    `stretches` are the hours from which slots are cut, `closed` what is shut of them, and `note` what
    people are told: the holiday's name, the reason of a closure, the name of one-off hours.
    """

    date: date
    kind: DayKind
    stretches: tuple[Stretch, ...] = ()
    closed: tuple[Stretch, ...] = ()
    note: str | None = None

    @property
    def hours(self) -> tuple[Stretch, ...]:
        """When the office works."""
        return without(self.stretches, self.closed)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotTime:
    """When a slot is: its date belongs to the office, its instants are UTC."""

    date: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """All that an office decided about its hours; versions of weekly hours are in order of `valid_from`."""

    weekly: tuple[WeeklyHours, ...] = ()
    one_offs: tuple[OneOffHours, ...] = ()
    closures: tuple[Closure, ...] = ()

    def __post_init__(self) -> None:
        if any(one.valid_from >= following.valid_from for one, following in pairwise(self.weekly)):
            raise ValueError("versions of weekly hours are not in order")
        if len({one_off.date for one_off in self.one_offs}) < len(self.one_offs):
            raise ValueError("two one-off hours for one date")

    @classmethod
    def of_week(cls, periods: tuple[WorkingPeriod, ...]) -> "Calendar":
        """Make the calendar of an office that always kept the same week."""
        return cls(weekly=(WeeklyHours(valid_from=date.min, periods=periods),))

    def day(self, day: date, holidays: Holidays) -> WorkingDay:
        """Say what the hours of a date are, and why."""
        closures = [closure for closure in self.closures if closure.covers(day)]
        for closure in closures:
            if closure.hours is None:
                return WorkingDay(date=day, kind="closed", note=closure.reason)
        base = self._before_closures(day, holidays)
        cuts = [(closure.hours, closure.reason) for closure in closures if closure.hours is not None]
        touched = [(cut, reason) for cut, reason in cuts if any(cut.overlaps(one) for one in base.stretches)]
        if not touched:
            return base
        return WorkingDay(
            date=day,
            kind=base.kind,
            stretches=base.stretches,
            closed=tuple(sorted(cut for cut, _ in touched)),
            note="; ".join(dict.fromkeys(reason for _, reason in touched)),
        )

    def _before_closures(self, day: date, holidays: Holidays) -> WorkingDay:
        for one_off in self.one_offs:
            if one_off.date == day:
                stretches = in_order(one_off.stretches)
                return WorkingDay(date=day, kind="one_off", stretches=stretches, note=one_off.name)
        if day in holidays:
            return WorkingDay(date=day, kind="holiday", note=holidays[day])
        stretches = self._weekly(day)
        return WorkingDay(date=day, kind="weekly" if stretches else "no_hours", stretches=stretches)

    def _weekly(self, day: date) -> tuple[Stretch, ...]:
        in_force = [weekly for weekly in self.weekly if weekly.valid_from <= day]
        return in_force[-1].on(day) if in_force else ()


def slot_times(day: WorkingDay, *, slot_minutes: int, zone: ZoneInfo) -> Iterator[SlotTime]:
    """Cut a day's hours into slots, in order; what is too short for a whole slot gives none."""
    midnight = datetime.combine(day.date, time.min, zone)
    for stretch in day.stretches:
        last_start = stretch.closes_minute - slot_minutes
        for start in range(stretch.opens_minute, last_start + 1, slot_minutes):
            slot = Stretch(opens_minute=start, closes_minute=start + slot_minutes)
            if not any(slot.overlaps(closed) for closed in day.closed):
                starts_at = (midnight + timedelta(minutes=start)).astimezone(UTC)
                ends_at = starts_at + timedelta(minutes=slot_minutes)
                yield SlotTime(date=day.date, starts_at=starts_at, ends_at=ends_at)
