"""Whatever changes a day's places is told of, in an order that the database itself gives."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import cycle

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from chassis.database import Transaction
from contracts.events import AvailabilityChanged
from contracts.refusals import Refused
from contracts.requests.availability import GetAvailability
from contracts.requests.booking import ListSlots
from contracts.requests.office_head import PreviewOfficePlan
from gateway.availability import DayState
from services.booking.domain.cool_down import CoolDown
from services.booking.handlers import bookings
from services.booking.handlers.availability import get_availability, tell_availability
from services.booking.handlers.plan_drafts import preview_office_plan
from services.booking.handlers.returns import Returns, return_due_places
from services.booking.handlers.slots import list_slots
from services.booking.store import tables
from services.booking.store.touched import TOUCHED, TouchedSlots
from tests.contention import at_once, overlap
from tests.integration.booking.desk import NOW, TODAY, Desk, wish
from tests.integration.booking.paying import expire
from tests.integration.booking.planning import TOMORROW, apply, booked, closed, plan, slot_ids
from tests.integration.booking.test_reschedules import move
from tests.integration.booking.test_waitlist import accept, join

HOUR = timedelta(hours=1)
NEW_TOMORROW = GetAvailability(office="TRK", for_service="new", date=TOMORROW)


@pytest.fixture(autouse=True)
def _nothing_touched() -> None:
    """What tests before have left is not told in this one."""
    TOUCHED.take(len(TOUCHED))


def rows(desk: Desk) -> dict[str, object]:
    """Read all slots as they are in the table."""
    with desk.database.engine.connect() as connection:
        return {row.slot_id: tuple(row) for row in connection.execute(select(tables.slot))}


@contextmanager
def told_of(desk: Desk) -> Iterator[set[str]]:
    """Check that what changes in the block is marked; give the ids of what has changed, at the end."""
    before, changed = rows(desk), set[str]()
    TOUCHED.take(len(TOUCHED))
    yield changed
    changed |= {slot_id for slot_id, row in rows(desk).items() if before.get(slot_id) != row}
    assert changed <= set(TOUCHED.take(len(TOUCHED)))


def current(desk: Desk) -> AvailabilityChanged:
    """Ask for tomorrow's places, as a gateway does that has no copy."""
    return desk.do(get_availability, NEW_TOMORROW)


def test_who_books_moves_and_gives_up_changes_slots_that_are_told_of(open_desk: Desk) -> None:
    """Places are taken and given back in one statement for a whole batch, and marked with it."""
    with told_of(open_desk) as changed:
        person, booking = booked(open_desk)
    assert len(changed) == 1
    with told_of(open_desk) as changed:
        move(open_desk, person, booking.code, slot_ids(open_desk)[1], notice=timedelta(0))
    assert len(changed) == 2
    with told_of(open_desk) as changed:
        open_desk.cancel(person, booking.code)
    assert len(changed) == 1


def test_places_that_return_by_the_clock_are_told_of(till: Desk, place: str) -> None:
    """Nobody paid: the hold ends, and after its cool-down the place is offered to who waits, or is free."""
    with told_of(till) as held:
        till.book(till.person(), place)
    due, returned = NOW + 3 * HOUR, NOW + 6 * HOUR
    assert expire(till, now=due) == 1
    with told_of(till) as free:
        assert till.do(return_due_places, till.returns, now=returned) == 1
    assert held == free == {place}


def test_a_place_that_is_taken_from_the_waitlist_stays_taken(desk: Desk) -> None:
    """It counts as taken all the time, so there is nothing to tell."""
    desk.returns = Returns(cool_down=CoolDown(shortest=HOUR, longest=HOUR), chance=lambda: 0.5)
    slot, holder, waits = desk.add_slot(hour=14, day=TOMORROW, capacity=1), *desk.people(2)
    code = desk.book(holder, slot).code
    entry = join(desk, waits)
    desk.cancel(holder, code)
    desk.do(return_due_places, desk.returns, now=NOW + 1.1 * HOUR)
    seen = current(desk).slots
    with told_of(desk):
        accept(desk, waits, entry.entry_id)
    assert [one.places_left for one in seen] == [one.places_left for one in current(desk).slots] == [0]


def test_what_an_office_decides_about_its_slots_is_told_of(desk: Desk) -> None:
    """Slots that are new, withdrawn, restored, of other places, or linked into longer visits."""
    long = [{"service": "new", "slots": 2}]
    for decided in (
        plan(),
        closed(TOMORROW),
        plan(),
        plan(slots={"places": 3}),
        plan(slots={"places": 3}, by_service=long),
    ):
        with told_of(desk) as changed:
            apply(desk, decided)
        assert len(changed) > 0


