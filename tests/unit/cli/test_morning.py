"""A simulated morning is drawn from its seed alone."""

from datetime import date, timedelta
from typing import get_args

import pytest
from stdnum.id import nik

from cli.simulate.morning import MORNING_SECONDS, draw_morning, percentile
from contracts.words import PriorityClass, ServiceCode
from services.booking.domain.nik import births_of

TODAY = date(2026, 11, 23)
SERVICES: tuple[ServiceCode, ...] = ("new", "renewal", "collection")


def test_the_same_seed_draws_the_same_people() -> None:
    """So that a morning that showed something can be played again."""
    assert draw_morning(60, SERVICES, seed=4, today=TODAY) == draw_morning(60, SERVICES, seed=4, today=TODAY)
    assert draw_morning(60, SERVICES, seed=4, today=TODAY) != draw_morning(60, SERVICES, seed=5, today=TODAY)


def test_people_come_in_order_within_the_morning() -> None:
    """Nobody before it begins or after it ends, and for what the office offers."""
    morning = draw_morning(300, SERVICES, seed=1, today=TODAY)
    moments = [visitor.comes_at for visitor in morning]
    assert moments == sorted(moments)
    assert 0 <= moments[0] <= moments[-1] <= MORNING_SECONDS
    assert {visitor.service for visitor in morning} == set(SERVICES)
    assert {visitor.priority for visitor in morning} <= set(get_args(PriorityClass))
    assert 0.5 < sum(visitor.has_booking for visitor in morning) / len(morning) < 0.7


def test_everybody_has_a_number_of_their_own_that_the_office_accepts() -> None:
    """Region, date of birth and sex are in it, and the library that booking asks takes it."""
    morning = draw_morning(500, SERVICES, seed=2, today=TODAY)
    numbers = {visitor.nik for visitor in morning}
    assert len(numbers) == len(morning)
    for visitor in morning:
        assert nik.is_valid(visitor.nik)
        assert visitor.birth_date in births_of(visitor.nik)
        assert TODAY - visitor.birth_date >= timedelta(days=18 * 365)


@pytest.mark.parametrize(
    ("seconds", "share", "expected"),
    [([], 0.5, 0), ([4.0], 0.9, 4), ([1, 2, 3, 4], 0.5, 2), ([4, 3, 2, 1], 0.9, 4), (range(1, 101), 0.9, 90)],
)
def test_a_percentile_is_the_nearest_rank(seconds: list[float], share: float, expected: float) -> None:
    """A value that somebody really waited."""
    assert percentile(seconds, share) == expected
