"""From the hours of a date to its slots."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.calendar import Calendar, Closure, SlotTime, WorkingDay, slot_times
from services.booking.domain.hours import ROUND_THE_CLOCK, Stretch
from tests.unit.booking.clock import (
    CHRISTMAS,
    FRIDAY,
    HOLIDAYS,
    MONDAY,
    OFFICE,
    SATURDAY,
    closed,
    with_closures,
)

JAKARTA, MAKASSAR, JAYAPURA = (ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura"))

SLOTS = [
    (OFFICE, MONDAY, 60, "8 9 10 11 13 14 15"),
    (OFFICE, FRIDAY, 60, "8 9 10 13 14 15"),
    (OFFICE, SATURDAY, 60, ""),
    (OFFICE, MONDAY, 240, "8"),
    (OFFICE, FRIDAY, 240, ""),
    (OFFICE, CHRISTMAS, 60, ""),
    (with_closures(closed(MONDAY, hours="09.30-10.30")), MONDAY, 60, "8 11 13 14 15"),
    (with_closures(closed(MONDAY, hours="09.00-10.00")), MONDAY, 60, "8 10 11 13 14 15"),
    (with_closures(closed(MONDAY, hours="12.00-13.00")), MONDAY, 60, "8 9 10 11 13 14 15"),
    (Calendar.of_week(ROUND_THE_CLOCK), SATURDAY, 60, " ".join(map(str, range(24)))),
]


@pytest.mark.parametrize(("calendar", "day", "minutes", "hours"), SLOTS)
def test_the_slots_of_a_date(calendar: Calendar, day: date, minutes: int, hours: str) -> None:
    """Whole slots only; closed hours leave out what they touch and move nothing."""
    found = slot_times(calendar.day(day, HOLIDAYS), slot_minutes=minutes, zone=MAKASSAR)
    assert " ".join(str(_hour(slot)) for slot in found) == hours


@pytest.mark.parametrize(("zone", "eight_oclock"), [(JAKARTA, 1), (MAKASSAR, 0), (JAYAPURA, -1)])
@pytest.mark.parametrize("day", [MONDAY, date(2027, 1, 1), date(2027, 3, 1), date(2028, 2, 29)])
def test_an_office_opens_at_eight_by_its_own_clock(zone: ZoneInfo, eight_oclock: int, day: date) -> None:
    """In Jayapura it is still the day before in UTC, at the end of a month and of a year too."""
    first = next(slot_times(OFFICE.day(day, {}), slot_minutes=60, zone=zone))
    assert first.date == day
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert first.starts_at == midnight + timedelta(hours=eight_oclock)
    assert first.starts_at.tzinfo is UTC


@pytest.mark.parametrize("zone", [JAKARTA, MAKASSAR, JAYAPURA])
@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2028, 2, 28), date(2028, 2, 29)])
def test_round_the_clock_one_day_ends_where_the_next_begins(zone: ZoneInfo, day: date) -> None:
    """Over midnight there is no gap and no overlap, nor is there at the end of a month or a year."""
    calendar = Calendar.of_week(ROUND_THE_CLOCK)
    today, tomorrow = (
        list(slot_times(calendar.day(one, {}), slot_minutes=60, zone=zone))
        for one in (day, day + timedelta(days=1))
    )
    assert len(today) == len(tomorrow) == 24
    assert today[-1].ends_at == tomorrow[0].starts_at
    assert today[-1].date != tomorrow[0].date


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
    stretch = Stretch(opens_minute=opens, closes_minute=closes)
    working = WorkingDay(date=day, kind="weekly", stretches=(stretch,))
    slots = list(slot_times(working, slot_minutes=slot_minutes, zone=zone))
    assert len(slots) == (closes - opens) // slot_minutes
    assert all(slot.ends_at - slot.starts_at == timedelta(minutes=slot_minutes) for slot in slots)
    assert all(before.ends_at == after.starts_at for before, after in pairwise(slots))
    assert all(slot.date == slot.starts_at.astimezone(zone).date() == day for slot in slots)


@given(st.integers(0, 1380), st.integers(1, 60), st.integers(5, 120))
def test_a_closure_only_takes_slots_away(opens: int, length: int, slot_minutes: int) -> None:
    """Who booked a slot that it does not touch keeps it as it was."""
    hours = Stretch(opens_minute=opens, closes_minute=opens + length)
    shut = Closure(first_date=MONDAY, last_date=MONDAY, hours=hours, reason="Listrik")
    before, after = (
        set(slot_times(calendar.day(MONDAY, {}), slot_minutes=slot_minutes, zone=JAKARTA))
        for calendar in (OFFICE, with_closures(shut))
    )
    assert after <= before
    assert all(_touches(slot, hours) for slot in before - after)
    assert not any(_touches(slot, hours) for slot in after)


def _touches(slot: SlotTime, hours: Stretch) -> bool:
    start = slot.starts_at.astimezone(JAKARTA)
    opens = start.hour * 60 + start.minute
    length = (slot.ends_at - slot.starts_at).seconds // 60
    return Stretch(opens_minute=opens, closes_minute=opens + length).overlaps(hours)


def _hour(slot: SlotTime) -> int:
    return slot.starts_at.astimezone(MAKASSAR).hour
