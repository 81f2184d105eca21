"""Opening the slots of the coming days, and reading them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from contracts.requests.booking import Day, Days, ListDays, ListSlots, Slots
from contracts.words import ServiceCode
from services.booking.domain.calendar import Calendar
from services.booking.domain.hours import OFFICE_HOURS, ROUND_THE_CLOCK, WorkingPeriod
from services.booking.domain.office import Office
from services.booking.errors import OfficeNotOpen, UnknownOffice, UnknownServiceHere
from services.booking.handlers import slots
from services.booking.store.calendars import put_calendar
from tests.contention import at_once
from tests.integration.booking.desk import NOW, TARAKAN, TODAY, Desk, wish

MAKASSAR = ZoneInfo("Asia/Makassar")


def open_office(desk: Desk, office: Office, hours: tuple[WorkingPeriod, ...], *, now: datetime = NOW) -> None:
    desk.add_office(office)
    desk.do(put_calendar, office.code, Calendar.of_week(hours))
    desk.do(slots.open_slots, office.code, now=now)


def days(desk: Desk, service: ServiceCode = "new", *, now: datetime = NOW) -> dict[date, int]:
    found: Days = desk.do(slots.list_days, ListDays(office="TRK", for_service=service), now=now)
    return {day.date: day.places_left for day in found.days}


def day(desk: Desk, when: date, *, now: datetime = NOW) -> Slots:
    return desk.do(slots.list_slots, ListSlots(office="TRK", for_service="new", date=when), now=now)


def hours_of(found: Slots) -> list[int]:
    return [slot.starts_at.astimezone(MAKASSAR).hour for slot in found.slots]


def test_two_weeks_are_open_on_working_days(desk: Desk) -> None:
    """From a Monday morning: ten working days; today's first slot has begun and is not given out."""
    open_office(desk, TARAKAN, OFFICE_HOURS)
    found = days(desk)
    assert list(found) == [TODAY + timedelta(days=ahead) for ahead in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]
    assert list(found.values())[:5] == [6 * 6, 7 * 6, 7 * 6, 7 * 6, 6 * 6]


def test_a_days_slots_are_in_order_with_their_free_places(desk: Desk) -> None:
    """By the office's clock, from eight."""
    open_office(desk, TARAKAN, OFFICE_HOURS)
    found = day(desk, TODAY + timedelta(days=1))
    assert hours_of(found) == [8, 9, 10, 11, 13, 14, 15]
    assert {(slot.capacity, slot.places_left) for slot in found.slots} == {(6, 6)}
    assert all(slot.ends_at - slot.starts_at == timedelta(hours=1) for slot in found.slots)


def test_each_service_has_its_own_places(desk: Desk) -> None:
    """A booking for one leaves the other's as they were."""
    open_office(desk, TARAKAN, OFFICE_HOURS)
    desk.book(desk.person(), day(desk, TODAY).slots[0].slot_id)
    assert (days(desk)[TODAY], days(desk, "renewal")[TODAY]) == (35, 36)
    assert [slot.places_left for slot in day(desk, TODAY).slots][:2] == [5, 6]


def test_opening_again_changes_nothing_and_keeps_bookings(desk: Desk) -> None:
    """The job runs every hour, in every process."""
    open_office(desk, TARAKAN, OFFICE_HOURS)
    slot = day(desk, TODAY).slots[0].slot_id
    desk.try_book(wish(desk.person(), slot))
    before = day(desk, TODAY)
    at_once([partial(desk.do, slots.open_slots, "TRK")] * 4)
    assert day(desk, TODAY) == before


def test_the_horizon_rolls_with_the_days(desk: Desk) -> None:
    """Tomorrow the same job opens one day more."""
    open_office(desk, TARAKAN, OFFICE_HOURS)
    tomorrow = NOW + timedelta(days=1)
    assert max(days(desk)) == date(2026, 12, 4)
    desk.do(slots.open_slots, "TRK", now=tomorrow)
    assert max(days(desk)) == date(2026, 12, 4)
    assert max(days(desk, now=tomorrow)) == date(2026, 12, 7)


