"""From working hours to slots."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.calendar import (
    OFFICE_HOURS,
    ROUND_THE_CLOCK,
    SlotTime,
    WorkingPeriod,
    coming_days,
    slot_times,
)

JAKARTA, MAKASSAR, JAYAPURA = (ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura"))
MONDAY, FRIDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 28)


@pytest.mark.parametrize(("zone", "eight_oclock"), [(JAKARTA, 1), (MAKASSAR, 0), (JAYAPURA, -1)])
def test_an_office_opens_at_eight_by_its_own_clock(zone: ZoneInfo, eight_oclock: int) -> None:
    """In Jayapura it is still the day before in UTC."""
    first = next(slot_times(MONDAY, OFFICE_HOURS, slot_minutes=60, zone=zone))
    assert first.date == MONDAY
    assert first.starts_at == datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=eight_oclock)
    assert first.starts_at.tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (MONDAY, [8, 9, 10, 11, 13, 14, 15]),
        (FRIDAY, [8, 9, 10, 13, 14, 15]),
        (SATURDAY, []),
        (SATURDAY + timedelta(days=1), []),
    ],
)
def test_a_day_has_a_slot_for_each_whole_working_hour(day: date, hours: list[int]) -> None:
    """The break has none, nor has Friday's half hour before noon, nor the weekend."""
    assert [_hour(slot) for slot in slot_times(day, OFFICE_HOURS, slot_minutes=60, zone=MAKASSAR)] == hours


@pytest.mark.parametrize("day", [MONDAY, SATURDAY])
def test_round_the_clock_leaves_no_gap(day: date) -> None:
    """24 slots, each beginning where the one before ends, up to midnight."""
    slots = list(slot_times(day, ROUND_THE_CLOCK, slot_minutes=60, zone=MAKASSAR))
    assert [_hour(slot) for slot in slots] == list(range(24))
    assert slots[-1].ends_at.astimezone(MAKASSAR).date() == day + timedelta(days=1)


@given(
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.integers(5, 180),
    st.integers(0, 1439),
    st.integers(1, 1440),
    st.sampled_from([JAKARTA, MAKASSAR, JAYAPURA]),
)
def test_slots_fill_a_working_period_without_overlap(
    day: date, slot_minutes: int, opens: int, length: int, zone: ZoneInfo
) -> None:
    """As many whole slots as fit, in order, none outside the period."""
    closes = min(opens + length, 1440)
    period = WorkingPeriod(weekday=day.weekday(), opens_minute=opens, closes_minute=closes)
    slots = list(slot_times(day, [period], slot_minutes=slot_minutes, zone=zone))
    assert len(slots) == (closes - opens) // slot_minutes
    assert all(slot.ends_at - slot.starts_at == timedelta(minutes=slot_minutes) for slot in slots)
    assert all(before.ends_at == after.starts_at for before, after in pairwise(slots))
    assert all(slot.date == slot.starts_at.astimezone(zone).date() == day for slot in slots)


def test_periods_may_be_told_in_any_order() -> None:
    """Slots come out by time."""
    slots = list(slot_times(MONDAY, reversed(OFFICE_HOURS), slot_minutes=60, zone=JAKARTA))
    assert slots == sorted(slots, key=lambda slot: slot.starts_at)


@pytest.mark.parametrize(("zone", "today"), [(JAKARTA, 23), (MAKASSAR, 24), (JAYAPURA, 24)])
def test_the_coming_days_begin_with_the_offices_today(zone: ZoneInfo, today: int) -> None:
    """At 16:30 UTC it is half past eleven at night in Jakarta and the next day further east."""
    days = coming_days(datetime(2026, 11, 23, 16, 30, tzinfo=UTC), zone, days=14)
    assert days[0] == date(2026, 11, today)
    assert days == [days[0] + timedelta(days=ahead) for ahead in range(14)]


@pytest.mark.parametrize(
    ("weekday", "opens", "closes"), [(7, 0, 60), (-1, 0, 60), (0, 60, 60), (0, -1, 60), (0, 0, 1441)]
)
def test_a_period_outside_a_week_or_a_day_cannot_be_made(weekday: int, opens: int, closes: int) -> None:
    """Weekdays are 0 to 6, minutes 0 to 1440, and a period ends after it begins."""
    with pytest.raises(ValueError, match=r"no (day|stretch) of a"):
        WorkingPeriod(weekday=weekday, opens_minute=opens, closes_minute=closes)


def _hour(slot: SlotTime) -> int:
    return slot.starts_at.astimezone(MAKASSAR).hour
