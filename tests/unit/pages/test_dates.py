"""Days and hours are written as people at the office read them."""

from datetime import UTC, date, datetime

import pytest

from gateway.pages import dates

NINE_IN_TARAKAN = datetime(2026, 11, 24, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("timezone", "hour", "zone"),
    [
        ("Asia/Jakarta", "08.00", "WIB"),
        ("Asia/Pontianak", "08.00", "WIB"),
        ("Asia/Makassar", "09.00", "WITA"),
        ("Asia/Jayapura", "10.00", "WIT"),
    ],
)
def test_hours_are_the_offices_own(timezone: str, hour: str, zone: str) -> None:
    """One instant is another hour in each of the country's three zones."""
    assert dates.hour_words(NINE_IN_TARAKAN, timezone, "id") == hour
    assert dates.zone_words(NINE_IN_TARAKAN, timezone) == zone


def test_days_in_both_languages() -> None:
    """The day of the week comes first; English keeps the order of the day and the month."""
    day = date(2026, 11, 24)
    assert dates.day_words(day, "id") == "Selasa, 24 November 2026"
    assert dates.day_words(day, "en") == "Tuesday, 24 November 2026"
    assert dates.hour_words(NINE_IN_TARAKAN, "Asia/Makassar", "en") == "09:00"


def test_noon_is_the_offices_noon() -> None:
    """Morning and afternoon are told apart by the office's clock."""
    assert dates.local_hour(datetime(2026, 11, 24, 4, tzinfo=UTC), "Asia/Makassar") == 12
