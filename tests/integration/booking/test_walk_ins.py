"""How many places a day has for who walks in is told when the slots change, and not with bookings."""

from datetime import timedelta

from sqlalchemy import func, select

from contracts.events import WalkInPlacesSet
from contracts.events.walk_in import WalkInPlaces
from services.booking.handlers.slots import open_slots
from services.booking.store.tables import slot
from services.booking.store.walk_in_tables import walk_in_day
from tests.integration.booking.desk import NOW, TODAY, Desk, wish
from tests.integration.booking.planning import TOMORROW, about, apply, closed, plan, slot_ids

ONE_OF_FOUR = {"places": 4, "protected": {"walk_in": 1}}


def told(desk: Desk) -> dict[str, tuple[int, dict[str, int]]]:
    """By date: the version, and the places of each service, as they were told since the last look."""
    events = [event for event in about(desk, WalkInPlacesSet) if isinstance(event, WalkInPlacesSet)]
    return {
        str(event.date): (event.version, {one.service: one.places for one in event.services})
        for event in events
    }


def test_each_day_that_works_is_told_with_its_places(desk: Desk) -> None:
    """From today to the day that is released next; seven slots a day, six on Fridays, one place of each."""
    desk.add_office()
    apply(desk, plan(slots=ONE_OF_FOUR))
    days = told(desk)
    assert len(days) == 11
    assert days[str(TODAY)] == (1, {"new": 7, "renewal": 7})
    assert days[str(TODAY + timedelta(days=4))] == (1, {"new": 6, "renewal": 6})
    assert str(TODAY + timedelta(days=5)) not in days


def test_slots_that_stay_as_they_are_tell_nothing(desk: Desk) -> None:
    """Nor does a booking: it takes no place from the door."""
    desk.add_office()
    apply(desk, plan(slots=ONE_OF_FOUR))
    desk.heard()
    desk.try_book(wish(desk.person(), slot_ids(desk)[0]))
    desk.do(open_slots, "TRK")
    desk.do(open_slots, "TRK", now=NOW + timedelta(hours=5))
    assert told(desk) == {}


def test_a_plan_that_keeps_more_is_told_anew(desk: Desk) -> None:
    """Under the next version of each date; today's hours that are over keep what they had."""
    desk.add_office()
    apply(desk, plan(slots=ONE_OF_FOUR))
    desk.heard()
    apply(desk, plan(slots={"places": 4, "protected": {"walk_in": 2}}), now=NOW + timedelta(hours=4))
    days = told(desk)
    assert days[str(TOMORROW)] == (2, {"new": 14, "renewal": 14})
    assert days[str(TODAY)] == (2, {"new": 10, "renewal": 10})


def test_when_the_last_slot_of_a_day_ends_is_told(desk: Desk) -> None:
    """It is not told where there is none."""
    desk.add_office()
    apply(desk, plan(slots=ONE_OF_FOUR))
    ends = {event.date: event.closes_at for event in _told_whole(desk)}
    with desk.database.engine.connect() as connection:
        last = connection.execute(select(func.max(slot.c.ends_at)).where(slot.c.date == TOMORROW)).scalar()
    assert ends[TOMORROW] == last
    apply(desk, closed(TOMORROW))
    (event,) = [event for event in _told_whole(desk) if (event.date, event.version) == (TOMORROW, 2)]
    assert (event.services, event.closes_at) == ((), None)


def _told_whole(desk: Desk) -> list[WalkInPlacesSet]:
    return [event for event in about(desk, WalkInPlacesSet) if isinstance(event, WalkInPlacesSet)]


def test_a_closed_day_has_no_places_until_it_is_opened_again(desk: Desk) -> None:
    """It names no service: nobody is given a number on that day."""
    desk.add_office()
    apply(desk, plan(slots=ONE_OF_FOUR))
    desk.heard()
    apply(desk, closed(TOMORROW))
    assert told(desk)[str(TOMORROW)] == (2, {})
    apply(desk, plan(slots=ONE_OF_FOUR))
    assert told(desk)[str(TOMORROW)] == (3, {"new": 7, "renewal": 7})


def test_a_day_that_keeps_nothing_for_the_door_is_told_all_the_same(desk: Desk) -> None:
    """It works: who comes without a booking hears that it is full, not that it is closed."""
    desk.add_office()
    apply(desk, plan())
    event = about(desk, WalkInPlacesSet)[0]
    assert isinstance(event, WalkInPlacesSet)
    assert event.services == (
        WalkInPlaces(service="new", places=0),
        WalkInPlaces(service="renewal", places=0),
    )


def test_days_that_are_over_are_forgotten(desk: Desk) -> None:
    """The next day nothing is left of what was told of today."""
    desk.add_office()
    apply(desk, plan())
    desk.do(open_slots, "TRK", now=NOW + timedelta(days=1))
    with desk.database.engine.connect() as connection:
        days = set(connection.execute(walk_in_day.select().with_only_columns(walk_in_day.c.date)).scalars())
    assert min(days) == TOMORROW
