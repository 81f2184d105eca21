"""What a visit takes: which slots follow each other."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from services.booking.domain.quota import Protected
from services.booking.domain.service_form import ServiceForm, following
from tests.unit.booking.clock import MONDAY


@dataclass(frozen=True, kw_only=True)
class Hour:
    """An hour's slot."""

    hour: int

    @property
    def slot_id(self) -> str:
        return str(self.hour)

    @property
    def starts_at(self) -> datetime:
        return datetime(MONDAY.year, MONDAY.month, MONDAY.day, self.hour, tzinfo=UTC)

    @property
    def ends_at(self) -> datetime:
        return datetime(MONDAY.year, MONDAY.month, MONDAY.day, self.hour + 1, tzinfo=UTC)


MORNING_AND_AFTERNOON = [Hour(hour=hour) for hour in (8, 9, 10, 11, 13, 14)]


def test_a_visit_of_one_slot_begins_anywhere() -> None:
    """Nothing follows."""
    assert set(following(MORNING_AND_AFTERNOON, 1).values()) == {()}


def test_a_visit_is_never_cut_by_a_break_or_by_the_end_of_the_day() -> None:
    """It begins where all its slots follow each other."""
    assert following(MORNING_AND_AFTERNOON[::-1], 3) == {
        "8": ("9", "10"),
        "9": ("10", "11"),
        "10": None,
        "11": None,
        "13": None,
        "14": None,
    }
    assert following(MORNING_AND_AFTERNOON, 2)["13"] == ("14",)


def test_a_form_that_keeps_more_than_there_is_cannot_be_built() -> None:
    """Nor one of no slots."""
    for wrong in ({"slots": 0}, {"places": 1, "protected": Protected(priority=2)}):
        with pytest.raises(ValueError, match="no form"):
            ServiceForm(service="new", **wrong)
