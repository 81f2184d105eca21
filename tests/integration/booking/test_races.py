"""Many who want the same place in the same moment, each with a connection of its own."""

from collections import Counter
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy.exc import IntegrityError

from chassis.database import Transaction
from contracts.requests.booking import Booking, BookSlot
from services.booking.domain.offer import Offer
from services.booking.errors import AlreadyBooked, SlotFull
from services.booking.store import slots
from tests.contention import at_once
from tests.integration.booking.desk import Desk, codes, wish

RACERS = 50


def race(desk: Desk, commands: list[BookSlot]) -> Counter[str]:
    """Let everybody book at once, one transaction each; count what came of it."""
    outcomes = at_once(desk.calls(commands))
    assert all(isinstance(outcome, list) for outcome in outcomes)
    return Counter(codes([one for outcome in outcomes if isinstance(outcome, list) for one in outcome]))


def test_fifty_race_for_the_last_place_and_one_gets_it(desk: Desk) -> None:
    """One winner, 49 who are told that it is full."""
    slot = desk.add_slot(capacity=1)
    came_of_it = race(desk, [wish(person, slot) for person in desk.people(RACERS)])
    assert came_of_it == {"booked": 1, SlotFull.code: RACERS - 1}
    assert desk.booked(slot) == desk.rows_in(slot) == 1
    assert len(desk.heard()) == 1


def test_without_the_lock_the_race_is_lost(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: who reads the free places without locking the slot runs into the constraint."""
    together, lock_offers = Barrier(RACERS, timeout=30), slots.lock_offers

    def read_offers(tx: Transaction, slot_ids: Collection[str]) -> dict[str, Offer]:
        offers = lock_offers(tx, slot_ids)
        together.wait()
        return offers

    monkeypatch.setattr(slots, "_LOCK_OFFERS", slots._READ_OFFERS)
    monkeypatch.setattr(slots, "lock_offers", read_offers)
    slot = desk.add_slot(capacity=1)
    commands = [wish(person, slot) for person in desk.people(RACERS)]
    with pytest.raises(IntegrityError, match="slot_not_oversold"):
        race(desk, commands)
    assert desk.booked(slot) == desk.rows_in(slot) == 1


def test_whose_last_place_it_was_is_told_of_the_booking_and_not_that_it_is_full(desk: Desk) -> None:
    """Fifty wishes of one person for it, each with a key of its own."""
    person, slot = desk.person(), desk.add_slot(capacity=1)
    commands = [wish(person, slot, key=f"key-{at:04}") for at in range(RACERS)]
    assert race(desk, commands) == {"booked": 1, AlreadyBooked.code: RACERS - 1}


def test_one_person_racing_for_fifty_slots_gets_one(desk: Desk) -> None:
    """A bot with one account: 49 are told of the booking that won."""
    person = desk.person()
    commands = [
        wish(person, desk.add_slot(hour=9 + at % 12, service=f"{at // 12}"), key=f"key-{at:04}")
        for at in range(RACERS)
    ]
    assert race(desk, commands) == {"booked": 1, AlreadyBooked.code: RACERS - 1}
    assert sum(desk.booked(command.slot_id) for command in commands) == 1
    assert len(desk.bookings_of(person)) == 1


@pytest.mark.parametrize("capacity", [1, 6])
def test_one_wish_sent_fifty_times_at_once_is_one_booking(desk: Desk, capacity: int) -> None:
    """An impatient thumb, or a client that repeats: the same answer to all, also for the last place."""
    person, slot = desk.person(), desk.add_slot(capacity=capacity)
    outcomes = at_once(desk.calls([wish(person, slot)] * RACERS))
    answers = [outcome[0] for outcome in outcomes if isinstance(outcome, list)]
    ids = [answer.booking_id for answer in answers if isinstance(answer, Booking)]
    assert len(ids) == RACERS
    assert len(set(ids)) == 1
    assert desk.booked(slot) == desk.rows_in(slot) == 1


def test_batches_that_cross_over_the_same_people_and_slots_do_not_block_each_other(desk: Desk) -> None:
    """Eight batches of 64, each in another order: nobody waits for ever, and everybody has one booking."""
    hours = [desk.add_slot(hour=hour, capacity=40) for hour in (9, 10, 11, 13)]
    people = desk.people(64)
    batches = [
        [
            wish(person, hours[(at + turn) % 4], key=f"key-{turn:04}")
            for at, person in enumerate(people[turn * 8 :] + people[: turn * 8])
        ]
        for turn in range(8)
    ]
    outcomes = at_once([partial(desk.try_book, *batch) for batch in batches])
    came_of_it = Counter(codes([one for outcome in outcomes if isinstance(outcome, list) for one in outcome]))
    assert came_of_it == {"booked": 64, AlreadyBooked.code: 7 * 64}
    assert sum(desk.booked(slot) for slot in hours) == sum(desk.rows_in(slot) for slot in hours) == 64


def test_cancelling_and_booking_at_once_keeps_the_count_right(desk: Desk) -> None:
    """A full slot whose 20 holders leave while 30 others want in."""
    slot = desk.add_slot(capacity=20)
    holders, others = desk.people(20), desk.people(30)
    held = desk.try_book(*(wish(person, slot) for person in holders))
    codes_held = [booking.code for booking in held if isinstance(booking, Booking)]
    with ThreadPoolExecutor(RACERS) as threads:
        leaving = [threads.submit(desk.cancel, *pair) for pair in zip(holders, codes_held, strict=True)]
        coming = [threads.submit(desk.try_book, wish(person, slot)) for person in others]
        assert {done.result().status for done in leaving} == {"cancelled"}
        came_of_it = Counter(codes([done.result()[0] for done in coming]))
    assert set(came_of_it) <= {"booked", SlotFull.code}
    assert desk.booked(slot) == desk.rows_in(slot) == came_of_it["booked"] <= 20


def test_a_holder_who_cancels_fifty_times_at_once_frees_one_place(desk: Desk) -> None:
    """Every call is answered the same, and one event is said."""
    person, slot = desk.person(), desk.add_slot(capacity=3)
    desk.try_book(*(wish(other, slot) for other in desk.people(2)))
    booking = desk.book(person, slot)
    desk.heard()
    outcomes = at_once([partial(desk.cancel, person, booking.code)] * RACERS)
    assert {outcome.status for outcome in outcomes if isinstance(outcome, Booking)} == {"cancelled"}
    assert desk.booked(slot) == desk.rows_in(slot) == 2
    assert len(desk.heard()) == 1
