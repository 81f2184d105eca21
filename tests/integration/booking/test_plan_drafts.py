"""A head looks before deciding: the coming days, the plan in force, what another would change."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from contracts.office_plan import ClosurePlan
from contracts.requests.office_head import (
    DraftClosures,
    GetOfficePlan,
    GetOfficeSchedule,
    PlanPreview,
    PresentPlan,
    PreviewOfficePlan,
    ReadPlanText,
)
from contracts.schema import load
from services.booking.errors import OfficePlanInvalid, UnknownOffice
from services.booking.handlers.plan_drafts import (
    draft_closures,
    get_office_plan,
    preview_office_plan,
    read_plan_text_of,
)
from services.booking.handlers.schedules import get_office_schedule
from tests.integration.booking.desk import NOW, TODAY, Desk, as_sold
from tests.integration.booking.planning import TOMORROW, WEEK, apply, booked, closed, plan, slot_ids

SATURDAY = {"days": ["saturday"], "open": "08.00-12.00", "every_weeks": 2, "counted_from": "2026-11-28"}
FULL = {
    "hours": [
        {"valid_from": "2026-01-01", "week": [*WEEK, SATURDAY]},
        {"valid_from": "2027-01-01", "week": [{"days": ["monday"], "open": "07.30-24.00"}]},
    ],
    "covers": ["Kota Tarakan"],
    "rollout": [
        {"status": "pilot", "from_date": "2026-01-02"},
        {"status": "live", "from_date": "2027-01-04"},
    ],
    "slots": {"minutes": 30, "places": 8, "protected": {"priority": 2}, "protected_until_hours": 12},
    "by_service": [
        {
            "service": "renewal",
            "slots": 2,
            "places": 4,
            "protected": {},
            "payment": {"when": "first", "rupiah": 350000},
        }
    ],
    "release": {"weekly": {"day": "friday", "time": "14.00", "weeks": 2}},
    "no_show": {"after": 2, "within_days": 90, "wait_days": 14},
    "one_offs": [
        {"date": "2026-11-29", "open": "09.00-15.00", "breaks": ["12.00-13.00"], "name": "Simpatik"}
    ],
    "closures": [
        {"from_date": "2026-12-02", "hours": "13.00-16.00", "reason": "Rapat: “besar”"},
        {"from_date": "2026-12-30", "to_date": "2027-01-02", "reason": "no"},
    ],
    "observes_holidays": False,
    "travel": [{"district": "Malinau", "minutes": 240, "unreachable": ["08.00-11.00"]}],
}


def preview(desk: Desk, **changes: Any) -> PlanPreview:
    """Try a plan of Tarakan."""
    query = PreviewOfficePlan(office="TRK", plan=plan(**changes))
    return preview_office_plan(lambda: desk.database.transaction(now=NOW), query)


@pytest.mark.parametrize("told", [{}, FULL], ids=["usual", "everything"])
def test_the_plan_in_force_can_be_sent_back_and_changes_nothing(
    open_desk: Desk, told: dict[str, Any]
) -> None:
    """As data and as the text of a YAML file; what is read from the text is the plan."""
    apply(open_desk, plan(**told))
    present = open_desk.do(get_office_plan, GetOfficePlan(office="TRK"))
    open_desk.heard()
    before = slot_ids(open_desk)
    reading = read_plan_text_of(ReadPlanText(office="TRK", text=present.text))
    assert (reading.plan, reading.mistakes) == (present.plan, ())
    apply(open_desk, present.plan)
    assert open_desk.do(get_office_plan, GetOfficePlan(office="TRK")) == present
    assert (slot_ids(open_desk), open_desk.heard()) == (before, [])


def test_a_preview_says_who_would_be_affected_and_changes_nothing(open_desk: Desk) -> None:
    """Nobody hears of it, no slot is withdrawn, no booking is touched."""
    person, booking = booked(open_desk)
    before = slot_ids(open_desk)
    open_desk.heard()
    seen = preview(open_desk, closures=[{"from_date": str(TOMORROW), "reason": "Rapat"}])
    assert [one.code for one in seen.affected] == [booking.code]
    changed = [after for one, after in zip(seen.before, seen.after, strict=True) if one != after]
    assert [(day.date, day.kind, day.note, day.affected) for day in changed] == [
        (TOMORROW, "closed", "Rapat", 1)
    ]
    assert (slot_ids(open_desk), open_desk.heard()) == (before, [])
    assert as_sold(open_desk.booking(person, booking.code)) == booking


def test_a_preview_tells_only_what_is_new(open_desk: Desk) -> None:
    """Who is affected already is not listed again; who no longer would be is counted."""
    booked(open_desk)
    apply(open_desk, closed(TOMORROW))
    assert preview(open_desk, closures=[{"from_date": str(TOMORROW), "reason": "Rapat"}]).affected == ()
    seen = preview(open_desk)
    assert (seen.affected, seen.reinstated) == ((), 1)


def test_a_preview_of_what_cannot_be_is_refused(open_desk: Desk) -> None:
    """As applying it would be."""
    with pytest.raises(OfficePlanInvalid):
        preview(open_desk, release={})
    with pytest.raises(OfficePlanInvalid):
        preview(open_desk, office="SKW")
    with pytest.raises(UnknownOffice):
        open_desk.do(get_office_plan, GetOfficePlan(office="XYZ"))
    with pytest.raises(UnknownOffice):
        open_desk.do(get_office_schedule, GetOfficeSchedule(office="XYZ"))


def test_the_coming_days_have_hours_places_and_bookings(open_desk: Desk) -> None:
    """Fourteen of them, with what is shut and whose booking stands there."""
    booked(open_desk)
    apply(open_desk, closed(TOMORROW, hours="08.00-10.00"))
    days = open_desk.do(get_office_schedule, GetOfficeSchedule(office="TRK")).days
    assert [day.date for day in days] == [TODAY + timedelta(days=ahead) for ahead in range(14)]
    tomorrow, saturday = days[1], days[5]
    assert (tomorrow.hours, tomorrow.closed) == (("10.00-12.00", "13.00-16.00"), ("08.00-10.00",))
    assert (tomorrow.capacity, tomorrow.booked, tomorrow.affected) == (2 * 5 * 6, 0, 1)
    assert (saturday.kind, saturday.hours, saturday.capacity) == ("no_hours", (), 0)


@pytest.mark.parametrize(
    ("text", "line", "field", "code"),
    [
        ("office: TRK\nservices: [new]\ncounters: 4\nhours: []\njam: 8\n", 5, "jam", "unknown_field"),
        ("office: SKW\nservices: [new]\ncounters: 4\nhours: []\n", 1, "office", "other_office"),
        (
            "office: TRK\nservices: [new]\ncounters: 4\nhours: []\nrelease: {}\n",
            5,
            "release",
            "not_exactly_one",
        ),
        ("office: [TRK\n", 2, "", "not_yaml"),
        ("\0", 1, "", "not_yaml"),
    ],
)
def test_a_mistake_in_the_text_is_told_with_its_line(text: str, line: int, field: str, code: str) -> None:
    """As the command line tells it."""
    (mistake,) = read_plan_text_of(ReadPlanText(office="TRK", text=text)).mistakes
    assert (mistake.line, mistake.field, mistake.code) == (line, field, code)


def test_an_office_that_never_decided_has_a_plan_to_start_from(desk: Desk) -> None:
    """Without hours, and good as it is."""
    desk.add_office()
    present = desk.do(get_office_plan, GetOfficePlan(office="TRK"))
    assert read_plan_text_of(ReadPlanText(office="TRK", text=present.text)).mistakes == ()
    assert present.plan.hours == ()


def test_days_before_the_office_opens_are_told_so(open_desk: Desk) -> None:
    """The calendar has hours, the rollout none."""
    apply(open_desk, plan(rollout=[{"status": "pilot", "from_date": str(TODAY + timedelta(days=3))}]))
    days = open_desk.do(get_office_schedule, GetOfficeSchedule(office="TRK")).days
    assert [day.kind for day in days[:4]] == ["not_open", "not_open", "not_open", "weekly"]
    assert days[0].date == date(2026, 11, 23)


def drafted(desk: Desk, *closures: dict[str, Any]) -> PresentPlan:
    """Write Tarakan's plan with these closures."""
    wanted = tuple(load(ClosurePlan, closure) for closure in closures)
    return desk.do(draft_closures, DraftClosures(office="TRK", closures=wanted))


