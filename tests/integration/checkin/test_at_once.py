"""Kiosks and counters that do the same thing at the same moment, on real connections."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import TypeVar

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from chassis.database import Transaction
from contracts.envelope import enclose
from contracts.refusals import Refused
from contracts.requests.checkin import Admission, CallNext, Counter, ScanTicket
from contracts.trace import new_traceparent
from services.checkin import errors, handlers
from services.checkin.domain.arrival import Newcomer
from services.checkin.store import arrivals, calls, known, queue
from services.checkin.store.tables import expected_ticket, queue_ticket
from tests.contention import at_once, decided_anew, overlap, wait_until_blocked
from tests.integration.checkin.hall import NOON, Hall, booking, rescheduled, scan_ticket, ticket

T = TypeVar("T")


def test_of_two_kiosks_with_the_same_ticket_one_wins(hall: Hall) -> None:
    """The other is told the number that the winner gave, however often it is tried."""
    for attempt in range(1, 11):
        outcomes = at_once([decided_anew(partial(hall.scan, ticket(booking())))] * 2)

        numbers = [outcome.number for outcome in outcomes if isinstance(outcome, Admission)]
        refused = [outcome.data for outcome in outcomes if isinstance(outcome, errors.AlreadyScanned)]
        assert numbers == [f"A-{attempt:03d}"]
        assert refused == [{"number": f"A-{attempt:03d}", "waiting_before": attempt - 1}]


def test_the_second_of_two_kiosks_waits_and_is_decided_anew(hall: Hall) -> None:
    """It looked at the hall before the first was done, and meets the number that is there since."""
    assert _second_kiosk_is_told(hall, ticket(booking()), now=NOON) == "A-001"


def test_the_second_of_two_kiosks_with_a_moved_booking_is_decided_anew(hall: Hall) -> None:
    """Both saw a ticket that was left behind the day before."""
    moved = booking()
    hall.hear(moved)
    hall.scan(ticket(moved))
    tomorrow = NOON + timedelta(days=1)
    again = rescheduled(moved, tomorrow)
    hall.hear(again, now=tomorrow)
    hall.scan(ticket(booking(date=again.date, starts_at=tomorrow)))

    assert _second_kiosk_is_told(hall, ticket(again), now=tomorrow) == "A-002"


def test_numbers_have_no_gap_and_no_double_when_many_come_at_once(hall: Hall) -> None:
    """Eight kiosks, forty tickets, each of them held to two readers."""
    tickets = [ticket(booking()) for _ in range(40)]
    kiosks = [partial(_scan_all, hall, tickets[first::4]) for first in (0, 1, 2, 3)] * 2

    outcomes = list(chain.from_iterable(_results(at_once(kiosks))))

    numbers = [outcome.number for outcome in outcomes if isinstance(outcome, Admission)]
    assert sorted(numbers) == [f"A-{place:03d}" for place in range(1, 41)]
    assert sum(isinstance(outcome, errors.AlreadyScanned) for outcome in outcomes) == 40


def test_a_second_kiosk_waits_for_the_number_of_the_first(hall: Hall) -> None:
    """The counting row is locked until the first has committed."""
    assert _numbers_of_two_kiosks(hall) == ("A-001", "A-002")


def test_without_the_counting_row_two_kiosks_take_the_same_number(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: counting who is there gives a double, which the table's own key refuses."""
    monkeypatch.setattr(arrivals, "take_places", _count_places)
    with pytest.raises(IntegrityError, match="queue_ticket_number_key"):
        _numbers_of_two_kiosks(hall, second_waits=False)


def test_two_counters_that_call_at_once_get_two_tickets(hall: Hall) -> None:
    """The second does not wait for the first, and takes the next ticket."""
    assert _numbers_of_two_counters(hall, second_waits=False) == ("A-001", "A-002")


