"""Putting into effect what offices decide, after people have booked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy

from contracts.events import (
    BookingAffected,
    BookingReinstated,
    OfficeChanged,
    OfficeOutageDeclared,
    OfficeOutageLifted,
)
from contracts.office_plan import HolidayPlans, OfficePlan
from contracts.refusals import Refused
from contracts.requests.booking import Booking
from contracts.schema import load
from services.booking.errors import OfficePlanInvalid, UnknownOffice, UnknownSlot
from services.booking.handlers import slots
from services.booking.handlers.plans import (
    apply_holidays,
)
from services.booking.store import tables
from services.booking.store.affected import affected_bookings
from tests.contention import at_once
from tests.integration.booking.desk import TARAKAN, TODAY, Desk, wish
from tests.integration.booking.planning import TOMORROW, WEEK, about, apply, booked, closed, plan, slot_ids


def test_a_closure_loses_no_booking(open_desk: Desk) -> None:
    """It stands, is listed and told with the reason; the outage says from when until when."""
    person, booking = booked(open_desk)
    booked(open_desk, day=TODAY)
    open_desk.heard()
    (affected,) = apply(open_desk, closed(TOMORROW)).affected
    assert affected.code == booking.code
    assert open_desk.booking(person, booking.code).status == "booked"
    told, outage = about(open_desk, BookingAffected, OfficeOutageDeclared)
    assert isinstance(told, BookingAffected)
    assert (told.booking_id, told.version, told.cause) == (booking.booking_id, 2, "closed")
    assert told.note == "Pemadaman listrik"
    assert isinstance(outage, OfficeOutageDeclared)
    assert (outage.outage_id, outage.affected) == (f"TRK:{TOMORROW}", 1)
    assert outage.begins_at == datetime(2026, 11, 24, 0, tzinfo=UTC)
    assert outage.ends_at == datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_a_closed_day_gives_no_slots(open_desk: Desk) -> None:
    """None is listed, and one whose id is known is sold no more."""
    slot = slot_ids(open_desk)[0]
    apply(open_desk, closed(TOMORROW))
    assert slot_ids(open_desk) == []
    with pytest.raises(UnknownSlot):
        open_desk.book(open_desk.person(), slot)


def test_only_bookings_in_closed_hours_are_affected(open_desk: Desk) -> None:
    """The others keep their slot and their time; the slot grid does not move."""
    before = slot_ids(open_desk)
    at_eight, at_nine = booked(open_desk, 0)[1], booked(open_desk, 1)[1]
    applied = apply(open_desk, closed(TOMORROW, hours="09.30-10.30"))
    assert [booking.code for booking in applied.affected] == [at_nine.code]
    assert slot_ids(open_desk) == [before[0], *before[3:]]
    assert at_eight.starts_at < at_nine.starts_at


def test_who_is_affected_may_give_up_the_booking_and_take_another(open_desk: Desk) -> None:
    """The place that becomes free in the closed slot is not sold again."""
    person, booking = booked(open_desk)
    other_day = slot_ids(open_desk, TODAY)[0]
    slot = slot_ids(open_desk)[0]
    apply(open_desk, closed(TOMORROW))
    open_desk.cancel(person, booking.code)
    assert open_desk.do(affected_bookings, "TRK") == []
    assert open_desk.booked(slot) == 0
    with pytest.raises(UnknownSlot):
        open_desk.book(open_desk.person(), slot)
    assert open_desk.book(person, other_day, key="key-0002").status == "booked"


def test_a_closure_that_is_taken_back_makes_bookings_good_again(open_desk: Desk) -> None:
    """In the same slot, with a new version, and told to the person."""
    _, booking = booked(open_desk)
    before = slot_ids(open_desk)
    apply(open_desk, closed(TOMORROW))
    open_desk.heard()
    assert apply(open_desk, plan()).affected == ()
    assert slot_ids(open_desk) == before
    told, outage = about(open_desk, BookingReinstated, OfficeOutageLifted)
    assert (type(told), told.event_subject, told.version) == (BookingReinstated, booking.booking_id, 3)
    assert (type(outage), outage.event_subject, outage.version) == (
        OfficeOutageLifted,
        f"TRK:{TOMORROW}",
        2,
    )


def test_the_same_plan_again_says_and_changes_nothing(open_desk: Desk) -> None:
    """Who is affected stays on the list, and is not told twice."""
    booked(open_desk)
    first = apply(open_desk, closed(TOMORROW))
    open_desk.heard()
    again = apply(open_desk, closed(TOMORROW))
    assert (again.affected, open_desk.heard()) == (first.affected, [])


def test_joint_leave_that_is_decreed_after_bookings_is_an_outage(open_desk: Desk) -> None:
    """Every office closes that day; who has booked is told the name of the holiday."""
    _, booking = booked(open_desk)
    open_desk.heard()
    decreed = {"date": str(TOMORROW), "name": "Cuti Bersama", "is_holiday": True, "decree": "SKB 9/2026"}
    plans = load(HolidayPlans, {"holidays": [decreed]})
    open_desk.do(apply_holidays, plans)
    told, outage = about(open_desk, BookingAffected, OfficeOutageDeclared)
    assert isinstance(told, BookingAffected)
    assert (told.booking_id, told.cause, told.note) == (booking.booking_id, "holiday", "Cuti Bersama")
    assert isinstance(outage, OfficeOutageDeclared)
    open_desk.do(apply_holidays, plans)
    assert open_desk.heard() == []


def test_other_hours_are_told_only_to_those_who_booked_the_old_ones(open_desk: Desk) -> None:
    """Shorter days from next week on are no outage; a booking in the lost hour is affected."""
    last_hour = TODAY + timedelta(days=8)
    _, booking = booked(open_desk, -1, last_hour)
    open_desk.heard()
    shorter = [{"days": ["monday", "tuesday", "wednesday"], "open": "08.00-15.00"}]
    hours = [{"valid_from": "2026-01-01", "week": WEEK}, {"valid_from": "2026-11-30", "week": shorter}]
    applied = apply(open_desk, plan(hours=hours))
    assert [one.code for one in applied.affected] == [booking.code]
    told, outage = about(open_desk, BookingAffected, OfficeOutageDeclared)
    assert isinstance(told, BookingAffected)
    assert told.cause == "hours"
    assert isinstance(outage, OfficeOutageDeclared)
    assert outage.date == last_hour


def test_an_office_that_is_suspended_from_a_date_keeps_the_days_before(open_desk: Desk) -> None:
    """Bookings after it are affected; its status changes on the day."""
    booked(open_desk, 0, TODAY)
    _, late = booked(open_desk, 0, TODAY + timedelta(days=3))
    stages = [
        {"status": "pilot", "from_date": "2026-01-01"},
        {"status": "suspended", "from_date": str(TODAY + timedelta(days=2))},
    ]
    open_desk.heard()
    applied = apply(open_desk, plan(rollout=stages))
    assert (applied.office.status, [one.code for one in applied.affected]) == ("pilot", [late.code])
    assert {
        event.cause for event in about(open_desk, BookingAffected) if isinstance(event, BookingAffected)
    } == {"suspended"}


def test_fewer_places_take_nothing_from_who_has_one(open_desk: Desk) -> None:
    """The slot is full, and nobody is affected."""
    slot = slot_ids(open_desk)[0]
    for person in open_desk.people(2):
        open_desk.book(person, slot)
    applied = apply(open_desk, plan(slots={"minutes": 60, "places": 1}))
    assert (applied.affected, open_desk.booked(slot)) == ((), 2)
    (refused,) = open_desk.try_book(wish(open_desk.person(), slot))
    assert isinstance(refused, Refused)
    assert refused.code == "slot_full"


def test_shorter_slots_leave_room_beside_the_booked_ones(open_desk: Desk) -> None:
    """A new grid: the old hours are withdrawn, the new half hours are there at the same starts."""
    booked(open_desk)
    applied = apply(open_desk, plan(slots={"minutes": 30, "places": 3}))
    assert len(applied.affected) == 1
    assert len(slot_ids(open_desk)) == 14


def test_a_plan_that_contradicts_itself_changes_nothing(open_desk: Desk) -> None:
    """The refusal names field and code."""
    before = slot_ids(open_desk)
    with pytest.raises(OfficePlanInvalid) as refused:
        apply(open_desk, plan(counters=9, release={}))
    assert refused.value.data == {"faults": [{"pointer": "/release", "code": "not_exactly_one"}]}
    assert (slot_ids(open_desk), open_desk.heard()) == (before, [])
    with pytest.raises(UnknownOffice):
        apply(open_desk, plan(office="XYZ"))


def test_others_hear_of_a_plan_what_they_can_see(open_desk: Desk) -> None:
    """Counters, services and regions are everybody's business; the release rule is nobody else's."""
    apply(open_desk, plan(release={"rolling": {"days": 7}}))
    assert about(open_desk, OfficeChanged) == []
    apply(open_desk, plan(counters=9, covers=["Kota Tarakan"]))
    (changed,) = about(open_desk, OfficeChanged)
    assert isinstance(changed, OfficeChanged)
    assert (changed.counters, changed.covers) == (9, ("Kota Tarakan",))


def test_a_closure_and_bookings_at_the_same_time_agree(open_desk: Desk) -> None:
    """Whoever got a place is affected, whoever came later is refused; nobody is in between."""
    people, slot = open_desk.people(20), slot_ids(open_desk)[0]
    apply(open_desk, plan(slots={"minutes": 60, "places": 30}))
    bookings: list[Callable[[], object]] = [*open_desk.calls([wish(person, slot) for person in people])]
    bookings.insert(10, partial(apply, open_desk, _many_closed()))
    outcomes = at_once(bookings)
    got = [one[0] for one in outcomes if isinstance(one, list) and isinstance(one[0], Booking)]
    standing = open_desk.do(affected_bookings, "TRK")
    assert {booking.code for booking in got} == {booking.code for booking in standing}
    assert open_desk.booked(slot) == open_desk.rows_in(slot) == len(got)


def _many_closed() -> OfficePlan:
    return replace(closed(TOMORROW), slots=plan(slots={"minutes": 60, "places": 30}).slots)


def test_the_calendar_is_kept_as_it_was_told(open_desk: Desk) -> None:
    """Everything that a plan can say comes back from the tables: slots are the same after a second run."""
    saturday = {"days": ["saturday"], "open": "08.00-12.00", "every_weeks": 2, "counted_from": "2026-11-28"}
    full = plan(
        hours=[{"valid_from": "2026-01-01", "week": [*WEEK, saturday]}],
        one_offs=[
            {"date": "2026-11-29", "open": "09.00-15.00", "breaks": ["12.00-13.00"], "name": "Simpatik"}
        ],
        closures=[{"from_date": "2026-12-02", "hours": "13.00-16.00", "reason": "Rapat"}],
        release={"weekly": {"day": "monday", "time": "08.00"}},
    )
    apply(open_desk, full)
    counts = [len(slot_ids(open_desk, date(2026, 11, 28) + timedelta(days=ahead))) for ahead in range(5)]
    assert counts == [4, 5, 7, 7, 4]
    before = _rows(open_desk)
    open_desk.do(slots.open_slots, "TRK")
    assert _rows(open_desk) == before


def _rows(desk: Desk) -> list[Any]:
    with desk.database.engine.connect() as connection:
        return list(connection.execute(sqlalchemy.select(tables.slot).order_by(tables.slot.c.slot_id)))


def test_other_offices_are_left_alone(open_desk: Desk) -> None:
    """Singkawang keeps its slots when Tarakan closes."""
    open_desk.add_office(replace(TARAKAN, code="SKW", timezone="Asia/Pontianak"))
    apply(open_desk, replace(plan(), office="SKW"))
    before = len(_rows(open_desk))
    apply(open_desk, closed(TOMORROW))
    withdrawn = [row for row in _rows(open_desk) if row.is_withdrawn]
    assert (len(_rows(open_desk)), {row.office for row in withdrawn}) == (before, {"TRK"})
