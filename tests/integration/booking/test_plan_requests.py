"""What the head of an office asks: a plan to be applied, and who is affected."""

from dataclasses import replace
from datetime import timedelta

import pytest

from contracts.requests.booking import ChangeOfficePlan, ListAffectedBookings
from contracts.requests.office_head import GetOfficePlan, PreviewOfficePlan
from services.booking.errors import OfficePlanInvalid, PlanChangedMeanwhile, UnknownOffice
from services.booking.handlers.plan_drafts import get_office_plan, preview_office_plan
from services.booking.handlers.plans import change_office_plan, list_affected_bookings
from tests.integration.booking.desk import NOW, Desk
from tests.integration.booking.planning import TOMORROW, booked, closed, plan


def test_the_heads_own_request_lists_who_is_affected(open_desk: Desk) -> None:
    """The answer to the change, and to the question afterwards, is the same list."""
    person, booking = booked(open_desk)
    command = ChangeOfficePlan(office="TRK", plan=closed(TOMORROW))
    answer = open_desk.do(change_office_plan, command)
    assert answer == open_desk.do(list_affected_bookings, ListAffectedBookings(office="TRK"))
    assert [(one.code, one.starts_at) for one in answer.bookings] == [(booking.code, booking.starts_at)]
    open_desk.cancel(person, booking.code)
    assert open_desk.do(list_affected_bookings, ListAffectedBookings(office="TRK")).bookings == ()


def test_the_heads_request_names_faults_within_the_plan(open_desk: Desk) -> None:
    """And refuses the plan of another office, and an office that there is not."""
    with pytest.raises(OfficePlanInvalid) as contradiction:
        open_desk.do(change_office_plan, ChangeOfficePlan(office="TRK", plan=plan(release={})))
    with pytest.raises(OfficePlanInvalid) as elsewhere:
        open_desk.do(change_office_plan, ChangeOfficePlan(office="SKW", plan=plan()))
    with pytest.raises(UnknownOffice):
        open_desk.do(list_affected_bookings, ListAffectedBookings(office="XYZ"))
    assert contradiction.value.data["faults"] == [{"pointer": "/plan/release", "code": "not_exactly_one"}]
    assert elsewhere.value.data["faults"] == [{"pointer": "/plan/office", "code": "other_office"}]


def test_nobody_overwrites_a_plan_that_they_have_not_seen(open_desk: Desk) -> None:
    """Two heads shut a day each, both from the plan of the morning: the second one looks again."""
    morning = open_desk.do(get_office_plan, GetOfficePlan(office="TRK"))
    first = ChangeOfficePlan(office="TRK", plan=closed(TOMORROW), edition=morning.edition)
    second = replace(first, plan=closed(TOMORROW + timedelta(days=2)))
    open_desk.do(change_office_plan, first)
    with pytest.raises(PlanChangedMeanwhile):
        open_desk.do(change_office_plan, second)
    assert open_desk.do(get_office_plan, GetOfficePlan(office="TRK")).plan.closures == first.plan.closures
    look = PreviewOfficePlan(office="TRK", plan=second.plan)
    seen = preview_office_plan(lambda: open_desk.database.transaction(now=NOW), look)
    open_desk.do(change_office_plan, replace(second, edition=seen.edition))
    assert open_desk.do(get_office_plan, GetOfficePlan(office="TRK")).plan.closures == second.plan.closures


def test_the_same_plan_again_is_no_other(open_desk: Desk) -> None:
    """An answer that was lost is asked for again."""
    morning = open_desk.do(get_office_plan, GetOfficePlan(office="TRK"))
    shut = replace(morning.plan, closures=closed(TOMORROW).closures)
    command = ChangeOfficePlan(office="TRK", plan=shut, edition=morning.edition)
    assert open_desk.do(change_office_plan, command) == open_desk.do(change_office_plan, command)
