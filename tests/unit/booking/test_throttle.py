"""How often a login may fail."""

from datetime import UTC, datetime, timedelta

import pytest

from services.booking.domain.throttle import FAILURES_ALLOWED, WINDOW, retry_seconds

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def ago(*minutes: float) -> list[datetime]:
    return [NOW - timedelta(minutes=minute) for minute in minutes]


def test_one_failure_less_than_allowed_makes_nobody_wait() -> None:
    """Nine wrong passwords in a row are a person who searches."""
    assert retry_seconds(ago(*range(FAILURES_ALLOWED - 1)), now=NOW) is None


def test_the_wait_ends_when_the_oldest_of_the_last_ten_no_longer_counts() -> None:
    """Ten failures, one a minute: the first was nine minutes ago, so six are left of fifteen."""
    assert retry_seconds(ago(*range(FAILURES_ALLOWED)), now=NOW) == 6 * 60


def test_older_failures_than_the_last_ten_do_not_shorten_the_wait() -> None:
    """The tenth from the newest counts, whatever came before."""
    failures = ago(*range(FAILURES_ALLOWED), 12, 13, 14)
    assert retry_seconds(failures, now=NOW) == 6 * 60


@pytest.mark.parametrize("minutes", [15, 16, 600])
def test_failures_outside_the_window_are_forgotten(minutes: int) -> None:
    """Ten failures of a quarter of an hour ago are none."""
    assert retry_seconds(ago(*[minutes] * FAILURES_ALLOWED), now=NOW) is None


def test_ten_failures_at_once_wait_the_whole_window() -> None:
    """A machine that tries ten passwords in one instant."""
    assert retry_seconds(ago(*[0] * FAILURES_ALLOWED), now=NOW) == WINDOW.total_seconds()
