"""When slots are given out for the first time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.release import (
    MonthlyRelease,
    ReleaseRule,
    RollingRelease,
    WeeklyRelease,
    days_released,
    next_release,
)

ZONES = {name: ZoneInfo(f"Asia/{name}") for name in ("Jakarta", "Makassar", "Jayapura")}
JAKARTA = ZONES["Jakarta"]
FRIDAY_TWO_PM = WeeklyRelease(weekday=4, minute=14 * 60)
LAST_OF_MONTH = MonthlyRelease(day_of_month=31, minute=9 * 60)


def local(text: str, zone: ZoneInfo = JAKARTA) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("rule", "day", "moment"),
    [
        (RollingRelease(days=14), date(2026, 12, 4), "2026-11-21T00:00"),
        (RollingRelease(days=1), date(2026, 12, 4), "2026-12-04T00:00"),
        (RollingRelease(days=30), date(2027, 1, 15), "2026-12-17T00:00"),
        (FRIDAY_TWO_PM, date(2026, 11, 30), "2026-11-27T14:00"),
        (FRIDAY_TWO_PM, date(2026, 12, 6), "2026-11-27T14:00"),
        (FRIDAY_TWO_PM, date(2026, 12, 7), "2026-12-04T14:00"),
        (FRIDAY_TWO_PM, date(2027, 1, 1), "2026-12-25T14:00"),
        (WeeklyRelease(weekday=4, minute=14 * 60, weeks=2), date(2026, 12, 7), "2026-11-27T14:00"),
        (WeeklyRelease(weekday=0, minute=0), date(2026, 12, 7), "2026-11-30T00:00"),
        (WeeklyRelease(weekday=6, minute=23 * 60 + 59), date(2026, 12, 7), "2026-12-06T23:59"),
        (MonthlyRelease(day_of_month=20, minute=9 * 60), date(2026, 12, 1), "2026-11-20T09:00"),
        (MonthlyRelease(day_of_month=20, minute=9 * 60), date(2026, 12, 31), "2026-11-20T09:00"),
        (MonthlyRelease(day_of_month=1, minute=0), date(2027, 1, 4), "2026-12-01T00:00"),
        (LAST_OF_MONTH, date(2026, 12, 7), "2026-11-30T09:00"),
        (LAST_OF_MONTH, date(2027, 3, 1), "2027-02-28T09:00"),
        (LAST_OF_MONTH, date(2028, 3, 1), "2028-02-29T09:00"),
        (LAST_OF_MONTH, date(2028, 2, 29), "2028-01-31T09:00"),
    ],
)
@pytest.mark.parametrize("zone", ZONES.values(), ids=ZONES)
def test_the_moment_at_which_a_date_is_released(
    rule: ReleaseRule, day: date, moment: str, zone: ZoneInfo
) -> None:
    """By the office's own clock, in each of the three zones."""
    released = rule.released_at(day, zone)
    assert released == local(moment, zone)
    assert released.tzinfo is UTC


def test_the_next_week_opens_at_the_very_second() -> None:
    """Friday 13.59.59 sells this week, 14.00.00 the next one too."""
    before, at = local("2026-11-27T13:59:59"), local("2026-11-27T14:00")
    friday = date(2026, 11, 27)
    this_week = [date(2026, 11, day) for day in (27, 28, 29)]
    next_week = [date(2026, 11, 30) + timedelta(days=ahead) for ahead in range(7)]
    assert days_released(FRIDAY_TWO_PM, today=friday, until=before, zone=JAKARTA) == this_week
    assert days_released(FRIDAY_TWO_PM, today=friday, until=at, zone=JAKARTA) == this_week + next_week
    assert next_release(FRIDAY_TWO_PM, now=before, zone=JAKARTA) == at
    assert next_release(FRIDAY_TWO_PM, now=at, zone=JAKARTA) == at + timedelta(days=7)


def test_fourteen_rolling_days_are_fourteen_days() -> None:
    """Today and the thirteen after it."""
    today = date(2026, 11, 23)
    found = days_released(RollingRelease(days=14), today=today, until=local("2026-11-23T00:00"), zone=JAKARTA)
    assert found == [today + timedelta(days=ahead) for ahead in range(14)]


RULES = st.one_of(
    st.builds(RollingRelease, days=st.integers(1, 90)),
    st.builds(WeeklyRelease, weekday=st.integers(0, 6), minute=st.integers(0, 1439), weeks=st.integers(1, 6)),
    st.builds(MonthlyRelease, day_of_month=st.integers(1, 31), minute=st.integers(0, 1439)),
)


@given(RULES, st.dates(date(2024, 1, 1), date(2032, 1, 1)), st.sampled_from(list(ZONES.values())))
def test_a_later_date_is_never_released_before_an_earlier_one(
    rule: ReleaseRule, day: date, zone: ZoneInfo
) -> None:
    """And each on its own day at the latest, before that day's last minute."""
    moment = rule.released_at(day, zone)
    assert moment <= rule.released_at(day + timedelta(days=1), zone)
    assert moment.astimezone(zone).date() <= day


@pytest.mark.parametrize(
    "make",
    [
        lambda: RollingRelease(days=0),
        lambda: WeeklyRelease(weekday=7, minute=0),
        lambda: WeeklyRelease(weekday=0, minute=1440),
        lambda: WeeklyRelease(weekday=0, minute=0, weeks=0),
        lambda: MonthlyRelease(day_of_month=0, minute=0),
        lambda: MonthlyRelease(day_of_month=32, minute=0),
        lambda: MonthlyRelease(day_of_month=1, minute=-1),
    ],
)
def test_a_rule_that_cannot_be_is_none(make: Callable[[], ReleaseRule]) -> None:
    """No days, no such weekday, no such minute."""
    with pytest.raises(ValueError, match=r"every|ahead"):
        make()