def test_a_transaction_that_is_undone_marks_nothing(open_desk: Desk) -> None:
    """A plan that is only tried out, a batch that failed."""
    preview = PreviewOfficePlan(office="TRK", plan=closed(TOMORROW))
    begin = partial(open_desk.database.transaction, now=NOW)
    TOUCHED.take(len(TOUCHED))
    assert preview_office_plan(begin, preview).before != preview_office_plan(begin, preview).after
    assert len(TOUCHED) == 0


def test_each_day_is_told_once_however_many_slots_of_it_changed(open_desk: Desk) -> None:
    """As whoever asks in the same moment would be answered."""
    marked = [*slot_ids(open_desk), slot_ids(open_desk, TODAY)[-1]]
    with open_desk.database.transaction(now=NOW) as tx:
        assert tell_availability(tx, marked) == 2
        told = [event for event in tx.emitted if isinstance(event, AvailabilityChanged)]
    assert [event.date for event in told] == [TODAY, TOMORROW]
    assert replace(current(open_desk), version=told[1].version) == told[1]
    assert open_desk.heard() == []  # it is not in the outbox


@pytest.mark.parametrize(("when", "hold_minutes"), [("first", 90), ("counter", None)])
def test_a_copy_answers_all_that_asking_answers(open_desk: Desk, when: str, hold_minutes: int | None) -> None:
    """Field by field, so no page misses anything because its answer came from the gateway's copy."""
    apply(open_desk, plan(payment={"when": when, "rupiah": 350_000}))
    booked(open_desk)
    asked = open_desk.do(
        list_slots, ListSlots(office="TRK", for_service="new", date=TOMORROW), hold_lasts=1.5 * HOUR
    )
    copied = open_desk.do(get_availability, NEW_TOMORROW, hold_lasts=1.5 * HOUR)
    assert DayState(copied).slots == asked
    assert (asked.hold_minutes, len(asked.slots)) == (hold_minutes, 7)


def test_a_day_without_slots_is_told_as_such(open_desk: Desk) -> None:
    """All of them were withdrawn."""
    slots = slot_ids(open_desk)
    apply(open_desk, closed(TOMORROW))
    with open_desk.database.transaction(now=NOW) as tx:
        tell_availability(tx, slots)
        (told,) = tx.emitted
    assert isinstance(told, AvailabilityChanged)
    assert (told.date, told.slots, told.changes_at) == (TOMORROW, (), None)


def test_who_has_seen_more_has_the_higher_version(open_desk: Desk) -> None:
    """A booking that has begun and not ended is not seen; when it has ended it is, in a higher version."""
    slot, person = slot_ids(open_desk)[0], open_desk.person()
    before = current(open_desk)

    def book(tx: Transaction) -> None:
        (outcome,) = bookings.book_slots(
            tx, [wish(person, slot)], signer=open_desk.ticket_signer, vault=open_desk.vault
        )
        assert not isinstance(outcome, Refused)

    _, meanwhile = overlap(open_desk.database, book, lambda: current(open_desk), second_waits=False, now=NOW)
    after = current(open_desk)
    assert meanwhile.slots == before.slots
    assert after.slots[0].places_left == before.slots[0].places_left - 1
    assert before.version <= meanwhile.version < after.version


def test_of_two_readings_the_one_of_the_higher_version_has_seen_all_of_the_other(open_desk: Desk) -> None:
    """Whoever reads, while bookings overlap, are undone and have savepoints: places only become fewer."""
    people, slots = open_desk.people(12), slot_ids(open_desk)
    readings: list[tuple[int, int]] = []

    def book(person: str, slot: str) -> None:
        with open_desk.database.transaction(now=NOW) as tx, suppress(IntegrityError):
            outer = tx.connection.begin_nested()
            tx.execute(text("INSERT INTO booking DEFAULT VALUES"))
            outer.commit()
        open_desk.book(person, slot)

    def read() -> None:
        for _ in range(20):
            seen = current(open_desk)
            readings.append((seen.version, sum(slot.places_left for slot in seen.slots)))

    read()
    calls: list[Callable[[], None]] = [partial(book, *one) for one in zip(people, cycle(slots), strict=False)]
    at_once([*calls, read, read, read])
    read()
    left = [places for _, places in sorted(readings, key=lambda one: one[0])]
    assert left == sorted(left, reverse=True)
    assert left[0] > left[-1]
    assert len(set(readings)) == len({version for version, _ in readings})


def test_what_waits_longest_is_told_first() -> None:
    """A slot that changes without end keeps its turn, and takes nobody else's."""
    touched = TouchedSlots()
    touched.add(["a", "b"])
    touched.add(["c", "a"])
    assert touched.take(2) == ["a", "b"]
    touched.add(["a"])
    assert touched.take(2) == ["c", "a"]
    assert len(touched) == 0
