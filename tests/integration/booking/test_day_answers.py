"""Why a day has no place, on a real calendar: each reason with what belongs to it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from contracts.events import SlotBooked
from contracts.place import Place
from contracts.refusals import InvalidRequest
from contracts.requests.booking import ListSlots
from contracts.requests.travel import ListDistricts
from contracts.requests.why import DayExplanation, ExplainDay
from services.booking.errors import UnknownDistrict, UnknownOffice
from services.booking.handlers import slots, travel
from services.booking.handlers.day_answers import explain_day
from tests.integration.booking.desk import NOW, TARAKAN, TODAY, Desk, codes, wish
from tests.integration.booking.planning import TOMORROW, apply, closed, plan, slot_ids
from tests.integration.booking.test_assistance import assist

WAYS = [
    {"district": "Tarakan Timur", "minutes": 25},
    {"district": "Malinau", "minutes": 240, "unreachable": ["08.00-11.00", "15.00-16.00"]},
    {"district": "Pulau Jauh", "minutes": 300, "unreachable": ["00.00-24.00"]},
]


def why(desk: Desk, day: date = TOMORROW, *, now: datetime = NOW, **asked: Any) -> DayExplanation:
    """Ask why Tarakan has no place for a new passport on a day."""
    query = ExplainDay(**{"office": "TRK", "for_service": "new", "date": day, **asked})
    return desk.do(explain_day, query, now=now)


def test_a_day_with_places_has_them(open_desk: Desk) -> None:
    """Asked on any day, also where nothing is wrong."""
    assert why(open_desk).answer == "available"


def test_a_full_day_is_full_and_again_free_after_a_cancellation(open_desk: Desk) -> None:
    """The answer follows the places."""
    apply(open_desk, plan(slots={"minutes": 480, "places": 1}, hours=_one_hour()))
    (slot,) = slot_ids(open_desk)
    open_desk.book(open_desk.person(), slot)
    assert why(open_desk).answer == "full"


def test_a_day_that_is_not_released_says_when_it_is(open_desk: Desk) -> None:
    """At the second of its release it has places."""
    day = TODAY + timedelta(days=14)
    told = why(open_desk, day)
    released_at = datetime(2026, 11, 23, 16, tzinfo=UTC)
    assert (told.answer, told.released_at) == ("not_released", released_at)
    open_desk.do(slots.open_slots, "TRK", now=released_at)
    assert why(open_desk, day, now=released_at).answer == "available"


def test_a_holiday_and_a_closure_are_told_by_name(open_desk: Desk) -> None:
    """A closure of some hours leaves the others."""
    christmas = why(open_desk, date(2026, 12, 25))
    assert (christmas.answer, christmas.note) == ("holiday", "Hari Raya Natal")
    apply(open_desk, closed(TOMORROW))
    told = why(open_desk)
    assert (told.answer, told.note) == ("closed", "Pemadaman listrik")
    apply(open_desk, closed(TOMORROW, hours="08.00-09.00"))
    assert why(open_desk).answer == "available"
    apply(open_desk, closed(TOMORROW, hours="07.00-17.00"))
    assert why(open_desk).answer == "closed"


def test_weekends_and_days_that_are_past_are_told_apart(open_desk: Desk) -> None:
    """Today is over when its last hour is."""
    assert why(open_desk, TODAY + timedelta(days=5)).answer == "no_hours"
    assert why(open_desk, TODAY - timedelta(days=1)).answer == "day_over"
    assert why(open_desk, TODAY).answer == "available"
    assert why(open_desk, TODAY, now=datetime(2026, 11, 23, 7, 30, tzinfo=UTC)).answer == "day_over"


def test_an_office_that_is_not_open_says_from_when_and_which_are(open_desk: Desk) -> None:
    """With the nearest that offers the service; and a service not offered is told with these too."""
    here, there = Place(latitude=3.3, longitude=117.6), Place(latitude=3.0, longitude=117.0)
    open_desk.add_office(replace(TARAKAN, place=here, version=2))
    open_desk.add_office(replace(TARAKAN, code="NNK", name="Nunukan", place=there, status="live"))
    stages = [{"status": "pilot", "from_date": "2027-01-04"}]
    apply(open_desk, plan(rollout=stages))
    told = why(open_desk)
    assert (told.answer, told.status, told.opens_on) == ("office_not_open", "planned", date(2027, 1, 4))
    assert [near.office for near in told.nearest] == ["NNK"]
    apply(open_desk, plan(rollout=[{"status": "pilot", "from_date": "2026-01-04"}], services=["renewal"]))
    told = why(open_desk)
    assert (told.answer, [near.office for near in told.nearest]) == ("service_not_here", ["NNK"])


def test_who_lives_too_far_is_told_so_and_sees_which_hours_are_in_reach(open_desk: Desk) -> None:
    """Hours out of reach are in the list, marked; from next door all are in reach."""
    apply(open_desk, plan(travel=WAYS))
    query = ListSlots(office="TRK", for_service="new", date=TOMORROW, district="Malinau")
    found = open_desk.do(slots.list_slots, query)
    out, inside = "no_transport", "in_time"
    assert [slot.reach for slot in found.slots] == [out, out, out, inside, inside, inside, out]
    assert found.travel_minutes == 240
    assert why(open_desk, district="Malinau").answer == "available"
    far = why(open_desk, district="Pulau Jauh")
    assert (far.answer, far.travel_minutes) == ("too_far", 300)
    noon = datetime(2026, 11, 23, 4, tzinfo=UTC)
    assert why(open_desk, TODAY, now=noon, district="Malinau").answer == "too_far"
    assert why(open_desk, TODAY, now=noon, district="Tarakan Timur").answer == "available"


@pytest.mark.parametrize(
    ("district", "is_far"), [("Malinau", True), ("Tarakan Timur", False), ("Elsewhere", False), (None, False)]
)
def test_a_booking_says_who_has_a_long_way(open_desk: Desk, district: str | None, is_far: bool) -> None:
    """Two hours or more by the office's own table; who told nothing, or what it does not know, has none.

    Who is helped has what they tell the officer.
    """
    apply(open_desk, plan(travel=WAYS))
    asked = wish(open_desk.person(), slot_ids(open_desk, TOMORROW)[0])
    open_desk.heard()
    assert codes(open_desk.try_book(replace(asked, district=district))) == ["booked"]
    helped = assist(open_desk, asked.slot_id, district=district)
    told = [event for event in open_desk.heard() if isinstance(event, SlotBooked)]
    assert [event.is_far for event in told] == [is_far, is_far]
    assert told[1].booking_id == helped.booking_id


def test_a_way_that_became_short_is_long_no_more(open_desk: Desk) -> None:
    """What the newest plan says counts for who books from then on."""
    apply(open_desk, plan(travel=WAYS))
    apply(open_desk, plan(travel=[{"district": "Malinau", "minutes": 119}]))
    asked = wish(open_desk.person(), slot_ids(open_desk, TOMORROW)[0])
    open_desk.try_book(replace(asked, district="Malinau"))
    assert not any(event.is_far for event in open_desk.heard() if isinstance(event, SlotBooked))


def test_the_ways_to_an_office_are_listed_as_told(open_desk: Desk) -> None:
    """In their order; a plan without ways takes them away."""
    apply(open_desk, plan(travel=WAYS))
    listed = open_desk.do(travel.list_districts, ListDistricts(office="TRK")).districts
    assert [(one.district, one.minutes, list(one.unreachable)) for one in listed] == [
        (way["district"], way["minutes"], way.get("unreachable", [])) for way in WAYS
    ]
    apply(open_desk, plan())
    assert open_desk.do(travel.list_districts, ListDistricts(office="TRK")).districts == ()


def test_what_is_not_known_is_refused(open_desk: Desk) -> None:
    """An office, a district, a date in another century."""
    with pytest.raises(UnknownOffice):
        why(open_desk, office="XYZ")
    with pytest.raises(UnknownOffice):
        open_desk.do(travel.list_districts, ListDistricts(office="XYZ"))
    with pytest.raises(UnknownDistrict):
        why(open_desk, district="Atlantis")
    for day in (date.min, date.max):
        with pytest.raises(InvalidRequest):
            why(open_desk, day)


def _one_hour() -> list[dict[str, Any]]:
    week = [{"days": ["monday", "tuesday"], "open": "08.00-16.00"}]
    return [{"valid_from": "2026-01-01", "week": week}]
