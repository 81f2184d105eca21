"""The form of a NIK."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.id import nik as listed_regions

from services.booking.domain.nik import is_nik

BORN_IN_TARAKAN = "6571011708900001"

born = st.dates().map(lambda day: (day.day, day.month, day.year % 100))
region = st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 99), st.integers(1, 99))


@given(region, born, st.booleans(), st.integers(1, 9999))
def test_a_nik_of_any_region_and_birth_date_is_accepted(
    place: tuple[int, int, int, int], date: tuple[int, int, int], is_woman: bool, serial: int
) -> None:
    """Region, day (plus 40 for women), month, year and serial make a NIK."""
    day, month, year = date
    text = "{}{}{:02}{:02}".format(*place) + f"{day + 40 * is_woman:02}{month:02}{year:02}{serial:04}"
    assert is_nik(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("657101170890001", "15 digits"),
        ("65710117089000012", "17 digits"),
        ("65710117O8900001", "a letter"),
        ("0571011708900001", "no such province"),
        ("6071011708900001", "no such province"),
        ("6500011708900001", "no regency"),
        ("6571001708900001", "no district"),
        ("6571010008900001", "day 0"),
        ("6571013208900001", "day 32"),
        ("6571014008900001", "day 40, between men and women"),
        ("6571018108900001", "day 81: 40 is added once"),
        ("6571011713900001", "month 13"),
        ("6571013002900001", "30 February"),
        ("6571012902010001", "29 February 2001 and 1901"),
        ("6571011708900000", "serial 0"),
        ("\uff16571011708900001", "a digit of another script"),
        ("6571011708900001\n", "a line end"),
    ],
)
def test_a_text_that_is_no_nik_is_refused(text: str, fault: str) -> None:
    """Each part has its own limits."""
    assert not is_nik(text), fault


def test_a_leap_day_counts_in_either_century() -> None:
    """29 February 00 is a day of 2000, though not of 1900."""
    assert is_nik("6571012902000001")


def test_a_region_that_lists_do_not_know_is_accepted() -> None:
    """North Kalimantan (65) is missing in the list of python-stdnum, and Tarakan lies there."""
    assert is_nik(BORN_IN_TARAKAN)
    assert not listed_regions.is_valid(BORN_IN_TARAKAN)
