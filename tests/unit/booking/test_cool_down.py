"""When a place that was given up can be had again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.cool_down import CoolDown

NOW = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WINDOW = CoolDown(shortest=5 * MINUTE, longest=60 * MINUTE, offer=120 * MINUTE)


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 10_000))
def test_a_place_returns_within_the_window_and_in_time(chance: float, minutes: int) -> None:
    """Never after half of the time that is left, so that somebody can still come."""
    starts_at = NOW + minutes * MINUTE
    returns_at = WINDOW.returns_at(now=NOW, starts_at=starts_at, chance=chance)
    assert NOW <= returns_at <= NOW + 60 * MINUTE
    assert returns_at <= NOW + (starts_at - NOW) / 2
    if minutes >= 120:
        assert returns_at >= NOW + 5 * MINUTE


def test_chance_decides_over_the_whole_window() -> None:
    """From its first moment to its last."""
    later = NOW + timedelta(days=2)
    found = [WINDOW.returns_at(now=NOW, starts_at=later, chance=chance) for chance in (0, 0.5, 1)]
    assert found == [NOW + minutes * MINUTE for minutes in (5, 32.5, 60)]


def test_an_offer_ends_long_before_its_slot() -> None:
    """At the latest when half of the time is over."""
    assert WINDOW.offer_ends_at(now=NOW, starts_at=NOW + timedelta(days=1)) == NOW + 120 * MINUTE
    assert WINDOW.offer_ends_at(now=NOW, starts_at=NOW + 60 * MINUTE) == NOW + 30 * MINUTE


def test_a_slot_that_has_begun_gives_its_place_back_at_once() -> None:
    """Where people walk in."""
    assert WINDOW.returns_at(now=NOW, starts_at=NOW - MINUTE, chance=0.9) == NOW


def test_a_window_that_ends_before_it_begins_cannot_be_built() -> None:
    """Nor one in the past."""
    for wrong in ((2 * MINUTE, MINUTE), (-MINUTE, MINUTE)):
        with pytest.raises(ValueError, match="no window"):
            CoolDown(shortest=wrong[0], longest=wrong[1])
