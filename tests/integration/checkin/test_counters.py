"""An officer runs a counter: open, call, recall, finish, close, and what is refused."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contracts.events import CounterCalled, CounterClosed, CounterOpened, TicketServed
from contracts.requests.checkin import Counter, CounterTicket, FinishTicket
from contracts.requests.counter_deeds import HoldTicket, TransferTicket
from services.checkin import errors, handlers
from services.checkin.domain.absence import PATIENCE
from services.checkin.domain.counter import DOUBLE_CLICK, UNDO_WITHIN
from services.checkin.domain.office import EVERY_STEP
from tests.integration.checkin.hall import NOON, TARAKAN, TODAY, Hall, booking, ticket


def test_a_counter_offers_all_services_of_the_office_unless_told(hall: Hall) -> None:
    """None named means all; a service named twice is offered once."""
    assert hall.open(1).services == ("new", "renewal", "collection")
    assert hall.open(2, "renewal", "renewal").services == ("renewal",)


def test_opening_and_closing_say_the_counters_state(hall: Hall) -> None:
    """Each change is said under the next version."""
    hall.open(2, "new")
    hall.open(2, "renewal")
    hall.close(2)

    assert hall.said() == [
        CounterOpened(version=1, office="TRK", counter=2, state="open", services=("new",), steps=EVERY_STEP),
        CounterOpened(
            version=2, office="TRK", counter=2, state="open", services=("renewal",), steps=EVERY_STEP
        ),
        CounterClosed(version=3, office="TRK", counter=2, state="closed", services=(), steps=()),
    ]


def test_a_call_brings_the_first_ticket_to_the_counter(hall: Hall) -> None:
    """The officer sees the ticket, and how many are left."""
    admitted = hall.arrive()
    hall.arrive()
    hall.open(2)

    assert hall.call(2) == Counter(
        office="TRK",
        counter=2,
        state="open",
        services=("new", "renewal", "collection"),
        ticket=CounterTicket(
            ticket_id=admitted.ticket_id,
            number="A-001",
            display_name="Pak Andi",
            service="new",
            state="called",
            calls=1,
            scanned_at=admitted.scanned_at,
            called_at=hall.now,
            absent_from=hall.now + PATIENCE,
        ),
        waiting=1,
        steps=EVERY_STEP,
        undo_until=hall.now + UNDO_WITHIN,
    )


def test_a_ticket_goes_from_called_to_recalled_to_served(hall: Hall) -> None:
    """Every step is said with the whole state, under the next version; a recall has its own time."""
    hall.arrive()
    hall.open(3)
    hall.said()

    hall.call(3)
    recalled = hall.recall(3)
    assert recalled.ticket is not None
    assert (recalled.ticket.calls, recalled.ticket.called_at) == (2, hall.now)
    assert hall.finish(3).ticket is None

    called, again, served = hall.said()
    assert isinstance(called, CounterCalled)
    assert (called.version, called.state, called.counter, called.calls) == (2, "called", 3, 1)
    assert isinstance(again, CounterCalled)
    assert (again.version, again.state, again.counter, again.calls) == (3, "called", 3, 2)
    assert isinstance(served, TicketServed)
    assert (served.version, served.state, served.counter, served.finished_at) == (4, "served", 3, hall.now)
    assert served.called_at == again.called_at


def test_a_counter_calls_only_for_the_services_that_it_offers(hall: Hall) -> None:
    """Who came first for something else is left for others, and is not counted."""
    hall.arrive(service="new")
    hall.arrive(service="renewal")
    hall.open(1, "renewal")

    called = hall.call(1)

    assert called.ticket is not None
    assert called.ticket.number == "B-001"
    assert called.waiting == 0


def test_only_tickets_of_the_offices_own_today_are_called(hall: Hall) -> None:
    """Who was not called yesterday is not called today, by the office's midnight."""
    hall.arrive()
    hall.open()
    midnight = NOON + timedelta(hours=12)

    with pytest.raises(errors.QueueIsEmpty):
        hall.call(now=midnight)
    assert hall.look().waiting == 0
    assert hall.call(now=midnight - timedelta(seconds=1)).ticket is not None


def test_a_ticket_left_at_a_counter_overnight_can_be_finished(hall: Hall) -> None:
    """It is still before the counter in the morning, and then the counter is free."""
    hall.arrive()
    hall.open()
    hall.call()
    morning = NOON + timedelta(hours=20)
    hall.arrive(date=TODAY + timedelta(days=1), starts_at=morning, now=morning)

    with pytest.raises(errors.CounterIsBusy):
        hall.call(now=morning)
    hall.finish(now=morning)
    assert hall.call(now=morning).ticket is not None


def test_looking_at_a_counter_changes_nothing(hall: Hall) -> None:
    """GetCounter shows what is there, and says nothing."""
    hall.arrive()
    hall.open()
    called = hall.call()
    hall.said()

    assert hall.look() == called
    assert hall.said() == []


def test_a_counter_that_was_never_opened_is_closed(hall: Hall) -> None:
    """It is there, and offers nothing."""
    assert hall.look(3) == Counter(
        office="TRK", counter=3, state="closed", services=(), ticket=None, waiting=0, steps=()
    )


