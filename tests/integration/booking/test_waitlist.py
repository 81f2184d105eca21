"""Places that were given up: they return after a while, and first to who waits longest."""

from collections import Counter
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from contracts.events import SlotBooked, WaitlistOffered
from contracts.refusals import Refused
from contracts.requests.booking import Booking
from contracts.requests.waitlist import (
    AcceptOffer,
    JoinWaitlist,
    LeaveWaitlist,
    ListWaitlist,
    WaitlistEntry,
)
from services.booking import errors
from services.booking.domain.cool_down import CoolDown
from services.booking.handlers import waitlists
from services.booking.handlers.returns import Returns, return_due_places
from services.booking.store import waitlist_tables
from tests.contention import at_once
from tests.integration.booking.desk import NOW, TODAY, Desk, as_sold
from tests.integration.booking.planning import TOMORROW, apply, closed, plan, slot_ids

HOUR = timedelta(hours=1)


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A desk at which places cool down for an hour."""
    desk.returns = Returns(cool_down=CoolDown(shortest=HOUR, longest=HOUR), chance=lambda: 0.5)
    return desk


@pytest.fixture
def slot(full: Desk) -> str:
    """The slot."""
    return full.add_slot(hour=14, day=TOMORROW, capacity=2)


@pytest.fixture
def holders(full: Desk, slot: str) -> list[tuple[str, str]]:
    """Who has its two places: person and code."""
    people = full.people(2)
    return [(person, full.book(person, slot).code) for person in people]


def join(desk: Desk, person: str, **changes: Any) -> WaitlistEntry:
    """Join the waitlist for tomorrow."""
    wish = {"office": "TRK", "for_service": "new", "first_date": TODAY, "last_date": TOMORROW, **changes}
    now, terms = wish.pop("now", NOW), {name: wish.pop(name) for name in {"hold_limit"} & wish.keys()}
    return desk.do(waitlists.join_waitlist, JoinWaitlist(person_id=person, **wish), now=now, **terms)


def tick(desk: Desk, hours: float) -> int:
    """Let the clock's job run so many hours from now."""
    return desk.do(return_due_places, desk.returns, now=NOW + hours * HOUR)


def accept(desk: Desk, person: str, entry: str, hours: float = 1.5, **terms: Any) -> Booking:
    """Take what is offered."""
    command = AcceptOffer(person_id=person, entry_id=entry)
    now = NOW + hours * HOUR
    return desk.do(waitlists.accept_offer, command, signer=desk.ticket_signer, now=now, **terms)


def leave(desk: Desk, person: str, entry: str, hours: float = 1.5) -> WaitlistEntry:
    """Leave the waitlist."""
    command = LeaveWaitlist(person_id=person, entry_id=entry)
    return desk.do(waitlists.leave_waitlist, command, now=NOW + hours * HOUR)


def status(desk: Desk, person: str) -> list[str]:
    """What has become of a person's wishes."""
    found = desk.do(waitlists.list_waitlist, ListWaitlist(person_id=person)).entries
    return [entry.status for entry in found]


def returning(desk: Desk) -> int:
    """Count the places that are nobody's and not free."""
    query = select(func.count()).select_from(waitlist_tables.returning_place)
    with desk.database.engine.connect() as connection:
        return int(connection.execute(query).scalar_one())


Holders = list[tuple[str, str]]


def test_a_place_that_is_given_up_cannot_be_had_at_once(full: Desk, slot: str, holders: Holders) -> None:
    """Nobody gets it in its cool-down; then anybody does, and no place is lost."""
    full.cancel(*holders[0])
    assert (full.booked(slot), full.rows_in(slot)) == (2, 1)
    friend = full.person()
    with pytest.raises(errors.SlotFull):
        full.book(friend, slot)
    assert tick(full, 0.9) == 0
    assert tick(full, 1.1) == 1
    assert full.book(friend, slot, now=NOW + 2 * HOUR).status == "booked"
    assert full.booked(slot) == full.rows_in(slot) == 2


