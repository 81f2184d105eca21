"""Nobody comes to a counter that calls: the ticket leaves it, and may wait once more on its day."""

from datetime import timedelta
from functools import partial

import pytest

from contracts.events import TicketNoShow, TicketScanned
from contracts.events.booking import BookingState
from contracts.requests.checkin import Admission
from services.checkin import errors
from services.checkin.domain.policy import TURN_KEPT
from tests.contention import at_once
from tests.integration.checkin.hall import NOON, Hall, booking, cancelled, ticket


@pytest.fixture
def absent(hall: Hall) -> BookingState:
    """Somebody whom counter 1 has called twice, and who did not come."""
    coming = booking()
    hall.hear(coming)
    hall.scan(ticket(coming))
    hall.open()
    miss_calls(hall)
    return coming


def miss_calls(hall: Hall) -> None:
    """Call and recall at counter 1, and nobody comes."""
    hall.call()
    hall.recall()
    hall.no_show()


def test_the_counter_is_free_when_nobody_came(hall: Hall) -> None:
    """It is said with the whole state, and the next is called."""
    hall.arrive()
    hall.arrive()
    hall.open()
    hall.call()
    hall.recall()
    assert hall.no_show().ticket is None
    said = hall.said()[-1]
    assert isinstance(said, TicketNoShow)
    assert (said.number, said.state, said.counter, said.calls) == ("A-001", "no_show", 1, 2)
    assert (said.version, said.no_shows, said.finished_at) == (4, 1, hall.now)
    called = hall.call().ticket
    assert called is not None
    assert called.number == "A-002"


def test_who_was_called_once_may_still_be_on_the_way(hall: Hall) -> None:
    """The refusal names the number; the ticket stays before the counter."""
    hall.arrive()
    hall.open()
    hall.call()
    with pytest.raises(errors.RecallFirst) as refused:
        hall.no_show()
    assert refused.value.data == {"counter": 1, "number": "A-001"}
    assert hall.look().ticket is not None


def test_who_was_called_twice_in_a_moment_may_still_be_on_the_way(hall: Hall) -> None:
    """Two minutes from the first call, which the counter is told; recalls do not begin them anew."""
    hall.arrive()
    hall.open()
    called_at = hall.now + timedelta(seconds=1)
    hall.call()
    ticket_there = hall.recall().ticket
    assert ticket_there is not None
    assert ticket_there.absent_from == called_at + timedelta(minutes=2)
    with pytest.raises(errors.StillOnTheWay) as refused:
        hall.no_show(after=timedelta(seconds=1))
    absent_from = called_at + timedelta(minutes=2)
    assert refused.value.data == {"counter": 1, "number": "A-001", "absent_from": absent_from.isoformat()}
    hall.recall()
    assert hall.no_show(after=absent_from - hall.now).ticket is None


def test_the_same_request_twice_does_not_reach_the_next(hall: Hall) -> None:
    """It names the ticket that is meant."""
    first = hall.arrive()
    hall.arrive()
    hall.open()
    miss_calls(hall)
    hall.call()
    hall.recall()
    with pytest.raises(errors.OtherTicketAtCounter) as refused:
        hall.no_show(ticket_id=first.ticket_id)
    assert refused.value.data == {"counter": 1, "number": "A-002"}
    assert hall.look().ticket is not None


def test_nobody_can_be_missing_where_nobody_was_called(hall: Hall) -> None:
    """Neither at a closed counter, nor before a call, nor twice."""
    with pytest.raises(errors.CounterIsClosed):
        hall.no_show()
    hall.open()
    with pytest.raises(errors.NoTicketAtCounter):
        hall.no_show()
    hall.arrive()
    miss_calls(hall)
    with pytest.raises(errors.NoTicketAtCounter):
        hall.no_show()


def test_who_is_back_late_waits_behind_all_who_wait(hall: Hall, absent: BookingState) -> None:
    """Under the same number, whatever the hour of their appointments; the first number is not lost."""
    later = hall.arrive(starts_at=NOON + timedelta(hours=2))
    hall.said()
    back = hall.scan(ticket(absent), now=hall.now + TURN_KEPT + timedelta(minutes=1))
    assert (back.number, back.is_back, back.waiting_before) == ("A-001", True, 1)
    (said,) = hall.said()
    assert isinstance(said, TicketScanned)
    assert (said.state, said.calls, said.counter, said.called_at, said.finished_at) == (
        "waiting",
        0,
        None,
        None,
        None,
    )
    assert (said.version, said.no_shows) == (5, 1)
    numbers = []
    for _ in range(2):
        called = hall.call().ticket
        assert called is not None
        numbers.append(called.number)
        hall.finish()
    assert numbers == [later.number, "A-001"]
    assert hall.arrive().number == "A-003"


def test_who_is_back_soon_keeps_their_turn(hall: Hall, absent: BookingState) -> None:
    """Until fifteen minutes after nobody came; who waits since then for a later hour is called afterwards."""
    hall.arrive(starts_at=NOON + timedelta(hours=2))
    back = hall.scan(ticket(absent), now=hall.now + TURN_KEPT - timedelta(minutes=5))
    assert (back.is_back, back.waiting_before) == (True, 0)
    called = hall.call().ticket
    assert called is not None
    assert called.number == back.number


def test_who_comes_in_time_is_called_before_who_came_back_for_a_later_turn(
    hall: Hall, absent: BookingState
) -> None:
    """The end of the queue is that of the moment of the scan."""
    hall.arrive(starts_at=NOON + timedelta(hours=2))
    hall.scan(ticket(absent), now=hall.now + TURN_KEPT + timedelta(minutes=1))
    punctual = hall.arrive(starts_at=NOON + timedelta(hours=1))
    called = hall.call().ticket
    assert called is not None
    assert called.number == punctual.number


def test_a_ticket_comes_back_once(hall: Hall, absent: BookingState) -> None:
    """The second time it is refused, kindly, with the number."""
    assert hall.scan(ticket(absent)).is_back
    with pytest.raises(errors.AlreadyScanned):
        hall.scan(ticket(absent))
    miss_calls(hall)
    with pytest.raises(errors.AbsentAgain) as refused:
        hall.scan(ticket(absent))
    assert refused.value.data == {"number": "A-001"}


def test_a_ticket_comes_back_by_its_code_too(hall: Hall, absent: BookingState) -> None:
    """As every ticket does."""
    assert hall.scan(absent.code).is_back


def test_a_ticket_comes_back_on_its_own_day_alone(hall: Hall, absent: BookingState) -> None:
    """By the office's midnight; and not when its booking was given up."""
    with pytest.raises(errors.OtherDay):
        hall.scan(absent.code, now=NOON + timedelta(hours=12))
    hall.hear(cancelled(absent))
    with pytest.raises(errors.CancelledBooking):
        hall.scan(absent.code, now=NOON + timedelta(hours=1))


def test_two_kiosks_at_once_let_a_ticket_come_back_once(hall: Hall, absent: BookingState) -> None:
    """Ten readers; nine are told that it waits already."""
    outcomes = at_once([partial(hall.scan, absent.code) for _ in range(10)])
    admitted = [one for one in outcomes if isinstance(one, Admission)]
    refused = [one for one in outcomes if isinstance(one, errors.AlreadyScanned)]
    assert (len(admitted), len(refused)) == (1, 9)


def test_an_absent_ticket_is_not_called_and_not_counted(hall: Hall, absent: BookingState) -> None:
    """Until it is scanned again."""
    with pytest.raises(errors.QueueIsEmpty):
        hall.call()
    assert hall.look().waiting == 0
    hall.scan(absent.code)
    assert hall.look().waiting == 1