def test_closures_are_drafted_into_the_plan_in_force(open_desk: Desk) -> None:
    """All else stays, and nothing is changed; the text is the plan."""
    apply(open_desk, plan(**FULL))
    present = open_desk.do(get_office_plan, GetOfficePlan(office="TRK"))
    draft = drafted(open_desk, {"from_date": str(TOMORROW), "reason": "Pemadaman listrik"})
    assert replace(draft.plan, closures=present.plan.closures) == present.plan
    assert [closure.reason for closure in draft.plan.closures] == ["Pemadaman listrik"]
    assert read_plan_text_of(ReadPlanText(office="TRK", text=draft.text)).plan == draft.plan
    assert open_desk.do(get_office_plan, GetOfficePlan(office="TRK")) == present


@pytest.mark.parametrize(
    ("closure", "pointer", "code"),
    [
        ({"to_date": "2026-11-01"}, "/closures/1/to_date", "out_of_order"),
        ({"hours": "16.00-13.00"}, "/closures/1/hours", "ends_before_start"),
    ],
)
def test_a_closure_that_contradicts_itself_is_refused(
    open_desk: Desk, closure: dict[str, Any], pointer: str, code: str
) -> None:
    """With a pointer to what is wrong."""
    apply(open_desk, plan())
    fine = {"from_date": "2026-12-02", "reason": "Rapat"}
    with pytest.raises(OfficePlanInvalid) as refused:
        drafted(open_desk, fine, {**fine, **closure})
    faults = refused.value.data["faults"]
    assert isinstance(faults, list)
    assert [(fault["pointer"], fault["code"]) for fault in faults] == [(pointer, code)]


def test_an_unknown_office_has_no_closures(open_desk: Desk) -> None:
    """As it has no plan."""
    with pytest.raises(UnknownOffice):
        open_desk.do(draft_closures, DraftClosures(office="XXX", closures=()))
