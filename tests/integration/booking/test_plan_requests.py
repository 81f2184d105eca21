"""What the head of an office asks: a plan to be applied, and who is affected."""

import pytest

from contracts.requests.booking import ChangeOfficePlan, ListAffectedBookings
from services.booking.errors import OfficePlanInvalid, UnknownOffice
from services.booking.handlers.plans import change_office_plan, list_affected_bookings
from tests.integration.booking.desk import Desk
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
