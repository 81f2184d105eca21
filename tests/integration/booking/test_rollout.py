"""The release of slots and the rollout of offices, as people meet them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy

from contracts.events import OfficeChanged
from contracts.place import Place
from contracts.requests.booking import Days, ListDays
from services.booking.domain.calendar import Calendar
from services.booking.domain.hours import OFFICE_HOURS
from services.booking.domain.release import WeeklyRelease
from services.booking.domain.rollout import Rollout, Stage
from services.booking.errors import OfficeNotOpen, UnknownServiceHere, UnknownSlot
from services.booking.handlers import rollout, slots
from services.booking.handlers.offices import advance_rollout
from services.booking.store import tables
from services.booking.store.calendars import put_calendar
from services.booking.store.offices import put_rollout
from tests.integration.booking.desk import NOW, TARAKAN, Desk

FRIDAY_TWO_PM = WeeklyRelease(weekday=4, minute=14 * 60)
RELEASE = datetime(2026, 11, 27, 6, tzinfo=UTC)
"""Friday, 14.00 in Tarakan."""

SECOND = timedelta(seconds=1)
NEXT_MONDAY = date(2026, 11, 30)


def days(desk: Desk, now: datetime) -> list[date]:
    found: Days = desk.do(slots.list_days, ListDays(office="TRK", for_service="new"), now=now)
    return [day.date for day in found.days]


@pytest.fixture
def weekly(desk: Desk) -> Desk:
    """Tarakan gives out the next week every Friday at 14.00; its slots were made on Friday morning."""
    desk.add_office(replace(TARAKAN, release=FRIDAY_TWO_PM))
    desk.do(put_calendar, "TRK", Calendar.of_week(OFFICE_HOURS))
    desk.do(slots.open_slots, "TRK", now=RELEASE - timedelta(hours=6))
    return desk


def test_slots_appear_in_the_second_of_their_release(weekly: Desk) -> None:
    """They are made hours before; nothing has to run at 14.00."""
    assert NEXT_MONDAY not in days(weekly, RELEASE - SECOND)
    assert NEXT_MONDAY in days(weekly, RELEASE)


def test_people_are_told_when_more_days_come(weekly: Desk) -> None:
    """Before the release this Friday, after it the next one."""
    query = ListDays(office="TRK", for_service="new")
    for now, following in ((RELEASE - SECOND, RELEASE), (RELEASE, RELEASE + timedelta(days=7))):
        assert weekly.do(slots.list_days, query, now=now).next_release_at == following


def test_nobody_books_before_the_release(weekly: Desk) -> None:
    """Not even with the slot's id; a second later the same wish is granted."""
    with weekly.database.engine.connect() as connection:
        slot = connection.execute(
            sqlalchemy.select(tables.slot.c.slot_id).where(tables.slot.c.date == NEXT_MONDAY).limit(1)
        ).scalar_one()
    person = weekly.person()
    with pytest.raises(UnknownSlot):
        weekly.book(person, slot, now=RELEASE - SECOND)
    assert weekly.book(person, slot, now=RELEASE).date == NEXT_MONDAY


def test_slots_are_not_made_long_before_their_release(weekly: Desk) -> None:
    """The week after next is not there yet."""
    with weekly.database.engine.connect() as connection:
        last = connection.execute(sqlalchemy.select(sqlalchemy.func.max(tables.slot.c.date))).scalar_one()
    assert last == date(2026, 12, 4)


SKW = replace(
    TARAKAN,
    code="SKW",
    name="Kantor Imigrasi Singkawang",
    timezone="Asia/Pontianak",
    place=Place(latitude=0.909, longitude=108.985),
)
NUNUKAN = replace(TARAKAN, code="NNX", place=Place(latitude=4.138, longitude=117.651), services=("renewal",))
PLANNED = replace(TARAKAN, status="planned", place=Place(latitude=3.313, longitude=117.592))


def test_a_closed_office_says_when_it_opens_and_who_is_near(desk: Desk) -> None:
    """The nearest that offers the service; Nunukan is nearer, but renews only."""
    for office in (PLANNED, SKW, NUNUKAN):
        desk.add_office(office)
    stages = (Stage(status="pilot", from_date=date(2027, 1, 4)),)
    desk.do(put_rollout, "TRK", Rollout(stages=stages))
    with pytest.raises(OfficeNotOpen) as refused:
        desk.do(slots.list_days, ListDays(office="TRK", for_service="new"))
    assert refused.value.data == {
        "office": "TRK",
        "status": "planned",
        "opens_on": "2027-01-04",
        "nearest": [{"office": "SKW", "name": "Kantor Imigrasi Singkawang", "distance_km": 993}],
    }
    with pytest.raises(OfficeNotOpen) as renewal:
        desk.do(slots.list_days, ListDays(office="TRK", for_service="renewal"))
    assert [near["office"] for near in renewal.value.data["nearest"]] == ["NNX", "SKW"]  # type: ignore[attr-defined]


def test_an_office_without_the_service_names_who_has_it(desk: Desk) -> None:
    """As far as places are known."""
    for office in (replace(PLANNED, status="pilot"), SKW, NUNUKAN):
        desk.add_office(office)
    with pytest.raises(UnknownServiceHere) as refused:
        desk.do(slots.list_days, ListDays(office="NNX", for_service="new"))
    assert [near["office"] for near in refused.value.data["nearest"]] == ["TRK", "SKW"]  # type: ignore[attr-defined]


def test_a_stage_begins_at_the_offices_own_midnight(desk: Desk) -> None:
    """Monday 4 January begins in Tarakan at 16.00 UTC on Sunday; everybody hears of it, once."""
    desk.add_office(replace(TARAKAN, status="planned"))
    desk.do(put_rollout, "TRK", Rollout(stages=(Stage(status="pilot", from_date=date(2027, 1, 4)),)))
    desk.heard()
    midnight = datetime(2027, 1, 3, 16, tzinfo=UTC)
    assert desk.do(rollout.offices_to_advance, now=midnight - SECOND) == []
    assert not desk.do(advance_rollout, "TRK", now=midnight - SECOND)
    assert desk.do(rollout.offices_to_advance, now=midnight) == ["TRK"]
    assert desk.do(advance_rollout, "TRK", now=midnight)
    assert desk.do(rollout.offices_to_advance, now=midnight) == []
    assert not desk.do(advance_rollout, "TRK", now=midnight + SECOND)
    (changed,) = desk.heard()
    assert isinstance(changed, OfficeChanged)
    assert changed.status == "pilot"


def test_an_office_without_stages_keeps_its_status(desk: Desk) -> None:
    """Somebody gave it to it by hand."""
    assert desk.do(rollout.offices_to_advance, now=NOW + timedelta(days=400)) == []
    assert not desk.do(advance_rollout, "TRK", now=NOW + timedelta(days=400))