def test_who_waits_longest_is_offered_the_place(full: Desk, slot: str, holders: Holders) -> None:
    """It is kept for that person alone until the offer ends; taking it is a booking like any other."""
    first, second, friend = full.people(3)
    entry, _ = join(full, first), join(full, second, now=NOW + timedelta(minutes=1))
    full.cancel(*holders[0])
    full.heard()
    tick(full, 1.1)
    (told,) = full.heard()
    assert isinstance(told, WaitlistOffered)
    assert (told.person_id, told.status, told.version) == (first, "offered", 2)
    assert told.offer_ends_at == NOW + 3.1 * HOUR
    with pytest.raises(errors.SlotFull):
        full.book(friend, slot, now=NOW + 1.5 * HOUR)
    booking = accept(full, first, entry.entry_id)
    assert accept(full, first, entry.entry_id) == booking
    assert [type(event) for event in full.heard()] == [SlotBooked]
    assert as_sold(full.booking(first, booking.code)) == booking
    assert (status(full, first), status(full, second)) == (["booked"], ["waiting"])
    assert full.booked(slot) == full.rows_in(slot) == 2
    assert returning(full) == 0


def test_an_offer_that_is_declined_or_ends_goes_to_the_next(full: Desk, slot: str, holders: Holders) -> None:
    """And when nobody waits any more, the place is anybody's."""
    people = full.people(2)
    entries = [join(full, person).entry_id for person in people]
    full.cancel(*holders[0])
    tick(full, 1.1)
    assert leave(full, people[0], entries[0]).status == "left"
    tick(full, 1.6)
    assert status(full, people[1]) == ["offered"]
    with pytest.raises(errors.OfferOver):
        accept(full, people[1], entries[1], hours=3.7)
    tick(full, 3.7)
    assert status(full, people[1]) == ["expired"]
    assert (full.booked(slot), returning(full)) == (1, 0)


def test_a_place_of_a_closed_day_is_offered_to_nobody(open_desk: Desk) -> None:
    """It has nowhere to return to, whether it is given up before or after."""
    open_desk.returns = Returns(cool_down=CoolDown(shortest=HOUR, longest=HOUR))
    slot = slot_ids(open_desk)[6]
    people = open_desk.people(3)
    codes = [open_desk.book(person, slot).code for person in people[:2]]
    open_desk.cancel(people[0], codes[0])
    apply(open_desk, closed(TOMORROW))
    open_desk.cancel(people[1], codes[1])
    assert (open_desk.booked(slot), returning(open_desk)) == (1, 1)
    tick(open_desk, 1.1)
    assert (open_desk.booked(slot), returning(open_desk)) == (0, 0)
    apply(open_desk, plan())


def test_places_near_their_slot_return_sooner(full: Desk) -> None:
    """Half of the time that is left is the longest that they stay away."""
    soon = full.add_slot(hour=9, capacity=1)
    person = full.person()
    full.cancel(person, full.book(person, soon).code)
    assert tick(full, 0.24) == 0
    assert tick(full, 0.26) == 1
    assert full.booked(soon) == 0


def test_a_wish_ends_when_its_dates_are_over(full: Desk, holders: Holders) -> None:
    """Not before; and its person may wait for other dates then."""
    person = full.person()
    join(full, person)
    full.do(waitlists.end_past_wishes, now=NOW + timedelta(days=1))
    assert status(full, person) == ["waiting"]
    full.do(waitlists.end_past_wishes, now=NOW + timedelta(days=3))
    assert status(full, person) == ["expired"]
    later = TOMORROW + timedelta(days=7)
    join(full, person, first_date=later, last_date=later, now=NOW + timedelta(days=3))
    assert status(full, person) == ["waiting", "expired"]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"first_date": date(2026, 11, 1), "last_date": date(2026, 11, 2)}, errors.BadWishDates),
        ({"first_date": TOMORROW, "last_date": TODAY}, errors.BadWishDates),
        ({"last_date": date(2027, 11, 1)}, errors.BadWishDates),
        ({"office": "XXX"}, errors.UnknownOffice),
        ({"for_service": "epassport"}, errors.UnknownServiceHere),
    ],
)
def test_a_wish_that_cannot_be_is_refused(
    full: Desk, holders: Holders, changes: dict[str, Any], refusal: type[Refused]
) -> None:
    """With the reason."""
    with pytest.raises(refusal):
        join(full, full.person(), **changes)


