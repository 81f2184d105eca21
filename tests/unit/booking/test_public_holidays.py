"""The days on which offices are closed: the library, what corrects it, and a second library against it."""

from collections.abc import Mapping
from datetime import date

import lokal
import pytest

from services.booking.domain.holidays import HolidayOverride, corrected
from services.booking.handlers.public_holidays import known_holidays, public_holidays

KNOWN_DIFFERENCES: Mapping[date, str] = {}
"""Dates on which the two libraries differ, each with the decree that says which is right.

None for the years that both know: SKB 3 Menteri 1497/2025 decreed those of 2026, 1205/2026 those of 2027."""


def decreed(year: int) -> dict[date, str]:
    """The holidays and joint leave of a year as the second library has them from the joint decree."""
    return {date.fromisoformat(one.date): one.name for one in lokal.get_holidays(year).holidays}


def differences(ours: Mapping[date, str], theirs: Mapping[date, str]) -> set[date]:
    """The dates that only one of the two has."""
    return set(ours) ^ set(theirs)


@pytest.mark.parametrize("year", lokal.HOLIDAY_YEARS)
def test_two_libraries_agree_but_for_known_differences(year: int) -> None:
    """A new release of either that says something else is looked into, and named here with its decree."""
    found = differences(public_holidays(year), decreed(year))
    assert found == {day for day in KNOWN_DIFFERENCES if day.year == year}


def test_a_difference_would_be_noticed() -> None:
    """Negative control: a day of joint leave too few, and one too many."""
    ours = dict(public_holidays(2026))
    del ours[date(2026, 12, 24)]
    ours[date(2026, 12, 26)] = "Cuti Bersama"
    assert differences(ours, decreed(2026)) == {date(2026, 12, 24), date(2026, 12, 26)}


def test_this_year_and_the_next_are_compared() -> None:
    """The second library knows the years for which slots are made now."""
    assert {2026, 2027} <= set(lokal.HOLIDAY_YEARS)


def test_independence_day_is_a_holiday() -> None:
    """17 August of every year, with a name in Indonesian."""
    assert public_holidays(2027)[date(2027, 8, 17)] == "Hari Kemerdekaan Republik Indonesia"


def test_joint_leave_is_a_holiday_of_government_offices() -> None:
    """Cuti bersama around Eid al-Fitr 2025, by joint decree of three ministers."""
    assert date(2025, 4, 7) in public_holidays(2025)


def test_a_common_day_is_none() -> None:
    """Offices work on it."""
    assert date(2026, 11, 23) not in public_holidays(2026)


ADDED = HolidayOverride(date=date(2026, 12, 28), name="Cuti Bersama", is_holiday=True, decree="SKB 9/2026")
MOVED = HolidayOverride(date=date(2026, 12, 24), name="Cuti Bersama", is_holiday=False, decree="SKB 9/2026")


def test_what_was_decreed_since_counts() -> None:
    """A day more, a day less; the library's own table stays as it is."""
    holidays = known_holidays((ADDED, MOVED), first=date(2026, 12, 20), last=date(2027, 1, 2))
    assert holidays[date(2026, 12, 28)] == "Cuti Bersama"
    assert date(2026, 12, 24) not in holidays
    assert date(2027, 1, 1) in holidays
    assert date(2026, 12, 24) in public_holidays(2026)


def test_a_correction_may_repeat_what_is_known() -> None:
    """A day that is a holiday already gets the decree's name; one that is none stays none."""
    known = {date(2026, 12, 28): "Libur"}
    assert corrected(known, [ADDED, MOVED]) == {date(2026, 12, 28): "Cuti Bersama"}
