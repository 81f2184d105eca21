"""Why somebody finds no place on a day: one answer, the first that holds.

    office_not_open    the rollout: the office gives no slots on that day
    service_not_here   it does not offer the service
    day_over           the day is past
    holiday            a public holiday
    closed             a closure decided by the office, of the day or of all its hours
    no_hours           the office does not work on that day of the week
    day_over           the last hour of the day that is given out is past
    not_released       the slots are not given out yet
    full               every place is taken
    too_far            there are places, at none of their hours can the person be there
    available          there are places

Reasons that no other day mends come first, then those of the calendar, then those of the clock, and last
those of other people: who reads "full" knows that nothing else stands in the way.
"""

from dataclasses import dataclass
from datetime import date

from contracts.requests.why import DayAnswer
from services.booking.domain.calendar import DayKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """What is known of a day.

    `works` tells whether the calendar leaves any hour of it, `is_past` whether all of them are over.
    `places_left` counts what can be booked, `places_in_reach` what the person can arrive for.
    """

    is_open: bool
    offers_service: bool
    day: date
    today: date
    kind: DayKind
    works: bool
    is_past: bool
    is_released: bool
    places_left: int
    places_in_reach: int


def answer_of(facts: DayFacts) -> DayAnswer:
    """Say why the day has no place, or that it has one."""
    in_order: tuple[tuple[bool, DayAnswer], ...] = (
        (not facts.is_open, "office_not_open"),
        (not facts.offers_service, "service_not_here"),
        (facts.day < facts.today, "day_over"),
        (not facts.works, _shut(facts.kind)),
        (facts.is_past, "day_over"),
        (not facts.is_released, "not_released"),
        (facts.places_left == 0, "full"),
        (facts.places_in_reach == 0, "too_far"),
        (True, "available"),
    )
    return next(answer for holds, answer in in_order if holds)


def _shut(kind: DayKind) -> DayAnswer:
    if kind == "holiday":
        return "holiday"
    return "no_hours" if kind == "no_hours" else "closed"
