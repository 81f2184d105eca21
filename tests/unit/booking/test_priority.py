"""Priority classes and what proves them."""

from datetime import date

import pytest

from contracts.words import PriorityClass
from services.booking.domain.nik import births_of
from services.booking.domain.priority import age_on, class_by_age, fits, own_pools

VISIT = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("birth", "age"),
    [
        (date(1966, 11, 23), 60),
        (date(1966, 11, 24), 59),
        (date(2020, 2, 29), 6),
        (VISIT, 0),
    ],
)
def test_ages_are_whole_years_on_the_day_of_the_visit(birth: date, age: int) -> None:
    """The birthday itself counts."""
    assert age_on(birth, VISIT) == age


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        (date(1966, 11, 23), "elderly"),
        (date(1966, 11, 24), "regular"),
        (date(2020, 11, 24), "infant"),
        (date(2020, 11, 23), "regular"),
        (VISIT, "infant"),
    ],
)
def test_age_alone_makes_the_elderly_and_infants(birth: date, expected: PriorityClass) -> None:
    """Sixty and older, five and younger."""
    assert class_by_age(birth, on=VISIT) == expected
    assert fits(expected, [birth], on=VISIT)


def test_a_nik_tells_two_birth_dates() -> None:
    """Of two centuries; women's days have 40 added; 29 February only where there was one."""
    assert births_of("6571011708600001") == (date(1960, 8, 17), date(2060, 8, 17))
    assert births_of("6571015708600001") == births_of("6571011708600001")
    assert births_of("6571012902000001") == (date(2000, 2, 29),)


def test_a_date_that_is_not_yet_proves_nothing() -> None:
    """Of the two dates of a NIK only those that have been count."""
    assert fits("elderly", births_of("6571011708600001"), on=VISIT)
    assert not fits("infant", births_of("6571011708600001"), on=VISIT)
    assert not fits("elderly", (), on=VISIT)


@pytest.mark.parametrize("told", ["regular", "disabled", "pregnant", "ill"])
def test_what_no_date_proves_is_believed(told: PriorityClass) -> None:
    """It is shown at the counter."""
    assert fits(told, (), on=VISIT)


def test_classes_have_the_priority_pool() -> None:
    """Whoever is helped by an officer has that pool too."""
    assert own_pools("regular", is_assisted=False) == ()
    assert own_pools("ill", is_assisted=True) == ("priority", "assisted")
