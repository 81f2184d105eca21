"""From what an office decided to the hours of a date, and from these to slots."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.booking.domain.calendar import Calendar, OneOffHours, WorkingDay
from services.booking.domain.hours import OFFICE_HOURS, ROUND_THE_CLOCK, WeeklyHours
from tests.unit.booking.clock import (
    CHRISTMAS,
    FRIDAY,
    HOLIDAYS,
    MONDAY,
    OFFICE,
    SATURDAY,
    closed,
    period,
    stretches,
    with_closures,
    written,
)

FULL_DAY = "08.00-12.00 13.00-16.00"
FULL_FRIDAY = "08.00-11.30 13.00-16.00"
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
