"""The office floor: visits of several steps, what officers do and undo, and what everybody sees of it."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from contracts.events import EmergencyRaised, TicketScanned, TicketServed, TicketTransferred, TurnNear
from contracts.hall import HallRules, Journey, JourneyStep
from contracts.requests.counter_deeds import (
    CallTicket,
    HoldTicket,
    PauseCounter,
    RaiseEmergency,
    ResumeTicket,
    TransferTicket,
    UndoLast,
)
from contracts.requests.floor import Before, ExplainTurn, GetFloor
from contracts.schema import dump
from services.checkin import errors, handlers
from services.checkin.store.tables import call_choice, step_record
from tests.integration.checkin.hall import NOON, TARAKAN, Hall, booking, rescheduled, ticket

JOURNEY = Journey(
    services=("new",),
    steps=(JourneyStep(step="documents", goal_minutes=5), JourneyStep(step="biometrics", goal_minutes=10)),
)


@pytest.fixture
def floor(empty_hall: Hall) -> Hall:
    """An office where a new passport takes two steps, and whose turn is near when one is before them."""
    empty_hall.hear(replace(TARAKAN, hall=HallRules(journeys=(JOURNEY,), near_places=2)))
    return empty_hall


def _undo(hall: Hall, counter: int) -> object:
    return hall.at(handlers.undo_last, UndoLast, counter)


def test_a_visit_goes_on_to_its_next_step_and_keeps_its_turn(floor: Hall) -> None:
    """Who came first is first at every step; each step is kept with its times."""
    first, second = floor.arrive(), floor.arrive()
    floor.open(1, steps=("documents",))
    floor.open(2, steps=("biometrics",))
    for _ in range(2):
        floor.call(1)
        floor.finish(1)
    floor.said()
    assert floor.look(2).waiting == 2
    called = floor.call(2).ticket
    assert called is not None
    assert (called.number, called.step) == (first.number, "biometrics")
    floor.finish(2)
    (served,) = [event for event in floor.said() if isinstance(event, TicketServed)]
    assert (served.ticket_id, served.outcome) == (first.ticket_id, "done")
    with floor.database.transaction() as tx:
        kept = tx.execute(select(step_record).order_by(step_record.c.finished_at)).all()
    assert [(step.ticket_id, step.step, step.counter, step.outcome) for step in kept] == [
        (first.ticket_id, "documents", 1, "done"),
        (second.ticket_id, "documents", 1, "done"),
        (first.ticket_id, "biometrics", 2, "done"),
    ]
    assert all(step.waiting_since < step.called_at < step.finished_at for step in kept)


def test_another_outcome_ends_a_visit_at_any_step(floor: Hall) -> None:
    """Its papers are incomplete: it does not go on."""
    floor.arrive()
    floor.open()
    floor.call()
    floor.finish(outcome="incomplete")
    assert floor.look().waiting == 0


def test_whose_turn_is_near_is_told_once_for_each_step(floor: Hall) -> None:
    """The second in line after a call, and none twice."""
    people = [floor.arrive() for _ in range(4)]
    floor.open(steps=("documents",))
    floor.said()
    floor.call()
    assert [(one.ticket_id, one.before) for one in floor.said() if isinstance(one, TurnNear)] == [
        (people[1].ticket_id, 0),
        (people[2].ticket_id, 1),
    ]
    floor.finish()
    floor.call()
    assert [(one.ticket_id, one.step) for one in floor.said() if isinstance(one, TurnNear)] == [
        (people[0].ticket_id, "biometrics"),
        (people[3].ticket_id, "documents"),
    ]


def test_whose_booking_was_moved_is_told_anew_that_their_turn_is_near(floor: Hall) -> None:
    """They waited in vain, and wait again on another day."""
    floor.arrive(starts_at=NOON - timedelta(hours=1))
    coming = booking()
    floor.hear(coming)
    floor.scan(ticket(coming))
    floor.open()
    floor.call()
    assert [one.ticket_id for one in floor.said() if isinstance(one, TurnNear)] == [coming.booking_id]
    floor.finish(outcome="incomplete")
    moved = rescheduled(coming, NOON + timedelta(days=1))
    floor.hear(moved)
    floor.arrive(now=moved.starts_at, date=moved.date, starts_at=moved.starts_at - timedelta(minutes=30))
    floor.scan(ticket(moved))
    floor.said()
    floor.call()
    assert [one.ticket_id for one in floor.said() if isinstance(one, TurnNear)] == [coming.booking_id]


def test_a_counter_alone_calls_who_was_sent_to_it_until_it_closes(hall: Hall) -> None:
    """Then everybody may, and it is said."""
    sent = hall.arrive()
    for counter in (1, 2, 3):
        hall.open(counter)
    hall.call(1)
    hall.at(handlers.transfer_ticket, TransferTicket, 1, to_counter=2)
    with pytest.raises(errors.QueueIsEmpty):
        hall.call(3)
    hall.said()
    hall.close(2)
    (told,) = [event for event in hall.said() if isinstance(event, TicketTransferred)]
    assert (told.ticket_id, told.for_counter) == (sent.ticket_id, None)
    assert (told.from_step, told.from_called_at) == (None, None)
    called = hall.call(3).ticket
    assert called is not None
    assert called.ticket_id == sent.ticket_id


def test_a_transfer_to_another_step_says_where_the_ticket_was_and_since_when(floor: Hall) -> None:
    """It keeps its turn and is before the counter no more; a step that is not of its visit is refused."""
    person = floor.arrive()
    floor.open(steps=("documents",))
    was = floor.call().ticket
    assert was is not None
    (came,) = [event for event in floor.said() if isinstance(event, TicketScanned)]
    floor.at(handlers.transfer_ticket, TransferTicket, 1, to_step="biometrics")
    (told,) = [event for event in floor.said() if isinstance(event, TicketTransferred)]
    assert (told.ticket_id, told.state, told.step) == (person.ticket_id, "waiting", "biometrics")
    assert (told.from_step, told.from_called_at) == ("documents", was.called_at)
    assert (told.turn_at, floor.look(1).ticket) == (came.turn_at, None)
    floor.arrive()
    floor.call()
    with pytest.raises(errors.UnknownStepHere):
        floor.at(handlers.transfer_ticket, TransferTicket, 1, to_step="payment")


def test_what_others_went_on_with_is_not_undone(hall: Hall) -> None:
    """Nor what was done too long ago, nor what was undone."""
    hall.arrive()
    hall.open(1)
    hall.open(2)
    hall.call(1)
    hall.at(handlers.hold_ticket, HoldTicket, 1, reason="photocopy")
    hall.at(handlers.resume_ticket, ResumeTicket, 2, number="A-001")
    with pytest.raises(errors.UndoneByOthers):
        _undo(hall, 1)
    _undo(hall, 2)
    with pytest.raises(errors.NothingToUndo):
        _undo(hall, 2)
    hall.at(handlers.resume_ticket, ResumeTicket, 2, number="A-001")
    hall.now += timedelta(seconds=10)
    with pytest.raises(errors.UndoIsOver):
        _undo(hall, 2)


def test_an_undone_finish_brings_the_ticket_back_and_leaves_no_step(hall: Hall) -> None:
    """As if the button had not been pressed."""
    hall.arrive()
    hall.open()
    before = hall.call().ticket
    hall.finish()
    hall.at(handlers.undo_last, UndoLast)
    assert hall.look().ticket == before
    with hall.database.transaction() as tx:
        assert tx.execute(select(step_record)).all() == []


def test_a_call_out_of_turn_is_kept_with_its_reason(hall: Hall) -> None:
    """Who, where, and why."""
    hall.arrive()
    hall.arrive()
    hall.open()
    chosen = hall.at(handlers.call_ticket, CallTicket, number="A-002", reason="ill", note="Demam")
    assert chosen.ticket is not None
    assert chosen.ticket.number == "A-002"
    with hall.database.transaction() as tx:
        (kept,) = tx.execute(select(call_choice)).all()
    assert (kept.officer, kept.counter, kept.reason, kept.note) == ("officer", 1, "ill", "Demam")


def test_a_paused_counter_calls_nobody(hall: Hall) -> None:
    """Its ticket can be finished."""
    hall.arrive()
    hall.arrive()
    hall.open()
    hall.call()
    hall.at(handlers.pause_counter, PauseCounter)
    assert hall.finish().state == "paused"
    with pytest.raises(errors.CounterIsPaused):
        hall.call()


def test_help_is_asked_for_at_a_counter_that_never_opened(hall: Hall) -> None:
    """Asked twice it is asked once."""
    for _ in range(2):
        hall.at(handlers.raise_emergency, RaiseEmergency, 3)
    (raised,) = [event for event in hall.said() if isinstance(event, EmergencyRaised)]
    assert (raised.counter, raised.state) == (3, "closed")
    shown = hall.do(lambda tx: handlers.get_floor(tx, GetFloor(office="TRK")))
    assert [counter.emergency_since for counter in shown.counters] == [None, None, raised.emergency_since]


def test_a_number_is_told_why_it_is_not_called_yet(hall: Hall) -> None:
    """Its place, and how many are before it by which rule."""
    hall.arrive(starts_at=NOON)
    hall.arrive(starts_at=NOON + timedelta(minutes=10), priority="elderly")
    hall.arrive(starts_at=NOON)
    hall.open()
    turn = hall.do(lambda tx: handlers.explain_turn(tx, ExplainTurn(office="TRK", number="A-003")))
    assert (turn.place, turn.counters) == (3, 1)
    assert turn.before == (Before(rule="appointment", tickets=1), Before(rule="priority", tickets=1))
    with pytest.raises(errors.UnknownNumber):
        hall.do(lambda tx: handlers.explain_turn(tx, ExplainTurn(office="TRK", number="A-099")))


def test_a_number_says_nothing_of_its_own_class(hall: Hall) -> None:
    """The board shows a name beside it: nobody is to read there who is ill, disabled or pregnant."""
    told = []
    for number, priority in (("A-001", "ill"), ("A-002", "regular")):
        hall.arrive(starts_at=NOON, priority=priority)
        turn = hall.do(partial(handlers.explain_turn, query=ExplainTurn(office="TRK", number=number)))
        told.append({name for name, value in dump(turn).items() if "priority" in str(value)})
    assert told == [set(), {"before"}]


def test_the_floor_shows_who_waits_in_the_order_of_calls(floor: Hall) -> None:
    """And who is before a counter, and held; with the goal of the step."""
    floor.arrive(starts_at=NOON + timedelta(hours=1))
    floor.arrive(starts_at=NOON)
    floor.arrive(starts_at=NOON + timedelta(minutes=30))
    floor.arrive(starts_at=NOON - timedelta(minutes=30))
    floor.open(2)
    floor.call(2)
    floor.at(handlers.hold_ticket, HoldTicket, 2, reason="photocopy")
    floor.call(2)
    shown = floor.do(lambda tx: handlers.get_floor(tx, GetFloor(office="TRK")))
    assert [ticket.number for ticket in shown.waiting] == ["A-003", "A-001"]
    assert [(ticket.number, ticket.note) for ticket in shown.held] == [("A-004", "photocopy")]
    (at_counter,) = [counter.ticket for counter in shown.counters if counter.ticket]
    assert (at_counter.number, at_counter.goal_minutes, at_counter.step) == ("A-002", 5, "documents")