def test_without_the_lock_two_counters_get_the_same_ticket(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the guard is the lock on the chosen ticket."""
    monkeypatch.setattr(calls, "_CALL_NEXT", calls.calling(queue.NEXT))
    assert _numbers_of_two_counters(hall, second_waits=True) == ("A-001", "A-001")


def test_no_ticket_is_called_twice_when_all_counters_call(hall: Hall) -> None:
    """Three counters call and finish until nobody waits: each ticket came to one of them, once."""
    for _ in range(30):
        hall.arrive()

    called = _results(at_once([partial(_serve_all, hall, counter) for counter in (1, 2, 3)]))

    assert sorted(chain.from_iterable(called)) == [f"A-{place:03d}" for place in range(1, 31)]


def test_a_counter_whose_button_is_pressed_twice_calls_once(hall: Hall) -> None:
    """The second press is answered the first one's ticket."""
    hall.arrive()
    hall.arrive()
    hall.open()

    outcomes = at_once([hall.call] * 2)

    answers = [outcome for outcome in outcomes if isinstance(outcome, Counter)]
    assert [answer.ticket.number for answer in answers if answer.ticket] == ["A-001", "A-001"]
    assert hall.look().waiting == 1


def test_a_booking_heard_of_during_its_scan_names_the_ticket(hall: Hall) -> None:
    """The event waits for the scan, and then finds the ticket in the hall."""
    coming = booking()

    overlap(hall.database, _scanning(ticket(coming)), partial(hall.hear, coming), second_waits=True, now=NOON)

    assert _name(hall) == "Pak Andi"


def test_a_name_changed_in_the_middle_of_a_scan_reaches_the_hall(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A booking that is known already is locked by the scan too."""
    assert _name_changed_in_a_scan(hall, monkeypatch, event_waits=True) == "Haji Andi"


def test_without_the_lock_a_name_changed_in_the_middle_of_a_scan_is_missed(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the guard is the lock on the booking's row."""
    unlocked = select(expected_ticket).where(expected_ticket.c.booking_id == known._SEEN.c.booking_id)
    monkeypatch.setattr(known, "_LOOK_BY_TICKET", known.looking(unlocked.cte("booked"), "booking_id"))
    assert _name_changed_in_a_scan(hall, monkeypatch, event_waits=False) == "Pak Andi"


def test_a_ticket_that_is_just_getting_its_name_is_called(hall: Hall) -> None:
    """Nobody else waits: the counter waits for the name, and does not find the queue empty."""
    coming = booking()
    hall.scan(ticket(coming))
    hall.open()

    def learn_name(tx: Transaction) -> None:
        handlers.remember_bookings(tx, [enclose(coming, now=NOON, traceparent=new_traceparent())])

    _, answer = overlap(hall.database, learn_name, hall.call, second_waits=True, now=NOON)

    assert answer.ticket is not None
    assert answer.ticket.display_name == "Pak Andi"


def test_of_two_counters_that_call_the_last_ticket_one_finds_the_queue_empty(hall: Hall) -> None:
    """It waits for the other's call, and then there is nobody left."""
    hall.arrive()
    hall.open(1)
    hall.open(2)

    outcomes = at_once([partial(hall.call, 1), partial(hall.call, 2)])

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Counter", "QueueIsEmpty"]


def _second_kiosk_is_told(hall: Hall, text: str, *, now: datetime) -> object:
    """Let a second kiosk be held the ticket that a first one is admitting; return the number it is told."""
    second = decided_anew(partial(hall.scan, text, now=now))
    with pytest.raises(errors.AlreadyScanned) as refused:
        overlap(hall.database, _scanning(text), second, second_waits=True, now=now)
    return refused.value.data["number"]


def _numbers_of_two_kiosks(hall: Hall, *, second_waits: bool = True) -> tuple[str, str]:
    first, second = overlap(
        hall.database,
        _scanning(ticket(booking())),
        partial(hall.scan, ticket(booking())),
        second_waits=second_waits,
        now=NOON,
    )
    return first.number, second.number


def _count_places(tx: Transaction, newcomers: Sequence[Newcomer]) -> Mapping[str, arrivals.Place]:
    """Give each the number that follows from how many are in the hall."""
    there = tx.execute(select(func.count()).select_from(queue_ticket)).scalar_one()
    return {
        newcomer.visit.booking_id: arrivals.Place(number=f"A-{there + place:03d}", waiting_before=0)
        for place, newcomer in enumerate(newcomers, start=1)
    }


def _numbers_of_two_counters(hall: Hall, *, second_waits: bool) -> tuple[str, str]:
    hall.arrive()
    hall.arrive()
    hall.open(1)
    hall.open(2)

    def call(tx: Transaction) -> Counter:
        return handlers.call_next(tx, CallNext(office="TRK", counter=1, officer="officer"))

    first, second = overlap(hall.database, call, partial(hall.call, 2), second_waits=second_waits, now=NOON)
    return _number(first), _number(second)


def _name_changed_in_a_scan(hall: Hall, monkeypatch: pytest.MonkeyPatch, *, event_waits: bool) -> str | None:
    """Let the event come after the scan has read the booking and before the ticket is in the hall."""
    coming = booking()
    hall.hear(coming)
    take_places = arrivals.take_places
    with ThreadPoolExecutor(1) as thread:

        def after_the_event(tx: Transaction, newcomers: Sequence[Newcomer]) -> Mapping[str, arrivals.Place]:
            heard = thread.submit(hall.hear, replace(coming, version=2, display_name="Haji Andi"))
            if event_waits:
                wait_until_blocked(hall.database)
            else:
                heard.result(timeout=15)
            return take_places(tx, newcomers)

        monkeypatch.setattr(arrivals, "take_places", after_the_event)
        hall.scan(ticket(coming))
    return _name(hall)


def _scanning(text: str) -> Callable[[Transaction], Admission]:
    def scan(tx: Transaction) -> Admission:
        return scan_ticket(tx, ScanTicket(office="TRK", ticket=text))

    return scan


def _scan_all(hall: Hall, texts: list[str]) -> list[Admission | Refused]:
    return list(chain.from_iterable(at_once([decided_anew(partial(hall.scan, text))]) for text in texts))


def _serve_all(hall: Hall, counter: int) -> list[str]:
    numbers: list[str] = []
    hall.open(counter)
    while True:
        try:
            numbers.append(_number(hall.call(counter)))
        except errors.QueueIsEmpty:
            return numbers
        hall.finish(counter)


def _results(outcomes: list[list[T] | Refused]) -> list[list[T]]:
    return [outcome for outcome in outcomes if not isinstance(outcome, Refused)]


def _name(hall: Hall) -> str | None:
    hall.open()
    ticket_at_counter = hall.call().ticket
    assert ticket_at_counter is not None
    return ticket_at_counter.display_name


def _number(answer: Counter) -> str:
    assert answer.ticket is not None
    return answer.ticket.number
