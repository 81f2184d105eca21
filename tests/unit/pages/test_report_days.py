"""Which days a report is about."""

from datetime import date

import pytest

from gateway.pages.reports import Span, days_of


@pytest.mark.parametrize(
    ("span", "today", "first", "last"),
    [
        ("minggu-ini", date(2026, 11, 25), date(2026, 11, 23), date(2026, 11, 25)),
        ("minggu-ini", date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 23)),
        ("minggu-lalu", date(2026, 11, 29), date(2026, 11, 16), date(2026, 11, 22)),
        ("minggu-lalu", date(2026, 1, 1), date(2025, 12, 22), date(2025, 12, 28)),
        ("bulan-ini", date(2026, 3, 31), date(2026, 3, 1), date(2026, 3, 31)),
    ],
)
def test_a_span_is_counted_from_the_offices_today(span: Span, today: date, first: date, last: date) -> None:
    """A week begins on Monday; what has not come yet is left out."""
    assert days_of(span, today) == (first, last)
