"""The rollout of an office by its dates."""

from datetime import date

import pytest

from contracts.words import OfficeStatus
from services.booking.domain.rollout import Rollout, Stage

JUNE, OCTOBER, JANUARY, MARCH, APRIL = (
    date(2026, 6, 1),
    date(2026, 10, 1),
    date(2027, 1, 4),
    date(2027, 3, 1),
    date(2027, 4, 1),
)


def rollout(*stages: tuple[OfficeStatus, date]) -> Rollout:
    return Rollout(stages=tuple(Stage(status=status, from_date=day) for status, day in stages))


TARAKAN = rollout(
    ("socialisation", JUNE),
    ("pilot", JANUARY),
    ("suspended", MARCH),
    ("pilot", APRIL),
    ("live", date(2028, 1, 1)),
)


@pytest.mark.parametrize(
    ("today", "status", "opens_on"),
    [
        (date(2026, 5, 31), "planned", JANUARY),
        (JUNE, "socialisation", JANUARY),
        (date(2027, 1, 3), "socialisation", JANUARY),
        (JANUARY, "pilot", None),
        (date(2027, 2, 28), "pilot", None),
        (MARCH, "suspended", APRIL),
        (APRIL, "pilot", None),
        (date(2030, 1, 1), "live", None),
    ],
)
def test_status_follows_the_dates(today: date, status: OfficeStatus, opens_on: date | None) -> None:
    """People are told when a closed office opens; one that sells is open."""
    assert (TARAKAN.status_on(today), TARAKAN.opens_on(today)) == (status, opens_on)


def test_an_office_without_dates_is_planned_and_nobody_knows_until_when() -> None:
    """As most of the country is."""
    assert (Rollout().status_on(JUNE), Rollout().opens_on(JUNE)) == ("planned", None)
    assert rollout(("socialisation", JUNE)).opens_on(OCTOBER) is None


@pytest.mark.parametrize(
    "stages",
    [
        [("pilot", JUNE), ("socialisation", OCTOBER)],
        [("live", JUNE), ("pilot", OCTOBER)],
        [("pilot", OCTOBER), ("live", JUNE)],
        [("pilot", JUNE), ("live", JUNE)],
        [("socialisation", JUNE), ("suspended", OCTOBER)],
        [("pilot", JUNE), ("pilot", OCTOBER)],
        [("live", JUNE), ("planned", OCTOBER)],
    ],
)
def test_a_rollout_does_not_go_back(stages: list[tuple[OfficeStatus, date]]) -> None:
    """Nor does it stand still, nor jump back in time; only what sells can be suspended."""
    with pytest.raises(ValueError, match="after"):
        rollout(*stages)