def test_closing_a_closed_counter_changes_nothing(hall: Hall) -> None:
    """Pressed twice is as good as once."""
    hall.open()
    hall.close()
    hall.said()

    assert hall.close().state == "closed"
    assert hall.close(2).state == "closed"
    assert hall.said() == []


def test_an_open_counter_closes_though_the_office_has_fewer_now(hall: Hall) -> None:
    """The office's change does not lock the officer in."""
    hall.open(3)
    hall.hear(replace(TARAKAN, version=2, counters=2))

    with pytest.raises(errors.UnknownCounter):
        hall.open(3)
    hall.close(3)

    assert isinstance(hall.said()[-1], CounterClosed)


def test_an_unknown_office_has_no_counter(hall: Hall) -> None:
    """Neither to open nor to look at."""
    for use_case in (hall.open, hall.look):
        with pytest.raises(errors.UnknownOffice) as refused:
            use_case(1, office="SKW")
        assert refused.value.data == {"office": "SKW"}


def test_a_counter_beyond_the_offices_count_is_unknown(hall: Hall) -> None:
    """The refusal says how many there are."""
    for use_case in (hall.open, hall.call, hall.recall, hall.finish, hall.close, hall.look):
        with pytest.raises(errors.UnknownCounter) as refused:
            use_case(4)
        assert refused.value.data == {"office": "TRK", "counter": 4, "counters": 3}


def test_a_service_that_the_office_lacks_is_unknown_here(hall: Hall) -> None:
    """The refusal names those that are not offered."""
    with pytest.raises(errors.UnknownServiceHere) as refused:
        hall.open(1, "new", "epassport")
    assert refused.value.data == {"office": "TRK", "services": ["epassport"]}


def test_a_closed_counter_neither_calls_nor_finishes(hall: Hall) -> None:
    """Whether it was never opened, or opened and closed."""
    hall.open(2)
    hall.close(2)
    for counter in (1, 2):
        for use_case in (hall.call, hall.recall, hall.finish):
            with pytest.raises(errors.CounterIsClosed) as refused:
                use_case(counter)
            assert refused.value.data == {"counter": counter}


def test_a_busy_counter_neither_calls_another_nor_closes(hall: Hall) -> None:
    """The refusal says which ticket is before it."""
    hall.arrive()
    hall.arrive()
    hall.open()
    hall.call()
    hall.now += DOUBLE_CLICK
    for use_case in (hall.call, hall.close):
        with pytest.raises(errors.CounterIsBusy) as refused:
            use_case()
        assert refused.value.data == {"counter": 1, "number": "A-001"}


def test_an_empty_queue_has_nobody_to_call(hall: Hall) -> None:
    """Neither before the first came nor after the last."""
    hall.open()
    with pytest.raises(errors.QueueIsEmpty) as refused:
        hall.call()
    assert refused.value.data == {"counter": 1}


@pytest.mark.parametrize(
    ("use_case", "command", "more"),
    [
        (handlers.finish_ticket, FinishTicket, {}),
        (handlers.hold_ticket, HoldTicket, {}),
        (handlers.transfer_ticket, TransferTicket, {"to_counter": 2}),
    ],
)
def test_what_is_meant_for_one_ticket_does_not_reach_the_next(
    hall: Hall, use_case: Any, command: Any, more: dict[str, Any]
) -> None:
    """An officer's second tab, or a request that was long on its way, names the ticket that it saw."""
    first = hall.arrive()
    second = hall.arrive()
    hall.open(1)
    hall.open(2)
    hall.call()
    hall.at(use_case, command, ticket_id=first.ticket_id, **more)
    if command is TransferTicket:
        hall.call(2)
    hall.call()
    hall.said()
    with pytest.raises(errors.OtherTicketAtCounter) as refused:
        hall.at(use_case, command, ticket_id=first.ticket_id, **more)
    assert refused.value.data == {"counter": 1, "number": second.number}
    assert hall.said() == []
    present = hall.look().ticket
    assert present is not None
    assert present.ticket_id == second.ticket_id


def test_without_a_ticket_there_is_nothing_to_recall_or_finish(hall: Hall) -> None:
    """A ticket that is served is not before the counter any more."""
    hall.arrive()
    hall.open()
    hall.call()
    hall.finish()
    for use_case in (hall.recall, hall.finish):
        with pytest.raises(errors.NoTicketAtCounter) as refused:
            use_case()
        assert refused.value.data == {"counter": 1}


def test_a_counter_that_changes_its_services_keeps_its_ticket(hall: Hall) -> None:
    """What is before the counter stays there."""
    hall.arrive(service="new")
    hall.open(1, "new")
    hall.call()

    reopened = hall.open(1, "renewal")

    assert reopened.ticket is not None
    assert reopened.ticket.number == "A-001"


def test_a_served_ticket_cannot_be_scanned_again(hall: Hall) -> None:
    """While it is called it is sent to its counter, and when it was served its visit is over."""
    coming = booking()
    hall.hear(coming)
    hall.scan(ticket(coming))
    hall.open()
    hall.call()
    with pytest.raises(errors.AlreadyCalled) as called:
        hall.scan(ticket(coming))
    hall.finish()
    with pytest.raises(errors.VisitOver) as served:
        hall.scan(ticket(coming))
    assert called.value.data == {"number": "A-001", "counter": 1}
    assert served.value.data == {"number": "A-001"}
