"""Stretches of a day, and the weeks made of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.hours import (
    HoursOverlap,
    Stretch,
    WeeklyHours,
    WorkingPeriod,
    in_order,
    monday_of,
    without,
)
from tests.unit.booking.clock import period, stretch, stretches, written

THIS_WEEK, NEXT_WEEK, THIRD_WEEK = date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 7)


@pytest.mark.parametrize(
    ("hours", "cuts", "left"),
    [
        ("08.00-16.00", "12.00-13.00", "08.00-12.00 13.00-16.00"),
        ("08.00-16.00", "08.00-09.00", "09.00-16.00"),
        ("08.00-16.00", "15.00-17.00", "08.00-15.00"),
        ("08.00-16.00", "07.00-17.00", ""),
        ("08.00-16.00", "16.00-17.00", "08.00-16.00"),
        ("08.00-12.00 13.00-16.00", "11.00-14.00", "08.00-11.00 14.00-16.00"),
        ("08.00-16.00", "10.00-10.15 12.00-13.00", "08.00-10.00 10.15-12.00 13.00-16.00"),
        ("08.00-16.00", "", "08.00-16.00"),
    ],
)
def test_breaks_are_cut_out(hours: str, cuts: str, left: str) -> None:
    """Nothing is left of what lies within a break; what only touches it stays whole."""
    assert written(without(stretches(hours), stretches(cuts))) == left


_STRETCHES = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).map(
    lambda pair: Stretch(opens_minute=pair[0], closes_minute=min(1440, pair[0] + pair[1]))
)


@given(_STRETCHES, st.lists(_STRETCHES, max_size=5))
def test_what_is_left_are_the_minutes_that_no_cut_has(whole: Stretch, cuts: list[Stretch]) -> None:
    """The same as counting minute by minute."""
    minutes = set(range(whole.opens_minute, whole.closes_minute))
    for cut in cuts:
        minutes -= set(range(cut.opens_minute, cut.closes_minute))
    left = without([whole], cuts)
    assert minutes == {minute for one in left for minute in range(one.opens_minute, one.closes_minute)}
    assert in_order(left) == left


@pytest.mark.parametrize(("opens", "closes"), [(60, 60), (-1, 60), (0, 1441), (61, 60)])
def test_a_stretch_outside_a_day_cannot_be_made(opens: int, closes: int) -> None:
    """Minutes are 0 to 1440, and it ends after it begins."""
    with pytest.raises(ValueError, match="no stretch of a day"):
        Stretch(opens_minute=opens, closes_minute=closes)


@pytest.mark.parametrize(
    ("weekday", "opens", "closes"), [(7, 0, 60), (-1, 0, 60), (0, 60, 60), (0, -1, 60), (0, 0, 1441)]
)
def test_a_period_outside_a_week_or_a_day_cannot_be_made(weekday: int, opens: int, closes: int) -> None:
    """Weekdays are 0 to 6, minutes 0 to 1440, and a period ends after it begins."""
    with pytest.raises(ValueError, match=r"no (day|stretch) of a"):
        WorkingPeriod(weekday=weekday, opens_minute=opens, closes_minute=closes)


@pytest.mark.parametrize(("every", "since"), [(2, None), (1, THIS_WEEK), (0, None)])
def test_weeks_are_counted_from_a_day_if_not_every_week_counts(every: int, since: date | None) -> None:
    """Every second week alone does not say which."""
    with pytest.raises(ValueError, match="every"):
        period(0, "08.00-12.00", every=every, since=since)


@pytest.mark.parametrize("since", [THIS_WEEK, date(2026, 11, 29)])
def test_any_day_of_the_week_tells_which_week_counts(since: date) -> None:
    """Monday or Sunday of it; every third week, forwards and backwards."""
    thursdays = period(3, "08.00-12.00", every=3, since=since)
    assert thursdays.is_on(date(2026, 11, 26))
    assert thursdays.is_on(date(2026, 12, 17))
    assert thursdays.is_on(date(2026, 11, 5))
    assert not thursdays.is_on(date(2026, 12, 3))
    assert not thursdays.is_on(date(2026, 12, 18))


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (period(0, "08.00-12.00"), period(0, "11.00-13.00"), True),
        (period(0, "08.00-12.00"), period(0, "12.00-13.00"), False),
        (period(0, "08.00-12.00"), period(1, "08.00-12.00"), False),
        (period(0, "08.00-12.00", every=2, since=THIS_WEEK), period(0, "11.00-13.00"), True),
        (
            period(0, "08.00-12.00", every=2, since=THIS_WEEK),
            period(0, "08.00-12.00", every=2, since=NEXT_WEEK),
            False,
        ),
        (
            period(0, "08.00-12.00", every=2, since=THIS_WEEK),
            period(0, "08.00-12.00", every=2, since=THIRD_WEEK),
            True,
        ),
        (
            period(0, "08.00-12.00", every=2, since=THIS_WEEK),
            period(0, "08.00-12.00", every=3, since=NEXT_WEEK),
            True,
        ),
    ],
)
def test_periods_that_ever_meet_are_no_week(one: WorkingPeriod, other: WorkingPeriod, overlap: bool) -> None:
    """Two alternating Saturdays go together; every second and every third week meet some day."""
    assert one.meets(other) is overlap
    assert other.meets(one) is overlap
    if overlap:
        with pytest.raises(HoursOverlap):
            WeeklyHours(valid_from=THIS_WEEK, periods=(one, other))
    else:
        assert WeeklyHours(valid_from=THIS_WEEK, periods=(one, other)).periods == (one, other)


def test_stretches_of_a_day_may_touch_and_not_overlap() -> None:
    """They come out in order."""
    assert written(in_order(stretches("12.00-13.00 08.00-12.00"))) == "08.00-12.00 12.00-13.00"
    with pytest.raises(HoursOverlap):
        in_order(stretches("08.00-12.00 11.59-13.00"))


def test_a_stretch_holds_what_lies_within() -> None:
    """Its own ends count."""
    assert stretch("08.00-12.00").holds(stretch("08.00-12.00"))
    assert not stretch("08.00-12.00").holds(stretch("11.00-12.01"))


def test_a_week_begins_on_monday() -> None:
    """Sunday belongs to the week before."""
    assert monday_of(date(2026, 11, 29)) == THIS_WEEK == monday_of(THIS_WEEK)
