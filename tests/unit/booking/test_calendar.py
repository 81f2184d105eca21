"""From what an office decided to the hours of a date, and from these to slots."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.calendar import (
    Calendar,
    Closure,
    OneOffHours,
    SlotTime,
    WorkingDay,
    slot_times,
)
from services.booking.domain.hours import OFFICE_HOURS, ROUND_THE_CLOCK, Stretch, WeeklyHours
from tests.unit.booking.clock import period, stretch, stretches, written

JAKARTA, MAKASSAR, JAYAPURA = (ZoneInfo(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura"))
MONDAY, FRIDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 28)
CHRISTMAS = date(2026, 12, 25)
HOLIDAYS = {CHRISTMAS: "Hari Raya Natal"}

FULL_DAY = "08.00-12.00 13.00-16.00"
FULL_FRIDAY = "08.00-11.30 13.00-16.00"
OFFICE = Calendar.of_week(OFFICE_HOURS)

FASTING = WeeklyHours(  # shorter days in Ramadan, and back to normal after it
    valid_from=date(2027, 2, 8),
    periods=tuple(period(day, "08.00-15.00") for day in range(5)),
)
SEASONS = Calendar(
    weekly=(
        *OFFICE.weekly,
        FASTING,
        WeeklyHours(valid_from=date(2027, 3, 15), periods=OFFICE_HOURS),
    )
)
ALTERNATING = Calendar.of_week((period(5, "08.00-12.00", every=2, since=SATURDAY),))


def closed(
    first: date, last: date | None = None, hours: str | None = None, reason: str = "Listrik"
) -> Closure:
    return Closure(
        first_date=first,
        last_date=last or first,
        hours=stretch(hours) if hours else None,
        reason=reason,
    )


def with_closures(*closures: Closure) -> Calendar:
    return replace(OFFICE, closures=closures)


def opened(day: date, hours: str) -> Calendar:
    return replace(
        OFFICE, one_offs=(OneOffHours(date=day, stretches=stretches(hours), name="Paspor Simpatik"),)
    )


OPEN_ON_CHRISTMAS = opened(CHRISTMAS, "09.00-12.00")

HOURS = [
    pytest.param(OFFICE, MONDAY, FULL_DAY, "weekly", id="monday has a break at noon"),
    pytest.param(OFFICE, MONDAY + timedelta(days=3), FULL_DAY, "weekly", id="thursday is as monday"),
    pytest.param(OFFICE, FRIDAY, FULL_FRIDAY, "weekly", id="friday has a longer noon"),
    pytest.param(OFFICE, SATURDAY, "", "no_hours", id="saturday is free"),
    pytest.param(OFFICE, SATURDAY + timedelta(days=1), "", "no_hours", id="sunday is free"),
    pytest.param(Calendar(), MONDAY, "", "no_hours", id="an office that told no hours has none"),
    pytest.param(Calendar.of_week(ROUND_THE_CLOCK), SATURDAY, "00.00-24.00", "weekly", id="round the clock"),
    pytest.param(OFFICE, date(2028, 2, 29), FULL_DAY, "weekly", id="leap day, a tuesday"),
    pytest.param(OFFICE, date(2026, 12, 31), FULL_DAY, "weekly", id="last day of the year"),
    pytest.param(OFFICE, date(2027, 1, 4), FULL_DAY, "weekly", id="first monday of the year"),
    # every second week
    pytest.param(ALTERNATING, SATURDAY, "08.00-12.00", "weekly", id="the saturday it is counted from"),
    pytest.param(ALTERNATING, date(2026, 12, 5), "", "no_hours", id="not the saturday after"),
    pytest.param(ALTERNATING, date(2026, 12, 12), "08.00-12.00", "weekly", id="the second saturday after"),
    pytest.param(ALTERNATING, date(2026, 11, 14), "08.00-12.00", "weekly", id="two weeks before too"),
    pytest.param(ALTERNATING, date(2026, 12, 26), "08.00-12.00", "weekly", id="in week 52 of 53"),
    pytest.param(ALTERNATING, date(2027, 1, 2), "", "no_hours", id="not in week 53"),
    pytest.param(ALTERNATING, date(2027, 1, 9), "08.00-12.00", "weekly", id="again in week 1"),
    pytest.param(ALTERNATING, date(2028, 2, 26), "", "no_hours", id="not a week before leap week"),
    pytest.param(ALTERNATING, date(2028, 3, 4), "08.00-12.00", "weekly", id="counts over the leap day"),
    # versions
    pytest.param(SEASONS, date(2027, 2, 5), FULL_FRIDAY, "weekly", id="the day before a version"),
    pytest.param(SEASONS, date(2027, 2, 8), "08.00-15.00", "weekly", id="the first day of a version"),
    pytest.param(SEASONS, date(2027, 3, 12), "08.00-15.00", "weekly", id="the last day of a version"),
    pytest.param(SEASONS, date(2027, 3, 15), FULL_DAY, "weekly", id="the version after it"),
    pytest.param(Calendar(weekly=(FASTING,)), MONDAY, "", "no_hours", id="before the first version"),
    # holidays
    pytest.param(OFFICE, CHRISTMAS, "", "holiday", id="a public holiday"),
    pytest.param(OFFICE, CHRISTMAS - timedelta(days=1), FULL_DAY, "weekly", id="the day before a holiday"),
    pytest.param(OPEN_ON_CHRISTMAS, CHRISTMAS, "09.00-12.00", "one_off", id="opened on a holiday on purpose"),
    # one-off hours
    pytest.param(opened(SATURDAY, "08.00-12.00"), SATURDAY, "08.00-12.00", "one_off", id="one saturday open"),
    pytest.param(
        opened(SATURDAY, "08.00-12.00"), date(2026, 12, 5), "", "no_hours", id="and not the saturday after"
    ),
    pytest.param(opened(MONDAY, "10.00-14.00"), MONDAY, "10.00-14.00", "one_off", id="other hours for a day"),
    pytest.param(
        opened(MONDAY, "13.00-16.00 08.00-12.00"), MONDAY, FULL_DAY, "one_off", id="told in any order"
    ),
    pytest.param(opened(MONDAY, ""), MONDAY, "", "one_off", id="one-off hours may be none"),
    # closures of days
    pytest.param(with_closures(closed(MONDAY)), MONDAY, "", "closed", id="closed for a day"),
    pytest.param(
        with_closures(closed(MONDAY)), MONDAY + timedelta(days=1), FULL_DAY, "weekly", id="open the day after"
    ),
    pytest.param(
        with_closures(closed(date(2026, 12, 28), date(2027, 1, 5))),
        date(2026, 12, 28),
        "",
        "closed",
        id="first day of a closure",
    ),
    pytest.param(
        with_closures(closed(date(2026, 12, 28), date(2027, 1, 5))),
        date(2027, 1, 1),
        "",
        "closed",
        id="closed over the new year",
    ),
    pytest.param(
        with_closures(closed(date(2026, 12, 28), date(2027, 1, 5))),
        date(2027, 1, 5),
        "",
        "closed",
        id="last day of a closure",
    ),
    pytest.param(
        with_closures(closed(date(2026, 12, 28), date(2027, 1, 5))),
        date(2027, 1, 6),
        FULL_DAY,
        "weekly",
        id="the day after a closure",
    ),
    pytest.param(
        with_closures(closed(date(2028, 2, 28), date(2028, 3, 1))),
        date(2028, 2, 29),
        "",
        "closed",
        id="closed over the leap day",
    ),
    pytest.param(with_closures(closed(CHRISTMAS)), CHRISTMAS, "", "closed", id="closed on a holiday"),
    pytest.param(
        replace(OPEN_ON_CHRISTMAS, closures=(closed(CHRISTMAS),)),
        CHRISTMAS,
        "",
        "closed",
        id="a closure is stronger than one-off hours",
    ),
    # closures of hours
    pytest.param(
        with_closures(closed(MONDAY, hours="13.00-16.00")),
        MONDAY,
        "08.00-12.00",
        "weekly",
        id="the afternoon closed",
    ),
    pytest.param(
        with_closures(closed(MONDAY, hours="09.30-10.30")),
        MONDAY,
        "08.00-09.30 10.30-12.00 13.00-16.00",
        "weekly",
        id="an hour in the morning closed",
    ),
    pytest.param(
        with_closures(closed(MONDAY, hours="11.00-14.00")),
        MONDAY,
        "08.00-11.00 14.00-16.00",
        "weekly",
        id="closed over the break",
    ),
    pytest.param(
        with_closures(closed(MONDAY, hours="12.00-13.00")), MONDAY, FULL_DAY, "weekly", id="the break closed"
    ),
    pytest.param(
        with_closures(closed(MONDAY, hours="00.00-24.00")), MONDAY, "", "weekly", id="every hour closed"
    ),
    pytest.param(
        with_closures(closed(MONDAY, hours="08.00-10.00"), closed(MONDAY, hours="09.00-11.00")),
        MONDAY,
        "11.00-12.00 13.00-16.00",
        "weekly",
        id="closed hours may overlap",
    ),
    pytest.param(
        with_closures(closed(MONDAY, FRIDAY, hours="15.00-16.00")),
        FRIDAY,
        "08.00-11.30 13.00-15.00",
        "weekly",
        id="the last hour closed all week",
    ),
    pytest.param(
        with_closures(closed(MONDAY, hours="15.00-16.00"), closed(MONDAY)),
        MONDAY,
        "",
        "closed",
        id="a closed day is stronger than closed hours",
    ),
    pytest.param(
        with_closures(closed(SATURDAY, hours="08.00-12.00")), SATURDAY, "", "no_hours", id="closed when free"
    ),
    pytest.param(
        replace(OPEN_ON_CHRISTMAS, closures=(closed(CHRISTMAS, hours="11.00-12.00"),)),
        CHRISTMAS,
        "09.00-11.00",
        "one_off",
        id="an hour of one-off hours closed",
    ),
]


@pytest.mark.parametrize(("calendar", "day", "hours", "kind"), HOURS)
def test_the_hours_of_a_date(calendar: Calendar, day: date, hours: str, kind: str) -> None:
    """Closures first, then one-off hours, then holidays, then the week in force."""
    found = calendar.day(day, HOLIDAYS)
    assert (written(found.hours), found.kind) == (hours, kind)


def test_joint_leave_that_is_decreed_later_closes_the_day() -> None:
    """The same calendar, with one more holiday: cuti bersama the day before Christmas."""
    eve = CHRISTMAS - timedelta(days=1)
    decreed = {**HOLIDAYS, eve: "Cuti Bersama Natal"}
    assert OFFICE.day(eve, HOLIDAYS).hours
    assert OFFICE.day(eve, decreed) == WorkingDay(date=eve, kind="holiday", note="Cuti Bersama Natal")


def test_joint_leave_that_is_decreed_later_leaves_one_off_hours() -> None:
    """The office said of this very date that it works."""
    eve = CHRISTMAS - timedelta(days=1)
    calendar = opened(eve, "08.00-12.00")
    assert written(calendar.day(eve, {eve: "Cuti Bersama Natal"}).hours) == "08.00-12.00"


@pytest.mark.parametrize(
    ("calendar", "day", "note"),
    [
        (OFFICE, MONDAY, None),
        (OFFICE, CHRISTMAS, "Hari Raya Natal"),
        (OPEN_ON_CHRISTMAS, CHRISTMAS, "Paspor Simpatik"),
        (with_closures(closed(MONDAY, reason="Banjir")), MONDAY, "Banjir"),
        (
            with_closures(
                closed(MONDAY, hours="08.00-09.00", reason="Apel"),
                closed(MONDAY, hours="15.00-16.00", reason="Rapat"),
                closed(MONDAY, hours="14.00-15.00", reason="Rapat"),
            ),
            MONDAY,
            "Apel; Rapat",
        ),
        (with_closures(closed(SATURDAY, hours="08.00-12.00")), SATURDAY, None),
    ],
)
def test_people_are_told_why(calendar: Calendar, day: date, note: str | None) -> None:
    """Each reason once; none where nothing unusual happens."""
    assert calendar.day(day, HOLIDAYS).note == note


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


def test_what_cannot_be_is_not_a_calendar() -> None:
    """Versions out of order, two one-off hours for a date, a closure that ends before it begins."""
    week = WeeklyHours(valid_from=MONDAY, periods=OFFICE_HOURS)
    one_off = OneOffHours(date=SATURDAY, stretches=(), name="Libur")
    with pytest.raises(ValueError, match="not in order"):
        Calendar(weekly=(week, week))
    with pytest.raises(ValueError, match="two one-off"):
        Calendar(one_offs=(one_off, one_off))
    with pytest.raises(ValueError, match="before it begins"):
        closed(MONDAY, MONDAY - timedelta(days=1))


def _touches(slot: SlotTime, hours: Stretch) -> bool:
    start = slot.starts_at.astimezone(JAKARTA)
    opens = start.hour * 60 + start.minute
    length = (slot.ends_at - slot.starts_at).seconds // 60
    return Stretch(opens_minute=opens, closes_minute=opens + length).overlaps(hours)


def _hour(slot: SlotTime) -> int:
    return slot.starts_at.astimezone(MAKASSAR).hour
