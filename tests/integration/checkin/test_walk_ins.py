"""People without a booking take numbers, as many as booking told, and wait in the same hall."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from chassis.database import Transaction
from contracts.events import WalkInIssued, WalkInPlacesSet
from contracts.events.walk_in import WalkInPlaces
from contracts.refusals import Refused
from contracts.requests.checkin import Admission
from contracts.requests.walk_in import GetAdmission, GetWalkIns, IssueWalkIn, ServiceWalkIns, WalkIns
from contracts.words import ServiceCode
from services.checkin import errors, handlers
from services.checkin.handlers import walk_ins
from services.checkin.store import walk_ins as store
from tests.contention import at_once, overlap
from tests.integration.checkin.hall import NOON, TODAY, Hall


def tell(
    hall: Hall, *, version: int = 1, day: Any = TODAY, closes_at: datetime | None = None, **places: int
) -> None:
    """Let booking tell a day's places."""
    services: dict[Any, int] = places
    event = WalkInPlacesSet(
        version=version,
        office="TRK",
        date=day,
        services=tuple(WalkInPlaces(service=name, places=count) for name, count in services.items()),
        closes_at=closes_at,
    )
    hall.do(lambda tx: walk_ins.remember_walk_in_places(tx, event))


def wish(service: ServiceCode = "new", **more: Any) -> IssueWalkIn:
    """Somebody at the kiosk of Tarakan."""
    return IssueWalkIn(**{"office": "TRK", "request_id": str(uuid4()), "for_service": service, **more})


def take(hall: Hall, service: ServiceCode = "new", **more: Any) -> Admission:
    """Take a number."""
    wanted = wish(service, **more)
    return hall.do(lambda tx: walk_ins.issue_walk_in(tx, wanted))


def today(hall: Hall) -> WalkIns:
    """Read what is left."""
    return hall.do(lambda tx: walk_ins.get_walk_ins(tx, GetWalkIns(office="TRK")))


def test_who_walks_in_gets_the_next_number_of_all(hall: Hall) -> None:
    """Scans and walk-ins count together, without a gap, and others hear of the ticket."""
    tell(hall, new=3)
    hall.arrive(starts_at=NOON)
    hall.said()

    taken = take(hall, display_name="Bu Ani")

    assert (taken.number, taken.display_name, taken.waiting_before) == ("A-002", "Bu Ani", 1)
    (issued,) = hall.said()
    assert isinstance(issued, WalkInIssued)
    assert (issued.ticket_id, issued.origin, issued.state) == (taken.ticket_id, "walk_in", "waiting")
    assert issued.person_id is None
    assert issued.turn_at == issued.scanned_at + timedelta(minutes=15)
    assert hall.arrive().number == "A-003"


def test_who_says_to_be_of_a_class_is_called_sooner(hall: Hall) -> None:
    """By fifteen minutes; an officer looks at the counter."""
    tell(hall, new=3)
    take(hall)
    elderly = take(hall, priority="elderly")
    assert elderly.waiting_before == 0
    hall.open()
    called = hall.call().ticket
    assert called is not None
    assert called.number == elderly.number


def test_a_walk_in_is_called_and_served_like_anybody(hall: Hall) -> None:
    """No booking stands behind it."""
    tell(hall, new=1)
    taken = take(hall)
    hall.open()
    called = hall.call().ticket
    assert called is not None
    assert called.ticket_id == taken.ticket_id
    assert hall.finish().ticket is None


def test_the_places_of_a_service_are_its_own_and_end(hall: Hall) -> None:
    """The refusal says how many there were; a number that is given back by nobody stays taken."""
    tell(hall, new=1, renewal=1)
    take(hall)
    with pytest.raises(errors.WalkInFull) as refused:
        take(hall)
    assert refused.value.data == {"service": "new", "places": 1}
    assert take(hall, "renewal").number == "B-001"
    with pytest.raises(errors.WalkInFull):
        take(hall, "collection")


def test_nobody_gets_a_number_once_the_last_appointment_has_ended(hall: Hall) -> None:
    """Who has one may still ask for it again; an outage that is lifted opens the door once more."""
    closes_at = NOON + timedelta(hours=3)
    tell(hall, closes_at=closes_at, new=3)
    wanted = wish()
    first = hall.do(lambda tx: walk_ins.issue_walk_in(tx, wanted), now=closes_at - timedelta(seconds=2))
    hall.now = closes_at - timedelta(seconds=1)
    with pytest.raises(errors.WalkInsOver) as refused:
        take(hall)
    assert refused.value.data == {"closed_at": "2026-11-23T15:00:00+08:00"}
    assert today(hall).services == ()
    again = hall.do(lambda tx: walk_ins.issue_walk_in(tx, wanted))
    assert again.number == first.number
    tell(hall, version=2, closes_at=closes_at + timedelta(hours=2), new=3)
    assert take(hall).number == "A-002"


