"""Who is before whom where counters call for several services: the kiosk, the phone and the message agree."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from contracts.events import TurnNear
from contracts.hall import HallRules, Journey, JourneyStep
from contracts.requests.checkin import Admission
from contracts.requests.counter_deeds import PauseCounter, TransferTicket
from contracts.requests.floor import ExplainTurn, Turn
from contracts.words import ServiceCode
from services.checkin import handlers
from tests.integration.checkin.hall import NOON, TARAKAN, Hall, booking, ticket

LATER = NOON + timedelta(minutes=75)


def come(hall: Hall, count: int) -> list[Admission]:
    """Let so many come for a new passport, five minutes apart from noon on."""
    return [hall.arrive(starts_at=NOON + timedelta(minutes=5 * place)) for place in range(count)]


def turn_of(hall: Hall, number: str) -> Turn:
    """Ask as the phone does."""
    return hall.do(lambda tx: handlers.explain_turn(tx, ExplainTurn(office="TRK", number=number)))


def near(hall: Hall) -> Sequence[tuple[str, int]]:
    """Return who was told meanwhile that their turn is near, with how many before them."""
    return [(said.number, said.before) for said in hall.said() if isinstance(said, TurnNear)]


def test_people_of_another_service_are_before_where_counters_call_for_both(hall: Hall) -> None:
    """Twelve with earlier turns before two counters for everything: the thirteenth is not the next."""
    hall.open(1)
    hall.open(2)
    come(hall, 12)
    only = hall.arrive(service="renewal", starts_at=LATER)
    assert (only.number, only.waiting_before) == ("B-001", 12)
    told = turn_of(hall, "B-001")
    assert (told.place, [one.tickets for one in told.before], told.counters) == (13, [12], 2)
    assert turn_of(hall, "A-012").place == 12


def test_the_only_one_of_a_service_is_told_that_their_turn_is_near(hall: Hall) -> None:
    """Each is told when fewer than three are before them, and how many those are."""
    hall.open(1)
    come(hall, 5)
    hall.arrive(service="renewal", starts_at=LATER)
    hall.said()
    told = []
    for _ in range(6):
        hall.call()
        told.append(near(hall))
        hall.finish()
    first = [("A-002", 0), ("A-003", 1), ("A-004", 2)]
    assert told == [first, [("A-005", 2)], [("B-001", 2)], [], [], []]


def test_a_call_elsewhere_brings_a_turn_near(hall: Hall) -> None:
    """Counter 2 would have called for both, and counter 1 took one of them away."""
    hall.open(1, "new")
    hall.open(2, "new", "renewal")
    come(hall, 4)
    hall.arrive(service="renewal", starts_at=LATER)
    for counter in (1, 2):
        hall.call(counter)
    assert ("B-001", 2) in near(hall)


def test_nobody_is_before_whom_no_counter_of_theirs_calls(hall: Hall) -> None:
    """A counter of their own calls them next; a line at its own counters is no line before them."""
    hall.open(1, "new")
    hall.open(2, "renewal")
    come(hall, 3)
    assert hall.arrive(service="renewal", starts_at=LATER).waiting_before == 0
    assert (turn_of(hall, "B-001").place, turn_of(hall, "A-003").place) == (1, 3)
    hall.said()
    hall.call(1)
    assert near(hall) == [("A-002", 0), ("A-003", 1)]


def test_without_a_counter_the_same_service_and_step_is_a_line(hall: Hall) -> None:
    """In the morning, and while the only counter is away for a while."""
    come(hall, 2)
    assert hall.arrive(service="renewal", starts_at=LATER).waiting_before == 0
    assert [turn_of(hall, number).place for number in ("A-002", "B-001")] == [2, 1]
    hall.open(1)
    assert turn_of(hall, "B-001").place == 3
    hall.at(handlers.pause_counter, PauseCounter)
    assert (turn_of(hall, "B-001").place, turn_of(hall, "B-001").counters) == (1, 0)


def test_those_who_come_in_together_count_each_other(hall: Hall) -> None:
    """Also of another service, where a counter calls for both."""
    hall.open(1)
    later, sooner = (
        booking(starts_at=LATER + timedelta(minutes=5)),
        booking(service="renewal", starts_at=LATER),
    )
    admitted = hall.scan_together(ticket(later), ticket(sooner))
    assert [one.waiting_before for one in admitted if isinstance(one, Admission)] == [1, 0]


@pytest.mark.parametrize(("offered", "place"), [((), 2), (("renewal",), 2), (("collection",), 1)])
def test_who_was_sent_to_a_counter_is_before_those_whom_it_calls_too(
    hall: Hall, offered: tuple[ServiceCode, ...], place: int
) -> None:
    """With an earlier turn; who waits for other counters has nobody of theirs before them."""
    hall.open(1)
    hall.open(2, *offered)
    come(hall, 1)
    hall.call(1)
    hall.at(handlers.transfer_ticket, TransferTicket, 1, to_counter=2)
    hall.arrive(service="renewal", starts_at=LATER)
    assert turn_of(hall, "B-001").place == place
    assert turn_of(hall, "A-001").place == 1


def test_who_was_sent_to_a_counter_waits_behind_earlier_turns_there(hall: Hall) -> None:
    """It calls by turn, whoever was sent to it."""
    hall.open(1, "new")
    hall.open(2, "renewal")
    come(hall, 1)
    hall.call(1)
    hall.at(handlers.transfer_ticket, TransferTicket, 1, to_counter=2)
    hall.arrive(service="renewal", starts_at=NOON - timedelta(minutes=5))
    told = turn_of(hall, "A-001")
    assert (told.place, told.counter, told.counters) == (2, 2, 1)
    assert turn_of(hall, "B-001").place == 1


def test_another_step_is_another_line_unless_one_counter_does_both(empty_hall: Hall) -> None:
    """Who is at biometrics has an earlier turn, and is called by who does everything."""
    steps = (JourneyStep(step="documents"), JourneyStep(step="biometrics"))
    journey = Journey(services=("new",), steps=steps)
    empty_hall.hear(replace(TARAKAN, hall=HallRules(early_minutes=480, journeys=(journey,))))
    empty_hall.open(1, steps=("documents",))
    empty_hall.open(2, steps=("biometrics",))
    come(empty_hall, 2)
    empty_hall.call(1)
    empty_hall.finish(1)
    assert turn_of(empty_hall, "A-002").place == 1
    empty_hall.open(3)
    assert turn_of(empty_hall, "A-002").place == 2
