"""Why a day has no place: one answer, always the first that holds."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any, get_args

import pytest

from contracts.requests.why import DayAnswer
from services.booking.domain.day_answer import DayFacts, answer_of
from tests.unit.booking.clock import MONDAY

PLACES = DayFacts(
    is_open=True,
    offers_service=True,
    day=MONDAY,
    today=MONDAY,
    kind="weekly",
    works=True,
    is_past=False,
    is_released=True,
    places_left=3,
    places_in_reach=3,
)
IN_ORDER: tuple[tuple[DayAnswer, dict[str, Any]], ...] = (
    ("office_not_open", {"is_open": False}),
    ("service_not_here", {"offers_service": False}),
    ("day_over", {"today": MONDAY + timedelta(days=1)}),
    ("holiday", {"kind": "holiday", "works": False}),
    ("closed", {"kind": "closed", "works": False}),
    ("no_hours", {"kind": "no_hours", "works": False}),
    ("day_over", {"is_past": True}),
    ("not_released", {"is_released": False}),
    ("full", {"places_left": 0, "places_in_reach": 0}),
    ("too_far", {"places_in_reach": 0}),
    ("available", {}),
)


@pytest.mark.parametrize(("answer", "facts"), IN_ORDER)
def test_each_reason_has_its_answer(answer: DayAnswer, facts: dict[str, Any]) -> None:
    """With nothing else in the way."""
    assert answer_of(replace(PLACES, **facts)) == answer


@pytest.mark.parametrize(("first", "second"), list(pairwise(IN_ORDER)))
def test_of_two_reasons_the_first_is_told(
    first: tuple[DayAnswer, dict[str, Any]], second: tuple[DayAnswer, dict[str, Any]]
) -> None:
    """The order is fixed, so the same day has the same answer everywhere."""
    assert answer_of(replace(PLACES, **{**second[1], **first[1]})) == first[0]


def test_hours_that_were_all_closed_are_a_closure() -> None:
    """The calendar says weekly hours, and closures leave nothing of them."""
    assert answer_of(replace(PLACES, kind="weekly", works=False)) == "closed"


def test_every_answer_of_the_contract_is_given() -> None:
    """None is a promise that nothing keeps."""
    assert {answer for answer, _ in IN_ORDER} == set(get_args(DayAnswer))