def test_the_same_request_gets_the_same_number(hall: Hall) -> None:
    """A double tap, or a kiosk that heard no answer, takes one place."""
    tell(hall, new=1)
    wanted = wish()
    first = hall.do(lambda tx: walk_ins.issue_walk_in(tx, wanted))
    hall.said()
    again = hall.do(lambda tx: walk_ins.issue_walk_in(tx, wanted))
    assert (again.ticket_id, again.number) == (first.ticket_id, first.number)
    assert hall.said() == []


def test_two_kiosks_with_the_same_request_give_one_number(hall: Hall) -> None:
    """Also when both are asked at the same moment."""
    tell(hall, new=5)
    for attempt in range(1, 6):
        taken = at_once([partial(take, hall, request_id=f"request-{attempt}")] * 2)
        assert [one.number for one in taken if isinstance(one, Admission)] == [f"A-{attempt:03d}"] * 2


def test_of_two_kiosks_that_want_the_last_place_one_gets_it(hall: Hall) -> None:
    """Many at once take all places, and none twice; numbers have no gap."""
    tell(hall, new=10)
    outcomes = at_once([partial(_take_until_full, hall)] * 4)
    numbers = [number for taken in outcomes if not isinstance(taken, Refused) for number in taken]
    assert sorted(numbers) == [f"A-{place:03d}" for place in range(1, 11)]


def test_a_second_kiosk_waits_for_the_last_place(hall: Hall) -> None:
    """It counts after the first has committed."""
    assert _second_of_two(hall) == {"service": "new", "places": 1}


def test_without_the_lock_the_last_place_is_given_twice(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the guard is the lock on the day's row, and not the one on the numbers."""
    monkeypatch.setattr(store, "_LOCK_DAY", store._DAY)
    assert _second_of_two(hall) == "A-002"


def test_a_day_of_which_nothing_was_told_gives_no_numbers(hall: Hall) -> None:
    """Nor does one that names no service any more; yesterday's places are over."""
    tell(hall, day=TODAY - timedelta(days=1), new=5)
    with pytest.raises(errors.OfficeNotOpenToday):
        take(hall)
    assert today(hall).services == ()
    tell(hall, new=5)
    take(hall)
    tell(hall, version=2)
    with pytest.raises(errors.OfficeNotOpenToday):
        take(hall)


def test_an_older_word_of_a_day_counts_no_more(hall: Hall) -> None:
    """Events may come in any order."""
    tell(hall, version=2, new=1)
    tell(hall, version=1, new=9)
    assert today(hall).services[0].places == 1


def test_what_is_not_offered_is_refused(hall: Hall) -> None:
    """An office's services, and offices themselves."""
    tell(hall, new=1)
    with pytest.raises(errors.UnknownServiceHere):
        take(hall, "epassport")
    with pytest.raises(errors.UnknownOffice):
        take(hall, office="XXX")


def test_everybody_can_read_what_is_left_and_who_waits(hall: Hall) -> None:
    """Who waits with a booking counts too; a plan that keeps fewer now leaves none, and not less."""
    tell(hall, renewal=1, new=3)
    hall.arrive()
    take(hall)
    assert today(hall).services == (
        ServiceWalkIns(service="new", places=3, places_left=2, waiting=2),
        ServiceWalkIns(service="renewal", places=1, places_left=1, waiting=0),
    )
    tell(hall, version=2, new=0)
    assert today(hall).services == (ServiceWalkIns(service="new", places=0, places_left=0, waiting=2),)


def test_a_ticket_of_the_hall_is_read_for_paper(hall: Hall) -> None:
    """With a booking or without; not of another office, and not what is no id."""
    tell(hall, new=1)
    for taken in (take(hall), hall.arrive()):
        assert _read(hall, taken.ticket_id).number == taken.number
    for unknown in (str(uuid4()), "A-001", "\x00"):
        with pytest.raises(errors.UnknownTicket):
            _read(hall, unknown)


def test_past_days_are_forgotten_with_their_places(hall: Hall) -> None:
    """And the number begins anew."""
    tell(hall, new=1)
    take(hall)
    later = NOON + timedelta(days=40)
    hall.do(lambda tx: handlers.forget_past_queues(tx, kept=timedelta(days=30)), now=later)
    with hall.database.transaction(now=NOON) as tx:
        assert store.read_day(tx, "TRK", TODAY) is None


def _take_until_full(hall: Hall) -> list[str]:
    numbers: list[str] = []
    while True:
        try:
            with hall.database.transaction(now=NOON) as tx:
                taken = walk_ins.issue_walk_in(tx, wish())
        except errors.WalkInFull:
            return numbers
        numbers.append(taken.number)


def _second_of_two(hall: Hall) -> object:
    """Let a kiosk take the last place while another one does: return the second's number, or its refusal."""
    tell(hall, new=1)

    def first(tx: Transaction) -> Admission:
        return walk_ins.issue_walk_in(tx, wish())

    def second() -> object:
        try:
            return take(hall).number
        except errors.WalkInFull as refused:
            return refused.data

    return overlap(hall.database, first, second, second_waits=True, now=NOON)[1]


def _read(hall: Hall, ticket_id: str) -> Admission:
    query = GetAdmission(office="TRK", ticket_id=ticket_id)
    return hall.do(lambda tx: walk_ins.get_admission(tx, query))