def test_only_who_finds_no_place_waits_and_once(full: Desk, slot: str, holders: Holders) -> None:
    """Not who has a booking, not while there are places, and not twice."""
    person = full.person()
    entry = join(full, person)
    with pytest.raises(errors.AlreadyWaiting):
        join(full, person)
    with pytest.raises(errors.AlreadyBooked):
        join(full, holders[0][0])
    with pytest.raises(errors.UnknownAccount):
        join(full, "nobody")
    full.add_slot(hour=15, day=TOMORROW)
    with pytest.raises(errors.PlacesLeft):
        join(full, full.person())
    for other, wish in ((holders[0][0], entry.entry_id), (person, "nothing")):
        with pytest.raises(errors.UnknownWish):
            leave(full, other, wish)
    with pytest.raises(errors.OfferOver):
        accept(full, person, entry.entry_id)


def test_who_booked_meanwhile_is_passed_over(full: Desk, slot: str, holders: Holders) -> None:
    """One active booking a person; the place goes to the next who waits."""
    first, second = full.people(2)
    join(full, first)
    join(full, second)
    full.book(first, full.add_slot(hour=15, day=TOMORROW))
    full.cancel(*holders[0])
    tick(full, 1.1)
    assert (status(full, first), status(full, second)) == (["waiting"], ["offered"])


def test_an_offer_taken_fifty_times_at_once_is_one_booking(full: Desk, slot: str, holders: Holders) -> None:
    """While the job runs beside it."""
    person = full.person()
    entry = join(full, person).entry_id
    full.cancel(*holders[0])
    tick(full, 1.1)
    calls: list[Any] = [partial(accept, full, person, entry)] * 40 + [partial(tick, full, 1.5)] * 10
    outcomes = at_once(calls)
    booked = [one.code for one in outcomes if isinstance(one, Booking)]
    assert Counter(booked) == {booked[0]: 40}
    assert full.booked(slot) == full.rows_in(slot) == 2


def test_a_person_sees_the_wish_that_is_open_and_those_of_late(full: Desk, slot: str, holders: Any) -> None:
    """What ended longer ago is not shown, and dropped a month after its last day."""
    person = full.person()
    ended = join(full, person)
    leave = LeaveWaitlist(person_id=person, entry_id=ended.entry_id)
    full.do(waitlists.leave_waitlist, leave)
    waiting = join(full, person, now=NOW + HOUR)

    def shown(days: int) -> list[str]:
        query, now = ListWaitlist(person_id=person), NOW + timedelta(days=days)
        return [one.entry_id for one in full.do(waitlists.list_waitlist, query, now=now).entries]

    assert shown(29) == [waiting.entry_id, ended.entry_id]
    assert shown(31) == [waiting.entry_id]

    def kept(days: int) -> int:
        full.do(waitlists.forget_ended_wishes, most=100, now=NOW + timedelta(days=days))
        with full.database.engine.connect() as connection:
            return int(
                connection.execute(select(func.count(waitlist_tables.waitlist_entry.c.entry_id))).scalar_one()
            )

    assert (kept(30), kept(32)) == (2, 1)


def test_a_list_of_wishes_has_an_end(full: Desk, slot: str, holders: Any) -> None:
    """However often somebody joins and leaves; the open wish is the first of it."""
    person = full.person()
    for minute in range(waitlists.MOST_SHOWN + 2):
        now = NOW + timedelta(minutes=minute)
        entry = join(full, person, now=now)
        leave = LeaveWaitlist(person_id=person, entry_id=entry.entry_id)
        full.do(waitlists.leave_waitlist, leave, now=now)
    waiting = join(full, person, now=NOW + HOUR)
    entries = full.do(waitlists.list_waitlist, ListWaitlist(person_id=person), now=NOW + HOUR).entries
    assert (entries[0].entry_id, len(entries)) == (waiting.entry_id, waitlists.MOST_SHOWN)