def test_public_holidays_are_closed_unless_the_office_works_on_them(desk: Desk) -> None:
    """Christmas 2026 is a Friday, the day before it joint leave."""
    before_christmas = datetime(2026, 12, 21, 0, 30, tzinfo=UTC)
    christmas = date(2026, 12, 25)
    open_office(desk, TARAKAN, OFFICE_HOURS, now=before_christmas)
    assert christmas not in days(desk, now=before_christmas)
    assert date(2026, 12, 23) in days(desk, now=before_christmas)
    open_office(desk, replace(TARAKAN, observes_holidays=False), OFFICE_HOURS, now=before_christmas)
    assert christmas in days(desk, now=before_christmas)


def test_round_the_clock_there_is_always_a_slot_that_runs_now(desk: Desk) -> None:
    """A demonstration on Sunday at 23:40 books the hour from 23 to 24 and nine o'clock tomorrow."""
    sunday_night = datetime(2026, 11, 22, 23, 40, tzinfo=MAKASSAR)
    office = replace(TARAKAN, sells_running_slots=True, observes_holidays=False)
    open_office(desk, office, ROUND_THE_CLOCK, now=sunday_night)
    assert hours_of(day(desk, date(2026, 11, 22), now=sunday_night)) == [23]
    assert 9 in hours_of(day(desk, TODAY, now=sunday_night))


def test_slots_that_have_begun_are_left_out(desk: Desk) -> None:
    """At nine sharp the nine o'clock slot is gone; a day with no slot left is not listed."""
    open_office(desk, TARAKAN, OFFICE_HOURS)
    at_nine = NOW + timedelta(minutes=30)
    assert hours_of(day(desk, TODAY, now=at_nine)) == [10, 11, 13, 14, 15]
    assert TODAY not in days(desk, now=NOW + timedelta(hours=8))


def test_a_day_without_slots_is_empty(desk: Desk) -> None:
    """Sunday, and any day beyond the horizon."""
    open_office(desk, TARAKAN, OFFICE_HOURS)
    assert day(desk, date(2026, 11, 29)).slots == ()
    assert day(desk, date(2030, 1, 1)).slots == ()


def test_a_full_day_is_listed_with_no_places(desk: Desk) -> None:
    """People see that it exists, and that it is gone."""
    slot = desk.add_slot(capacity=1)
    desk.book(desk.person(), slot)
    found: Days = desk.do(slots.list_days, ListDays(office="TRK", for_service="new"))
    assert found.days == (Day(date=TODAY, places_left=0),)


@pytest.mark.parametrize("query", [ListDays, partial(ListSlots, date=TODAY)])
def test_who_asks_for_what_an_office_does_not_give_is_told_so(
    desk: Desk, query: type[ListDays] | partial[ListSlots]
) -> None:
    """No such office, an office still planned, a service it does not offer."""
    use_case = slots.list_days if query is ListDays else slots.list_slots
    desk.add_office(replace(TARAKAN, code="SKW", status="planned"))
    with pytest.raises(UnknownOffice) as unknown:
        desk.do(use_case, query(office="XYZ", for_service="new"))
    with pytest.raises(OfficeNotOpen) as closed:
        desk.do(use_case, query(office="SKW", for_service="new"))
    with pytest.raises(UnknownServiceHere) as not_here:
        desk.do(use_case, query(office="TRK", for_service="epassport"))
    assert unknown.value.data == {"office": "XYZ"}
    assert closed.value.data == {"office": "SKW", "status": "planned", "opens_on": None, "nearest": []}
    assert not_here.value.data == {"office": "TRK", "service": "epassport", "nearest": []}


def test_an_office_that_does_not_sell_gets_no_slots(desk: Desk) -> None:
    """They would be there, unseen, on the day it opens."""
    open_office(desk, replace(TARAKAN, status="planned"), OFFICE_HOURS)
    desk.set_status("pilot")
    assert days(desk) == {}
    assert desk.do(slots.selling_offices) == ["TRK"]
